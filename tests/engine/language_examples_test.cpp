// The blocks of rules/LANGUAGE.md that are marked `law` load without a word and do what their examples say; each line of
// the blocks marked `facts` is read as the account of an incident.

#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "engine/examples.h"
#include "tests/support/law_files.h"
#include "tests/support/system_zones.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::vector<std::string> blocks(const std::string& mark) {
    std::ifstream file(std::string(DUENOTICE_SOURCE_DIR) + "/rules/LANGUAGE.md");
    std::vector<std::string> found;
    bool inside_block = false;
    for (std::string line; std::getline(file, line);) {
        if (line == "```" + mark) {
            inside_block = true;
            found.emplace_back();
        } else if (line.rfind("```", 0) == 0) {
            inside_block = false;
        } else if (inside_block) {
            found.back() += line + "\n";
        }
    }
    return found;
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    return result;
}

/// What loading the laws and running their examples says.
std::string told(const std::vector<SourcePtr>& laws, std::uint32_t& examples) {
    LoadOptions options;
    options.today = Date::parse("2026-11-25");
    const LoadedBook book = load_with_testland(laws, options);
    if (!book) return print(book.diagnostics);
    const ExampleRun run = run_examples({*book, system_zones(), std::make_shared<const CalendarSet>()});
    examples += run.examples;
    return print(book.diagnostics) + print(run.diagnostics);
}

}  // namespace

TEST_CASE("the laws in the language page load, and their examples hold") {
    const std::vector<std::string> laws = blocks("law");
    REQUIRE_FALSE(laws.empty());
    std::uint32_t examples = 0;
    for (const std::string& law : laws) CHECK(told({law_text("LANGUAGE.md", law)}, examples) == "");
    CHECK(examples >= 2);
}

TEST_CASE("the short facts in the language page are read") {
    std::vector<std::string> lines;
    for (const std::string& block : blocks("facts"))
        for (std::size_t from = 0, end = 0; (end = block.find('\n', from)) != std::string::npos; from = end + 1)
            lines.push_back(block.substr(from, end - from));
    REQUIRE(lines.size() >= 15);
    std::string law =
        "<law language=\"1\" id=\"xa.any\" title=\"Any\" place=\"XA\"><obligation id=\"xa.any.one\" title=\"One\">"
        "<version checked=\"2026-11-25\" grade=\"U\"><cite provision=\"1\"/><when>true</when></version>\n";
    for (const std::string& line : lines)
        law += "<example name=\"" + escaped(line) + "\" as-of=\"2026-03-11T09:00+01:00\" owed=\"yes\">" + escaped(line) +
               "</example>\n";
    law += "</obligation></law>";
    std::uint32_t examples = 0;
    CHECK(told({law_text("notice.xml", blocks("law").front()), law_text("facts.xml", law)}, examples) == "");
    CHECK(examples >= lines.size());
}
