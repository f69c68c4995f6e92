#pragma once
// Evaluates a clock for one duty: limbs with guards, readings, holds, bounds and projection. Called in topological order
// over the obligations, so that limits and filings of the duties a clock names are there already.

#include <functional>

#include "engine/assessment.h"
#include "engine/evaluator.h"

namespace duenotice {

/// What a clock may ask about other duties of the same incident.
struct OtherDuties {
    /// Duties of an obligation in a frame that shares the entity (or of any / related entities), already evaluated.
    std::function<std::vector<const Duty*>(std::string_view obligation, std::string_view of_entity, const Frame&)> find;
};

/// Deadline of an owed or undetermined duty. `condition` is the whole condition (completions in which it is owed).
Deadline evaluate_clock(const Obligation& obligation, const Duty& duty, const Condition& condition, const Evaluation& evaluation,
                        const OtherDuties& others);

/// Holds recorded on the incident as the duty's law recognises them: modifiers (suspended, prohibited, conflict).
std::vector<Modifier> hold_modifiers(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation);

}  // namespace duenotice
