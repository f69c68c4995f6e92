#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "engine/incident_reader.h"
#include "engine/shared_answers.h"
#include "reports/batch_report.h"
#include "reports/json.h"
#include "tests/support/shipped_world.h"
#include "tools/bench/book_text.h"
#include "tools/import_veris.h"

// Whole reports of portfolios whose incidents share answers, against the same made of each incident alone.

using namespace duenotice;

namespace {

constexpr std::size_t incidents = 60;

std::vector<std::string> generated() {
    std::vector<std::string> lines;
    for (std::uint64_t number = 0; number < incidents; ++number) lines.push_back(incident_text(number, 3));
    return lines;
}

/// Real incidents, as the VERIS import maps them; none where the shared samples are not there.
std::vector<std::string> real() {
    std::vector<std::string> lines;
    std::ifstream file(std::filesystem::path(DUENOTICE_SAMPLES_DIR) / "data/vcdb/vcdb-sample-200.jsonl");
    VerisSummary summary;
    std::vector<std::string> warnings;
    for (std::string line; lines.size() < incidents && std::getline(file, line);) {
        const Checked<JsonValue> record = read_json(std::make_shared<const SourceText>("record", line));
        REQUIRE(record);
        lines.push_back(incident_of_veris(*record, summary, warnings));
    }
    return lines;
}

/// Every form of the report, one after the other.
std::string reports(const std::vector<std::string>& lines, SharedAnswers* shared) {
    const World& world = test::shipped_world();
    const Moment moment{*parse_instant("2026-11-23T09:00+01:00"), {}, {}};
    AssessOptions options;
    options.because = options.content = options.questions = false;
    options.shared = shared;
    BatchRun run;
    std::string bytes;
    for (const std::string& line : lines) {
        const Checked<Incident> incident = read_incident({std::make_shared<const SourceText>("line", line), {}, {}, moment.as_of, false}, *world.law, world.zones);
        INFO(print(incident.diagnostics));
        REQUIRE(incident);
        const Assessment assessment = assess(world, std::make_shared<const Incident>(*incident), moment, options);
        add_assessment(run, {assessment, world.zones, {"Etc/UTC"}, "test", "counsel"});
        bytes += batch_line_json(assessment);
    }
    return bytes + batch_text(run) + batch_html(run) + batch_csv(run) + batch_json(run);
}

}  // namespace

TEST_CASE("a portfolio is reported alike whether its incidents share answers or not") {
    for (const bool alike : {false, true}) {  // generated incidents need not share anything, real ones do
        const std::vector<std::string> lines = alike ? real() : generated();
        if (lines.empty()) {
            WARN("skipped: no sample of VERIS records");
            continue;
        }
        SharedAnswers answers;
        CHECK(reports(lines, &answers) == reports(lines, nullptr));
        if (alike) CHECK(answers.size() > 0);
        SharedAnswers forgetful(1);  // forgets after every incident
        CHECK(reports(lines, &forgetful) == reports(lines, nullptr));
    }
}
