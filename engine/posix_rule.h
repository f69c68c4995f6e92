#pragma once
// The footer of a TZif file: the rule for all years after its last transition, in the form of the TZ variable of
// POSIX.1 with the extensions of RFC 9636 (hours -167 to 167). Only these forms exist; anything else is refused, never
// approximated.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

/// One change a year: `M10.5.0/3`, `J60`, `59`.
struct YearlyChange {
    enum class Form : std::uint8_t { MonthWeekDay, DayWithoutLeap, DayWithLeap };
    Form form = Form::MonthWeekDay;
    int month = 1;
    int week = 1;     ///< 1-5, 5 is the last
    int weekday = 0;  ///< 0 is Sunday
    int day = 0;      ///< J form 1-365, plain form 0-365
    std::int32_t time = 7200;
    /// Local seconds since 1970 of the change in a year.
    std::int64_t local_seconds(int year) const;
};

struct PosixRule {
    std::string standard_name;
    std::int32_t standard_offset = 0;  ///< seconds east of UTC
    std::optional<std::string> daylight_name;
    std::int32_t daylight_offset = 0;
    YearlyChange to_daylight;
    YearlyChange to_standard;
};

/// `CET-1CEST,M3.5.0,M10.5.0/3`; empty when the text is not such a rule.
std::optional<PosixRule> parse_posix_rule(std::string_view text);

}  // namespace duenotice
