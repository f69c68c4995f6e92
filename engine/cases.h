#pragma once
// Facts replaced for one case: narrowed to a piece by a case split, or opened again when a verdict's grounds are sought.
// Few entries, sorted by ground; looked up before the incident's own.

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/frame.h"
#include "engine/knowledge.h"

namespace duenotice {

/// A set of ground facts that may say "perhaps" of one that is not in it, never "no" of one that is.
class GroundSet {
public:
    void add(const GroundFact& ground);
    void add(const GroundSet& other);
    bool may_meet(const GroundSet& other) const;
    bool empty() const;

private:
    static constexpr std::size_t half = 8;
    std::array<std::uint64_t, 2 * half> bits_{};  ///< each ground has a bit in either half
};

class Cases {
public:
    /// Null when the fact stands as the incident states it.
    const Known* find(const GroundFact& ground) const;
    void set(const GroundFact& ground, Known value);
    void erase(const GroundFact& ground);
    /// What stood before, to be put back; nothing when the fact stood as stated.
    std::optional<Known> saved(const GroundFact& ground) const;
    void restore(const GroundFact& ground, std::optional<Known> saved);
    bool empty() const { return entries_.empty(); }
    const GroundSet& grounds() const { return grounds_; }
    friend bool operator==(const Cases& a, const Cases& b) { return a.entries_ == b.entries_; }

private:
    std::vector<std::pair<GroundFact, Known>> entries_;
    GroundSet grounds_;
};

}  // namespace duenotice
