#pragma once
// Directions, requests and extensions on record, as the law of a duty recognises them: later start, tolling, longer end,
// restart, prohibition, release. A hold that no rule of that law matches (issuer, form, duty) moves nothing; a
// prohibition that the law does not recognise is a conflict for a person.

#include "engine/evaluator.h"
#include "engine/limb_count.h"

namespace duenotice {

/// A recorded hold that one of the law's rules recognises for this duty.
struct RecognisedHold {
    const Hold* hold = nullptr;
    const HoldRule* rule = nullptr;
    std::optional<Instant> from, until;  ///< until: the end on record or the cap, whichever is earlier; empty: no end yet
};
std::vector<RecognisedHold> recognised_holds(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation);

/// The limb's result after the holds.
Alternative apply_holds(const Limb& limb, Alternative counted, const LimbContext& context);
/// Whether a hold has released the duty.
bool released(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation);

}  // namespace duenotice
