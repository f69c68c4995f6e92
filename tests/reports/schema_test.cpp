#include "reports/schema.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/support/reader_book.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const std::filesystem::path root = DUENOTICE_SOURCE_DIR;

bool have_python() { return std::system("python3 -c 'import jsonschema' > /dev/null 2>&1") == 0; }

/// What the independent validator says of the documents, a line each.
std::string validated(std::string_view schema, const std::string& documents) {
    const std::filesystem::path file = std::filesystem::temp_directory_path() / ("duenotice-schema-" + std::string(schema.substr(0, schema.find('/'))) + ".json");
    std::ofstream(file) << schema_text(schema, reader_book().vocabulary);
    const std::string command = "python3 " + (root / "tests/support/validate_json.py").string() + " " + file.string() + " " + documents + " 2>&1";
    std::string said;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
    pclose(pipe);
    std::filesystem::remove(file);
    return said;
}

std::string with_facts(const std::string& facts, int number) {
    const std::filesystem::path file = std::filesystem::temp_directory_path() / ("duenotice-account-" + std::to_string(number) + ".json");
    std::ofstream(file) << R"({"duenotice": "incident/1", "id": "x", "facts": {)" << facts << "}}";
    return file.string();
}

}  // namespace

TEST_CASE("an independent validator accepts the sample accounts under the published schemas") {
    if (!have_python()) {
        WARN("skipped: python3 with jsonschema is not here");
        return;
    }
    const std::string samples = (root / "tests/cases/samples").string();
    CHECK(validated("incident/1", samples + "/payroll.json " + samples + "/simple.json") == "ok\nok\n");
    CHECK(validated("group/1", samples + "/group.json") == "ok\n");
}

TEST_CASE("an independent validator refuses under the published schema what the reader refuses") {
    if (!have_python()) {
        WARN("skipped: python3 with jsonschema is not here");
        return;
    }
    const char* mistakes[] = {R"("incident.extortion": true)", R"("incident.detectd_at": "2026-11-20T10:00Z")", R"("people.total": "250")", R"("people.total": {"value": 250, "at_most": 260})",
                              R"("data.categories": ["social_securty"])", R"("incident.ended_at": {"by": "operations"})", R"("incident.detected_at": "2026-11-20T10:00")", R"("entity.aware_at": "2026-11-20T10:00Z")"};
    std::string documents;
    std::vector<std::string> files;
    for (const char* mistake : mistakes) files.push_back(with_facts(mistake, static_cast<int>(files.size())));
    for (const std::string& file : files) documents += file + " ";
    const std::string said = validated("incident/1", documents);
    for (const std::string& file : files) std::filesystem::remove(file);
    CHECK(said == "facts/incident.extortion\nfacts\nfacts/people.total\nfacts/people.total\nfacts/data.categories\nfacts/incident.ended_at\nfacts/incident.detected_at\nfacts\n");
}

TEST_CASE("only published names have a schema, and each is the same every time") {
    CHECK(schema_text("incident/2", reader_book().vocabulary).empty());
    for (const std::string_view name : schema_names) CHECK(schema_text(name, reader_book().vocabulary) == schema_text(name, reader_book().vocabulary));
}
