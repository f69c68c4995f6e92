// Every imported calendar is read, is where the index says, works out, and knows what it does not know.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "engine/calendar.h"
#include "rules/calendar_list.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Calendar world(const std::string& id) {
    const auto rows = parse_calendar_index(source_file("jurisdictions/_calendars/index.csv"));
    REQUIRE(rows);
    std::vector<CalendarSpec> parts;
    for (const CalendarRow& row : *rows) {
        if (row.id != id) continue;
        const auto specs = parse_calendar_list(source_file("jurisdictions/_calendars/" + row.file));
        REQUIRE(specs);
        for (const CalendarSpec& spec : *specs)
            if (spec.id == id) parts.push_back(spec);
    }
    REQUIRE_FALSE(parts.empty());
    auto joined = join_calendars(std::move(parts));
    REQUIRE(joined);
    auto compiled = compile_calendar(*joined, {});
    REQUIRE(compiled);
    return std::move(*compiled);
}

Date day(const char* iso) { return *Date::parse(iso); }

}  // namespace

TEST_CASE("all imported calendars stand where the index says, and work out") {
    const auto rows = parse_calendar_index(source_file("jurisdictions/_calendars/index.csv"));
    REQUIRE(rows);
    CHECK(rows->size() > 600);
    std::map<std::string, std::set<std::string>> ids_of_file;
    std::map<std::string, std::vector<CalendarSpec>> calendars;
    for (const CalendarRow& row : *rows) ids_of_file[row.file].insert(row.id);
    for (const auto& [file, ids] : ids_of_file) {
        INFO(file);
        const auto specs = parse_calendar_list(source_file("jurisdictions/_calendars/" + file));
        INFO(print(specs.diagnostics));
        REQUIRE(specs);
        std::set<std::string> found;
        for (const CalendarSpec& spec : *specs) {
            found.insert(spec.id);
            calendars[spec.id].push_back(spec);
        }
        CHECK(found == ids);
    }
    for (auto& [id, parts] : calendars) {
        INFO(id);
        auto joined = join_calendars(std::move(parts));
        INFO(print(joined.diagnostics));
        REQUIRE(joined);
        const auto compiled = compile_calendar(*joined, {});
        REQUIRE(compiled);
        const auto days = days_between(compiled->first_day(), compiled->last_day()) + 1;
        const auto working = *compiled->count(compiled->first_day(), compiled->last_day().plus_days(1));
        CHECK(working * 2 > days);
        CHECK(working * 7 <= std::int64_t{days} * 6);
    }
}

TEST_CASE("make-up weekends of China are worked, and years without a notice are estimates") {
    const Calendar china = world("cn");
    // State Council notice for 2024: 4 and 18 February worked, 10 to 17 February off.
    CHECK(china.is_working(day("2024-02-04")) == Working::Yes);
    CHECK(china.is_working(day("2024-02-18")) == Working::Yes);
    CHECK(china.is_working(day("2024-02-12")) == Working::No);
    CHECK_FALSE(china.is_estimated(day("2024-02-12")));
    CHECK(china.is_estimated(day("2027-03-03")));
    CHECK(china.is_working(day("2041-01-02")) == Working::Unknown);
    CHECK(china.is_working(day("2014-12-31")) == Working::Unknown);
}

TEST_CASE("a country of parts holds the days of all parts only") {
    const Calendar whole = world("gb"), scotland = world("gb.sct"), england = world("gb.eng");
    CHECK(whole.is_working(day("2026-04-06")) == Working::Yes);  // Easter Monday, not in Scotland
    CHECK(england.is_working(day("2026-04-06")) == Working::No);
    CHECK(scotland.is_working(day("2026-04-06")) == Working::Yes);
    CHECK(scotland.is_working(day("2026-01-02")) == Working::No);
    CHECK(whole.is_working(day("2022-09-19")) == Working::No);  // proclaimed for the whole kingdom
    CHECK_FALSE(whole.spec().parts.empty());
}

TEST_CASE("weekends change by date and by part") {
    const Calendar emirates = world("ae"), sharjah = world("ae.sh");
    CHECK(emirates.is_weekend(day("2021-12-31")));       // Friday
    CHECK_FALSE(emirates.is_weekend(day("2022-01-07")));  // Friday
    CHECK(emirates.is_weekend(day("2022-01-09")));       // Sunday
    CHECK(sharjah.is_weekend(day("2022-01-07")));
    CHECK(sharjah.is_weekend(day("2022-01-09")));
    CHECK(emirates.is_estimated(day("2026-03-20")));
}

TEST_CASE("days off of China, Japan and Scotland are those of the official lists") {
    // State Council notice [2024] 12 of 12 November 2024, weekdays off and weekends worked of 2025.
    const Calendar china = world("cn");
    std::string off, worked;
    for (Date d = day("2025-01-01"); d < day("2026-01-01"); d = d.plus_days(1)) {
        const bool weekend = d.weekday() == Weekday::Saturday || d.weekday() == Weekday::Sunday;
        const bool works = china.is_working(d) == Working::Yes;
        if (!weekend && !works) off += d.iso().substr(5) + " ";
        if (weekend && works) worked += d.iso().substr(5) + " ";
    }
    CHECK(off == "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08 ");
    CHECK(worked == "01-26 02-08 04-27 09-28 10-11 ");
    // Cabinet Office, holidays of 2026 with the two days under article 3(2) and (3) of the act.
    const Calendar japan = world("jp");
    off.clear();
    for (Date d = day("2026-01-01"); d < day("2027-01-01"); d = d.plus_days(1))
        if (japan.is_holiday(d)) off += d.iso().substr(5) + " ";
    CHECK(off == "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23 ");
    // Royal Proclamation under section 1(3) of the Banking and Financial Dealings Act 1971.
    CHECK(world("gb.sct").is_working(day("2026-06-15")) == Working::No);
    CHECK(world("gb.eng").is_working(day("2026-06-15")) == Working::Yes);
}
