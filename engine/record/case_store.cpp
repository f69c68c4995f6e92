#include "engine/record/case_store.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/record/case_database.h"
#include "engine/record/case_schema.h"
#include "engine/record/opening_lines.h"
#include "engine/record/packed_bytes.h"

namespace duenotice {

namespace {

Digest digest_of(std::string_view bytes) {
    Digest digest{};
    if (bytes.size() == digest.size()) std::memcpy(digest.data(), bytes.data(), digest.size());
    return digest;
}

void check_file(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) throw RecordError(path, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) throw RecordError(path, "is not a regular file");
    if (status.st_size == 0) throw RecordError(path, "is empty and no case file");
}

/// 0600, whatever the mask. WHY first: SQLite gives its companion files the mode of the database.
void make_empty_file(const std::string& path) {
    const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (made < 0) throw RecordError(path, std::strerror(errno));
    ::fchmod(made, 0600);
    ::close(made);
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

}  // namespace

struct CaseStore::State {
    explicit State(const std::string& path) : database(path) {}
    CaseDatabase database;
    std::uint64_t version = schema_version;
    std::optional<ContentKey> key;
    std::string origin;

    /// What a sealed text is about, so that it opens nowhere else.
    std::string about(std::string_view what) const { return origin + " " + std::string(what); }
};

CaseStore::CaseStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
CaseStore::CaseStore(CaseStore&&) noexcept = default;
CaseStore& CaseStore::operator=(CaseStore&&) noexcept = default;
CaseStore::~CaseStore() = default;
const std::string& CaseStore::path() const { return state_->database.path(); }

void CaseStore::use_content_key(ContentKey key, std::string origin) {
    state_->key = std::move(key);
    state_->origin = std::move(origin);
}
bool CaseStore::has_content_key() const { return state_->key.has_value(); }

CaseStore CaseStore::create(const std::string& path) {
    make_empty_file(path);
    try {
        auto state = std::make_unique<State>(path);
        state->database.defend();
        make_schema(state->database);
        sync_folder_of(path);
        return CaseStore(std::move(state));
    } catch (...) {
        discard(path);
        throw;
    }
}

void CaseStore::copy_to(const std::string& path) const {
    make_empty_file(path);
    try {
        const CaseDatabase target(path);
        state_->database.copy_into(target);
    } catch (...) {
        discard(path);
        throw;
    }
    sync_folder_of(path);
}

void CaseStore::discard(const std::string& path) {
    // WHY no std::string: it is also called when there is no memory left.
    std::array<char, 4096 + 16> name{};
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
        std::snprintf(name.data(), name.size(), "%s%s", path.c_str(), ending);
        ::unlink(name.data());
    }
}

CaseStore CaseStore::open(const std::string& path, bool writable) {
    check_file(path);
    // WHY writable: a reader of a WAL file has to make its companion files too; query_only keeps it from writing rows.
    auto state = std::make_unique<State>(path);
    state->database.defend();
    state->version = check_schema(state->database);
    state->database.run(writable ? "PRAGMA synchronous=FULL" : "PRAGMA query_only=ON");
    if (writable) {
        upgrade_schema(state->database);
        state->version = check_schema(state->database);
    }
    return CaseStore(std::move(state));
}

CaseStore::Transaction::Transaction(CaseStore& store) : store_(store) { store_.state_->database.run("BEGIN IMMEDIATE"); }
CaseStore::Transaction::~Transaction() {
    if (!done_) store_.state_->database.run_if_it_can("ROLLBACK");
}
void CaseStore::Transaction::commit() {
    store_.state_->database.run("COMMIT");
    done_ = true;
}

CaseStore::Snapshot::Snapshot(const CaseStore& store) : store_(store) { store_.state_->database.run("BEGIN"); }
CaseStore::Snapshot::~Snapshot() { store_.state_->database.run_if_it_can("ROLLBACK"); }

std::uint64_t CaseStore::leaf_count() const { return state_->database.one_number("SELECT coalesce(max(seq) + 1, 0) FROM leaf"); }

LeafRow CaseStore::leaf(std::uint64_t seq) const {
    CaseQuery query(state_->database, "SELECT seq, bytes, hash FROM leaf WHERE seq = ?");
    if (!query.with(seq).next()) throw RecordError(path(), "has no entry " + std::to_string(seq));
    return {query.number(0), query.bytes(1), query.bytes(2)};
}

void CaseStore::each_leaf(const std::function<void(const LeafRow&)>& visit) const {
    CaseQuery query(state_->database, "SELECT seq, bytes, hash FROM leaf ORDER BY seq");
    while (query.next()) visit({query.number(0), query.bytes(1), query.bytes(2)});
}

void CaseStore::add_leaf(std::string_view bytes, const std::vector<TreeNode>& completed) {
    std::string nodes;
    for (std::size_t i = 1; i < completed.size(); ++i) nodes += view(completed[i].hash);
    CaseQuery query(state_->database, "INSERT INTO leaf (seq, bytes, hash, nodes) VALUES (?, ?, ?, ?)");
    query.with(completed.front().index).with_blob(bytes).with_blob(view(completed.front().hash));
    (nodes.empty() ? query.with_null() : query.with_blob(nodes)).finish();
}

Digest CaseStore::node(unsigned level, std::uint64_t index) const {
    const char* by_table = level == 0 ? "SELECT hash FROM leaf WHERE seq = ?2 AND ?1 = 0" : "SELECT hash FROM node WHERE level = ?1 AND idx = ?2";
    const char* by_leaf = level == 0 ? by_table : "SELECT substr(nodes, ?1 * 32 - 31, 32) FROM leaf WHERE seq = ((?2 + 1) << ?1) - 1";
    CaseQuery query(state_->database, has_dense_rows() ? by_leaf : by_table);
    if (!query.with(level).with(index).next() || query.bytes(0).size() != Digest().size()) throw RecordError(path(), "has no node " + std::to_string(index) + " at level " + std::to_string(level) + " of its tree");
    return digest_of(query.bytes(0));
}

void CaseStore::each_node(const std::function<void(const TreeNode&)>& visit) const {
    if (!has_dense_rows()) {
        CaseQuery query(state_->database, "SELECT level, idx, hash FROM node ORDER BY level, idx");
        while (query.next()) visit({static_cast<unsigned>(query.number(0)), query.number(1), digest_of(query.bytes(2))});
        return;
    }
    CaseQuery query(state_->database, "SELECT seq, nodes FROM leaf WHERE nodes IS NOT NULL ORDER BY seq");
    while (query.next()) {
        const std::uint64_t seq = query.number(0);
        const std::string nodes = query.bytes(1);
        constexpr std::size_t each = Digest().size();
        const auto completed = static_cast<std::size_t>(std::countr_one(seq));
        if (nodes.size() != completed * each) visit({0, seq, {}});
        for (std::size_t i = 0; i < std::min(completed, nodes.size() / each); ++i) visit({static_cast<unsigned>(i + 1), seq >> (i + 1), digest_of(std::string_view(nodes).substr(i * each, each))});
    }
}

bool CaseStore::has_dense_rows() const { return state_->version >= 4; }

std::vector<Opening> CaseStore::openings_of(const CaseQuery& query, int column, std::uint64_t seq) const {
    const std::string kept = query.bytes(column);
    // A text in a sealed record is one that somebody put there.
    if (!state_->key && !query.is_blob(column)) return parse_opening_lines(kept);
    if (!state_->key) throw RecordError(path(), "its content is sealed, and the key is not there");
    const auto lines = query.is_blob(column) ? state_->key->open(kept, state_->about(std::to_string(seq))) : std::nullopt;
    return lines ? parse_opening_lines(*lines) : std::vector<Opening>{{}};
}

std::vector<Opening> CaseStore::openings(std::uint64_t seq) const {
    if (has_dense_rows()) {
        CaseQuery query(state_->database, "SELECT content FROM opening WHERE seq = ?");
        return query.with(seq).next() ? openings_of(query, 0, seq) : std::vector<Opening>{};
    }
    std::vector<Opening> found;
    CaseQuery query(state_->database, "SELECT field, salt, value FROM opening WHERE seq = ? ORDER BY field");
    query.with(seq);
    while (query.next()) found.push_back({query.bytes(0), query.bytes(1), query.bytes(2)});
    return found;
}

void CaseStore::each_opening(const std::function<void(std::uint64_t, const Opening&)>& visit) const {
    if (has_dense_rows()) {
        CaseQuery query(state_->database, "SELECT seq, content FROM opening ORDER BY seq");
        while (query.next())
            for (const Opening& opening : openings_of(query, 1, query.number(0))) visit(query.number(0), opening);
        return;
    }
    CaseQuery query(state_->database, "SELECT seq, field, salt, value FROM opening ORDER BY seq, field");
    while (query.next()) visit(query.number(0), {query.bytes(1), query.bytes(2), query.bytes(3)});
}

std::string CaseStore::content_of(std::uint64_t seq, const std::vector<Opening>& openings) const {
    const std::string lines = opening_lines(openings);
    return state_->key ? state_->key->seal(lines, state_->about(std::to_string(seq))) : lines;
}

std::string CaseStore::sealed_content(std::uint64_t seq) const {
    if (!has_dense_rows()) return {};
    CaseQuery query(state_->database, "SELECT content FROM opening WHERE seq = ?");
    return query.with(seq).next() && query.is_blob(0) ? query.bytes(0) : std::string();
}

void CaseStore::add_openings(std::uint64_t seq, const std::vector<Opening>& openings) {
    if (openings.empty()) return;
    const std::string content = content_of(seq, openings);
    CaseQuery query(state_->database, "INSERT INTO opening (content, seq) VALUES (?, ?)");
    (state_->key ? query.with_blob(content) : query.with_text(content)).with(seq).finish();
}

std::optional<CheckpointRow> CaseStore::last_checkpoint() const {
    CaseQuery query(state_->database, "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1");
    if (!query.next()) return {};
    return CheckpointRow{query.number(0), query.bytes(1)};
}

void CaseStore::each_checkpoint(const std::function<void(const CheckpointRow&)>& visit) const {
    CaseQuery query(state_->database, "SELECT size, note FROM checkpoint ORDER BY size");
    while (query.next()) visit({query.number(0), query.bytes(1)});
}

void CaseStore::add_checkpoint(const CheckpointRow& checkpoint) {
    CaseQuery(state_->database, "INSERT INTO checkpoint (size, note) VALUES (?, ?)").with(checkpoint.size).with_text(checkpoint.note).finish();
}

std::optional<std::uint64_t> CaseStore::seq_of_key(std::string_view key) const {
    CaseQuery query(state_->database, "SELECT seq FROM idempotency WHERE key = ?");
    if (!query.with_text(key).next()) return {};
    return query.number(0);
}

void CaseStore::each_key(const std::function<void(const KeyRow&)>& visit) const {
    CaseQuery query(state_->database, "SELECT key, seq FROM idempotency ORDER BY key");
    while (query.next()) visit({query.bytes(0), query.number(1)});
}

bool CaseStore::add_key(const KeyRow& row) {
    CaseQuery(state_->database, "INSERT INTO idempotency (key, seq) VALUES (?, ?) ON CONFLICT (key) DO NOTHING").with_text(row.key).with(row.seq).finish();
    return state_->database.changed_rows() > 0;
}

Artefact CaseStore::artefact_of(const CaseQuery& query) const {
    // WHY words: no name fits them, so that what cannot be given back is told as other bytes than were recorded.
    constexpr const char* unreadable = "cannot be unpacked";
    Artefact artefact{query.bytes(0), query.bytes(1), query.bytes(2)};
    if (query.number(4) == 1) {
        if (!state_->key) throw RecordError(path(), "the artefact " + artefact.sha256 + " is sealed, and the key is not there");
        artefact.bytes = state_->key->open(artefact.bytes, state_->about(artefact.sha256)).value_or(unreadable);
    }
    if (!query.is_null(3)) artefact.bytes = unpack_bytes(artefact.bytes, query.number(3)).value_or(unreadable);
    return artefact;
}

std::optional<Artefact> CaseStore::artefact(std::string_view sha256) const {
    if (state_->version < 2) return {};
    CaseQuery query(state_->database, state_->version < 3 ? "SELECT sha256, media_type, bytes, NULL, 0 FROM artefact WHERE sha256 = ?" : state_->version < 4 ? "SELECT sha256, media_type, bytes, size, 0 FROM artefact WHERE sha256 = ?" : "SELECT sha256, media_type, bytes, size, sealed FROM artefact WHERE sha256 = ?");
    if (!query.with_text(sha256).next()) return {};
    Artefact found = artefact_of(query);
    if (sha256_hex(found.bytes) != found.sha256) throw RecordError(path(), "the artefact " + found.sha256 + " has other bytes than those that were recorded");
    return found;
}

bool CaseStore::has_artefact(std::string_view sha256) const {
    if (state_->version < 2) return false;
    CaseQuery query(state_->database, "SELECT 1 FROM artefact WHERE sha256 = ?");
    return query.with_text(sha256).next();
}

void CaseStore::each_artefact(const std::function<void(const Artefact&)>& visit) const {
    if (state_->version < 2) return;
    CaseQuery query(state_->database, state_->version < 3 ? "SELECT sha256, media_type, bytes, NULL, 0 FROM artefact ORDER BY sha256" : state_->version < 4 ? "SELECT sha256, media_type, bytes, size, 0 FROM artefact ORDER BY sha256" : "SELECT sha256, media_type, bytes, size, sealed FROM artefact ORDER BY sha256");
    while (query.next())
        if (state_->key || query.number(4) == 0) visit(artefact_of(query));
}

std::string CaseStore::put_artefact(std::string_view media_type, std::string_view bytes, ArtefactKept kept) {
    std::string name = sha256_hex(bytes);
    if (has_artefact(name)) return name;
    const auto smaller = kept == ArtefactKept::Packed ? pack_bytes(bytes) : std::nullopt;
    const bool sealed = kept == ArtefactKept::Sealed && state_->key;
    const std::string closed = sealed ? state_->key->seal(bytes, state_->about(name)) : "";
    CaseQuery query(state_->database, "INSERT INTO artefact (sha256, media_type, bytes, size, sealed) VALUES (?, ?, ?, ?, ?)");
    query.with_text(name).with_text(media_type).with_blob(sealed ? std::string_view(closed) : smaller ? std::string_view(*smaller) : bytes);
    (smaller ? query.with(bytes.size()) : query.with_null()).with(sealed ? 1 : 0).finish();
    return name;
}

std::optional<std::uint64_t> CaseStore::redaction_of(std::uint64_t entry, std::string_view field) const {
    if (state_->version < 2) return {};
    CaseQuery query(state_->database, "SELECT seq FROM redaction WHERE entry = ? AND field = ?");
    if (!query.with(entry).with_text(field).next()) return {};
    return query.number(0);
}

void CaseStore::each_redaction(const std::function<void(const Redaction&)>& visit) const {
    if (state_->version < 2) return;
    CaseQuery query(state_->database, "SELECT seq, entry, field FROM redaction ORDER BY seq");
    while (query.next()) visit({query.number(0), query.number(1), query.bytes(2)});
}

void CaseStore::add_redaction(const Redaction& redaction) {
    CaseQuery(state_->database, "INSERT INTO redaction (seq, entry, field) VALUES (?, ?, ?)").with(redaction.seq).with(redaction.entry).with_text(redaction.field).finish();
}

void CaseStore::erase_opening(std::uint64_t entry, std::string_view field) {
    std::vector<Opening> rest = openings(entry);
    std::erase_if(rest, [&](const Opening& opening) { return opening.field == field; });
    const std::string content = content_of(entry, rest);
    CaseQuery query(state_->database, "UPDATE opening SET content = ? WHERE seq = ?");
    (state_->key ? query.with_blob(content) : query.with_text(content)).with(entry).finish();
}

void CaseStore::erase_artefact(std::string_view sha256) { CaseQuery(state_->database, "DELETE FROM artefact WHERE sha256 = ?").with_text(sha256).finish(); }

bool CaseStore::named_elsewhere(std::string_view sha256, std::uint64_t entry, std::string_view field) const {
    bool named = false;
    each_opening([&](std::uint64_t seq, const Opening& opening) { named = named || ((seq != entry || opening.field != field) && opening.value.find(sha256) != std::string::npos); });
    if (named) return true;
    CaseQuery query(state_->database, "SELECT 1 FROM leaf WHERE instr(bytes, CAST(?1 AS BLOB)) > 0 UNION ALL SELECT 1 FROM artefact WHERE media_type = 'application/vnd.duenotice.list+json' AND instr(bytes, CAST(?1 AS BLOB)) > 0 LIMIT 1");
    return query.with_text(sha256).next();
}

std::vector<LegalHold> CaseStore::holds() const {
    std::vector<LegalHold> found;
    if (state_->version < 2) return found;
    CaseQuery query(state_->database, "SELECT seq, hold, entry, placed FROM legal_hold ORDER BY seq");
    while (query.next()) found.push_back({query.number(0), query.bytes(1), query.is_null(2) ? std::nullopt : std::optional(query.number(2)), query.number(3) == 1});
    return found;
}

void CaseStore::add_hold(const LegalHold& hold) {
    CaseQuery query(state_->database, "INSERT INTO legal_hold (seq, hold, entry, placed) VALUES (?, ?, ?, ?)");
    query.with(hold.seq).with_text(hold.hold);
    (hold.entry ? query.with(*hold.entry) : query.with_null()).with(hold.placed ? 1 : 0).finish();
}

void CaseStore::scrub() {
    const auto empty_log = [this] {
        if (state_->database.one_number("PRAGMA wal_checkpoint(TRUNCATE)") != 0) throw RecordError(path(), "is read by somebody else, so that erased content cannot leave its log yet");
    };
    empty_log();
    state_->database.vacuum();
    empty_log();
}

std::string CaseStore::damage() const {
    CaseQuery query(state_->database, "PRAGMA integrity_check(1)");
    const std::string found = query.next() ? query.bytes(0) : "no answer";
    return found == "ok" ? "" : found;
}

bool looks_like_case(std::string_view first_bytes) { return first_bytes.starts_with(std::string_view("SQLite format 3\0", 16)); }

}  // namespace duenotice
