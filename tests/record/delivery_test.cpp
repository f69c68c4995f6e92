// What became of what was sent: fallback, silence, receipts, corrections; statements told against facts.
#include <catch2/catch.hpp>

#include "engine/record/delivery.h"
#include "engine/record/record_tables.h"
#include "engine/record/request.h"
#include "engine/record/told.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const PacketSubject authority{"eu.gdpr.33-1@shop", "eu.gdpr.33-1", "shop", "hbdi"};

class Matter {
public:
    Matter() {
        PacketDraft made;
        made.subject = authority;
        draft = add(draft_entry(made, {{"form.json", "{}"}}, writer()));
    }
    std::uint64_t file(const std::string& id, const std::string& at, const std::string& kind = "first", const std::string& supersedes = {}) {
        FiledNotice filing;
        filing.draft = draft;
        filing.subject = authority;
        filing.id = id;
        filing.at = at;
        filing.kind = kind;
        filing.channel = "portal";
        filing.supersedes = supersedes;
        filing.act = "submitted";
        filing.timing = {"met", "2026-11-21T10:00:00Z", ""};
        filing.readings = {"b: 2026-11-21T10:00:00Z, kept"};
        return add(filing_entry(filing, writer()));
    }
    void attempt(const std::string& channel, const std::string& at, const std::string& result) { add(attempt_entry({0, draft, channel, at, result, "note", ""}, writer())); }
    void plan(std::uint64_t silent_after) { add(plan_entry({0, authority, {"portal", "mail", "phone"}, {"breach desk"}, silent_after}, writer())); }
    std::uint64_t add(const Entry& entry) {
        entries = with_entries(entries, {entry}, began);
        return entries.size() - 1;
    }
    Writer writer() const { return {"desk", "k" + std::to_string(entries.size())}; }
    std::string state(const std::string& now, const std::string& id = "L-01") const {
        for (const FiledNotice& filing : filings_of(entries, *parse_instant(now)))
            if (filing.id == id) return std::string(name(filing.state)) + (filing.next.empty() ? "" : ", next " + filing.next);
        return "no filing";
    }
    std::vector<RecordedEntry> entries;
    std::uint64_t draft = 0;
};

Known count(std::int64_t low, std::int64_t high) {
    Known known;
    known.type = ValueType::Whole;
    known.low = low;
    known.high = high;
    return known;
}

}  // namespace

TEST_CASE("silence is a state from the very minute that was set, and not where none was") {
    Matter matter;
    matter.file("L-01", "2026-11-20T10:00Z");
    CHECK(matter.state("2026-12-20T10:00Z") == "waiting for acknowledgement");
    matter.plan(240);
    CHECK(matter.state("2026-11-20T13:59:59Z") == "waiting for acknowledgement");
    CHECK(matter.state("2026-11-20T14:00Z") == "silent, next mail");
    matter.attempt("mail", "2026-11-20T14:05Z", "sent");
    CHECK(matter.state("2026-11-20T18:04:59Z") == "waiting for acknowledgement");
    CHECK(matter.state("2026-11-20T18:05Z") == "silent, next phone");
    matter.add(receipt_entry({0, "L-01", "2026-11-20T19:00Z", "118", "", "", ""}, "text/plain", "received", matter.writer()));
    CHECK(matter.state("2026-11-30T18:05Z") == "acknowledged");
}

TEST_CASE("what was not delivered goes to the next channel and at last to a person") {
    Matter matter;
    matter.plan(240);
    matter.attempt("portal", "2026-11-20T09:50Z", "failed");
    matter.file("L-01", "2026-11-20T10:00Z");
    CHECK(matter.state("2026-11-20T10:01Z") == "waiting for acknowledgement");
    matter.attempt("portal", "2026-11-20T10:02Z", "undelivered");
    CHECK(matter.state("2026-11-20T10:03Z") == "undelivered, next mail");
    matter.attempt("mail", "2026-11-20T10:04Z", "failed");
    CHECK(matter.state("2026-11-20T10:05Z") == "undelivered, next phone");
    matter.attempt("phone", "2026-11-20T10:06Z", "undelivered");
    CHECK(matter.state("2026-11-20T10:07Z") == "undelivered, next a person");
    matter.attempt("phone", "2026-11-20T10:08Z", "oral");
    CHECK(matter.state("2026-11-20T10:09Z") == "waiting for acknowledgement");
}

TEST_CASE("a later filing supersedes or takes back, and its timing stays as it was read") {
    Matter matter;
    matter.file("L-01", "2026-11-20T10:00Z");
    matter.file("L-02", "2026-11-21T10:00Z", "amendment", "L-01");
    CHECK(matter.state("2026-11-21T11:00Z") == "superseded");
    matter.file("L-03", "2026-11-22T10:00Z", "withdrawal", "L-02");
    CHECK(matter.state("2026-11-22T11:00Z", "L-02") == "withdrawn");
    CHECK(matter.state("2026-11-22T11:00Z", "L-03") == "withdrawn");
    const auto filings = filings_of(matter.entries, *parse_instant("2030-01-01T00:00Z"));
    CHECK(filings.front().timing.word == "met");
    CHECK(filings.front().timing.safe == "2026-11-21T10:00:00Z");
}

TEST_CASE("the newest count of a mass run is what is shown") {
    Matter matter;
    matter.file("L-01", "2026-11-20T10:00Z");
    matter.add(mass_entry({0, "L-01", "2026-11-20T08:00Z", "", "", 132, 100, 0, 0}, matter.writer()));
    matter.add(mass_entry({0, "L-01", "2026-11-20T08:00Z", "2026-11-20T12:00Z", "", 132, 130, 2, 2}, matter.writer()));
    const auto filings = filings_of(matter.entries, *parse_instant("2026-11-21T00:00Z"));
    REQUIRE(filings.front().mass);
    CHECK(filings.front().mass->sent == 130);
    CHECK(filings.front().mass->returned == 2);
    CHECK(filings.front().mass->last == "2026-11-20T12:00Z");
}

TEST_CASE("a figure told is the same, has become narrower, or is no longer possible") {
    CHECK(compare_told(count(110, 130), count(110, 130)) == ToldNow::Same);
    CHECK(compare_told(count(110, 130), count(118, 118)) == ToldNow::NewerKnown);
    CHECK(compare_told(count(110, 130), count(110, 129)) == ToldNow::NewerKnown);
    CHECK(compare_told(count(110, 130), count(110, 131)) == ToldNow::Contradicts);
    CHECK(compare_told(count(110, 110), count(111, 111)) == ToldNow::Contradicts);
    Known not_yet = count(0, 0), then;
    not_yet.type = then.type = ValueType::Instant;
    not_yet.happened_possible = false;
    then.not_yet_possible = false;
    then.low = then.high = 1'795'212'840;
    CHECK(compare_told(not_yet, then) == ToldNow::NewerKnown);
    CHECK(compare_told(then, not_yet) == ToldNow::Contradicts);
    Known text, other;
    text.type = other.type = ValueType::Text;
    text.text = "two print runs";
    other.text = "three print runs";
    CHECK(compare_told(text, other) == ToldNow::NewerKnown);
}

TEST_CASE("what was told is read back with the statements that it came from") {
    Matter matter;
    matter.add(told_entry({0, "L-01", "2026-11-20T10:00Z", authority, {{"people-number", "number", "110 to 130", {"entities", "shop"}, "people.total", 7}, {"by-hand", "salutation", "Dear all", {}, {}, 0}}}, matter.writer()));
    const auto told = told_of(matter.entries);
    REQUIRE(told.size() == 1);
    CHECK(told[0].filing == "L-01");
    CHECK(told[0].subject == authority);
    REQUIRE(told[0].fields.size() == 2);
    CHECK(told[0].fields[0].path == AccountPath{"entities", "shop"});
    CHECK(told[0].fields[0].entry == 7);
    CHECK(told[0].fields[1].fact.empty());
}

TEST_CASE("a request is open until an answer names it") {
    Matter matter;
    const auto asked = matter.add(request_entry({0, "", "", "request", "HBDI", "mail", "2026-11-21T10:00Z", "logs", "2026-11-27T10:00Z", "", "", {}, {}, {}, {}}, matter.writer()));
    CHECK_FALSE(requests_of(matter.entries).front().answered_by);
    matter.add(answer_entry(asked + 1, "2026-11-22T10:00Z", "L-02", "", matter.writer()));
    CHECK_FALSE(requests_of(matter.entries).front().answered_by);
    const auto answered = matter.add(answer_entry(asked, "2026-11-22T10:00Z", "L-02", "sent", matter.writer()));
    CHECK(requests_of(matter.entries).front().answered_by == answered);
    CHECK(requests_of(matter.entries).front().answer_filing == "L-02");
}

TEST_CASE("the sheets of filings and attempts say what was tried next, what was accepted and how each reading was kept") {
    Matter matter;
    matter.plan(60);
    matter.attempt("portal", "2026-11-21T01:00:00Z", "failed");
    matter.file("L-01", "2026-11-21T02:00:00Z");
    matter.attempt("mail", "2026-11-21T02:10:00Z", "undelivered");
    RecordFindings findings;
    findings.words = [](const PacketSubject& subject) { return NoticeWords{subject.recipient == "hbdi" ? "HBDI" : "", "initial"}; };
    const auto cell = [&](const std::string& sheet, std::size_t row, const std::string& column) {
        for (const RecordTable& table : record_tables(matter.entries, *parse_instant("2026-11-22T00:00:00Z"), findings))
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                if (table.name == sheet && table.columns[i] == column) return table.rows.at(row).at(i);
        return "no column " + column;
    };
    CHECK(cell("Filings", 0, "recipient's name") == "HBDI");
    CHECK(cell("Filings", 0, "stage") == "initial");
    CHECK(cell("Filings", 0, "act") == "submitted");
    CHECK(cell("Filings", 0, "accepted (UTC)") == "no receipt on record");
    CHECK(cell("Filings", 0, "dispatched, first and last (UTC)") == "not applicable: one notice");
    CHECK(cell("Filings", 0, "each reading, frozen") == "b: 2026-11-21T10:00:00Z, kept");
    CHECK(cell("Attempts", 0, "next channel") == "mail");
    CHECK(cell("Attempts", 1, "next channel") == "phone");
    matter.add(receipt_entry({0, "L-01", "2026-11-21T03:00:00Z", "2026/118", "", "", ""}, "", "", matter.writer()));
    matter.add(mass_entry({0, "L-01", "2026-11-21T04:00:00Z", "2026-11-22T05:00:00Z", "", 2, 2, 0, 0}, matter.writer()));
    CHECK(cell("Filings", 0, "accepted (UTC)") == "2026-11-21T03:00:00Z");
    CHECK(cell("Filings", 0, "dispatched, first and last (UTC)") == "2026-11-21T04:00:00Z to 2026-11-22T05:00:00Z");
    CHECK(cell("Integrity", 0, "item") == "origin of the log");
    findings.words = {};
    CHECK(cell("Filings", 0, "recipient's name") == "no name on file");
}
