#include "tools/import_veris.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "rules/source_text.h"

using namespace duenotice;
using Json = nlohmann::json;

namespace {

struct Mapped {
    Json incident;
    std::vector<std::string> warnings;
    VerisSummary summary;
    const Json& victim() const { return incident["entities"][0]["facts"]; }
};

Mapped mapped(const std::string& members) {
    const auto source = std::make_shared<const SourceText>("record", R"({"incident_id": "r-1")" + (members.empty() ? "" : ", " + members) + "}");
    const Checked<JsonValue> record = read_json(source);
    REQUIRE(record);
    Mapped result;
    result.incident = Json::parse(incident_of_veris(*record, result.summary, result.warnings));
    return result;
}

Mapped victim(const std::string& country, const std::string& state) { return mapped(R"("victim": {"country": [")" + country + R"("], "state": ")" + state + R"("})"); }

std::vector<std::string> parts(const std::string& country, const std::string& state) {
    const Mapped result = victim(country, state);
    if (!result.victim().contains("entity.establishments")) return {};
    return result.victim()["entity.establishments"]["has"].get<std::vector<std::string>>();
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a state is read by its code, with or without the country, and by its name") {
    for (const char* text : {"OH", "US-OH", "us-oh", "oh", "Ohio", "ohio", " OH "}) {
        INFO(text);
        CHECK(parts("US", text) == Codes{"US-OH"});
    }
    CHECK(parts("US", "New York") == Codes{"US-NY"});
    CHECK(parts("US", "Georgia") == Codes{"US-GA"});
    CHECK(parts("US", "D.C.") == Codes{"US-DC"});
    CHECK(parts("US", "Puerto Rico") == Codes{"US-PR"});
    CHECK(parts("US", "US-IA,US-IL, Kansas") == Codes{"US-IA", "US-IL", "US-KS"});
    CHECK(victim("US", "Ohio").warnings.empty());
}

TEST_CASE("parts of other countries are read in the same way") {
    CHECK(parts("CA", "BC") == Codes{"CA-BC"});
    CHECK(parts("CA", "Ontario") == Codes{"CA-ON"});
    CHECK(parts("AU", "NSW") == Codes{"AU-NSW"});
    CHECK(parts("DE", "Bayern") == Codes{"DE-BY"});
    CHECK(parts("GB", "WALES") == Codes{"GB-WLS"});
    CHECK(parts("ES", "ES-AN") == Codes{"ES-AN"});
}

TEST_CASE("what is no part of the country stays open and is named") {
    CHECK(parts("US", "Mississipi").empty());
    CHECK(victim("US", "Mississipi").warnings == Codes{"r-1: state `Mississipi` is no part of US on file; left open (`Mississippi`?)"});
    CHECK(victim("US", "OH622110").warnings == Codes{"r-1: state `OH622110` is no part of US on file; left open"});
    CHECK(victim("RU", "US-77").warnings == Codes{"r-1: state `US-77` is no part of RU on file; left open"});
    const std::string deleted = victim("\\u007fS", "TX").warnings.front();  // shown, and not sent to the terminal
    CHECK(deleted.find('\x7f') == std::string::npos);
    CHECK(deleted.find("S` is no code of ISO 3166; left open") != std::string::npos);
    for (const char* unsaid : {"Unknown", "U", "", " "}) CHECK(victim("US", unsaid).warnings.empty());
    CHECK(victim("Unknown", "OH").warnings.empty());
    CHECK(parts("Unknown", "OH").empty());
}

TEST_CASE("what VERIS cannot say stays open") {
    const Mapped nothing = mapped("");
    CHECK(nothing.incident["facts"].empty());
    CHECK(nothing.victim().size() == 1);
    CHECK(nothing.victim()["entity.affected"] == "yes");
    CHECK(nothing.summary.mapped.empty());
    const Mapped potential = mapped(R"("attribute": {"confidentiality": {"data_disclosure": "Potentially", "data": [{"variety": "Unknown"}], "state": ["Unknown"]}})");
    CHECK(potential.incident["facts"].empty());
    const Mapped disclosed = mapped(R"("attribute": {"confidentiality": {"data_disclosure": "Yes", "data": [{"variety": "Medical"}], "data_victim": ["Patient"]}})");
    CHECK(disclosed.incident["facts"]["data.accessed"] == "yes");
    CHECK_FALSE(disclosed.incident["facts"].contains("data.taken"));
    CHECK_FALSE(disclosed.incident["facts"].contains("data.encrypted"));
    CHECK(disclosed.summary.mapped.at("data.categories") == 1);
}

TEST_CASE("an impossible day leaves the time open with a warning") {
    const Mapped result = mapped(R"("timeline": {"incident": {"year": 2018, "month": 2, "day": 29}})");
    CHECK_FALSE(result.incident["facts"].contains("incident.started_at"));
    CHECK(result.warnings == Codes{"r-1: timeline.incident: there is no 2018-02-29; left open"});
    const Mapped year = mapped(R"("timeline": {"incident": {"year": 2018}})");
    CHECK(year.incident["facts"]["incident.started_at"] == Json{{"from", "2018-01-01T00:00+14:00"}, {"until", "2019-01-01T00:00-12:00"}});
}

TEST_CASE("a record that was made in no plausible year says nothing of the day on which it was noticed") {
    const std::string began = R"("timeline": {"incident": {"year": 2013, "month": 7, "day": 15}}, "plus": {"created": ")";
    const Mapped made = mapped(began + R"(2013-08-01"})");
    CHECK(made.incident["facts"]["incident.detected_at"]["until"] == "2013-08-02T00:00-12:00");
    CHECK(made.warnings.empty());
    const Mapped slip = mapped(began + R"(9999-12-31:00:00Z"})");
    CHECK_FALSE(slip.incident["facts"]["incident.detected_at"].contains("until"));
    CHECK(slip.warnings == std::vector<std::string>{"r-1: plus.created: no such year (9999); left open"});
}
