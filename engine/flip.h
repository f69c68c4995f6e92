#pragma once
// Verdicts that time itself turns ("becomes owed at 12:00 if not ended"): the first instant after as-of at which the
// verdict of a condition changes although no fact does. Running durations are the only source; each is solved for the
// instant at which it crosses the threshold that it is compared with.

#include <optional>

#include "engine/evaluator.h"

namespace duenotice {

std::optional<Instant> flip_instant(const Condition& condition, const Frame& frame, const Evaluation& evaluation);

}  // namespace duenotice
