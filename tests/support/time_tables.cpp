#include "tests/support/time_tables.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

namespace duenotice::test {

namespace {

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    INFO("file " << path);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::vector<std::vector<std::string>> read_table(std::string_view name, std::size_t columns) {
    std::istringstream in(read_file(std::string(DUENOTICE_SOURCE_DIR "/tests/tables/") + std::string(name)));
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string> row;
        std::size_t at = 0;
        while (row.size() + 1 < columns) {
            const std::size_t comma = line.find(',', at);
            INFO(line);
            REQUIRE(comma != std::string::npos);
            row.push_back(line.substr(at, comma - at));
            at = comma + 1;
        }
        row.push_back(line.substr(at));
        rows.push_back(std::move(row));
    }
    REQUIRE_FALSE(rows.empty());
    return rows;
}

SourcePtr source_file(std::string_view path_from_root) {
    const std::string path(path_from_root);
    return std::make_shared<const SourceText>(path, read_file(std::string(DUENOTICE_SOURCE_DIR "/") + path));
}

const CountingLaws& counting_laws() {
    static const CountingLaws laws = [] {
        auto parsed = parse_counting_laws(source_file("jurisdictions/_shared/counting.xml"));
        if (!parsed) FAIL(print(parsed.diagnostics));
        return *std::move(parsed.value);
    }();
    return laws;
}

const CountingLaw& counting_law(std::string_view id) {
    const CountingLaw* law = counting_laws().find(id);
    INFO("counting law " << id);
    REQUIRE(law);
    return *law;
}

const CalendarSet& test_calendars() {
    static const CalendarSet calendars = [] {
        const auto specs = parse_calendars(source_file("tests/tables/calendars.xml"));
        if (!specs) FAIL(print(specs.diagnostics));
        auto compiled = compile_calendars(*specs);
        if (!compiled) FAIL(print(compiled.diagnostics));
        return *std::move(compiled.value);
    }();
    return calendars;
}

const Calendar* test_calendar(std::string_view id) {
    if (id == "-") return nullptr;
    const Calendar* calendar = test_calendars().find(id);
    INFO("calendar " << id);
    REQUIRE(calendar);
    return calendar;
}

Instant instant(std::string_view text) {
    const auto parsed = parse_instant(text);
    INFO("instant " << text);
    REQUIRE(parsed);
    return *parsed;
}

Date day(std::string_view text) {
    const auto parsed = Date::parse(text);
    INFO("day " << text);
    REQUIRE(parsed);
    return *parsed;
}

Period period(std::string_view amount, std::string_view unit) {
    const auto known = find_unit(unit);
    INFO("unit " << unit);
    REQUIRE(known);
    std::istringstream in{std::string(amount)};
    Period result;
    result.unit = *known;
    in >> result.amount;
    if (*known == PeriodUnit::YearsMonthsDays) in >> result.months >> result.days;
    REQUIRE(in);
    return result;
}

}  // namespace duenotice::test
