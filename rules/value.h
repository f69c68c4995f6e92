#pragma once
// The types a fact may have, and literal values as they stand in law files, incidents and examples.
// Numbers are exact: whole numbers within +-(2^53-1), shares in parts per million, money in minor units.

#include <cstdint>
#include <string>
#include <string_view>

namespace duenotice {

enum class ValueType : std::uint8_t {
    YesNo, Whole, Share, Money, Choice, Set, Place, PlaceSet, Instant, Date, Duration, Judgement, Text
};

constexpr bool is_choice(ValueType type) { return type == ValueType::YesNo || type == ValueType::Choice || type == ValueType::Judgement; }
constexpr bool is_time(ValueType type) { return type == ValueType::Instant || type == ValueType::Date; }

std::string_view name(ValueType type);  ///< as in law files: yes/no, whole, share, money, choice, set, place, ...

constexpr std::int64_t share_unit_ppm = 1'000'000;  ///< 100 % in parts per million

/// A place code: ISO 3166-1 alpha-2 or ISO 3166-2 (`DE`, `US-TX`), or a group declared in law data (`EEA`).
using PlaceCode = std::string;

}  // namespace duenotice
