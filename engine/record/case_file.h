#pragma once
// The record of one matter: entries that are only added, one tree over them, and a signed checkpoint of the tree in the
// same transaction as the entries that it covers. Whoever has kept a checkpoint can tell later whether anything before it
// was changed, removed or reordered; what no one outside has kept a checkpoint of can be rewritten by whoever holds both
// the file and its key.
//
// Entry 0 opens the record and names its origin and the key that signs it. An entry is written once a key of idempotency:
// to try again gives the first result, to write something else under the same key is refused. A clock that has gone back
// is an entry of its own (`clock`) before the entry that was written after it.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/record/case_store.h"
#include "engine/record/checkpoint.h"
#include "engine/record/entry.h"

namespace duenotice {

/// An entry as it was recorded, with the content of its fields.
struct RecordedEntry {
    Leaf leaf;
    std::map<std::string, JsonValue> fields;
    std::map<std::string, std::uint64_t> erased = {};  ///< fields whose content is gone, with the redaction that says so
};

struct Appended {
    std::vector<std::uint64_t> seqs;  ///< of the entries, in order
    bool again = false;               ///< they had been written before under these keys
    std::string checkpoint;           ///< the newest
};

/// Where an entry comes from when its time is taken: microseconds since 1970, UTC.
using RecordClock = std::int64_t;

class CaseFile {
public:
    /// Makes the file and its entry 0, of kind `opened`: `opened` gives actor, key of idempotency and fields.
    /// With a content key its content is sealed (engine/record/content_key.h), and entry 0 names the key.
    static CaseFile create(const std::string& path, const std::string& incident, const SigningKey& key, Entry opened, RecordClock now, const std::optional<ContentKey>& content_key = {});
    /// Checks the newest checkpoint: its signature, its size and its root over the stored tree. verify does the rest.
    /// RecordError where its content is sealed and the key is not found.
    static CaseFile open(const std::string& path, bool writable);

    const std::string& path() const { return store_.path(); }
    const std::string& incident() const { return incident_; }
    /// `duenotice.case/` and the code of the incident.
    const std::string& origin() const { return key_.name; }
    /// Who signs, as entry 0 says.
    const NoteKey& key() const { return key_; }
    const CaseStore& store() const { return store_; }

    std::uint64_t size() const { return store_.leaf_count(); }
    std::string checkpoint() const;

    /// All or none of the entries, in one transaction and under one checkpoint. EntryRefused where one cannot be recorded,
    /// the key is not the one of this record, a key of idempotency stands for something else, or the record has another
    /// size than the one that the writer looked at, or an entry names an artefact that it does not bring and the record
    /// lacks.
    Appended append(std::span<const Entry> entries, const SigningKey& key, RecordClock now, std::optional<std::uint64_t> looked_at = {});

    RecordedEntry entry(std::uint64_t seq) const;
    /// The first `size` of them, in order.
    std::vector<RecordedEntry> entries(std::uint64_t size) const;
    /// Empties log and free pages of the file of what was erased. RecordError while somebody else reads it.
    void scrub() { store_.scrub(); }

private:
    CaseFile(CaseStore store, std::string incident, NoteKey key) : store_(std::move(store)), incident_(std::move(incident)), key_(std::move(key)) {}
    std::vector<std::uint64_t> written_before(std::span<const Entry> entries) const;
    struct Tail;
    struct KeyStands;
    Appended appended_before(std::span<const Entry> entries) const;
    Appended append_new(std::span<const Entry> entries, const SigningKey& key, RecordClock now, std::optional<std::uint64_t> looked_at);
    std::uint64_t write(const Entry& entry, Tail& tail);
    void redact(const Leaf& redaction);
    void keep_artefacts(const Entry& entry);
    void write_clock(RecordClock now, Tail& tail);
    std::string write_checkpoint(const SigningKey& key, const Tail& tail);

    CaseStore store_;
    std::string incident_;
    NoteKey key_;
};

/// The id of the key to the content of a record, as entry 0 names it; empty where it is not sealed.
std::string content_key_id(const Leaf& opened);

/// The origin and the name of the key of a record.
std::string record_origin(const std::string& incident);

}  // namespace duenotice
