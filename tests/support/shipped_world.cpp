#include "tests/support/shipped_world.h"

#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "engine/incident_reader.h"
#include "engine/people_tests.h"
#include "rules/rulebook.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

namespace duenotice::test {

namespace {

constexpr const char* moment = "2026-11-23T09:00+01:00";

World load() {
    std::vector<std::string> paths;
    const std::filesystem::path root(DUENOTICE_SOURCE_DIR);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "jurisdictions"))
        if (entry.is_regular_file() && entry.path().extension() == ".xml") paths.push_back(entry.path().lexically_relative(root).generic_string());
    std::sort(paths.begin(), paths.end());
    std::vector<SourcePtr> sources;
    std::vector<CalendarSpec> specs;
    for (const std::string& path : paths) {
        if (!path.ends_with("/calendar.xml") && !path.ends_with("/calendars.xml")) {
            sources.push_back(source_file(path));
            continue;
        }
        auto parsed = parse_calendars(source_file(path));
        INFO(print(parsed.diagnostics));
        REQUIRE(parsed);
        for (CalendarSpec& spec : *parsed) specs.push_back(std::move(spec));
    }
    const auto book = load_rulebook(sources);
    INFO(print(book.diagnostics));
    REQUIRE(book);
    auto calendars = compile_calendars(specs);
    INFO(print(calendars.diagnostics));
    REQUIRE(calendars);
    RuleBook fixed = **book;
    fixed.edition = "2026-11-20";
    fixed.fingerprint = std::string(64, '0');
    return World{std::make_shared<const RuleBook>(std::move(fixed)), system_zones(), std::make_shared<const CalendarSet>(std::move(*calendars))};
}

}  // namespace

const World& shipped_world() {
    static const World world = load();
    return world;
}

std::shared_ptr<const Incident> sample_incident(const std::string& name, bool drill) {
    IncidentSources sources;
    sources.incident = source_file("tests/cases/samples/" + name + ".json");
    if (drill) {
        std::string text(sources.incident->text());
        text.insert(text.find('{') + 1, "\"drill\": true,");
        sources.incident = std::make_shared<const SourceText>(name + ".json", text);
    }
    if (sources.incident->text().find("\"group\"") != std::string::npos) {
        sources.group = source_file("tests/cases/samples/group.json");
        sources.contracts = source_file("tests/cases/samples/contracts.csv");
    }
    sources.as_of = parse_instant(moment);
    auto read = read_incident(sources, *shipped_world().law, shipped_world().zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return std::make_shared<const Incident>(std::move(*read));
}

Sample::Sample(const std::string& name, bool drill) : assessment_(assess(shipped_world(), sample_incident(name, drill), {*parse_instant(moment), {}, {}})) {
    assessment_.tzdata = "2026x";
    assessment_.key = std::string(64, '0');
}

ReportContext Sample::context() const {
    std::vector<std::string> zones{"Europe/Berlin"};
    if (assessment_.incident->entities.size() > 1) zones = {"Europe/Berlin", "Asia/Singapore", "America/New_York"};
    ReportContext context{assessment_, shipped_world().zones, zones, "duenotice 0.0.0"};
    context.people_tests = people_tests(shipped_world(), assessment_);
    return context;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c); });
    return text;
}

}  // namespace duenotice::test
