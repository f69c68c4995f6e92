#pragma once
// Conditions over pieces, as the compiled verdict path takes them. A column is one fact of the frame whose values the law
// book cuts into at most 64 pieces; what is known of the fact is the set of pieces that are still possible. An atom says
// that the fact lies in some of them. Nodes are kept once: asking for the same node again gives the same reference, so
// that a definition used by many obligations is one node however often it is written.
//   A reference carries its own negation in the lowest bit; `or` is the negation of an `and` of negations.
//   Simplified on the way in, each step exact: constants, double members, `a and not a`, and two atoms of one column in
//   one `and` (or `or`), which become one atom.
// The pool only describes; engine/compiled_law.h turns it into programs.

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace duenotice {

using PieceSet = std::uint64_t;  ///< bit i: piece i
using ColumnId = std::uint32_t;
using NodeRef = std::uint32_t;

inline constexpr unsigned most_pieces = 64;
inline constexpr NodeRef always = 0, never = 1;
constexpr NodeRef opposite(NodeRef node) { return node ^ 1U; }

struct PieceNode {
    enum class Kind : std::uint8_t {
        Constant,  ///< true
        Atom,      ///< `column` lies in `pieces`
        All,       ///< every child; two or more
        AtLeast    ///< `k` of the children, 1 < k < their number; a child given twice counts twice
    };
    Kind kind = Kind::Constant;
    std::uint32_t k = 0;
    ColumnId column = 0;
    PieceSet pieces = 0;
    std::vector<NodeRef> children;
    friend bool operator==(const PieceNode&, const PieceNode&) = default;
};

class ConditionPool {
public:
    ConditionPool();

    /// A fact whose values fall into 1 to 64 pieces.
    ColumnId add_column(unsigned pieces);
    NodeRef atom(ColumnId column, PieceSet pieces);
    NodeRef all(std::vector<NodeRef> children);
    NodeRef any(std::vector<NodeRef> children);
    NodeRef at_least(std::uint32_t k, std::vector<NodeRef> children);

    std::size_t column_count() const { return pieces_.size(); }
    unsigned pieces(ColumnId column) const { return pieces_[column]; }
    PieceSet every_piece(ColumnId column) const { return ~PieceSet{0} >> (most_pieces - pieces_[column]); }
    /// Children stand before their parents; the reference is twice the index.
    const std::vector<PieceNode>& nodes() const { return nodes_; }
    const PieceNode& node(NodeRef ref) const { return nodes_[ref >> 1U]; }
    /// The pieces for which an atom reference holds.
    PieceSet pieces_of(NodeRef atom) const;

private:
    struct Hash {
        std::size_t operator()(const PieceNode& node) const;
    };
    NodeRef intern(PieceNode node);
    /// Atoms of one column become one; false when they leave nothing.
    bool merge_atoms(std::vector<NodeRef>& children);

    std::vector<unsigned> pieces_;
    std::vector<PieceNode> nodes_;
    std::unordered_map<PieceNode, std::uint32_t, Hash> known_;
};

}  // namespace duenotice
