#include "rules/period.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace duenotice {

namespace {

constexpr std::int64_t longest_years = 400;

std::string part(std::int64_t amount, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", amount, amount == 1 ? one : many);
}

}  // namespace

bool Period::is_valid() const {
    const bool forward = amount > 0 || months > 0 || days > 0;
    if (forward && is_backward()) return false;
    if (unit != Unit::YearsMonthsDays && (months != 0 || days != 0)) return false;
    std::int64_t most = longest_years;
    switch (unit) {
        case Unit::Minutes:
            most = longest_years * 8766 * 60;
            break;
        case Unit::Hours:
            most = longest_years * 8766;
            break;
        case Unit::Days:
        case Unit::WorkingDays:
            most = longest_years * 365;
            break;
        case Unit::Weeks:
            most = longest_years * 52;
            break;
        case Unit::Months:
            most = longest_years * 12;
            break;
        case Unit::Years:
        case Unit::YearsMonthsDays:
            break;
    }
    const auto within = [](std::int64_t value, std::int64_t limit) { return value >= -limit && value <= limit; };
    return within(amount, most) && within(months, longest_years * 12) && within(days, longest_years * 365);
}

std::string words(const Period& period) {
    const bool backward = period.is_backward();
    const std::int64_t n = backward ? -period.amount : period.amount;
    std::string text;
    switch (period.unit) {
        case Period::Unit::Minutes:
            text = part(n, "minute", "minutes");
            break;
        case Period::Unit::Hours:
            text = part(n, "hour", "hours");
            break;
        case Period::Unit::Days:
            text = part(n, "day", "days");
            break;
        case Period::Unit::WorkingDays:
            text = part(n, "working day", "working days");
            break;
        case Period::Unit::Weeks:
            text = part(n, "week", "weeks");
            break;
        case Period::Unit::Months:
            text = part(n, "month", "months");
            break;
        case Period::Unit::Years:
            text = part(n, "year", "years");
            break;
        case Period::Unit::YearsMonthsDays:
            text =
                fmt::format("{}, {} and {}", part(n, "year", "years"), part(std::abs(period.months), "month", "months"),
                            part(std::abs(period.days), "day", "days"));
            break;
    }
    return backward ? text + " before" : text;
}

}  // namespace duenotice
