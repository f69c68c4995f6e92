#include "engine/period.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace duenotice {

namespace {

constexpr std::int64_t most_years = 400;

std::string part(std::int64_t amount, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", amount, amount == 1 ? one : many);
}

/// The day with this number, or the last day of the month. `month` counts from year 0, January is 0.
std::optional<Date> numbered_day(std::int64_t month, int number) {
    const std::int64_t year = month / 12;
    if (month < 0 || year < 1400 || year > 9999) return {};
    const int month_of_year = static_cast<int>(month % 12) + 1;
    return Date::from_ymd(static_cast<int>(year), month_of_year,
                          std::min(number, days_in_month(static_cast<int>(year), month_of_year)));
}

/// Number rule: EU Regulation 1182/71 article 3(2)(c), BGB 188(2), CPC 641, Tex. Gov't Code 311.014(c).
std::optional<Date> add_months_by_number(Date event_day, std::int64_t months) {
    const YearMonthDay event = event_day.ymd();
    return numbered_day(std::int64_t{event.year} * 12 + event.month - 1 + months, event.day);
}

/// Japan Civil Code 143, Korea Civil Act 160: whole months from the day after, ending before the like-numbered day.
std::optional<Date> add_months_from_day_after(Date event_day, std::int64_t months) {
    const Date first_day = event_day.plus_days(months < 0 ? -1 : 1);
    const YearMonthDay first = first_day.ymd();
    const std::int64_t month = std::int64_t{first.year} * 12 + first.month - 1 + months;
    const auto like_numbered = numbered_day(month, first.day);
    if (!like_numbered) return {};
    if (months < 0) return like_numbered->plus_days(1);
    const bool exists = like_numbered->ymd().day == first.day;
    return exists ? like_numbered->plus_days(-1) : *like_numbered;
}

}  // namespace

bool Period::is_valid() const {
    const bool forward = amount > 0 || months > 0 || days > 0;
    if (forward && is_backward()) return false;
    if (unit != Unit::YearsMonthsDays && (months != 0 || days != 0)) return false;
    std::int64_t most = most_years;
    switch (unit) {
        case Unit::Hours:
            most = most_years * 8766;
            break;
        case Unit::Days:
        case Unit::WorkingDays:
            most = most_years * 365;
            break;
        case Unit::Weeks:
            most = most_years * 52;
            break;
        case Unit::Months:
            most = most_years * 12;
            break;
        case Unit::Years:
        case Unit::YearsMonthsDays:
            break;
    }
    const auto within = [](std::int64_t value, std::int64_t limit) { return value >= -limit && value <= limit; };
    return within(amount, most) && within(months, most_years * 12) && within(days, most_years * 365);
}

std::string words(const Period& period) {
    const bool backward = period.is_backward();
    const std::int64_t n = backward ? -period.amount : period.amount;
    std::string text;
    switch (period.unit) {
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

std::optional<Date> add_months(Date event_day, std::int64_t months, MonthRule rule) {
    if (months == 0) return event_day;
    return rule == MonthRule::EventNumber ? add_months_by_number(event_day, months)
                                          : add_months_from_day_after(event_day, months);
}

std::optional<Date> add_years_months_days(Date event_day, const Period& period, MonthRule rule) {
    const auto day = add_months(event_day, period.amount * 12 + period.months, rule);
    if (!day) return {};
    const Date last = day->plus_days(period.days);
    if (last < Date::from_ymd(1400, 1, 1) || last > Date::from_ymd(9999, 12, 31)) return {};
    return last;
}

}  // namespace duenotice
