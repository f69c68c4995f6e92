// Every block of jurisdictions/FALSEHOODS.md and ARGUED.md that is marked `count` is run: lines in pairs, a request and its answer under the
// law and the calendars that ship. An answer shows the ends, or the code of the refusal, and what else it cares to show.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "engine/count_request.h"
#include "reports/count_json.h"
#include "tests/support/shipped_world.h"
#include "tests/support/system_zones.h"

using namespace duenotice;
using namespace duenotice::test;
using Json = nlohmann::json;

namespace {

struct Falsehood {
    std::string title;
    std::vector<std::string> lines;
};

std::vector<Falsehood> worked_out_in(const std::string& page) {
    std::ifstream file(DUENOTICE_SOURCE_DIR "/jurisdictions/" + page);
    std::vector<Falsehood> found;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("**", 0) == 0) found.push_back({line, {}});
        if (line.rfind("```", 0) == 0) inside = line == "```count";
        else if (inside) found.back().lines.push_back(line);
    }
    return found;
}

Json answer_to(CountSession& session, const std::string& line) {
    const CountAnswer answer = session.answer(line);
    if (const auto* error = std::get_if<CountError>(&answer.outcome)) return Json::parse(count_error_line(answer.id, answer.id_is_number, error->code, error->message));
    return Json::parse(count_answer_line(answer.id, answer.id_is_number, answer.request, std::get<CountResult>(answer.outcome)));
}

/// The members of `answer` that `shown` has, and those that no reader may miss.
Json as_shown(const Json& answer, const Json& shown) {
    Json result = Json::object();
    for (const auto& [name, value] : answer.items()) {
        const bool needed = name == "end_utc" || name == "maximum_utc" || name == "last_day" || name == "estimated" || name == "error";
        if (shown.contains(name)) result[name] = value.is_object() && name == "error" ? as_shown(value, shown.at(name)) : value;
        else if (needed) result[name] = value;
    }
    return result;
}

}  // namespace

TEST_CASE("each falsehood about deadlines has an example that shows it, and each argued duty comes to its date") {
    const auto [page, least] = GENERATE(table<std::string, std::size_t>({{"FALSEHOODS.md", 25}, {"ARGUED.md", 10}}));
    const World& world = shipped_world();
    CountSession session({&world.law->counting, &system_zones(), [&world](std::string_view id) { return world.calendars->find(id); }});
    const auto all = worked_out_in(page);
    REQUIRE(all.size() >= least);
    std::set<std::string> ids;
    for (const Falsehood& falsehood : all) {
        INFO(falsehood.title);
        REQUIRE_FALSE(falsehood.lines.empty());
        REQUIRE(falsehood.lines.size() % 2 == 0);
        for (std::size_t i = 0; i < falsehood.lines.size(); i += 2) {
            const Json shown = Json::parse(falsehood.lines[i + 1]);
            CHECK(as_shown(answer_to(session, falsehood.lines[i]), shown) == shown);
            CHECK(ids.insert(shown.at("id")).second);
        }
    }
}
