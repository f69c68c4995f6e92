#include "engine/atoms.h"

#include <algorithm>

namespace duenotice {

namespace {

constexpr int most_depth = 64;

bool is_literal(const Term& term) {
    switch (term.kind) {
        case Term::Kind::Whole:
        case Term::Kind::Share:
        case Term::Kind::Money:
        case Term::Kind::DateLiteral:
        case Term::Kind::InstantLiteral:
        case Term::Kind::Duration:
        case Term::Kind::Token:
        case Term::Kind::ThisPlace: return true;
        default: return false;
    }
}

class Walker {
public:
    Walker(const Evaluation& evaluation, const std::function<void(const AtomVisit&)>& visit, bool only_open)
        : evaluation_(evaluation), visit_(visit), only_open_(only_open) {}

    void condition(const Condition& condition, const Frame& frame, int depth) {
        if (depth > most_depth) return;
        if (only_open_ && evaluation_.truth(condition, frame) != Truth::Unknown) return;
        switch (condition.kind) {
            case Condition::Kind::True:
            case Condition::Kind::False:
            case Condition::Kind::OnHold: return;
            case Condition::Kind::Use: return this->condition(*evaluation_.world.law->definitions[*condition.index].condition, frame, depth + 1);
            case Condition::Kind::Any:
            case Condition::Kind::Every: {
                bool list_open = false;
                for (const Evaluation::Member& member : evaluation_.members(condition.selection, frame, list_open))
                    this->condition(*condition.children.front(), member.frame, depth + 1);
                return;
            }
            case Condition::Kind::Compare:
            case Condition::Kind::DateIn:
            case Condition::Kind::Presumed:
                visit_({&condition, frame});
                if (condition.left) tests(*condition.left, frame, depth + 1);
                if (condition.right) tests(*condition.right, frame, depth + 1);
                return;
            default:
                for (const ConditionPtr& child : condition.children) this->condition(*child, frame, depth + 1);
        }
    }

private:
    void tests(const Term& term, const Frame& frame, int depth) {
        for (const TermPtr& child : term.terms) tests(*child, frame, depth + 1);
        if (!term.test || term.kind == Term::Kind::CertainSince) return;
        Selection populations;
        const Selection& selection = term.selection ? *term.selection : populations;
        bool list_open = false;
        for (const Evaluation::Member& member : evaluation_.members(selection, frame, list_open)) condition(*term.test, member.frame, depth + 1);
    }

    const Evaluation& evaluation_;
    const std::function<void(const AtomVisit&)>& visit_;
    bool only_open_;
};

class FactVisitor {
public:
    FactVisitor(const Evaluation& evaluation, const std::function<void(const GroundFact&, bool)>& visit) : evaluation_(evaluation), visit_(visit) {}

    void term(const Term& term, const Frame& frame, bool direct) {
        switch (term.kind) {
            case Term::Kind::Fact: visit_(evaluation_.ground(*term.fact, frame), direct); return;
            case Term::Kind::Estimate:
            case Term::Kind::AsAt:
                if (term.fact) visit_(evaluation_.ground(*term.fact, frame), false);
                for (const TermPtr& child : term.terms) this->term(*child, frame, false);
                return;
            case Term::Kind::People: people(term, frame); return;
            case Term::Kind::Learned:
            case Term::Kind::CertainSince: return;
            default: break;
        }
        if (!term.selection) {
            for (const TermPtr& child : term.terms) this->term(*child, frame, false);
            return;
        }
        bool list_open = false;
        for (const Evaluation::Member& member : evaluation_.members(*term.selection, frame, list_open))
            for (const TermPtr& child : term.terms) this->term(*child, member.frame, false);
    }

private:
    void people(const Term& term, const Frame& frame) {
        const Vocabulary& vocabulary = evaluation_.world.law->vocabulary;
        const Incident& incident = evaluation_.incident;
        const FactDeclaration* affected = vocabulary.find("people.affected");
        const FactDeclaration* total = vocabulary.find("people.total");
        const FactDeclaration* overlap = vocabulary.find("people.overlap");
        std::string code = term.place;
        if (code == "this" && frame.place >= 0) code = incident.places[static_cast<std::size_t>(frame.place)].code;
        bool list_open = false;
        for (const Evaluation::Member& member : evaluation_.members(Selection{}, frame, list_open)) {
            if (term.test && evaluation_.truth(*term.test, member.frame) == Truth::No) continue;
            for (std::size_t i = 0; i < incident.places.size() && affected != nullptr; ++i) {
                if (incident.places[i].listed == Truth::No || (!code.empty() && !evaluation_.world.law->within(incident.places[i].code, code))) continue;
                Frame place = member.frame;
                place.place = static_cast<std::int32_t>(i);
                visit_(evaluation_.ground(affected->id, place), false);
            }
            if (total != nullptr) visit_(evaluation_.ground(total->id, member.frame), false);
            if (overlap != nullptr && incident.populations.size() > 1) visit_(evaluation_.ground(overlap->id, member.frame), false);
        }
    }

    const Evaluation& evaluation_;
    const std::function<void(const GroundFact&, bool)>& visit_;
};

}  // namespace

void visit_atoms(const Condition& condition, const Frame& frame, const Evaluation& evaluation, const std::function<void(const AtomVisit&)>& visit) {
    Walker(evaluation, visit, false).condition(condition, frame, 0);
}

void visit_open_atoms(const Condition& condition, const Frame& frame, const Evaluation& evaluation, const std::function<void(const AtomVisit&)>& visit) {
    Walker(evaluation, visit, true).condition(condition, frame, 0);
}

void visit_facts(const AtomVisit& atom, const Evaluation& evaluation, const std::function<void(const GroundFact&, bool)>& visit) {
    FactVisitor visitor(evaluation, visit);
    const Condition& condition = *atom.atom;
    if (condition.kind == Condition::Kind::Presumed) {
        const FactDeclaration* companion = evaluation.world.law->vocabulary.find(evaluation.world.law->presumptions[*condition.index].companion);
        if (companion != nullptr) visit(evaluation.ground(companion->id, atom.frame), true);
        return;
    }
    if (!condition.left) return;
    const bool plain_left = condition.left->kind == Term::Kind::Fact;
    const bool plain_right = !condition.right || is_literal(*condition.right);
    const bool plain_values = std::all_of(condition.values.begin(), condition.values.end(), [](const TermPtr& value) { return is_literal(*value); });
    visitor.term(*condition.left, atom.frame, plain_left && plain_right && plain_values);
    if (condition.right) visitor.term(*condition.right, atom.frame, condition.right->kind == Term::Kind::Fact && is_literal(*condition.left));
    for (const TermPtr& value : condition.values) visitor.term(*value, atom.frame, false);
}

std::map<GroundFact, FactUse> fact_uses(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    std::map<GroundFact, FactUse> uses;
    visit_atoms(condition, frame, evaluation, [&](const AtomVisit& atom) {
        visit_facts(atom, evaluation, [&](const GroundFact& ground, bool direct) {
            FactUse& use = uses[ground];
            ++use.count;
            use.only_direct = use.only_direct && direct;
        });
    });
    return uses;
}

std::vector<Occurrence> ground_facts(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    std::vector<Occurrence> result;
    for (const auto& [ground, use] : fact_uses(condition, frame, evaluation)) result.push_back({ground, use.count});
    return result;
}

std::vector<Occurrence> ground_facts(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    std::map<GroundFact, int> counts;
    const std::function<void(const GroundFact&, bool)> visit = [&](const GroundFact& ground, bool) { ++counts[ground]; };
    FactVisitor(evaluation, visit).term(term, frame, true);
    std::vector<Occurrence> result;
    for (const auto& [ground, count] : counts) result.push_back({ground, count});
    return result;
}

}  // namespace duenotice
