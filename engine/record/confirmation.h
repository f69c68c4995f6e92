#pragma once
// The second person of a decision that takes two: to set a duty aside that is owed or may be, to close with open items. The
// person signs a statement with a key of their own that names the decision's entry and the hash of its leaf, and so every
// word of it. Until then the decision has no effect. A confirmation proves what it proved when it was made: that somebody
// left since takes nothing from it.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/record/access.h"
#include "engine/record/matter_decision.h"
#include "engine/record/signed_statement.h"

namespace duenotice {

struct Confirmation {
    std::uint64_t entry = 0, decision = 0;
    std::string actor, person;
    std::string void_because;  ///< empty: it holds
    bool holds() const { return void_because.empty(); }
};

/// Signed by the account over the entry of the decision.
Entry confirmation_entry(const RecordedEntry& decision, const std::string& signed_at, const SigningKey& own_key, const Access& access, const Writer& writer);
/// Why what was signed is not this decision; empty when it is.
std::string confirmed_something_else(const SignedStatement& made, const RecordedEntry& decision);
std::vector<Confirmation> confirmations_of(const std::vector<RecordedEntry>& entries);

/// Why this account may not confirm the decision; empty when it may.
std::string confirmation_mistake(const MatterDecision& decision, const std::string& account, const PublicKey& key, const Access& access);

}  // namespace duenotice
