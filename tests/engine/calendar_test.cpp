#include "engine/calendar.h"

#include <catch2/catch.hpp>
#include <random>

#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

CalendarSpec plain_spec(int from, int until) {
    CalendarSpec spec;
    spec.id = "plain";
    spec.from_year = from;
    spec.until_year = until;
    spec.weekends.push_back(
        {static_cast<WeekdaySet>(weekday_bit(Weekday::Saturday) | weekday_bit(Weekday::Sunday)), {}});
    return spec;
}

Calendar compiled(const CalendarSpec& spec) {
    auto result = compile_calendar(spec, nullptr);
    if (!result) FAIL(print(result.diagnostics));
    return *std::move(result.value);
}

std::vector<std::string> off_weekdays(const Calendar& calendar, int year) {
    std::vector<std::string> days;
    for (Date d = *Date::from_ymd(year, 1, 1); d < *Date::from_ymd(year + 1, 1, 1); d = d.plus_days(1)) {
        if (calendar.is_holiday(d) && !calendar.is_weekend(d)) days.push_back(d.iso());
    }
    return days;
}

}  // namespace

TEST_CASE("federal holidays of the United States fall where 5 USC 6103 puts them") {
    const Calendar& federal = *test_calendar("us.federal");
    // 2021: Juneteenth, Independence Day and Christmas on weekends; New Year's Day 2022 is kept on 31 December 2021.
    CHECK(off_weekdays(federal, 2021) ==
          std::vector<std::string>{"2021-01-01", "2021-01-18", "2021-02-15", "2021-05-31", "2021-06-18", "2021-07-05",
                                   "2021-09-06", "2021-10-11", "2021-11-11", "2021-11-25", "2021-12-24", "2021-12-31"});
    CHECK(federal.name(day("2021-12-31")) == "New Year's Day (observed)");
    CHECK(federal.is_holiday(day("2022-01-01")));
    CHECK(off_weekdays(federal, 2020).size() == 10);  // before Juneteenth
}

TEST_CASE("holidays that hang on Easter follow it") {
    const Calendar& germany = *test_calendar("de");
    CHECK(off_weekdays(germany, 2026) == std::vector<std::string>{"2026-01-01", "2026-04-03", "2026-04-06",
                                                                  "2026-05-01", "2026-05-14", "2026-05-25",
                                                                  "2026-12-25"});
    CHECK(germany.name(day("2026-05-25")) == "Whit Monday");
    CHECK(germany.reason_off(day("2026-10-03"), OffDays::WeekendAndHolidays) == "German Unity Day");  // a Saturday
    CHECK(germany.reason_off(day("2026-10-10"), OffDays::WeekendAndHolidays) == "Saturday");
    CHECK(germany.reason_off(day("2026-10-12"), OffDays::WeekendAndHolidays).empty());
}

TEST_CASE("Easter is right in the years that people get wrong, Western and Orthodox") {
    // Western: U.S. Naval Observatory's list; Orthodox: the Ecumenical Patriarchate's.
    const std::pair<int, const char*> western[] = {{1954, "1954-04-18"}, {1981, "1981-04-19"}, {2000, "2000-04-23"},
                                                   {2008, "2008-03-23"}, {2011, "2011-04-24"}, {2019, "2019-04-21"},
                                                   {2024, "2024-03-31"}, {2025, "2025-04-20"}, {2026, "2026-04-05"},
                                                   {2027, "2027-03-28"}, {2038, "2038-04-25"}, {2049, "2049-04-18"}};
    for (const auto& [year, expected] : western) CHECK(western_easter(year).iso() == expected);
    const std::pair<int, const char*> orthodox[] = {{2008, "2008-04-27"}, {2016, "2016-05-01"}, {2017, "2017-04-16"},
                                                    {2021, "2021-05-02"}, {2024, "2024-05-05"}, {2025, "2025-04-20"},
                                                    {2026, "2026-04-12"}, {2027, "2027-05-02"}};
    for (const auto& [year, expected] : orthodox) CHECK(orthodox_easter(year).iso() == expected);
    for (int year = 1900; year < 2100; ++year) {
        CHECK(western_easter(year).weekday() == Weekday::Sunday);
        CHECK(orthodox_easter(year).weekday() == Weekday::Sunday);
        CHECK(western_easter(year) <= orthodox_easter(year));
    }
}

TEST_CASE("outside its covered years a calendar answers unknown and nothing else") {
    const Calendar& singapore = *test_calendar("sg");
    CHECK(singapore.is_working(day("2025-12-31")) == Working::Unknown);
    CHECK(singapore.is_working(day("2026-01-01")) == Working::No);
    CHECK(singapore.is_working(day("2026-01-02")) == Working::Yes);
    CHECK(singapore.is_working(day("2027-12-31")) == Working::Yes);
    CHECK(singapore.is_working(day("2028-01-01")) == Working::Unknown);
    CHECK_FALSE(singapore.advance(day("2027-12-31"), 1));
    CHECK_FALSE(singapore.advance(day("2026-01-02"), -1));
    CHECK_FALSE(singapore.advance(day("2025-12-31"), 1));
    CHECK(singapore.advance(day("2027-12-30"), 1) == day("2027-12-31"));
    CHECK_FALSE(singapore.on_or_before(day("2026-01-01")));
    CHECK_FALSE(singapore.count(day("2027-12-01"), day("2028-01-02")));
    CHECK(singapore.count(day("2027-12-27"), day("2028-01-01")) == 5);
}

TEST_CASE("a half day is a working day with a name, a worked weekend is a working day, an estimate is marked") {
    const Calendar& singapore = *test_calendar("sg");
    CHECK(singapore.is_half_day(day("2026-02-16")));
    CHECK(singapore.is_working(day("2026-02-16")) == Working::Yes);
    CHECK(singapore.name(day("2026-02-16")) == "Chinese New Year's Eve");
    CHECK(singapore.is_estimated(day("2027-03-10")));
    CHECK_FALSE(singapore.is_estimated(day("2026-03-21")));
    const Calendar& china = *test_calendar("cn");
    CHECK(china.is_working(day("2026-02-14")) == Working::Yes);
    CHECK(china.name(day("2026-02-14")) == "Make-up working day");
    CHECK(china.is_working(day("2026-02-21")) == Working::No);
}

TEST_CASE("Sunday and holidays, or holidays alone, leave Saturdays open") {
    const Calendar& germany = *test_calendar("de");
    CHECK(germany.is_working(day("2026-10-10"), OffDays::SundayAndHolidays) == Working::Yes);
    CHECK(germany.is_working(day("2026-10-11"), OffDays::SundayAndHolidays) == Working::No);
    CHECK(germany.is_working(day("2026-10-11"), OffDays::Holidays) == Working::Yes);
    CHECK(germany.is_working(day("2026-10-03"), OffDays::Holidays) == Working::No);
    CHECK(germany.on_or_after(day("2026-10-03"), OffDays::SundayAndHolidays) == day("2026-10-05"));
}

TEST_CASE("a weekend can change on a date, and the later statement wins") {
    CalendarSpec spec = plain_spec(2021, 2022);
    spec.weekends.clear();
    const auto friday_saturday = static_cast<WeekdaySet>(weekday_bit(Weekday::Friday) | weekday_bit(Weekday::Saturday));
    const auto saturday_sunday = static_cast<WeekdaySet>(weekday_bit(Weekday::Saturday) | weekday_bit(Weekday::Sunday));
    spec.weekends.push_back({friday_saturday, {{}, day("2022-01-01")}});
    spec.weekends.push_back({saturday_sunday, {day("2022-01-01"), {}}});
    const Calendar emirates = compiled(spec);
    CHECK(emirates.is_working(day("2021-12-31")) == Working::No);   // Friday
    CHECK(emirates.is_working(day("2022-01-01")) == Working::No);   // Saturday
    CHECK(emirates.is_working(day("2022-01-02")) == Working::No);   // Sunday, for the first time
    CHECK(emirates.is_working(day("2022-01-07")) == Working::Yes);  // Friday
}

TEST_CASE("substitutes of two holidays in a row take the next free days in order of date") {
    // England and Wales: 2021 Christmas on Saturday and Boxing Day on Sunday; 2022 Christmas on Sunday.
    CalendarSpec spec = plain_spec(2020, 2022);
    spec.holidays.push_back({"Boxing Day", FixedDay{12, 26}, {}, {}, ObservedRule::NextWorkingDay, {}});
    spec.holidays.push_back({"Christmas Day", FixedDay{12, 25}, {}, {}, ObservedRule::NextWorkingDay, {}});
    const Calendar england = compiled(spec);
    CHECK(off_weekdays(england, 2021) == std::vector<std::string>{"2021-12-27", "2021-12-28"});
    CHECK(england.name(day("2021-12-27")) == "Christmas Day (observed)");
    CHECK(off_weekdays(england, 2022) == std::vector<std::string>{"2022-12-26", "2022-12-27"});
    CHECK(england.name(day("2022-12-26")) == "Boxing Day");
    CHECK(england.name(day("2022-12-27")) == "Christmas Day (observed)");
    CHECK(off_weekdays(england, 2020) == std::vector<std::string>{"2020-12-25", "2020-12-28"});
}

TEST_CASE("an included calendar gives its holidays and must exist, cover the years and not turn back") {
    const Calendar& sec = *test_calendar("us.sec");
    CHECK(sec.name(day("2026-11-26")) == "Thanksgiving Day");
    CHECK(sec.is_working(day("2026-11-27")) == Working::Yes);
    CHECK(sec.name(day("2025-01-09")) == "National Day of Mourning");
    CHECK(test_calendar("us.federal")->is_working(day("2025-01-09")) == Working::Yes);
    CalendarSpec a = plain_spec(2020, 2022), b = plain_spec(2021, 2022);
    a.id = "a";
    b.id = "b";
    a.includes = {"b"};
    const auto message = [](const std::vector<CalendarSpec>& specs) {
        const auto result = compile_calendars(specs);
        CHECK_FALSE(result);
        return result.diagnostics.items().empty() ? std::string() : result.diagnostics.items().front().message;
    };
    CHECK(message({a}) == "there is no calendar `b` to include");
    CHECK(message({a, b}) == "`a` covers 2020 to 2022, but the calendar `b` that it includes only 2021 to 2022");
    b = plain_spec(2020, 2022);
    b.id = "b";
    b.includes = {"a"};
    CHECK(message({a, b}) == "the calendar `a` includes itself");
    CHECK(message({b, b}) == "there is no calendar `a` to include");
}

TEST_CASE("advancing and counting agree with walking day by day") {
    std::mt19937 random(11);
    CalendarSpec spec = plain_spec(2020, 2026);
    for (int i = 0; i < 200; ++i) {
        const auto d =
            Date::from_days(day("2020-01-01").days_since_1970() + static_cast<std::int32_t>(random() % 2557));
        spec.listed.push_back({d, "holiday " + std::to_string(i), false, ObservedRule::None, {}});
    }
    const Calendar calendar = compiled(spec);
    for (int i = 0; i < 20000; ++i) {
        const Date from =
            Date::from_days(calendar.first_day().days_since_1970() + static_cast<std::int32_t>(random() % 2557));
        const std::int64_t n = static_cast<std::int64_t>(random() % 61) - 30;
        const auto off = static_cast<OffDays>(random() % 3);
        std::optional<Date> walked = from;
        for (std::int64_t left = n < 0 ? -n : n; left > 0 && walked;) {
            walked = walked->plus_days(n < 0 ? -1 : 1);
            const Working working = calendar.is_working(*walked, off);
            if (working == Working::Unknown) walked.reset();
            if (working == Working::Yes) --left;
        }
        REQUIRE(calendar.advance(from, n, off) == walked);
        if (walked && n > 0) REQUIRE(calendar.count(from.plus_days(1), walked->plus_days(1), off) == n);
        if (walked && n < 0) REQUIRE(calendar.count(*walked, from, off) == -n);
    }
}
