#include "rules/date.h"

#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <fmt/format.h>

namespace duenotice {

namespace {

namespace gregorian = boost::gregorian;
const gregorian::date epoch(1970, 1, 1);

gregorian::date to_boost(std::int32_t days) { return epoch + gregorian::days(days); }

}  // namespace

int days_in_month(int year, int month) {
    return gregorian::gregorian_calendar::end_of_month_day(static_cast<unsigned short>(year),
                                                           static_cast<unsigned short>(month));
}

std::optional<Date> Date::from_ymd(int year, int month, int day) {
    if (year < 1400 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
    const gregorian::date date(static_cast<unsigned short>(year), static_cast<unsigned short>(month),
                               static_cast<unsigned short>(day));
    return Date(static_cast<std::int32_t>((date - epoch).days()));
}

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    int parts[3] = {0, 0, 0};
    constexpr std::size_t starts[3] = {0, 5, 8};
    constexpr std::size_t sizes[3] = {4, 2, 2};
    for (int p = 0; p < 3; ++p) {
        for (std::size_t i = starts[p]; i < starts[p] + sizes[p]; ++i) {
            if (text[i] < '0' || text[i] > '9') return {};
            parts[p] = parts[p] * 10 + (text[i] - '0');
        }
    }
    return from_ymd(parts[0], parts[1], parts[2]);
}

YearMonthDay Date::ymd() const {
    const auto parts = to_boost(days_).year_month_day();
    return {static_cast<int>(parts.year), static_cast<int>(parts.month), static_cast<int>(parts.day)};
}

Weekday Date::weekday() const { return static_cast<Weekday>(((days_ % 7) + 7 + 3) % 7); }

std::string Date::iso() const {
    const YearMonthDay parts = ymd();
    return fmt::format("{:04}-{:02}-{:02}", parts.year, parts.month, parts.day);
}

}  // namespace duenotice
