#include <map>
#include <set>
#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/json.h"
#include "tests/support/shipped_world.h"

// What other programs read: each key of each duty is there, with its type, in every verdict.

using namespace duenotice;
using namespace duenotice::test;

namespace {

using Json = nlohmann::json;

/// `s` text, `s?` text or null, `b` yes or no, `a` list, `o` object, `n` whole number.
bool is(const Json& value, const std::string& type) {
    if (type == "s") return value.is_string();
    if (type == "s?") return value.is_string() || value.is_null();
    if (type == "b") return value.is_boolean();
    if (type == "a") return value.is_array();
    if (type == "n") return value.is_number_unsigned();
    return value.is_object();
}

/// What of these keys is missing or of another type; empty when nothing is.
std::string wrong(const Json& object, const std::map<std::string, std::string>& keys) {
    std::string text;
    for (const auto& [key, type] : keys)
        if (!object.contains(key)) text += key + " is missing\n";
        else if (!is(object.at(key), type)) text += key + " is " + object.at(key).dump() + "\n";
    return text;
}

const std::map<std::string, std::string> duty_keys{{"id", "s"}, {"obligation", "s"}, {"title", "s"}, {"law", "s"}, {"entity", "s"}, {"population", "s?"}, {"place", "s?"}, {"contract", "s?"}, {"event", "s?"}, {"series", "s?"}, {"act", "s"}, {"modality", "s"},
                                                   {"verdict", "s"}, {"exact", "b"}, {"modifiers", "a"}, {"standing", "s"}, {"done", "s"}, {"timing", "s"}, {"deadline", "o"}, {"recipients", "a"}, {"content", "a"}, {"open_facts", "a"}, {"because", "a"},
                                                   {"citations", "a"}, {"grade", "s"}, {"when", "s"}, {"exceptions", "a"}};
const std::map<std::string, std::string> deadline_keys{{"safe_utc", "s?"}, {"maximum_utc", "s?"}, {"alternatives", "a"}};
const std::map<std::string, std::string> alternative_keys{{"kind", "s"}, {"limb", "s"}, {"safe_utc", "s?"}, {"safe_local", "s?"}, {"zone", "s?"}, {"maximum_utc", "s?"}, {"steps", "a"}};
const std::map<std::string, std::string> recipient_keys{{"id", "s"}, {"title", "s"}, {"owed", "s"}, {"done", "s"}, {"timing", "s"}, {"channels", "a"}};

const std::map<std::string, std::set<std::string>> closed_lists{
    {"verdict", {"owed", "undetermined", "not_owed"}}, {"modality", {"must", "should", "may", "must-not", "must_not"}}, {"when", {"yes", "no", "open"}},
    {"done", {"nothing", "drafted", "approved", "submitted", "accepted", "dispatched", "acknowledged", "returned", "withdrawn"}},
    {"timing", {"no_clock", "running", "past_safe", "past_all", "met", "met_after"}}};

Json read(const std::string& sample) { return Json::parse(assessment_json(Sample(sample).context())); }

}  // namespace

TEST_CASE("every duty has every key with its type, and words of the closed lists") {
    for (const char* name : {"simple", "payroll"}) {
        const Json json = read(name);
        CHECK(wrong(json, {{"duenotice", "s"}, {"incident", "s"}, {"as_of", "s"}, {"known_at", "s?"}, {"versions", "o"}, {"counts", "o"}, {"not_covered", "a"}, {"families", "a"}, {"duties", "a"}, {"questions", "a"}, {"places_ruled_out", "o"}}) == "");
        REQUIRE(json.at("duties").size() > 30);
        for (const Json& duty : json.at("duties")) {
            INFO(duty.at("id"));
            CHECK(wrong(duty, duty_keys) == "");
            for (const auto& [key, allowed] : closed_lists) CHECK(allowed.count(duty.at(key)) == 1);
            for (const char* list : {"open_facts", "citations"})
                for (const Json& one : duty.at(list)) CHECK(one.is_string());
            CHECK(wrong(duty.at("deadline"), deadline_keys) == "");
            for (const Json& recipient : duty.at("recipients")) CHECK(wrong(recipient, recipient_keys) == "");
            for (const Json& because : duty.at("because")) CHECK(wrong(because, {{"fact", "s"}, {"needed", "s"}, {"value", "s"}}) == "");
            for (const Json& modifier : duty.at("modifiers")) CHECK(wrong(modifier, {{"kind", "s"}, {"holds", "s"}, {"by", "s"}, {"citation", "s"}}) == "");
        }
    }
}

TEST_CASE("every alternative of a deadline has its kind, clock, bounds and steps; the safe instant is the earliest of them") {
    std::size_t dated = 0, bounded = 0;
    for (const char* name : {"simple", "payroll"}) {
        const Json json = read(name);
        for (const Json& duty : json.at("duties")) {
            const Json& deadline = duty.at("deadline");
            for (const Json& alternative : deadline.at("alternatives")) {
                INFO(duty.at("id") << " " << alternative.at("limb"));
                CHECK(wrong(alternative, alternative_keys) == "");
                CHECK(alternative.contains("bounds"));
                if (alternative.at("bounds").is_object()) {
                    ++bounded;
                    for (const auto& [which, bounds] : alternative.at("bounds").items()) {
                        CHECK((which == "safe" || which == "maximum"));
                        CHECK(wrong(bounds, {{"earliest_utc", "s"}, {"latest_utc", "s"}}) == "");
                        CHECK(bounds.at("earliest_utc").get<std::string>() <= bounds.at("latest_utc").get<std::string>());
                    }
                }
                for (const Json& reading : alternative.at("steps")) {
                    CHECK(wrong(reading, {{"reading", "s"}, {"citation", "s"}, {"end_utc", "s"}, {"steps", "a"}}) == "");
                    for (const Json& step : reading.at("steps")) CHECK(wrong(step, {{"what", "s"}}) == "");
                }
                if (!alternative.at("safe_utc").is_string()) continue;
                ++dated;
                CHECK(alternative.at("zone").is_string());
                CHECK(alternative.at("safe_local").is_string());
                if (alternative.at("maximum_utc").is_string()) CHECK(alternative.at("safe_utc").get<std::string>() <= alternative.at("maximum_utc").get<std::string>());
                if (deadline.at("safe_utc").is_string() && alternative.value("condition", "").empty() && !alternative.value("projected", false)) CHECK(deadline.at("safe_utc").get<std::string>() <= alternative.at("safe_utc").get<std::string>());
            }
        }
    }
    CHECK(dated > 10);
    CHECK(bounded > 3);
}

TEST_CASE("not covered, families and questions have their keys, and the counts are the duties") {
    for (const char* name : {"simple", "payroll"}) {
        const Json json = read(name);
        REQUIRE_FALSE(json.at("not_covered").empty());
        for (const Json& line : json.at("not_covered")) CHECK(wrong(line, {{"place", "s"}, {"why", "s"}}) == "");
        for (const Json& line : json.at("families")) CHECK(wrong(line, {{"family", "s"}, {"places", "a"}, {"question", "s"}}) == "");
        for (const Json& question : json.at("questions")) {
            if (question.contains("list")) CHECK(wrong(question, {{"list", "s"}, {"relation", "s"}, {"entity", "s"}, {"question", "s"}, {"earliest_safe_utc", "s?"}, {"relevant", "n"}, {"duties", "a"}}) == "");
            else CHECK(wrong(question, {{"fact", "s"}, {"question", "s"}, {"where", "s"}, {"earliest_safe_utc", "s?"}, {"settles_all", "n"}, {"settles_some", "n"}, {"relevant", "n"}, {"duties", "a"}}) == "");
            CHECK(question.at("relevant").get<std::size_t>() == question.at("duties").size());
        }
        std::map<std::string, std::size_t> law, own;
        for (const Json& duty : json.at("duties")) ++(duty.contains("not_law") ? own : law)[duty.at("verdict").get<std::string>()];
        const Json& counts = json.at("counts");
        for (const char* verdict : {"owed", "undetermined", "not_owed"}) {
            CHECK(counts.at(verdict) == law[verdict]);
            std::size_t of_own = 0;
            for (const char* kind : {"by_contract", "house_rule"})
                if (counts.contains(kind)) of_own += counts.at(kind).at(verdict).get<std::size_t>();
            CHECK(of_own == own[verdict]);
        }
        CHECK(counts.at("duties") == law["owed"] + law["undetermined"] + law["not_owed"]);
    }
}
