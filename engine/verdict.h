#pragma once
// Exact verdicts: tree first, then a case split over the pieces of the facts that occur more than once. Definite answers
// hold in every completion of the open facts; undetermined means that two completions differ, unless `exact` is false.
// Explanations (what a verdict rests on, what would decide it) are computed on demand by the same evaluator.

#include <string>
#include <vector>

#include "engine/evaluator.h"

namespace duenotice {

enum class Verdict : std::uint8_t { NotOwed, Undetermined, Owed };
constexpr Verdict verdict_of(Truth t) { return static_cast<Verdict>(t); }

enum class DecidedBy : std::uint8_t { Gate, Tree, Split };

struct Decision {
    Truth truth = Truth::Unknown;
    bool exact = true;
    std::string why_inexact;
    DecidedBy by = DecidedBy::Tree;
    std::uint32_t splits = 0;
};

inline constexpr std::uint32_t most_splits = 4096;

/// What a correct engine does; each flag switches one thing off, for the tests that must then fail.
struct DecideOptions {
    bool case_split = true;
};

Decision decide(const Condition& condition, const Frame& frame, const Evaluation& evaluation, DecideOptions options = {});

/// The pieces into which the atoms of a condition cut one ground fact's values: each atom treats all values of a piece
/// alike. Only pieces that meet the fact's set of values are given.
std::vector<Known> pieces(const GroundFact& ground, const Condition& condition, const Frame& frame, const Evaluation& evaluation);

/// A known fact and the constraint the law needs of it ("at least 500" where the value is 700).
struct Because {
    GroundFact ground;
    std::string needed;  ///< as the law needs it
    std::string value;   ///< as stated
    Span law;            ///< the atom
};
/// A subset-minimal set of known facts that alone forces the verdict, in vocabulary order.
std::vector<Because> because(const Condition& condition, const Frame& frame, const Evaluation& evaluation, Truth truth);

/// The open facts that would decide: two completions differ only in it and in the verdict. Vocabulary order.
std::vector<GroundFact> relevant_open_facts(const Condition& condition, const Frame& frame, const Evaluation& evaluation);

}  // namespace duenotice
