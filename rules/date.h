#pragma once
// A civil day of the proleptic Gregorian calendar, kept as a day number (1970-01-01 is 0).
// Days only: there is deliberately no month arithmetic here, because the law's month rules differ (engine/period.h).

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

enum class Weekday : std::uint8_t { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };

struct YearMonthDay {
    int year = 1970;
    int month = 1;
    int day = 1;
};

class Date {
public:
    constexpr Date() = default;
    static constexpr Date from_days(std::int32_t days_since_1970) { return Date(days_since_1970); }
    /// Empty when there is no such day or the year is outside 1400-9999 (the range of Boost gregorian).
    static std::optional<Date> from_ymd(int year, int month, int day);
    /// `YYYY-MM-DD`, nothing else.
    static std::optional<Date> parse(std::string_view text);

    constexpr std::int32_t days_since_1970() const { return days_; }
    YearMonthDay ymd() const;
    Weekday weekday() const;
    std::string iso() const;

    constexpr Date plus_days(std::int32_t days) const { return Date(days_ + days); }
    friend constexpr auto operator<=>(Date, Date) = default;

private:
    explicit constexpr Date(std::int32_t days) : days_(days) {}
    std::int32_t days_ = 0;
};

constexpr std::int32_t days_between(Date from, Date until) { return until.days_since_1970() - from.days_since_1970(); }
int days_in_month(int year, int month);

/// Half-open [from, until); a missing bound is unbounded.
struct DateRange {
    std::optional<Date> from;
    std::optional<Date> until;
    bool contains(Date day) const { return (!from || *from <= day) && (!until || day < *until); }
};

}  // namespace duenotice
