#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/memo.h"
#include "engine/residual.h"
#include "engine/shared_answers.h"
#include "engine/verdict.h"

// Which open facts would decide: two completions differ only in one fact and in the verdict. A fact that is read once,
// alone in its atom, in an undecided part that reads nothing twice, always does; otherwise the other facts are split
// until a pair is found or there is none. The cases in which one fact decided are tried first for the next: what opens
// the way for one mostly does so for its neighbours.

namespace duenotice {

namespace {

constexpr std::uint32_t most_steps = 1024, most_term_steps = 64, most_handed_over = 8;
constexpr std::uint32_t most_steps_near = 12;
constexpr std::size_t most_kept = 6;

bool is_fact(const Unknown& unknown) { return unknown.kind != Unknown::Kind::Opaque && unknown.kind != Unknown::Kind::TooWide; }

/// Nothing is read twice and no bound is too wide.
bool reads_once(const std::vector<Read>& reads) {
    std::set<Unknown> seen;
    return std::all_of(reads.begin(), reads.end(), [&](const Read& read) { return read.unknown.kind != Unknown::Kind::TooWide && seen.insert(read.unknown).second; });
}

std::vector<Known> refined(const std::vector<Known>& a, const std::vector<Known>& b) {
    if (a.empty()) return b;
    if (b.size() < 2) return a;
    std::vector<Known> result;
    for (const Known& x : a)
        for (const Known& y : b) {
            Known piece = x.narrowed(y);
            if (!piece.is_empty()) result.push_back(std::move(piece));
        }
    return result;
}

/// Cuts anew in every case; for facts in sums and counts that the residual cannot settle.
class TermSearch {
public:
    TermSearch(const Condition& condition, const Frame& frame, const Evaluation& evaluation)
        : condition_(condition), frame_(frame), evaluation_(evaluation), cases_(evaluation.cases == nullptr ? Cases{} : *evaluation.cases) {}

    bool decides(const Unknown& unknown) {
        Trace trace;
        if (evaluate(trace) != Truth::Unknown) return false;
        atoms_ = atoms_of(unknown, trace.reads);
        const std::vector<Known> values = samples(unknown, trace.reads);
        return values.size() > 1 && search(unknown, values);
    }

private:
    Truth evaluate(Trace& trace) const { return narrowed(&trace).truth(condition_, frame_); }
    Evaluation narrowed(Trace* trace = nullptr) const {
        Evaluation evaluation = evaluation_.with(cases_);
        evaluation.assumed = evaluation_.assumed;
        evaluation.trace = trace;
        return evaluation;
    }

    /// Values that stand for all others: a piece, and for numbers and times its ends, since a sum rises from one to the other.
    std::vector<Known> samples(const Unknown& unknown, const std::vector<Read>& reads) const {
        std::vector<Known> result;
        for (const Known& piece : cut(unknown, atoms_of(unknown, reads), narrowed())) {
            const bool range = unknown.kind == Unknown::Kind::Fact && (piece.type == ValueType::Whole || piece.type == ValueType::Share || piece.type == ValueType::Money ||
                               piece.type == ValueType::Duration || piece.type == ValueType::Date || piece.type == ValueType::Instant);
            if (!range || piece.low == piece.high || !piece.happened_possible) {
                result.push_back(piece);
                continue;
            }
            for (const std::int64_t end : {piece.low, piece.high}) {
                Known value = piece;
                value.low = value.high = end;
                result.push_back(std::move(value));
            }
        }
        return result;
    }

    bool search(const Unknown& unknown, const std::vector<Known>& values) {
        if (++steps_ > most_term_steps) return true;  // not refuted: better one question too many than one too few
        if (answered_alike(unknown, values)) return false;
        bool yes = false, no = false, open_once = false;
        std::vector<Trace> open;
        const std::optional<Known> saved = cases_.saved(unknown.ground);
        const Known base = evaluation_of(unknown.ground);
        for (const Known& value : values) {
            Trace trace;
            cases_.set(unknown.ground, unknown.kind == Unknown::Kind::Fact ? value : base.narrowed(value));
            const Truth truth = evaluate(trace);
            yes = yes || truth == Truth::Yes;
            no = no || truth == Truth::No;
            if (truth != Truth::Unknown) continue;
            open_once = open_once || reads_once(trace.reads);
            open.push_back(std::move(trace));
        }
        std::vector<Known> pieces;
        std::optional<Unknown> next;
        if (!(yes && no) && !open.empty() && !((yes || no) && open_once)) next = other(unknown, values, base, open, pieces);
        cases_.restore(unknown.ground, saved);
        if (yes && no) return true;
        if (open.empty()) return false;
        if ((yes || no) && open_once) return true;
        if (!next) return true;
        const std::optional<Known> before = cases_.saved(next->ground);
        bool found = false;
        for (const Known& piece : pieces) {
            cases_.set(next->ground, piece);
            found = search(unknown, values);
            if (found) break;
        }
        cases_.restore(next->ground, before);
        return found;
    }

    /// Every atom that reads it is decided, and the same way for all values.
    bool answered_alike(const Unknown& unknown, const std::vector<Known>& values) {
        const std::optional<Known> saved = cases_.saved(unknown.ground);
        const Known base = evaluation_of(unknown.ground);
        bool alike = true;
        for (const Atom& atom : atoms_) {
            std::optional<Truth> first;
            for (const Known& value : values) {
                cases_.set(unknown.ground, unknown.kind == Unknown::Kind::Fact ? value : base.narrowed(value));
                const Truth truth = narrowed().truth(*atom.condition, atom.frame);
                if (!first) first = truth;
                alike = alike && truth != Truth::Unknown && truth == *first;
            }
            if (!alike) break;
        }
        cases_.restore(unknown.ground, saved);
        return alike;
    }

    /// The next fact to split, and its pieces under all values of the one in question.
    std::optional<Unknown> other(const Unknown& unknown, const std::vector<Known>& values, const Known& base, const std::vector<Trace>& open, std::vector<Known>& pieces) {
        std::map<Unknown, int> counts;
        for (const Trace& trace : open)
            for (const Read& read : trace.reads)
                if (is_fact(read.unknown) && read.unknown != unknown) ++counts[read.unknown];
        std::vector<std::pair<int, Unknown>> order;
        for (const auto& [candidate, count] : counts) order.emplace_back(-count, candidate);
        std::sort(order.begin(), order.end());
        for (const auto& [count, candidate] : order) {
            pieces.clear();
            for (const Known& value : values) {
                cases_.set(unknown.ground, unknown.kind == Unknown::Kind::Fact ? value : base.narrowed(value));
                std::vector<Read> reads;
                for (const Trace& trace : open) reads.insert(reads.end(), trace.reads.begin(), trace.reads.end());
                if (candidate.ground == unknown.ground) cases_.set(unknown.ground, base);
                pieces = refined(pieces, cut(candidate, atoms_of(candidate, reads), narrowed()));
                if (pieces.size() > 64) break;
            }
            if (pieces.size() > 1) return candidate;
        }
        return {};
    }

    Known evaluation_of(const GroundFact& ground) const { return narrowed().domain(ground); }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    Cases cases_;
    std::vector<Atom> atoms_;  ///< those that read the fact in question
    std::uint32_t steps_ = 0;
};

class RelevanceSearch {
public:
    RelevanceSearch(const Condition& condition, const Frame& frame, const Evaluation& evaluation)
        : condition_(condition), frame_(frame), evaluation_(evaluation), residual_(condition, frame, evaluation), state_(residual_->state()) {}

    std::vector<GroundFact> run() {
        if (residual_->evaluate(state_, nullptr) != Truth::Unknown) return {};
        const Facts found = part(residual_->root());
        return {found.begin(), found.end()};
    }

private:
    using Reads = std::vector<Residual::Reading>;
    using Facts = std::set<GroundFact>;
    using Kind = Residual::Kind;

    /// What decides one part, other conditions that have it too may have asked before. Nothing when it has one outcome only.
    Facts part(std::uint32_t index) {
        const Residual::Node node = residual_->node(index);
        if (node.kind == Kind::Constant) return {};
        if (node.kind == Kind::Not) return part(residual_->child(node, 0));
        if (node.kind == Kind::Atom) return searched(index);
        const bool shared = node.condition != nullptr && evaluation_.cases == nullptr;
        if (shared)
            if (const Facts* known = evaluation_.memo->facts_that_decide({node.condition, node.frame})) return *known;
        Facts found = split_up(index, node);
        if (shared) evaluation_.memo->keep({node.condition, node.frame}, found);
        return found;
    }

    /// Parts that have no fact in common decide apart: each other one may come out either way, unless it has one outcome only.
    Facts split_up(std::uint32_t index, const Residual::Node& node) {
        const std::vector<std::vector<std::uint32_t>> groups = apart(node);
        const bool counted = node.kind == Kind::AtLeast;
        if (groups.size() == 1 || (counted && groups.size() < node.count)) return searched(index);
        const Truth ends = node.kind == Kind::And ? Truth::No : Truth::Yes;
        std::uint32_t needed = counted ? node.k : 0, open = 0;
        Facts found;
        for (const std::vector<std::uint32_t>& group : groups) {
            const std::uint32_t joined = counted ? group.front() : residual_->combined(node.kind, group);
            Facts own = group.size() == 1 ? part(joined) : searched(joined);
            const Truth only = own.empty() ? only_outcome(joined) : Truth::Unknown;
            open += only == Truth::Unknown ? 1 : 0;  // no fact says, or one does: either way
            found.merge(own);
            if (only != ends) continue;
            if (!counted) return {};
            needed -= needed > 0 ? 1 : 0;
        }
        if (counted && (needed == 0 || needed > open)) return {};
        return found;
    }

    /// The children in groups that have facts in common.
    std::vector<std::vector<std::uint32_t>> apart(const Residual::Node& node) {
        std::vector<std::pair<std::vector<std::uint32_t>, std::set<std::uint32_t>>> groups;
        for (std::uint32_t i = 0; i < node.count; ++i) {
            std::vector<std::uint32_t> group{residual_->child(node, i)};
            const std::vector<std::uint32_t>& columns = residual_->looks_at(group.front());
            std::set<std::uint32_t> all(columns.begin(), columns.end());
            std::erase_if(groups, [&](auto& other) {
                if (std::none_of(columns.begin(), columns.end(), [&](std::uint32_t column) { return other.second.contains(column); })) return false;
                group.insert(group.end(), other.first.begin(), other.first.end());
                all.merge(other.second);
                return true;
            });
            std::sort(group.begin(), group.end());
            groups.emplace_back(std::move(group), std::move(all));
        }
        std::vector<std::vector<std::uint32_t>> result;
        for (auto& [group, columns] : groups) result.push_back(std::move(group));
        std::sort(result.begin(), result.end());
        return result;
    }

    /// Of a part that no fact decides.
    Truth only_outcome(std::uint32_t index) {
        Residual::State one = state_;
        for (std::uint32_t column = 0; column < residual_->columns(); ++column) {
            const std::vector<PieceBits> values = residual_->values(column);
            if (!values.empty()) one[column] = values.front();
        }
        return residual_->evaluate(index, one, nullptr);
    }

    /// Each fact that the undecided part reads, one by one.
    Facts searched(std::uint32_t index) {
        root_ = index;
        kept_.clear();
        reads_.clear();
        if (residual_->evaluate(root_, state_, &reads_) != Truth::Unknown) return {};
        const bool once = reads_once(reads_);
        Facts found;
        std::set<std::uint32_t> tried;
        for (const Residual::Reading& read : reads_) {
            if (read.column >= residual_->columns()) continue;
            const Unknown& unknown = residual_->unknown(read.column);
            if (!is_fact(unknown) || found.contains(unknown.ground) || !tried.insert(read.column).second) continue;
            if ((once && residual_->decides_alone(read)) || decides(read.column)) found.insert(unknown.ground);
        }
        return found;
    }

    static bool reads_once(const Reads& reads) {
        std::set<std::uint32_t> seen;
        return std::all_of(reads.begin(), reads.end(), [&](const Residual::Reading& read) { return read.column == Residual::asking || (read.column != Residual::too_wide && read.column != Residual::elsewhere && seen.insert(read.column).second); });
    }

    bool decides(std::uint32_t column) {
        const std::vector<PieceBits> values = residual_->values(column);
        return values.size() > 1 && (near(column, values) || anywhere(column, values));
    }

    bool anywhere(std::uint32_t column, const std::vector<PieceBits>& values) {
        steps_ = handed_over_ = 0;
        near_ = false;
        return search(column, values, reads_);
    }

    /// Looks only where another fact decided; finding nothing there says nothing.
    bool near(std::uint32_t column, const std::vector<PieceBits>& values) {
        const Residual::State whole = state_;
        near_ = true;
        bool found = false;
        for (std::size_t i = kept_.size(); i-- > 0 && !found;) {
            steps_ = 0;
            gave_up_ = false;
            state_ = kept_[i];
            state_[column] = whole[column];
            Reads left;
            found = has_a_say(column, left) && search(column, values, left) && !gave_up_;
        }
        state_ = whole;
        return found;
    }

    /// The case in which a fact decides, for the next ones.
    bool keep() {
        if (kept_.size() == most_kept) kept_.erase(kept_.begin());
        if (residual_->assumes_nothing()) kept_.push_back(state_);
        return true;
    }
    bool give_up() {
        gave_up_ = true;
        return true;
    }

    /// What is undecided in this state; false where the column has no say: nothing undecided looks at it.
    bool has_a_say(std::uint32_t column, Reads& reads) {
        return residual_->evaluate(root_, state_, &reads) == Truth::Unknown && residual_->may_look(reads, column);
    }

    /// `reads`: what is undecided while the column is open.
    bool search(std::uint32_t column, const std::vector<PieceBits>& values, const Reads& reads) {
        if (++steps_ > (near_ ? most_steps_near : most_steps)) return give_up();  // not refuted: better one question too many than one too few
        if (residual_->answered_alike(column, state_, values)) return false;
        bool yes = false, no = false, open = false, open_once = false;
        const PieceBits before = state_[column];
        for (const PieceBits& value : values) {
            Reads left;
            state_[column] = value;
            const Truth truth = residual_->evaluate(root_, state_, &left);
            yes = yes || truth == Truth::Yes;
            no = no || truth == Truth::No;
            open = open || truth == Truth::Unknown;
            open_once = open_once || (truth == Truth::Unknown && reads_once(left));
        }
        state_[column] = before;
        if (yes && no) return keep();
        if (!open) return false;
        if ((yes || no) && open_once) return keep();
        return each_case(column, values, reads);
    }

    /// Splits another column of the undecided part, most often read first; first the case that leaves least undecided.
    bool each_case(std::uint32_t column, const std::vector<PieceBits>& values, const Reads& reads) {
        std::map<std::uint32_t, int> counts;
        for (const Residual::Reading& read : reads)
            if (read.column < residual_->columns() && read.column != column && is_fact(residual_->unknown(read.column))) ++counts[read.column];
        std::vector<std::pair<int, std::uint32_t>> order;
        for (const auto& [other, count] : counts) order.emplace_back(-count, other);
        std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : residual_->unknown(a.second) < residual_->unknown(b.second); });
        for (const auto& [count, other] : order) {
            const std::vector<PieceBits> classes = residual_->classes(other, state_, reads);
            if (classes.size() < 2) continue;
            const PieceBits before = state_[other];
            std::vector<std::pair<PieceBits, Reads>> cases;
            for (const PieceBits& pieces : classes) {
                Reads left;
                state_[other] = pieces;
                if (has_a_say(column, left)) cases.emplace_back(pieces, std::move(left));
            }
            std::stable_sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
            bool found = false;
            for (const auto& [pieces, left] : cases) {
                state_[other] = pieces;
                found = search(column, values, left);
                if (found) break;
            }
            state_[other] = before;
            return found;
        }
        bool found = false;
        if (each_outcome(column, values, reads, found)) return found;
        const Unknown& unknown = residual_->unknown(column);
        if (const auto decides = decides_atom(reads, unknown)) return *decides && keep();
        if (near_ || ++handed_over_ > most_handed_over) return give_up();
        const Cases cases = residual_->cases(state_);
        const Residual::Node& root = residual_->node(root_);
        const bool own = root.condition != nullptr && root.kind != Kind::Atom;
        return TermSearch(own ? *root.condition : condition_, own ? root.frame : frame_, evaluation_.with(cases)).decides(unknown);
    }

    /// An undecided atom over several facts that shares none of them comes out both ways whatever the rest is.
    bool each_outcome(std::uint32_t column, const std::vector<PieceBits>& values, const Reads& reads, bool& found) {
        for (const Residual::Reading& read : reads) {
            if (read.column != Residual::asking || !residual_->stands_apart(read.atom, column, reads)) continue;
            found = false;
            for (const Truth truth : {Truth::No, Truth::Yes}) {
                Reads left;
                residual_->assume(read.atom, truth);
                found = has_a_say(column, left) && search(column, values, left);
                if (found) break;
            }
            residual_->assume(read.atom, {});
            return true;
        }
        return false;
    }

    /// Nothing but one atom is left: whether the fact decides it, which other conditions may have asked before.
    std::optional<bool> decides_atom(const Reads& reads, const Unknown& unknown) {
        const std::uint32_t index = reads.front().atom;
        const bool alone = std::all_of(reads.begin(), reads.end(), [&](const Residual::Reading& read) { return read.atom == index; });
        if (!alone || evaluation_.cases != nullptr || !residual_->is_plain(index)) return {};
        const Atom atom = residual_->atom(index);
        const Cases cases = residual_->cases_of(index, state_);
        Evaluation asked = evaluation_.with(cases);
        asked.assumed = &residual_->given(index);
        return evaluation_.memo->decides(atom, unknown, cases, [&] { return TermSearch(*atom.condition, atom.frame, asked).decides(unknown); });
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    ResidualScope residual_;
    Residual::State state_;
    std::uint32_t root_ = 0;  ///< the part that is searched
    Reads reads_;             ///< of the whole part
    std::vector<Residual::State> kept_;
    std::uint32_t steps_ = 0, handed_over_ = 0;
    bool near_ = false, gave_up_ = false;
};

}  // namespace

std::vector<GroundFact> relevant_open_facts(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    const Condition* const asked[] = {&condition};
    const auto place = evaluation.shared != nullptr && evaluation.cases == nullptr ? evaluation.shared->place(IncidentAnswers::Question::Facts, asked, frame) : std::nullopt;
    if (place)
        if (const std::vector<GroundFact>* kept = evaluation.shared->facts(*place)) return *kept;
    const MemoScope scope(evaluation);
    std::vector<GroundFact> found = RelevanceSearch(condition, frame, scope.evaluation()).run();
    if (place) evaluation.shared->keep(*place, found);
    return found;
}

}  // namespace duenotice
