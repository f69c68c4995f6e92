#pragma once
// The bytes of one TZif file (RFC 9636, versions 1 to 4) as they stand, checked: counts, indexes, order, abbreviations,
// footer. Only zone_set.cpp uses this; everybody else sees a Zone.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace duenotice {

struct TzifType {
    std::int32_t offset = 0;
    bool daylight = false;
    std::string abbreviation;
};

struct TzifFile {
    std::vector<std::int64_t> times;    ///< strictly ascending
    std::vector<std::uint8_t> types;    ///< one a time, index into `local_types`
    std::vector<TzifType> local_types;  ///< the first holds before all times
    std::string footer;                 ///< without its line ends; empty when there is none
};

/// The file, or a sentence that says what is wrong with it.
std::variant<TzifFile, std::string> read_tzif(std::string_view bytes);

}  // namespace duenotice
