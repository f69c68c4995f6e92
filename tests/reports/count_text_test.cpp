#include "reports/count_text.h"

#include <sstream>

#include <catch2/catch.hpp>

#include "engine/period.h"
#include "reports/step_words.h"
#include "reports/text_layout.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

CountRequest request(std::string_view law, std::string_view start, Period length, std::string_view calendar) {
    CountRequest result;
    result.law = &counting_law(law);
    result.start = StartSpan::at(instant(start));
    result.zone = &zone("Europe/Berlin");
    result.period = length;
    result.calendar = test_calendar(calendar);
    return result;
}

std::vector<std::string> steps_of(std::string_view law, std::string_view start, Period length, std::string_view calendar) {
    const CountResult result = count_period(request(law, start, length, calendar));
    return step_lines(result.readings.front().steps, result.readings.front().citation);
}

}  // namespace

TEST_CASE("the answer to a count for people shows each step on a line, the citations, and what it rests on") {
    const CountRequest asked = request("eu.1182-71", "2026-04-02T16:00+02:00", Period::of_days(2), "de");
    CHECK(count_answer_text("a1", asked, count_period(asked), "2026z") ==
          "a1: 2 days\n"
          "  safe      Wed 8 Apr 2026 24:00 Berlin = 2026-04-08 22:00 UTC\n"
          "  last day  Wed 8 Apr 2026\n"
          "  law       eu.1182-71, Regulation (EEC, Euratom) No 1182/71\n"
          "  calendar  de, Germany, federal, 2018-01-01 to 2028-12-31\n"
          "  zone      Europe/Berlin, tzdata 2026z\n"
          "\n"
          "  day of the event excluded: Wed 8 Apr 2026 24:00 Berlin = 2026-04-08 22:00 UTC\n"
          "    1 the period of 2 days starts from Thu 2 April 2026 16:00 CEST\n"
          "    2 the day of the event, Thu 2 April 2026, does not count; day one is Fri 3\n"
          "      April 2026 [Article 3(1) and (2)]\n"
          "    3 2 days end on Sat 4 April 2026 [Article 3(1) and (2)]\n"
          "    4 Sat 4 April 2026, Saturday, DE: off [Article 3(4)]\n"
          "    5 Sun 5 April 2026, Sunday, DE: off [Article 3(4)]\n"
          "    6 Mon 6 April 2026, Easter Monday, DE: off [Article 3(4)]\n"
          "    7 the last day moves to Tue 7 April 2026 [Article 3(4)]\n"
          "    8 the period holds 1 of the 2 working days it must have: it ends on Wed 8\n"
          "      April 2026 [Article 3(5)]\n"
          "    9 the period ends at 24:00 on Wed 8 April 2026 [Article 3(1) and (2)]\n"
          "      [Article 3(1) and (2)] same day or date as the event, else the month's\n"
          "      last day: http://data.europa.eu/eli/reg/1971/1182/oj (checked 2026-11-25,\n"
          "      grade C)\n"
          "      [Article 3(4)] last hour of the following working day; not for hours:\n"
          "      http://data.europa.eu/eli/reg/1971/1182/oj (checked 2026-11-25, grade C)\n"
          "      [Article 3(5)] two days or more include at least two working days:\n"
          "      http://data.europa.eu/eli/reg/1971/1182/oj (checked 2026-11-25, grade C)\n");
    CHECK(count_error_text("", "bad_json", "no object") == "a line without an id: no date (bad_json)\n  why       no object\n");
}

TEST_CASE("no line of an explained count is wider than 80 columns, also of an open start with several readings") {
    for (const auto& row : read_table("counting.csv", 10)) {
        if (counting_law(row[0]).clock_zone.empty() == false) continue;
        CountRequest asked = request(row[0], row[1], period(row[3], row[4]), row[5]);
        const CountResult result = count_period(asked);
        if (result.status != CountStatus::Ok) continue;
        std::istringstream lines(count_answer_text("an-id", asked, result, "2026z"));
        for (std::string line; std::getline(lines, line);) {
            INFO(line);
            CHECK(text_width(line) <= 80);
        }
    }
    CountRequest open = request("eu.dora.art-5", "2026-05-07T23:00+02:00", Period::hours(72), "de");
    open.start.latest = instant("2026-05-08T00:59:59+02:00");
    const std::string text = count_answer_text("o", open, count_period(open), "2026z");
    CHECK(text.find("  start     between Thu 7 May 2026 23:00 Berlin and Fri 8 May 2026 00:59:59\n            Berlin; the steps are those of") != std::string::npos);
    CHECK(text.find("  safe      Sun 10 May 2026 24:00 Berlin = 2026-05-10 22:00 UTC; at most Mon 11\n") != std::string::npos);
}

TEST_CASE("a long row of days off is folded, with its holidays by name") {
    CHECK(steps_of("eu.1182-71", "2026-04-01T16:00+02:00", Period::working_days(5), "de") ==
          std::vector<std::string>{"the period of 5 working days starts from Wed 1 April 2026 16:00 CEST (Europe/Berlin)",
                                   "the day of the event, Wed 1 April 2026, does not count; day one is Thu 2 April 2026",
                                   "Fri 3 April 2026, Good Friday, DE: not counted", "Sat 4 April 2026, Saturday, DE: not counted",
                                   "Sun 5 April 2026, Sunday, DE: not counted", "Mon 6 April 2026, Easter Monday, DE: not counted",
                                   "5 working days by the calendar `de` end on Fri 10 April 2026",
                                   "the period ends at 24:00 on Fri 10 April 2026 (Europe/Berlin)"});
    const auto sixty = steps_of("eu.1182-71", "2026-04-01T16:00+02:00", Period::working_days(60), "de");
    CHECK(std::vector<std::string>(sixty.begin() + 2, sixty.end() - 2) ==
          std::vector<std::string>{"Fri 3 April 2026, Good Friday, DE: not counted", "Mon 6 April 2026, Easter Monday, DE: not counted",
                                   "Fri 1 May 2026, Labour Day, DE: not counted", "Thu 14 May 2026, Ascension Day, DE: not counted",
                                   "Mon 25 May 2026, Whit Monday, DE: not counted", "26 weekend days, Sat 4 Apr 2026 to Sun 28 Jun 2026, DE: not counted"});
    const auto year = steps_of("eu.1182-71", "2026-01-05T16:00+01:00", Period::working_days(250), "de");
    REQUIRE(year.size() == 11);
    CHECK(year[7] == "3 further holidays, Sat 3 Oct 2026 to Sat 26 Dec 2026, DE: not counted");
}
