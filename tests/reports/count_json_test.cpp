#include "reports/count_json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

TEST_CASE("the list of counting laws is one JSON object a law, with every citation and unit") {
    std::istringstream lines(counting_laws_json_lines(counting_laws()));
    std::size_t at = 0;
    for (std::string line; std::getline(lines, line); ++at) {
        const auto json = nlohmann::json::parse(line);
        const CountingLaw& law = counting_laws().laws[at];
        CHECK(json.at("rule") == law.id);
        CHECK(json.at("citations").size() == law.citations.size());
        CHECK(json.at("readings").size() == law.readings.size());
        for (std::size_t i = 0; i < law.readings.size(); ++i) {
            for (const auto& unit : json.at("readings")[i].at("units")) {
                const auto known = find_unit(unit.get<std::string>());
                REQUIRE(known);
                CHECK(law.readings[i].covers(*known));
            }
        }
    }
    CHECK(at == counting_laws().laws.size());
}

TEST_CASE("the list of counting laws in words names each law, its provisions and what it refuses") {
    const std::string text = counting_laws_text(counting_laws());
    CHECK(text.find("plain  Plain count\n") != std::string::npos);
    CHECK(text.find("  minutes, hours: elapsed time\n") != std::string::npos);
    CHECK(text.find("  hours: hour of the event excluded [Article 3(1)]\n") != std::string::npos);
    CHECK(text.find("  hours: refused, Form 8-K counts business days\n") != std::string::npos);
    CHECK(text.find("  Article 3(4) (http://data.europa.eu/eli/reg/1971/1182/oj), checked 2026-11-25, grade C\n") !=
          std::string::npos);
}

TEST_CASE("an answer keeps a number as id and quotes what is not one") {
    CHECK(count_error_line("7", true, "c", "m") == R"({"id":7,"error":{"code":"c","message":"m"}})");
    CHECK(count_error_line("7", false, "c", "m") == R"({"id":"7","error":{"code":"c","message":"m"}})");
    CHECK(count_error_line("", false, "c", "a \"b\"\n") == R"({"id":null,"error":{"code":"c","message":"a \"b\"\n"}})");
    CHECK(count_error_line("\xff", false, "c", "m") ==
          "{\"id\":\"\xEF\xBF\xBD\",\"error\":{\"code\":\"c\",\"message\":\"m\"}}");
}
