// The constraints of the vocabulary (`implies`, `excludes`, `order`) over the facts of one account. Each narrows what a
// fact may still be, until nothing changes; what follows is recorded as a statement of its own, so that the account
// shows both. A fact that is left without any value is an error with the places of both statements.

#include <algorithm>

#include <fmt/format.h>

#include "engine/incident_draft.h"

namespace duenotice {

namespace {

class Constraints {
public:
    explicit Constraints(IncidentDraft& draft) : draft_(draft), vocabulary_(draft.law.vocabulary) {}

    void apply() {
        // INVARIANT: every pass that changes something shrinks a set of values, and each constraint can do so once more
        // only after another has; a chain of n constraints is settled after n passes.
        const std::size_t most = vocabulary_.constraints().size() + 1;
        for (std::size_t pass = 0; pass < most; ++pass) {
            changed_ = false;
            for (const FactConstraint& constraint : vocabulary_.constraints()) over_frames(constraint);
            if (!changed_) return;
        }
    }

private:
    /// Every pair of grounds of which at least one is stated.
    void over_frames(const FactConstraint& constraint) {
        const unsigned left = bindings(vocabulary_.at(constraint.left).frame), right = bindings(vocabulary_.at(constraint.right).frame);
        std::vector<Frame> frames;
        collect(constraint.left, left | right, frames);
        collect(constraint.right, left | right, frames);
        std::sort(frames.begin(), frames.end());
        frames.erase(std::unique(frames.begin(), frames.end()), frames.end());
        for (const Frame& frame : frames) one(constraint, {constraint.left, frame.restricted(left)}, {constraint.right, frame.restricted(right)});
    }

    /// Frames of the stated facts, widened to all that the pair binds.
    void collect(FactId fact, unsigned wanted, std::vector<Frame>& frames) const {
        for (auto it = draft_.records().lower_bound({fact, Frame{-2, -2, -2, -2, -2, -2, -2}}); it != draft_.records().end() && it->first.fact == fact; ++it) {
            std::vector<Frame> widened{it->first.frame};
            const unsigned missing = wanted & ~bindings(vocabulary_.at(fact).frame);
            if ((missing & bind::entity) != 0) widen(widened, draft_.incident.entities.size(), &Frame::entity);
            if ((missing & bind::population) != 0) widen(widened, draft_.incident.populations.size(), &Frame::population);
            if ((missing & ~(bind::entity | bind::population)) == 0) frames.insert(frames.end(), widened.begin(), widened.end());
        }
    }

    static void widen(std::vector<Frame>& frames, std::size_t count, std::int32_t Frame::*part) {
        std::vector<Frame> result;
        for (const Frame& frame : frames)
            for (std::size_t i = 0; i < count; ++i) {
                Frame one = frame;
                one.*part = static_cast<std::int32_t>(i);
                result.push_back(one);
            }
        frames = std::move(result);
    }

    void one(const FactConstraint& constraint, const GroundFact& left, const GroundFact& right) {
        if (unmade(left) || unmade(right)) return;
        Known a = draft_.known(left), b = draft_.known(right);
        const Known a_before = a, b_before = b;
        if (constraint.kind == FactConstraint::Kind::Order) order(a, b);
        else implication(constraint, a, b);
        if (a.is_empty() || b.is_empty()) {
            contradiction(constraint, left, right);
            return;
        }
        if (a != a_before) narrow(left, std::move(a), right);
        if (b != b_before) narrow(right, std::move(b), left);
    }

    /// `a` at or before `b`; when `b` has happened, so has `a`.
    static void order(Known& a, Known& b) {
        if (!b.not_yet_possible) a.not_yet_possible = false;
        if (!a.happened_possible) b.happened_possible = false;
        if (!a.happened_possible || !b.happened_possible || a.type != b.type) return;
        if (!b.not_yet_possible) a.high = std::min(a.high, b.high);
        b.low = std::max(a.low, b.low);
        a.happened_possible = a.low <= a.high;
        b.happened_possible = b.low <= b.high;
    }

    /// The instant of a judgement that nobody has stated is not yet, and stays so.
    bool unmade(const GroundFact& ground) const {
        const auto& judgement = vocabulary_.at(ground.fact).judgement;
        return judgement && statement(ground) == nullptr && statement({*judgement, ground.frame}) == nullptr;
    }

    static bool certain(const Known& known, std::uint32_t choice) {
        return known.type == ValueType::Set ? known.in.test(choice) : known.possible.count() == 1 && known.possible.test(choice);
    }
    static bool impossible(const Known& known, std::uint32_t choice) { return known.type == ValueType::Set ? known.out.test(choice) : !known.possible.test(choice); }
    static void require(Known& known, std::uint32_t choice, bool yes) {
        if (known.type == ValueType::Set) {
            (yes ? known.in : known.out).set(choice);
        } else if (yes) {
            ChoiceSet only;
            only.set(choice);
            known.possible &= only;
        } else {
            known.possible.reset(choice);
        }
    }

    static void implication(const FactConstraint& constraint, Known& a, Known& b) {
        const bool implies = constraint.kind == FactConstraint::Kind::Implies;
        if (certain(a, constraint.left_choice)) require(b, constraint.right_choice, implies);
        if (implies ? impossible(b, constraint.right_choice) : certain(b, constraint.right_choice)) require(a, constraint.left_choice, false);
    }

    const Statement* statement(const GroundFact& ground) const {
        const auto found = draft_.records().find(ground);
        return found == draft_.records().end() || found->second.history.empty() ? nullptr : &found->second.history.back();
    }

    void narrow(const GroundFact& ground, Known known, const GroundFact& from) {
        const Statement* cause = statement(from);
        Statement next;
        if (const Statement* before = statement(ground)) next = *before;
        else if (cause != nullptr) next.span = cause->span;
        if (cause != nullptr && cause->learned_at && (!next.learned_at || *next.learned_at < *cause->learned_at)) next.learned_at = cause->learned_at;
        next.value = std::move(known);
        if (next.source.empty()) next.source = "follows from " + vocabulary_.at(from.fact).name;
        draft_.derive(ground, std::move(next));
        changed_ = true;
    }

    void contradiction(const FactConstraint& constraint, const GroundFact& left, const GroundFact& right) {
        const Statement* a = statement(left);
        const Statement* b = statement(right);
        if (a == nullptr || b == nullptr || !reported_.insert({left, right}).second) return;
        const FactDeclaration &first = vocabulary_.at(left.fact), &second = vocabulary_.at(right.fact);
        Diagnostic& diagnostic = draft_.diagnostics.error("DN0527", b->span,
            fmt::format("`{}` ({}) and `{}` ({}) contradict each other", second.name, words(b->value, second), first.name, words(a->value, first)), constraint.why);
        diagnostic.related.emplace_back(a->span, fmt::format("`{}` {}", first.name, a->source.starts_with("follows from ") ? "follows from this" : "is stated here"));
    }

    IncidentDraft& draft_;
    const Vocabulary& vocabulary_;
    std::set<std::pair<GroundFact, GroundFact>> reported_;
    bool changed_ = false;
};

}  // namespace

void apply_constraints(IncidentDraft& draft) { Constraints(draft).apply(); }

}  // namespace duenotice
