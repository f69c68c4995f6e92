#include "tools/spoken_moment.h"

#include <catch2/catch.hpp>

#include "tests/support/reader_book.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const ZoneWords& words() {
    static const ZoneWords one(system_zones(), reader_book(), "DE\t+0\tEurope/Berlin\nSG\t+0\tAsia/Singapore\nUS\t+0\tAmerica/New_York\nUS\t+0\tAmerica/Chicago\nUS\t+0\tAmerica/Denver\n");
    return one;
}

/// In Berlin; the JSON, or why there is none.
std::string said(const std::string& text, const char* now = "2026-11-25T02:05:00+01:00") {
    const SpokenMoment moment = read_spoken_moment(text, {zone("Europe/Berlin"), instant(now), &words()});
    return moment.problem.empty() ? moment.json : "problem: " + moment.problem;
}

std::string at(const std::string& time) { return "\"" + time + "\""; }
std::string about(const std::string& time) { return "{\"value\": \"" + time + "\", \"estimated\": true}"; }

}  // namespace

TEST_CASE("without a day it is the last such time, never one to come") {
    CHECK(said("23:50") == at("2026-11-24T23:50+01:00"));
    CHECK(said("01:30") == at("2026-11-25T01:30+01:00"));
    CHECK(said("02:05") == at("2026-11-25T02:05+01:00"));
    CHECK(said("02:06") == at("2026-11-24T02:06+01:00"));
    CHECK(said("tomorrow 08:00").starts_with("problem: "));
    CHECK(said("today 08:00") == "problem: Wed 25 Nov 2026 08:00 is still to come: it is now Wed 25 Nov 2026 02:05 in Berlin");
}

TEST_CASE("the night is said in many ways") {
    CHECK(said("last night around 11") == about("2026-11-24T23:00+01:00"));
    CHECK(said("last night around 23:40") == about("2026-11-24T23:40+01:00"));
    CHECK(said("last night at 11:40") == at("2026-11-24T23:40+01:00"));
    CHECK(said("last night at 1:30") == at("2026-11-25T01:30+01:00"));
    CHECK(said("last night 01:30", "2026-11-25T15:00:00+01:00") == at("2026-11-25T01:30+01:00"));
    CHECK(said("tonight 23:40") == at("2026-11-24T23:40+01:00"));
    CHECK(said("yesterday evening at 6") == at("2026-11-24T18:00+01:00"));
    CHECK(said("yesterday 11 pm") == at("2026-11-24T23:00+01:00"));
    CHECK(said("yesterday 11:40pm") == at("2026-11-24T23:40+01:00"));
    CHECK(said("yesterday 12 am") == at("2026-11-24T00:00+01:00"));
    CHECK(said("yesterday at noon") == at("2026-11-24T12:00+01:00"));
    CHECK(said("last night") == "problem: at what time last night? for example 22:14, yesterday 18:05, Fri 20 Nov 22:14, last night around 11");
    CHECK(said("midnight") == "problem: midnight belongs to two days; write 00:00 or 24:00 with its day");
    CHECK(said("23 Nov 24:00") == at("2026-11-24T00:00+01:00"));
}

TEST_CASE("days are read as written in Europe, by weekday and by name") {
    CHECK(said("20.11.2026 22:14") == at("2026-11-20T22:14+01:00"));
    CHECK(said("20.11. 22.14") == at("2026-11-20T22:14+01:00"));
    CHECK(said("20th Nov 22h14") == at("2026-11-20T22:14+01:00"));
    CHECK(said("Friday 22:14") == at("2026-11-20T22:14+01:00"));
    CHECK(said("Wednesday 22:14") == at("2026-11-18T22:14+01:00"));
    CHECK(said("Friday") == at("2026-11-20"));
    CHECK(said("24 Dec") == at("2025-12-24"));
    CHECK(said("20 Nov 22:14:05") == at("2026-11-20T22:14:05+01:00"));
    CHECK(said("Mon 20 Nov 2026 22:14") == "problem: 2026-11-20 was a Fri");
    CHECK(said("11/12/2026") == "problem: `11/12/2026` may be read in two ways; write the month as a word: 20 Nov 2026");
    CHECK(said("06.05") == "problem: `06.05` may be a time or a day; write 20:11 for a time, 20 Nov for a day");
    CHECK(said("yesterday 11") == "problem: `11` may be 11:00 or another hour; write it with minutes, such as 11:00 or 23:00");
    for (const char* text : {"31 Nov 2026", "20 Xyz", "20 Nov 25:00", "Nov", "soon", "22:61", "13 pm"}) {
        INFO(text);
        CHECK(said(text).starts_with("problem: "));
    }
}

TEST_CASE("another clock is named behind the time") {
    CHECK(said("06:50 Singapore") == at("2026-11-25T06:50+08:00"));
    CHECK(said("25 Nov 06:50 Singapore time") == at("2026-11-25T06:50+08:00"));
    CHECK(said("20:05 New York") == at("2026-11-24T20:05-05:00"));
    CHECK(said("22:14 UTC") == at("2026-11-24T22:14+00:00"));
    CHECK(said("24 Nov 22:14 +08:00") == at("2026-11-24T15:14+01:00"));
    CHECK(said("2026-11-24T22:14:00Z") == at("2026-11-24T23:14+01:00"));
    CHECK(said("22:14 Atlantis").starts_with("problem: this is no time or day that can be read"));
    const SpokenMoment moment = read_spoken_moment("06:50 Singapore", {zone("Europe/Berlin"), instant("2026-11-25T02:05:00+01:00"), &words()});
    CHECK(moment.words == "Wed 25 Nov 2026 06:50 Singapore = Tue 24 Nov 2026 23:50 Berlin");
}

TEST_CASE("a time that the clock showed twice is asked again, one that it never showed is refused") {
    const char* now = "2026-10-25T09:00:00+01:00";
    CHECK(said("02:30", now) == "problem: the clock in Berlin showed 02:30 twice on Sun 25 Oct 2026, as it was put back; add `first` (CEST) or `second` (CET)");
    CHECK(said("02:30 first", now) == at("2026-10-25T02:30+02:00"));
    CHECK(said("second 02:30", now) == at("2026-10-25T02:30+01:00"));
    CHECK(said("02:30 CEST", now) == at("2026-10-25T02:30+02:00"));
    CHECK(said("02:30 CET", now) == at("2026-10-25T02:30+01:00"));
    CHECK(said("20 Oct 14:00 CEST", now) == at("2026-10-20T14:00+02:00"));
    CHECK(said("20 Oct 14:00 CET", now) == "problem: the clock in Berlin showed CEST then; write CEST, or an offset such as +01:00");
    CHECK(said("25 Oct 02:30 +02:00", now) == at("2026-10-25T02:30+02:00"));
    CHECK(said("01:59", now) == at("2026-10-25T01:59+02:00"));
    CHECK(said("03:00", now) == at("2026-10-25T03:00+01:00"));
    CHECK(said("29 Mar 2026 02:30", now) == "problem: the clock in Berlin never showed 02:30 on Sun 29 Mar 2026: it was put forward then");
    CHECK(said("29 Mar 2026 03:00", now) == at("2026-03-29T03:00+02:00"));
}

TEST_CASE("a stretch of time takes the day of its other end") {
    CHECK(said("between 22:00 and 22:40") == R"({"from": "2026-11-24T22:00+01:00", "until": "2026-11-24T22:40+01:00"})");
    CHECK(said("20 Nov 23:00 to 01:00") == R"({"from": "2026-11-20T23:00+01:00", "until": "2026-11-21T01:00+01:00"})");
    CHECK(said("22:00 to 23:00 yesterday") == R"({"from": "2026-11-24T22:00+01:00", "until": "2026-11-24T23:00+01:00"})");
    CHECK(said("before 23:00") == R"({"until": "2026-11-24T23:00+01:00"})");
    CHECK(said("after 20 Nov 18:00") == R"({"from": "2026-11-20T18:00+01:00"})");
    CHECK(said("2 hours ago") == about("2026-11-25T00:05+01:00"));
    CHECK(said("half an hour ago") == about("2026-11-25T01:35+01:00"));
    CHECK(said("not yet") == R"({"not_yet": true})");
    CHECK(said("happened") == R"({"happened": true})");
}

TEST_CASE("clocks are found by city, country and zone") {
    const auto name = [](const char* text) {
        const Zone* zone = words().find(text);
        return zone == nullptr ? std::string() : zone->name();
    };
    CHECK(name("Berlin") == "Europe/Berlin");
    CHECK(name("germany") == "Europe/Berlin");
    CHECK(name("new york") == "America/New_York");
    CHECK(name("Texas") == "America/Chicago");
    CHECK(name("utc") == "Etc/UTC");
    CHECK(name("Frankfurt").empty());
    CHECK(name("United States").empty());
    CHECK(words().problem("United States") == "United States has several clocks; name one of its cities: New York, Chicago, Denver");
    CHECK(words().problem("Berln") == "no clock on file is called `Berln`; did you mean `Berlin`; name the country or its capital (Germany, Singapore, New York) or a zone (Europe/Berlin)");
}
