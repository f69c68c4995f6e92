#include "engine/calendar_needs.h"

#include <catch2/catch.hpp>

#include "engine/examples.h"
#include "engine/incident_reader.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Which calendars a law asks for an account, and what it counts with them. The places XF and XG have calendars of their
// own; in both Monday 9 March 2026 is off, in XG Tuesday 10 March too.

using namespace duenotice;
using namespace duenotice::test;

namespace {

using Ids = std::vector<std::string>;

std::shared_ptr<const RuleBook> book(const std::string& body, const std::string& each = "entity", const std::string& place = "XF") {
    const auto source = [](const char* name, const std::string& text) { return std::make_shared<const SourceText>(name, text); };
    const std::string law = R"(<law language="1" id="xf.law" title="Farmland" place=")" + place + R"("><fact id="xf.day" frame="entity" type="instant"><question>When?</question></fact>)"
                            R"(<obligation id="xf.duty" title="Keep" each=")" + each + R"(" act="keep"><version checked="2026-11-26" grade="U"><cite provision="1">keep</cite><when>entity.affected is yes</when>)" +
                            body + "</law>";
    const auto made = load_rulebook(std::vector<SourcePtr>{
        source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"),
        source("f", R"(<jurisdiction language="1" code="XF" title="Farmland" zone="Etc/UTC" calendar="xf" languages="en"/>)"),
        source("g", R"(<jurisdiction language="1" code="XG" title="Groveland" zone="Etc/UTC" calendar="xg" languages="en"/>)"),
        source("groups", R"(<groups language="1"><group id="XX" title="Both"><member code="XF"/><member code="XG"/></group></groups>)"), source("law", law)});
    INFO(print(made.diagnostics));
    REQUIRE(made);
    return *made;
}

std::string version(const std::string& clock) { return "<clock>" + clock + R"(</clock><recipients><to who="public"/></recipients></version></obligation>)"; }

Incident account(const RuleBook& law, const std::string& place = "XG") {
    const std::string json = R"({"duenotice": "incident/1", "id": "I", "places": [{"place": ")" + place + R"("}], "entities": [{"id": "e", "facts": {"entity.affected": "yes", "entity.country": ")" +
                             place + R"("}}]})";
    const char* contracts = "id,entity,party,kind,clause,starts_on,amount,unit,calendar,channel,contact,consent_first\nc,e,A client,customer_data,9,knowledge,3,working days,yy,mail,desk,\n";
    auto read = read_incident({std::make_shared<const SourceText>("i.json", json), nullptr, std::make_shared<const SourceText>("contracts.csv", contracts), parse_instant("2026-03-02T09:00Z")}, law, system_zones());
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return std::move(*read);
}

Ids needed(const std::shared_ptr<const RuleBook>& law) { return CalendarNeeds(*law).of(account(*law)); }

std::shared_ptr<const CalendarSet> days_off() {
    auto specs = parse_calendars(std::make_shared<const SourceText>("calendar.xml", R"(<calendars>
      <calendar id="xf" title="F" place="XF" purpose="public" from="2025" until="2027" source="https://law.example/f" checked="2026-11-26" grade="U"><note>Law: invented.</note><weekend days="Sat Sun"/><closed on="2026-03-09" name="Sowing"/></calendar>
      <calendar id="xg" title="G" place="XG" purpose="public" from="2025" until="2027" source="https://law.example/g" checked="2026-11-26" grade="U"><note>Law: invented.</note><include calendar="xf"/><weekend days="Sat Sun"/><closed on="2026-03-09" name="Planting"/><closed on="2026-03-10" name="Planting"/></calendar></calendars>)"));
    INFO(print(specs.diagnostics));
    REQUIRE(specs);
    auto set = compile_calendars(*specs);
    INFO(print(set.diagnostics));
    REQUIRE(set);
    return std::make_shared<const CalendarSet>(std::move(*set));
}

void examples_hold(const std::shared_ptr<const RuleBook>& law) {
    const ExampleRun run = run_examples({law, system_zones(), days_off()});
    INFO(print(run.diagnostics));
    CHECK(run.failed == 0);
    CHECK(run.expectations > 0);
}

const std::string start = "<start>entity.aware_at</start>";

}  // namespace

TEST_CASE("a clock asks the calendar that it names, or that of the place it stands for") {
    CHECK(needed(book(version(R"(<limb amount="72 hours" counting="plain">)" + start + "</limb>"))) == Ids{});
    CHECK(needed(book(version(R"(<limb amount="3 working days" counting="plain" calendar="zz">)" + start + "</limb>"))) == Ids{"zz"});
    CHECK(needed(book(version(R"(<limb amount="3 working days" counting="plain" calendar="place">)" + start + "</limb>"))) == Ids{"xf"});
    CHECK(needed(book(version(R"(<limb amount="3 working days" counting="plain" calendar="place">)" + start + "</limb>"), "entity", "XX")) == Ids{"xg"});
    CHECK(needed(book(version(R"(<limb amount="3 working days" counting="plain" calendar="place">)" + start + "</limb>"), "entity place")) == Ids{"xf", "xg"});
    CHECK(needed(book(version(R"(<limb amount="3 working days" counting="plain" calendar="contract.calendar">)" + start + "</limb>"), "entity contract")) == Ids{"yy"});
    const std::string at_place = R"(<limb amount="3 working days" counting="plain" calendar="place">)" + start + "<at-place>entity.country</at-place></limb>";
    CHECK(needed(book(version(at_place))) == Ids{"xf", "xg"});
}

TEST_CASE("how long a state lasts, a repetition and a lower bound ask their calendars too") {
    CHECK(needed(book(version(R"(<limb words="at once">)" + start + R"(</limb><lasts amount="3 working days" counting="plain" calendar="zz"/>)"))) == Ids{"zz"});
    CHECK(needed(book(version(R"(<limb words="at once">)" + start + R"(</limb><repeat every="3 working days" counting="plain" calendar="place"/>)"))) == Ids{"xf"});
    CHECK(needed(book(version(R"(<limb words="at once">)" + start + R"(</limb><not-before><limb amount="3 working days" counting="plain" calendar="zz">)" + start + "</limb></not-before>"))) == Ids{"zz"});
}

TEST_CASE("what is counted inside a term asks the calendar of the entity's country") {
    const auto of_start = [](const std::string& term) { return needed(book(version(R"(<limb words="at once"><start>)" + term + "</start></limb>"))); };
    CHECK(of_start("entity.aware_at plus 3 months by plain") == Ids{});
    CHECK(of_start("entity.aware_at plus 3 working days") == Ids{"xg"});
    CHECK(of_start("entity.told_at else (entity.aware_at plus 3 days by eu.1182-71)") == Ids{"xg"});
    CHECK(needed(book(version(R"(<limb words="at once">)" + start + "</limb><lasts><until>entity.aware_at plus 3 working days</until></lasts>"))) == Ids{"xg"});
    CHECK(needed(book(R"(<unless id="late">entity.told_at after (entity.aware_at plus 3 working days)</unless>)" + version(R"(<limb words="at once">)" + start + "</limb>"))) == Ids{"xg"});
}

// Fri 6 March 2026, three working days: in XF Tue 10, Wed 11, Thu 12; in XG Wed 11, Thu 12, Fri 13. From the act on Sat 7 likewise.
TEST_CASE("a state lasts as its own calendar says, from the act and before it from the start") {
    const std::string clock = R"(<limb amount="72 hours" counting="plain">)" + start + R"(</limb><lasts amount="3 working days" counting="plain" calendar="xg"/>)";
    examples_hold(book(version(clock) + R"(
      <example name="kept from the start" as-of="2026-03-20T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-06T09:00Z<expect duty="xf.duty" owed="yes" lasts-until="2026-03-13"/></example>
      <example name="kept from the act" as-of="2026-03-20T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-02T09:00Z; filed xf.duty at 2026-03-07T09:00Z<expect duty="xf.duty" owed="yes" lasts-until="2026-03-13"/></example>)"));
    const auto clocks = [](const std::string& until) { return version(R"(<limb words="at once">)" + start + "</limb><lasts><until>" + until + "</until></lasts>"); };
    examples_hold(book(clocks("entity.aware_at plus 3 working days") + R"(
      <example name="counted in the term" as-of="2026-03-20T09:00Z">entity.affected is yes; entity.country is XG; entity.aware_at is 2026-03-06T09:00Z<expect duty="xf.duty" owed="yes" lasts-until="2026-03-13"/></example>)"));
}

// Fifteen working days from Fri 6 March 2026 end on Fri 27 March, from Mon 9 March on Mon 30 March; from Mon 20 December 2027 they run
// past the covered years.
TEST_CASE("no end is told while one of the limbs that start a state cannot be counted") {
    const std::string clock = R"(<first-of><limb id="a" amount="72 hours" counting="plain"><start>entity.aware_at</start></limb><limb id="b" amount="72 hours" counting="plain"><start>entity.told_at</start></limb></first-of><lasts amount="15 working days" counting="plain" calendar="xf"/>)";
    const auto law = book(version(clock) + R"(
      <example name="both counted" as-of="2026-03-20T09:00Z">entity.affected is yes; entity.aware_at is 2026-03-09T09:00Z; entity.told_at is 2026-03-06T10:00Z<expect duty="xf.duty" owed="yes" lasts-until="2026-03-30"/></example>)");
    examples_hold(law);
    const auto one_beyond = book(version(clock) + R"(
      <example name="one is beyond" as-of="2027-12-21T09:00Z">entity.affected is yes; entity.aware_at is 2027-12-20T09:00Z; entity.told_at is 2026-03-06T10:00Z<expect duty="xf.duty" owed="yes" lasts-until="2026-03-27"/></example>)");
    const ExampleRun run = run_examples({one_beyond, system_zones(), days_off()});
    CHECK(run.failed == 1);
    CHECK(print(run.diagnostics).find("lasts-until") != std::string::npos);
}

TEST_CASE("the calendars of all examples are found before they run") {
    const auto law = book(version(R"(<limb amount="3 working days" counting="plain" calendar="place">)" + start + "<at-place>entity.country</at-place></limb>") + R"(
      <example name="grove" place="XG" as-of="2026-03-20T09:00Z">entity.affected is yes; entity.country is XG; entity.aware_at is 2026-03-06T09:00Z<expect duty="xf.duty" owed="yes" safe="2026-03-13" maximum="2026-03-13"/></example>)");
    CHECK(calendars_of_examples({law, system_zones(), std::make_shared<const CalendarSet>()}) == Ids{"xf", "xg"});
    examples_hold(law);
}
