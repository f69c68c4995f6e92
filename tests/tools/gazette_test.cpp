// The calendars in force, curated or imported, against the lists of the authorities themselves (tests/tables/gazettes.csv) and
// against what acts say, worked out apart (tests/tables/holiday_acts.csv).
#include <catch2/catch.hpp>

#include "tests/oracle/holiday_acts.h"
#include "tests/support/time_tables.h"
#include "tools/session.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Session& shipped() {
    static Session session = [] {
        Options options;
        options.law_folder = DUENOTICE_SOURCE_DIR "/jurisdictions";
        options.as_of = Instant{Date::parse("2030-01-01")->days_since_1970() * day_seconds};  // the law must not be from the future
        return Session(options);
    }();
    return session;
}

/// MM-DD of the days of a year that the filter takes, as the table writes them.
template <typename Filter>
std::string days_of(int year, Filter takes) {
    std::string days;
    for (Date day = *Date::from_ymd(year, 1, 1); day.ymd().year == year; day = day.plus_days(1))
        if (takes(day)) days += (days.empty() ? "" : " ") + day.iso().substr(5);
    return days;
}

bool weekend(Date day) { return day.weekday() == Weekday::Saturday || day.weekday() == Weekday::Sunday; }

std::string weekdays_off(const Calendar& calendar, int year) {
    return days_of(year, [&](Date day) { return !weekend(day) && calendar.is_working(day) == Working::No; });
}

}  // namespace

TEST_CASE("a listed year of a calendar has the days off and the worked weekends of the authority's list, and no other") {
    int rows = 0;
    for (const auto& row : read_table("gazettes.csv", 5)) {
        INFO(row[0] << " " << row[1] << ", " << row[4]);
        const Calendar* calendar = shipped().calendar(row[0]);
        REQUIRE(calendar);
        const int year = std::stoi(row[1]);
        CHECK(weekdays_off(*calendar, year) == row[2]);
        CHECK(days_of(year, [&](Date day) { return weekend(day) && calendar->is_working(day) == Working::Yes; }) == row[3]);
        ++rows;
    }
    CHECK(rows > 130);
}

TEST_CASE("a calendar is off on the weekdays that the act names, and on no other") {
    int years = 0;
    for (const ActYear& listed : years_of_holiday_acts()) {
        INFO(listed.calendar << " " << listed.year << ", " << listed.act);
        const Calendar* calendar = shipped().calendar(listed.calendar);
        REQUIRE(calendar);
        std::string days;
        for (const Date day : listed.off) days += (days.empty() ? "" : " ") + day.iso().substr(5);
        CHECK(weekdays_off(*calendar, listed.year) == days);
        ++years;
    }
    CHECK(years > 300);
}
