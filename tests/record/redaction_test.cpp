// Content that is erased leaves no byte and breaks no proof; a legal hold keeps it; what stood before it does not count
// again; what somebody does without an entry is reported.
#include <catch2/catch.hpp>

#include <random>

#include "engine/record/account_entries.h"
#include "engine/record/erasure.h"
#include "engine/record/record_verifier.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Entry redaction(std::uint64_t entry, const std::string& field, const std::string& idem) { return redaction_entry({entry, field}, "GDPR 17(1)(d)", "dpo", {"clerk", idem}); }

Entry said(const std::string& fact, const JsonValue& statement, const std::string& idem) { return fact_entry({{}, fact, statement, {}, {}, {}}, {"soc", idem}); }

Erased erased(CaseFile& file, const Entry& entry) {
    Erased done = erase(file, {&entry, 1}, case_key(), began + 90'000'000);
    file.scrub();
    return done;
}

}  // namespace

TEST_CASE("what is erased is in no byte of the file, its log or its index, and every earlier proof holds", "[A14]") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    const int entries = runs(30, 400);
    make_case(path, entries);
    std::mt19937 chance(7);
    CaseFile file = CaseFile::open(path, true);
    const std::string kept = file.checkpoint();
    const NoteKey key = file.key();
    std::set<std::uint64_t> gone;
    const auto erasures = static_cast<std::size_t>(runs(12, 200));
    for (int run = 0; gone.size() < erasures; ++run) {
        const std::uint64_t entry = 1 + chance() % static_cast<unsigned>(entries);
        if (!gone.insert(entry).second) continue;
        const auto openings = file.store().openings(entry);
        const std::vector<std::string> needles = {openings[1].salt, openings[1].value};  // `statement`
        REQUIRE_FALSE(files_holding(path, needles).empty());
        const Erased done = erased(file, redaction(entry, "statement", "r" + std::to_string(run)));
        CHECK(done.needles == needles);
        CHECK(files_holding(path, needles).empty());
        CHECK(file.entry(entry).erased.at("statement") == done.written.seqs.front());
        CHECK(file.entry(entry).fields.at("fact").text == "data.personal");
        const RecordVerdict verdict = verify_record(path, {key, kept});
        INFO((verdict.findings.empty() ? "" : verdict.findings.front().words));
        CHECK(verdict.holds());
    }
    for (std::uint64_t seq = 1; seq <= static_cast<std::uint64_t>(entries); ++seq)
        if (gone.count(seq) == 0) CHECK(file.entry(seq).fields.at("statement").text == "statement " + std::to_string(seq - 1));
    tell_runs("A14", std::to_string(erasures) + " erasures");
}

TEST_CASE("a delete alone leaves the content in the file, so that the search can fail") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_case(path, 3);
    CaseFile file = CaseFile::open(path, true);
    const std::string salt = file.store().openings(2)[1].salt;
    const Entry entry = redaction(2, "statement", "r");
    const Erased done = erase(file, {&entry, 1}, case_key(), began + 90'000'000);
    CHECK_FALSE(files_holding(path, done.needles).empty());  // in the log
    file.scrub();
    CHECK(files_holding(path, done.needles).empty());
    // To try again under the same key finishes what was begun.
    CHECK(erase(file, {&entry, 1}, case_key(), began + 99'000'000).written.again);
}

TEST_CASE("artefacts go with the content that alone names them") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const ArtefactBytes output{"application/json", "{\"people\":\"Jane Doe\"}"}, shared{"text/plain", "shared bytes"};
    std::vector<Entry> entries = {entry_of("a"), entry_of("b")};
    for (Entry& entry : entries) {
        entry.fields["output_artefact"] = json_object();
        json_add(entry.fields["output_artefact"], "shared", json_text(shared.reference()));
        entry.artefacts = {shared};
    }
    json_add(entries[0].fields["output_artefact"], "own", json_text(output.reference()));
    entries[0].artefacts.push_back(output);
    file.append(entries, case_key(), began);
    const Erased done = erased(file, redaction(1, "output_artefact", "r"));
    CHECK(done.needles.size() == 2);  // the salt and the name of its own artefact
    const std::vector<std::string> jane = {"Jane Doe"};
    CHECK(files_holding(file.path(), jane).empty());
    CHECK(file.store().has_artefact(sha256_hex(shared.bytes)));
    CHECK(verify_record(file.path()).holds());
    // The last name of the shared one.
    erased(file, redaction(2, "output_artefact", "s"));
    CHECK_FALSE(file.store().has_artefact(sha256_hex(shared.bytes)));
    CHECK(verify_record(file.path()).holds());
}

TEST_CASE("an erasure has an approver, a target and no hold against it") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_case(path, 5);
    CaseFile file = CaseFile::open(path, true);
    const auto refused = [&](const Entry& entry) { return thrown([&] { erase(file, {&entry, 1}, case_key(), began + 90'000'000); }); };
    const auto record = [&](const Entry& entry) { return thrown([&] { file.append({&entry, 1}, case_key(), began + 90'000'000); }); };
    CHECK(refused(redaction_entry({2, "statement"}, "x", "clerk", {"clerk", "r"})) == "an erasure is approved by another than who writes it down");
    CHECK(refused(redaction(2, "reason", "r")) == "entry 2 has no content `reason`");
    CHECK(refused(redaction(2, "fact", "r")) == "`fact` places the entry or carries rights, and stays");
    CHECK(refused(redaction(99, "statement", "r")) == "there is no such entry");
    CHECK(record(hold_entry({0, "suit-7", 2, true}, "suit", {"counsel", "h1"})).empty());
    CHECK(refused(redaction(2, "statement", "r")) == "the legal hold `suit-7` keeps `statement` of entry 2");
    CHECK(refused(redaction(3, "statement", "r3")).empty());
    CHECK(refused(redaction(3, "statement", "r4")) == "`statement` of entry 3 was erased by entry 7");
    CHECK(record(hold_entry({0, "all", {}, true}, "inquiry", {"counsel", "h2"})).empty());
    // A hold under the same name on less would take the rest away without a word.
    CHECK(record(hold_entry({0, "all", 3, true}, "x", {"counsel", "h6"})) == "the legal hold `all` is in force on the whole record and would no longer be: another one has another name");
    CHECK(record(hold_entry({0, "suit-7", 3, true}, "x", {"counsel", "h7"})) == "the legal hold `suit-7` is in force on entry 2 and would no longer be: another one has another name");
    CHECK(record(hold_entry({0, "all", {}, true}, "inquiry", {"counsel", "h2"})).empty());
    CHECK(record(hold_entry({0, "suit-7", {}, false}, "settled", {"counsel", "h3"})).empty());
    CHECK(refused(redaction(2, "statement", "r")) == "the legal hold `all` keeps `statement` of entry 2");
    CHECK(record(hold_entry({0, "all", {}, false}, "closed", {"counsel", "h4"})).empty());
    CHECK(refused(redaction(2, "statement", "r")).empty());
    CHECK(record(hold_entry({0, "later", 99, true}, "x", {"counsel", "h5"})) == "a legal hold has a name, a state and an entry that is there, or none");
    CHECK(verify_record(path).holds());
    // The tables refuse it too.
    CHECK(record(hold_entry({0, "all", {}, true}, "again", {"counsel", "h6"})).empty());
    CHECK(raw_sql(path, "INSERT INTO redaction VALUES (99, 1, 'statement')") == "a legal hold keeps this content");
    CHECK(raw_sql(path, "DELETE FROM opening WHERE seq = 1") == "content leaves a record by a redaction only");
    CHECK(raw_sql(path, "INSERT INTO opening VALUES (2, 'statement AAAA 1')") == "UNIQUE constraint failed: opening.seq");
}

TEST_CASE("what rights and refusals hang on is never erased") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    Entry draft = entry_of("a");
    for (const char* field : {"roles", "revoked", "account", "gaps", "problems", "label", "second", "items"}) draft.fields[field] = json_text("x");
    file.append({&draft, 1}, case_key(), began);
    for (const char* field : {"roles", "revoked", "account", "gaps", "problems", "label", "second", "items"}) {
        const Entry entry = redaction(1, field, field);
        CHECK(thrown([&] { erase(file, {&entry, 1}, case_key(), began); }) == "`" + std::string(field) + "` places the entry or carries rights, and stays");
    }
}

TEST_CASE("where else a text stands is found in every spelling") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const std::string text = "Jane \"JD\" O'Hara & sons";
    Entry quoted = entry_of("a", text), page = entry_of("b", "no"), other = entry_of("c", "other");
    const ArtefactBytes html{"text/html", "<p>Jane &quot;JD&quot; O&#39;Hara &amp; sons</p>"};
    page.fields["output_artefact"] = json_text(html.reference());
    page.artefacts = {html};
    const std::vector<Entry> entries = {quoted, page, other};
    file.append(entries, case_key(), began);
    CHECK(fields_holding(file, text) == std::vector<FieldOfEntry>{{1, "statement"}, {2, "output_artefact"}});
}

TEST_CASE("what was erased is open again, and what stood before it does not count") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const std::vector<Entry> entries = {said("people.total", json_whole(100), "a"), said("people.total", json_whole(90), "b"), said("data.personal", json_text("yes"), "c"),
                                        part_entry({}, [] { JsonValue members = json_object(); json_add(members, "title", json_text("Jane's laptop")); return members; }(), {"soc", "d"})};
    file.append(entries, case_key(), began);
    const auto account = [&] { return account_text(file.entries(file.size())); };
    CHECK(account().find("100") != std::string::npos);
    CHECK(account().find("Jane") != std::string::npos);
    erased(file, redaction(2, "statement", "r1"));
    CHECK(account().find("people.total") == std::string::npos);
    CHECK(account().find("data.personal") != std::string::npos);
    CHECK_FALSE(current_statement(file.entries(file.size()), {}, "people.total"));
    erased(file, redaction(4, "members", "r2"));
    CHECK(account().find("Jane") == std::string::npos);
    const Entry anew = said("people.total", json_whole(80), "e");
    file.append({&anew, 1}, case_key(), began + 100'000'000);
    CHECK(account().find("\"people.total\": 80") != std::string::npos);
    CHECK(account().find("100") == std::string::npos);
    CHECK(verify_record(file.path()).holds());
}

TEST_CASE("an erasure that no entry made, or that a hold forbade, is reported") {
    const Folder folder;
    const std::string good = folder.file("good.case");
    make_case(good, 6);
    {
        CaseFile file = CaseFile::open(good, true);
        const Entry hold = hold_entry({0, "suit-7", 2, true}, "suit", {"counsel", "h"});
        file.append({&hold, 1}, case_key(), began + 80'000'000);
        erased(file, redaction(3, "statement", "r"));
    }
    REQUIRE(verify_record(good).holds());
    struct Row {
        const char* sql;
        const char* words;
    };
    const Row rows[] = {{"UPDATE opening SET content = substr(content, 1, instr(content, char(10)) - 1) WHERE seq = 4", "content is missing"},
                        {"UPDATE opening SET content = content || char(10) || 'statement AAAA 1' WHERE seq = 3", "the content of `statement` is there, though entry 8 says that it was erased"},
                        {"DELETE FROM redaction", "its redaction is not kept"},
                        {"INSERT INTO redaction VALUES (5, 4, 'statement'); UPDATE opening SET content = substr(content, 1, instr(content, char(10)) - 1) WHERE seq = 4", "there is a redaction that no entry made, of `statement` of entry 4"},
                        {"UPDATE redaction SET entry = 4", "there is a redaction that no entry made, of `statement` of entry 4"},
                        {"DELETE FROM legal_hold", "the legal holds that are kept are not those of the entries"},
                        {"UPDATE legal_hold SET placed = 0", "the legal holds that are kept are not those of the entries"}};
    int number = 0;
    for (const Row& row : rows) {
        const std::string path = folder.file(std::to_string(number++) + ".case");
        std::filesystem::copy_file(good, path);
        tamper(path, row.sql);
        INFO(row.sql);
        const RecordVerdict verdict = verify_record(path);
        REQUIRE_FALSE(verdict.holds());
        CHECK(verdict.findings.front().words == row.words);
    }
    const std::string cut = folder.file("cut.case");
    std::filesystem::copy_file(good, cut);
    tamper(cut, "UPDATE opening SET content = substr(content, 1, instr(content, char(10)) - 1) WHERE seq = 4");
    CHECK(thrown([&] { CaseFile::open(cut, false).entry(4); }) == "entry 4: the content of `statement` is missing, and no entry says that it was erased");
}

TEST_CASE("exports that held a field are known") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_case(path, 4);
    CaseFile file = CaseFile::open(path, true);
    const auto record = [&](const Entry& entry) { file.append({&entry, 1}, case_key(), began + 90'000'000); };
    const std::string sum(64, '0');
    record(export_entry({0, 3, "counsel", sum, "Firm", "", {}}, {"clerk", "x1"}));                     // entries 0 to 2
    record(export_entry({0, 6, "auditor", sum, "Auditor", "", {{2, "statement"}}}, {"clerk", "x2"}));  // not that field
    record(export_entry({0, 7, "counsel", sum, "Court", "", {}}, {"clerk", "x3"}));
    erased(file, redaction(2, "statement", "r"));
    record(export_entry({0, 8, "counsel", sum, "Late", "", {}}, {"clerk", "x4"}));
    const auto to = [&](std::uint64_t entry, const char* field) {
        std::string names;
        for (const Export& each : exports_holding(file.entries(file.size()), {entry, field})) names += each.recipient + " ";
        return names;
    };
    CHECK(to(2, "statement") == "Firm Court ");
    CHECK(to(2, "fact") == "Firm Auditor Court Late ");
    CHECK(to(4, "statement") == "Auditor Court Late ");
}
