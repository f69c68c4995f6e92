#pragma once
// A folder that goes away with the test, records made in it, and a door of its own to their tables: raw SQL past every
// trigger, as somebody with the file and without the program would use it.

#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include "engine/record/canonical_json.h"
#include "engine/record/case_file.h"

namespace duenotice::test {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "duenotice-record-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

inline const SigningKey& case_key() {
    static const SigningKey made = SigningKey::from_seed(std::string(32, 'k'));
    return made;
}

/// 2026-11-20T22:14:00Z in microseconds.
inline constexpr RecordClock began = 1'795'212'840'000'000;

inline Entry entry_of(const std::string& idem, const std::string& text = "yes") {
    Entry entry;
    entry.kind = "fact";
    entry.actor = "soc";
    entry.idem = idem;
    entry.fields["statement"] = json_text(text);
    entry.fields["fact"] = json_text("data.personal");
    return entry;
}

/// How often a test of the torture list runs its trial: the nightly set has the full figures.
inline int runs(int fast, int nightly) { return std::getenv("DUENOTICE_NIGHTLY") != nullptr ? nightly : fast; }
/// For the table of tests/torture: the id of the test, and what it ran.
inline void tell_runs(const char* id, const std::string& words) { std::cout << id << " runs: " << words << std::endl; }

/// What is thrown, or nothing.
template <class Action>
std::string thrown(const Action& action) {
    try {
        action();
    } catch (const RecordError& error) {
        return error.plain();
    }
    return "";
}

inline CaseFile new_case(const std::string& path, const std::string& incident = "INC-1") {
    Entry opened;
    opened.actor = "soc";
    opened.idem = "open";
    return CaseFile::create(path, incident, case_key(), opened, began);
}

/// A record of `count` entries besides the first, each in a commit of its own, a second apart; closed again.
inline void make_case(const std::string& path, int count, const std::string& incident = "INC-1") {
    CaseFile file = new_case(path, incident);
    for (int i = 0; i < count; ++i) {
        const Entry entry = entry_of("e" + std::to_string(i), "statement " + std::to_string(i));
        file.append({&entry, 1}, case_key(), began + (i + 1) * 1'000'000);
    }
}

/// Runs SQL with the triggers taken off and put back, so that the tables look untouched.
inline void tamper(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK) throw std::runtime_error("cannot open");
    std::string drop, again;
    const auto collect = [](void* to, int, char** row, char**) {
        auto* both = static_cast<std::pair<std::string*, std::string*>*>(to);
        *both->first += std::string("DROP TRIGGER ") + row[0] + ";";
        *both->second += std::string(row[1]) + ";";
        return 0;
    };
    std::pair<std::string*, std::string*> both{&drop, &again};
    sqlite3_exec(database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid", collect, &both, nullptr);
    char* error = nullptr;
    const std::string all = "BEGIN;" + drop + sql + ";" + again + "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)";
    if (sqlite3_exec(database, all.c_str(), nullptr, nullptr, &error) != SQLITE_OK) throw std::runtime_error(error);
    sqlite3_close(database);
}

/// Empty when it went through, else what SQLite said.
inline std::string raw_sql(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK) return "cannot open";
    char* error = nullptr;
    sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error);
    std::string said = error == nullptr ? "" : error;
    sqlite3_free(error);
    sqlite3_close(database);
    return said;
}

inline std::string file_bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << bytes;
}

}  // namespace duenotice::test
