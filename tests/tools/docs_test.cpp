// What README, CONTRIBUTING and the pages of folders show works: each command in a block runs on the sample incident, each
// command and option in the text is there, and each file that is named exists.

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <sstream>

#include "tests/support/approval.h"
#include "tests/tools/program_run.h"

using namespace duenotice::test;
namespace fs = std::filesystem;

namespace {

const fs::path root(DUENOTICE_SOURCE_DIR);

std::vector<std::string> pages() {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".md") && name != "CHANGELOG.md") found.push_back(name);
        if (entry.is_directory() && fs::exists(entry.path() / "README.md")) found.push_back(name + "/README.md");
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string trimmed(std::string text) {
    // A comment follows after ` #`, or after the wide gap of a table of commands.
    text = text.substr(0, std::min(text.find(" #"), text.find("   ")));
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

/// Lines of code blocks that begin with a command.
std::vector<std::string> block_lines(const std::string& page, const std::string& command) {
    std::vector<std::string> found;
    std::istringstream lines(file_text(page));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("```", 0) == 0) inside = !inside;
        else if (inside && line.rfind(command, 0) == 0) found.push_back(trimmed(line));
    }
    return found;
}

/// What stands between single backticks outside of blocks.
std::vector<std::string> spans(const std::string& page) {
    std::vector<std::string> found;
    std::istringstream lines(file_text(page));
    std::string text;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("```", 0) == 0) inside = !inside;
        else if (!inside) text += line + " ";
    }
    for (std::size_t at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
        const std::size_t end = text.find('`', at + 1);
        if (end == std::string::npos) break;
        found.push_back(text.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return found;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

void samples(const ProgramFolder& folder) {
    folder.copy("tests/cases/samples/simple.json", "incident.json");
    std::string line = file_text("tests/cases/samples/simple.json"), other;
    std::replace(line.begin(), line.end(), '\n', ' ');
    other = line;
    other.replace(other.find("INC-2026-0007"), 13, "INC-2026-0008");
    folder.write("portfolio.jsonl", line + "\n" + other + "\n");
    folder.copy("tests/cases/samples/group.json", "group.json");
    folder.copy("tests/cases/samples/simple.json", "old.json");
    folder.copy("tests/cases/samples/simple.json", "new.json");
    folder.write("requests.jsonl", R"({"id":"a","start":"2026-04-01","zone":"Europe/Berlin","amount":3,"unit":"days","rule":"plain"})" "\n");
}

}  // namespace

TEST_CASE("every command in a block of the pages does what it says on the sample incident", "[program]") {
    std::size_t count = 0;
    for (const std::string& page : pages())
        for (std::string line : block_lines(page, "duenotice ")) {
            if (line.rfind("duenotice law check", 0) == 0) line += " --help";  // runs for minutes; the law has tests of its own
            INFO(page << ": " << line);
            const ProgramFolder folder;
            samples(folder);
            const ProgramRun run = run_in(folder, R"(duenotice() { command duenotice --as-of 2026-11-23T09:00+01:00 "$@"; })" "\n" + line, std::string(200, '\n'));
            CHECK(run.code == 0);
            CHECK(run.err.find("error") == std::string::npos);
            ++count;
        }
    CHECK(count >= 9);
}

TEST_CASE("scripts that the pages show are there and can be run", "[program]") {
    std::size_t count = 0;
    for (const std::string& page : pages())
        for (const std::string& line : block_lines(page, "tools/")) {
            INFO(page << ": " << line);
            const fs::path script = root / words_of(line).front();
            CHECK(fs::exists(script));
            CHECK((fs::status(script).permissions() & fs::perms::owner_exec) != fs::perms::none);
            ++count;
        }
    CHECK(count >= 2);
}

TEST_CASE("each command and option that the text of a page names is one of the program", "[program]") {
    const ProgramFolder folder;
    const std::string global = run_in(folder, "duenotice --help").out;
    for (const std::string& page : pages())
        for (const std::string& span : spans(page)) {
            if (span.rfind("duenotice ", 0) != 0) continue;
            INFO(page << ": " << span);
            std::string command;
            std::vector<std::string> options;
            bool named = true;
            for (const std::string& word : words_of(span)) {
                if (word.rfind("--", 0) == 0) options.push_back(word);
                else if (named && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) command += word + " ";
                else named = false;
            }
            const ProgramRun help = run_in(folder, command + "--help");
            CHECK(help.code == 0);
            for (const std::string& option : options) {
                INFO(option);
                CHECK((help.out.find(option) != std::string::npos || global.find(option) != std::string::npos));
            }
        }
}

TEST_CASE("each file that the text of a page names is there") {
    const std::set<std::string> tops = {"rules", "engine", "reports", "jurisdictions", "tests", "tools"};
    for (const std::string& page : pages())
        for (const std::string& span : spans(page)) {
            const std::size_t slash = span.find('/');
            if (slash == std::string::npos || tops.count(span.substr(0, slash)) == 0) continue;
            if (span.find_first_of(" <>*{}$") != std::string::npos) continue;
            INFO(page << ": " << span);
            const fs::path path = root / span;
            CHECK((fs::exists(path) || fs::exists(path.string() + ".h") || fs::exists(path.string() + ".cpp")));
        }
}
