#include "engine/flip.h"

#include <algorithm>
#include <vector>

#include "engine/verdict.h"

namespace duenotice {

namespace {

class CrossingFinder {
public:
    CrossingFinder(const Frame& frame, const Evaluation& evaluation) : frame_(frame), evaluation_(evaluation) {}

    void condition(const Condition& condition, int depth = 0) {
        if (depth > 64) return;
        if (condition.kind == Condition::Kind::Use && condition.index)
            this->condition(*evaluation_.world.law->definitions[*condition.index].condition, depth + 1);
        for (const ConditionPtr& child : condition.children) this->condition(*child, depth + 1);
        if (condition.kind != Condition::Kind::Compare || !condition.left || !condition.right) return;
        if (condition.left->kind == Term::Kind::Elapsed) crossing(*condition.left, *condition.right);
        if (condition.right->kind == Term::Kind::Elapsed) crossing(*condition.right, *condition.left);
    }

    std::vector<Instant> candidates;

private:
    void crossing(const Term& elapsed, const Term& limit) {
        const Known end = evaluation_.value(*elapsed.terms[1], frame_).known;
        if (!end.not_yet_possible) return;
        const Known start = evaluation_.value(*elapsed.terms[0], frame_).known;
        const Known threshold = evaluation_.value(limit, frame_).known;
        if (!start.happened_possible || start.low <= Known::lowest / 2 || threshold.low <= Known::lowest / 2 || threshold.low >= Known::highest / 2) return;
        for (const std::int64_t begin : {start.low, start.high}) {
            if (begin >= Known::highest / 2) continue;
            candidates.push_back(Instant{begin + threshold.low});
            candidates.push_back(Instant{begin + threshold.low + 1});
        }
    }

    const Frame& frame_;
    const Evaluation& evaluation_;
};

}  // namespace

std::optional<Instant> flip_instant(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    CrossingFinder finder(frame, evaluation);
    finder.condition(condition);
    if (finder.candidates.empty()) return {};
    std::sort(finder.candidates.begin(), finder.candidates.end());
    const Truth now = decide(condition, frame, evaluation).truth;
    for (const Instant at : finder.candidates) {
        if (at <= evaluation.moment.as_of) continue;
        Evaluation later{evaluation.world, evaluation.incident, evaluation.moment, evaluation.cases};
        later.moment.as_of = at;
        if (decide(condition, frame, later).truth != now) return at;
    }
    return {};
}

}  // namespace duenotice
