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
Answer given(std::string_view name, const std::string& text) { return read_answer(text, fact(name), zone("Asia/Singapore"), instant("2026-11-21T09:00:00+08:00")); }

}  // namespace

TEST_CASE("a moment is read as people say it") {
    const std::string evening = "\"2026-11-20T22:14+08:00\"";
    for (const char* text : {"2026-11-20 22:14", "20 Nov 2026 22:14", "Fri 20 Nov 2026 22:14", "Friday, 20 November, 22:14", "Nov 20 at 22:14", "yesterday 22:14", "22:14 yesterday"}) {
        INFO(text);
        CHECK(given("incident.detected_at", text).json == evening);
    }
    CHECK(given("incident.detected_at", "20 Nov").json == "\"2026-11-20\"");
    CHECK(given("incident.detected_at", "08:30").json == "\"2026-11-21T08:30+08:00\"");
    CHECK(given("incident.detected_at", "20 Nov 22:14 to 21 Nov 08:00").json == R"({"from": "2026-11-20T22:14+08:00", "until": "2026-11-21T08:00+08:00"})");
}

TEST_CASE("a day without a year is the last such day; a weekday must be the right one") {
    CHECK(given("incident.detected_at", "24 Dec").json == "\"2025-12-24\"");
    CHECK(given("incident.detected_at", "21 Nov").json == "\"2026-11-21\"");
    CHECK(given("incident.detected_at", "22 Nov").json == "\"2025-11-22\"");
    CHECK_FALSE(given("incident.detected_at", "Mon 20 Nov 2026 22:14").problem.empty());
    for (const char* text : {"31 Nov 2026", "20 Xyz", "20 Nov 25:00", "Friday", "Nov"}) {
        INFO(text);
        CHECK_FALSE(given("incident.detected_at", text).problem.empty());
    }
}

TEST_CASE("the beginning of one label is enough, of several it is not") {
    CHECK(given("incident.kinds", "demand for money; not device or paper").json == R"({"has": ["money_demanded"], "has_not": ["device_lost"]})");
    CHECK_FALSE(given("incident.kinds", "data").problem.empty());
}

TEST_CASE("quotes and backslashes stay letters of the answer; what cannot be shown is none") {
    CHECK(given("entity.country", "D\"E\\").json == R"("D\"E\\")");
    CHECK(given("entity.does_business_in", "only D\"E, FR").json == R"({"exactly": ["D\"E", "FR"]})");
    for (const char* text : {"\x1b[2J", "\xed\xa0\x80", "a\x01"}) {
        const Answer answer = given("entity.country", text);
        CHECK(answer.json.empty());
        CHECK(answer.problem.find("letters that cannot be shown: ") == 0);
        CHECK(answer.problem.find_first_of("\x1b\xed\x01") == std::string::npos);
    }
}

TEST_CASE("nothing, a question mark and not known yet leave a fact open") {
    for (const char* text : {"", " ", "?", "not known yet"}) CHECK(given("incident.detected_at", text).open);
}
