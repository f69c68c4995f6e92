// The calendars that ship, day by day, against tests/tables/calendar_dates.csv: a list of dates from other hands than
// those that wrote the rules.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "engine/calendar.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::vector<std::string> calendar_files() {
    namespace fs = std::filesystem;
    const fs::path root = DUENOTICE_SOURCE_DIR;
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(root / "jurisdictions")) {
        if (entry.path().filename() == "calendar.xml") {
            files.push_back(entry.path().lexically_relative(root).generic_string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

const std::vector<CalendarSpec>& shipped_specs() {
    static const std::vector<CalendarSpec> specs = [] {
        std::vector<CalendarSpec> all;
        for (const std::string& file : calendar_files()) {
            const auto parsed = parse_calendars(source_file(file));
            if (!parsed) FAIL(file << "\n" << print(parsed.diagnostics));
            all.insert(all.end(), parsed->begin(), parsed->end());
        }
        return all;
    }();
    return specs;
}

const CalendarSet& shipped() {
    static const CalendarSet calendars = [] {
        auto compiled = compile_calendars(shipped_specs());
        if (!compiled) FAIL(print(compiled.diagnostics));
        return *std::move(compiled.value);
    }();
    return calendars;
}

const Calendar& shipped_calendar(std::string_view id) {
    const Calendar* calendar = shipped().find(id);
    INFO("calendar " << id);
    REQUIRE(calendar);
    return *calendar;
}

struct Listed {
    std::string kind;
    std::string name;
};
using ListedDays = std::map<std::pair<std::string, std::string>, Listed>;

const ListedDays& listed_days() {
    static const ListedDays days = [] {
        ListedDays result;
        for (const auto& row : read_table("calendar_dates.csv", 5)) {
            result[{row[0], row[1]}] = {row[2], row[3]};
        }
        return result;
    }();
    return days;
}

/// What the table says of a day, in the calendar's words: working, off, or off but not confirmed.
std::string expected(const std::string& calendar, Date day) {
    const auto found = listed_days().find({calendar, day.iso()});
    const bool sunday = day.weekday() == Weekday::Sunday;
    if (found == listed_days().end()) return sunday || day.weekday() == Weekday::Saturday ? "weekend" : "working";
    return found->second.kind;
}

std::string actual(const Calendar& calendar, Date day) {
    const bool sunday = day.weekday() == Weekday::Sunday, saturday = day.weekday() == Weekday::Saturday;
    const bool working = calendar.is_working(day) == Working::Yes;
    if (sunday) return working ? "working" : "weekend";  // the table leaves Sundays out
    if (calendar.is_holiday(day)) return calendar.is_estimated(day) ? "estimated" : "holiday";
    if (saturday && !working) return "weekend";
    return "working";
}

std::vector<std::string> weekdays_off(std::string_view id, int year) {
    const Calendar& calendar = shipped_calendar(id);
    std::vector<std::string> days;
    for (Date d = *Date::from_ymd(year, 1, 1); d < *Date::from_ymd(year + 1, 1, 1); d = d.plus_days(1)) {
        if (calendar.is_holiday(d) && !calendar.is_weekend(d)) days.push_back(d.iso().substr(5));
    }
    return days;
}

using Days = std::vector<std::string>;

}  // namespace

TEST_CASE("there is a calendar for every EEA state and German Land, Singapore and the United States, to 2027") {
    for (const char* id : {"at",    "be",    "bg",           "cy",         "cz",     "de",    "dk",    "ee",    "es",
                           "fi",    "fr",    "gr",           "hr",         "hu",     "ie",    "is",    "it",    "li",
                           "lt",    "lu",    "lv",           "mt",         "nl",     "no",    "pl",    "pt",    "ro",
                           "se",    "si",    "sk",           "de.bb",      "de.be",  "de.bw", "de.by", "de.hb", "de.he",
                           "de.hh", "de.mv", "de.ni",        "de.nw",      "de.rp",  "de.sh", "de.sl", "de.sn", "de.st",
                           "de.th", "sg",    "us.statutory", "us.federal", "us.sec", "us.tx", "us.ca"}) {
        INFO(id);
        const Calendar& calendar = shipped_calendar(id);
        CHECK(calendar.first_day().iso() == "2018-01-01");
        CHECK(calendar.last_day().iso() == "2027-12-31");
    }
}

TEST_CASE("every calendar that ships says where it comes from and how it was checked") {
    for (const CalendarSpec& spec : shipped_specs()) {
        INFO(spec.id);
        CHECK(spec.source.starts_with("https://"));
        CHECK(spec.note.starts_with("Law: "));
        CHECK(spec.checked.iso() >= "2026-11-25");
        CHECK(spec.until_year == 2027);
        CHECK((spec.grade == 'C' || spec.grade == 'S' || spec.grade == 'U'));  // none was read at its address
    }
}

TEST_CASE("every day of every calendar is what the table of dates says") {
    std::set<std::string> seen;
    for (const auto& held : shipped().calendars) {
        const Calendar& calendar = *held;
        std::string wrong;
        for (Date day = calendar.first_day(); day <= calendar.last_day(); day = day.plus_days(1)) {
            const std::string found = actual(calendar, day), wanted = expected(calendar.id(), day);
            if (found == wanted) continue;
            wrong += calendar.id() + " " + day.iso() + " is " + found + " (" + std::string(calendar.name(day)) +
                     "), the table says " + wanted + "\n";
        }
        INFO(wrong);
        CHECK(wrong.empty());
        seen.insert(calendar.id());
    }
    for (const auto& [key, listed] : listed_days()) {
        INFO("row " << key.first << " " << key.second << " " << listed.name);
        CHECK(seen.contains(key.first));
        CHECK(shipped_calendar(key.first).covers(day(key.second)));
    }
}

TEST_CASE("days that a law added, took away or named once are right") {
    CHECK(weekdays_off("dk", 2023) == Days{"04-06", "04-07", "04-10", "05-05", "05-18", "05-29", "12-25", "12-26"});
    CHECK(weekdays_off("dk", 2024) == Days{"01-01", "03-28", "03-29", "04-01", "05-09", "05-20", "12-25", "12-26"});
    const Calendar& slovakia = shipped_calendar("sk");
    CHECK(slovakia.is_holiday(day("2025-05-08")));
    CHECK_FALSE(slovakia.is_holiday(day("2026-05-08")));
    CHECK(slovakia.is_holiday(day("2027-09-15")));
    CHECK_FALSE(shipped_calendar("pl").is_holiday(day("2024-12-24")));
    CHECK(shipped_calendar("pl").is_holiday(day("2025-12-24")));
    CHECK(shipped_calendar("de.be").is_holiday(day("2025-05-08")));
    CHECK_FALSE(shipped_calendar("de.bb").is_holiday(day("2025-05-08")));
    CHECK(shipped_calendar("ie").is_holiday(day("2022-03-18")));
    CHECK(shipped_calendar("nl").is_holiday(day("2025-04-26")));
    CHECK_FALSE(shipped_calendar("nl").is_holiday(day("2025-04-27")));
}

TEST_CASE("a Saturday worked in exchange is a working day, the day it was exchanged for is not") {
    const Calendar& hungary = shipped_calendar("hu");
    CHECK(hungary.is_working(day("2026-12-12")) == Working::Yes);
    CHECK(hungary.is_working(day("2026-12-24")) == Working::No);
    CHECK(hungary.advance(day("2026-12-11"), 1) == day("2026-12-12"));
    CHECK(hungary.has_estimate(day("2027-12-24"), day("2027-12-24")));
}

TEST_CASE("Bulgarian holidays on a weekend move to the working days after it, Easter does not") {
    CHECK(weekdays_off("bg", 2022) == Days{"01-03", "03-03", "04-22", "04-25", "05-02", "05-06", "05-24", "09-06",
                                           "09-22", "12-26", "12-27", "12-28"});
    CHECK(shipped_calendar("bg").is_working(day("2024-05-07")) == Working::Yes);
}

TEST_CASE("the same day may be off for one purpose and not for another") {
    const Date christmas_eve = day("2026-12-24");
    CHECK_FALSE(shipped_calendar("se").is_holiday(christmas_eve));
    CHECK(shipped_calendar("se.legal-time").is_holiday(christmas_eve));
    CHECK_FALSE(shipped_calendar("at").is_holiday(christmas_eve));
    CHECK(shipped_calendar("at.legal-time").is_holiday(christmas_eve));
    CHECK_FALSE(shipped_calendar("us.tx").is_holiday(christmas_eve));
    CHECK(shipped_calendar("us.tx.offices").is_holiday(christmas_eve));
    const Date carter = day("2025-01-09");
    CHECK_FALSE(shipped_calendar("us.statutory").is_holiday(carter));
    CHECK(shipped_calendar("us.federal").is_holiday(carter));
    CHECK(shipped_calendar("us.sec").is_holiday(carter));
    CHECK(shipped_calendar("us.ca").is_holiday(day("2026-09-09")));
    CHECK_FALSE(shipped_calendar("us.ca.offices").is_holiday(day("2026-09-09")));
}
