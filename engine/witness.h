#pragma once
// Two completions that differ, looked for before anything is split. Most undetermined conditions are open for a plain
// reason (one way to a yes, one to a no), however many sums and durations they share facts between: a case for each is
// found in a few steps. What a case says is strong Kleene, so that a case that is found holds in each of its completions;
// one that is not found proves nothing.

#include "engine/residual.h"

namespace duenotice {

/// Within `from` there is a case in which this part surely holds, and one in which it surely does not.
bool comes_out_both_ways(Residual& residual, std::uint32_t node, const Residual::State& from);

}  // namespace duenotice
