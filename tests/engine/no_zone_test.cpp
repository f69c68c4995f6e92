#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/incident_reader.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// A day beside an instant where no zone is known. Somewhere on earth an instant falls on the day before (UTC-12) or the day
// after (UTC+14): what is the same everywhere is decided, what is not asks for the country.

using namespace duenotice;
using namespace duenotice::test;

namespace {

SourcePtr source(const char* name, const std::string& text) { return std::make_shared<const SourceText>(name, text); }

std::shared_ptr<const RuleBook> book(const std::string& when, const std::string& clock = "", const std::string& version = "") {
    auto made = load_rulebook(std::vector<SourcePtr>{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"),
                                                     source("de", R"(<jurisdiction language="1" code="DE" title="Germany" zone="Europe/Berlin" languages="de"/>)"),
                                                     source("jp", R"(<jurisdiction language="1" code="JP" title="Japan" zone="Asia/Tokyo" languages="ja"/>)"),
                                                     source("groups", R"(<groups language="1"><group id="XX" title="Both"><member code="DE"/><member code="JP"/></group></groups>)"),
                                                     source("law", R"(<law language="1" id="t" title="Farmland" place="XX"><fact id="t.day" frame="entity" type="date"><question>Which day?</question></fact>
      <obligation id="t.a" title="Tell" each="entity" affected="any"><version checked="2026-11-26" grade="U" )" + version + R"(><cite provision="1">tell</cite><when>)" + when + "</when>" + (clock.empty() ? "" : "<clock>" + clock + "</clock>") + R"(<recipients><to who="public"/></recipients></version></obligation></law>)")});
    INFO(print(made.diagnostics));
    REQUIRE(made);
    return *made;
}

Duty duty(const std::shared_ptr<const RuleBook>& law, const std::string& facts, const std::string& as_of = "2026-03-10T12:00Z") {
    const std::string json = R"({"duenotice": "incident/1", "id": "I", "entities": [{"id": "e", "facts": {)" + facts + "}}]}";
    const World world{law, system_zones(), std::make_shared<const CalendarSet>()};
    auto read = read_incident({source("i.json", json), nullptr, nullptr, parse_instant(as_of)}, *law, world.zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    const Assessment made = assess(world, std::make_shared<const Incident>(std::move(*read)), {*parse_instant(as_of), {}, {}});
    REQUIRE(made.duties.size() == 1);
    return made.duties.front();
}

std::string asked(const Duty& duty, const RuleBook& law) {
    std::string text;
    for (const GroundFact& ground : duty.open_facts) text += (text.empty() ? "" : " ") + law.vocabulary.at(ground.fact).name;
    return text;
}

struct Case {
    const char *when, *facts;
    Verdict nowhere, berlin, tokyo;
};

constexpr Verdict yes = Verdict::Owed, no = Verdict::NotOwed, open = Verdict::Undetermined;

}  // namespace

// 20:00 UTC is 21:00 the same day in Berlin and 05:00 the day after in Tokyo.
TEST_CASE("a day beside an instant is decided where every clock agrees, and asks for the country where not") {
    const char* evening = R"("t.day": "2026-03-01", "entity.aware_at": "2026-03-01T20:00Z")";
    const Case cases[] = {
        {"entity.aware_at after t.day", evening, open, no, yes},
        {"t.day before entity.aware_at", evening, open, no, yes},
        {"t.day at or after entity.aware_at", evening, open, yes, no},
        {"entity.aware_at at or after t.day", evening, yes, yes, yes},
        {"t.day is entity.aware_at", evening, open, yes, no},
        {"t.day is not entity.aware_at", evening, open, no, yes},
        {"t.day before entity.aware_at", R"("t.day": "2026-02-27", "entity.aware_at": "2026-03-01T20:00Z")", yes, yes, yes},
        {"t.day after entity.aware_at", R"("t.day": "2026-02-27", "entity.aware_at": "2026-03-01T20:00Z")", no, no, no},
        {"t.day is entity.aware_at", R"("t.day": "2026-03-04", "entity.aware_at": "2026-03-01T20:00Z")", no, no, no},
    };
    for (const Case& one : cases) {
        INFO(one.when << " with " << one.facts);
        const auto law = book(one.when);
        const Duty nowhere = duty(law, one.facts);
        CHECK(nowhere.verdict == one.nowhere);
        CHECK(asked(nowhere, *law) == (one.nowhere == open ? "entity.country" : ""));
        CHECK(duty(law, one.facts + std::string(R"(, "entity.country": "DE")")).verdict == one.berlin);
        CHECK(duty(law, one.facts + std::string(R"(, "entity.country": "JP")")).verdict == one.tokyo);
    }
}

TEST_CASE("whether a day has come is not read off any clock") {
    const auto law = book("t.day has happened");
    const std::string facts = R"("t.day": "2026-03-02")", evening = "2026-03-01T20:00Z";
    const Duty nowhere = duty(law, facts, evening);
    CHECK(nowhere.verdict == open);
    CHECK(asked(nowhere, *law) == "entity.country");
    CHECK(duty(law, facts + R"(, "entity.country": "DE")", evening).verdict == no);
    CHECK(duty(law, facts + R"(, "entity.country": "JP")", evening).verdict == yes);
    CHECK(duty(law, facts, "2026-03-03T12:00Z").verdict == yes);
}

TEST_CASE("a version that begins on a day asks for the country at the turn of that day") {
    const auto law = book("true", "", R"(from="2026-03-02" relevant="entity.aware_at")");
    const std::string evening = R"("entity.aware_at": "2026-03-01T20:00Z")";
    const Duty nowhere = duty(law, evening);
    CHECK(nowhere.verdict == open);
    CHECK(asked(nowhere, *law) == "entity.country");
    CHECK(duty(law, evening + R"(, "entity.country": "DE")").verdict == no);
    CHECK(duty(law, evening + R"(, "entity.country": "JP")").verdict == yes);
}

TEST_CASE("an open day beside an instant is cut at every clock") {
    const auto law = book("t.day before entity.told_at and t.day after entity.aware_at");
    const std::string facts = R"("entity.told_at": "2026-03-01T20:00Z", "entity.aware_at": "2026-03-05T20:00Z")";
    CHECK(duty(law, facts).verdict == no);  // no day lies before the first of March and after the fifth
}

TEST_CASE("days from an instant ask for the country, hours do not") {
    const auto limit = [](const std::string& clock, const std::string& more = "") {
        return duty(book("true", clock), R"("entity.aware_at": "2026-03-01T20:00Z")" + more).deadline;
    };
    const auto asks_country = [](const Deadline& deadline) { return deadline.alternatives.front().questions == std::vector<std::string>{"entity.country"}; };
    const Deadline days = limit(R"(<limb id="l" amount="2 days" counting="plain"><start>entity.aware_at</start></limb>)");
    CHECK(days.kind() == DeadlineKind::BeyondCalendar);
    CHECK(asks_country(days));
    CHECK(limit(R"(<limb id="l" amount="2 days" counting="plain"><start>entity.aware_at</start></limb>)", R"(, "entity.country": "JP")").safe == parse_instant("2026-03-04T15:00Z"));
    CHECK(limit(R"(<limb id="l" amount="2 hours" counting="plain"><start>entity.aware_at</start></limb>)").safe == parse_instant("2026-03-01T22:00Z"));
    const Deadline in_term = limit(R"(<limb id="l" kind="instant"><start>entity.aware_at plus 2 days</start></limb>)");
    CHECK(in_term.kind() == DeadlineKind::Open);
    CHECK(asks_country(in_term));
    CHECK(limit(R"(<limb id="l" kind="instant"><start>entity.aware_at plus 2 hours</start></limb>)").safe == parse_instant("2026-03-01T22:00Z"));
    CHECK(asks_country(limit(R"(<limb id="l" kind="annual" month="9" day="28"><start>entity.aware_at</start></limb>)")));
}

// The day begins first at UTC+14, on 28 February at 10:00 UTC, and ends last at UTC-12, on 2 March at 12:00 UTC.
TEST_CASE("a day among instants is the span in which it may lie") {
    const auto law = book("true", R"(<limb id="l" amount="24 hours" counting="plain"><start>entity.told_at else t.day</start></limb>)");
    const std::string facts = R"("t.day": "2026-03-01", "entity.told_at": {"not_yet": true})";
    const Duty nowhere = duty(law, facts);
    CHECK(nowhere.deadline.safe == parse_instant("2026-03-01T10:00Z"));
    CHECK(nowhere.deadline.maximum == parse_instant("2026-03-03T11:59:59Z"));
    CHECK(nowhere.deadline.alternatives.front().questions == std::vector<std::string>{"entity.country"});
    const Duty tokyo = duty(law, facts + R"(, "entity.country": "JP")");
    CHECK(tokyo.deadline.safe == parse_instant("2026-03-01T15:00Z"));
    CHECK(tokyo.deadline.maximum == parse_instant("2026-03-02T14:59:59Z"));
}
