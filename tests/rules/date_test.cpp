#include "rules/date.h"

#include <catch2/catch.hpp>

#include "rules/instant.h"

using namespace duenotice;

TEST_CASE("a date keeps its parts and its weekday") {
    const auto day = Date::from_ymd(2026, 11, 20);
    REQUIRE(day);
    CHECK(day->iso() == "2026-11-20");
    CHECK(day->weekday() == Weekday::Friday);
    CHECK(Date::from_days(0).weekday() == Weekday::Thursday);
    CHECK(Date::from_days(-1).weekday() == Weekday::Wednesday);
    CHECK(day->plus_days(11).iso() == "2026-12-01");
}

TEST_CASE("a day that does not exist is refused") {
    CHECK_FALSE(Date::from_ymd(2026, 2, 29));
    CHECK(Date::from_ymd(2028, 2, 29));
    CHECK_FALSE(Date::parse("2026-13-01"));
    CHECK_FALSE(Date::parse("2026-1-01"));
    CHECK_FALSE(Date::parse("2026-01-01 "));
    CHECK(days_in_month(2100, 2) == 28);
}

TEST_CASE("every day that can be written is read back, and a count may end beyond them") {
    const Date first = *Date::from_ymd(1400, 1, 1), last = *Date::from_ymd(9999, 12, 31);
    int wrong = 0;
    for (Date day = first; day <= last; day = day.plus_days(1)) {
        const YearMonthDay parts = day.ymd();
        wrong += Date::from_ymd(parts.year, parts.month, parts.day) == day ? 0 : 1;
    }
    CHECK(wrong == 0);
    CHECK(last.plus_days(1).iso() == "10000-01-01");
    CHECK(last.plus_days(60).iso() == "10000-02-29");
    CHECK(first.plus_days(-1).iso() == "1399-12-31");
    CHECK(Date::from_days(-719528).ymd().year == 0);
    CHECK(Date::from_days(-719529).iso() == "-001-12-31");
}

TEST_CASE("an instant lies within the years that can be written, in UTC too") {
    CHECK(parse_instant("1400-01-01T00:00Z"));
    CHECK_FALSE(parse_instant("1400-01-01T00:00+00:01"));
    CHECK(parse_instant("1400-01-01T14:00+14:00"));
    CHECK(parse_instant("9999-12-31T23:59:59Z"));
    CHECK_FALSE(parse_instant("9999-12-31T23:59:59-00:01"));
    CHECK(iso_utc(Instant{253402300800}) == "10000-01-01T00:00:00Z");
}
