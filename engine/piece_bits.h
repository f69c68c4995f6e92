#pragma once
// A set of pieces of one column of a residual (engine/residual.h), one bit a piece.

#include <array>
#include <cstddef>
#include <cstdint>

namespace duenotice {

struct PieceBits {
    static constexpr std::size_t most = 256;
    std::array<std::uint64_t, 4> words{};
    static PieceBits first(std::size_t count);
    static PieceBits one(std::size_t index);
    void set(std::size_t index) { words[index / 64] |= std::uint64_t{1} << (index % 64); }
    bool test(std::size_t index) const { return (words[index / 64] >> (index % 64) & 1U) != 0; }
    bool any() const { return (words[0] | words[1] | words[2] | words[3]) != 0; }
    bool meets(const PieceBits& other) const {
        return ((words[0] & other.words[0]) | (words[1] & other.words[1]) | (words[2] & other.words[2]) | (words[3] & other.words[3])) != 0;
    }
    bool has(const PieceBits& all) const {
        return ((all.words[0] & ~words[0]) | (all.words[1] & ~words[1]) | (all.words[2] & ~words[2]) | (all.words[3] & ~words[3])) == 0;
    }
    friend bool operator==(const PieceBits&, const PieceBits&) = default;
};

}  // namespace duenotice
