#pragma once
// The content items of a duty's version in its frame: which apply, which are filled, which are forbidden. Items that only
// lateness creates apply when the safe instant has passed without filing (or the filing came after it).

#include "engine/assessment.h"
#include "engine/evaluator.h"

namespace duenotice {

std::vector<ContentState> content_states(const Version& version, const Duty& duty, const Evaluation& evaluation);

}  // namespace duenotice
