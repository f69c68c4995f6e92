// Statements of the record in words, each form that an account may have, and JSON where the form is not known.
#include <catch2/catch.hpp>

#include "engine/record/canonical_json.h"
#include "engine/record/statement_words.h"

using namespace duenotice;

namespace {

std::string words(const std::string& json) {
    const auto value = read_canonical_source(std::make_shared<const SourceText>("statement", "{\"x\":" + json + "}"));
    REQUIRE(value);
    return statement_words(*value->find("x"));
}

}  // namespace

TEST_CASE("a statement reads as people say it; who said it and when is left to other columns") {
    CHECK(words("\"yes\"") == "yes");
    CHECK(words("118") == "118");
    CHECK(words("[\"a\",\"b\"]") == "a, b");
    CHECK(words("[]") == "none");
    CHECK(words(R"({"by":"mail room","learned_at":"2026-11-19T09:00+01:00","value":118})") == "118");
    CHECK(words(R"({"at_least":110,"at_most":130})") == "110 to 130");
    CHECK(words(R"({"at_least":110})") == "at least 110");
    CHECK(words(R"({"at_most":130})") == "at most 130");
    CHECK(words(R"({"at_least":110,"at_most":130,"estimate":120})") == "110 to 130; estimate 120");
    CHECK(words(R"({"from":"2026-11-18","until":"2026-11-19"})") == "2026-11-18 to 2026-11-19");
    CHECK(words(R"({"from":"2026-11-18"})") == "not before 2026-11-18");
    CHECK(words(R"({"until":"2026-11-19"})") == "not after 2026-11-19");
    CHECK(words(R"({"has":["name"],"has_not":["bank_account"]})") == "has name; has not bank_account");
    CHECK(words(R"({"exactly":["other"]})") == "exactly other");
    CHECK(words(R"({"one_of":["a","b"]})") == "one of a, b");
    CHECK(words(R"({"not_yet":true})") == "not yet");
    CHECK(words(R"({"happened":true})") == "happened, not known when");
    CHECK(words(R"({"not_known":true})") == "not known");
    CHECK(words(R"({"cannot_be_determined":true})") == "cannot be determined");
    CHECK(words(R"({"advice":"M-311","decided_at":"2026-11-19T11:00+01:00","outcome":"risk","provisional":true,"reasons":"because"})") == "risk; provisional");
}

TEST_CASE("a form that is not known here stays JSON, whole") {
    CHECK(words(R"({"twisted":true,"value":1})") == R"({"twisted":true,"value":1})");
    CHECK(words(R"({"by":"soc"})") == R"({"by":"soc"})");
    CHECK(words(R"({"value":{"amount":5,"currency":"EUR"}})") == R"({"amount":5,"currency":"EUR"})");
}
