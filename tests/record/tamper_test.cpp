// What is done to a record behind the program's back is reported, and the first bad entry named.
#include <catch2/catch.hpp>

#include <random>

#include "engine/record/opening_lines.h"
#include "engine/record/record_verifier.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr int facts = 12;

struct Verified {
    bool holds = false;
    std::string first;  ///< what was found first
    std::optional<std::uint64_t> bad;
};

Verified verified(const std::string& path, const Outside& outside = {}) {
    try {
        const RecordVerdict verdict = verify_record(path, outside);
        return {verdict.holds(), verdict.findings.empty() ? "" : verdict.findings.front().words, verdict.first_bad};
    } catch (const RecordError& error) {
        return {false, error.plain(), {}};
    }
}

/// Every row of every table, as the program reads it.
std::string rows_of(const std::string& path) {
    const CaseStore store = CaseStore::open(path, false);
    std::string all;
    store.each_leaf([&](const LeafRow& row) { all += std::to_string(row.seq) + row.bytes + row.hash; });
    store.each_opening([&](std::uint64_t seq, const Opening& opening) { all += std::to_string(seq) + opening.field + opening.salt + opening.value; });
    store.each_checkpoint([&](const CheckpointRow& row) { all += std::to_string(row.size) + row.note; });
    store.each_node([&](const TreeNode& node) { all += std::to_string(node.level) + '.' + std::to_string(node.index) + hex_digits(node.hash); });
    store.each_key([&](const KeyRow& row) { all += row.key + std::to_string(row.seq); });
    return all;
}

}  // namespace

TEST_CASE("a change of any table is reported with the first bad entry") {
    const Folder folder;
    const std::string good = folder.file("good.case");
    make_case(good, facts);
    REQUIRE(verified(good).holds);
    struct Row {
        const char* sql;
        const char* first;
        std::optional<std::uint64_t> bad;
    };
    const Row rows[] = {
        {"UPDATE leaf SET bytes = cast(replace(bytes, 'soc', 'sOc') AS BLOB) WHERE seq = 5", "its bytes are not those of its hash", 5},
        {"UPDATE leaf SET hash = zeroblob(32) WHERE seq = 4", "its bytes are not those of its hash", 4},
        {"DELETE FROM leaf WHERE seq = 6", "entry 6 is not there; entry 7 stands in its place", 6},
        {"UPDATE leaf SET seq = 99 WHERE seq = 3; UPDATE leaf SET seq = 3 WHERE seq = 4; UPDATE leaf SET seq = 4 WHERE seq = 99", "it says that it is entry 4", 3},
        {"UPDATE opening SET content = content || ' ' WHERE seq = 7", "the content of `statement` is not what was recorded", 7},
        {"UPDATE opening SET content = 'fact AAAAAAAAAAAAAAAAAAAAAA' || substr(content, 28) WHERE seq = 2", "the content of `fact` is not what was recorded", 2},
        {"UPDATE opening SET content = substr(content, instr(content, char(10)) + 1) WHERE seq = 8", "content is missing", 8},
        {"DELETE FROM opening WHERE seq = 8", "content is missing", 8},
        {"UPDATE opening SET content = content || char(10) WHERE seq = 8", "content is kept in another form than this program writes", 8},
        {"UPDATE opening SET content = replace(content, ' ', '_') WHERE seq = 8", "content is kept in another form than this program writes", 8},
        {"UPDATE opening SET content = content || char(10) || 'extra AAAA 1' WHERE seq = 3", "the content of `extra` was never recorded", 3},
        {"UPDATE opening SET seq = 99 WHERE seq = 2; UPDATE opening SET seq = 2 WHERE seq = 3; UPDATE opening SET seq = 3 WHERE seq = 99", "the content of `fact` is not what was recorded", 2},
        {"UPDATE leaf SET nodes = CAST(substr(nodes, 1, 32) || zeroblob(32) AS BLOB) WHERE seq = 7", "the leaf of entry 7 is kept with other nodes of the tree than it completes", {}},
        {"UPDATE leaf SET nodes = CAST(substr(nodes, 1, 32) || zeroblob(32) || substr(nodes, 65) AS BLOB) WHERE seq = 7", "node 1 at level 2 of the stored tree is not that of the entries", {}},
        {"UPDATE leaf SET nodes = NULL WHERE seq = 5", "the stored tree has 9 nodes and should have 10", {}},
        {"UPDATE leaf SET nodes = (SELECT nodes FROM leaf WHERE seq = 5) WHERE seq = 4; UPDATE leaf SET nodes = NULL WHERE seq = 5", "the leaf of entry 4 is kept with other nodes of the tree than it completes", {}},
        {"UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 4) WHERE size = 5", "the checkpoint of 5 entries says that it is of 4", {}},
        {"UPDATE checkpoint SET note = substr(note, 1, length(note) - 20) || CASE substr(note, -20, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(note, -19) WHERE size = 6", "the checkpoint of 6 entries: ", {}},
        {"DELETE FROM checkpoint WHERE size = 13", "the newest checkpoint is of 12 entries, and 13 are there", {}},
        {"DELETE FROM idempotency WHERE seq = 9", "its key of idempotency is not kept", 9},
        {"UPDATE idempotency SET seq = 1 WHERE seq = 2", "the key `e1` is kept for an entry that does not bear it", 2},
        {"INSERT INTO idempotency VALUES ('extra', 3)", "the key `extra` is kept for an entry that does not bear it", {}},
        {"DELETE FROM leaf WHERE seq = 12", "the checkpoint of 13 entries covers entries that are not there", 12},
        {"DELETE FROM leaf", "the record holds no entry", 0}};
    int number = 0;
    for (const Row& row : rows) {
        const std::string path = folder.file(std::to_string(number++) + ".case");
        std::filesystem::copy_file(good, path);
        tamper(path, row.sql);
        INFO(row.sql);
        const Verified found = verified(path);
        CHECK_FALSE(found.holds);
        CHECK(found.first.substr(0, std::string(row.first).size()) == row.first);
        CHECK(found.bad == row.bad);
    }
}

TEST_CASE("an entry that was rewritten together with its hash and the whole tree is found by the checkpoints") {
    const Folder folder;
    const std::string good = folder.file("good.case"), bad = folder.file("bad.case");
    make_case(good, facts);
    // Made anew with other content at entry 6, by somebody without the key; its old checkpoints are put back.
    {
        CaseFile file = new_case(bad);
        for (int i = 0; i < facts; ++i) {
            const Entry entry = entry_of("e" + std::to_string(i), i == 5 ? "forged" : "statement " + std::to_string(i));
            file.append({&entry, 1}, case_key(), began + (i + 1) * 1'000'000);
        }
    }
    tamper(bad, "DELETE FROM checkpoint");
    const CaseStore from = CaseStore::open(good, false);
    std::string sql;
    from.each_checkpoint([&](const CheckpointRow& row) { sql += "INSERT INTO checkpoint VALUES (" + std::to_string(row.size) + ", '" + row.note + "');"; });
    tamper(bad, sql);
    const Verified found = verified(bad);
    CHECK_FALSE(found.holds);
    // Salts are fresh, so that the trees differ from entry 1 on; entry 0 has no content and is the same.
    CHECK(found.first == "the checkpoint of 2 entries was signed over another tree: an entry from 1 to 1 is not what was signed");
    CHECK(found.bad == 1U);
}

TEST_CASE("a record that was cut back or begun anew holds by itself and not against what somebody kept") {
    const Folder folder;
    const std::string path = folder.file("a.case"), cut = folder.file("cut.case"), anew = folder.file("anew.case");
    make_case(path, facts);
    const CaseFile file = CaseFile::open(path, false);
    const Outside kept{file.key(), file.checkpoint()};
    CHECK(verified(path, kept).holds);
    std::filesystem::copy_file(path, cut);
    tamper(cut, "DELETE FROM leaf WHERE seq > 7; DELETE FROM opening WHERE seq > 7; DELETE FROM checkpoint WHERE size > 8; DELETE FROM idempotency WHERE seq > 7;");
    CHECK(verified(cut).holds);  // the limit that the page says
    const Verified found = verified(cut, kept);
    CHECK_FALSE(found.holds);
    CHECK(found.first == "the record was cut back: the checkpoint that was given covers 13 entries, and 8 are there");
    CHECK(found.bad == 8U);
    make_case(anew, facts);
    CHECK(verified(anew).holds);
    CHECK(verified(anew, kept).first == "the record was rewritten: its first 13 entries are not those of the checkpoint that was given");
    // Signed by another key throughout.
    const std::string other = folder.file("other.case");
    Entry opened;
    opened.actor = "soc";
    opened.idem = "open";
    CaseFile::create(other, "INC-1", SigningKey::generate(), opened, began);
    CHECK(verified(other).holds);
    CHECK(verified(other, {file.key(), ""}).first == "the record names another key than the one that was given");
}

TEST_CASE("content of one record does not open the leaves of another") {
    const Folder folder;
    const std::string a = folder.file("a.case"), b = folder.file("b.case");
    make_case(a, 3);
    make_case(b, 3);
    std::string sql = "DELETE FROM opening;";
    for (std::uint64_t seq = 0; seq < 4; ++seq)
        if (const auto openings = CaseStore::open(b, false).openings(seq); !openings.empty()) sql += "INSERT INTO opening VALUES (" + std::to_string(seq) + ", '" + opening_lines(openings) + "');";
    tamper(a, sql);
    const Verified found = verified(a);
    CHECK_FALSE(found.holds);
    CHECK(found.bad == 1U);
}

TEST_CASE("every flipped bit that changes a row is reported", "[A9]") {
    const Folder folder;
    const std::string good = folder.file("good.case"), path = folder.file("flipped.case");
    make_case(good, 4 * facts);
    const std::string bytes = file_bytes(good), rows = rows_of(good);
    REQUIRE_FALSE(std::filesystem::exists(good + "-wal"));
    std::mt19937 chance(4);
    int reported = 0, harmless = 0, missed = 0;
    const int flips = runs(1000, 10'000);
    for (int run = 0; run < flips; ++run) {
        std::string flipped = bytes;
        const std::size_t at = chance() % bytes.size();
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (chance() % 8)));
        write_bytes(path, flipped);
        if (!verified(path).holds) {
            ++reported;
            continue;
        }
        try {
            ++(rows_of(path) == rows ? harmless : missed);
        } catch (const RecordError&) {
            ++missed;
        }
    }
    tell_runs("A9", std::to_string(flips) + " flips: " + std::to_string(reported) + " reported, " + std::to_string(harmless) + " in bytes that nothing reads, " + std::to_string(missed) + " missed");
    CHECK(missed == 0);
    CHECK(reported > 200);
}
