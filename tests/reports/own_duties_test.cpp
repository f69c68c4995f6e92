#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/calendar_needs.h"
#include "engine/examples.h"
#include "engine/incident_reader.h"
#include "reports/json.h"
#include "reports/text.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Promises and house rules as shipped: their examples, and how they stand apart from law in the outputs.

using namespace duenotice;
using namespace duenotice::test;

namespace {

const World& world() {
    static const World shipped = [] {
        std::vector<SourcePtr> sources;
        for (const char* path : {"_shared/vocabulary.xml", "_shared/counting.xml", "de/jurisdiction.xml", "_packs/contract.xml", "_packs/house.xml"})
            sources.push_back(source_file("jurisdictions/" + std::string(path)));
        const auto book = load_rulebook(sources);
        INFO(print(book.diagnostics));
        REQUIRE(book);
        const auto specs = parse_calendars(source_file("jurisdictions/de/calendar.xml"));
        REQUIRE(specs);
        auto calendars = compile_calendars(*specs);
        REQUIRE(calendars);
        return World{*book, system_zones(), std::make_shared<const CalendarSet>(std::move(*calendars))};
    }();
    return shipped;
}

SourcePtr source(std::string name, std::string text) { return std::make_shared<const SourceText>(std::move(name), std::move(text)); }

Incident incident(std::string_view adopted, std::string_view unit = "") {
    IncidentSources sources;
    sources.incident = source("incident.json", R"({"duenotice": "incident/1", "id": "x", "group": "group.json", "facts": {"incident.detected_at": "2026-11-20T14:00+01:00"},
 "entities": [{"id": "e", "facts": {"entity.affected": "yes", "house.severity": "critical", "house.started_at": "2026-11-20T15:00+01:00"}}], "complete": ["entities", "contracts"],
 "contracts": [{"id": "c", "facts": {"contract.hit": {"exactly": ["data"]}, "contract.started_at": "2026-11-20T15:00+01:00"}}]})");
    sources.group = source("group.json", R"({"duenotice": "group/1", "entities": [{"id": "e", "zone": "Europe/Berlin", "facts": {"entity.country": "DE", )" + std::string(adopted) + R"("house.executives_within": "1 hour", "house.status_every": "4 hours"}}]})");
    const std::string amount = unit.empty() ? "3,working days,de.be" : "," + std::string(unit) + ",";
    sources.contracts = source("contracts.csv", "id,entity,party,kind,clause,starts_on,amount,unit,calendar,channel,contact,consent_first\nc,e,A client,customer_data,9,knowledge," + amount + ",mail,desk,\n");
    sources.as_of = parse_instant("2026-11-20T15:30+01:00");
    auto read = read_incident(sources, *world().law, system_zones());
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return *read;
}

Assessment assessed(std::string_view adopted, std::string_view unit = "") {
    return assess(world(), std::make_shared<const Incident>(incident(adopted, unit)), {*parse_instant("2026-11-20T15:30+01:00"), {}, {}});
}

/// Words with one blank between them, so that wrapped lines can be looked for.
std::string one_line(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank) result += c;
        else if (!result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
}

const std::string adopted = R"("house.in_use": "yes", )";

}  // namespace

TEST_CASE("the examples of promises and house rules hold") {
    const ExampleRun run = run_examples(world());
    INFO(print(run.diagnostics));
    CHECK(run.failed == 0);
    CHECK(run.examples >= 40);
}

TEST_CASE("house rules are silent until the group profile adopts them") {
    CHECK(assessed("").find("pack.house.executives@e") == nullptr);
    CHECK(assessed(R"("house.in_use": "no", )").find("pack.house.executives@e") == nullptr);
    const Assessment made = assessed(adopted);
    const Duty* executives = made.find("pack.house.executives@e");
    REQUIRE(executives != nullptr);
    CHECK(executives->verdict == Verdict::Owed);
    CHECK(executives->deadline.safe == parse_instant("2026-11-20T16:00+01:00"));
}

TEST_CASE("the calendar that a row of contracts names is asked for and counts") {
    const Incident read = incident(adopted);
    const auto needed = CalendarNeeds(*world().law).of(read);
    CHECK(std::find(needed.begin(), needed.end(), "de.be") != needed.end());
    CHECK(std::find(needed.begin(), needed.end(), "contract.calendar") == needed.end());
    const Assessment made = assessed(adopted);
    const Duty* notify = made.find("pack.contract.notify@e/c");
    REQUIRE(notify != nullptr);
    CHECK(notify->deadline.maximum == parse_instant("2026-11-26T00:00+01:00"));
}

TEST_CASE("a clause with a word in place of a number gets no number") {
    for (const char* word : {"promptly", "immediately"}) {
        const Assessment made = assessed(adopted, word);
        const Duty* notify = made.find("pack.contract.notify@e/c");
        REQUIRE(notify != nullptr);
        CHECK(notify->deadline.kind() == DeadlineKind::Promptly);
        CHECK(notify->deadline.alternatives.front().limb == word);
    }
}

TEST_CASE("outputs mark what is no law and count it apart") {
    const Assessment made = assessed(adopted);
    const ReportContext context{made, system_zones(), {"Europe/Berlin"}, "duenotice test", "counsel"};
    const std::string text = one_line(timetable_text(context));
    CHECK(text.find("by contract the clause in contracts.csv O, not law") != std::string::npos);
    CHECK(text.find("house rule: executives O, not law") != std::string::npos);
    CHECK(text.find("NOT LAW by contract: 1 owed, 1 open, 1 not owed") != std::string::npos);
    CHECK(text.find("NOT LAW house rule: 4 owed, 1 open, 0 not owed") != std::string::npos);
    CHECK(text.find("NOT OWED") == std::string::npos);  // those that the promise does not ask are in no count of law
    CHECK(text.find("comes again: Fri 20 Nov 19:00, Fri 20 Nov 23:00, Sat 21 Nov 03:00") != std::string::npos);
    const std::string json = assessment_json(context, true);
    CHECK(json.find(R"("counts":{"duties":0,"owed":0,"undetermined":0,"not_owed":0,)") != std::string::npos);
    CHECK(json.find(R"("house_rule":{"owed":4,"undetermined":1,"not_owed":0})") != std::string::npos);
    CHECK(json.find(R"("not_law":"by contract")") != std::string::npos);
}
