#pragma once
// Exact verdicts: tree first, then a case split over the pieces of the facts that occur more than once. Definite answers
// hold in every completion of the open facts; undetermined means that two completions differ, unless `exact` is false.
// Explanations (what a verdict rests on, what would decide it) are computed on demand by the same evaluator.

#include <string>
#include <vector>

#include "engine/decision.h"
#include "engine/evaluator.h"

namespace duenotice {

inline constexpr std::uint32_t most_splits = 4096;

/// What a correct engine does; each flag switches one thing off, for the tests that must then fail.
struct DecideOptions {
    bool case_split = true;
};

Decision decide(const Condition& condition, const Frame& frame, const Evaluation& evaluation, DecideOptions options = {});

/// How many answers to one open fact settle a condition that is undetermined; both false when it has no say. Where the
/// cases of an answer are many it may settle the condition and not be counted; nothing else is ever counted.
struct Settling {
    bool all = true, some = false;
};
Settling settling(const Condition& condition, const Frame& frame, const GroundFact& ground, const Evaluation& evaluation);

/// The pieces into which the atoms of a condition cut one ground fact's values: each atom treats all values of a piece
/// alike. Only pieces that meet the fact's set of values are given.
std::vector<Known> pieces(const GroundFact& ground, const Condition& condition, const Frame& frame, const Evaluation& evaluation);

/// A subset-minimal set of known facts that alone forces the verdict, in vocabulary order.
std::vector<Because> because(const Condition& condition, const Frame& frame, const Evaluation& evaluation, Truth truth);

/// The open facts that would decide: two completions differ only in it and in the verdict. Vocabulary order.
std::vector<GroundFact> relevant_open_facts(const Condition& condition, const Frame& frame, const Evaluation& evaluation);

}  // namespace duenotice
