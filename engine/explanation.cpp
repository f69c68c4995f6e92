#include "engine/explanation.h"

#include <algorithm>

#include "engine/evaluator.h"
#include "engine/verdict.h"

namespace duenotice {

namespace {

constexpr std::size_t most_rows = 4096;

class Tracer {
public:
    Tracer(const Evaluation& evaluation, const Frame& frame) : evaluation_(evaluation), frame_(frame), law_(*evaluation.world.law) {}

    TraceNode trace(const Condition& condition, int depth = 0) const {
        TraceNode node;
        node.span = condition.span;
        node.truth = decide(condition, frame_, evaluation_).truth;
        if (condition.kind == Condition::Kind::Use && condition.index && depth < 32) {
            const Definition& definition = law_.definitions[*condition.index];
            node.text = definition.id;
            node.label = definition.title;
            node.citation = definition.citation.provision;
            node.children.push_back(trace(*definition.condition, depth + 1));
            return node;
        }
        if (condition.kind == Condition::Kind::Presumed && condition.index) node.citation = law_.presumptions[*condition.index].citation.provision;
        const bool nested = condition.kind == Condition::Kind::And || condition.kind == Condition::Kind::Or || condition.kind == Condition::Kind::Not ||
                            condition.kind == Condition::Kind::AtLeastOf;
        node.text = nested ? word(condition) : print(condition);
        if (nested && depth < 32)
            for (const ConditionPtr& child : condition.children) node.children.push_back(trace(*child, depth + 1));
        if (!nested) values(condition, node);
        return node;
    }

private:
    static std::string word(const Condition& condition) {
        switch (condition.kind) {
            case Condition::Kind::And: return "all of";
            case Condition::Kind::Or: return "any of";
            case Condition::Kind::Not: return "not";
            default: return "at least " + std::to_string(condition.k) + " of";
        }
    }

    /// The facts that an atom reads, as they stand.
    void values(const Condition& condition, TraceNode& node) const {
        for (const Occurrence& occurrence : ground_facts(condition, frame_, evaluation_)) {
            const FactDeclaration& declaration = law_.vocabulary.at(occurrence.ground.fact);
            const std::string where = evaluation_.incident.words(occurrence.ground.frame);
            node.facts.push_back({occurrence.ground, {}, words(evaluation_.known(occurrence.ground), declaration), condition.span});
            node.value += (node.value.empty() ? "" : "; ") + declaration.name + (where.empty() ? "" : " (" + where + ")") + ": " + node.facts.back().value;
        }
    }

    const Evaluation& evaluation_;
    const Frame& frame_;
    const RuleBook& law_;
};

TraceNode labelled(TraceNode node, std::string label, std::string citation) {
    TraceNode parent;
    parent.label = std::move(label);
    parent.citation = std::move(citation);
    parent.truth = node.truth;
    parent.span = node.span;
    parent.children.push_back(std::move(node));
    return parent;
}

/// All cases over the pieces of the open facts, one row for each; rows that agree are not merged.
void fill_table(Explanation& result, const Condition& condition, const Duty& duty, const Evaluation& evaluation) {
    std::vector<GroundFact> open;
    for (const Occurrence& occurrence : ground_facts(condition, duty.frame, evaluation))
        if (!evaluation.known(occurrence.ground).is_exact(evaluation.world.law->vocabulary.at(occurrence.ground.fact))) open.push_back(occurrence.ground);
    std::vector<std::vector<Known>> cut;
    std::size_t rows = 1;
    for (const GroundFact& ground : open) {
        cut.push_back(pieces(ground, condition, duty.frame, evaluation));
        rows *= std::max<std::size_t>(1, cut.back().size());
        if (rows > most_rows) {
            result.table_cut = true;
            return;
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        Cases cases;
        DecisionRow one;
        std::size_t rest = row;
        for (std::size_t i = open.size(); i-- > 0;) {
            if (cut[i].empty()) continue;
            const Known& piece = cut[i][rest % cut[i].size()];
            rest /= cut[i].size();
            cases.set(open[i], piece);
            const FactDeclaration& declaration = evaluation.world.law->vocabulary.at(open[i].fact);
            one.cells.insert(one.cells.begin(), {declaration.name, words(piece, declaration)});
        }
        one.truth = decide(condition, duty.frame, evaluation.with(cases)).truth;
        result.decision_table.push_back(std::move(one));
    }
}

}  // namespace

Explanation explain(const World& world, const Assessment& assessment, const Duty& duty, bool decision_table) {
    Explanation result;
    result.duty = duty.id;
    const Evaluation evaluation{world, *assessment.incident, assessment.moment};
    const Tracer tracer(evaluation, duty.frame);
    const Obligation& obligation = world.law->obligations[duty.obligation];
    const CompiledObligation& compiled = world.law->compiled[duty.obligation];
    for (std::size_t v = 0; v < obligation.versions.size(); ++v) {
        if (duty.version >= 0 && static_cast<std::size_t>(duty.version) != v) continue;
        const Version& version = obligation.versions[v];
        const std::string provision = version.citations.empty() ? std::string() : version.citations.front().provision;
        if (compiled.versions[v].in_range && compiled.versions[v].in_range->kind != Condition::Kind::True)
            result.parts.push_back(labelled(tracer.trace(*compiled.versions[v].in_range), "in force", provision));
        for (const ConditionReading& who : version.who)
            result.parts.push_back(labelled(tracer.trace(*who.condition), who.label.empty() ? "who" : "who, reading " + who.label,
                                            who.citation.provision.empty() ? provision : who.citation.provision));
        for (const ConditionReading& when : version.when)
            result.parts.push_back(labelled(tracer.trace(*when.condition), when.label.empty() ? "when" : "when, reading " + when.label,
                                            when.citation.provision.empty() ? provision : when.citation.provision));
        for (const ExceptionRule& rule : version.exceptions)
            result.parts.push_back(labelled(tracer.trace(*rule.condition), "unless (" + std::string(name(rule.effect)) + ")", rule.citation.provision));
        for (const ModifierRule& rule : version.modifiers)
            if (rule.condition)
                result.parts.push_back(labelled(tracer.trace(*rule.condition), std::string(name(rule.kind)) + (rule.by.empty() ? "" : " by " + rule.by),
                                                rule.citation.provision));
    }
    if (decision_table) fill_table(result, *compiled.readings.front().condition, duty, evaluation);
    return result;
}

}  // namespace duenotice
