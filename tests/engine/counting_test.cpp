#include "engine/counting.h"

#include <catch2/catch.hpp>

#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

CountRequest request(std::string_view law, std::string_view start, std::string_view zone_name, Period length,
                     std::string_view calendar = "-") {
    CountRequest result;
    result.law = &counting_law(law);
    result.start = StartSpan::at(instant(start));
    result.zone = &zone(zone_name);
    result.period = length;
    result.calendar = test_calendar(calendar);
    if (!result.law->clock_zone.empty()) result.clock_zone = &zone(result.law->clock_zone);
    return result;
}

std::vector<std::string> words_of(const std::vector<Step>& steps) {
    std::vector<std::string> words;
    for (const Step& step : steps)
        words.push_back(step.what + (step.provision.empty() ? "" : " [" + step.provision + "]"));
    return words;
}

}  // namespace

TEST_CASE("every row of the table of counts ends where the arithmetic by hand ends") {
    for (const auto& row : read_table("counting.csv", 10)) {
        INFO(row[0] << " from " << row[1] << ": " << row[3] << " " << row[4] << " (" << row[9] << ")");
        const CountResult result = count_period(request(row[0], row[1], row[2], period(row[3], row[4]), row[5]));
        INFO(result.message);
        REQUIRE(result.status == CountStatus::Ok);
        CHECK(iso_utc(result.safe) == row[6]);
        CHECK(iso_utc(result.maximum) == row[7]);
        CHECK(result.last_day.iso() == row[8]);
        CHECK(result.safe_bounds.is_exact());
        CHECK(result.maximum_bounds.is_exact());
    }
}

TEST_CASE("a count explains each step with its provision") {
    const CountResult result =
        count_period(request("eu.1182-71", "2026-04-02T16:00+02:00", "Europe/Berlin", Period::of_days(2), "de"));
    REQUIRE(result.readings.size() == 1);
    CHECK(result.readings.front().label == "day of the event excluded");
    CHECK(result.readings.front().citation == "Article 3(1) and (2)");
    CHECK(words_of(result.readings.front().steps) ==
          std::vector<std::string>{
              "the period of 2 days starts from Thu 2 April 2026 16:00 CEST (Europe/Berlin)",
              "the day of the event, Thu 2 April 2026, does not count; day one is Fri 3 April 2026 [Article 3(1) and (2)]",
              "2 days end on Sat 4 April 2026 [Article 3(1) and (2)]", "Sat 4 April 2026, Saturday, DE: off [Article 3(4)]",
              "Sun 5 April 2026, Sunday, DE: off [Article 3(4)]", "Mon 6 April 2026, Easter Monday, DE: off [Article 3(4)]",
              "the last day moves to Tue 7 April 2026 [Article 3(4)]",
              "the period holds 1 of the 2 working days it must have: it ends on Wed 8 April 2026 [Article 3(5)]",
              "the period ends at 24:00 on Wed 8 April 2026 (Europe/Berlin) [Article 3(1) and (2)]"});
}

TEST_CASE("clear days leave out the last day too, forward and backward") {
    const auto told = [](std::string_view start, std::int64_t days) {
        return words_of(count_period(request("ca.interpretation-27-1", start, "America/Toronto", Period::of_days(days), "weekends")).readings.front().steps);
    };
    CHECK(told("2026-04-01T12:00-04:00", 10) ==
          std::vector<std::string>{
              "the period of 10 days starts from Wed 1 April 2026 12:00 EDT (America/Toronto)",
              "the day of the event, Wed 1 April 2026, does not count; day one is Thu 2 April 2026 [section 27(1)]",
              "10 days end on Sat 11 April 2026 [section 27(1)]",
              "clear days: Sat 11 April 2026 must be over whole; the day after it is Sun 12 April 2026 [section 27(1)]",
              "Sun 12 April 2026, Sunday, weekends: off [section 26]", "the last day moves to Mon 13 April 2026 [section 26]",
              "the period ends at 24:00 on Mon 13 April 2026 (America/Toronto) [section 27(1)]"});
    CHECK(told("2026-06-19T12:00-04:00", -7)[3] ==
          "clear days: Fri 12 June 2026 must be over whole; the day before it is Thu 11 June 2026 [section 27(1)]");
}

TEST_CASE("hours of which only some count say which days they leave out") {
    const CountResult result = count_period(request("es.ley-39-2015-30", "2026-06-12T18:30+02:00", "Europe/Madrid", Period::hours(24), "es"));
    CHECK(words_of(result.readings.front().steps) ==
          std::vector<std::string>{"the period of 24 hours starts from Fri 12 June 2026 18:30 CEST (Europe/Madrid)",
                                   "Sat 13 June 2026, Saturday, ES: its hours do not count [article 30(1)]",
                                   "Sun 14 June 2026, Sunday, ES: its hours do not count [article 30(1)]",
                                   "24 counted hours end at Mon 15 June 2026 18:30 CEST (Europe/Madrid) [article 30(1)]"});
    CHECK(count_period(request("es.ley-39-2015-30", "2026-06-12T18:30+02:00", "Europe/Madrid", Period::hours(25), "es")).message ==
          "article 30(1): a period of more than 24 hours is expressed in days");
    CHECK(count_period(request("es.ley-39-2015-30", "2026-06-12T18:30+02:00", "Europe/Madrid", Period::hours(24))).status == CountStatus::NeedsCalendar);
    CHECK(count_period(request("es.ley-39-2015-30", "2027-12-31T18:30+01:00", "Europe/Madrid", Period::hours(6), "es")).message ==
          "the calendar `es` covers 2024-01-01 to 2027-12-31, and the count reaches 2028-01-01");
}

TEST_CASE("a period that the law takes for another one is counted as that one and says so") {
    const CountResult result = count_period(request("pt.cpa-87", "2026-06-12T10:00+01:00", "Europe/Lisbon", Period::hours(24), "pt"));
    CHECK(words_of(result.readings.front().steps).front() == "the law takes a period of 24 hours for one of 1 day [article 87(e)]");
    CHECK(words_of(result.readings.front().steps).back() == "the period ends at 24:00 on Mon 15 June 2026 (Europe/Lisbon) [article 87(b) and (c)]");
    CHECK(count_period(request("pt.cpa-87", "2026-06-12T10:00+01:00", "Europe/Lisbon", Period::hours(25), "pt")).status == CountStatus::Unsupported);
    const auto readings = [](std::int64_t days) { return count_period(request("pt.cpa-87", "2026-01-05T10:00Z", "Europe/Lisbon", Period::of_days(days), "pt")).readings.size(); };
    CHECK(readings(180) == 1);
    CHECK(readings(181) == 2);
    CHECK(readings(184) == 2);
    CHECK(readings(185) == 1);
    CHECK(count_period(request("pt.cpa-87", "2026-01-05T10:00Z", "Europe/Lisbon", Period::of_months(6), "pt")).message ==
          "article 87(c): the days off within the limit are to be added; how, for months, is disputed");
}

TEST_CASE("a day that begins with the opening of business counts") {
    const CountResult result = count_period(request("th.ccc-193", "2026-06-08T08:30+07:00", "Asia/Bangkok", Period::of_days(5), "th"));
    CHECK(words_of(result.readings.front().steps)[1] ==
          "the day of the event, Mon 8 June 2026, counts (it is there by the opening of business at 08:30); day one is Mon 8 June 2026 [section 193/3, second paragraph]");
    CHECK(result.readings.back().last_day.iso() == "2026-06-15");
}

TEST_CASE("a recess stands in the steps, whether the period stands still in it or its end moves off it") {
    const auto told = [](std::string_view law, std::string_view start, std::string_view place, Period length, std::string_view calendar) {
        return words_of(count_period(request(law, start, place, length, calendar)).readings.front().steps);
    };
    CHECK(told("ch.vwvg-22a", "2026-03-20T10:00+01:00", "Europe/Zurich", Period::of_days(30), "ch") ==
          std::vector<std::string>{"the period of 30 days starts from Fri 20 March 2026 10:00 CET (Europe/Zurich)",
                                   "the day of the event, Fri 20 March 2026, does not count; day one is Sat 21 March 2026 [article 22a(1)]",
                                   "Sun 29 March 2026 to Sun 12 April 2026: recess, the period stands still [article 22a(1)]",
                                   "30 days outside the recess end on Mon 4 May 2026 [article 22a(1)]",
                                   "the period ends at 24:00 on Mon 4 May 2026 (Europe/Zurich) [article 22a(1)]"});
    CHECK(told("tr.hmk-104", "2026-07-06T10:00+03:00", "Europe/Istanbul", Period::weeks(2), "tr")[3] ==
          "Mon 20 July 2026 lies in the recess of Mon 20 July 2026 to Mon 31 August 2026: the period ends 7 days after it, on Mon 7 September 2026 [articles 102 and 104]");
}

TEST_CASE("both readings of hours under Regulation 1182/71 are shown with their provisions") {
    const CountResult result =
        count_period(request("eu.1182-71", "2026-11-21T18:05+01:00", "Europe/Berlin", Period::hours(24)));
    REQUIRE(result.readings.size() == 2);
    CHECK(result.readings[0].label == "plain elapsed hours");
    CHECK(iso_utc(result.readings[0].end) == "2026-11-22T17:05:00Z");
    CHECK(result.readings[1].label == "hour of the event excluded");
    CHECK(iso_utc(result.readings[1].end) == "2026-11-22T18:00:00Z");
    CHECK(words_of(result.readings[1].steps) ==
          std::vector<std::string>{"the period of 24 hours starts from Sat 21 November 2026 18:05 CET (Europe/Berlin)",
                                   "the hour of the event does not count: hours run from Sat 21 November 2026 19:00 CET "
                                   "(Europe/Berlin) [Article 3(1)]",
                                   "24 elapsed hours end at Sun 22 November 2026 19:00 CET (Europe/Berlin) [Article 3(1)]"});
}

TEST_CASE("a midnight that does not exist is said in the steps") {
    const CountResult result =
        count_period(request("plain", "2024-04-24T12:00+02:00", "Africa/Cairo", Period::of_days(1)));
    const auto words = words_of(result.readings.front().steps);
    CHECK(std::count(
              words.begin(), words.end(),
              "00:00 on Fri 26 April 2024 does not exist in Africa/Cairo: the moment of the change of clocks is taken") ==
          1);
}

TEST_CASE("counts without steps end at the same instants") {
    for (const auto& row : read_table("counting.csv", 10)) {
        CountRequest asked = request(row[0], row[1], row[2], period(row[3], row[4]), row[5]);
        asked.with_steps = false;
        const CountResult result = count_period(asked);
        CHECK(iso_utc(result.safe) == row[6]);
        CHECK(iso_utc(result.maximum) == row[7]);
        for (const auto& reading : result.readings) CHECK(reading.steps.empty());
    }
}

TEST_CASE("what cannot be counted is said and never dated") {
    const auto asked = [](std::string_view law, Period length, std::string_view calendar, std::string_view start) {
        return count_period(request(law, start, "Europe/Berlin", length, calendar));
    };
    const CountResult needs = asked("eu.1182-71", Period::of_days(15), "-", "2026-04-14T16:00+02:00");
    CHECK(needs.status == CountStatus::NeedsCalendar);
    CHECK(needs.message == "counting days under `eu.1182-71` needs a calendar");
    const CountResult beyond = asked("eu.1182-71", Period::of_days(15), "de", "2028-12-20T16:00+01:00");
    CHECK(beyond.status == CountStatus::BeyondCalendar);
    CHECK(beyond.message == "the calendar `de` covers 2018-01-01 to 2028-12-31, and the count reaches 2029-01-04");
    CHECK(asked("eu.1182-71", Period::working_days(400), "de", "2027-12-20T16:00+01:00").status ==
          CountStatus::BeyondCalendar);
    CHECK(asked("eu.1182-71", Period::working_days(5), "de", "2015-12-20T16:00+01:00").message ==
          "the calendar `de` covers 2018-01-01 to 2028-12-31, and the count reaches 2015-12-20");
    const CountResult refused = asked("us.tx", Period::hours(48), "us.federal", "2026-04-14T16:00+02:00");
    CHECK(refused.status == CountStatus::Unsupported);
    CHECK(refused.message == "section 311.014 speaks of days and months: count hours under `plain`");
    CHECK(asked("eu.dora.art-5", Period::working_days(2), "de", "2026-04-14T16:00+02:00").message ==
          "the counting law `eu.dora.art-5` does not say how working_days are counted");
    CHECK(asked("plain", Period{PeriodUnit::YearsMonthsDays, 1, -1, 0}, "-", "2026-04-14T16:00+02:00").status ==
          CountStatus::Unsupported);
    CHECK(asked("plain", Period::years(401), "-", "2026-04-14T16:00+02:00").status == CountStatus::Unsupported);
    for (const Period& length : {Period::years(300), Period::of_days(100000), Period::hours(2000000),
                                 Period::weeks(20000), Period{PeriodUnit::YearsMonthsDays, 1, 1, 100000}}) {
        const CountResult far = asked("plain", length, "-", "9800-04-14T16:00+02:00");
        CHECK(far.status == CountStatus::Unsupported);
        CHECK(far.message == "the count leaves the years 1400 to 9999");
    }
    CHECK(asked("plain", Period::of_days(-100000), "-", "1500-04-14T16:00+02:00").message ==
          "the count leaves the years 1400 to 9999");
    CHECK(asked("plain", Period::of_days(1), "-", "9999-12-31T16:00+02:00").status == CountStatus::Unsupported);
    CHECK(asked("plain", Period::of_days(1), "-", "9999-12-26T16:00+02:00").status == CountStatus::Ok);
    CountRequest no_clock =
        request("us.sec.business-days", "2026-04-14T16:00+02:00", "Europe/Berlin", Period::working_days(4), "us.sec");
    no_clock.clock_zone = nullptr;
    CHECK(count_period(no_clock).message ==
          "the counting law `us.sec.business-days` needs the zone `America/New_York` for its closing hour");
}

TEST_CASE("a count by names looks up the law, its clock, the zone and the calendar") {
    const CountTables tables{&counting_laws(), &system_zones(), &test_calendars()};
    const auto asked = [&](std::string_view law, std::string_view zone_name, std::string_view calendar, Period length) {
        return count_period(
            tables, {law, zone_name, calendar, StartSpan::at(instant("2026-11-25T14:00-05:00")), length, {}, true});
    };
    const CountResult filed = asked("us.sec.business-days", "America/New_York", "us.sec", Period::working_days(4));
    CHECK(iso_utc(filed.safe) == "2026-12-02T22:30:00Z");
    CHECK(filed.readings.front().citation == "Form 8-K, General Instruction B.1");
    CHECK_FALSE(filed.readings.front().steps.empty());
    CHECK(iso_utc(asked("us.sec.business-days", "America/Chicago", "us.sec", Period::working_days(4)).safe) ==
          "2026-12-02T22:30:00Z");
    CHECK(asked("us.sec", "America/New_York", "us.sec", Period::of_days(1)).message ==
          "there is no counting law `us.sec`");
    CHECK(asked("plain", "Mars/Olympus", "", Period::of_days(1)).message == "there is no time zone `Mars/Olympus`");
    const CountResult nowhere = asked("plain", "America/New_York", "zz", Period::of_days(1));
    CHECK(nowhere.status == CountStatus::UnknownName);
    CHECK(nowhere.message == "there is no calendar `zz`");
    CHECK(asked("eu.1182-71", "Europe/Berlin", "", Period::of_days(1)).status == CountStatus::NeedsCalendar);
}

TEST_CASE("minutes elapse and only laws that know them count them") {
    const CountResult ninety =
        count_period(request("plain", "2026-03-29T00:50+01:00", "Europe/Berlin", Period::minutes(90)));
    CHECK(iso_utc(ninety.safe) == "2026-03-29T01:20:00Z");  // the clock goes forward at 01:00Z
    CHECK(words_of(ninety.readings.front().steps).back() ==
          "90 elapsed minutes end at Sun 29 March 2026 03:20 CEST (Europe/Berlin)");
    CHECK(
        iso_utc(count_period(request("plain", "2026-03-29T00:50+01:00", "Europe/Berlin", Period::minutes(-90))).safe) ==
        "2026-03-28T22:20:00Z");
    const CountResult unknown =
        count_period(request("eu.1182-71", "2026-03-29T00:50+01:00", "Europe/Berlin", Period::minutes(90)));
    CHECK(unknown.status == CountStatus::Unsupported);
    CHECK(unknown.message ==
          "the counting law `eu.1182-71` does not say how minutes are counted: count minutes under `plain`");
}

TEST_CASE("the closing hour is that of the agency's clock, the event day that of the request's zone") {
    // 20:00 in Los Angeles on Thursday is 23:00 in New York: the event day is Thursday; the day closes at 17:30
    // Eastern.
    const CountResult result = count_period(request("us.sec.business-days", "2026-06-04T20:00-07:00",
                                                    "America/Los_Angeles", Period::working_days(4), "us.sec"));
    CHECK(iso_utc(result.safe) == "2026-06-10T21:30:00Z");
    CHECK(result.last_day.iso() == "2026-06-10");
}

TEST_CASE("a cut-off of the limb itself closes the last day") {
    CountRequest asked =
        request("eu.1182-71", "2026-04-14T16:00+02:00", "Europe/Berlin", Period::working_days(2), "de");
    asked.ends_at_seconds = 18 * 3600;
    const CountResult result = count_period(asked);
    CHECK(iso_utc(result.safe) == "2026-04-16T16:00:00Z");
    CHECK(result.last_day.iso() == "2026-04-16");
    CHECK(words_of(result.readings.front().steps).back() ==
          "the day closes at Thu 16 April 2026 18:00 CEST (Europe/Berlin)");
    asked.period = Period::hours(24);
    CHECK(iso_utc(count_period(asked).safe) == "2026-04-15T14:00:00Z");  // hours end at their own minute
}

TEST_CASE("a deadline near an estimated holiday says so") {
    const auto count = [](std::string_view start, std::int64_t days) {
        return count_period(request("sg.s50", start, "Asia/Singapore", Period::of_days(days), "sg"));
    };
    CHECK(count("2027-02-24T10:00+08:00", 14).estimated);        // ends on 10 Mar 2027, Hari Raya by estimate
    CHECK(count("2027-02-26T10:00+08:00", 14).estimated);        // 12 Mar: the holiday may yet be moved to it
    CHECK_FALSE(count("2027-03-05T10:00+08:00", 14).estimated);  // 19 Mar
    CHECK_FALSE(count("2026-03-07T10:00+08:00", 14).estimated);  // 2026 was confirmed
}

TEST_CASE("a start given as a day is every second of it") {
    const Zone& berlin = zone("Europe/Berlin");
    const StartSpan span = day_span(day("2026-03-29"), berlin);
    CHECK(iso_utc(span.earliest) == "2026-03-28T23:00:00Z");
    CHECK(iso_utc(span.latest) == "2026-03-29T21:59:59Z");  // 23 hours
    CountRequest asked = request("eu.1182-71", "2026-03-29T12:00+02:00", "Europe/Berlin", Period::hours(72));
    asked.start = span;
    const CountResult result = count_period(asked);
    CHECK(iso_utc(result.safe) == "2026-03-31T23:00:00Z");
    CHECK(iso_utc(result.safe_bounds.latest) == "2026-04-01T21:59:59Z");
    CHECK(iso_utc(result.maximum_bounds.earliest) == "2026-04-01T00:00:00Z");
    CHECK(iso_utc(result.maximum) == "2026-04-01T22:00:00Z");
    CHECK_FALSE(result.safe_bounds.is_exact());
}

TEST_CASE("an open start over a relief midnight has bounds that its two ends do not show") {
    // Thu 7 May 23:00 to Fri 8 May 01:00: plain 72 h reach Sun 23:00 and Mon 01:00, but Mon noon lies between.
    CountRequest asked = request("eu.dora.art-5", "2026-05-07T23:00+02:00", "Europe/Berlin", Period::hours(72), "de");
    asked.start = {instant("2026-05-07T23:00+02:00"), instant("2026-05-08T01:00+02:00")};
    const CountResult result = count_period(asked);
    CHECK(iso_utc(result.safe) == "2026-05-10T22:00:00Z");
    CHECK(iso_utc(result.maximum) == "2026-05-11T10:00:00Z");
    // The last second of the relief.
    asked.start = {instant("2026-05-07T23:59:59+02:00"), instant("2026-05-08T00:00:00+02:00")};
    CHECK(iso_utc(count_period(asked).maximum) == "2026-05-11T10:00:00Z");
    asked.start = {instant("2026-05-08T00:00:00+02:00"), instant("2026-05-08T00:30:00+02:00")};
    CHECK(iso_utc(count_period(asked).maximum) == "2026-05-10T23:00:00Z");
}

TEST_CASE("each law that is not monotone has a later start with an earlier end on record") {
    const auto safe = [](std::string_view law, std::string_view start, std::string_view place,
                         std::string_view calendar) {
        const CountRequest asked = request(law, start, place, Period::hours(72), calendar);
        const CountResult result = count_period(asked);
        REQUIRE(result.status == CountStatus::Ok);
        return result.readings.front().end;
    };
    // DORA: from Mon noon back to Mon 00:00, twelve hours.
    CHECK_FALSE(counting_law("eu.dora.art-5").monotone_in_start);
    CHECK(safe("eu.dora.art-5", "2026-05-07T23:45+02:00", "Europe/Berlin", "de") == instant("2026-05-11T12:00+02:00"));
    CHECK(safe("eu.dora.art-5", "2026-05-08T00:00+02:00", "Europe/Berlin", "de") == instant("2026-05-11T00:00+02:00"));
    // FRCP 6(a)(2) and New York 25-a: from Mon 23:45 back to Mon 00:00.
    for (const char* law : {"us.frcp-6", "us.ny.gcn-25-a"}) {
        CHECK_FALSE(counting_law(law).monotone_in_start);
        CHECK(safe(law, "2026-05-07T23:45-04:00", "America/New_York", "us.federal") ==
              instant("2026-05-11T23:45-04:00"));
        CHECK(safe(law, "2026-05-08T00:00-04:00", "America/New_York", "us.federal") ==
              instant("2026-05-11T00:00-04:00"));
    }
    // United Arab Emirates: the hour from 22:00 is out, 72 h reach Sun 23:00, off until Mon 24:00; an hour later Mon 00:00.
    const auto moved = [](std::string_view start) { return count_period(request("ae.civil-procedure-12", start, "Asia/Dubai", Period::hours(72), "us.federal")).maximum; };
    CHECK(moved("2026-05-07T22:30+04:00") == instant("2026-05-12T00:00+04:00"));
    CHECK(moved("2026-05-07T23:30+04:00") == instant("2026-05-11T00:00+04:00"));
    // Quebec, Philippines: a holiday moves past the Saturday on which the end of a later start stays.
    const auto last = [](std::string_view law, std::string_view start, std::string_view place, std::string_view calendar, std::size_t reading) {
        return count_period(request(law, start, place, Period::of_days(3), calendar)).readings.at(reading).last_day.iso();
    };
    CHECK(last("ca.qc.interpretation-52", "2026-03-31T10:00-04:00", "America/Toronto", "ca.qc", 1) == "2026-04-07");
    CHECK(last("ca.qc.interpretation-52", "2026-04-01T10:00-04:00", "America/Toronto", "ca.qc", 1) == "2026-04-04");
    CHECK(last("ph.admin-code-31", "2026-04-28T10:00+08:00", "Asia/Manila", "ph", 1) == "2026-05-04");
    CHECK(last("ph.admin-code-31", "2026-04-29T10:00+08:00", "Asia/Manila", "ph", 1) == "2026-05-02");
    // Türkiye: an end on the last day of the recess goes to 7 September, that of the next start is 1 September.
    const auto served = [](std::string_view start) { return count_period(request("tr.hmk-104", start, "Europe/Istanbul", Period::of_days(15), "tr")).last_day.iso(); };
    CHECK(served("2026-08-16T10:00+03:00") == "2026-09-07");
    CHECK(served("2026-08-17T10:00+03:00") == "2026-09-01");
    for (const CountingLaw& law : counting_laws().laws) {
        const bool listed = law.id == "tr.hmk-104" || law.id == "ca.qc.interpretation-52" || law.id == "ph.admin-code-31" || law.id == "ae.civil-procedure-12" || law.id == "eu.dora.art-5" || law.id == "us.frcp-6" || law.id == "us.ny.gcn-25-a";
        CHECK(law.monotone_in_start == !listed);
    }
}

TEST_CASE("hours under Regulation 1182/71 do not add up") {
    const auto later = [](Instant start, std::int64_t hours) {
        CountRequest asked = request("eu.1182-71", "2026-05-04T10:20+02:00", "Europe/Berlin", Period::hours(hours));
        asked.start = StartSpan::at(start);
        return count_period(asked).maximum;
    };
    const Instant start = instant("2026-05-04T10:20+02:00");
    CHECK(later(later(start, 24), 48) == later(start, 72).plus_seconds(3600));
}
