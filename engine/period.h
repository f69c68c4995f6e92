#pragma once
// Periods and the only month arithmetic of the product. What "one month later" means is a matter of law, so the month
// rule is an argument and never a default: EU, German, French, English and most American law keep the number of the
// event day (28 February + 1 month = 28 March), Japanese and Korean law count whole months from the day after (31
// March). Boost's `date + months`, which snaps to the end of the month, is used nowhere.

#include <cstdint>
#include <optional>
#include <string>

#include "rules/counting_law.h"
#include "rules/date.h"

namespace duenotice {

/// An amount and its unit; negative amounts run backward from the event.
struct Period {
    using Unit = PeriodUnit;
    Unit unit = Unit::Days;
    std::int64_t amount = 0;  ///< of `unit`; for YearsMonthsDays the years
    int months = 0;           ///< YearsMonthsDays only
    int days = 0;             ///< YearsMonthsDays only

    static constexpr Period hours(std::int64_t n) { return {Unit::Hours, n, 0, 0}; }
    static constexpr Period of_days(std::int64_t n) { return {Unit::Days, n, 0, 0}; }
    static constexpr Period working_days(std::int64_t n) { return {Unit::WorkingDays, n, 0, 0}; }
    static constexpr Period weeks(std::int64_t n) { return {Unit::Weeks, n, 0, 0}; }
    static constexpr Period of_months(std::int64_t n) { return {Unit::Months, n, 0, 0}; }
    static constexpr Period years(std::int64_t n) { return {Unit::Years, n, 0, 0}; }
    bool is_backward() const { return amount < 0 || months < 0 || days < 0; }
    /// All parts point the same way and stay within 400 years.
    bool is_valid() const;
    friend bool operator==(const Period&, const Period&) = default;
};

/// "72 hours", "1 month", "1 year, 2 months and 10 days", "5 working days before".
std::string words(const Period& period);

/// The last day of a period of months from an event day (backward when negative). Empty outside the years 1400-9999.
std::optional<Date> add_months(Date event_day, std::int64_t months, MonthRule rule);
/// Years and months first, by the month rule, then days (French code of civil procedure 641).
std::optional<Date> add_years_months_days(Date event_day, const Period& period, MonthRule rule);

}  // namespace duenotice
