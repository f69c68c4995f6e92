#include "engine/record/case_database.h"

#include <new>
#include <utility>

#include <sqlite3.h>

namespace duenotice {

namespace {
constexpr int wait_milliseconds = 10'000;
constexpr int most_value_bytes = 64 << 20;
}  // namespace

CaseDatabase::CaseDatabase(std::string path) : path_(std::move(path)) {
    // WHY: SQLite takes a lock at every allocation to count bytes that nobody asks for. Refused, and harmless, once it runs.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)uncounted;
    const int code = sqlite3_open_v2(path_.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) {
        const std::string why = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
        sqlite3_close_v2(handle_);
        throw RecordError(path_, why);
    }
}

CaseDatabase::~CaseDatabase() {
    for (const auto& [sql, prepared] : prepared_) sqlite3_finalize(prepared.statement);
    sqlite3_close_v2(handle_);
}

void CaseDatabase::fail() const { throw RecordError(path_, sqlite3_errmsg(handle_)); }

void CaseDatabase::check(int code) const {
    if (code != SQLITE_OK) fail();
}

void CaseDatabase::run(const char* sql) const { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }

void CaseDatabase::run_if_it_can(const char* sql) const noexcept { sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }

void CaseDatabase::defend() const {
    const auto set = [&](int what, int value) { check(sqlite3_db_config(handle_, what, value, nullptr)); };
    set(SQLITE_DBCONFIG_DEFENSIVE, 1);
    set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    set(SQLITE_DBCONFIG_ENABLE_VIEW, 0);
    set(SQLITE_DBCONFIG_ENABLE_TRIGGER, 1);
    set(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
    set(SQLITE_DBCONFIG_DQS_DML, 0);
    set(SQLITE_DBCONFIG_DQS_DDL, 0);
    sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, most_value_bytes);
    sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 0);
    check(sqlite3_busy_timeout(handle_, wait_milliseconds));
    run("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON");
}

void CaseDatabase::vacuum() const {
    // WHY: it builds in a database that it attaches, and no other statement may attach any.
    sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 1);
    const int code = sqlite3_exec(handle_, "VACUUM", nullptr, nullptr, nullptr);
    sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 0);
    check(code);
}

void CaseDatabase::copy_into(const CaseDatabase& target) const {
    target.run("PRAGMA synchronous=FULL");
    sqlite3_backup* backup = sqlite3_backup_init(target.handle_, "main", handle_, "main");
    if (backup == nullptr) target.fail();
    const int code = sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK) target.fail();
    if (code != SQLITE_DONE) throw RecordError(target.path(), sqlite3_errstr(code));
}

std::uint64_t CaseDatabase::changed_rows() const { return static_cast<std::uint64_t>(sqlite3_changes64(handle_)); }

std::uint64_t CaseDatabase::one_number(const char* sql) const {
    CaseQuery query(*this, sql);
    return query.next() ? query.number(0) : 0;
}

sqlite3_stmt* CaseDatabase::take(const char* sql) const {
    const auto kept = prepared_.find(sql);
    if (kept != prepared_.end() && !std::exchange(kept->second.taken, true)) return kept->second.statement;
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    return statement;
}

void CaseDatabase::give_back(const char* sql, sqlite3_stmt* statement) const noexcept {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    try {
        const auto [kept, fresh] = prepared_.try_emplace(sql, Prepared{statement, false});
        if (kept->second.statement != statement) sqlite3_finalize(statement);  // another one of this text was taken meanwhile
        else kept->second.taken = false;
    } catch (const std::bad_alloc&) {  // it is prepared anew the next time
        sqlite3_finalize(statement);
    }
}

CaseQuery& CaseQuery::with(std::uint64_t number) {
    database_.check(sqlite3_bind_int64(statement_, ++bound_, static_cast<sqlite3_int64>(number)));
    return *this;
}

CaseQuery& CaseQuery::with_text(std::string_view text) {
    database_.check(sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

CaseQuery& CaseQuery::with_blob(std::string_view bytes) {
    // WHY: a blob of no address is NULL to SQLite, and an empty file is none.
    const char* data = bytes.data() == nullptr ? "" : bytes.data();
    database_.check(sqlite3_bind_blob64(statement_, ++bound_, data, bytes.size(), SQLITE_STATIC));
    return *this;
}

CaseQuery& CaseQuery::with_null() {
    database_.check(sqlite3_bind_null(statement_, ++bound_));
    return *this;
}

bool CaseQuery::next() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) database_.fail();
    return code == SQLITE_ROW;
}

void CaseQuery::finish() {
    while (next()) {
    }
}

bool CaseQuery::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

bool CaseQuery::is_blob(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_BLOB; }

std::uint64_t CaseQuery::number(int column) const { return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column)); }

std::string CaseQuery::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

}  // namespace duenotice
