#include "engine/period.h"

#include <catch2/catch.hpp>

#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

TEST_CASE("every row of the table of months ends on its day") {
    for (const auto& row : read_table("periods.csv", 5)) {
        INFO(row[0] << " and " << row[1] << " months by " << row[2] << ": " << row[4]);
        const MonthRule rule = row[2] == "day-after" ? MonthRule::DayAfter : MonthRule::EventNumber;
        REQUIRE((rule == MonthRule::DayAfter || row[2] == "event-number"));
        const auto last = add_months(day(row[0]), std::stoi(row[1]), rule);
        REQUIRE(last);
        CHECK(last->iso() == row[3]);
    }
}

TEST_CASE("months that leave the years 1400 to 9999 have no day") {
    CHECK_FALSE(add_months(day("9999-12-15"), 1, MonthRule::EventNumber));
    CHECK_FALSE(add_months(day("1400-01-15"), -1, MonthRule::EventNumber));
    CHECK_FALSE(add_months(day("9999-12-15"), 1, MonthRule::DayAfter));
    CHECK_FALSE(
        add_years_months_days(day("9999-12-15"), {PeriodUnit::YearsMonthsDays, 0, 0, 40}, MonthRule::EventNumber));
}

TEST_CASE("a compound period takes years and months first and days last") {
    CHECK(add_years_months_days(day("2017-02-12"), {PeriodUnit::YearsMonthsDays, 0, 1, 15}, MonthRule::EventNumber)
              ->iso() == "2017-03-27");
    CHECK(add_years_months_days(day("2026-01-31"), {PeriodUnit::YearsMonthsDays, 0, 1, 1}, MonthRule::EventNumber)
              ->iso() == "2026-03-01");
    CHECK(add_years_months_days(day("2028-02-29"), {PeriodUnit::YearsMonthsDays, 1, 0, 1}, MonthRule::EventNumber)
              ->iso() == "2029-03-01");
}

TEST_CASE("a period says itself in words and knows when it is none") {
    CHECK(words(Period::hours(72)) == "72 hours");
    CHECK(words(Period::of_months(1)) == "1 month");
    CHECK(words(Period::working_days(-5)) == "5 working days before");
    CHECK(words({PeriodUnit::YearsMonthsDays, 1, 2, 10}) == "1 year, 2 months and 10 days");
    CHECK(Period::hours(72).is_valid());
    CHECK_FALSE(Period{PeriodUnit::Days, 3, 1, 0}.is_valid());
    CHECK_FALSE(Period{PeriodUnit::YearsMonthsDays, 1, 0, -1}.is_valid());
    CHECK_FALSE(Period::of_days(146001).is_valid());
    CHECK(Period::of_days(146000).is_valid());
}
