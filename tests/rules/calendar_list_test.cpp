// Imported calendars: the lines, their mistakes, and a calendar that several files tell.
#include <catch2/catch.hpp>

#include "rules/calendar_list.h"

using namespace duenotice;

namespace {

const std::string head = "calendar xx\ntitle Testland\nplace XX\nyears 2025-2027\nconfirmed 2025-2026\nchecked 2026-11-26\nweekend Sat Sun\n";

SourcePtr text(const std::string& lines) { return std::make_shared<const SourceText>("xx.txt", lines); }
std::string mistakes(const std::string& lines) {
    Checked<std::vector<CalendarSpec>> read = parse_calendar_list(text(lines));
    CHECK_FALSE(read);
    std::string all;
    for (const Diagnostic& each : read.diagnostics.items()) all += each.message + "\n";
    return all;
}

}  // namespace

TEST_CASE("a file of imported calendars gives days by kind, with runs of years, estimates and local names") {
    const auto read = parse_calendar_list(text("# made\n" + head +
        "public | 12-25@2025-2027 ~2026-03-20 | Feast | Fest\npublic moved | 2027-12-27 | Feast\nhalf | 2026-12-24 | Eve\nwork | 2026-02-14 | Made up\nbank | 2026-01-02 | Banks\n"
        "\ncalendar xx.a\ntitle Part\nplace XX-A\nyears 2025-2027\nchecked 2026-11-26\ninclude xx\nweekend ..2026-01-01 Fri Sat\nweekend 2026-01-01.. Sat Sun\npublic | 2026-05-05 | Own day\n"));
    REQUIRE(read);
    REQUIRE(read->size() == 2);
    const CalendarSpec& whole = read->front();
    CHECK(whole.grade == 'S');
    REQUIRE(whole.listed.size() == 5);
    CHECK(whole.listed[3].estimated);
    CHECK(whole.listed[3].name == "Feast (Fest)");
    CHECK(whole.half.size() == 1);
    CHECK(whole.worked.size() == 1);
    REQUIRE(whole.noted.size() == 1);
    CHECK(whole.noted[0].name == "bank: Banks");
    const CalendarSpec& part = read->back();
    CHECK(part.grade == 'U');
    CHECK(part.listed.size() == 6);
    CHECK(part.confirmed->empty());
    REQUIRE(part.weekends.size() == 2);
    CHECK(part.weekends[0].range.until->iso() == "2026-01-01");
}

TEST_CASE("each mistake in an imported file is named") {
    CHECK(mistakes("title X\n") == "the file does not begin with a calendar\n");
    CHECK(mistakes("calendar xx\n") == "the calendar `xx` does not say its title\nthe calendar `xx` does not say its place\nthe calendar `xx` does not say its years\nthe calendar `xx` does not say its weekend\n");
    CHECK(mistakes(head + "feast | 2026-01-01 | X\n") == "`feast` is no kind of day\n");
    CHECK(mistakes(head + "public | 2026-02-30 | X\n") == "`2026-02-30` is not a day\n");
    CHECK(mistakes(head + "public | 02-29@2024-2026 | X\n") == "`02-29` is not a day of 2025\n");
    CHECK(mistakes(head + "public | 2026-01-01\n") == "this is not a line of days\n");
    CHECK(mistakes(head + "weekend Sam\n") == "`Sam` is not a day of the week\n");
    CHECK(mistakes(head + "include yy\n") == "there is no calendar `yy` above to include\n");
    CHECK(mistakes(head + "confirmed 2020-2021\n") == "the calendar `xx` confirms years that it does not cover\n");
    CHECK(mistakes(head + "years 2027-2025\n") == "`2027-2025` is no span of years\n");
    CHECK(mistakes(head + "holiday none\n") == "`holiday` is not a line of a calendar\n");
    CHECK(mistakes(head + head) == "the calendar `xx` stands twice in this file\n");
}

TEST_CASE("a calendar told by two files is joined only when each year is told once") {
    const auto part = [](const std::string& years, const std::string& more) {
        auto read = parse_calendar_list(text("calendar xx\ntitle T\nplace XX\nyears " + years + "\n" + more + "weekend Sat Sun\npublic | " + years.substr(0, 4) + "-01-01 | A\n"));
        REQUIRE(read);
        return read->front();
    };
    const auto joined = join_calendars({part("2015-2040", "without 2018-2027\n"), part("2018-2027", "confirmed 2018-2026\n")});
    REQUIRE(joined);
    CHECK(joined->from_year == 2015);
    CHECK(joined->until_year == 2040);
    CHECK(joined->listed.size() == 2);
    REQUIRE(joined->confirmed->size() == 1);
    CHECK(joined->confirmed->front().until == 2026);
    const auto hole = join_calendars({part("2015-2040", "without 2018-2027\n"), part("2019-2027", "")});
    CHECK_FALSE(hole);
    CHECK(hole.diagnostics.items().front().message == "the calendar `xx` is told by no file for 2018");
    const auto twice = join_calendars({part("2015-2020", ""), part("2020-2027", "")});
    CHECK_FALSE(twice);
    CHECK(twice.diagnostics.items().front().message == "the calendar `xx` is told by more than one file for 2020");
}

TEST_CASE("the index of calendars has five cells a row") {
    const auto rows = parse_calendar_index(text("id,file,place,years,confirmed\nzz,a/zz.txt,ZZ,2015-2040,\naa,a/aa.txt,AA,2015-2040,2018-2027\n"));
    REQUIRE(rows);
    REQUIRE(rows->size() == 2);
    CHECK(rows->front().id == "aa");
    CHECK_FALSE(parse_calendar_index(text("id,file\n")));
}
