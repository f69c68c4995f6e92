#pragma once
// Directions, requests and extensions on record, as the law of a duty recognises them: later start, tolling, longer end,
// restart, prohibition, release. A hold that no rule of that law matches (issuer, form, duty) moves nothing; a
// prohibition that the law does not recognise is a conflict for a person. What a hold does to a limit: engine/hold_effects.h.

#include "engine/evaluator.h"
#include "engine/limb_count.h"

namespace duenotice {

/// A recorded hold that one of the law's rules recognises for this duty. Both instants may be known within bounds only.
struct RecognisedHold {
    const Hold* hold = nullptr;
    const HoldRule* rule = nullptr;
    bool certain = true;          ///< false: it may not exist
    Bounds from;                  ///< when it began: from the earliest instant there is to as-of, where nobody says
    std::optional<Bounds> until;  ///< the end on record or the cap from its beginning, whichever is earlier; empty: no end yet
};
/// In the order of the law's rules, then of their beginning, then of their ids.
std::vector<RecognisedHold> recognised_holds(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation);

/// Whether a hold has released the duty.
bool released(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation);

}  // namespace duenotice
