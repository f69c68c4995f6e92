// Who may include whom, which file alone may include which library, and how files are named: read from the #include
// lines of the sources. The tables below are the project's own copy of its layout.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

/// Engine headers where a report may begin: what it is handed. It may also include whatever these include.
const Lines report_doors = {"engine/assessment.h", "engine/explanation.h", "engine/record/record_view.h",
                            "engine/counting.h", "engine/derivation.h", "engine/recount.h", "engine/projection.h",
                            "engine/zone_set.h"};
/// What no report may reach, even through those: one that needs to ask the law lacks something in the Assessment.
const Lines evaluators = {"engine/assess.h", "engine/evaluator.h", "engine/verdict.h", "engine/reads.h",
                          "engine/flip.h"};

struct Fence {
    std::string header;  ///< begins with this
    Lines files;         ///< may be included by these; `*` at either end of a name stands for anything
};
const std::vector<Fence> fences = {
    {"expat.h", {"rules/xml_reader.cpp"}},
    {"pugixml.hpp", {"reports/*.cpp"}},
    {"boost/date_time/", {"rules/date.cpp"}},
    {"boost/graph/", {"engine/duty_graph.cpp"}},
    {"openssl/", {"rules/fingerprint.cpp", "engine/record/content_key.cpp", "engine/record/signature.cpp", "engine/record/timestamp.cpp"}},
    {"simdjson.h", {"engine/json_reader.cpp"}},
    {"nlohmann/", {"reports/*.cpp", "reports/derivation_json.h", "engine/record/canonical_json.cpp", "tools/import_veris.cpp", "tools/incident_account.cpp"}},
    {"sqlite3.h", {"engine/record/case_database.cpp", "tools/bench/*"}},
    {"unicode/", {"engine/record/lookalike.cpp"}},
    {"zlib.h", {"engine/record/packed_bytes.cpp"}},
    {"xlsxwriter", {"reports/workbook*.cpp", "tools/bench/*"}},
    {"archive", {"reports/*.cpp"}},
    {"cairo", {"reports/*.cpp"}},
    {"pango", {"reports/*.cpp"}},
    {"spdlog/", {"tools/*"}},
    {"pqxx/", {"tools/*"}},
    {"CLI/", {"tools/*"}},
    {"httplib.h", {"tools/serve_command.cpp"}},
    {"benchmark/", {"tools/bench/*"}},
    {"date/", {"tests/*", "tools/bench/*"}},
    {"ql/", {"tools/bench/*"}},
    {"libical/", {"tools/bench/*"}},
    {"fmt/", {"*.cpp"}},
};

/// Clock, disk, environment, locale, threads and chance: for tools/ (and the disk for engine/record/) only.
const std::set<std::string> outside_world = {"fstream", "filesystem", "chrono", "ctime",  "iostream",
                                             "locale",  "clocale",    "random", "thread", "future",
                                             "time.h",  "unistd.h",   "dirent.h",  "fcntl.h"};
const std::set<std::string> banned_words = {"util", "utils",   "common",   "helper", "helpers",
                                            "misc", "manager", "managers", "types"};

struct Include {
    std::string path;
    bool quoted = false;
};

std::vector<Include> includes_of(const std::string& text) {
    std::vector<Include> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto at = line.find_first_not_of(" \t");
        if (at == std::string::npos || line.compare(at, 8, "#include") != 0) continue;
        const auto open = line.find_first_of("<\"", at);
        if (open == std::string::npos) continue;
        const auto close = line.find(line[open] == '<' ? '>' : '"', open + 1);
        found.push_back({line.substr(open + 1, close - open - 1), line[open] == '"'});
    }
    return found;
}

bool begins(const std::string& text, const std::string& with) {
    return text.compare(0, with.size(), with) == 0;
}

bool matches(const std::string& path, const std::string& pattern) {
    const auto star = pattern.find('*');
    if (star == std::string::npos) return path == pattern;
    const std::string tail = pattern.substr(star + 1);
    return begins(path, pattern.substr(0, star)) && path.size() >= pattern.size() - 1 &&
           path.compare(path.size() - tail.size(), tail.size(), tail) == 0;
}

using Sources = std::map<std::string, std::string>;  ///< path from the root -> text

std::set<std::string> reachable(const Sources& sources, const Lines& from) {
    std::set<std::string> seen;
    const std::function<void(const std::string&)> visit = [&](const std::string& path) {
        const auto file = sources.find(path);
        if (file == sources.end() || !seen.insert(path).second) return;
        for (const Include& include : includes_of(file->second))
            if (include.quoted) visit(include.path);
    };
    for (const std::string& path : from) visit(path);
    return seen;
}

bool may_include(const Sources& sources, const std::string& file, const std::string& header) {
    const bool record = begins(header, "engine/record/");
    if (begins(file, "rules/")) return begins(header, "rules/");
    if (begins(file, "engine/record/")) return begins(header, "rules/") || begins(header, "engine/");
    if (begins(file, "engine/")) return begins(header, "rules/") || (begins(header, "engine/") && !record);
    if (begins(file, "reports/"))
        return begins(header, "rules/") || begins(header, "reports/") ||
               reachable(sources, report_doors).count(header) > 0;
    return begins(file, "tools/") && !begins(header, "tests/");
}

bool is_standard(const std::string& header) {
    return header.find_first_of("./") == std::string::npos;
}
bool is_posix(const std::string& header) {
    static const std::set<std::string> known = {"dirent.h", "fcntl.h", "unistd.h", "poll.h", "time.h", "termios.h", "signal.h"};
    return known.count(header) > 0 || begins(header, "sys/") || begins(header, "netinet/") || begins(header, "arpa/");
}

void check_include(const Sources& sources, const std::string& file, const Include& include, Lines& problems) {
    const std::string told = file + " includes " + include.path;
    if (include.quoted) {
        if (include.path.find("..") != std::string::npos || include.path.find('/') == std::string::npos)
            problems.push_back(told + ": write the path from the root");
        else if (sources.count(include.path) == 0)
            problems.push_back(told + ": there is no such file");
        else if (!may_include(sources, file, include.path))
            problems.push_back(told + ": against the order of the folders");
        return;
    }
    if (!begins(file, "tools/") && !begins(file, "engine/record/") && outside_world.count(include.path) > 0)
        problems.push_back(told + ": only tools/ meets the outside world");
    if (is_standard(include.path)) return;
    if (is_posix(include.path)) {
        if (!begins(file, "tools/") && !begins(file, "engine/record/"))
            problems.push_back(told + ": only tools/ meets the outside world");
        return;
    }
    const auto fence = std::find_if(fences.begin(), fences.end(),
                                    [&](const Fence& each) { return begins(include.path, each.header); });
    if (fence == fences.end())
        problems.push_back(told + ": no fence is known for this library");
    else if (std::none_of(fence->files.begin(), fence->files.end(),
                          [&](const std::string& pattern) { return matches(file, pattern); }))
        problems.push_back(told + ": the library is kept to " + fence->files.front());
}

void check_name(const std::string& file, Lines& problems) {
    const std::string stem = fs::path(file).stem().string();
    if (stem.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        problems.push_back(file + ": names are snake_case");
    std::istringstream words(stem);
    for (std::string word; std::getline(words, word, '_');)
        if (banned_words.count(word) > 0) problems.push_back(file + ": `" + word + "` says nothing");
}

Lines problems_of(const Sources& sources) {
    Lines problems;
    for (const auto& [file, text] : sources) {
        check_name(file, problems);
        if (fs::path(file).extension() == ".h" && text.find("#pragma once") == std::string::npos)
            problems.push_back(file + ": has no #pragma once");
        for (const Include& include : includes_of(text)) check_include(sources, file, include, problems);
    }
    const auto seen = reachable(sources, report_doors);
    for (const std::string& header : evaluators)
        if (seen.count(header) > 0) problems.push_back(header + " is reached from what reports may include");
    return problems;
}

Sources read_sources(const Lines& folders) {
    const fs::path root = DUENOTICE_SOURCE_DIR;
    Sources sources;
    for (const std::string& folder : folders) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension != ".h" && extension != ".cpp") continue;
            std::ifstream file(entry.path(), std::ios::binary);
            sources[fs::relative(entry.path(), root).generic_string()] = {std::istreambuf_iterator<char>(file), {}};
        }
    }
    return sources;
}

/// Units (`engine/x` is x.h and x.cpp) that include each other, in the order in which they are met.
Lines mutual(const Sources& sources) {
    std::map<std::string, std::set<std::string>> uses;
    const auto unit = [](const std::string& path) { return fs::path(path).replace_extension().generic_string(); };
    for (const auto& [file, text] : sources)
        for (const Include& include : includes_of(text))
            if (include.quoted && unit(include.path) != unit(file)) uses[unit(file)].insert(unit(include.path));
    Lines found;
    for (const auto& [from, to] : uses)
        for (const std::string& other : to)
            if (from < other && uses[other].count(from) > 0) found.push_back(from + " and " + other);
    return found;
}

std::string joined(const Lines& lines) {
    std::string out;
    for (const std::string& line : lines) out += "\n  " + line;
    return out;
}

const Lines code_folders = {"rules", "engine", "reports", "tools"};

}  // namespace

TEST_CASE("folders include in one direction, libraries stay in their file, names say something") {
    const Sources sources = read_sources(code_folders);
    REQUIRE(sources.size() > 50);
    const Lines problems = problems_of(sources);
    INFO(joined(problems));
    CHECK(problems.empty());
}

TEST_CASE("tests are named like code and include by the path from the root") {
    Lines problems;
    for (const auto& [file, text] : read_sources({"tests"})) {
        check_name(file, problems);
        for (const Include& include : includes_of(text))
            if (include.path.find("..") != std::string::npos) problems.push_back(file + " includes " + include.path);
    }
    INFO(joined(problems));
    CHECK(problems.empty());
}

TEST_CASE("files keep to their size") {
    Lines large, too_large;
    for (const auto& [file, text] : read_sources(code_folders)) {
        const auto lines = std::count(text.begin(), text.end(), '\n');
        const std::string told = file + " has " + std::to_string(lines) + " lines";
        if (lines > 600)
            too_large.push_back(told);
        else if (lines > (fs::path(file).extension() == ".h" ? 200 : 500))
            large.push_back(told);
    }
    if (!large.empty()) WARN("two nouns in one file?" << joined(large));
    INFO(joined(too_large));
    CHECK(too_large.empty());
}

TEST_CASE("headers do not include each other in a circle") {
    Sources headers;
    for (const auto& [file, text] : read_sources(code_folders))
        if (fs::path(file).extension() == ".h") headers[file] = text;
    Lines circles;
    for (const auto& [file, text] : headers) {
        Lines next;
        for (const Include& include : includes_of(text))
            if (include.quoted) next.push_back(include.path);
        if (reachable(headers, next).count(file) > 0) circles.push_back(file);
    }
    INFO(joined(circles));
    CHECK(circles.empty());
    const Lines both = mutual(read_sources(code_folders));
    if (!both.empty()) WARN("units that use each other:" << joined(both));
}

TEST_CASE("each rule of the layout is noticed when it is broken") {
    const auto problem = [](const std::string& file, const std::string& line) {
        Sources sources = {{"rules/date.h", "#pragma once\n"},
                           {"engine/assessment.h", "#pragma once\n#include \"engine/deadline.h\"\n"},
                           {"engine/deadline.h", "#pragma once\n"},
                           {"engine/counting_steps.h", "#pragma once\n"},
                           {"engine/record/entry.h", "#pragma once\n"},
                           {"reports/text.h", "#pragma once\n"},
                           {"tools/disk.h", "#pragma once\n"}};
        sources[file] = line + "\n";
        const Lines problems = problems_of(sources);
        return problems.empty() ? std::string() : problems.front().substr(problems.front().rfind(": ") + 2);
    };
    const std::string order = "against the order of the folders";
    CHECK(problem("engine/x.cpp", "#include \"rules/date.h\"").empty());
    CHECK(problem("rules/x.cpp", "#include \"engine/deadline.h\"") == order);
    CHECK(problem("engine/x.cpp", "#include \"reports/text.h\"") == order);
    CHECK(problem("engine/x.cpp", "  #include \"engine/record/entry.h\"") == order);
    CHECK(problem("engine/record/x.cpp", "#include \"engine/deadline.h\"").empty());
    CHECK(problem("engine/record/x.cpp", "#include \"reports/text.h\"") == order);
    CHECK(problem("reports/x.cpp", "#include \"engine/deadline.h\"").empty());
    CHECK(problem("reports/x.cpp", "#include \"engine/counting_steps.h\"") == order);
    CHECK(problem("reports/x.cpp", "#include \"tools/disk.h\"") == order);
    CHECK(problem("tools/x.cpp", "#include \"engine/record/entry.h\"").empty());
    CHECK(problem("rules/x.cpp", "#include \"../rules/date.h\"") == "write the path from the root");
    CHECK(problem("rules/x.cpp", "#include \"date.h\"") == "write the path from the root");
    CHECK(problem("rules/x.cpp", "#include \"rules/none.h\"") == "there is no such file");
    CHECK(problem("rules/x.cpp", "#include <expat.h>") == "the library is kept to rules/xml_reader.cpp");
    CHECK(problem("rules/xml_reader.cpp", "#include <expat.h>").empty());
    CHECK(problem("engine/x.h", "#pragma once\n#include <fmt/format.h>") == "the library is kept to *.cpp");
    CHECK(problem("reports/x.cpp", "#include <xlsxwriter.h>") == "the library is kept to reports/workbook*.cpp");
    CHECK(problem("reports/workbook_parts.cpp", "#include <xlsxwriter.h>").empty());
    CHECK(problem("rules/x.cpp", "#include <yaml-cpp/yaml.h>") == "no fence is known for this library");
    CHECK(problem("engine/x.cpp", "#include <chrono>") == "only tools/ meets the outside world");
    CHECK(problem("engine/x.cpp", "#include <sys/stat.h>") == "only tools/ meets the outside world");
    CHECK(problem("tools/x.cpp", "#include <sys/stat.h>\n#include <chrono>").empty());
    CHECK(problem("rules/string_utils.h", "#pragma once") == "`utils` says nothing");
    CHECK(problem("rules/StringParts.cpp", "") == "names are snake_case");
    CHECK(problem("rules/x.h", "") == "has no #pragma once");
    CHECK(problem("engine/deadline.h", "#pragma once\n#include \"engine/evaluator.h\"") == "there is no such file");
}
