#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "rules/rulebook.h"
#include "tests/support/time_tables.h"

// What law files say of promises and house rules: grade O, the fact that adopts them, amounts and calendars from facts.

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr std::string_view grid = R"(<limb counting="plain"><start>house.started_at</start><amount fact="house.status_every"/></limb>)";

/// The codes of all mistakes of a law with this attribute and this clock, blank separated.
std::string mistakes(std::string_view adopted, std::string_view clock, std::string_view each = "entity", std::string_view grade = "O") {
    const std::string law = fmt::format(R"(<law language="1" id="own" title="Own rules"{}>
  <obligation id="own.status" title="Status" each="{}" act="tell">
    <version checked="2026-11-25" grade="{}"><cite provision="own rule">words</cite><when>entity.affected is yes</when><clock>{}</clock></version>
    <example name="owed" owed="yes">entity.affected is yes</example>
    <example name="not owed" owed="no">entity.affected is no</example>
  </obligation>
</law>)", adopted, each, grade, clock);
    const auto book = load_rulebook(std::vector<SourcePtr>{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"),
                                                           std::make_shared<const SourceText>("own.xml", law)});
    std::string codes;
    for (const Diagnostic& diagnostic : book.diagnostics.items()) codes += (codes.empty() ? "" : " ") + std::string(diagnostic.code);
    return codes;
}

}  // namespace

TEST_CASE("a version may say that no law stands behind it, and no other letter is a grade") {
    CHECK(mistakes("", grid).empty());
    CHECK(mistakes("", grid, "entity", "X") == "DN0315");
}

TEST_CASE("own rules are adopted by a yes/no fact of the entity") {
    CHECK(mistakes(R"( adopted="house.in_use")", grid).empty());
    CHECK(mistakes(R"( adopted="house.in_us")", grid) == "DN0373");
    CHECK(mistakes(R"( adopted="house.severity")", grid) == "DN0373");
    CHECK(mistakes(R"( adopted="data.personal")", grid) == "DN0373");
}

TEST_CASE("a repetition takes its interval from a duration fact and may end only by a decided outcome") {
    const auto repeat = [](std::string_view attributes, std::string_view children) { return fmt::format("{}<repeat {}>{}</repeat>", grid, attributes, children); };
    const std::string_view until = "<start>house.started_at</start><until>judged.house_all_clear.decided_at</until>";
    CHECK(mistakes("", repeat(R"(every-fact="house.status_every")", std::string(until) + "<ended-when>judged.house_all_clear is ended</ended-when>")).empty());
    CHECK(mistakes("", repeat(R"(every-fact="house.severity")", until)) != "");
    CHECK(mistakes("", repeat(R"(every="4 hours" every-fact="house.status_every")", until)) == "DN0304");
    CHECK(mistakes("", repeat(R"(every="4 hours")", "<ended-when>judged.house_all_clear is ended</ended-when>")) == "DN0304");
    CHECK(mistakes("", repeat(R"(every="4 hours")", std::string(until) + "<ended-when>judged.house_all_clear is over_now</ended-when>")) != "");
}

TEST_CASE("a text fact of the frame may name the calendar") {
    const auto limb = [](std::string_view calendar) {
        return fmt::format(R"(<limb counting="plain" calendar="{}"><start>entity.aware_at</start><amount fact="contract.limit"/></limb>)", calendar);
    };
    CHECK(mistakes("", limb("contract.calendar"), "entity contract").empty());
    CHECK(mistakes("", limb("contract.kind"), "entity contract") == "DN0374");
    CHECK(mistakes("", R"(<limb counting="plain" calendar="contract.calendar" amount="3 working days"><start>entity.aware_at</start></limb>)") == "DN0374");
}
