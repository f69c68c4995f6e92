// A workbook read back by the program itself and held against the JSON lines of the same sheets, cell by cell.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "reports/evidence.h"
#include "reports/evidence_lines.h"
#include "tests/support/shipped_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::string book_of(const std::vector<Sheet>& sheets) {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "duenotice-lines-test";
    std::filesystem::create_directories(folder);
    const std::string path = (folder / "book.xlsx").string();
    REQUIRE(write_workbook(sheets, {"title", "subject", "footer", Instant{0}}, path, folder.string()).empty());
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::filesystem::remove_all(folder);
    return bytes;
}

ReadWorkbook read_back(const std::vector<Sheet>& sheets) {
    auto read = read_workbook(book_of(sheets));
    if (const auto* mistake = std::get_if<std::string>(&read)) FAIL(*mistake);
    return std::get<ReadWorkbook>(std::move(read));
}

/// The differences, a line each.
std::string differences(const std::vector<Sheet>& written, const std::string& lines) {
    std::string mistake, text;
    const WorkbookComparison compared = compare_workbook(read_back(written), lines, mistake);
    CHECK(mistake.empty());
    CHECK(compared.cells > 0);
    for (const std::string& each : compared.differences) text += each + "\n";
    return text;
}

std::vector<Sheet> small() {
    return {{"One", {{"row id", 8}, {"what", 20}, {"when (UTC)", 17}, {"many", 8}},
             {{std::string("R1"), std::string("=1+1 _x0041_ & <b>"), *parse_instant("2026-11-21T03:40:07Z"), std::int64_t{3}}, {std::string("R2"), std::string("line\nline"), std::string("no date"), std::int64_t{0}}}, "a tie"},
            {"Two", {{"row id", 8}}, {}, ""}};
}

}  // namespace

TEST_CASE("the workbook of a sample is its JSON lines, cell for cell") {
    for (const char* name : {"simple", "payroll"}) {
        const Sample sample(name);
        const auto sheets = evidence_sheets(sample.context());
        CHECK(differences(sheets, evidence_lines(sheets)) == "");
    }
}

TEST_CASE("the lines hold the same values: texts as they are, whole numbers, instants as UTC") {
    CHECK(evidence_lines(small()) ==
          "{\"columns\":[\"row id\",\"what\",\"when (UTC)\",\"many\"],\"rows\":2,\"sheet\":\"One\",\"tie\":\"2 rows; a tie\"}\n"
          "{\"cells\":[\"R1\",\"=1+1 _x0041_ & <b>\",{\"utc\":\"2026-11-21T03:40:07Z\"},3],\"row\":2,\"sheet\":\"One\"}\n"
          "{\"cells\":[\"R2\",\"line\\nline\",\"no date\",0],\"row\":3,\"sheet\":\"One\"}\n"
          "{\"columns\":[\"row id\"],\"rows\":0,\"sheet\":\"Two\",\"tie\":\"0 rows\"}\n");
    CHECK(differences(small(), evidence_lines(small())) == "");
}

TEST_CASE("each kind of change is named by sheet and cell") {
    const std::string lines = evidence_lines(small());
    auto changed = small();
    changed[0].rows[0][1] = std::string("=1+1");
    CHECK(differences(changed, lines) == "One!B2: `=1+1` in the workbook, `=1+1 _x0041_ & <b>` in the evidence\n");
    changed = small();
    changed[0].rows[0][2] = *parse_instant("2026-11-21T03:41:07Z");
    CHECK(differences(changed, lines) == "One!C2: 2026-11-21T03:41:07Z in the workbook, 2026-11-21T03:40:07Z in the evidence\n");
    changed[0].rows[0][2] = std::string("2026-11-21T03:40:07Z");
    CHECK(differences(changed, lines) == "One!C2: `2026-11-21T03:40:07Z` in the workbook, 2026-11-21T03:40:07Z in the evidence\n");
    changed = small();
    changed[0].rows[1][3] = std::int64_t{1};
    CHECK(differences(changed, lines) == "One!D3: 1 in the workbook, 0 in the evidence\n");
    changed = small();
    changed[0].columns[1].title = "whatever";
    CHECK(differences(changed, lines) == "One!B1: `whatever` in the workbook, `what` in the evidence\n");
    changed = small();
    changed[0].rows.pop_back();
    CHECK(differences(changed, lines).rfind("One!A3: nothing in the workbook, `R2` in the evidence\n", 0) == 0);
    changed = small();
    changed[1].rows.push_back({std::string("R9")});
    CHECK(differences(changed, lines).find("Two!A2: `R9` in the workbook, nothing in the evidence\n") != std::string::npos);
    changed = small();
    changed.pop_back();
    CHECK(differences(changed, lines) == "Two: the sheet is not in the workbook\n");
    changed = small();
    changed.push_back({"Three", {{"x", 8}}, {}, ""});
    CHECK(differences(changed, lines) == "Three: a sheet that is not in the evidence\n");
    changed = small();
    changed[0].columns.push_back({"another", 8});
    changed[0].rows[0].push_back(std::string("x"));
    CHECK(differences(changed, lines) == "One!E1: `another` in the workbook, nothing in the evidence\nOne!E2: `x` in the workbook, nothing in the evidence\n");
}

TEST_CASE("a working paper is the evidence with empty columns for a reviewer, and what is written there is passed over") {
    const std::string lines = evidence_lines(small());
    auto paper = working_paper(small(), std::string(64, 'a'));
    CHECK(paper.front().name == "Working paper");
    CHECK(std::get<std::string>(paper.front().rows[1][1]) == std::string(64, 'a'));
    const std::size_t before = small()[0].columns.size();
    REQUIRE(paper[1].columns.size() == before + std::size(reviewer_columns));
    for (const auto& row : paper[1].rows) CHECK(row.size() == before);
    CHECK(differences(paper, lines) == "");
    paper[1].rows[0].push_back(std::string("J. Tester"));
    paper[1].rows[0].push_back(*parse_instant("2026-12-01T00:00:00Z"));
    CHECK(differences(paper, lines) == "");
    paper[1].rows[1][1] = std::string("line");
    CHECK(differences(paper, lines) == "One!B3: `line` in the workbook, `line\nline` in the evidence\n");
}

TEST_CASE("what is no workbook, or a damaged one, is refused with the reason") {
    const auto why = [](const std::string& bytes) {
        const auto read = read_workbook(bytes);
        const auto* mistake = std::get_if<std::string>(&read);
        return mistake == nullptr ? std::string("read") : *mistake;
    };
    const std::string book = book_of(small());
    CHECK(why("") == "it is no workbook (.xlsx)");
    CHECK(why("no zip") == "it is no workbook (.xlsx)");
    CHECK(why(book) == "read");
    for (std::size_t at = 0; at < book.size(); at += book.size() / 40 + 1) CHECK(why(book.substr(0, at)) != "read");  // the list of parts stands at the end
    std::string mistake;
    compare_workbook(read_back(small()), "{\"columns\":[]}\n", mistake);
    CHECK_FALSE(mistake.empty());
}

TEST_CASE("cells have the names that spreadsheets give them, and escapes are read back") {
    CHECK(cell_name(0, 0) == "A1");
    CHECK(cell_name(9, 25) == "Z10");
    CHECK(cell_name(0, 26) == "AA1");
    CHECK(cell_name(0, 701) == "ZZ1");
    CHECK(cell_name(0, 702) == "AAA1");
    CHECK(unescape_cell("_x005F_x0041_ b") == "_x0041_ b");
    CHECK(unescape_cell("_x00") == "_x00");
}
