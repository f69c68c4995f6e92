#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "engine/calendar.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

TEST_CASE("every calendar in jurisdictions is read, and all of them work out together") {
    const std::filesystem::path root = DUENOTICE_SOURCE_DIR;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "jurisdictions")) {
        if (entry.path().filename() == "calendar.xml") {
            paths.push_back(entry.path().lexically_relative(root).generic_string());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<CalendarSpec> specs;
    for (const std::string& path : paths) {
        const auto parsed = parse_calendars(source_file(path));
        INFO(print(parsed.diagnostics));
        REQUIRE(parsed);
        specs.insert(specs.end(), parsed->begin(), parsed->end());
    }
    const auto compiled = compile_calendars(specs);
    INFO(print(compiled.diagnostics));
    REQUIRE(compiled);
    for (const auto& held : compiled->calendars) {
        const Calendar& calendar = *held;
        INFO(calendar.id());
        const std::int64_t days = days_between(calendar.first_day(), calendar.last_day()) + 1;
        const auto working = calendar.count(calendar.first_day(), calendar.last_day().plus_days(1));
        REQUIRE(working);
        // More than a third and less than six sevenths of the days of any real calendar are working days.
        CHECK(*working * 3 > days);
        CHECK(*working * 7 <= days * 6);
        CHECK(calendar.spec().source.rfind("http", 0) == 0);
    }
}
