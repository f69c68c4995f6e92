#pragma once
// The leaves of a record one after the other, as whoever verifies meets them: each is hashed, parsed and held against those
// before it, and the tree grows. What the leaves alone say about one another is checked here, for a case file and for a
// bundle alike: places, incident, clock, keys of idempotency, what was erased and what a legal hold kept.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/record/checkpoint.h"
#include "engine/record/merkle_tree.h"
#include "engine/record/redaction.h"

namespace duenotice {

/// Further ones are not told.
inline constexpr std::size_t most_findings = 100;

/// What somebody who verifies finds.
struct Finding {
    std::optional<std::uint64_t> seq;  ///< the entry, where it is one's
    std::string words;
};
using TellFinding = std::function<void(std::string words, std::optional<std::uint64_t> seq)>;

class LeafChain {
public:
    explicit LeafChain(TellFinding tell) : tell_(std::move(tell)) {}

    /// The next leaf; its hash.
    Digest add(std::string_view bytes);
    /// After the last leaf: keys that stand twice, erasures and holds.
    void finish();

    std::uint64_t size() const { return leaves_.size(); }
    /// Of the first `size` leaves.
    Digest root(std::uint64_t size) const;
    /// By level.
    const std::vector<std::vector<Digest>>& tree() const { return tree_; }
    /// Empty where the bytes are no leaf.
    const std::optional<Leaf>& leaf(std::uint64_t seq) const { return leaves_[seq]; }

    const std::string& incident() const { return incident_; }
    const std::string& origin() const { return origin_; }
    /// As entry 0 names it, and parsed.
    const std::string& key_text() const { return key_text_; }
    const std::optional<NoteKey>& key() const { return key_; }

    const std::map<std::string, std::uint64_t>& keys() const { return keys_; }
    const std::vector<LegalHold>& holds() const { return holds_; }
    const std::map<std::uint64_t, Redaction>& redactions() const { return redactions_; }
    /// Fields whose content is gone, with the entry that says so.
    const std::map<FieldOfEntry, std::uint64_t>& erased() const { return erased_; }

private:
    void check_order(const Leaf& leaf, std::uint64_t place);
    void check_opening(const Leaf& leaf);
    void check_artefacts(const Leaf& leaf, std::uint64_t seq);
    void check_erasure(const Leaf& leaf, std::uint64_t seq);

    TellFinding tell_;
    std::vector<std::optional<Leaf>> leaves_;
    std::vector<std::vector<Digest>> tree_;
    std::string incident_, origin_, key_text_;
    std::optional<NoteKey> key_;
    std::map<std::string, std::uint64_t> keys_;
    std::vector<LegalHold> holds_;
    std::map<std::uint64_t, Redaction> redactions_;
    std::map<FieldOfEntry, std::uint64_t> erased_;
};

}  // namespace duenotice
