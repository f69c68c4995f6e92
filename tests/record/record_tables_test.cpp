// The record as tables: what was erased keeps its row, changes of starts and holds have rows of their own, and the sheet on
// integrity says what was verified.
#include <catch2/catch.hpp>

#include "engine/record/record_tables.h"
#include "engine/record/redaction.h"
#include "engine/record/request.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant now = *parse_instant("2026-11-25T10:00:00Z");

std::vector<RecordedEntry> with(std::vector<Entry> more) {
    const std::vector<RecordedEntry> entries = {{{0, "opened", "INC-1", record_time(began), "soc", "open", {}, {}, {}, {}}, {}, {}}};
    return with_entries(entries, more, began);
}

Entry states(const std::string& fact, const std::string& value, const std::string& idem) { return fact_entry({{"entities", "bank"}, fact, json_text(value), {}, {}, {}}, {"soc", idem}); }

const RecordTable& table(const std::vector<RecordTable>& tables, const std::string& name) {
    for (const RecordTable& each : tables)
        if (each.name == name) return each;
    throw std::runtime_error("no table " + name);
}

std::string cell(const RecordTable& table, std::size_t row, const std::string& column) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i] == column) return table.rows.at(row).at(i);
    throw std::runtime_error("no column " + column);
}

std::vector<RecordTable> tables_of(const std::vector<RecordedEntry>& entries, const RecordFindings& findings = {}) { return record_tables(entries, now, findings); }

}  // namespace

TEST_CASE("no cell of a table is empty, and each row has every column") {
    Request asks;
    asks.kind = "extension";
    asks.from = "HBDI";
    asks.received = "2026-11-24T10:00:00Z";
    asks.limit = "2026-11-30T10:00:00Z";
    asks.duty = "a@bank";
    RecordFindings findings;
    findings.holds.push_back({});
    findings.starts.push_back({});
    for (const RecordTable& each : tables_of(with({states("entity.name", "Bank", "a"), request_entry(asks, {"counsel", "b"}), hold_entry({0, "suit", {}, true}, "a suit", {"counsel", "c"}), all_clear_entry("head", "2026-11-24T12:00:00Z", "it is over", {"head", "d"})}), findings)) {
        INFO(each.name);
        for (const auto& row : each.rows) {
            CHECK(row.size() == each.columns.size());
            for (std::size_t i = 0; i < row.size(); ++i) {
                INFO(each.columns[i]);
                const bool from_nothing = each.name == "Start changes" || each.rows.front()[0] == "no case record";
                CHECK((from_nothing || !row[i].empty()));
            }
        }
    }
}

TEST_CASE("a statement that was erased keeps its row and is what the next one follows") {
    auto entries = with({states("people.total", "118", "a"), states("people.total", "119", "b"), states("people.total", "120", "c")});
    entries[2].fields.erase("statement");
    entries[2].erased["statement"] = 3;
    const RecordTable history = table(tables_of(entries), "Fact history");
    REQUIRE(history.rows.size() == 3);
    CHECK(cell(history, 1, "old") == cell(history, 0, "new"));
    CHECK(cell(history, 1, "new") == "erased by entry 3");
    CHECK(cell(history, 2, "old") == "erased by entry 3");
    CHECK(cell(history, 2, "version") == "3");
}

TEST_CASE("a changed start has its limits, in words and on which side of the old one it was changed") {
    StartChange change;
    change.entry = 3;
    change.replaced = 1;
    change.path = {"entities", "bank"};
    change.fact = "entity.aware_at";
    change.was = R"("2026-11-18T10:00Z")";
    change.is = R"({"from":"2026-11-19T10:00Z","until":"2026-11-19T12:00Z"})";
    change.recorded = record_time(began);
    change.actor = "soc";
    change.old_limit = parse_instant("2026-11-20T10:00:00Z");
    change.duties = {"a@bank", "b@bank"};
    RecordFindings findings;
    findings.starts = {change};
    const RecordTable starts = table(tables_of(with({}), findings), "Start changes");
    CHECK(cell(starts, 0, "fact") == "entity.aware_at of entities bank");
    CHECK(cell(starts, 0, "old").find('"') == std::string::npos);
    CHECK(cell(starts, 0, "old limit (UTC)") == "2026-11-20T10:00:00Z");
    CHECK(cell(starts, 0, "new limit (UTC)") == "no limit");
    CHECK(cell(starts, 0, "changed before or after the old limit") == "after");
    CHECK(cell(starts, 0, "duties") == "a@bank; b@bank");
    CHECK(cell(starts, 0, "second person") == "none named");
    findings.starts.front().entry = 2;
    const RecordTable history = table(tables_of(with({states("people.total", "118", "a"), states("people.total", "119", "b"), states("people.total", "120", "c")}), findings), "Fact history");
    CHECK(cell(history, 0, "duties whose limit it moved") == "not applicable: the first statement");
    CHECK(cell(history, 1, "duties whose limit it moved") == "a@bank; b@bank");
    CHECK(cell(history, 2, "duties whose limit it moved").starts_with("none"));
}

TEST_CASE("holds of the account stand beside requests, with the entry that stated them and whether they are over") {
    Hold past, runs;
    past.id = "police-1";
    past.kind = runs.kind = "police_request";
    past.by = "a police force";
    past.from = parse_instant("2026-11-20T10:00:00Z");
    past.until = parse_instant("2026-11-24T10:00:00Z");
    past.recipients = {"individuals"};
    runs.id = "police-2";
    runs.confirmed = false;
    runs.until = parse_instant("2026-11-25T10:00:01Z");
    const auto entries = with({part_entry({"holds", "police-1"}, json_object(), {"soc", "a"}), hold_entry({0, "suit", 1, true}, "a suit", {"counsel", "b"}), hold_entry({0, "suit", 1, false}, "settled", {"counsel", "c"})});
    const RecordTable rows = requests_table(entries, {past, runs}, now);
    REQUIRE(rows.rows.size() == 4);
    CHECK(cell(rows, 0, "entry") == "1");
    CHECK(cell(rows, 0, "covers") == "acts: all; recipients: individuals");
    CHECK(cell(rows, 0, "answered") == "over");
    CHECK(cell(rows, 0, "what follows") == "what it held back runs again");
    CHECK(cell(rows, 1, "entry") == "no case record");
    CHECK(cell(rows, 1, "answered") == "in force");
    CHECK(cell(rows, 1, "effect").find("it may not exist") != std::string::npos);
    CHECK(cell(rows, 2, "kind") == "legal hold placed");
    CHECK(cell(rows, 2, "covers") == "entry 1");
    CHECK(cell(rows, 3, "kind") == "legal hold released");
    CHECK(cell(rows, 3, "what follows") == "settled");
}

TEST_CASE("integrity names what was verified, each finding, and the want of an anchor outside") {
    const Folder folder;
    make_case(folder.file("a.case"), 3);
    RecordFindings findings;
    findings.verdict = verify_record(folder.file("a.case"));
    const CaseFile file = CaseFile::open(folder.file("a.case"), false);
    findings.checkpoint = file.checkpoint();
    const auto value = [&](const RecordTable& rows, const std::string& item) {
        for (const auto& row : rows.rows)
            if (row[0] == item) return row[1];
        return std::string();
    };
    RecordTable rows = table(tables_of(file.entries(2), findings), "Integrity");
    CHECK(value(rows, "entries") == "4; shown here are the first 2");
    CHECK(value(rows, "key of the record") == file.key().text());
    CHECK(file.checkpoint().find(value(rows, "root of the tree of all entries")) != std::string::npos);
    CHECK(value(rows, "own verification").starts_with("holds"));
    CHECK(value(rows, "outside anchors").starts_with("none on record"));
    findings.verdict.findings.push_back({2, "its content is not what was recorded"});
    rows = table(tables_of(file.entries(4), findings), "Integrity");
    CHECK(value(rows, "own verification") == "DOES NOT HOLD");
    CHECK(value(rows, "finding") == "entry 2: its content is not what was recorded");
    const auto handed_out = with({export_entry({0, 1, "auditor", std::string(64, 'a'), "Auditor", "", {}}, {"soc", "a"})});
    CHECK(value(table(tables_of(handed_out, findings), "Integrity"), "outside anchor, 1").find("given to Auditor") != std::string::npos);
    CHECK(cell(table(tables_of(handed_out), "Access"), 0, "what") == "exported");
}
