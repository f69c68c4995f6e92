#pragma once
// Standing, done and timing of one duty from filings, elections and its deadline: a small state machine, run in
// topological order after all verdicts (engine/duty_graph.h). Filings are closed as of as-of.

#include "engine/assessment.h"
#include "engine/limbs.h"

namespace duenotice {

/// Filings of this duty itself: same obligation and entity, and the same population, place, contract and event where given.
std::vector<const Filing*> filings_of(const Duty& duty, const Obligation& obligation, const Incident& incident, Instant as_of,
                                      bool with_withdrawn);
/// Sets filings, done, standing and timing of the duty and of each recipient; adds only-late content.
void set_standing(Duty& duty, const Obligation& obligation, const Evaluation& evaluation, const OtherDuties& others);
/// Recipients of a duty, each with its own guard, channels and exceptions that free it.
std::vector<Recipient> resolve_recipients(const Obligation& obligation, const Version& version, const Duty& duty,
                                          const Evaluation& evaluation);

}  // namespace duenotice
