#pragma once
// The row accelerator: for conditions that are conjunctions of atoms, one bit a condition. For each column and each set
// of pieces that may be possible stands a row of the conditions that can still hold and a row of those that cannot fail;
// a frame's verdicts are the and of its columns' rows. No open column can occur twice in such a condition (atoms of one
// column are one atom), so that strong Kleene is exact and this gives what the tree gives. Memory grows with conditions
// times 2^pieces, so that columns of more than 8 pieces keep a row a piece. Conditions of any other form are refused:
// disjunctions would need several rows each, and law-shaped ones need hundreds.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/compiled_condition.h"

namespace duenotice {

class ConditionRows {
public:
    /// Empty when a condition is not a conjunction of atoms.
    static std::optional<ConditionRows> make(const ConditionPool& pool, std::span<const NodeRef> conditions);

    std::size_t words() const { return words_; }
    /// One frame (a set of possible pieces for each column): bit i of word i / 64 for condition i.
    void decide(const PieceSet* frame, std::uint64_t* can_hold, std::uint64_t* must_hold) const;

private:
    struct Column {
        ColumnId id = 0;
        bool by_set = false;    ///< rows by set of pieces, else by piece
        std::size_t first = 0;  ///< in rows_: can-row and must-row of each, side by side
    };
    std::size_t conditions_ = 0, words_ = 0;
    std::vector<Column> columns_;  ///< those that some condition reads; others say nothing
    std::vector<std::uint64_t> rows_;
};

}  // namespace duenotice
