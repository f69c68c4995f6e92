#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/incident_reader.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/schema.h"
#include "reports/text.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Whether all relations are listed is asked for wherever questions stand.

using namespace duenotice;
using namespace duenotice::test;

namespace {

SourcePtr source(const char* name, const std::string& text) { return std::make_shared<const SourceText>(name, text); }

Assessment assessed(bool complete) {
    auto law = load_rulebook(std::vector<SourcePtr>{
        source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"), source("place", R"(<jurisdiction language="1" code="XF" title="Farmland" zone="Etc/UTC" languages="en"/>)"),
        source("law", R"(<law language="1" id="t" title="Farmland Act" place="XF"><obligation id="t.a" title="Tell" each="entity" affected="any"><version checked="2026-11-26" grade="U"><cite provision="1">tell</cite><when>any provider where (entity.affected is yes)</when><recipients><to who="public"/></recipients></version></obligation></law>)")});
    INFO(print(law.diagnostics));
    REQUIRE(law);
    const World world{*law, system_zones(), std::make_shared<const CalendarSet>()};
    const std::string text = R"({"duenotice": "incident/1", "id": "I", "complete": ["entities")" + std::string(complete ? R"(, "relations")" : "") + R"(], "entities": [{"id": "e", "name": "The bank"}]})";
    auto read = read_incident({source("i.json", text), nullptr, nullptr, parse_instant("2026-03-03T09:00Z")}, **law, world.zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return assess(world, std::make_shared<const Incident>(std::move(*read)), {*parse_instant("2026-03-03T09:00Z"), {}, {}});
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string one_line(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c != ' ' && c != '\n') result += c;
        else if (!result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
}

}  // namespace

TEST_CASE("an open list of relations is a question in every output") {
    const Assessment made = assessed(false);
    const ReportContext context{made, system_zones(), {"Etc/UTC"}, "duenotice test", "counsel"};
    const std::string json = assessment_json(context, true);
    CHECK(has(json, R"("open_relations":[{"relation":"provider","entity":"e"}])"));
    CHECK(has(json, R"("questions":[{"list":"relations","relation":"provider","entity":"e","question":"Is anyone provider of The bank?","earliest_safe_utc":null,"relevant":1,"duties":["t.a@e"]}])"));
    CHECK(has(questions_json(context), "Is anyone provider of The bank?"));
    const std::string ask = one_line(questions_text(context));
    CHECK(has(ask, "Is anyone provider of The bank?"));
    CHECK(has(ask, R"("complete": ["relations"])"));
    CHECK(has(one_line(timetable_text(context)), "Is anyone provider of The bank?"));
    CHECK(has(page_html(context), "whether all are listed that are provider of The bank"));
    CHECK(has(timetable_plain(context), "whether all are listed that are provider of The bank"));
    CHECK(has(batch_line_json(made), "\"open\":[\"relations provider\"]"));
}

TEST_CASE("a complete list of relations asks nothing") {
    const Assessment made = assessed(true);
    const ReportContext context{made, system_zones(), {"Etc/UTC"}, "duenotice test", "counsel"};
    CHECK(has(assessment_json(context, true), R"("questions":[])"));
    CHECK(has(questions_text(context), "Nothing open decides a duty."));
}

TEST_CASE("the schema of an incident names the lists that may be complete") {
    const std::string schema = schema_text("incident/1", assessed(true).law->vocabulary);
    const std::size_t at = schema.find("\"complete\"");
    REQUIRE(at != std::string::npos);
    CHECK(has(schema.substr(at, 500), "\"relations\""));
}
