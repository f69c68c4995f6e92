#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/incident_reader.h"
#include "engine/place_codes.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// A territory of the United States has two codes of ISO 3166 and one law.

using namespace duenotice;
using namespace duenotice::test;

namespace {

SourcePtr source(const char* name, const std::string& text) { return std::make_shared<const SourceText>(name, text); }

const RuleBook& book() {
    static const std::shared_ptr<const RuleBook> made = [] {
        const auto law = [](const std::string& id, const std::string& place, const std::string& each, const std::string& when) {
            return source(id.c_str(), "<law language=\"1\" id=\"" + id + "\" title=\"T\" place=\"" + place + "\" links=\"lives\"><obligation id=\"" + id + ".tell\" title=\"Tell\" each=\"" + each +
                                          "\" affected=\"any\"><version checked=\"2026-11-26\" grade=\"U\"><cite provision=\"1\">tell</cite><when>" + when + "</when></version></obligation></law>");
        };
        auto read = load_rulebook(std::vector<SourcePtr>{
            source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/us/jurisdiction.xml"), source_file("jurisdictions/us/pr/jurisdiction.xml"),
            law("t.island", "US-PR", "entity", "people of US-PR at least 1"), law("t.federal", "US", "entity", "entity.country within US and entity.establishments includes within US"),
            law("t.place", "US", "entity place", "this place is US-PR")});
        INFO(print(read.diagnostics));
        REQUIRE(read);
        return *read;
    }();
    return *made;
}

Incident account(const std::string& code) {
    const std::string json = R"({"duenotice": "incident/1", "id": "I", "zone": "Etc/UTC", "complete": ["places", "populations"],
        "entities": [{"id": "e", "facts": {"entity.country": "PR", "entity.establishments": ["PR"]}, "places": [{"place": "PR", "links": ["lives", "served"]}]}],
        "populations": [{"id": "p", "places": [{"place": "PR", "facts": {"people.affected": 3}}]}],
        "filings": [{"id": "f", "recipient": "public", "obligation": "t.place.tell", "entity": "e", "covers": {"place": "PR"}, "submitted_at": "2026-03-02T09:00Z"}]})";
    std::string text = json;
    for (std::size_t at = text.find("\"PR\""); at != std::string::npos; at = text.find("\"PR\"", at + code.size())) text.replace(at + 1, 2, code);
    auto read = read_incident({source("i.json", text), nullptr, nullptr, parse_instant("2026-03-02T12:00Z")}, book(), system_zones());
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return std::move(*read);
}

std::vector<std::string> outcome(const std::string& code) {
    const World world{std::shared_ptr<const RuleBook>(&book(), [](const RuleBook*) {}), system_zones(), std::make_shared<const CalendarSet>()};
    std::vector<std::string> lines;
    for (const Duty& duty : assess(world, std::make_shared<const Incident>(account(code)), {*parse_instant("2026-03-02T12:00Z"), {}, {}}).duties)
        lines.push_back(duty.id + " " + std::string(name(duty.verdict)) + " " + std::string(name(duty.done)));
    return lines;
}

}  // namespace

TEST_CASE("Puerto Rico leads to one law under both of its codes") {
    const std::vector<std::string> same{"t.federal.tell@e owed nothing", "t.island.tell@e owed nothing", "t.place.tell@e/US-PR owed submitted"};
    CHECK(outcome("PR") == same);
    CHECK(outcome("US-PR") == same);
}

TEST_CASE("a territory has one code, and a country that shares two letters with a State keeps its own") {
    for (const char* code : {"AS", "GU", "MP", "PR", "UM", "VI"}) CHECK(one_place_code(code) == "US-" + std::string(code));
    for (const char* code : {"US-PR", "AL", "GA", "DE", "CA", "US"}) CHECK(one_place_code(code) == code);
}

TEST_CASE("both codes of one place in a list are one place twice") {
    const std::string text = R"({"duenotice": "incident/1", "id": "I", "entities": [{"id": "e", "facts": {"entity.establishments": ["PR", "US-PR"]}}]})";
    const auto read = read_incident({source("i.json", text), nullptr, nullptr, parse_instant("2026-03-02T12:00Z")}, book(), system_zones());
    CHECK(print(read.diagnostics).find("`US-PR` stands twice in this list") != std::string::npos);
}
