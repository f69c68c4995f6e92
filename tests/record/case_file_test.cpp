// Records that are written, read again, written twice, by many at once, with a clock that goes back; and files that are
// none.
#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <thread>

#include "engine/record/record_verifier.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::string opened(const std::string& path) {
    return thrown([&] { CaseFile::open(path, false); });
}

}  // namespace

TEST_CASE("what was recorded comes back, in order, and verifies") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_case(path, 20);
    const CaseFile file = CaseFile::open(path, false);
    CHECK(file.incident() == "INC-1");
    CHECK(file.origin() == "duenotice.case/INC-1");
    REQUIRE(file.size() == 21);
    const auto entries = file.entries(file.size());
    CHECK(entries[0].leaf.kind == "opened");
    CHECK(entries[7].leaf.seq == 7);
    CHECK(entries[7].leaf.rec == "2026-11-20T22:14:07.000000Z");
    CHECK(entries[7].fields.at("statement").text == "statement 6");
    const RecordVerdict verdict = verify_record(path);
    CHECK(verdict.holds());
    CHECK(verdict.entries == 21);
    CHECK(verdict.checkpoints == 21);
    CHECK(verdict.key == file.key().text());
}

TEST_CASE("no content stands in a leaf") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    CaseFile file = new_case(path);
    const Entry entry = entry_of("e", "Jane Doe");
    file.append({&entry, 1}, case_key(), began);
    const std::string bytes = file.store().leaf(1).bytes;
    CHECK(bytes.find("Jane") == std::string::npos);
    CHECK(bytes.starts_with("{\"actor\":\"soc\",\"commits\":{\"fact\":\""));
    // The same content twice has different commitments: nobody can compare or guess.
    const Entry again = entry_of("f", "Jane Doe");
    file.append({&again, 1}, case_key(), began);
    CHECK(file.entry(1).leaf.commits.at("statement") != file.entry(2).leaf.commits.at("statement"));
}

TEST_CASE("a group is written whole under one checkpoint") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const std::vector<Entry> group = {entry_of("a"), entry_of("b"), entry_of("c")};
    const Appended done = file.append(group, case_key(), began);
    CHECK(done.seqs == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(verify_record(file.path()).checkpoints == 2);
    const std::vector<Entry> broken = {entry_of("d"), entry_of("not an id")};
    CHECK(thrown([&] { file.append(broken, case_key(), began); }).find("is not a key of idempotency") != std::string::npos);
    const std::vector<Entry> twice = {entry_of("d"), entry_of("d")};
    CHECK(thrown([&] { file.append(twice, case_key(), began); }) == "the key `d` stands twice");
    CHECK(file.size() == 4);
    CHECK(verify_record(file.path()).holds());
}

TEST_CASE("to try again under the same key records nothing twice") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const Entry entry = entry_of("try-1", "240");
    const Appended first = file.append({&entry, 1}, case_key(), began);
    const Appended again = file.append({&entry, 1}, case_key(), began + 5'000'000);
    CHECK_FALSE(first.again);
    CHECK(again.again);
    CHECK(again.seqs == first.seqs);
    CHECK(again.checkpoint == first.checkpoint);
    const Entry other = entry_of("try-1", "250");
    CHECK(thrown([&] { file.append({&other, 1}, case_key(), began); }) == "the key `try-1` stands for entry 1, which says something else");
    const std::vector<Entry> part = {entry_of("try-1", "240"), entry_of("try-2")};
    CHECK(thrown([&] { file.append(part, case_key(), began); }) == "a part of these entries was written before");
    CHECK(file.size() == 2);
}

TEST_CASE("a clock that goes back is an entry and never hidden", "[B1]") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const Entry entry = entry_of("a");
    const Appended done = file.append({&entry, 1}, case_key(), began - 3'600'000'000);
    CHECK(done.seqs == std::vector<std::uint64_t>{2});
    const RecordedEntry clock = file.entry(1);
    CHECK(clock.leaf.kind == "clock");
    CHECK(std::get<std::string>(clock.leaf.refs.at("was")) == "2026-11-20T22:14:00.000000Z");
    CHECK(file.entry(2).leaf.rec == "2026-11-20T21:14:00.000000Z");
    CHECK(verify_record(file.path()).holds());
}

TEST_CASE("the key of another, a number that would be rounded, bytes that are no text and a record that grew meanwhile are refused") {
    const Folder folder;
    CaseFile file = new_case(folder.file("a.case"));
    const Entry entry = entry_of("a");
    CHECK(thrown([&] { file.append({&entry, 1}, SigningKey::generate(), began); }) == "this is not the key that signs this record");
    Entry large = entry_of("b");
    large.fields["statement"] = json_whole(9'007'199'254'740'992);
    CHECK(thrown([&] { file.append({&large, 1}, case_key(), began); }) == "`9007199254740992` is not a whole number up to 2^53 - 1");
    large.fields["statement"] = json_whole(9'007'199'254'740'991);
    CHECK(thrown([&] { file.append({&large, 1}, case_key(), began, 0); }) == "somebody else has written meanwhile; look again");
    for (const char* bytes : {"\x80", "a\xC0\xAF", "\xED\xA0\x80"}) {
        large.fields["statement"] = json_text(bytes);
        CHECK(thrown([&] { file.append({&large, 1}, case_key(), began); }) == "`statement` is no text in UTF-8, or holds U+0000");
    }
    JsonValue inner = json_object();
    json_add(inner, "member", json_text(std::string_view("a\0b", 3)));
    large.fields["statement"] = inner;
    CHECK(thrown([&] { file.append({&large, 1}, case_key(), began); }) == "`statement` is no text in UTF-8, or holds U+0000");
    CHECK(file.size() == 1);
    large.fields["statement"] = json_whole(9'007'199'254'740'991);
    CHECK(thrown([&] { file.append({&large, 1}, case_key(), began, 1); }).empty());
    CHECK(verify_record(file.path()).holds());
}

TEST_CASE("tables are only added to") {
    const Folder folder;
    const std::string path = folder.file("a.case"), added = "a record is only added to";
    make_case(path, 4);
    for (const char* table : {"leaf", "checkpoint", "idempotency"}) CHECK(raw_sql(path, std::string("DELETE FROM ") + table) == added);
    CHECK(raw_sql(path, "DELETE FROM opening") == "content leaves a record by a redaction only");
    CHECK(raw_sql(path, "UPDATE leaf SET bytes = x'00'") == added);
    CHECK(raw_sql(path, "UPDATE leaf SET nodes = NULL") == added);
    CHECK(raw_sql(path, "UPDATE opening SET content = 'fact AAAA 1'") == added);
    CHECK(raw_sql(path, "UPDATE checkpoint SET note = ''") == added);
    CHECK(raw_sql(path, "UPDATE idempotency SET seq = 0") == added);
    CHECK(raw_sql(path, "INSERT INTO leaf VALUES (9, x'00', zeroblob(32), NULL)") == "a leaf must be the next one");
    CHECK(raw_sql(path, "INSERT OR REPLACE INTO leaf VALUES (2, x'00', zeroblob(32), NULL)") == "a leaf must be the next one");
    CHECK(verify_record(path).holds());
}

TEST_CASE("many writers at once lose nothing and leave no gap") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    new_case(path);
    std::vector<std::thread> writers;
    std::vector<std::string> failures(4);
    for (std::size_t w = 0; w < 4; ++w)
        writers.emplace_back([&, w] {
            failures[w] = thrown([&] {
                CaseFile file = CaseFile::open(path, true);
                for (int i = 0; i < 25; ++i) {
                    const Entry entry = entry_of("w" + std::to_string(w) + "-" + std::to_string(i));
                    file.append({&entry, 1}, case_key(), began + i);
                }
            });
        });
    for (std::thread& writer : writers) writer.join();
    for (const std::string& failure : failures) CHECK(failure.empty());
    const RecordVerdict verdict = verify_record(path);
    CHECK(verdict.holds());
    std::size_t facts = 0;
    const CaseFile file = CaseFile::open(path, false);
    for (const RecordedEntry& entry : file.entries(file.size())) facts += entry.leaf.kind == "fact";
    CHECK(facts == 100);
}

TEST_CASE("a record is for its owner alone, whatever the mask") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    const mode_t before = ::umask(0);
    {
        const CaseFile file = new_case(path);
        for (const char* ending : {"", "-wal", "-shm"}) {
            struct stat status {};
            REQUIRE(::stat((path + ending).c_str(), &status) == 0);
            CHECK((status.st_mode & 0777U) == 0600U);
        }
    }
    ::umask(before);
}

TEST_CASE("a leaf is read in its one spelling only") {
    Leaf leaf;
    leaf.kind = "fact";
    leaf.incident = "INC-1";
    leaf.rec = record_time(began);
    leaf.actor = "soc";
    leaf.idem = "k";
    const std::string bytes = leaf_bytes(leaf);
    CHECK(std::holds_alternative<Leaf>(parse_leaf(bytes)));
    CHECK(std::get<std::string>(parse_leaf(" " + bytes)) == "the leaf is not in its one spelling");
    CHECK(std::get<std::string>(parse_leaf(bytes.substr(0, bytes.size() - 1) + ",\"x\":1}")) == "the leaf is not in its one spelling");
}

TEST_CASE("a record is not opened whose head does not fit its entries") {
    const Folder folder;
    const std::string good = folder.file("a.case"), cut = folder.file("cut.case"), other = folder.file("other.case"), content = folder.file("content.case");
    make_case(good, 3);
    for (const std::string& copy : {cut, other, content}) std::filesystem::copy_file(good, copy);
    tamper(cut, "DELETE FROM leaf WHERE seq = 3");
    CHECK(opened(cut) == "holds 3 entries and its newest checkpoint is of 4");
    tamper(other, "UPDATE leaf SET nodes = CAST(substr(nodes, 1, 32) || zeroblob(32) AS BLOB) WHERE seq = 3");
    CHECK(opened(other) == "its tree does not lead to the root that was signed");
    tamper(content, "UPDATE opening SET content = replace(content, '\"data', '\"DATA') WHERE seq = 2");
    CHECK(thrown([&] { CaseFile::open(content, false).entries(4); }) == "entry 2: the content of `fact` is not what was recorded");
}

TEST_CASE("nothing that stands at the path is written over") {
    const Folder folder;
    write_bytes(folder.file("victim"), "precious");
    std::filesystem::create_symlink(folder.file("victim"), folder.file("link.case"));
    std::filesystem::create_symlink(folder.file("nowhere"), folder.file("dangling.case"));
    for (const char* name : {"victim", "link.case", "dangling.case"}) CHECK(thrown([&] { new_case(folder.file(name)); }) == "File exists");
    CHECK(file_bytes(folder.file("victim")) == "precious");
    CHECK_FALSE(std::filesystem::exists(folder.file("nowhere")));
    CHECK(thrown([&] { new_case(folder.file("bad.case"), "../x"); }).find("is not a code of an incident") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.file("bad.case")));
}

TEST_CASE("what is no case file is refused before anything of it is read, and stays as it is") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_case(path, 3);
    write_bytes(folder.file("empty"), "");
    write_bytes(folder.file("text"), std::string(5000, 'x'));
    write_bytes(folder.file("short"), file_bytes(path).substr(0, 600));
    std::filesystem::create_directory(folder.file("folder"));
    std::filesystem::create_symlink(path, folder.file("link"));
    CHECK(raw_sql(folder.file("other"), "CREATE TABLE leaf (seq INTEGER)").empty());
    CHECK(opened(folder.file("none")) == "No such file or directory");
    CHECK(opened(folder.file("empty")) == "is empty and no case file");
    CHECK(opened(folder.file("text")) == "file is not a database");
    CHECK_FALSE(opened(folder.file("short")).empty());
    CHECK(opened(folder.file("folder")) == "is not a regular file");
    CHECK(opened(folder.file("link")) == "is not a regular file");
    CHECK(opened(folder.file("other")) == "is not a case file");
    CHECK(file_bytes(folder.file("text")) == std::string(5000, 'x'));
    const auto altered = [&](const std::string& name, const std::string& sql) {
        std::filesystem::copy_file(path, folder.file(name));
        CHECK(raw_sql(folder.file(name), sql).empty());
        return opened(folder.file(name));
    };
    const std::string tables = "is a case file whose tables were altered";
    CHECK(altered("v", "PRAGMA user_version = 5") == "was written by a later version of this program (schema 5)");
    CHECK(altered("v0", "PRAGMA user_version = 0") == tables);
    CHECK(altered("t", "DROP TRIGGER leaf_kept") == tables);
    CHECK(altered("x", "CREATE TRIGGER extra AFTER INSERT ON leaf BEGIN SELECT 1; END") == tables);
    CHECK(altered("w", "CREATE VIEW extra AS SELECT * FROM leaf") == tables);
    CHECK(altered("i", "PRAGMA application_id = 7") == "is not a case file");
    CHECK(opened(path).empty());
}
