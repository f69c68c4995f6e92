#include <catch2/catch.hpp>

#include <filesystem>

#include "engine/assess.h"
#include "engine/incident_reader.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// The line of places that no law on file covers, over the law that ships: a law of the whole country on something else
// (securities) does not speak for the people of a state whose own law is not on file.

using namespace duenotice;
using namespace duenotice::test;

namespace {

const World& shipped_world() {
    static const World made = [] {
        std::vector<SourcePtr> sources;
        std::vector<std::string> paths;
        const std::filesystem::path root = DUENOTICE_SOURCE_DIR;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "jurisdictions"))
            if (entry.path().extension() == ".xml") paths.push_back(entry.path().lexically_relative(root).generic_string());
        std::sort(paths.begin(), paths.end());
        for (const std::string& path : paths) sources.push_back(source_file(path));
        auto book = load_rulebook(sources);
        INFO(print(book.diagnostics));
        REQUIRE(book);
        return World{*book, system_zones(), std::make_shared<const CalendarSet>()};
    }();
    return made;
}

/// "place: why, people" of every line that names a place and no sector.
std::vector<std::string> not_covered(const std::string& places, const std::string& more = "") {
    const std::string account = R"({"duenotice": "incident/1", "id": "x", "facts": {"incident.detected_at": "2026-11-20T14:00+01:00"},
 "populations": [{"id": "clients", "facts": {"data.personal": "yes"}, "places": [)" + places + R"(]}],
 "entities": [{"id": "e", "facts": {"entity.affected": "yes", "entity.country": "US"}}])" + more + "}";
    IncidentSources sources;
    sources.incident = std::make_shared<const SourceText>("account", account);
    sources.as_of = instant("2026-11-21T09:00:00+01:00");
    Checked<Incident> read = read_incident(sources, *shipped_world().law, shipped_world().zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    const Assessment made = assess(shipped_world(), std::make_shared<const Incident>(std::move(*read)), {*sources.as_of, {}, {}});
    std::vector<std::string> lines;
    for (const NotCovered& line : made.not_covered) {
        if (!line.sector.empty()) continue;
        lines.push_back(line.place + ": " + line.why + ", " + (line.people_high ? std::to_string(*line.people_low) + " to " + std::to_string(*line.people_high) : "people not known"));
    }
    return lines;
}

std::string lived(const std::string& place, const std::string& count) { return R"({"place": ")" + place + R"(", "facts": {"people.affected": )" + count + "}}"; }

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a law of the country on something else does not cover the people of a state") {
    CHECK(not_covered(lived("US-CA", "600") + "," + lived("US-OH", "40") + "," + lived("DE", "900")) == Lines{"US-OH: no law on personal data on file, 40 to 40"});
    CHECK(not_covered(lived("US-CA", "600") + "," + lived("DE", "900")) == Lines{});
    CHECK(not_covered(lived("US-OH", R"({"at_least": 0, "at_most": 40})") + "," + lived("US-TX", "3")) == Lines{"US-OH: no law on personal data on file, 0 to 40"});
}

TEST_CASE("a state in which nobody lives is not named; one in which people may live is") {
    CHECK(not_covered(lived("US-OH", "0") + "," + lived("US-CA", "1")) == Lines{});
    CHECK(not_covered(R"({"place": "US-OH"},)" + lived("US-CA", "1")) == Lines{"US-OH: no law on personal data on file, people not known"});
}

TEST_CASE("a country without a law at all says so") {
    CHECK(not_covered(lived("AR", "12")) == Lines{"AR: no law on file, 12 to 12", "US: no law on personal data on file, people not known"});
    CHECK(not_covered(lived("AR", "12"), R"(, "complete": ["places", "populations"])") == Lines{"AR: no law on file, 12 to 12"});
}

TEST_CASE("people counted in a country are covered by its states only as far as they live there") {
    CHECK(not_covered(lived("US", "500") + "," + lived("US-CA", "300") + "," + lived("US-TX", "200")) == Lines{});
    CHECK(not_covered(lived("US", "501") + "," + lived("US-CA", "300") + "," + lived("US-TX", "200")) == Lines{"US: no law on personal data on file, 501 to 501"});
}
