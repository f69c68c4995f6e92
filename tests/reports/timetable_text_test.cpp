#include "reports/text.h"

#include <sstream>

#include <catch2/catch.hpp>

#include "reports/plain_words.h"
#include "reports/text_layout.h"
#include "reports/timetable.h"
#include "tests/support/report_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// One line with single blanks, so that no wrap hides what is there.
std::string flat(const std::string& text) {
    std::string result;
    for (const char c : text)
        if ((c != ' ' && c != '\n') || (!result.empty() && result.back() != ' ')) result += c == '\n' ? ' ' : c;
    return result;
}

std::string shown(const std::string& account, TextOptions options = {}) {
    const Reported reported(account);
    return timetable_text(reported.context(), options);
}

}  // namespace

TEST_CASE("no line of the timetable is wider than 80 columns") {
    TextOptions unfolded;
    unfolded.unfold = true;
    for (const TextOptions& options : {TextOptions{}, unfolded})
        for (const std::string& line : lines_of(shown(report_account(), options))) {
            INFO(line);
            CHECK(text_width(line) <= 80);
        }
}

TEST_CASE("the timetable names facts by their words and never by their ids") {
    const std::string text = shown(report_account());
    INFO(text);
    CHECK(has(flat(text), "72 hours from the earliest of awareness"));
    for (const char* id : {"entity.aware", "judged.", "data.taken", "service.critical", "earliest of ("}) CHECK_FALSE(has(text, id));
}

TEST_CASE("who and to whom stand in short names that no column breaks") {
    const std::string text = shown(report_account());
    INFO(text);
    CHECK(has(text, "AG "));
    CHECK(has(text, "HBDI"));
    CHECK(has(text, "BaFin"));
    CHECK_FALSE(has(text, "Hessische"));
    CHECK_FALSE(has(text, "The bank of the tests"));
    CHECK(has(text, "The other"));
}

TEST_CASE("the same duty for two populations is one row that names both and counts its duties") {
    const std::string text = shown(report_account());
    INFO(text);
    CHECK(has(text, "(customers; staff) 2"));
    TextOptions unfolded;
    unfolded.unfold = true;
    const std::string each = shown(report_account(), unfolded);
    INFO(each);
    CHECK(has(each, "(staff)"));
    CHECK(has(each, "(customers)"));
    CHECK_FALSE(has(each, "; staff)"));
}

TEST_CASE("the same duty of two entities stays two rows: each sends its own") {
    const std::string facts = R"("facts": {"entity.affected": "yes", "service.critical_hit": "yes", "judged.sec_material": {"outcome": "material", "decided_at": "2026-11-20T19:05+01:00"}}})";
    const std::string text = shown(R"({"duenotice": "incident/1", "id": "INC-2", "zone": "Europe/Berlin", "populations": [{"id": "staff", "facts": {"data.taken": "no"}}], "entities": [
      {"id": "one", "short": "First AG", "zone": "Europe/Berlin", )" + facts + R"(, {"id": "two", "short": "Second AG", "zone": "Europe/Berlin", )" + facts + R"(], "complete": ["entities", "populations", "places"]})");
    INFO(text);
    std::size_t rows = 0;
    for (const std::string& line : lines_of(text))
        if (has(line, "OPEN") && has(line, "Tell the market") && (has(line, "First AG") || has(line, "Second AG"))) ++rows;
    CHECK(rows == 2);
    CHECK_FALSE(has(text, "Tell the market 2"));
}

TEST_CASE("a limit of the next 24 hours is never folded") {
    const std::string account = report_account();
    const Reported soon(account, "2026-12-20T09:00:00+01:00");
    const std::string text = timetable_text(soon.context());
    INFO(text);
    for (const char letter : std::string("abcdef")) CHECK(has(text, std::string("AG        Tell bureau ") + letter));
}

TEST_CASE("NEXT says the nearest limit with its row; what has no number comes before it") {
    const std::string text = shown(report_account());
    INFO(text);
    CHECK(has(flat(text), "NEXT 1 OWED duty without a number: now; row 1: Tell the clients [Land Data Act], AG"));
    CHECK(has(flat(text), "in 2 d 6 h (row 2), if OWED: Notify the supervisor (customers) [Land Data Act], SG branch"));
}

TEST_CASE("a passed limit without a filing is said before anything else") {
    const Reported reported(report_account(), "2026-11-30T09:00:00+01:00");
    const std::string text = timetable_text(reported.context());
    INFO(text);
    CHECK(has(flat(text), "2 OPEN limits have passed; if OWED, send now; first 6 d 13 h ago (row 4): Notify the supervisor (customers) [Land Data Act], AG"));
}

TEST_CASE("five rows that wait for the same answer fold behind the first, counted, with the way to unfold") {
    const Reported reported(report_account());
    const std::string text = timetable_text(reported.context());
    INFO(text);
    CHECK(has(flat(text), "+ 17 more duties wait for the same answer (data copied or taken); nearest limit if OWED: Sun 20 Dec 24:00."));
    CHECK(has(flat(text), "Tell bureau f [Land Data Act] AG, SG branch, The other company"));
    CHECK(has(text, "--unfold"));
    TextOptions unfolded;
    unfolded.unfold = true;
    const std::string each = timetable_text(reported.context(), unfolded);
    for (const char letter : std::string("abcdef")) CHECK(has(each, std::string("Tell bureau ") + letter));
    CHECK_FALSE(has(each, "more duties wait"));
}

TEST_CASE("every owed or open duty is a row, a part of a row, or counted behind one") {
    const Reported reported(report_account());
    std::size_t live = 0;
    for (const Duty& duty : reported.assessment().duties) live += duty.verdict != Verdict::NotOwed ? 1 : 0;
    const std::string text = timetable_text(reported.context());
    INFO(text);
    CHECK(has(flat(text), std::to_string(live) + " duties owed or open in "));
}

TEST_CASE("ASK asks once about all entities and says how many duties an answer touches, never that it settles none") {
    const std::string text = shown(report_account());
    INFO(text);
    CHECK_FALSE(has(text, "settles 0"));
    CHECK(has(text, "ASK          1 "));
}

TEST_CASE("a modifier that cannot be told yet is one word on the row and whole when unfolded") {
    const std::string joint = R"({"duenotice": "incident/1", "id": "INC-1", "zone": "Europe/Berlin", "facts": {"data.personal": "yes", "incident.detected_at": "2026-11-20T15:14+01:00"},
  "entities": [{"id": "bank", "short": "AG", "zone": "Europe/Berlin", "facts": {"entity.affected": "yes", "entity.aware_at": "2026-11-20T19:05+01:00"}}], "complete": ["entities", "populations", "places"]})";
    const std::string text = shown(joint);
    INFO(text);
    CHECK(has(text, "may yet be DELEGATED"));
    CHECK_FALSE(has(flat(text), "(cannot be told yet)"));
    TextOptions unfolded;
    unfolded.unfold = true;
    CHECK(has(flat(shown(joint, unfolded)), "DELEGATED to another controller (cannot be told yet), Article 9"));
}

TEST_CASE("a word too long for its column breaks after a hyphen, and blanks inside a line stay") {
    CHECK(wrap("public-agency", 11) == std::vector<std::string>{"public-", "agency"});
    CHECK(wrap("abcdefghijklmnop", 11) == std::vector<std::string>{"abcdefghijk", "lmnop"});
    CHECK(wrap("C  since noon", 20) == std::vector<std::string>{"C  since noon"});
}

TEST_CASE("expressions of the rule language come out in words") {
    const Reported reported(report_account());
    const RuleBook& law = *reported.assessment().law;
    CHECK(in_plain_words("earliest of (entity.aware_at, judged.sec_material.decided_at)", law) == "the earliest of awareness of the incident and decision on materiality (SEC)");
    CHECK(in_plain_words("filed first test.notify act dispatched", law) == "\"Notify the supervisor\" is dispatched");
    CHECK(in_plain_words("entity.role_here is works_for_another", law) == "role for these data is works for another");
    CHECK(in_plain_words("nothing.declared is yes", law) == "nothing.declared is yes");
}

TEST_CASE("values come out with labels and on the sender's clock") {
    const Reported reported(report_account());
    const Vocabulary& vocabulary = reported.assessment().law->vocabulary;
    const Zone& berlin = *reported.context().zones.find("Europe/Berlin");
    CHECK(value_in_words("credit_institution; others open", *vocabulary.find("entity.classes"), berlin) == "credit institution (bank); whether there are others is not yet known");
    CHECK(value_in_words("2026-11-20T18:05:00Z", *vocabulary.find("entity.aware_at"), berlin) == "Fri 20 Nov 2026 19:05 Berlin (18:05 UTC)");
    CHECK(value_in_words("2026-11-20T18:05:00Z to 2026-11-20T19:05:00Z", *vocabulary.find("entity.aware_at"), berlin) == "Fri 20 Nov 2026 19:05 Berlin (18:05 UTC) to Fri 20 Nov 2026 20:05 Berlin (19:05 UTC)");
    CHECK(value_in_words("240 to 260", *vocabulary.find("people.total"), berlin) == "240 to 260");
}

TEST_CASE("every fact of the shipped vocabulary has its few words") {
    const Reported reported(report_account());
    for (const FactDeclaration& declaration : reported.assessment().law->vocabulary.facts()) {
        INFO(declaration.name);
        CHECK_FALSE(declaration.short_words.empty());
        CHECK(text_width(declaration.short_words) <= 70);
    }
}

TEST_CASE("many recipients are a number, a few are their short names") {
    const Reported reported(report_account());
    Duty duty = reported.assessment().duties.front();
    duty.recipients.clear();
    const auto add = [&](const char* id, Truth owed) {
        Recipient recipient;
        recipient.id = id;
        recipient.title = reported.assessment().law->find_authority(id)->title;
        recipient.owed = owed;
        duty.recipients.push_back(recipient);
    };
    add("de.he.hbdi", Truth::Unknown);
    add("de.bafin", Truth::Unknown);
    CHECK(recipients_brief(duty, reported.assessment()) == "HBDI or BaFin");
    add("de.attorney-general", Truth::Yes);
    CHECK(recipients_brief(duty, reported.assessment(), 2) == "up to 3 authorities");
    CHECK(recipients_brief(duty, reported.assessment()) == "HBDI, BaFin, Attorney General (?)");
}

TEST_CASE("a limit says what may move it: days not confirmed, a clock that changed after the zone data") {
    Alternative alternative;
    CHECK(what_may_move(alternative).empty());
    alternative.estimated = true;
    CHECK(what_may_move(alternative) == "rests on days of the calendar that are not confirmed");
    alternative.old_zone_data = true;
    CHECK(has(what_may_move(alternative), "not confirmed; the clock there may have changed"));
}

TEST_CASE("the timetable says at a limit that the clock there may have changed since the zone data in use") {
    Reported reported(report_account());
    const std::string warned = "the clock there may have changed since the zone data in use";
    CHECK_FALSE(has(flat(timetable_text(reported.context(), {})), warned));
    for (Duty& duty : reported.change().duties)
        for (Alternative& alternative : duty.deadline.alternatives) alternative.old_zone_data = true;
    CHECK(has(flat(timetable_text(reported.context(), {})), warned));
}
