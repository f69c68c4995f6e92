// The calendars in force, curated or imported, against the lists of the authorities themselves (tests/tables/gazettes.csv).
#include <catch2/catch.hpp>

#include "tests/support/time_tables.h"
#include "tools/session.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Session& shipped() {
    static Session session = [] {
        Options options;
        options.law_folder = DUENOTICE_SOURCE_DIR "/jurisdictions";
        options.as_of = Instant{Date::parse("2026-11-27")->days_since_1970() * std::int64_t{86400}};  // the law must not be from the future
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

}  // namespace

TEST_CASE("a listed year of a calendar has the days off and the worked weekends of the authority's list, and no other") {
    int rows = 0;
    for (const auto& row : read_table("gazettes.csv", 5)) {
        INFO(row[0] << " " << row[1] << ", " << row[4]);
        const Calendar* calendar = shipped().calendar(row[0]);
        REQUIRE(calendar);
        const int year = std::stoi(row[1]);
        const auto weekend = [](Date day) { return day.weekday() == Weekday::Saturday || day.weekday() == Weekday::Sunday; };
        CHECK(days_of(year, [&](Date day) { return !weekend(day) && calendar->is_working(day) == Working::No; }) == row[2]);
        CHECK(days_of(year, [&](Date day) { return weekend(day) && calendar->is_working(day) == Working::Yes; }) == row[3]);
        ++rows;
    }
    CHECK(rows > 130);
}
