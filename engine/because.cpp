#include <algorithm>
#include <map>

#include "engine/atoms.h"
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
        : condition_(condition), frame_(frame), evaluation_(evaluation), truth_(truth), vocabulary_(evaluation.world.law->vocabulary) {
        if (evaluation.cases != nullptr) cases_ = *evaluation.cases;
    }

    std::vector<Because> run() {
        if (decision() != truth_) return {};  // it rests on more than this condition
        std::vector<GroundFact> known;
        for (const auto& [ground, use] : fact_uses(condition_, frame_, evaluation_))
            if (!evaluation_.known(ground).is_open(vocabulary_.at(ground.fact))) known.push_back(ground);
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
        const Evaluation narrowed{evaluation_.world, evaluation_.incident, evaluation_.moment, &cases_};
        return decide(condition_, frame_, narrowed).truth;
    }

    /// Keeps the replacement when the verdict stands.
    bool holds_with(const GroundFact& ground, const Known& value) {
        const auto before = cases_.find(ground);
        const std::optional<Known> saved = before == cases_.end() ? std::nullopt : std::optional<Known>(before->second);
        cases_[ground] = value;
        if (decision() == truth_) return true;
        if (saved) cases_[ground] = *saved;
        else cases_.erase(ground);
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
        const Known open = Known::open(declaration);
        Known wider = value;
        wider.low = open.low;
        keep(wider);
        wider = value;
        wider.high = open.high;
        keep(wider);
        // Between the stated bound and none, the pieces of the condition give the law's own number.
        cases_[ground] = open;
        const Evaluation opened{evaluation_.world, evaluation_.incident, evaluation_.moment, &cases_};
        const std::vector<Known> cut = pieces(ground, condition_, frame_, opened);
        cases_[ground] = value;
        for (const Known& piece : cut) {
            if (piece.low < value.low && value.low > open.low && piece.low >= open.low) {
                wider = value;
                wider.low = piece.low;
                keep(wider);
            }
        }
        for (auto piece = cut.rbegin(); piece != cut.rend(); ++piece) {
            if (piece->high > value.high && piece->high <= open.high) {
                wider = value;
                wider.high = piece->high;
                keep(wider);
            }
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
        Span span;
        visit_atoms(condition_, frame_, evaluation_, [&](const AtomVisit& atom) {
            if (span.source) return;
            visit_facts(atom, evaluation_, [&](const GroundFact& fact, bool) {
                if (fact == ground && !span.source) span = atom.atom->span;
            });
        });
        return span;
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    const Truth truth_;
    const Vocabulary& vocabulary_;
    Cases cases_;
};

/// Two completions that differ only in one fact and in the verdict.
class RelevanceSearch {
public:
    RelevanceSearch(const Condition& condition, const Frame& frame, const Evaluation& evaluation) : condition_(condition), frame_(frame), evaluation_(evaluation) {
        if (evaluation.cases != nullptr) cases_ = *evaluation.cases;
    }

    std::vector<GroundFact> run() {
        const Vocabulary& vocabulary = evaluation_.world.law->vocabulary;
        std::map<GroundFact, FactUse> visible;
        visit_open_atoms(condition_, frame_, evaluation_, [&](const AtomVisit& atom) {
            if (evaluation_.truth(*atom.atom, atom.frame) != Truth::Unknown) return;
            visit_facts(atom, evaluation_, [&](const GroundFact& ground, bool direct) {
                if (evaluation_.known(ground).is_exact(vocabulary.at(ground.fact))) return;
                if (!direct && !moves(ground, atom)) return;
                FactUse& use = visible[ground];
                ++use.count;
                use.only_direct = use.only_direct && direct;
            });
        });
        bool read_once = true;
        for (const auto& [ground, use] : visible) read_once = read_once && use.count == 1;
        std::vector<GroundFact> result;
        for (const auto& [ground, use] : visible) order_.push_back(ground);
        for (const auto& [ground, use] : visible) {
            if (read_once || !use.only_direct || relevant(ground)) result.push_back(ground);
        }
        return result;
    }

private:
    /// Whether a number inside a count or a sum changes it at all: a total does not where every place is counted.
    bool moves(const GroundFact& ground, const AtomVisit& atom) {
        const Known known = evaluation_.known(ground);
        const bool number = known.type == ValueType::Whole || known.type == ValueType::Share || known.type == ValueType::Money || known.type == ValueType::Duration;
        if (!number || atom.atom->kind != Condition::Kind::Compare || !atom.atom->right) return true;
        const auto differs = [&](const Term& term, const Evaluation& narrowed) {
            const Known before = evaluation_.value(term, atom.frame).known, after = narrowed.value(term, atom.frame).known;
            return before.low != after.low || before.high != after.high;
        };
        for (const std::int64_t end : {known.low, known.high}) {
            Known piece = known;
            piece.low = piece.high = end;
            cases_[ground] = piece;
            const Evaluation narrowed{evaluation_.world, evaluation_.incident, evaluation_.moment, &cases_};
            const bool moved = differs(*atom.atom->left, narrowed) || differs(*atom.atom->right, narrowed);
            cases_.erase(ground);
            if (moved) return true;
        }
        return false;
    }

    bool relevant(const GroundFact& ground) {
        steps_ = 0;
        const std::vector<Known> cut = pieces(ground, condition_, frame_, evaluation_);
        return cut.size() > 1 && search(ground, cut, 0);
    }

    Truth under(const GroundFact& ground, const Known& piece) {
        cases_[ground] = piece;
        const Evaluation narrowed{evaluation_.world, evaluation_.incident, evaluation_.moment, &cases_};
        const Truth truth = narrowed.truth(condition_, frame_);
        cases_.erase(ground);
        return truth;
    }

    bool search(const GroundFact& ground, const std::vector<Known>& cut, std::size_t depth) {
        if (++steps_ > most_splits) return true;  // not refuted: better one question too many than one too few
        bool yes = false, no = false, unknown = false;
        for (const Known& piece : cut) {
            const Truth truth = under(ground, piece);
            yes = yes || truth == Truth::Yes;
            no = no || truth == Truth::No;
            unknown = unknown || truth == Truth::Unknown;
        }
        if (yes && no) return true;
        if (!unknown) return false;
        while (depth < order_.size() && order_[depth] == ground) ++depth;
        if (depth >= order_.size()) return unknown;
        const GroundFact& next = order_[depth];
        const Evaluation narrowed{evaluation_.world, evaluation_.incident, evaluation_.moment, &cases_};
        for (const Known& piece : pieces(next, condition_, frame_, narrowed)) {
            cases_[next] = piece;
            const bool found = search(ground, cut, depth + 1);
            cases_.erase(next);
            if (found) return true;
        }
        return false;
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    Cases cases_;
    std::vector<GroundFact> order_;
    std::uint32_t steps_ = 0;
};

}  // namespace

std::vector<Because> because(const Condition& condition, const Frame& frame, const Evaluation& evaluation, Truth truth) {
    return Minimiser(condition, frame, evaluation, truth).run();
}

std::vector<GroundFact> relevant_open_facts(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    return RelevanceSearch(condition, frame, evaluation).run();
}

}  // namespace duenotice
