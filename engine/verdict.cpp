#include "engine/verdict.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "engine/joint_conditions.h"
#include "engine/memo.h"
#include "engine/residual.h"
#include "engine/shared_answers.h"
#include "engine/witness.h"

namespace duenotice {

namespace {

bool is_splittable(const Unknown& unknown) { return unknown.kind != Unknown::Kind::Opaque && unknown.kind != Unknown::Kind::TooWide; }

/// What is read more than once: most often first, then in vocabulary order.
std::vector<Unknown> repeated(const std::vector<Read>& reads) {
    std::map<Unknown, int> counts;
    for (const Read& read : reads)
        if (read.unknown.kind != Unknown::Kind::TooWide) ++counts[read.unknown];
    std::vector<std::pair<int, Unknown>> found;
    for (const auto& [unknown, count] : counts)
        if (count > 1) found.emplace_back(-count, unknown);
    std::sort(found.begin(), found.end());
    std::vector<Unknown> result;
    for (auto& [count, unknown] : found) result.push_back(std::move(unknown));
    return result;
}

/// What the cases came to. `differ`: two of them surely do; otherwise only all of them together say something.
Decision decided(std::uint32_t splits, bool differ, bool yes, bool no, const std::string& why) {
    Decision decision;
    decision.splits = splits;
    decision.by = splits > 0 ? DecidedBy::Split : DecidedBy::Tree;
    if (differ) return decision;
    if (!why.empty() || yes == no) {
        decision.exact = false;
        decision.why_inexact = why.empty() ? "facts are shared between sums or counts" : why;
        return decision;
    }
    decision.truth = yes ? Truth::Yes : Truth::No;
    return decision;
}

/// Splits on what is read more than once in the undecided part, until two cases differ or all agree. Cuts anew in every
/// case, since what is left of one fact may show where another matters, and assumes what no fact can be cut for.
class TermSplit {
public:
    TermSplit(const Condition& condition, const Frame& frame, const Evaluation& evaluation, std::uint32_t most)
        : condition_(condition), frame_(frame), evaluation_(evaluation), cases_(evaluation.cases == nullptr ? Cases{} : *evaluation.cases), most_(most) {}

    Decision run() {
        split();
        return decided(splits_, differ_ || (certain_yes_ && certain_no_), yes_, no_, why_);
    }

private:
    bool done() const { return stop_ || differ_ || (certain_yes_ && certain_no_); }
    void undecided(std::string why) {
        if (why_.empty()) why_ = std::move(why);
    }

    Truth evaluate(Trace& trace) const {
        Evaluation evaluation = evaluation_.with(cases_);
        evaluation.assumed = &assumed_;
        evaluation.trace = &trace;
        return evaluation.truth(condition_, frame_);
    }

    void split() {
        if (done()) return;
        Trace trace;
        const Truth truth = evaluate(trace);
        if (truth != Truth::Unknown) return leaf(truth);
        const std::vector<Unknown> open = repeated(trace.reads);
        if (open.empty()) return residue(trace.reads);
        if (splits_ >= most_) {
            stop_ = true;
            why_ = fmt::format("more than {} cases", most_);
            return;
        }
        for (const Unknown& unknown : open) {
            if (!is_splittable(unknown)) continue;
            const std::vector<Known> pieces = cut(unknown, atoms_of(unknown, trace.reads), evaluation_.with(cases_));
            if (pieces.size() > 1) return each_piece(unknown.ground, pieces);
        }
        for (const Unknown& unknown : open)
            if (const auto atom = shared_atom(unknown, trace.reads)) return each_assumption(*atom);
        undecided("a fact is shared between sums or counts");
    }

    void each_piece(const GroundFact& ground, const std::vector<Known>& pieces) {
        std::optional<Known> saved = cases_.saved(ground);
        for (const Known& piece : pieces) {
            if (done()) break;
            ++splits_;
            cases_.set(ground, piece);
            split();
        }
        cases_.restore(ground, std::move(saved));
    }

    void each_assumption(const Atom& atom) {
        for (const Truth truth : {Truth::Yes, Truth::No}) {
            if (done()) break;
            ++splits_;
            assumed_[{atom.condition, atom.frame}] = truth;
            split();
        }
        assumed_.erase({atom.condition, atom.frame});
    }

    /// An atom that is met twice, or that compares the same sum or count with another limit.
    std::optional<Atom> shared_atom(const Unknown& unknown, const std::vector<Read>& reads) const {
        std::map<Atom, std::set<int>> visits;
        for (const Read& read : reads)
            if (read.unknown == unknown && read.atom != nullptr) visits[{read.atom, read.frame}].insert(read.visit);
        for (const Atom& atom : atoms_of(unknown, reads)) {
            if (assumed_.contains({atom.condition, atom.frame})) continue;
            if (visits[atom].size() > 1) return atom;
            for (const auto& [other, times] : visits)
                if (other != atom && other.frame == atom.frame && alike(*other.condition, *atom.condition)) return atom;
        }
        return {};
    }

    static bool alike(const Condition& a, const Condition& b) {
        if (a.kind == Condition::Kind::DateIn && b.kind == Condition::Kind::DateIn) return a.name == b.name && same(*a.left, *b.left);
        return a.kind == Condition::Kind::Compare && b.kind == Condition::Kind::Compare && a.left && b.left && a.right && b.right && same(*a.left, *b.left);
    }

    /// Assumptions are independent of each other and of these reads, so that each of them can come out both ways.
    bool independent(const std::vector<Read>& reads, bool& contradiction) const {
        std::set<Unknown> seen;
        bool result = true;
        const auto add = [&](const std::vector<Read>& some) {
            for (const Read& read : some) result = result && read.unknown.kind != Unknown::Kind::TooWide && seen.insert(read.unknown).second;
        };
        add(reads);
        for (const auto& [atom, truth] : assumed_) {
            Trace trace;
            Evaluation evaluation = evaluation_.with(cases_);
            evaluation.trace = &trace;
            const Truth found = evaluation.truth(*atom.first, atom.second);
            contradiction = contradiction || (found != Truth::Unknown && found != truth);
            add(trace.reads);
        }
        return result;
    }

    void leaf(Truth truth) {
        bool contradiction = false;
        const bool certain = assumed_.empty() || independent({}, contradiction);
        if (contradiction) return;
        (truth == Truth::Yes ? yes_ : no_) = true;
        if (certain) (truth == Truth::Yes ? certain_yes_ : certain_no_) = true;
    }

    /// Nothing is read twice: undetermined here is undetermined, unless a bound is too wide.
    void residue(const std::vector<Read>& reads) {
        for (const Read& read : reads)
            if (read.unknown.kind == Unknown::Kind::TooWide) return undecided(read.unknown.tag);
        bool contradiction = false;
        if (independent(reads, contradiction) && !reads.empty() && !contradiction) differ_ = true;
        else if (!contradiction) undecided(reads.empty() ? "a bound is wider than what can be" : "a fact is shared between sums or counts");
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    Cases cases_;
    Assumptions assumed_;
    std::uint32_t most_, splits_ = 0;
    bool yes_ = false, no_ = false, certain_yes_ = false, certain_no_ = false, differ_ = false, stop_ = false;
    std::string why_;
};

/// The same over a node of a residual, whose columns are cut once; what it cannot split goes to TermSplit, as the
/// condition that the node stands for.
class CaseSplit {
public:
    CaseSplit(const Condition& condition, const Frame& frame, const Evaluation& evaluation, Residual& residual, std::uint32_t node, std::uint32_t most_terms = most_splits)
        : condition_(condition), frame_(frame), evaluation_(evaluation), most_terms_(most_terms), residual_(residual), node_(node), state_(residual.state()) {}

    Decision run(Residual::State from) {
        state_ = std::move(from);
        return run();
    }

    Decision run() {
        if (residual_.evaluate(node_, state_, nullptr) == Truth::Unknown && comes_out_both_ways(residual_, node_, state_)) {
            differ();
            ++splits_;
        } else {
            split();
        }
        return decided(splits_, done(), yes_, no_, why_);
    }

private:
    bool done() const { return differ_ || (yes_ && no_); }

    void split() {
        if (done() || stop_) return;
        std::vector<Residual::Reading> reads;
        const Truth truth = residual_.evaluate(node_, state_, &reads);
        if (truth != Truth::Unknown) {
            (truth == Truth::Yes ? yes_ : no_) = true;
            return;
        }
        std::map<std::uint32_t, int> counts;
        bool wide = false, elsewhere = false;
        for (const Residual::Reading& read : reads) {
            wide = wide || read.column == Residual::too_wide;
            elsewhere = elsewhere || read.column == Residual::elsewhere;
            if (read.column < residual_.columns()) ++counts[read.column];
        }
        std::vector<std::pair<int, std::uint32_t>> repeated;
        for (const auto& [column, count] : counts)
            if (count > 1) repeated.emplace_back(-count, column);
        if (elsewhere) return by_terms();
        if (repeated.empty()) return wide ? undecided(residual_.why_wide()) : differ();
        if (splits_ >= most_splits) {
            stop_ = true;
            return undecided(fmt::format("more than {} cases", most_splits));
        }
        std::sort(repeated.begin(), repeated.end(), [&](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : residual_.unknown(a.second) < residual_.unknown(b.second); });
        for (const auto& [count, column] : repeated) {
            const std::vector<PieceBits> classes = residual_.classes(column, state_, reads);
            if (classes.size() > 1) return each(column, classes);
        }
        by_terms();
    }

    void each(std::uint32_t column, const std::vector<PieceBits>& classes) {
        const PieceBits before = state_[column];
        for (const PieceBits& pieces : classes) {
            if (done() || stop_) break;
            ++splits_;
            state_[column] = pieces;
            split();
        }
        state_[column] = before;
    }

    void by_terms() {
        const Cases cases = residual_.cases(state_);
        const Decision decision = TermSplit(condition_, frame_, evaluation_.with(cases), most_terms_).run();
        splits_ += decision.splits;
        if (decision.truth != Truth::Unknown) (decision.truth == Truth::Yes ? yes_ : no_) = true;
        else if (decision.exact) differ();
        else undecided(decision.why_inexact);
    }

    void differ() { differ_ = true; }
    void undecided(const std::string& why) {
        if (why_.empty()) why_ = why;
        if (most_terms_ != most_splits) stop_ = true;  // one case that nobody decides: no answer comes of all of them
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    std::uint32_t most_terms_;
    Residual& residual_;
    std::uint32_t node_;
    Residual::State state_;
    std::uint32_t splits_ = 0;
    bool yes_ = false, no_ = false, differ_ = false, stop_ = false;
    std::string why_;
};

/// What orders questions need not be exact: an answer whose cases are more than these is told as one that settles nothing.
constexpr std::uint32_t settling_splits = 16;

/// Nothing undecided is read twice, and no bound is too wide: two completions differ.
bool reads_once(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    Trace trace;
    Evaluation traced = evaluation;
    traced.trace = &trace;
    traced.truth(condition, frame);
    std::vector<const Unknown*> seen;
    for (const Read& read : trace.reads) {
        if (read.unknown.kind == Unknown::Kind::TooWide) return false;
        seen.push_back(&read.unknown);
    }
    std::sort(seen.begin(), seen.end(), [](const Unknown* a, const Unknown* b) { return *a < *b; });
    return !seen.empty() && std::adjacent_find(seen.begin(), seen.end(), [](const Unknown* a, const Unknown* b) { return *a == *b; }) == seen.end();
}

}  // namespace

Settling settling(const Condition& condition, const Frame& frame, const GroundFact& ground, const Evaluation& evaluation) {
    const MemoScope scope(evaluation);
    const ResidualScope residual(condition, frame, scope.evaluation());
    if (residual->evaluate(residual->state(), nullptr) != Truth::Unknown || decide(condition, frame, scope.evaluation()).truth != Truth::Unknown) return {true, true};
    const std::vector<Residual::State> answers = residual->answers(ground);
    Settling result{!answers.empty(), false};
    for (const Residual::State& answer : answers) {
        const bool settled = CaseSplit(condition, frame, scope.evaluation(), *residual, residual->root(), settling_splits).run(answer).truth != Truth::Unknown;
        result.all = result.all && settled;
        result.some = result.some || settled;
        if (result.some && !result.all) break;
    }
    return result;
}

namespace {

Decision decided_alone(const Condition& condition, const Frame& frame, const Evaluation& evaluation, DecideOptions options) {
    Decision decision;
    Evaluation plain = evaluation;
    plain.assumed = nullptr;
    plain.trace = nullptr;
    decision.truth = plain.truth(condition, frame);
    if (decision.truth != Truth::Unknown || !options.case_split) return decision;
    const bool lasts = plain.memo != nullptr && plain.cases == nullptr && plain.passing != &condition;
    if (lasts)
        if (const Decision* before = plain.memo->decision({&condition, frame})) return *before;
    const MemoScope scope(plain);
    if (!reads_once(condition, frame, scope.evaluation())) {
        const ResidualScope residual(condition, frame, scope.evaluation());
        decision = CaseSplit(condition, frame, scope.evaluation(), *residual, residual->root()).run();
    }
    if (lasts) plain.memo->keep({&condition, frame}, decision);
    return decision;
}

}  // namespace

Decision decide(const Condition& condition, const Frame& frame, const Evaluation& evaluation, DecideOptions options) {
    const bool may_share = evaluation.shared != nullptr && evaluation.cases == nullptr && options.case_split;
    const Condition* const asked[] = {&condition};
    const auto place = may_share ? evaluation.shared->place(IncidentAnswers::Question::Decision, asked, frame) : std::nullopt;
    if (!place) return decided_alone(condition, frame, evaluation, options);
    if (const Decision* kept = evaluation.shared->decision(*place)) return *kept;
    Decision decision = decided_alone(condition, frame, evaluation, options);
    evaluation.shared->keep(*place, decision);
    return decision;
}

JointConditions::JointConditions(std::vector<ConditionPtr> conditions, const Frame& frame, const Evaluation& evaluation)
    : conditions_(std::move(conditions)), frame_(frame), scope_(evaluation), residual_(conditions_, frame, scope_.evaluation()) {}

Truth JointConditions::under_the_first(std::size_t condition) {
    const bool yes = possible(condition, true);
    return !yes ? Truth::No : possible(condition, false) ? Truth::Unknown : Truth::Yes;
}

bool JointConditions::possible(std::size_t condition, bool holds) {
    ConditionPtr part = conditions_[condition];
    std::uint32_t node = residual_.root(condition);
    const auto made = [](Condition::Kind kind, std::vector<ConditionPtr> children) {
        auto result = std::make_shared<Condition>();
        result->kind = kind;
        result->children = std::move(children);
        return result;
    };
    if (!holds) {
        part = made(Condition::Kind::Not, {part});
        node = residual_.combined(Residual::Kind::Not, {node});
    }
    const ConditionPtr whole = made(Condition::Kind::And, {conditions_.front(), part});
    Evaluation evaluation = scope_.evaluation();
    evaluation.passing = whole.get();
    return CaseSplit(*whole, frame_, evaluation, residual_, residual_.combined(Residual::Kind::And, {residual_.root(), node})).run().truth != Truth::No;
}

}  // namespace duenotice
