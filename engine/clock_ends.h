#pragma once
// What a clock says beyond its first limit: when the duty comes again, and until when what it made is kept, published or
// offered.

#include <functional>

#include "engine/deadline.h"
#include "engine/limb_count.h"

namespace duenotice {

/// Whether a guard holds over the completions in which the duty is owed; no guard holds.
using LimbApplies = std::function<Truth(const ConditionPtr& when)>;

/// The next repetitions, and the last one before as-of while no act meets it: none since the repetition before it, or, where
/// they count from the last act, since that.
void set_repeats(Deadline& deadline, const Clock& clock, const LimbContext& context);
void set_lasts(Deadline& deadline, const Clock& clock, const LimbApplies& guard, const LimbContext& context);

}  // namespace duenotice
