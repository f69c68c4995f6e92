#include "rules/date.h"

#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <fmt/format.h>

namespace duenotice {

namespace {

namespace gregorian = boost::gregorian;
const gregorian::date epoch(1970, 1, 1);

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
    // WHY: a limit of 400 years from a day that can be written ends beyond the years that Boost knows. Years of this sum
    // begin in March, so that the leap day is the last; 146,097 days are 400 years.
    const std::int64_t shifted = std::int64_t{days_} + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t day_of_era = shifted - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    const std::int64_t year = year_of_era + era * 400 + (month < 10 ? 0 : 1);
    return {static_cast<int>(year), static_cast<int>(month < 10 ? month + 3 : month - 9), static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1)};
}

Weekday Date::weekday() const { return static_cast<Weekday>(((days_ % 7) + 7 + 3) % 7); }

std::string Date::iso() const {
    const YearMonthDay parts = ymd();
    return fmt::format("{:04}-{:02}-{:02}", parts.year, parts.month, parts.day);
}

}  // namespace duenotice
