// Law files with mistakes, each with the whole text that an author reads; and law files without, each with the
// conditions that are made of them. The first line of a file may ask for options: `<!-- strict lint proposed -->`.

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/support/approval.h"
#include "tests/support/law_files.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::vector<std::string> files_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(DUENOTICE_SOURCE_DIR) + "/tests/" + folder))
        if (entry.path().extension() == ".xml") names.push_back(folder + "/" + entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

LoadOptions options_of(std::string_view text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    LoadOptions options;
    options.today = Date::parse("2026-11-25");
    options.strict_examples = first.find(" strict ") != std::string_view::npos;
    options.lint = first.find(" lint ") != std::string_view::npos;
    options.include_proposed = first.find(" proposed ") != std::string_view::npos;
    return options;
}

/// Without the note on facts that nothing uses: the shared vocabulary is full of them here.
Diagnostics told(const LoadedBook& book) {
    Diagnostics result;
    for (const Diagnostic& item : book.diagnostics.items())
        if (item.code != "DN0360") result.add(item);
    return result;
}

}  // namespace

TEST_CASE("every mistake of a law file is told at its place, all in one run") {
    std::set<std::string> codes;
    for (const std::string& name : files_in("rulefiles/bad")) {
        const SourcePtr source = law_source("tests/" + name + ".xml");
        const LoadedBook book = load_with_testland({source}, options_of(source->text()));
        CHECK(approval_difference("tests/" + name + ".expected", print(told(book))) == "");
        CHECK_FALSE(book.diagnostics.items().empty());
        CHECK(static_cast<bool>(book) == !book.diagnostics.has_errors());
        for (const Diagnostic& item : book.diagnostics.items()) codes.insert(item.code);
    }
    // Every code of the parser and the checker stands in one of the files; two need a vocabulary of their own.
    std::string missing;
    for (int number = 300; number <= 384; ++number) {
        const std::string code = "DN0" + std::to_string(number);
        const bool unused = (number > 323 && number < 341) || number == 307 || number == 360 || number == 369 ||
                            (number >= 310 && number <= 313) || (number > 375 && number < 380);
        if (!unused && codes.count(code) == 0) missing += code + " ";
    }
    CHECK(missing == "");
}

TEST_CASE("a law without mistakes is told nothing, and its parts become whole conditions") {
    for (const std::string& name : files_in("rulefiles/good")) {
        const SourcePtr source = law_source("tests/" + name + ".xml");
        const LoadedBook book = load_with_testland({source}, options_of(source->text()));
        CHECK(print(told(book)) == "");
        if (book) CHECK(approval_difference("tests/" + name + ".expected", compiled_words(**book)) == "");
    }
}
