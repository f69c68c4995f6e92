#include "engine/reading_run.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

namespace duenotice {

std::string day_words(Date day) {
    static constexpr std::array<std::string_view, 12> months = {"January", "February", "March",     "April",   "May",      "June",
                                                                "July",    "August",   "September", "October", "November", "December"};
    const YearMonthDay ymd = day.ymd();
    return fmt::format("{} {} {} {}", weekday_name(day.weekday()), ymd.day, months[static_cast<std::size_t>(ymd.month - 1)], ymd.year);
}

std::string clock_words(const Zone& zone, Instant instant) {
    const LocalTime local = zone.local(instant);
    const auto text = fmt::format("{} {:02}:{:02}", day_words(local.date), local.seconds / 3600, local.seconds / 60 % 60);
    const auto seconds = local.seconds % 60 == 0 ? std::string() : fmt::format(":{:02}", local.seconds % 60);
    return fmt::format("{}{} {} ({})", text, seconds, local.abbreviation, zone.name());
}

std::string calendar_words(const Calendar& calendar) {
    std::string place = calendar.spec().place;
    std::transform(place.begin(), place.end(), place.begin(), [](char c) { return c == '-' ? '.' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return place == calendar.id() ? calendar.spec().place : calendar.id();
}

std::string end_verb(const Period& period, std::string_view preposition) {
    const bool one = period.unit != PeriodUnit::YearsMonthsDays && std::abs(period.amount) == 1;
    if (period.is_backward()) return one ? "leads back to" : "lead back to";
    return (one ? "ends" : "end") + std::string(preposition);
}

}  // namespace duenotice
