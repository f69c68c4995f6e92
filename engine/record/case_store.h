#pragma once
// The SQLite file of one matter: its rows, and no meaning.
//
// Every table is append-only: triggers refuse change and removal, and a leaf must be the next one; content and artefacts
// leave only under a redaction. WAL with synchronous=FULL, so that what was committed survives the loss of power. A file
// of an earlier schema is read as it is and brought to this one when a writer opens it (engine/record/case_schema.h).
// Rows come back as they stand: whether they are true is for verify (engine/record/record_verifier.h).
//
// RecordError where the file cannot be used; a writer waits ten seconds for another one.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/commitment.h"
#include "engine/record/content_key.h"
#include "engine/record/merkle_tree.h"
#include "engine/record/record_error.h"
#include "engine/record/redaction.h"

namespace duenotice {

struct LeafRow {
    std::uint64_t seq = 0;
    std::string bytes;
    std::string hash;  ///< 32 bytes, as stored
};

struct CheckpointRow {
    std::uint64_t size = 0;
    std::string note;
};

/// A projection: which entry was written under a key of idempotency.
struct KeyRow {
    std::string key;
    std::uint64_t seq = 0;
};

/// How an artefact is kept: as it is, packed (engine/record/packed_bytes.h), or sealed where content is.
enum class ArtefactKept : std::uint8_t { Plain, Packed, Sealed };

/// Bytes that entries name by their SHA-256 (64 hex digits): a law file, a calendar, an assessment, what was sent.
struct Artefact {
    std::string sha256, media_type, bytes;
};

class CaseQuery;

class CaseStore {
public:
    /// A new file, 0600; an error where something stands at the path, a link too.
    static CaseStore create(const std::string& path);
    /// `writable` false: nothing is ever written through it.
    static CaseStore open(const std::string& path, bool writable);
    /// Another file with the same rows, one state of them while others write; as `create` makes it.
    void copy_to(const std::string& path) const;
    /// Takes away a file that was made just now and could not be begun.
    static void discard(const std::string& path);

    CaseStore(CaseStore&&) noexcept;
    CaseStore& operator=(CaseStore&&) noexcept;
    ~CaseStore();

    const std::string& path() const;

    /// From now on content is sealed and opened by this key; `origin` of the record is bound to it. Before anything is read.
    void use_content_key(ContentKey key, std::string origin);
    bool has_content_key() const;

    /// Takes the writer's place at once; rolled back unless committed.
    class Transaction {
    public:
        explicit Transaction(CaseStore& store);
        ~Transaction();
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;
        void commit();

    private:
        CaseStore& store_;
        bool done_ = false;
    };
    /// Reads of one state while others write.
    class Snapshot {
    public:
        explicit Snapshot(const CaseStore& store);
        ~Snapshot();
        Snapshot(const Snapshot&) = delete;
        Snapshot& operator=(const Snapshot&) = delete;

    private:
        const CaseStore& store_;
    };

    std::uint64_t leaf_count() const;
    LeafRow leaf(std::uint64_t seq) const;
    /// In the order of seq.
    void each_leaf(const std::function<void(const LeafRow&)>& visit) const;
    /// With the nodes that it completes, itself first (nodes_completed).
    void add_leaf(std::string_view bytes, const std::vector<TreeNode>& completed);

    /// Level 0 are the hashes of leaves, higher ones are stored for complete subtrees.
    Digest node(unsigned level, std::uint64_t index) const;
    /// Those above the leaves, each after those below it. A leaf that keeps other nodes than it completes comes as a node of level 0.
    void each_node(const std::function<void(const TreeNode&)>& visit) const;

    /// RecordError where it is sealed and the key is not there. What does not open comes as an opening without a field.
    std::vector<Opening> openings(std::uint64_t seq) const;
    /// Of every entry, by seq and field.
    void each_opening(const std::function<void(std::uint64_t, const Opening&)>& visit) const;
    /// The contents of the entry as they stand in the file, where they are sealed; else empty.
    std::string sealed_content(std::uint64_t seq) const;
    void add_openings(std::uint64_t seq, const std::vector<Opening>& openings);

    std::optional<CheckpointRow> last_checkpoint() const;
    void each_checkpoint(const std::function<void(const CheckpointRow&)>& visit) const;
    void add_checkpoint(const CheckpointRow& checkpoint);

    std::optional<std::uint64_t> seq_of_key(std::string_view key) const;
    void each_key(const std::function<void(const KeyRow&)>& visit) const;
    /// False where the key stands already, and nothing is added.
    bool add_key(const KeyRow& row);

    /// RecordError where it is sealed and the key is not there.
    std::optional<Artefact> artefact(std::string_view sha256) const;
    bool has_artefact(std::string_view sha256) const;
    /// By name; without the key those that are sealed are passed over.
    void each_artefact(const std::function<void(const Artefact&)>& visit) const;
    /// Keeps the bytes, once, and gives their name. An entry brings its artefacts (engine/record/entry.h): what no entry
    /// names, verify reports.
    std::string put_artefact(std::string_view media_type, std::string_view bytes, ArtefactKept kept = ArtefactKept::Plain);

    /// Which content a redaction covers, and by which entry; the content goes with erase_opening.
    std::optional<std::uint64_t> redaction_of(std::uint64_t entry, std::string_view field) const;
    void each_redaction(const std::function<void(const Redaction&)>& visit) const;
    void add_redaction(const Redaction& redaction);
    void erase_opening(std::uint64_t entry, std::string_view field);
    /// To be called while the opening that names it is there.
    void erase_artefact(std::string_view sha256);
    /// Whether a leaf, an artefact that is a list, or an opening besides this one has the name in its bytes.
    bool named_elsewhere(std::string_view sha256, std::uint64_t entry, std::string_view field) const;

    std::vector<LegalHold> holds() const;
    void add_hold(const LegalHold& hold);

    /// Writes everything into the file, empties the log and builds the file anew without what was erased. RecordError
    /// while somebody else reads.
    void scrub();

    /// SQLite's own integrity check: empty, or what it found first.
    std::string damage() const;

private:
    struct State;
    explicit CaseStore(std::unique_ptr<State> state);
    /// Since version 4 (engine/record/case_schema.h).
    bool has_dense_rows() const;
    /// The contents of an entry as the file is to keep them: lines, or these sealed.
    std::string content_of(std::uint64_t seq, const std::vector<Opening>& openings) const;
    /// Of a column with the contents of an entry.
    std::vector<Opening> openings_of(const CaseQuery& query, int column, std::uint64_t seq) const;
    /// Of a row sha256, media type, bytes, size, sealed.
    Artefact artefact_of(const CaseQuery& query) const;
    std::unique_ptr<State> state_;
};

/// Whether a file begins as an SQLite database does.
bool looks_like_case(std::string_view first_bytes);

}  // namespace duenotice
