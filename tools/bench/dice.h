#pragma once
// Chance with a seed: the same numbers on every machine (SplitMix64), which the distributions of <random> do not promise.

#include <cstdint>

namespace duenotice {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t bits() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// 0 to sides - 1.
    std::uint32_t below(std::uint32_t sides) { return static_cast<std::uint32_t>((bits() >> 32U) * sides >> 32U); }
    std::uint32_t between(std::uint32_t low, std::uint32_t high) { return low + below(high - low + 1); }
    bool in_hundred(std::uint32_t percent) { return below(100) < percent; }

private:
    std::uint64_t state_;
};

}  // namespace duenotice
