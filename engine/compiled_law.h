#pragma once
// A set of conditions as programs, one a condition ("obligation" here), made once from a ConditionPool:
//   gate    the top-level conjuncts over the gate columns (place, role); indexed by piece, so that a frame finds the
//           obligations whose gate is possible without visiting the others;
//   tree    straight-line code over planes. A plane pair says for every frame of a block whether a node can be true and
//           whether it can be false: strong Kleene. Atoms and nodes with several users are shared, worked out once a
//           block; the rest is private to its obligation;
//   split   for columns that occur more than once after definitions are inlined: their classes (pieces that this
//           condition does not tell apart), most occurrences first, ties by column; and the code that depends on them.
// engine/compiled_verdict.h runs it. Plain data; nothing here decides.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/compiled_condition.h"

namespace duenotice {

inline constexpr std::size_t block_frames = 512, block_words = block_frames / 64;  ///< frames and words of one plane

/// One step: `planes[target]` from its operands. Plane 2n says "can be true", 2n + 1 "can be false"; an operand with its
/// lowest bit set is negated.
struct PieceStep {
    std::uint32_t k = 0;  ///< 0: all operands; else at least k of them
    std::uint32_t target = 0;
    std::uint32_t first = 0, count = 0;  ///< operands, in CompiledLaw::operands
};

struct SharedNode {
    bool is_atom = false;
    ColumnId column = 0;
    PieceSet pieces = 0;
    PieceStep step;
};

struct SplitAtom {
    std::uint32_t target = 0;  ///< its plane while splitting
    std::uint32_t shared = 0;  ///< its plane before splitting
    PieceSet pieces = 0;
};

/// One column to split on. `first_step` is the first step that depends on this column or on a later one.
struct SplitLevel {
    ColumnId column = 0;
    std::vector<PieceSet> classes;
    std::vector<SplitAtom> atoms;
    std::uint32_t first_step = 0;
    std::uint32_t first_class = 0;  ///< number of classes of the levels before
};

struct SplitPlan {
    std::vector<SplitLevel> levels;  ///< empty: the tree is exact
    std::vector<PieceStep> steps;    ///< deeper levels later
    std::uint32_t root = 0;          ///< plane
    std::uint64_t most_cases = 0;    ///< of one frame, all levels; saturates
};

struct ObligationProgram {
    std::vector<PieceSet> gate;          ///< parallel to CompiledLaw::gate_columns; every piece where it has no gate
    std::vector<std::uint32_t> shared;   ///< shared nodes it needs, children first
    std::vector<PieceStep> steps;
    std::uint32_t root = 0;  ///< plane
    SplitPlan split;
};

struct CompiledLaw {
    std::vector<unsigned> pieces;              ///< of each column
    std::vector<std::uint32_t> first_piece;    ///< of each column, its first piece plane
    std::uint32_t piece_planes = 0;
    std::vector<SharedNode> shared;            ///< children first; slot n has planes 2n, 2n + 1; slot 0 is true
    std::uint32_t planes = 0;                  ///< shared, private and split planes together
    std::vector<std::uint32_t> operands;
    std::vector<ObligationProgram> obligations;
    std::vector<ColumnId> gate_columns;
    /// By gate column and piece: the obligations (one bit each) that the piece leaves possible.
    std::vector<std::vector<std::vector<std::uint64_t>>> gate_index;

    std::size_t obligation_words() const { return (obligations.size() + 63) / 64; }
};

CompiledLaw compile_conditions(const ConditionPool& pool, std::span<const NodeRef> conditions, std::vector<ColumnId> gate_columns);

}  // namespace duenotice
