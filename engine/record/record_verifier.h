#pragma once
// Whether a case file is what its writers signed. Nothing stored is believed: leaves are hashed again, the tree is built
// again from them, every checkpoint is checked against it and its signature against the key, every content against its
// commitment, every artefact against its name, every approval and confirmation against the key of its account, and the
// tables that only repeat the leaves (nodes of the tree, keys of idempotency) are made again and compared. SQLite's own
// check runs beside it; alone it sees few flipped bits.
//
// What this cannot see: a file that was cut back, or rewritten with its own key, to something whole. Against that stands
// what somebody outside kept: a key and a checkpoint, given here as `outside`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/record/checkpoint.h"
#include "engine/record/signature_check.h"
#include "rules/fingerprint.h"

namespace duenotice {

/// What the one who verifies holds himself.
struct Outside {
    std::optional<NoteKey> key;  ///< of the record; without it the key that the record names is taken
    std::string checkpoint;      ///< an earlier signed checkpoint of this record; empty: none
};

struct RecordVerdict {
    std::string incident, origin, key;  ///< as the record names them; empty when entry 0 cannot be read
    std::uint64_t entries = 0, checkpoints = 0;
    std::uint64_t good_until = 0;        ///< entries under the newest checkpoint that holds, with all that is signed before them
    Digest root{};                       ///< of all entries, computed
    std::vector<Finding> findings;       ///< in the order in which they were met; at most 100
    std::optional<std::uint64_t> first_bad;  ///< the lowest entry that is not what was signed
    SignatureVerdict signatures;
    bool sealed = false;  ///< content is sealed and the key was not there: content and what persons signed were not looked at
    /// Entries, content and order are what the key of the record signed; what persons signed may be forged all the same.
    bool whole() const { return findings.empty(); }
    bool holds() const { return whole() && signatures.wrong.empty(); }
};

/// RecordError where the file cannot be opened as a case file at all. A key to sealed content is looked for with `kept_as`,
/// the path of the case file of which `path` is a copy; empty: the path itself.
RecordVerdict verify_record(const std::string& path, const Outside& outside = {}, const std::string& kept_as = {});

}  // namespace duenotice
