#pragma once
// Conditions decided beside another: the guards of a clock count only in the completions in which the duty is owed. What
// is undecided of all of them is one residual, so that their columns are cut once and not for every guard.

#include <vector>

#include "engine/memo.h"
#include "engine/residual.h"

namespace duenotice {

/// Of one frame; the first condition is the one beside which the others are asked about. No facts may be replaced in the
/// evaluation, and the conditions must outlive this.
class JointConditions {
public:
    JointConditions(std::vector<ConditionPtr> conditions, const Frame& frame, const Evaluation& evaluation);
    /// Of one that is undetermined alone, in the completions in which the first holds; there must be some.
    Truth under_the_first(std::size_t condition);

private:
    bool possible(std::size_t condition, bool holds);

    std::vector<ConditionPtr> conditions_;
    Frame frame_;
    MemoScope scope_;
    Residual residual_;
};

}  // namespace duenotice
