#include "engine/verdict.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/atoms.h"

namespace duenotice {

namespace {

/// Splits on the facts that occur more than once, until all cases agree or two differ.
class CaseSplit {
public:
    CaseSplit(const Condition& condition, const Frame& frame, const Evaluation& evaluation)
        : condition_(condition), frame_(frame), evaluation_(evaluation), cases_(evaluation.cases == nullptr ? Cases{} : *evaluation.cases) {
        struct Candidate {
            GroundFact ground;
            int count;
        };
        std::vector<Candidate> candidates;
        for (const auto& [ground, use] : fact_uses(condition, frame, evaluation)) {
            if (use.count < 2 || evaluation.known(ground).is_exact(evaluation.world.law->vocabulary.at(ground.fact))) continue;
            if (!use.only_direct) shared_in_arithmetic_ = true;
            candidates.push_back({ground, use.count});
        }
        std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.count > b.count; });
        for (const Candidate& candidate : candidates) order_.push_back(candidate.ground);
    }

    Decision run() {
        Decision decision;
        decision.by = DecidedBy::Split;
        decision.truth = split(0);
        decision.splits = splits_;
        if (decision.truth != Truth::Unknown) return decision;
        if (splits_ > most_splits) {
            decision.exact = false;
            decision.why_inexact = fmt::format("more than {} cases", most_splits);
        } else if (!disagree_ && (inexact_ || shared_in_arithmetic_)) {
            decision.exact = false;
            decision.why_inexact = shared_in_arithmetic_ ? "a fact occurs more than once in sums or counts" : "counts that overlap are bounds";
        }
        return decision;
    }

private:
    Truth evaluate() {
        const Evaluation narrowed{evaluation_.world, evaluation_.incident, evaluation_.moment, &cases_};
        const Truth truth = narrowed.truth(condition_, frame_);
        if (truth == Truth::Unknown && narrowed.inexact) inexact_ = true;
        return truth;
    }

    Truth split(std::size_t depth) {
        if (++splits_ > most_splits) return Truth::Unknown;
        const Truth truth = evaluate();
        if (truth != Truth::Unknown || depth == order_.size()) return truth;
        const GroundFact& ground = order_[depth];
        const Evaluation narrowed{evaluation_.world, evaluation_.incident, evaluation_.moment, &cases_};
        const std::vector<Known> cut = pieces(ground, condition_, frame_, narrowed);
        if (cut.size() < 2) return split(depth + 1);
        const auto before = cases_.find(ground);
        const std::optional<Known> saved = before == cases_.end() ? std::nullopt : std::optional<Known>(before->second);
        std::optional<Truth> all;
        for (const Known& piece : cut) {
            cases_[ground] = piece;
            const Truth one = split(depth + 1);
            if (one == Truth::Unknown || (all && *all != one)) {
                disagree_ = disagree_ || (one != Truth::Unknown && all.has_value());
                all = Truth::Unknown;
                break;
            }
            all = one;
        }
        if (saved) cases_[ground] = *saved;
        else cases_.erase(ground);
        return all.value_or(Truth::Unknown);
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    Cases cases_;
    std::vector<GroundFact> order_;
    std::uint32_t splits_ = 0;
    bool inexact_ = false, shared_in_arithmetic_ = false, disagree_ = false;
};

}  // namespace

Decision decide(const Condition& condition, const Frame& frame, const Evaluation& evaluation, DecideOptions options) {
    const Evaluation fresh{evaluation.world, evaluation.incident, evaluation.moment, evaluation.cases};
    Decision decision;
    decision.truth = fresh.truth(condition, frame);
    if (decision.truth != Truth::Unknown || !options.case_split) return decision;
    return CaseSplit(condition, frame, evaluation).run();
}

}  // namespace duenotice
