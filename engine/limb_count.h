#pragma once
// Counts one limb of a clock in one frame: start, amount, counting law, calendar and zone to one Alternative. Guards,
// first-of and last-of, and holds are the business of engine/limbs.cpp.

#include "engine/evaluator.h"
#include "engine/limbs.h"
#include "engine/reads.h"

namespace duenotice {

/// Everything that a limb is counted with.
struct LimbContext {
    const Obligation& obligation;
    const Duty& duty;
    const Evaluation& evaluation;
    const OtherDuties& others;
};

/// One reading of one limb, without its guard.
Alternative count_limb(const Limb& limb, const LimbContext& context);
/// The same with its start moved to an instant (a hold that restarts the period).
Alternative count_limb_from(const Limb& limb, StartSpan start, const LimbContext& context);
/// A period counted from an instant with the limb's own law, calendar and zone; empty beyond the calendar.
std::optional<Instant> count_from(const Limb& limb, Instant start, const Period& period, std::string_view counting,
                                  const LimbContext& context);
/// `end` itself where it lies on a working day of the limb's calendar before the closing hour; else the closing of the last
/// working day before it. Empty without a calendar or beyond it.
std::optional<Instant> last_working_moment(const Limb& limb, Instant end, const LimbContext& context);

/// The period that a duration fact holds, in its own unit; empty while it is not exactly known.
std::optional<Period> period_of(const Term& fact, const LimbContext& context);
/// Names of the facts that a term rests on and that are not exactly known, in vocabulary order.
std::vector<std::string> open_facts_of(const Term& term, const LimbContext& context);

/// Adds what it rests on besides facts that are read: lists of relations, the country.
void add_also_open(Alternative& alternative, AlsoOpen&& also, const LimbContext& context);

}  // namespace duenotice
