#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "engine/duty_graph.h"
#include "engine/examples.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// The hard constructs of law, each written in the rule language as law of an invented country, one file a construct, and
// each with the example that its description gives, worked by hand.

using namespace duenotice;
using namespace duenotice::test;

namespace {

const std::filesystem::path root = DUENOTICE_SOURCE_DIR;
constexpr std::string_view folder = "tests/testland/constructs";

std::vector<std::string> xml_files(std::string_view under) {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(root / under))
        if (entry.path().extension() == ".xml") paths.push_back(entry.path().lexically_relative(root).generic_string());
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::shared_ptr<const CalendarSet> calendars() {
    const auto parsed = parse_calendars(source_file("jurisdictions/de/calendar.xml"));
    INFO(print(parsed.diagnostics));
    REQUIRE(parsed);
    auto compiled = compile_calendars(*parsed);
    REQUIRE(compiled);
    return std::make_shared<const CalendarSet>(std::move(*compiled));
}

/// The rows of the tables in README.md and README-G-O.md: file name and whether it says yes.
std::vector<std::pair<std::string, bool>> rows_of_readme() {
    std::vector<std::string> lines;
    for (const char* table : {"README.md", "README-G-O.md"}) {
        std::ifstream in(root / folder / table);
        for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
    }
    std::vector<std::pair<std::string, bool>> rows;
    for (const std::string& line : lines) {
        if (line.rfind("| ", 0) != 0 || line.find(".xml") == std::string::npos) continue;
        std::vector<std::string> cells;
        std::istringstream cut(line.substr(2));
        for (std::string cell; std::getline(cut, cell, '|');) {
            cell.erase(0, cell.find_first_not_of(' '));
            cell.erase(cell.find_last_not_of(' ') + 1);
            cells.push_back(cell);
        }
        REQUIRE(cells.size() >= 3);
        rows.emplace_back(cells[1], cells[2] == "yes");
    }
    return rows;
}

}  // namespace

TEST_CASE("every hard construct is written in the rule language and does what its example says") {
    const std::vector<std::string> constructs = xml_files(folder);
    std::vector<SourcePtr> sources{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml")};
    for (const std::string& path : xml_files("tests/testland")) sources.push_back(source_file(path));
    for (const std::string& path : constructs) sources.push_back(source_file(path));
    const Checked<std::shared_ptr<const RuleBook>> book = load_rulebook(sources);
    INFO(print(book.diagnostics));
    REQUIRE(book);
    CHECK(book.diagnostics.items().empty());
    const Checked<DutyGraph> graph = make_duty_graph(**book);
    INFO(print(graph.diagnostics));
    REQUIRE(graph);

    const ExampleRun run = run_examples({*book, system_zones(), calendars()});
    INFO(print(run.diagnostics));
    CHECK(run.failed == 0);
    CHECK(run.diagnostics.items().empty());
    CHECK((*book)->laws.size() == constructs.size() + 1);  // and tests/testland/law.xml
    for (const Law& law : (*book)->laws) {
        INFO(law.id);
        std::size_t expectations = 0;  // one example may tell several duties apart
        for (const Example& example : law.examples) expectations += example.expectations.size();
        for (const Obligation& obligation : (*book)->obligations) {
            if (obligation.law != law.id) continue;
            for (const Example& example : obligation.examples) expectations += example.expectations.size();
        }
        CHECK(expectations >= 2);
    }
    WARN(constructs.size() << " constructs, " << (*book)->obligations.size() << " obligations, " << run.examples << " examples with " << run.expectations << " expectations");
}

TEST_CASE("the table of constructs names exactly the files that are there") {
    std::set<std::string> named, there;
    for (const auto& [file, written] : rows_of_readme()) {
        INFO(file);
        CHECK(named.insert(file).second);
        CHECK(std::filesystem::exists(root / folder / file) == written);
        if (written) there.insert(file);
    }
    std::set<std::string> files;
    for (const std::string& path : xml_files(folder)) files.insert(std::filesystem::path(path).filename().generic_string());
    CHECK(there == files);
}
