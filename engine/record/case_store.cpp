#include "engine/record/case_store.h"

#include <cerrno>
#include <cstring>
#include <map>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

namespace duenotice {

namespace {

constexpr int application_id = 0x444E4346;  // `DNCF`
constexpr int schema_version = 1;
constexpr int wait_milliseconds = 10'000;
constexpr int most_value_bytes = 64 << 20;

constexpr const char* schema = R"(
CREATE TABLE leaf (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
CREATE TABLE node (level INTEGER NOT NULL CHECK (level > 0), idx INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32), PRIMARY KEY (level, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE opening (seq INTEGER NOT NULL, field TEXT NOT NULL, salt TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (seq, field)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE idempotency (key TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER leaf_next BEFORE INSERT ON leaf WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM leaf) BEGIN SELECT RAISE(ABORT, 'a leaf must be the next one'); END;
CREATE TRIGGER leaf_kept BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER leaf_stays BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER node_kept BEFORE UPDATE ON node BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER node_stays BEFORE DELETE ON node BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER opening_kept BEFORE UPDATE ON opening BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER opening_stays BEFORE DELETE ON opening BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER checkpoint_kept BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER idempotency_kept BEFORE UPDATE ON idempotency BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER idempotency_stays BEFORE DELETE ON idempotency BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
)";

Digest digest_of(std::string_view bytes) {
    Digest digest{};
    if (bytes.size() == digest.size()) std::memcpy(digest.data(), bytes.data(), digest.size());
    return digest;
}

std::string_view view(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

class Database {
public:
    Database(std::string path, int flags) : path_(std::move(path)) {
        const int code = sqlite3_open_v2(path_.c_str(), &handle_, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
        if (code != SQLITE_OK) {
            const std::string why = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
            sqlite3_close_v2(handle_);
            throw RecordError(path_, why);
        }
    }
    ~Database() {
        for (const auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
        sqlite3_close_v2(handle_);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    sqlite3* handle() const { return handle_; }
    const std::string& path() const { return path_; }
    [[noreturn]] void fail() const { throw RecordError(path_, sqlite3_errmsg(handle_)); }
    void check(int code) const {
        if (code != SQLITE_OK) fail();
    }
    void run(const char* sql) const { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }

    /// Settings that keep a hostile or damaged file from doing more than being refused.
    void defend() const {
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

    /// A statement of a text that stands in this file; given back, it is prepared once for many rows.
    sqlite3_stmt* take(const char* sql) const {
        if (const auto kept = prepared_.find(sql); kept != prepared_.end()) {
            sqlite3_stmt* statement = kept->second;
            prepared_.erase(kept);
            return statement;
        }
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr));
        return statement;
    }
    void give_back(const char* sql, sqlite3_stmt* statement) const {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        if (!prepared_.emplace(sql, statement).second) sqlite3_finalize(statement);
    }

private:
    std::string path_;
    sqlite3* handle_ = nullptr;
    mutable std::map<const char*, sqlite3_stmt*> prepared_;
};

/// A statement with its parameters bound; text is never pasted into SQL.
class Query {
public:
    Query(const Database& database, const char* sql) : database_(database), sql_(sql), statement_(database.take(sql)) {}
    ~Query() { database_.give_back(sql_, statement_); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    Query& with(std::uint64_t number) {
        database_.check(sqlite3_bind_int64(statement_, ++bound_, static_cast<sqlite3_int64>(number)));
        return *this;
    }
    Query& with_text(std::string_view text) {
        database_.check(sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
        return *this;
    }
    Query& with_blob(std::string_view bytes) {
        database_.check(sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_STATIC));
        return *this;
    }
    bool next() {
        const int code = sqlite3_step(statement_);
        if (code != SQLITE_ROW && code != SQLITE_DONE) database_.fail();
        return code == SQLITE_ROW;
    }
    void finish() {
        while (next()) {
        }
    }
    std::uint64_t number(int column) const { return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column)); }
    std::string bytes(int column) const {
        const void* data = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
    }

private:
    const Database& database_;
    const char* sql_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
};

std::uint64_t one_number(const Database& database, const char* sql) {
    Query query(database, sql);
    return query.next() ? query.number(0) : 0;
}

/// Every object of the schema with its text; the same for two files of one version.
std::string schema_of(const Database& database) {
    std::string text;
    Query query(database, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name");
    while (query.next())
        for (int column = 0; column < 4; ++column) text += query.bytes(column) + '\n';
    return text;
}

const std::string& expected_schema() {
    static const std::string text = [] {
        const Database memory(":memory:", SQLITE_OPEN_READWRITE);
        memory.run(schema);
        return schema_of(memory);
    }();
    return text;
}

void check_file(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) throw RecordError(path, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) throw RecordError(path, "is not a regular file");
    if (status.st_size == 0) throw RecordError(path, "is empty and no case file");
}

/// A new name is on the disk when its folder is.
void sync_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return;
    ::fsync(opened);
    ::close(opened);
}

void check_kind(const Database& database) {
    if (one_number(database, "PRAGMA application_id") != application_id) throw RecordError(database.path(), "is not a case file");
    const std::uint64_t version = one_number(database, "PRAGMA user_version");
    if (version > schema_version) throw RecordError(database.path(), "was written by a later version of this program (schema " + std::to_string(version) + ")");
    if (version != schema_version || schema_of(database) != expected_schema()) throw RecordError(database.path(), "is a case file whose tables were altered");
}

}  // namespace

struct CaseStore::State {
    explicit State(const std::string& path, int flags) : database(path, flags) {}
    Database database;
};

CaseStore::CaseStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
CaseStore::CaseStore(CaseStore&&) noexcept = default;
CaseStore& CaseStore::operator=(CaseStore&&) noexcept = default;
CaseStore::~CaseStore() = default;
const std::string& CaseStore::path() const { return state_->database.path(); }

CaseStore CaseStore::create(const std::string& path) {
    // WHY first: SQLite gives its companion files the mode of the database.
    const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (made < 0) throw RecordError(path, std::strerror(errno));
    ::fchmod(made, 0600);
    ::close(made);
    try {
        auto state = std::make_unique<State>(path, SQLITE_OPEN_READWRITE);
        state->database.defend();
        state->database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
        const std::string whole = "BEGIN IMMEDIATE;" + std::string(schema) + "PRAGMA application_id=" + std::to_string(application_id) + "; PRAGMA user_version=" + std::to_string(schema_version) + "; COMMIT";
        state->database.run(whole.c_str());
        sync_folder_of(path);
        return CaseStore(std::move(state));
    } catch (...) {
        discard(path);
        throw;
    }
}

void CaseStore::discard(const std::string& path) {
    for (const char* ending : {"", "-wal", "-shm"}) ::unlink((path + ending).c_str());
}

CaseStore CaseStore::open(const std::string& path, bool writable) {
    check_file(path);
    // WHY writable: a reader of a WAL file has to make its companion files too; query_only keeps it from writing rows.
    auto state = std::make_unique<State>(path, SQLITE_OPEN_READWRITE);
    state->database.defend();
    check_kind(state->database);
    state->database.run(writable ? "PRAGMA synchronous=FULL" : "PRAGMA query_only=ON");
    return CaseStore(std::move(state));
}

CaseStore::Transaction::Transaction(CaseStore& store) : store_(store) { store_.state_->database.run("BEGIN IMMEDIATE"); }
CaseStore::Transaction::~Transaction() {
    if (!done_) sqlite3_exec(store_.state_->database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}
void CaseStore::Transaction::commit() {
    store_.state_->database.run("COMMIT");
    done_ = true;
}

CaseStore::Snapshot::Snapshot(const CaseStore& store) : store_(store) { store_.state_->database.run("BEGIN"); }
CaseStore::Snapshot::~Snapshot() { sqlite3_exec(store_.state_->database.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }

std::uint64_t CaseStore::leaf_count() const { return one_number(state_->database, "SELECT coalesce(max(seq) + 1, 0) FROM leaf"); }

LeafRow CaseStore::leaf(std::uint64_t seq) const {
    Query query(state_->database, "SELECT seq, bytes, hash FROM leaf WHERE seq = ?");
    if (!query.with(seq).next()) throw RecordError(path(), "has no entry " + std::to_string(seq));
    return {query.number(0), query.bytes(1), query.bytes(2)};
}

void CaseStore::each_leaf(const std::function<void(const LeafRow&)>& visit) const {
    Query query(state_->database, "SELECT seq, bytes, hash FROM leaf ORDER BY seq");
    while (query.next()) visit({query.number(0), query.bytes(1), query.bytes(2)});
}

void CaseStore::add_leaf(std::uint64_t seq, std::string_view bytes, const Digest& hash) {
    Query(state_->database, "INSERT INTO leaf (seq, bytes, hash) VALUES (?, ?, ?)").with(seq).with_blob(bytes).with_blob(view(hash)).finish();
}

Digest CaseStore::node(unsigned level, std::uint64_t index) const {
    Query query(state_->database, level == 0 ? "SELECT hash FROM leaf WHERE seq = ?2 AND ?1 = 0" : "SELECT hash FROM node WHERE level = ?1 AND idx = ?2");
    if (!query.with(level).with(index).next()) throw RecordError(path(), "has no node " + std::to_string(index) + " at level " + std::to_string(level) + " of its tree");
    return digest_of(query.bytes(0));
}

void CaseStore::each_node(const std::function<void(const TreeNode&)>& visit) const {
    Query query(state_->database, "SELECT level, idx, hash FROM node ORDER BY level, idx");
    while (query.next()) visit({static_cast<unsigned>(query.number(0)), query.number(1), digest_of(query.bytes(2))});
}

void CaseStore::add_node(const TreeNode& node) {
    Query(state_->database, "INSERT INTO node (level, idx, hash) VALUES (?, ?, ?)").with(node.level).with(node.index).with_blob(view(node.hash)).finish();
}

std::vector<Opening> CaseStore::openings(std::uint64_t seq) const {
    std::vector<Opening> found;
    Query query(state_->database, "SELECT field, salt, value FROM opening WHERE seq = ? ORDER BY field");
    query.with(seq);
    while (query.next()) found.push_back({query.bytes(0), query.bytes(1), query.bytes(2)});
    return found;
}

void CaseStore::each_opening(const std::function<void(std::uint64_t, const Opening&)>& visit) const {
    Query query(state_->database, "SELECT seq, field, salt, value FROM opening ORDER BY seq, field");
    while (query.next()) visit(query.number(0), {query.bytes(1), query.bytes(2), query.bytes(3)});
}

void CaseStore::add_opening(std::uint64_t seq, const Opening& opening) {
    Query(state_->database, "INSERT INTO opening (seq, field, salt, value) VALUES (?, ?, ?, ?)").with(seq).with_text(opening.field).with_text(opening.salt).with_text(opening.value).finish();
}

std::optional<CheckpointRow> CaseStore::last_checkpoint() const {
    Query query(state_->database, "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1");
    if (!query.next()) return {};
    return CheckpointRow{query.number(0), query.bytes(1)};
}

void CaseStore::each_checkpoint(const std::function<void(const CheckpointRow&)>& visit) const {
    Query query(state_->database, "SELECT size, note FROM checkpoint ORDER BY size");
    while (query.next()) visit({query.number(0), query.bytes(1)});
}

void CaseStore::add_checkpoint(const CheckpointRow& checkpoint) {
    Query(state_->database, "INSERT INTO checkpoint (size, note) VALUES (?, ?)").with(checkpoint.size).with_text(checkpoint.note).finish();
}

std::optional<std::uint64_t> CaseStore::seq_of_key(std::string_view key) const {
    Query query(state_->database, "SELECT seq FROM idempotency WHERE key = ?");
    if (!query.with_text(key).next()) return {};
    return query.number(0);
}

void CaseStore::each_key(const std::function<void(const KeyRow&)>& visit) const {
    Query query(state_->database, "SELECT key, seq FROM idempotency ORDER BY key");
    while (query.next()) visit({query.bytes(0), query.number(1)});
}

void CaseStore::add_key(const KeyRow& row) { Query(state_->database, "INSERT INTO idempotency (key, seq) VALUES (?, ?)").with_text(row.key).with(row.seq).finish(); }

std::string CaseStore::damage() const {
    Query query(state_->database, "PRAGMA integrity_check(1)");
    const std::string found = query.next() ? query.bytes(0) : "no answer";
    return found == "ok" ? "" : found;
}

bool looks_like_case(std::string_view first_bytes) { return first_bytes.starts_with(std::string_view("SQLite format 3\0", 16)); }

}  // namespace duenotice
