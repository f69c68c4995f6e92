// How fast a record is, for eyes and not for a verdict: run `record_tests [speed]`. Ratios are to bare inserts of the same
// bytes into SQLite in the same run. `record_tests [large]` makes the large records that tests/torture measures (A17).
#include <catch2/catch.hpp>

#include <ctime>

#include "engine/record/record_verifier.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Of processor time, so that neighbours count little.
double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double bare_inserts(const std::string& path, int count) {
    sqlite3* database = nullptr;
    sqlite3_open(path.c_str(), &database);
    sqlite3_exec(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, bytes BLOB); BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO row (bytes) VALUES (?)", -1, &statement, nullptr);
    const std::string bytes(350, 'x');
    const double from = seconds();
    for (int i = 0; i < count; ++i) {
        sqlite3_bind_blob(statement, 1, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
        sqlite3_step(statement);
        sqlite3_reset(statement);
    }
    sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
    const double took = seconds() - from;
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return took;
}

/// `count` entries in commits of `group` each.
void make_large(const std::string& path, int count, int group) {
    CaseFile file = new_case(path);
    for (int begin = 0; begin < count; begin += group) {
        std::vector<Entry> entries;
        for (int i = begin; i < begin + group; ++i) entries.push_back(entry_of("e" + std::to_string(i), "statement " + std::to_string(i)));
        file.append(entries, case_key(), began + begin);
    }
}

}  // namespace

TEST_CASE("large records for a measurement, in the folder that DUENOTICE_LARGE names", "[.][large]") {
    const char* folder = std::getenv("DUENOTICE_LARGE");
    REQUIRE(folder != nullptr);
    make_large(std::string(folder) + "/grouped.case", 100'000, 1'000);
    make_large(std::string(folder) + "/single.case", 100'000, 1);
}

TEST_CASE("figures of a record of 100,000 entries", "[.][speed]") {
    constexpr int count = 100'000, group = 1'000;
    const Folder folder;
    const std::string path = folder.file("a.case");
    const double bare = bare_inserts(folder.file("bare"), count);
    const double from = seconds();
    make_large(path, count, group);
    const double grouped = seconds() - from;
    WARN("in groups: " << count / grouped << " entries a second, " << grouped / bare << " times bare inserts");
    CaseFile file = CaseFile::open(path, true);
    const double singles = seconds();
    for (int i = 0; i < 200; ++i) {
        const Entry entry = entry_of("single" + std::to_string(i));
        file.append({&entry, 1}, case_key(), began + 1'000'000 + i);
    }
    WARN("one append: " << (seconds() - singles) / 200 * 1e6 << " microseconds of processor");
    const double opened = seconds();
    CaseFile::open(path, false);
    const double verifying = seconds();
    const RecordVerdict verdict = verify_record(path);
    WARN("open " << verifying - opened << " s, verify " << seconds() - verifying << " s");
    CHECK(verdict.holds());
}
