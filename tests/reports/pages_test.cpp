#include <cstdio>
#include <filesystem>
#include <set>

#include <catch2/catch.hpp>

#include "reports/escape.h"
#include "reports/evidence.h"
#include "reports/html.h"
#include "reports/ics.h"
#include "reports/outlook.h"
#include "reports/workbook.h"
#include "tests/support/report_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string output_of(const std::string& command) {
    std::string said;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
    pclose(pipe);
    return said;
}

/// The XML of one sheet of a workbook with these sheets.
std::string sheet_xml(const std::vector<Sheet>& sheets, int number) {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "duenotice-pages-test";
    std::filesystem::create_directories(folder);
    const std::string file = (folder / "book.xlsx").string();
    REQUIRE(write_workbook(sheets, {"title", "subject", "footer", Instant{0}}, file, folder.string()).empty());
    const std::string xml = output_of("python3 -c \"import zipfile,sys; sys.stdout.write(zipfile.ZipFile('" + file + "').read('xl/worksheets/sheet" + std::to_string(number) + ".xml').decode())\"");
    std::filesystem::remove_all(folder);
    return xml;
}

}  // namespace

TEST_CASE("the page has a row for every duty that is owed or open and names no fact by its id in a note") {
    const Reported reported(report_account());
    const std::string page = page_html(reported.context());
    for (const Duty& duty : reported.assessment().duties)
        if (duty.verdict != Verdict::NotOwed) CHECK(has(page, "<tr id=\"" + escape_html(file_name(duty.id)) + "\">"));
    CHECK(has(page, "72 hours from the earliest of awareness of the incident"));
    CHECK_FALSE(has(page, "entity.aware_at"));
    CHECK_FALSE(has(page, "earliest of (entity"));
}

TEST_CASE("page and summary begin with what is next, and with what no law covers") {
    const Reported reported(report_account());
    for (const std::string& text : {page_html(reported.context()), summary_html(reported.context())}) {
        CHECK(has(text, "<b>Next:</b> 1 OWED duty without a number: now"));
        CHECK(has(text, "<b>Not covered:</b>"));
        CHECK(text.find("<b>Next:</b>") < text.find("<table"));
    }
}

TEST_CASE("the summary names an owner or says that nobody is named, and short names") {
    const Reported reported(report_account());
    const std::string text = summary_html(reported.context());
    CHECK(has(text, "nobody named"));
    CHECK(has(text, "<td>AG</td>"));
    CHECK_FALSE(has(text, "The bank of the tests"));
}

TEST_CASE("a question about several entities is one question; what it touches is counted once") {
    const Reported reported(report_account());
    const std::vector<AskedQuestion> asked = asked_questions(reported.context());
    std::set<FactId> facts;
    for (const AskedQuestion& one : asked) CHECK(facts.insert(one.question->ground.fact).second);
    for (const Question& question : reported.assessment().questions) CHECK(facts.count(question.ground.fact) == 1);
    AskedQuestion made;
    made.duties = {"a", "b"};
    CHECK(made.effect() == "touches 2 duties");
    made.settled = 1;
    CHECK(made.effect() == "settles 1 of the 2 duties it touches");
    made.settled = 2;
    CHECK(made.effect() == "settles 2 duties");
    made.where = {"x", "y", "z", "w"};
    CHECK(made.where_words() == "x; y; z; and 1 more");
    CHECK(made.effect() == "touches 2 duties");
}

TEST_CASE("the time as of which all is said names each zone once and a day only where it is another") {
    const Reported reported(report_account(), "2026-11-21T20:00:00+01:00");
    CHECK(as_of_words(reported.context()) == "As of Sat 21 Nov 2026 20:00 Berlin, 19:00 UTC, Sun 03:00 Singapore");
}

TEST_CASE("a row of the workbook is as high as its longest text; wide sheets keep their ids in sight and spread over pages") {
    Sheet narrow{"Narrow", {{"item", 10}, {"value", 20}}, {{std::string("one"), std::string("short")}, {std::string("two"), std::string("words that need three lines or more in a column of twenty")}}, ""};
    Sheet wide{"Wide", {}, {{}}, ""};
    for (int i = 0; i < 12; ++i) {
        wide.columns.push_back({"column " + std::to_string(i), 30});
        wide.rows[0].emplace_back(std::string("x"));
    }
    const std::string first = sheet_xml({narrow, wide}, 1), second = sheet_xml({narrow, wide}, 2);
    CHECK(has(first, "<row r=\"2\""));
    CHECK_FALSE(has(first, "<row r=\"2\" spans=\"1:2\" ht="));
    CHECK((has(first, "<row r=\"3\" spans=\"1:2\" ht=\"60\"") || has(first, "<row r=\"3\" ht=\"60\"")));
    CHECK(has(first, "ySplit=\"1\""));
    CHECK_FALSE(has(first, "xSplit"));
    CHECK(has(second, "xSplit=\"2\""));
    CHECK(has(second, "fitToWidth=\"2\""));
}

TEST_CASE("a calendar entry says the act, the provision, the limit on both clocks and the owner") {
    const Reported reported(report_account());
    std::string text = deadlines_ics(reported.context());
    for (std::size_t at; (at = text.find("\r\n ")) != std::string::npos;) text.erase(at, 3);
    CHECK(has(text, "DESCRIPTION:notify: Notify the supervisor\\; Land Data Act Article 1\\; reading grade C\\; safe limit Mon 23 Nov 2026 19:05 Berlin = 2026-11-23T18:05:00Z"));
    CHECK(has(text, "owner: nobody named"));
    CHECK(has(text, "SUMMARY:OPEN INC-1 test.notify due (AG)"));
}

TEST_CASE("the summary sheet says first what is next") {
    const Reported reported(report_account());
    for (const Sheet& sheet : evidence_sheets(reported.context()))
        if (sheet.name == "Summary") CHECK(std::get<std::string>(sheet.rows.front()[1]) == "1 OWED duty without a number: now: Tell the clients [Land Data Act], AG");
}
