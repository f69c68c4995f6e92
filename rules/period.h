#pragma once
// An amount of time as a law words it: a number and a unit. What it means on a calendar is a matter of the counting law
// (rules/counting_law.h says how, engine/counting.h does it); here is no arithmetic.

#include <cstdint>
#include <string>

#include "rules/counting_law.h"

namespace duenotice {

/// An amount and its unit; negative amounts run backward from the event.
struct Period {
    using Unit = PeriodUnit;
    Unit unit = Unit::Days;
    std::int64_t amount = 0;  ///< of `unit`; for YearsMonthsDays the years
    int months = 0;           ///< YearsMonthsDays only
    int days = 0;             ///< YearsMonthsDays only

    static constexpr Period minutes(std::int64_t n) { return {Unit::Minutes, n, 0, 0}; }
    static constexpr Period hours(std::int64_t n) { return {Unit::Hours, n, 0, 0}; }
    static constexpr Period of_days(std::int64_t n) { return {Unit::Days, n, 0, 0}; }
    static constexpr Period working_days(std::int64_t n) { return {Unit::WorkingDays, n, 0, 0}; }
    static constexpr Period weeks(std::int64_t n) { return {Unit::Weeks, n, 0, 0}; }
    static constexpr Period of_months(std::int64_t n) { return {Unit::Months, n, 0, 0}; }
    static constexpr Period years(std::int64_t n) { return {Unit::Years, n, 0, 0}; }
    bool is_backward() const { return amount < 0 || months < 0 || days < 0; }
    /// Length of a period in minutes or hours; 0 for every other unit, which has no fixed length.
    constexpr std::int64_t elapsed_seconds() const {
        return unit == Unit::Minutes ? amount * 60 : unit == Unit::Hours ? amount * 3600 : 0;
    }
    /// All parts point the same way and stay within 400 years.
    bool is_valid() const;
    friend bool operator==(const Period&, const Period&) = default;
};

/// "72 hours", "1 month", "1 year, 2 months and 10 days", "5 working days before".
std::string words(const Period& period);

}  // namespace duenotice
