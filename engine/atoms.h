#pragma once
// The atoms of a condition as they are met in one frame: definitions inlined, quantifiers and people tests grounded over
// the incident's frames. Serves the case split, the pieces of a fact, explanations and the list of facts a condition
// reads.

#include <functional>
#include <map>
#include <vector>

#include "engine/evaluator.h"

namespace duenotice {

struct AtomVisit {
    const Condition* atom = nullptr;  ///< Compare, DateIn, Presumed
    Frame frame;
};

/// Every atom, as often as it is met. Tests inside terms (people, count, sum ... where) are visited too.
void visit_atoms(const Condition& condition, const Frame& frame, const Evaluation& evaluation, const std::function<void(const AtomVisit&)>& visit);
/// Every ground fact that an atom reads, as often as it is read; `direct` when it stands alone against literals.
void visit_facts(const AtomVisit& atom, const Evaluation& evaluation, const std::function<void(const GroundFact&, bool direct)>& visit);
/// Atoms of the undetermined part only: those under a definite node cannot matter.
void visit_open_atoms(const Condition& condition, const Frame& frame, const Evaluation& evaluation, const std::function<void(const AtomVisit&)>& visit);

struct FactUse {
    int count = 0;
    bool only_direct = true;
};
std::map<GroundFact, FactUse> fact_uses(const Condition& condition, const Frame& frame, const Evaluation& evaluation);

}  // namespace duenotice
