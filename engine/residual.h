#pragma once
// What is still undecided of a condition in a frame, as a small graph over its open facts: decided parts are gone,
// definitions and quantifiers are spelled out, each open fact is a column of pieces (engine/reads.h), and an atom that
// looks at one open fact is two sets of pieces. A state says which pieces are left; evaluating it is strong Kleene, as
// Evaluation::truth would find with the same cases. Atoms over several open facts ask the evaluator once a state; the
// tests of counts and sums over frames are parts of the graph, so that only what they come to is such an atom's input.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/piece_bits.h"
#include "engine/reads.h"

namespace duenotice {

class Residual {
public:
    enum class Kind : std::uint8_t { Constant, And, Or, Not, AtLeast, Atom };
    struct Node {
        Kind kind = Kind::Constant;
        Truth constant = Truth::Unknown;
        std::uint32_t first = 0, count = 0;  ///< its children, among all
        std::uint32_t k = 0;
        std::uint32_t atom = 0;
        const Condition* condition = nullptr;  ///< what it stands for, where that is one condition
        Frame frame;
    };
    using State = std::vector<PieceBits>;  ///< by column
    /// In place of a column among what was read: a bound is wider than the truth; a fact that is no column; an atom over
    /// several facts is undecided, and may look at more of them in a narrower state.
    static constexpr std::uint32_t too_wide = UINT32_MAX, elsewhere = UINT32_MAX - 1, asking = UINT32_MAX - 2;
    /// A column that an undecided atom looks at.
    struct Reading {
        std::uint32_t column = 0, atom = 0;
    };

    /// The evaluation must have a memo; it and the cases must outlive this.
    Residual(const Condition& condition, const Frame& frame, const Evaluation& evaluation);
    /// Of several conditions over the same columns; the first is the root.
    Residual(std::span<const ConditionPtr> conditions, const Frame& frame, const Evaluation& evaluation);

    std::size_t columns() const { return columns_.size(); }
    const Unknown& unknown(std::uint32_t column) const { return columns_[column].unknown; }
    /// Every piece of every column.
    State state() const { return State(columns_.size(), PieceBits::first(PieceBits::most)); }
    /// Appends to `reads` what the undecided part looks at, one entry for each time.
    Truth evaluate(const State& state, std::vector<Reading>* reads) { return evaluate(root(), state, reads); }
    Truth evaluate(std::uint32_t node, const State& state, std::vector<Reading>* reads);
    std::uint32_t root() const { return roots_.front(); }
    /// Of one of several conditions.
    std::uint32_t root(std::size_t condition) const { return roots_[condition]; }
    const Node& node(std::uint32_t index) const { return nodes_[index]; }
    std::uint32_t child(const Node& node, std::uint32_t i) const { return children_[node.first + i]; }
    /// All of these, or one of them, as a node.
    std::uint32_t combined(Kind kind, const std::vector<std::uint32_t>& children, std::uint32_t k = 0);
    /// The columns that may be looked at below a node, by the first column of the same fact (or member of a set); sorted.
    const std::vector<std::uint32_t>& looks_at(std::uint32_t node);
    /// Why, when the last evaluation read `too_wide`.
    const std::string& why_wide() const { return why_wide_; }

    /// The column's pieces that are left, those together that no atom among `reads` tells apart; empty when it cannot be cut.
    std::vector<PieceBits> classes(std::uint32_t column, const State& state, const std::vector<Reading>& reads);
    /// Every answer to one fact as a state in which all else is open; none when it has no say. Of a set with many members
    /// that are asked for: none of them, or at least this one.
    std::vector<State> answers(const GroundFact& ground);
    /// Values that stand for all of the column's: pieces, or the ends of ranges where sums are asked.
    std::vector<PieceBits> values(std::uint32_t column);
    /// The only column that an atom looks at, when it is decided by a table.
    std::optional<std::uint32_t> table_of(std::uint32_t atom);
    /// Those of its column's values, of `among`, for which such an atom surely comes out like this.
    PieceBits where(std::uint32_t atom, Truth truth, const PieceBits& among);
    /// The open tests of an atom's counts and sums, as nodes.
    std::vector<std::uint32_t> tests_of(std::uint32_t atom) const;
    /// The atom looks at this column only, can come out both ways, and is not part of a count.
    bool decides_alone(const Reading& reading);
    /// Whether one of these undecided atoms looks at the column, or may in a narrower state.
    bool may_look(const std::vector<Reading>& reads, std::uint32_t column) const;
    /// Every atom that looks at it is decided, and alike for all these values.
    bool answered_alike(std::uint32_t column, State& state, const std::vector<PieceBits>& values);
    /// An undecided atom over several facts that comes out both ways whatever the column and the rest of what was read are:
    /// it reads each of its facts once, and none that they look at.
    bool stands_apart(std::uint32_t atom, std::uint32_t column, const std::vector<Reading>& reads) const;
    /// Until it is taken back with nothing, such an atom comes out like this in every state.
    void assume(std::uint32_t atom, std::optional<Truth> truth);
    bool assumes_nothing() const { return assumed_ == 0; }
    /// The atom as the evaluator knows it, what its tests are taken to come to, and whether none of them is open.
    duenotice::Atom atom(std::uint32_t atom) const { return {atoms_[atom].condition, atoms_[atom].frame}; }
    bool is_plain(std::uint32_t atom) const { return atoms_[atom].condition != nullptr && atoms_[atom].tests.empty(); }
    const Assumptions& given(std::uint32_t atom) const { return atoms_[atom].given; }
    /// What the state says of the facts that one atom looks at.
    Cases cases_of(std::uint32_t atom, const State& state) const;
    /// The state as facts replaced, for the evaluator.
    Cases cases(const State& state);

private:
    struct Column {
        Unknown unknown;
        std::vector<std::uint32_t> atoms;
        bool is_cut = false;
        std::vector<Known> values;   ///< the pieces, then the ends of those that are ranges
        std::size_t pieces = 0;
        PieceBits all;               ///< of the pieces
    };
    struct Answer {
        Truth truth = Truth::Unknown;
        std::vector<std::uint32_t> reads;
        std::string why_wide;
    };
    struct Test {
        const Condition* condition = nullptr;
        Frame frame;
        std::uint32_t node = 0;
    };
    struct Atom {
        const Condition* condition = nullptr;
        Frame frame;
        GroundSet looked_at;
        std::vector<Test> tests;                         ///< undecided ones of its counts and sums
        Assumptions given;                               ///< what else its tests come to
        bool in_test = false;                            ///< it is part of one itself
        std::vector<std::uint32_t> columns;
        bool is_table = false, is_filled = false;        ///< of its only column
        PieceBits yes, no, open, wide;
        Answer stated;
        std::optional<Truth> assumed;
        std::unordered_map<std::string, Answer> answers; ///< by what its tests come to and the states of its columns
    };

    std::uint32_t build(const Condition& condition, const Frame& frame);
    void add_what_may_be_read();
    std::uint32_t spelled_out(const Condition& condition, const Frame& frame);
    std::uint32_t quantified(const Condition& condition, const Frame& frame);
    std::uint32_t atom(const Condition& condition, const Frame& frame);
    std::uint32_t one_test(Atom atom, Assumptions tests);
    std::uint32_t stated(Atom atom, const Assumptions& tests);
    std::uint32_t members(const Condition& condition, const Frame& frame, const std::vector<Read>& reads);
    std::uint32_t add_atom(Atom atom);
    std::uint32_t open_atom(Unknown unknown);
    std::uint32_t constant(Truth truth);
    std::uint32_t column(const Unknown& unknown);
    bool cut_column(std::uint32_t column);
    void fill(Atom& atom);
    std::uint32_t same_fact(std::uint32_t column) const;
    Truth evaluate_atom(std::uint32_t atom, const State& state, std::vector<Reading>* reads);
    std::vector<Test> tests_of(const Condition& condition, const Frame& frame);
    void tests_of(const Term& term, const Frame& frame, std::vector<Test>& tests);
    Answer ask(const Atom& atom, const Cases& cases, const std::vector<Truth>& tests);
    const Answer& answer(std::uint32_t atom, const State& state, const std::vector<Truth>& tests);
    Truth evaluate_asking(std::uint32_t atom, const State& state, std::vector<Reading>* reads);
    Cases stated_cases() const { return evaluation_.cases == nullptr ? Cases{} : *evaluation_.cases; }
    void add_case(std::uint32_t column, const State& state, Cases& cases) const;
    bool is_whole(std::uint32_t column, const State& state) const;

    const Evaluation evaluation_;
    std::vector<Node> nodes_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> looks_at_;  ///< by node, once asked for
    std::vector<std::uint32_t> children_;
    std::vector<Column> columns_;
    std::vector<Atom> atoms_;
    std::map<std::tuple<const Condition*, Frame, bool>, std::uint32_t> built_;
    bool in_test_ = false;  ///< while one is built
    std::map<Unknown, std::uint32_t> column_of_;
    std::vector<std::uint32_t> roots_;
    std::string why_wide_;
    std::uint32_t assumed_ = 0;  ///< atoms with an assumed outcome
};

}  // namespace duenotice
