#include <algorithm>
#include <map>

#include "engine/memo.h"
#include "engine/verdict.h"

// What a verdict rests on: a subset-minimal set of known facts that alone forces it, each as the constraint that the law
// needs; and what would decide an undetermined one. Both by the same evaluator, on demand.

namespace duenotice {

namespace {

/// The order of forgetting: judgements first, places last.
int forgetting_rank(const FactDeclaration& declaration) {
    if (declaration.type == ValueType::Judgement || declaration.judgement) return 0;
    switch (declaration.type) {
        case ValueType::Whole:
        case ValueType::Share:
        case ValueType::Money:
        case ValueType::Duration: return 1;
        case ValueType::Place:
        case ValueType::PlaceSet: return 4;
        default: return declaration.name.find("role") != std::string::npos ? 3 : 2;
    }
}

class Minimiser {
public:
    Minimiser(const Condition& condition, const Frame& frame, const Evaluation& evaluation, Truth truth)
        : condition_(condition), frame_(frame), evaluation_(evaluation), truth_(truth), vocabulary_(evaluation.world.law->vocabulary), reads_(all_reads(condition, frame, evaluation)) {
        if (evaluation.cases != nullptr) cases_ = *evaluation.cases;
    }

    std::vector<Because> run() {
        if (decision() != truth_) return {};  // it rests on more than this condition
        std::vector<GroundFact> known;
        for (const Occurrence& read : ground_facts(condition_, frame_, evaluation_))
            if (!evaluation_.known(read.ground).is_open(vocabulary_.at(read.ground.fact))) known.push_back(read.ground);
        std::vector<GroundFact> order = known;
        std::stable_sort(order.begin(), order.end(), [&](const GroundFact& a, const GroundFact& b) { return forgetting_rank(vocabulary_.at(a.fact)) < forgetting_rank(vocabulary_.at(b.fact)); });
        std::vector<GroundFact> kept;
        for (const GroundFact& ground : order)
            if (!holds_with(ground, Known::open(vocabulary_.at(ground.fact)))) kept.push_back(ground);
        std::sort(kept.begin(), kept.end());
        std::vector<Because> result;
        for (const GroundFact& ground : kept) result.push_back(explain(ground));
        return result;
    }

private:
    Truth decision() const {
        return decide(condition_, frame_, evaluation_.with(cases_)).truth;
    }

    /// Keeps the replacement when the verdict stands.
    bool holds_with(const GroundFact& ground, const Known& value) {
        std::optional<Known> saved = cases_.saved(ground);
        cases_.set(ground, value);
        if (decision() == truth_) return true;
        cases_.restore(ground, std::move(saved));
        return false;
    }

    Because explain(const GroundFact& ground) {
        const FactDeclaration& declaration = vocabulary_.at(ground.fact);
        const Known stated = evaluation_.known(ground);
        Because result;
        result.ground = ground;
        result.value = words(stated, declaration);
        const Known needed = weakest(ground, stated, declaration);
        result.needed = declaration.name + " " + constraint(needed, declaration);
        result.law = place(ground);
        return result;
    }

    /// The largest set of values around the stated one that keeps the verdict.
    Known weakest(const GroundFact& ground, const Known& stated, const FactDeclaration& declaration) {
        Known value = stated;
        const auto keep = [&](const Known& wider) {
            if (holds_with(ground, wider)) value = wider;
        };
        if (stated.type == ValueType::Set) {
            for (std::size_t i = 0; i < declaration.choices.size(); ++i) {
                Known wider = value;
                wider.in.reset(i);
                wider.out.reset(i);
                if (wider != value) keep(wider);
            }
            return value;
        }
        if (stated.type == ValueType::YesNo || stated.type == ValueType::Choice || stated.type == ValueType::Judgement) {
            for (std::size_t i = 0; i < declaration.choices.size(); ++i) {
                Known wider = value;
                wider.possible.set(i);
                if (wider != value) keep(wider);
            }
            return value;
        }
        if (stated.type == ValueType::Place || stated.type == ValueType::PlaceSet || stated.type == ValueType::Text) return value;
        return widest_range(ground, stated, declaration);
    }

    /// The pieces beside the stated values, one after the other, as long as the verdict stands.
    Known widest_range(const GroundFact& ground, const Known& stated, const FactDeclaration& declaration) {
        Cases opened = cases_;
        opened.set(ground, Known::open(declaration));
        const Evaluation open = evaluation_.with(opened);
        Known value = stated;
        const auto keep = [&](const Known& wider) {
            if (!holds_with(ground, wider)) return false;
            value = wider;
            return true;
        };
        const std::vector<Known> cut = pieces(ground, condition_, frame_, open);
        Known wider = value;
        wider.not_yet_possible = true;
        if (wider != value) keep(wider);
        if (!value.happened_possible) {  // it is enough that it is not yet
            wider = Known::open(declaration);
            keep(wider);
            return value;
        }
        for (auto piece = cut.rbegin(); piece != cut.rend(); ++piece) {
            if (!piece->happened_possible || piece->low >= value.low) continue;
            wider = value;
            wider.low = piece->low;
            if (!keep(wider)) break;
        }
        for (const Known& piece : cut) {
            if (!piece.happened_possible || piece.high <= value.high) continue;
            wider = value;
            wider.high = piece.high;
            if (!keep(wider)) break;
        }
        return value;
    }

    static std::string constraint(const Known& needed, const FactDeclaration& declaration) {
        if (needed.type == ValueType::Set) {
            std::string in, out;
            for (std::size_t i = 0; i < declaration.choices.size(); ++i) {
                if (needed.in.test(i)) in += (in.empty() ? "" : ", ") + declaration.choices[i].token;
                if (needed.out.test(i)) out += (out.empty() ? "" : ", ") + declaration.choices[i].token;
            }
            return (in.empty() ? "" : "includes " + in) + (in.empty() || out.empty() ? "" : "; ") + (out.empty() ? "" : "does not include " + out);
        }
        const bool number = needed.type == ValueType::Whole || needed.type == ValueType::Share || needed.type == ValueType::Money || needed.type == ValueType::Duration;
        return (number && (needed.low != needed.high) ? "" : "is ") + words(needed, declaration);
    }

    Span place(const GroundFact& ground) const {
        for (const Read& read : reads_)
            if (read.unknown.ground == ground && read.atom != nullptr) return read.atom->span;
        return {};
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    const Truth truth_;
    const Vocabulary& vocabulary_;
    const std::vector<Read> reads_;
    Cases cases_;
};

}  // namespace

std::vector<Because> because(const Condition& condition, const Frame& frame, const Evaluation& evaluation, Truth truth) {
    const MemoScope scope(evaluation);
    Evaluation widened = scope.evaluation();
    widened.widened = true;
    return Minimiser(condition, frame, widened, truth).run();
}

}  // namespace duenotice
