#include "engine/compiled_law.h"

#include <algorithm>
#include <map>

namespace duenotice {

namespace {

using Kind = PieceNode::Kind;

constexpr std::uint64_t plenty = std::uint64_t{1} << 40U;

class Compiler {
public:
    Compiler(const ConditionPool& pool, std::span<const NodeRef> conditions, std::vector<ColumnId> gate_columns)
        : pool_(pool), conditions_(conditions), slots_(pool.nodes().size(), 0) {
        law_.gate_columns = std::move(gate_columns);
    }

    CompiledLaw run() {
        columns();
        share();
        for (const NodeRef condition : conditions_) law_.obligations.push_back(obligation(condition));
        law_.planes = 2 * (private_base_ + most_private_ + most_split_);
        place_split_planes();
        index_gates();
        return std::move(law_);
    }

private:
    const PieceNode& node(std::uint32_t index) const { return pool_.nodes()[index]; }

    void columns() {
        for (ColumnId column = 0; column < pool_.column_count(); ++column) {
            law_.pieces.push_back(pool_.pieces(column));
            law_.first_piece.push_back(law_.piece_planes);
            law_.piece_planes += pool_.pieces(column);
        }
    }

    /// Shared: atoms, what has several users, and all below such a node.
    void share() {
        const std::size_t count = pool_.nodes().size();
        std::vector<std::uint32_t> users(count, 0);
        std::vector<bool> reached(count, false);
        for (const NodeRef condition : conditions_) {
            ++users[condition >> 1U];
            reached[condition >> 1U] = true;
        }
        for (std::size_t i = count; i-- > 0;)
            if (reached[i])
                for (const NodeRef child : node(static_cast<std::uint32_t>(i)).children) {
                    ++users[child >> 1U];
                    reached[child >> 1U] = true;
                }
        is_shared_.assign(count, false);
        is_shared_[0] = true;
        for (std::size_t i = count; i-- > 0;) {
            if (!reached[i]) continue;
            const PieceNode& found = node(static_cast<std::uint32_t>(i));
            if (found.kind == Kind::Atom || users[i] > 1) is_shared_[i] = true;
            if (is_shared_[i])
                for (const NodeRef child : found.children) is_shared_[child >> 1U] = true;
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            if (!is_shared_[i]) continue;
            slots_[i] = static_cast<std::uint32_t>(law_.shared.size());
            SharedNode made;
            made.is_atom = node(i).kind == Kind::Atom;
            made.column = node(i).column;
            made.pieces = node(i).pieces;
            if (node(i).kind == Kind::All || node(i).kind == Kind::AtLeast) made.step = step(i, slots_, slots_);
            law_.shared.push_back(std::move(made));
        }
        private_base_ = static_cast<std::uint32_t>(law_.shared.size());
    }

    /// The step of one inner node; `targets` gives its slot, `slots` those of its children.
    PieceStep step(std::uint32_t index, const std::vector<std::uint32_t>& targets, const std::vector<std::uint32_t>& slots) {
        const PieceNode& found = node(index);
        PieceStep made;
        made.k = found.kind == Kind::AtLeast ? found.k : 0;
        made.target = targets[index] * 2;
        made.first = static_cast<std::uint32_t>(law_.operands.size());
        made.count = static_cast<std::uint32_t>(found.children.size());
        for (const NodeRef child : found.children) law_.operands.push_back(slots[child >> 1U] * 2 + (child & 1U));
        return made;
    }

    /// All nodes under a condition, children first.
    std::vector<std::uint32_t> reach(NodeRef condition) const {
        std::vector<std::uint32_t> found, open{condition >> 1U};
        std::map<std::uint32_t, bool> seen;
        while (!open.empty()) {
            const std::uint32_t index = open.back();
            open.pop_back();
            if (!seen.emplace(index, true).second) continue;
            found.push_back(index);
            for (const NodeRef child : node(index).children) open.push_back(child >> 1U);
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    ObligationProgram obligation(NodeRef condition) {
        ObligationProgram program;
        const std::vector<std::uint32_t> nodes = reach(condition);
        std::uint32_t own = 0;
        for (const std::uint32_t index : nodes) {
            if (is_shared_[index]) {
                program.shared.push_back(slots_[index]);
            } else {
                slots_[index] = private_base_ + own++;
                program.steps.push_back(step(index, slots_, slots_));
            }
        }
        most_private_ = std::max(most_private_, own);
        program.root = slots_[condition >> 1U] * 2 + (condition & 1U);
        program.gate = gate(condition);
        program.split = split(condition, nodes);
        return program;
    }

    std::vector<PieceSet> gate(NodeRef condition) const {
        std::vector<PieceSet> result;
        std::vector<NodeRef> conjuncts{condition};
        if ((condition & 1U) == 0 && pool_.node(condition).kind == Kind::All) conjuncts = pool_.node(condition).children;
        for (const ColumnId column : law_.gate_columns) {
            PieceSet pieces = condition == never ? 0 : pool_.every_piece(column);
            for (const NodeRef conjunct : conjuncts)
                if (pool_.node(conjunct).kind == Kind::Atom && pool_.node(conjunct).column == column) pieces &= pool_.pieces_of(conjunct);
            result.push_back(pieces);
        }
        return result;
    }

    /// Columns that occur more than once in the inlined condition, most occurrences first.
    std::vector<ColumnId> repeated(NodeRef condition, const std::vector<std::uint32_t>& nodes) const {
        std::map<std::uint32_t, std::uint64_t> times;
        std::map<ColumnId, std::uint64_t> occurrences;
        times[condition >> 1U] = 1;
        for (auto index = nodes.rbegin(); index != nodes.rend(); ++index) {
            if (node(*index).kind == Kind::Atom) occurrences[node(*index).column] += times[*index];
            for (const NodeRef child : node(*index).children) times[child >> 1U] = std::min(plenty, times[child >> 1U] + times[*index]);
        }
        std::vector<ColumnId> result;
        for (const auto& [column, count] : occurrences)
            if (count > 1) result.push_back(column);
        std::stable_sort(result.begin(), result.end(), [&](ColumnId a, ColumnId b) { return occurrences[a] > occurrences[b]; });
        return result;
    }

    SplitPlan split(NodeRef condition, const std::vector<std::uint32_t>& nodes) {
        SplitPlan plan;
        std::map<ColumnId, std::uint32_t> level_of;
        for (const ColumnId column : repeated(condition, nodes)) {
            level_of[column] = static_cast<std::uint32_t>(plan.levels.size());
            plan.levels.push_back({column, {}, {}, 0, 0});
        }
        if (plan.levels.empty()) return plan;
        std::map<std::uint32_t, std::uint32_t> depth;  // deepest level below a node that depends on a split column
        for (const std::uint32_t index : nodes) {
            if (node(index).kind == Kind::Atom && level_of.contains(node(index).column)) depth[index] = level_of[node(index).column];
            for (const NodeRef child : node(index).children)
                if (const auto below = depth.find(child >> 1U); below != depth.end()) depth[index] = std::max(depth[index], below->second);
        }
        std::vector<std::uint32_t> while_splitting = slots_;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> steps;  // depth, node
        std::uint32_t own = 0;
        for (const auto& [index, deepest] : depth) {
            while_splitting[index] = split_mark | own++;
            if (node(index).kind == Kind::Atom) plan.levels[deepest].atoms.push_back({while_splitting[index] * 2, slots_[index] * 2, node(index).pieces});
            else steps.emplace_back(deepest, index);
        }
        std::sort(steps.begin(), steps.end());
        for (const auto& [deepest, index] : steps) plan.steps.push_back(step(index, while_splitting, while_splitting));
        for (std::uint32_t level = 0; level < plan.levels.size(); ++level) {
            const auto first = std::lower_bound(steps.begin(), steps.end(), std::pair<std::uint32_t, std::uint32_t>{level, 0});
            plan.levels[level].first_step = static_cast<std::uint32_t>(first - steps.begin());
            classes(plan.levels[level]);
        }
        plan.root = while_splitting[condition >> 1U] * 2 + (condition & 1U);
        most_split_ = std::max(most_split_, own);
        std::uint64_t cases = 1;
        std::uint32_t classes_before = 0;
        for (SplitLevel& level : plan.levels) {
            level.first_class = classes_before;
            classes_before += static_cast<std::uint32_t>(level.classes.size());
            cases = std::min(plenty, cases * level.classes.size());
            plan.most_cases = std::min(plenty, plan.most_cases + cases);
        }
        return plan;
    }

    /// Pieces that all atoms of the level treat alike go together.
    void classes(SplitLevel& level) const {
        std::vector<PieceSet> parts{pool_.every_piece(level.column)};
        for (const SplitAtom& atom : level.atoms) {
            std::vector<PieceSet> finer;
            for (const PieceSet part : parts)
                for (const PieceSet half : {part & atom.pieces, part & ~atom.pieces})
                    if (half != 0) finer.push_back(half);
            parts = std::move(finer);
        }
        std::sort(parts.begin(), parts.end(), [](PieceSet a, PieceSet b) { return (a & -a) < (b & -b); });
        level.classes = std::move(parts);
    }

    /// Split slots follow the private ones; how many those are is known only at the end.
    void place_split_planes() {
        const std::uint32_t base = private_base_ + most_private_;
        const auto place = [base](std::uint32_t& plane) {
            if ((plane & (split_mark * 2)) != 0) plane = (plane & ~(split_mark * 2)) + base * 2;
        };
        for (std::uint32_t& operand : law_.operands) place(operand);
        for (ObligationProgram& program : law_.obligations) {
            place(program.split.root);
            for (PieceStep& step : program.split.steps) place(step.target);
            for (SplitLevel& level : program.split.levels)
                for (SplitAtom& atom : level.atoms) place(atom.target);
        }
    }

    void index_gates() {
        for (std::size_t g = 0; g < law_.gate_columns.size(); ++g) {
            const unsigned pieces = pool_.pieces(law_.gate_columns[g]);
            std::vector<std::vector<std::uint64_t>> rows(pieces, std::vector<std::uint64_t>(law_.obligation_words(), 0));
            for (std::size_t i = 0; i < law_.obligations.size(); ++i)
                for (unsigned piece = 0; piece < pieces; ++piece)
                    if ((law_.obligations[i].gate[g] >> piece & 1U) != 0) rows[piece][i / 64] |= std::uint64_t{1} << (i % 64);
            law_.gate_index.push_back(std::move(rows));
        }
    }

    static constexpr std::uint32_t split_mark = 1U << 30U;

    const ConditionPool& pool_;
    std::span<const NodeRef> conditions_;
    CompiledLaw law_;
    std::vector<bool> is_shared_;
    std::vector<std::uint32_t> slots_;  ///< by node; of private nodes, for the obligation at hand
    std::uint32_t private_base_ = 0, most_private_ = 0, most_split_ = 0;
};

}  // namespace

CompiledLaw compile_conditions(const ConditionPool& pool, std::span<const NodeRef> conditions, std::vector<ColumnId> gate_columns) {
    return Compiler(pool, conditions, std::move(gate_columns)).run();
}

}  // namespace duenotice
