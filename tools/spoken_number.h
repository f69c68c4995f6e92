#pragma once
// Counts as people say them: `3000`, `3,000`, `3 thousand`, `1.2 million`, `about 3000`, `between 2 and 5 thousand`,
// `more than 500`, `none`. Exact whole numbers come out; what may be meant in two ways is refused.

#include <cstdint>
#include <optional>
#include <string>

namespace duenotice {

/// The ends as they were said, without the words around them: `about X`, `X to Y`, `at least X`.
struct SpokenRange {
    enum class Kind : std::uint8_t { Exact, About, AtLeast, AtMost, MoreThan, LessThan, Between };
    Kind kind = Kind::Exact;
    std::string first, second;  ///< second: Between only
};
SpokenRange spoken_range(const std::string& text);

/// One whole number from 0 to 2^53-1; `unit` gets the multiplier that stood behind it, 1 for none.
std::optional<std::int64_t> spoken_whole(const std::string& text, std::int64_t* unit = nullptr);

}  // namespace duenotice
