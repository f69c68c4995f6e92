#pragma once
// What hangs on a duty: whose limits move, and to when, if it is done at some instant.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/assessment.h"

namespace duenotice {

/// A limit as it stands and as it would stand; `projected`: counted from the limit of a duty that is not done yet.
struct ShownLimit {
    std::optional<Instant> safe;
    bool projected = false;
    friend bool operator==(const ShownLimit&, const ShownLimit&) = default;
};

struct LimitMove {
    std::string duty;
    ShownLimit before, after;
    std::string standing;  ///< what else becomes of it: `discharged`, `owed`, `not owed`; empty when that stays
};

struct IfDone {
    std::string duty;
    Instant at;
    Duty done;                     ///< the duty itself, with its timing then
    std::vector<LimitMove> moves;  ///< of other duties, by limit; those without one last
    Assessment assessment;         ///< the account with that act, at `at` or at the moment asked about, whichever is later
};

/// The account against the same account in which every act of the duty happens at the instant. The moment of both is the
/// later of the assessment's own and the instant. Throws nothing; the assessment must be of this world.
IfDone if_done(const World& world, const Assessment& assessment, const Duty& duty, Instant at, bool include_proposed);

}  // namespace duenotice
