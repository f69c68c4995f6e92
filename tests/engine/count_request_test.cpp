#include "engine/count_request.h"

#include <catch2/catch.hpp>

#include "reports/count_json.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

CountWorld world() {
    return {&counting_laws(), &system_zones(), [](std::string_view id) { return test_calendars().find(id); }};
}

std::string answer(std::string_view line) {
    CountSession session(world());
    const CountAnswer answer = session.answer(line);
    if (const auto* error = std::get_if<CountError>(&answer.outcome)) {
        return count_error_line(answer.id, answer.id_is_number, error->code, error->message);
    }
    return count_answer_line(answer.id, answer.id_is_number, answer.request, std::get<CountResult>(answer.outcome));
}

bool starts_with(const std::string& text, std::string_view head) {
    INFO(text);
    CHECK(text.substr(0, head.size()) == head);
    return text.substr(0, head.size()) == head;
}

}  // namespace

TEST_CASE("a count request is answered with its end, its maximum, its last day and its steps") {
    CHECK(
        answer(
            R"({"id":"a1","start":"2026-11-21T18:05+01:00","zone":"Europe/Berlin","amount":24,"unit":"hours","rule":"eu.1182-71"})") ==
        R"j({"id":"a1","end_utc":"2026-11-22T17:05:00Z","maximum_utc":"2026-11-22T18:00:00Z","last_day":"2026-11-22",)j"
        R"j("readings":[{"label":"plain elapsed hours","citation":"Article 3(2)(a)","end_utc":"2026-11-22T17:05:00Z","last_day":"2026-11-22"},)j"
        R"j({"label":"hour of the event excluded","citation":"Article 3(1)","end_utc":"2026-11-22T18:00:00Z","last_day":"2026-11-22"}],)j"
        R"j("steps":[{"kind":"start","reading":"plain elapsed hours","what":"the period of 24 hours starts from Sat 21 November 2026 18:05 CET (Europe/Berlin)","from":"2026-11-21T17:05:00Z","to":"2026-11-21T17:05:00Z"},)j"
        R"j({"kind":"add_hours","reading":"plain elapsed hours","what":"24 elapsed hours end at Sun 22 November 2026 18:05 CET (Europe/Berlin)","from":"2026-11-21T17:05:00Z","to":"2026-11-22T17:05:00Z","provision":"Article 3(2)(a)"},)j"
        R"j({"kind":"start","reading":"hour of the event excluded","what":"the period of 24 hours starts from Sat 21 November 2026 18:05 CET (Europe/Berlin)","from":"2026-11-21T17:05:00Z","to":"2026-11-21T17:05:00Z"},)j"
        R"j({"kind":"hour_excluded","reading":"hour of the event excluded","what":"the hour of the event does not count: hours run from Sat 21 November 2026 19:00 CET (Europe/Berlin)","from":"2026-11-21T17:05:00Z","to":"2026-11-21T18:00:00Z","provision":"Article 3(1)"},)j"
        R"j({"kind":"add_hours","reading":"hour of the event excluded","what":"24 elapsed hours end at Sun 22 November 2026 19:00 CET (Europe/Berlin)","from":"2026-11-21T18:00:00Z","to":"2026-11-22T18:00:00Z","provision":"Article 3(1)"}]})j");
}

TEST_CASE("a day, a range and an inline calendar are understood") {
    CHECK(starts_with(
        answer(
            R"({"id":7,"start":"2026-04-01","zone":"Europe/Berlin","amount":5,"unit":"working_days","rule":"eu.1182-71","calendar":{"weekend":["Sat","Sun"],"holidays":["2026-04-03","2026-04-06"],"working_weekend_days":["2026-04-04"]}})"),
        R"({"id":7,"end_utc":"2026-04-09T22:00:00Z","last_day":"2026-04-09","bounds":)"));
    CHECK(starts_with(
        answer(
            R"({"id":"r","start":{"from":"2026-05-07T23:00+02:00","until":"2026-05-08T01:00+02:00"},"zone":"Europe/Berlin","amount":72,"unit":"hours","rule":"eu.dora.art-5","calendar":"de"})"),
        R"({"id":"r","end_utc":"2026-05-10T22:00:00Z","maximum_utc":"2026-05-11T10:00:00Z","last_day":"2026-05-11","bounds":{"safe":["2026-05-10T22:00:00Z",)"));
    CHECK(starts_with(
        answer(
            R"({"id":"d","start":{"from":"2026-05-07","until":"2026-05-09"},"zone":"Europe/Berlin","amount":1,"unit":"days","rule":"plain"})"),
        R"({"id":"d","end_utc":"2026-05-08T22:00:00Z","maximum_utc":"2026-05-09T22:00:00Z","last_day":"2026-05-08",)"
        R"("bounds":{"safe":["2026-05-08T22:00:00Z","2026-05-09T22:00:00Z"],"maximum":["2026-05-08T22:00:00Z","2026-05-09T22:00:00Z"]},)"));
    CHECK(starts_with(
        answer(
            R"({"id":"y","start":"2017-02-12T12:00+01:00","zone":"Europe/Paris","amount":[0,1,15],"unit":"years+months+days","rule":"fr.cpc-641","calendar":{"weekend":["Saturday","Sunday"]}})"),
        R"({"id":"y","end_utc":"2017-03-27T22:00:00Z","last_day":"2017-03-27",)"));
}

TEST_CASE("an inline calendar has no bounds of its own, however far the count goes") {
    CountSession session(world());
    for (const char* start : {"1900-03-01", "2026-03-01", "2300-03-01"}) {
        const std::string line =
            std::string(R"({"id":"x","start":")") + start +
            R"(","zone":"Europe/Berlin","amount":2600,"unit":"working_days","rule":"plain","calendar":{"weekend":["Sat","Sun"]}})";
        const CountAnswer answer = session.answer(line);
        REQUIRE(std::holds_alternative<CountResult>(answer.outcome));
        // 2,600 working days of five a week are 520 weeks.
        const auto last = std::get<CountResult>(answer.outcome).last_day;
        CHECK(days_between(day(start), last) >= 520 * 7 - 2);  // 2026-03-01 is a Sunday: day one is the Monday
        CHECK(days_between(day(start), last) <= 520 * 7);
    }
}

TEST_CASE("the same line twice in one session gives the same bytes") {
    CountSession session(world());
    const char* line =
        R"({"id":"a","start":"2026-04-01T10:00Z","zone":"Europe/Berlin","amount":5,"unit":"days","rule":"eu.1182-71","calendar":{"weekend":["Sat","Sun"],"holidays":["2026-04-06"]}})";
    const CountAnswer first = session.answer(line);
    const std::string once = count_answer_line("a", false, first.request, std::get<CountResult>(first.outcome));
    const CountAnswer second = session.answer(line);
    CHECK(first.request.calendar == second.request.calendar);
    CHECK(once == count_answer_line("a", false, second.request, std::get<CountResult>(second.outcome)));
}

TEST_CASE("a line that cannot be answered says why, with a stable code") {
    const auto with = [](std::string_view members) {
        return answer(R"({"id":"e","zone":"Europe/Berlin","amount":1,"unit":"days","rule":"plain",)" +
                      std::string(members) + "}");
    };
    const auto error = [](std::string_view code, std::string_view message) {
        return count_error_line("e", false, code, message);
    };
    CHECK(with(R"("start":"2026-04-01T10:00")") ==
          error("bad_request", "`2026-04-01T10:00` is neither an instant with its offset nor a day"));
    CHECK(with(R"("start":"2026-02-30")") ==
          error("bad_request", "`2026-02-30` is neither an instant with its offset nor a day"));
    CHECK(with(R"("start":{"from":"2026-04-02","until":"2026-04-02"})") ==
          error("bad_request", "`start` ends before it begins; `until` is excluded"));
    CHECK(with(R"("start":{"from":"2026-04-02","until":"2226-04-02"})") == error("bad_request", "`start` spans more than 100 years"));
    CHECK(starts_with(with(R"("start":{"from":"2026-04-02","until":"2126-04-02"})"), R"({"id":"e","end_utc")"));
    CHECK(with(R"("start":{"from":"2026-04-02"})") == error("bad_request", "`start` needs both `from` and `until`"));
    CHECK(
        with(R"("begin":"2026-04-01")") ==
        error("bad_request", "a request has no member `begin`; it has id, start, zone, amount, unit, rule, calendar"));
    CHECK(with(R"("start":"2026-04-01","calendar":"nowhere")") ==
          error("unknown_calendar", "there is no calendar `nowhere`"));
    CHECK(with(R"("start":"2026-04-01","calendar":{"holidays":[]})") ==
          error("bad_request", "`calendar` needs `weekend`; it may be an empty list"));
    CHECK(with(R"("start":"2026-04-01","calendar":{"weekend":["Sabbath"]})") ==
          error("bad_request",
                "`weekend` holds something that is not a day of the week: Mon, Tue, Wed, Thu, Fri, Sat, Sun"));
    CHECK(with(R"("start":"2026-04-01","calendar":{"weekend":[],"holidays":["2026-13-01"]})") ==
          error("bad_request", "`holidays` holds something that is not a day written as YYYY-MM-DD"));
    CHECK(
        answer(R"({"id":"e","start":"2026-04-01","zone":"Europe/Berlin","amount":1.5,"unit":"days","rule":"plain"})") ==
        error("bad_request", "`amount` is not a whole number of at most nine digits"));
    CHECK(
        answer(
            R"({"id":"e","start":"2026-04-01","zone":"Europe/Berlin","amount":[1,2],"unit":"years+months+days","rule":"plain"})") ==
        error("bad_request", "`amount` in years+months+days is a list of three whole numbers"));
    CHECK(
        answer(
            R"({"id":"e","start":"2026-04-01","zone":"Europe/Berlin","amount":1,"unit":"fortnights","rule":"plain"})") ==
        error("bad_request", "there is no unit `fortnights`"));
    CHECK(answer(R"({"id":"e","start":"2026-04-01","zone":"Mars/Olympus","amount":1,"unit":"days","rule":"plain"})") ==
          error("unknown_zone", "there is no time zone `Mars/Olympus` in tzdata " + system_zones().release()));
    CHECK(answer(R"({"id":"e","start":"2026-04-01","zone":"Europe/Berlin","amount":1,"unit":"days","rule":"bgb"})") ==
          error("unknown_rule", "there is no counting law `bgb`"));
    CHECK(
        answer(
            R"({"id":"e","start":"2026-04-01","zone":"Europe/Berlin","amount":1,"unit":"days","rule":"eu.1182-71"})") ==
        error("needs_calendar", "counting days under `eu.1182-71` needs a calendar"));
    CHECK(
        answer(
            R"({"id":"e","start":"2030-04-01","zone":"Europe/Berlin","amount":1,"unit":"days","rule":"eu.1182-71","calendar":"de"})") ==
        error("beyond_calendar",
              "the calendar `de` covers 2018-01-01 to 2028-12-31, and the count reaches 2030-04-02"));
    CHECK(
        answer(R"({"id":"e","start":"2026-04-01","zone":"Europe/Berlin","amount":1,"unit":"hours","rule":"us.tx"})") ==
        error("unsupported", "section 311.014 speaks of days and months: count hours under `plain`"));
    CHECK(answer(R"({"start":"2026-04-01"})") == count_error_line("", false, "bad_request", "`id` is missing"));
    CHECK(answer(R"([1])") == count_error_line("", false, "bad_request", "a request is an object"));
    CHECK(starts_with(answer("{"), R"({"id":null,"error":{"code":"bad_json","message":)"));
}
