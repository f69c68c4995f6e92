#include "rules/date.h"

#include <catch2/catch.hpp>

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
