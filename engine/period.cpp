#include "engine/period.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace duenotice {

namespace {

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

/// Brazil Civil Code 132 paragraph 3, Mexico LFPA 29: the like-numbered day, or the day that follows where there is none.
/// Counted back, the day that follows is the last one of that month.
std::optional<Date> add_months_or_next_day(Date event_day, std::int64_t months) {
    const auto day = add_months_by_number(event_day, months);
    if (!day || months < 0 || day->ymd().day == event_day.ymd().day) return day;
    return day->plus_days(1);
}

}  // namespace

std::optional<Date> add_months(Date event_day, std::int64_t months, MonthRule rule) {
    if (months == 0) return event_day;
    if (rule == MonthRule::ThirtyDays) return add_thirty_day_months(event_day, {PeriodUnit::Months, months, 0, 0});
    // A reading of Greece Civil Code 243 and of Viet Nam Civil Code 148: the day on which the period begins has the number.
    if (rule == MonthRule::DayAfterNumber) return add_months_by_number(event_day.plus_days(months < 0 ? -1 : 1), months);
    if (rule == MonthRule::EventNumberOrNext) return add_months_or_next_day(event_day, months);
    return rule == MonthRule::EventNumber ? add_months_by_number(event_day, months)
                                          : add_months_from_day_after(event_day, months);
}

std::optional<Date> add_thirty_day_months(Date event_day, const Period& period) {
    const bool months = period.unit == PeriodUnit::Months;
    const std::int64_t days = (months ? 0 : period.amount * 365) + (months ? period.amount : period.months) * 30 + period.days;
    const std::int64_t day = event_day.days_since_1970() + days;
    if (day < Date::from_ymd(1400, 1, 1)->days_since_1970() || day > Date::from_ymd(9999, 12, 31)->days_since_1970()) return {};
    return Date::from_days(static_cast<std::int32_t>(day));
}

std::optional<Date> add_years_months_days(Date event_day, const Period& period, MonthRule rule) {
    if (rule == MonthRule::ThirtyDays) return add_thirty_day_months(event_day, period);
    const auto day = add_months(event_day, period.amount * 12 + period.months, rule);
    if (!day) return {};
    const Date last = day->plus_days(period.days);
    if (last < Date::from_ymd(1400, 1, 1) || last > Date::from_ymd(9999, 12, 31)) return {};
    return last;
}

}  // namespace duenotice
