// The law that ships, and the hard constructs of Testland, load as one book each without a mistake.

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "tests/support/law_files.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Every law file below a folder, in the order of paths; calendars have a reader of their own.
std::vector<SourcePtr> sources_below(const std::string& folder) {
    const std::filesystem::path root(DUENOTICE_SOURCE_DIR);
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() == ".xml" && name != "calendar.xml" && name != "calendars.xml")
            paths.push_back(entry.path().lexically_relative(root).generic_string());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<SourcePtr> sources;
    for (const std::string& path : paths) sources.push_back(law_source(path));
    return sources;
}

/// Without those about examples: an obligation may land with the examples of one side only.
std::string errors_of(const LoadedBook& book) {
    Diagnostics errors;
    for (const Diagnostic& item : book.diagnostics.items()) {
        if (item.severity == Severity::Error && item.code != "DN0355") errors.add(item);
        if (item.code == "DN0355") WARN(item.message);
    }
    return print(errors);
}

}  // namespace

TEST_CASE("the law that ships is without mistakes: cited and addressed") {
    LoadOptions options;
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    options.today = Date::from_days(static_cast<std::int32_t>(today.time_since_epoch().count()));  // nothing was checked tomorrow
    const LoadedBook book = load_rulebook(sources_below("jurisdictions"), options);
    CHECK(errors_of(book) == "");
    REQUIRE(book);
    CHECK((*book)->obligations.size() >= 10);
    options.strict_examples = true;
    CHECK(errors_of(load_rulebook(sources_below("jurisdictions"), options)) == "");
}

TEST_CASE("the law of Testland is without mistakes, its hard constructs included") {
    std::vector<SourcePtr> sources = sources_below("tests/testland");
    for (const char* shared : {"jurisdictions/_shared/vocabulary.xml", "jurisdictions/_shared/counting.xml"})
        sources.insert(sources.begin(), law_source(shared));
    const LoadedBook book = load_rulebook(sources);
    CHECK(errors_of(book) == "");
}
