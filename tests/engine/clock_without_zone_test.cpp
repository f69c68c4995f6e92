#include <catch2/catch.hpp>

#include "engine/examples.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Clocks in a place without a time zone, clocks that start with a day, and how long a state lasts when several limbs may
// start it. The examples are worked by hand.

using namespace duenotice;
using namespace duenotice::test;

namespace {

ExampleRun run(const std::string& zone, const std::string& body) {
    const std::string place = R"(<jurisdiction language="1" code="XF" title="Farmland")" + zone + R"( languages="en"/>)";
    const std::string law = R"(<law language="1" id="xf.law" title="Farmland" place="XF"><fact id="xf.day" frame="entity" type="date"><question>Which day?</question></fact>)" + body + "</law>";
    const std::vector<SourcePtr> sources{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"),
                                         std::make_shared<const SourceText>("place", place), std::make_shared<const SourceText>("law", law)};
    const auto book = load_rulebook(sources);
    INFO(print(book.diagnostics));
    REQUIRE(book);
    ExampleRun done = run_examples({*book, system_zones(), std::make_shared<const CalendarSet>()});
    INFO(print(done.diagnostics));
    CHECK(done.failed == 0);
    CHECK(done.expectations > 0);
    return done;
}

std::string duty(const std::string& clock) {
    return R"(<obligation id="xf.duty" title="Tell" each="entity"><version checked="2026-11-26" grade="U"><cite provision="1">tell</cite><when>entity.affected is yes</when><clock>)" +
           clock + R"(</clock><recipients><to who="public"/></recipients></version></obligation>)";
}

}  // namespace

TEST_CASE("hours that run at once are counted where no zone is known") {
    run("", duty(R"(<limb id="day" amount="24 hours" counting="plain"><start>entity.aware_at</start></limb>)") + R"(
      <example name="24 hours" as-of="2026-03-02T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-01T09:30+05:45
        <expect duty="xf.duty" owed="yes" safe="2026-03-02T09:30+05:45" maximum="2026-03-02T03:45+00:00"/></example>)");
}

TEST_CASE("days are not counted where no zone is known, and hours that look at the clock neither") {
    for (const char* limb : {R"(<limb id="day" amount="10 days" counting="plain"><start>entity.aware_at</start></limb>)",
                             R"(<limb id="day" amount="24 hours" counting="eu.1182-71"><start>entity.aware_at</start></limb>)",
                             R"(<limb id="day" amount="24 hours" counting="plain" window="07:00-16:00"><start>entity.aware_at</start></limb>)"})
        run("", duty(limb) + R"(
      <example name="no date" as-of="2026-03-02T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-01T09:30+05:45
        <expect duty="xf.duty" owed="yes" limit="beyond_calendar"/></example>)");
}

// A day begins first at UTC+14 and ends last at UTC-12: 1 March 2026 is 28 February 10:00 to 2 March 12:00 UTC.
TEST_CASE("a day that starts hours is a span of its own, with and without a zone") {
    const std::string body = duty(R"(<limb id="day" amount="24 hours" counting="plain"><start>xf.day</start></limb>)");
    run("", body + R"(
      <example name="no zone" as-of="2026-03-02T09:00Z">entity.affected is yes; xf.day is 2026-03-01
        <expect duty="xf.duty" owed="yes" safe="2026-03-01T10:00+00:00" maximum="2026-03-03T11:59:59+00:00"/></example>)");
    run(R"( zone="Asia/Kathmandu")", body + R"(
      <example name="Kathmandu" as-of="2026-03-02T09:00Z">entity.affected is yes; xf.day is 2026-03-01
        <expect duty="xf.duty" owed="yes" safe="2026-03-02T00:00+05:45" maximum="2026-03-02T23:59:59+05:45"/></example>)");
}

// 60 days are the limit; the state lasts 90 days from the act, before it from the later start. March has 31 days, April 30,
// May 31: 1 March and 90 days is 30 May, 11 March and 90 days is 9 June.
TEST_CASE("how long a state lasts is told with several limbs too") {
    const std::string body = duty(R"(<first-of><limb id="told" amount="60 days" counting="plain"><start>entity.aware_at</start></limb>
      <limb id="day" amount="60 days" counting="plain"><start>xf.day</start></limb></first-of><lasts amount="90 days" counting="plain"/>)");
    run(R"( zone="Asia/Kathmandu")", body + R"(
      <example name="not done" as-of="2026-03-20T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-01T09:30+05:45; xf.day is 2026-03-11
        <expect duty="xf.duty" owed="yes" lasts-until="2026-06-09"/></example>
      <example name="one start is open: nothing is told" as-of="2026-03-20T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-01T09:30+05:45
        <expect duty="xf.duty" owed="yes" lasts-until="none"/></example>
      <example name="done on 1 March" as-of="2026-03-20T09:00Z"><incident><![CDATA[{"duenotice": "incident/1", "id": "XF-1", "title": "posting",
        "entities": [{"id": "e", "facts": {"entity.affected": "yes", "entity.aware_at": "2026-02-20T09:00:00+05:45"}}], "places": [{"place": "XF"}],
        "filings": [{"id": "f1", "obligation": "xf.duty", "entity": "e", "recipient": "public", "submitted_at": "2026-03-01T09:00:00+05:45"}]}]]></incident>
        <expect duty="xf.duty@e" owed="yes" lasts-until="2026-05-30"/></example>)");
}

TEST_CASE("a state that lasts until a day lasts to its end") {
    run(R"( zone="Asia/Kathmandu")", duty(R"(<limb words="at once"><start>entity.aware_at</start></limb><lasts><until>xf.day</until></lasts>)") + R"(
      <example name="until 11 March" as-of="2026-03-02T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-01T09:30+05:45; xf.day is 2026-03-11
        <expect duty="xf.duty" owed="yes" lasts-until="2026-03-11T23:59:59+05:45"/></example>)");
}
