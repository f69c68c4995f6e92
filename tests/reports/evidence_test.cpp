#include <cstdio>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/incident_reader.h"
#include "engine/people_tests.h"
#include "reports/evidence.h"
#include "reports/evidence_controls.h"
#include "reports/json.h"
#include "tests/support/report_world.h"
#include "tests/support/shipped_world.h"

// The workbook read back from its bytes by another program, and its figures against the JSON.

using namespace duenotice;
using namespace duenotice::test;

namespace {

const char* const sheet_names[] = {"Read me", "Summary", "Duties", "Deadlines", "Steps", "Facts", "Populations", "Judgements", "Not owed", "Not covered", "Recipients", "Questions", "Changes", "Law used", "Calendars and zones", "Controls"};

class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / "duenotice-evidence-test") { std::filesystem::create_directories(path_); }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string file(const char* name) const { return (path_ / name).string(); }
    std::string folder() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

/// What tests/support/check_workbook.py finds wrong.
std::string wrong(const std::vector<Sheet>& sheets, const ReportContext& context, const std::string& mark = {}) {
    const Folder folder;
    REQUIRE(write_workbook(sheets, workbook_meta(context), folder.file("book.xlsx"), folder.folder()).empty());
    std::ofstream(folder.file("assessment.json")) << assessment_json(context);
    std::string command = std::string("python3 ") + DUENOTICE_SOURCE_DIR + "/tests/support/check_workbook.py " + folder.file("book.xlsx") + " " + folder.file("assessment.json");
    for (const char* name : sheet_names) command += " '" + mark + name + "'";
    std::string said;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
    pclose(pipe);
    return said;
}

const Sheet& sheet(const std::vector<Sheet>& sheets, std::string_view name) {
    for (const Sheet& one : sheets)
        if (one.name == name) return one;
    FAIL("no sheet " << name);
    return sheets.front();
}

}  // namespace

TEST_CASE("the workbooks of the samples read back as they should, and their figures are those of the JSON") {
    for (const char* name : {"simple", "payroll"}) {
        const Sample sample(name);
        CHECK(wrong(evidence_sheets(sample.context()), sample.context()) == "");
    }
}

TEST_CASE("a figure that does not tie, and a text that its row hides, are found") {
    const Sample sample("simple");
    std::vector<Sheet> sheets = evidence_sheets(sample.context());
    for (Sheet& one : sheets)
        if (one.name == "Duties") one.rows.pop_back();
    const std::string said = wrong(sheets, sample.context());
    CHECK(said.find("Duties: other duties than the JSON") != std::string::npos);
}

TEST_CASE("text that a spreadsheet would take for a formula stays text") {
    const Reported reported(report_account(R"x(, "text.what_happened": "=HYPERLINK(\"http://example.test\")")x"));
    std::vector<Sheet> sheets = evidence_sheets(reported.context());
    for (Sheet& one : sheets)
        if (one.name == "Read me")
            for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "_x0041_"}) one.rows.push_back({std::string("item"), std::string(text)});
    const std::string said = wrong(sheets, reported.context());  // this small account has no place and nothing that is not covered
    CHECK(said == "Populations: has no row\nNot covered: has no row");
}

TEST_CASE("own promises and house rules are said in words on their rows and counted apart") {
    const Sample sample("payroll");
    const std::vector<Sheet> sheets = evidence_sheets(sample.context());
    std::size_t promises = 0, rules = 0;
    for (const auto& row : sheet(sheets, "Duties").rows) {
        const std::string& asked_by = std::get<std::string>(row[4]);
        promises += asked_by == "contract (own promise, not law)" ? 1 : 0;
        rules += asked_by == "house rule (own rule, not law)" ? 1 : 0;
    }
    CHECK(promises >= 3);
    CHECK(rules >= 4);
    std::string controls;
    for (const auto& row : sheet(sheets, "Controls").rows) controls += std::get<std::string>(row[1]) + "\n";
    CHECK(controls.find("of the OWED: promised by contract, not law\n") != std::string::npos);
    CHECK(controls.find("of the OWED: own house rule, not law\n") != std::string::npos);
}

TEST_CASE("what was learned later, and what it changed, is in Changes") {
    const Sample sample("payroll");
    Moment early = sample.assessment().moment;
    early.known_at = parse_instant("2026-11-20T14:00+01:00");
    const Assessment before = assess(sample.world(), sample.assessment().incident, early);
    const std::vector<KnownChanges> changes{{*early.known_at, sample.assessment().moment.as_of, diff(sample.world(), before, sample.world(), sample.assessment())}};
    const std::vector<Sheet> sheets = evidence_sheets(sample.context(), changes);
    CHECK_FALSE(sheet(sheets, "Changes").rows.empty());
    CHECK(wrong(sheets, sample.context()) == "");
    CHECK(sheet(evidence_sheets(sample.context()), "Changes").rows.empty());
}

TEST_CASE("every sheet of a drill is marked, and the names still fit") {
    const Sample sample("payroll", true);
    for (const Sheet& one : evidence_sheets(sample.context())) {
        CHECK(one.name.rfind("EXERCISE ", 0) == 0);
        CHECK(one.name.size() <= 31);
    }
}

TEST_CASE("every place on record has a row in Populations, with or without a count") {
    const Sample sample("payroll");
    std::string places;
    const std::vector<Sheet> sheets = evidence_sheets(sample.context());
    for (const auto& row : sheet(sheets, "Populations").rows) places += std::get<std::string>(row[2]) + " ";
    for (const PlaceFrame& place : sample.assessment().incident->places) CHECK(places.find(place.code + " ") != std::string::npos);
}

TEST_CASE("with a record each duty has the assessment that had it first, and a row that was left out does not tie") {
    const Sample sample("simple");
    ReportContext context = sample.context();
    const std::string duty = sample.assessment().duties.front().id;
    context.first_seen = {{duty, "A-1 (entry 7)"}};
    std::vector<RecordTable> record{{"Fact history", {"entry", "fact", "recorded (UTC)"}, {{"1", "entity.aware_at", "2026-11-21T00:00:00Z"}}}, {"Integrity", {"item", "value"}, {{"entries of kind fact", "1"}, {"entries of kind filing", "1"}, {"fields that notices sent", "0"}}}};
    const auto cells = [&](const char* name, const std::string& key, std::size_t of, const char* column) {
        const std::vector<Sheet> sheets = evidence_sheets(context, {}, record);
        const Sheet& found = sheet(sheets, name);
        const auto at = static_cast<std::size_t>(std::find_if(found.columns.begin(), found.columns.end(), [&](const SheetColumn& each) { return each.title == column; }) - found.columns.begin());
        std::string all;
        for (const auto& row : found.rows)
            if (std::get<std::string>(row[of]) == key) all += std::get<std::string>(row[at]);
        return all;
    };
    CHECK(cells("Duties", duty, 1, "first seen in assessment") == "A-1 (entry 7)");
    CHECK(cells("Duties", sample.assessment().duties.back().id, 1, "first seen in assessment") == "in none on record");
    CHECK(cells("Controls", "rows of Fact history = entries that state a fact or a judgement", 1, "result") == "ties");
    CHECK(cells("Controls", "rows of Filings = entries of kind filing", 1, "result") == "DOES NOT TIE");
    record.clear();
    CHECK(cells("Duties", duty, 1, "first seen in assessment") == "no case record");
}

TEST_CASE("populations say which tests of the law they meet, in the places that the law counts") {
    // Staff data are personal and were on a lost device; those of customers are not personal: Article 4(12) of the GDPR by hand.
    IncidentSources sources;
    sources.incident = std::make_shared<const SourceText>("account", R"({"duenotice": "incident/1", "id": "INC-1", "zone": "Europe/Berlin",
  "facts": {"incident.detected_at": "2026-11-20T15:14+01:00", "incident.kinds": {"exactly": ["device_lost"]}},
  "populations": [{"id": "staff", "facts": {"data.personal": "yes"}, "places": [{"place": "DE", "facts": {"people.affected": 10}}, {"place": "SG", "facts": {"people.affected": 5}}]},
                  {"id": "customers", "facts": {"data.personal": "no"}, "places": [{"place": "DE", "facts": {"people.affected": 7}}]}],
  "entities": [{"id": "bank", "name": "Bank", "zone": "Europe/Berlin", "facts": {"entity.affected": "yes", "entity.country": "DE", "entity.aware_personal_data_at": "2026-11-20T19:05+01:00"},
                "populations": [{"id": "staff", "facts": {"entity.role_here": "decides_alone", "entity.gdpr_scope_exclusion": "none"}}, {"id": "customers", "facts": {"entity.role_here": "decides_alone", "entity.gdpr_scope_exclusion": "none"}}]}],
  "complete": ["entities", "populations", "places"]})");
    const Instant as_of = *parse_instant("2026-11-21T09:00:00+01:00");
    sources.as_of = as_of;
    const World& world = shipped_world();
    const auto read = read_incident(sources, *world.law, world.zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    const Assessment assessment = assess(world, std::make_shared<const Incident>(*read), {as_of, {}, {}});
    ReportContext context{assessment, world.zones, {"Europe/Berlin"}, "duenotice test"};
    context.people_tests = people_tests(world, assessment);
    const auto met = [&](const std::string& population, const std::string& place) {
        const Sheet rows = sheet(evidence_sheets(context), "Populations");
        for (const auto& row : rows.rows)
            if (std::get<std::string>(row[1]) == population && std::get<std::string>(row[2]) == place) return "; " + std::get<std::string>(row[6]) + ";";
        return std::string("no row");
    };
    CHECK(met("staff", "DE").find("; gdpr.concerned: yes;") != std::string::npos);
    CHECK(met("customers", "DE").find("; gdpr.concerned: no;") != std::string::npos);
    CHECK(met("staff", "SG").find("gdpr.") == std::string::npos);
    CHECK(met("staff", "SG").find("sg.pdpa.") != std::string::npos);
    CHECK(met("staff", "DE").find("sg.pdpa.") == std::string::npos);
    // Where nobody can tell yet which version is in force, those that may be are looked at; here one of each may be.
    Assessment open = assessment;
    for (Duty& duty : open.duties) duty.version = -1;
    CHECK((people_tests(world, open) == context.people_tests));
}

TEST_CASE("controls find what was left out of a sheet or ends elsewhere") {
    const Sample sample("payroll");
    const std::vector<Sheet> whole = evidence_sheets(sample.context());
    const auto untied = [&](const Assessment& assessment, const std::vector<Sheet>& sheets) {
        std::string found;
        for (const auto& row : controls_sheet(assessment, sheets, {}, "x").rows)
            if (std::get<std::string>(row[4]) != "ties") found += std::get<std::string>(row[1]) + "\n";
        return found;
    };
    const auto without = [&](const char* name, const char* cell) {
        std::vector<Sheet> sheets = whole;
        for (Sheet& one : sheets)
            if (one.name == name) std::erase_if(one.rows, [&](const std::vector<Cell>& row) { return std::get<std::string>(row[0]) == cell; });
        return untied(sample.assessment(), sheets);
    };
    CHECK(untied(sample.assessment(), whole).empty());
    std::string named;
    for (const auto& row : sheet(whole, "Duties").rows) named += std::get<std::string>(row[11]);
    const std::string fact = named.substr(named.find("F0"), 5);
    CHECK(without("Facts", fact.c_str()) == "rows of Facts that Duties names and that are not there\n");
    CHECK(without("Duties", "R0001").starts_with("rows of Duties = owed + open + not owed\n"));
    CHECK(without("Questions", "Q001") == "rows of Questions = questions of the assessment\n");
    Assessment moved = sample.assessment();
    const auto counted = std::find_if(moved.duties.begin(), moved.duties.end(), [](const Duty& duty) { return !duty.deadline.alternatives.empty() && !duty.deadline.alternatives.front().readings.empty() && !duty.deadline.alternatives.front().readings.front().steps.empty() && duty.deadline.alternatives.front().readings.front().steps.back().to; });
    REQUIRE(counted != moved.duties.end());
    counted->deadline.alternatives.front().readings.front().end.seconds += 1;
    CHECK(untied(moved, whole) == "readings whose last step ends elsewhere than their limit\n");
    moved = sample.assessment();
    const auto owed = std::find_if(moved.duties.begin(), moved.duties.end(), [](const Duty& duty) { return duty.verdict == Verdict::Owed && duty.done == Done::Nothing; });
    REQUIRE(owed != moved.duties.end());
    owed->done = Done::Submitted;
    CHECK(untied(moved, whole) == "duties owed and done without a filing\n");
}
