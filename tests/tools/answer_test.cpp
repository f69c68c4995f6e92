#include "tools/answer.h"

#include <catch2/catch.hpp>

#include "tests/support/reader_book.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const FactDeclaration& fact(std::string_view name) { return *reader_book().vocabulary.find(name); }

/// Read on Saturday 21 November 2026, 09:00 in Singapore.
Answer given(std::string_view name, const std::string& text) { return read_answer(text, fact(name), {zone("Asia/Singapore"), instant("2026-11-21T09:00:00+08:00")}); }

std::string json(std::string_view name, const std::string& text) {
    const Answer answer = given(name, text);
    return answer.problem.empty() ? answer.json : "problem: " + answer.problem;
}

bool refused(std::string_view name, const std::string& text) { return !given(name, text).problem.empty() && given(name, text).json.empty(); }

}  // namespace

TEST_CASE("a moment is read as people say it") {
    const std::string evening = "\"2026-11-20T22:14+08:00\"";
    for (const char* text : {"2026-11-20 22:14", "20 Nov 2026 22:14", "Fri 20 Nov 2026 22:14", "Friday, 20 November, 22:14", "Nov 20 at 22:14", "yesterday 22:14", "22:14 yesterday"}) {
        INFO(text);
        CHECK(json("incident.detected_at", text) == evening);
    }
    CHECK(json("incident.detected_at", "20 Nov") == "\"2026-11-20\"");
    CHECK(json("incident.detected_at", "08:30") == "\"2026-11-21T08:30+08:00\"");
    CHECK(json("incident.detected_at", "20 Nov 22:14 to 21 Nov 08:00") == R"({"from": "2026-11-20T22:14+08:00", "until": "2026-11-21T08:00+08:00"})");
}

TEST_CASE("the beginning of one label is enough, of several it is not") {
    CHECK(json("incident.kinds", "demand for money; not device or paper") == R"({"has": ["money_demanded"], "has_not": ["device_lost"]})");
    CHECK(given("incident.kinds", "data").problem == "`data` fits several; give the number: 1 data seen or taken by someone without right, 2 data lost or destroyed, 3 data changed");
    CHECK(json("data.categories", "names and bank accounts") == R"({"has": ["name", "bank_account"], "has_not": []})");
    CHECK(json("entity.classes", "bank") == R"({"has": ["credit_institution"], "has_not": []})");
    CHECK(given("data.encrypted", "noo").problem == "there is no choice `noo`; did you mean `no`?");
}

TEST_CASE("a list says what is in it, what is not, and whether it is closed") {
    CHECK(json("data.categories", "name, not medical") == R"({"has": ["name"], "has_not": ["medical"]})");
    CHECK(json("data.categories", "name; not medical, passport") == R"({"has": ["name"], "has_not": ["medical", "passport"]})");
    CHECK(json("data.categories", "only name, email") == R"({"exactly": ["name", "email"]})");
    CHECK(json("data.categories", "name, nothing else") == R"({"exactly": ["name"]})");
    CHECK(json("data.categories", "none") == R"({"exactly": []})");
    CHECK(json("service.reputation", "none") == R"({"exactly": []})");
    CHECK(given("data.categories", "name; not name").problem == "`first name or full name with surname` is said to be in it and not in it");
    CHECK(refused("data.categories", "only name; not email"));
    CHECK(refused("data.categories", "99"));
}

TEST_CASE("numbers are read as people say them") {
    const std::vector<std::pair<const char*, const char*>> said = {
        {"3000", "3000"}, {"3,000", "3000"}, {"3.000", "3000"}, {"3 000", "3000"}, {"3 thousand", "3000"}, {"3k", "3000"}, {"1.2 million", "1200000"}, {"a dozen", "12"}, {"none", "0"}, {"nobody", "0"}, {"3000 people", "3000"},
        {"about 3000", R"({"estimate": 3000})"}, {"~3k", R"({"estimate": 3000})"}, {"roughly 3 thousand", R"({"estimate": 3000})"},
        {"between 2 and 5 thousand", R"({"at_least": 2000, "at_most": 5000})"}, {"2 to 5 thousand", R"({"at_least": 2000, "at_most": 5000})"}, {"2-5k", R"({"at_least": 2000, "at_most": 5000})"},
        {"500 to 5 thousand", R"({"at_least": 500, "at_most": 5000})"}, {"240 to 260", R"({"at_least": 240, "at_most": 260})"}, {"about 240 to 260", R"({"at_least": 240, "at_most": 260})"},
        {"at least 240", R"({"at_least": 240})"}, {"240+", R"({"at_least": 240})"}, {"more than 240", R"({"at_least": 241})"}, {"over 240", R"({"at_least": 241})"},
        {"at most 260", R"({"at_most": 260})"}, {"up to 260", R"({"at_most": 260})"}, {"no more than 260", R"({"at_most": 260})"}, {"fewer than 260", R"({"at_most": 259})"}};
    for (const auto& [text, expected] : said) {
        INFO(text);
        CHECK(json("people.total", text) == expected);
    }
    for (const char* text : {"many", "2.5", "3,00", "1,2345", "-3", "5 to 2", "less than 0", "12 monkeys", "9007199254740992", "1.2345 thousand"}) {
        INFO(text);
        CHECK(refused("people.total", text));
    }
    CHECK(given("people.total", "260 to 240").problem == "the lower number stands first: 240 to 260");
}

TEST_CASE("places are read by name; a name of two places is asked again") {
    CHECK(json("entity.country", "Germany") == "\"DE\"");
    CHECK(json("entity.country", "Texas") == "\"US-TX\"");
    CHECK(json("entity.does_business_in", "Germany, Bosnia and Herzegovina and Texas") == R"({"has": ["DE", "BA", "US-TX"], "has_not": []})");
    CHECK(json("entity.does_business_in", "only DE, FR") == R"({"exactly": ["DE", "FR"]})");
    CHECK(given("entity.country", "Georgia").problem == "`Georgia` is the name of several places: write GE or US-GA");
    CHECK(given("entity.country", "Germny").problem == "`Germny` is no country or state on file; did you mean `Germany`; write Germany or DE, Texas or US-TX; groups such as the EU by their countries");
    CHECK(refused("entity.country", "no"));
    CHECK(refused("entity.country", "D\"E\\"));
}

TEST_CASE("letters that cannot be shown are none") {
    for (const char* text : {"\x1b[2J", "\xed\xa0\x80", "a\x01"}) {
        const Answer answer = given("text.what_happened", text);
        CHECK(answer.json.empty());
        CHECK(answer.problem.find("letters that cannot be shown: ") == 0);
        CHECK(answer.problem.find_first_of("\x1b\xed\x01") == std::string::npos);
    }
    CHECK(json("text.what_happened", "a \"quote\" and a \\") == R"("a \"quote\" and a \\")");
}

TEST_CASE("money is read with its currency before or behind") {
    CHECK(json("service.cost", "EUR 120000.50") == "\"EUR 120000.50\"");
    CHECK(json("service.cost", "EUR 1.5 million") == "\"EUR 1500000\"");
    CHECK(json("service.cost", "120,000 EUR") == "\"EUR 120000\"");
    CHECK(json("service.cost", "at least USD 2 thousand") == R"({"at_least": "USD 2000"})");
    CHECK(refused("service.cost", "lots"));
}

TEST_CASE("nothing, a question mark and not known yet leave a fact open; words say that it was asked") {
    for (const char* text : {"", " ", "?"}) {
        CHECK(given("incident.detected_at", text).open);
        CHECK(given("incident.detected_at", text).json.empty());
    }
    for (const char* text : {"not known yet", "unknown", "don't know", "No idea"}) {
        INFO(text);
        CHECK(given("data.personal", text).open);
        CHECK(given("data.personal", text).json == R"({"not_known": true})");
    }
    CHECK(given("people.total", "we are finding out, answer expected by 12:00").json == R"({"not_known": true, "expected_at": "2026-11-21T12:00+08:00"})");
    CHECK(given("people.total", "not known yet, expected by 12:00").json == R"({"not_known": true, "expected_at": "2026-11-21T12:00+08:00"})");
    CHECK(given("people.total", "expected by 08:00").json == R"({"not_known": true, "expected_at": "2026-11-22T08:00+08:00"})");
    CHECK(refused("people.total", "expected soon"));
}
