// Bytes that entries name, and files of the first schema: read as they are, brought to this one by a writer, whole or not
// at all.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "engine/record/case_schema.h"
#include "engine/record/record_verifier.h"
#include "tests/record/case_world.h"
#include "tests/record/power_cut.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Entry naming(const std::string& idem, const std::vector<ArtefactBytes>& brought, const std::string& reference) {
    Entry entry = entry_of(idem);
    entry.refs["law_artefact"] = reference;
    entry.artefacts = brought;
    return entry;
}

const ArtefactBytes gdpr{"application/xml", "<law>33(1)</law>"};

// WHY written again: what a file of the first schema was stays so, whatever engine/record/case_schema.cpp says later.
constexpr const char* first_schema = R"(
CREATE TABLE leaf (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
CREATE TABLE node (level INTEGER NOT NULL CHECK (level > 0), idx INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32), PRIMARY KEY (level, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE opening (seq INTEGER NOT NULL, field TEXT NOT NULL, salt TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (seq, field)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE idempotency (key TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER leaf_next BEFORE INSERT ON leaf WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM leaf) BEGIN SELECT RAISE(ABORT, 'a leaf must be the next one'); END;
)";

/// Takes a file back to the first schema, as the program that made it would have left it.
void to_version_1(const std::string& path) {
    std::string sql = std::string("PRAGMA journal_mode=WAL;") + first_schema;
    for (const std::string table : {"leaf", "node", "opening", "checkpoint", "idempotency"})
        for (const auto& [name, event] : {std::pair("kept", "UPDATE"), std::pair("stays", "DELETE")})
            sql += "CREATE TRIGGER " + table + "_" + name + " BEFORE " + event + " ON " + table + " BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;\n";
    const auto blob = [](std::string_view bytes) {
        std::string text = "x'";
        for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
        return text + "'";
    };
    {
        const CaseStore store = CaseStore::open(path, false);
        store.each_leaf([&](const LeafRow& row) { sql += fmt::format("INSERT INTO leaf VALUES ({}, {}, {});", row.seq, blob(row.bytes), blob(row.hash)); });
        store.each_node([&](const TreeNode& node) { sql += fmt::format("INSERT INTO node VALUES ({}, {}, {});", node.level, node.index, blob(view(node.hash))); });
        store.each_opening([&](std::uint64_t seq, const Opening& each) { sql += fmt::format("INSERT INTO opening VALUES ({}, '{}', '{}', CAST({} AS TEXT));", seq, each.field, each.salt, blob(each.value)); });
        store.each_checkpoint([&](const CheckpointRow& row) { sql += fmt::format("INSERT INTO checkpoint VALUES ({}, '{}');", row.size, row.note); });
        store.each_key([&](const KeyRow& row) { sql += fmt::format("INSERT INTO idempotency VALUES ('{}', {});", row.key, row.seq); });
    }
    CaseStore::discard(path);
    REQUIRE(raw_sql(path, sql + "PRAGMA application_id=0x444E4346; PRAGMA user_version=1; PRAGMA wal_checkpoint(TRUNCATE)") == "");
}

std::string version_of(const std::string& path) { return std::to_string(static_cast<int>(file_bytes(path)[63])); }

}  // namespace

TEST_CASE("a reference to an artefact has one spelling") {
    const std::string digits(64, 'a');
    const auto name = parse_artefact_reference("application/json;sha256=" + digits);
    REQUIRE(name);
    CHECK(name->media_type == "application/json");
    CHECK(name->sha256 == digits);
    for (const std::string& text : {digits, "application/json;sha256=" + digits + "a", "application/json; sha256=" + digits, "json;sha256=" + digits, "/json;sha256=" + digits, "Text/plain;sha256=" + digits,
                                    "text/plain;sha256=" + std::string(64, 'A'), "text/plain;sha256=" + digits.substr(1)})
        CHECK_FALSE(parse_artefact_reference(text));
    CHECK(gdpr.reference() == "application/xml;sha256=" + sha256_hex(gdpr.bytes));
    const ArtefactBytes list = artefact_list({{"EU/gdpr.xml", gdpr.reference()}});
    CHECK(parse_artefact_list(list.bytes)->at("EU/gdpr.xml").text() == gdpr.reference());
    CHECK_FALSE(parse_artefact_list(artefact_list({{"nested", list.reference()}}).bytes));
}

TEST_CASE("an entry keeps the artefacts that it brings, once, and they verify") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const ArtefactBytes empty{"text/plain", ""}, list = artefact_list({{"EU/gdpr.xml", gdpr.reference()}, {"EU/none.txt", empty.reference()}});
    Entry assessed = naming("a", {list, gdpr, empty}, list.reference());
    const ArtefactBytes output{"application/json", "{\"owed\":[]}"};
    assessed.fields["output_artefact"] = json_text(output.reference());
    assessed.artefacts.push_back(output);
    file.append({&assessed, 1}, case_key(), began);
    // The second one brings nothing: its artefacts are there.
    const Entry again = naming("b", {}, list.reference());
    file.append({&again, 1}, case_key(), began);
    CHECK(file.store().artefact(sha256_hex(gdpr.bytes))->bytes == gdpr.bytes);
    CHECK(file.store().artefact(sha256_hex(""))->bytes.empty());
    CHECK_FALSE(file.store().artefact(std::string(64, '0')));
    std::size_t kept = 0;
    file.store().each_artefact([&](const Artefact&) { ++kept; });
    CHECK(kept == 4);
    CHECK(verify_record(file.path()).holds());
}

TEST_CASE("an artefact that is not there, not named or kept as another type is refused") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const auto refused = [&](const Entry& entry) { return thrown([&] { file.append({&entry, 1}, case_key(), began); }); };
    CHECK(refused(naming("a", {}, gdpr.reference())) == "the entry names an artefact that is not there: " + gdpr.reference());
    CHECK(refused(naming("a", {}, "gdpr")) == "`law_artefact` names no artefact");
    CHECK(refused(naming("a", {gdpr, {"text/plain", "x"}}, gdpr.reference())) == "the entry brings an artefact that it does not name");
    const ArtefactBytes other{"text/xml", gdpr.bytes};
    const ArtefactBytes list = artefact_list({{"EU/gdpr.xml", gdpr.reference()}});
    CHECK(refused(naming("a", {list}, list.reference())) == "the entry names an artefact that is not there: " + gdpr.reference());
    CHECK(refused(naming("a", {gdpr}, gdpr.reference())).empty());
    CHECK(refused(naming("b", {other}, other.reference())) == "these bytes are kept as application/xml and not as " + other.reference());
    Entry field = entry_of("c");
    field.fields["output_artefact"] = json_whole(1);
    CHECK(refused(field) == "`output_artefact` names no artefact");
    CHECK(file.size() == 2);
    CHECK(verify_record(file.path()).holds());
}

TEST_CASE("what is done to artefacts behind the program's back is reported") {
    const Folder folder;
    const std::string good = folder.file("good.case");
    {
        CaseFile file = new_case(good);
        const ArtefactBytes list = artefact_list({{"EU/gdpr.xml", gdpr.reference()}});
        const Entry entry = naming("a", {list, gdpr}, list.reference());
        file.append({&entry, 1}, case_key(), began);
    }
    const std::string name = sha256_hex(gdpr.bytes);
    const std::pair<std::string, std::string> rows[] = {{"UPDATE artefact SET bytes = x'00' WHERE sha256 = '" + name + "'", "the artefact " + name + " has other bytes than those that were recorded"},
                                                        {"UPDATE artefact SET media_type = 'text/html' WHERE sha256 = '" + name + "'", "the artefact " + name + " is kept as another type than was recorded"},
                                                        {"DELETE FROM artefact WHERE sha256 = '" + name + "'", "an artefact that it names is not there: " + name},
                                                        {"INSERT INTO artefact (sha256, media_type, bytes) VALUES ('" + std::string(64, '0') + "', 'text/plain', x'00')", "there is an artefact that no entry names: " + std::string(64, '0')}};
    int number = 0;
    for (const auto& [sql, words] : rows) {
        const std::string path = folder.file(std::to_string(number++) + ".case");
        std::filesystem::copy_file(good, path);
        tamper(path, sql);
        const RecordVerdict verdict = verify_record(path);
        REQUIRE(verdict.findings.size() == 1);
        CHECK(verdict.findings.front().words == words);
    }
    CHECK(raw_sql(good, "DELETE FROM artefact") == "content leaves a record by a redaction only");
    CHECK(raw_sql(good, "UPDATE artefact SET bytes = x'00'") == "a record is only added to");
    CHECK(verify_record(good).holds());
}

TEST_CASE("law is kept packed and comes back byte for byte; what may hold personal data is kept as it is") {
    const Folder folder;
    const std::string path = folder.file("a.case"), copy = folder.file("b.case");
    std::string law, answer;
    for (int i = 0; i < 40'000; ++i) law += "<obligation id=\"" + std::to_string(i % 7) + "\"/>";
    for (int i = 0; i < 100; ++i) answer += "Johanna Mustermann ";
    const ArtefactBytes file_of_law{"application/xml", law}, output{"application/json", answer};
    const ArtefactBytes list = artefact_list({{"EU/gdpr.xml", file_of_law.reference()}});
    {
        CaseFile file = new_case(path);
        Entry entry = naming("a", {list, file_of_law}, list.reference());
        entry.fields["output_artefact"] = json_text(output.reference());
        entry.artefacts.push_back(output);
        file.append({&entry, 1}, case_key(), began);
        CHECK(file.store().artefact(sha256_hex(law))->bytes == law);
        CHECK(file.store().artefact(sha256_hex(answer))->bytes == answer);
        file.scrub();
        CHECK(file.store().named_elsewhere(sha256_hex(law), 99, "x"));
    }
    CHECK(verify_record(path).holds());
    CHECK(file_bytes(path).find("<obligation") == std::string::npos);
    CHECK(file_bytes(path).find("Mustermann") != std::string::npos);
    CHECK(file_bytes(path).size() < law.size() / 2);
    // A packed one that was changed is told by its name, and nobody is given its bytes.
    const std::string name = sha256_hex(law);
    for (const char* sql : {"UPDATE artefact SET bytes = x'789c0000' WHERE size IS NOT NULL", "UPDATE artefact SET size = size - 1 WHERE size IS NOT NULL", "UPDATE artefact SET size = NULL WHERE size IS NOT NULL", "UPDATE artefact SET size = 99999999999 WHERE size IS NOT NULL"}) {
        std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
        tamper(copy, sql);
        const RecordVerdict verdict = verify_record(copy);
        REQUIRE_FALSE(verdict.holds());
        CHECK(verdict.findings.front().words == "the artefact " + name + " has other bytes than those that were recorded");
        CHECK(thrown([&] { CaseFile::open(copy, false).store().artefact(name); }) == "the artefact " + name + " has other bytes than those that were recorded");
    }
}

TEST_CASE("a file of the first schema is read as it is and upgraded by a writer") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_case(path, 5);
    to_version_1(path);
    const std::string before = file_bytes(path);
    CHECK(verify_record(path).holds());
    CHECK(CaseFile::open(path, false).entries(6).size() == 6);
    CHECK_FALSE(CaseFile::open(path, false).store().has_artefact(std::string(64, '0')));
    CHECK(file_bytes(path) == before);
    CHECK(version_of(path) == "1");
    {
        CaseFile file = CaseFile::open(path, true);
        const Entry entry = naming("law", {gdpr}, gdpr.reference());
        file.append({&entry, 1}, case_key(), began + 60'000'000);
    }
    CHECK(version_of(path) == "4");
    const RecordVerdict verdict = verify_record(path);
    CHECK(verdict.holds());
    CHECK(verdict.entries == 7);
    // A file whose tables are not those of its version is refused and not upgraded.
    const std::string altered = folder.file("altered.case");
    make_case(altered, 1);
    to_version_1(altered);
    REQUIRE(raw_sql(altered, "DROP TRIGGER leaf_kept") == "");
    CHECK(thrown([&] { CaseFile::open(altered, true); }) == "is a case file whose tables were altered");
    CHECK(version_of(altered) == "1");
}

TEST_CASE("an upgrade that loses power leaves the old schema or the new", "[A18]") {
    const Folder folder;
    const std::string path = folder.file("a.case"), copy = folder.file("cut.case");
    make_case(path, 8);
    to_version_1(path);
    const std::string before = file_bytes(path);
    std::vector<DiskStep> steps;
    std::string kept;
    {
        const RecordedDisk disk;
        const CaseFile file = CaseFile::open(path, true);
        kept = file.checkpoint();
        steps = disk.steps();
    }
    REQUIRE(steps.size() > 10);
    std::mt19937 chance(3);
    std::map<std::string, int> versions;
    for (int run = 0; run < 300; ++run) {
        const std::size_t until = chance() % (steps.size() + 1);
        for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(copy + ending);
        write_bytes(copy, before);
        for (const auto& [name, bytes] : after_cut(steps, until, true, chance, {{path, before}})) write_bytes(copy + name.substr(path.size()), bytes);
        const RecordVerdict verdict = verify_record(copy, {{}, kept});
        CHECK(verdict.holds());
        CHECK(verdict.entries == 9);
        const CaseDatabase database(copy);
        ++versions[std::to_string(database.one_number("PRAGMA user_version"))];
    }
    CHECK(versions["1"] > 20);
    CHECK(versions["4"] > 5);
    CHECK(versions.size() == 2);
    tell_runs("A18", "300 cuts: " + std::to_string(versions["1"]) + " left the old tables, " + std::to_string(versions["4"]) + " the new");
}
