#include "rules/counting_law.h"

#include <catch2/catch.hpp>

#include "tests/support/time_tables.h"

using namespace duenotice;

namespace {

std::string mistakes(std::string_view body) {
    const std::string text =
        "<counting><law id=\"a\" title=\"A\" monotone=\"yes\"><note>n</note>" + std::string(body) + "</law></counting>";
    const auto parsed = parse_counting_laws(std::make_shared<const SourceText>("counting.xml", text));
    std::string all;
    for (const Diagnostic& item : parsed.diagnostics.items()) all += item.code + " " + item.message + "\n";
    CHECK(static_cast<bool>(parsed) == all.empty());
    return all;
}

}  // namespace

TEST_CASE("the counting laws that ship are read, ordered and cited") {
    const CountingLaws& laws = test::counting_laws();
    CHECK(laws.laws.size() >= 22);
    for (std::size_t i = 1; i < laws.laws.size(); ++i) CHECK(laws.laws[i - 1].id < laws.laws[i].id);
    for (const CountingLaw& law : laws.laws) {
        INFO(law.id);
        CHECK((law.id == "plain" || law.id.rfind("own.", 0) == 0 || !law.citations.empty()));
        for (const CountingCitation& citation : law.citations) {
            CHECK(citation.address.rfind("http", 0) == 0);
            CHECK(citation.checked >= test::day("2026-11-01"));
        }
    }
    const CountingLaw& eu = test::counting_law("eu.1182-71");
    CHECK(eu.find_citation("3-4")->provision == "Article 3(4)");
    CHECK_FALSE(eu.needs_calendar(PeriodUnit::Hours, false));
    CHECK(eu.needs_calendar(PeriodUnit::Days, false));
    CHECK(eu.needs_calendar(PeriodUnit::WorkingDays, false));
    CHECK(laws.find("eu.1182") == nullptr);
}

TEST_CASE("units have names and names have units") {
    for (int i = 0; i < 8; ++i) CHECK(find_unit(unit_name(static_cast<PeriodUnit>(i))) == static_cast<PeriodUnit>(i));
    CHECK_FALSE(find_unit("fortnights"));
}

TEST_CASE("a reading that makes no sense is refused where it stands") {
    CHECK(mistakes(R"(<reading label="x" units="hours" start="at-once"/>)").empty());
    CHECK(mistakes(R"(<reading label="x" units="minutes hours" start="at-once"/>)").empty());
    CHECK(mistakes("") == "DN0619 the counting law `a` has no reading\n");
    CHECK(mistakes(R"(<reading label="x" units="hours days" start="at-once"/>)") ==
          "DN0612 minutes and hours have readings of their own, with `at-once` or `hour-excluded`; other units "
          "neither\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="at-once"/>)") ==
          "DN0612 minutes and hours have readings of their own, with `at-once` or `hour-excluded`; other units "
          "neither\n");
    CHECK(mistakes(R"(<reading label="x" units="months" start="day-excluded"/>)") ==
          "DN0612 `months` is for readings of months and years, and those need it\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" roll="next-working-day"/>)") ==
          "DN0612 `off` says which days a roll or a skip passes over, and those need it\n");
    CHECK(
        mistakes(
            R"(<reading label="x" units="days" start="day-excluded" off="weekend holidays" roll="hour-next-working-day"/>)") ==
        "DN0612 `roll-to` belongs to `hour-next-working-day`\n");
    CHECK(
        mistakes(
            R"(<reading label="x" units="days" start="day-excluded" off="weekend holidays" roll="same-hour-next-working-day"/>)") ==
        "DN0612 only hours can move to the same hour of another day\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" minimum-working-days="2"/>)") ==
          "DN0612 `minimum-working-days` and `minimum-from-days` come together\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" clear="yes"/>)").empty());
    CHECK(mistakes(R"(<reading label="x" units="hours" start="at-once" clear="yes"/>)") ==
          "DN0612 `clear` is for periods of whole days without a minimum of working days\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" up-to="90"/><refuse unit="days" over="90">no</refuse>)").empty());
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" up-to="90"/><refuse unit="days" over="89">no</refuse>)") ==
          "DN0619 `a` both counts and refuses days\n");
    CHECK(mistakes(R"(<reading label="x" units="days weeks" start="day-excluded" over="90"/>)") ==
          "DN0612 a length is one of a single unit: a reading for some lengths has one unit\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" over="90" up-to="90"/>)") ==
          "DN0612 no period is longer than `over` and at most `up-to`\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" roll-past="weekend holidays"/>)") ==
          "DN0612 `roll-past` says what an end that moves passes over: it needs `roll`\n");
    CHECK(mistakes(R"(<reading label="x" units="weeks" start="day-excluded" leaves-out="sunday holidays"/>)") ==
          "DN0612 `leaves-out` is for readings of minutes, hours, days or working days, without `skip-off-days-up-to`\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded"/><deem unit="hours" amount="24" as-unit="dayz" as-amount="1" cite="e"/>)") ==
          "DN0612 there is no unit `dayz`\nDN0612 the law `a` has no citation `e` above this element\n");
    CHECK(mistakes(R"(<reading label="x" units="hours" start="at-once" leaves-out="weekend holidays" roll="next-working-day" off="holidays"/>)") ==
          "DN0612 hours that leave out days off end on a day that counts: there is nothing to move\n");
    CHECK(mistakes(R"(<reading label="x" units="hours" start="at-once" leaves-out="holidays" counted-from="17:00" counted-until="09:00"/>)") ==
          "DN0612 `counted-from` and a later `counted-until` come together, for hours with `leaves-out`\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded-unless-opening"/>)") ==
          "DN0612 `opens` belongs to `day-excluded-unless-opening`\n");
    CHECK(mistakes(R"(<recess from="12-18" until="01-02"/><reading label="x" units="days" start="day-excluded" recess="stands-still"/>)").empty());
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" recess="stands-still"/>)") ==
          "DN0612 the law `a` has no `recess` element above this reading\n");
    CHECK(mistakes(R"(<recess from-easter="2" until-easter="1"/><reading label="x" units="weeks" start="day-excluded" recess="stands-still" recess-days="2"/>)") ==
          "DN0612 a recess ends after it begins\nDN0612 `recess-days` belongs to `end-moves`: how many days after the recess\n"
          "DN0612 only a period of days that leaves out no others can stand still in a recess\n");
    CHECK(mistakes(R"(<reading label="x" units="dayz" start="noon"/>)") ==
          "DN0612 there is no unit `dayz`\nDN0612 `start` has no value `noon`\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" ends-at="24:00" cites="q"/>)") ==
          "DN0612 `24:00` is not a time of day\nDN0612 the law `a` has no citation `q` above this reading\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded" rolls="no"/>)") ==
          "DN0613 `reading` has no attribute `rolls`\n");
    CHECK(mistakes(R"(<reading units="days" start="day-excluded"/>)") ==
          "DN0611 `reading` needs the attribute `label`\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded"/><refuse unit="days">no</refuse>)") ==
          "DN0619 `a` both counts and refuses days\n");
    CHECK(mistakes(R"(<reading label="x" units="days" start="day-excluded"/><refuse unit="hours"/>)") ==
          "DN0618 a refused unit needs the reason as its text\n");
    CHECK(
        mistakes(
            R"(<cite id="1" provision="s. 1" address="https://x" checked="2026-13-01" grade="A">w</cite><reading label="x" units="days" start="day-excluded"/>)") ==
        "DN0612 `2026-13-01` is not a day\nDN0612 there is no grade `A`\nDN0620 the reading `x` of `a` cites "
        "nothing\n");
    CHECK(mistakes(R"(<rule/>)") ==
          "DN0616 `rule` is not an element of a counting law file\nDN0619 the counting law `a` has no reading\n");
}

TEST_CASE("a law defined twice and a wrong root are mistakes with their place") {
    const char* law =
        R"(<law id="a" title="A" monotone="yes"><note>n</note><reading label="x" units="hours" start="at-once"/></law>)";
    const auto twice = parse_counting_laws(
        std::make_shared<const SourceText>("c.xml", std::string("<counting>\n") + law + "\n" + law + "\n</counting>"));
    CHECK_FALSE(twice);
    REQUIRE(twice.diagnostics.items().size() == 1);
    CHECK(twice.diagnostics.items().front().message == "the counting law `a` is defined twice");
    const Span& span = twice.diagnostics.items().front().span;
    CHECK(span.source->line_column(span.begin).line == 3);
    CHECK_FALSE(parse_counting_laws(std::make_shared<const SourceText>("c.xml", "<laws/>")));
}
