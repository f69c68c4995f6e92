#pragma once
// Conditions as a person would write them, over raw values 0, 1, 2 ... of small domains: comparisons, and, or, not, at
// least k of, definitions by number. The judge of the compiled path: `by_brute_force` tries every completion of the open
// facts and knows nothing of pieces, planes or Kleene. `NaiveTree` is the plain object tree with virtual calls that one
// would write first: the baseline of the bench; alone it gives strong Kleene, which is not exact.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/compiled_condition.h"

namespace duenotice {

using RawValues = std::uint64_t;  ///< values that a fact may still have; bit i: value i

struct RawCondition {
    enum class Kind : std::uint8_t { AtLeast, LessThan, Is, OneOf, All, Any, Not, AtLeastOf, Use };
    Kind kind = Kind::All;
    std::uint32_t fact = 0, value = 0;  ///< comparisons
    RawValues values = 0;               ///< OneOf
    std::uint32_t k = 0;                ///< AtLeastOf
    std::uint32_t definition = 0;       ///< Use
    std::vector<RawCondition> children;
};
RawCondition raw_of(RawCondition::Kind kind, std::vector<RawCondition> children);
RawCondition raw_not(RawCondition child);

struct RawBook {
    std::vector<std::uint32_t> domains;  ///< values of each fact, at most 64
    std::vector<RawCondition> definitions;  ///< each uses earlier ones only
    std::vector<RawCondition> conditions;
};

enum class Answer : std::uint8_t { No, Open, Yes };

bool holds(const RawBook& book, const RawCondition& condition, const std::vector<std::uint32_t>& values);
/// `known`: what is possible of each fact.
Answer by_brute_force(const RawBook& book, const RawCondition& condition, const RawValues* known);
/// Completions that by_brute_force tries.
std::uint64_t completions(const RawBook& book, const RawCondition& condition, const RawValues* known);

class NaiveNode {
public:
    virtual ~NaiveNode() = default;
    virtual Answer evaluate(const RawValues* known) const = 0;
};
using NaiveTree = std::shared_ptr<const NaiveNode>;
/// Definitions are shared between the trees.
std::vector<NaiveTree> naive_trees(const RawBook& book);
/// The tree with every open fact of the condition split value by value until the tree is definite: exact and slow.
Answer by_splitting(const NaiveTree& tree, const std::vector<std::uint32_t>& facts, std::vector<RawValues> known);
/// The facts a condition reads, definitions inlined, each once.
std::vector<std::uint32_t> facts_read(const RawBook& book, const RawCondition& condition);

/// The book cut into pieces: raw values that every comparison of the book treats alike go together.
struct CutBook {
    ConditionPool pool;
    std::vector<NodeRef> conditions;
    std::vector<std::vector<std::uint32_t>> piece_of;  ///< by fact and value
    PieceSet pieces(std::uint32_t fact, RawValues known) const;
};
CutBook cut_into_pieces(const RawBook& book);

}  // namespace duenotice
