#include "engine/condition_reads.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace duenotice {

namespace {

/// Comparisons whose answer changes only where a bound passes a constant.
bool is_order(Comparison comparison) {
    switch (comparison) {
        case Comparison::Is:
        case Comparison::IsNot:
        case Comparison::IsOneOf:
        case Comparison::AtLeast:
        case Comparison::AtMost:
        case Comparison::MoreThan:
        case Comparison::LessThan:
        case Comparison::Before:
        case Comparison::AtOrBefore:
        case Comparison::After:
        case Comparison::AtOrAfter: return true;
        default: return false;
    }
}

std::optional<std::int64_t> constant(const Term& term, ValueType type) {
    if (type == ValueType::Whole && term.kind == Term::Kind::Whole) return term.number;
    if (type == ValueType::Date && term.kind == Term::Kind::DateLiteral) return term.date.days_since_1970();
    if (type == ValueType::Instant && term.kind == Term::Kind::InstantLiteral) return term.instant.seconds;
    return {};
}

class Walker {
public:
    Walker(const RuleBook& law, Instant as_of, ConditionReads& reads) : law_(law), as_of_(as_of), reads_(reads) {}

    /// Within: in another frame than that of the whole condition.
    void condition(const Condition& condition, bool within) {
        switch (condition.kind) {
            case Condition::Kind::True:
            case Condition::Kind::False:
            case Condition::Kind::OnHold: return;  // accounts with holds share no answers
            case Condition::Kind::And:
            case Condition::Kind::Or:
            case Condition::Kind::Not:
            case Condition::Kind::AtLeastOf:
                for (const ConditionPtr& child : condition.children) this->condition(*child, within);
                return;
            case Condition::Kind::Any:
            case Condition::Kind::Every:
                selection(*condition.selection);
                this->condition(*condition.children.front(), true);
                return;
            case Condition::Kind::Use:
                if (used_.insert({*condition.index, within}).second) this->condition(*law_.definitions[*condition.index].condition, within);
                return;
            case Condition::Kind::Presumed:
                named(law_.presumptions[*condition.index].companion, within);
                return;
            case Condition::Kind::Ever: reads_.is_all = false; return;
            case Condition::Kind::DateIn: validity(condition, within); return;
            case Condition::Kind::Compare: compare(condition, within); return;
        }
    }

    void finish() {
        for (auto& [fact, read] : facts_) {
            const FactDeclaration& declaration = law_.vocabulary.at(fact);
            for (const auto& companion : {declaration.judgement, declaration.decided_at})
                if (companion) companions_.emplace_back(*companion, read.how == FactRead::How::Everywhere);
        }
        for (const auto& [fact, within] : companions_) this->fact(fact, within);
        for (auto& [fact, read] : facts_) {
            if (read.how != FactRead::How::Cells) read.limits.clear();
            reads_.facts.push_back(std::move(read));
        }
    }

private:
    ValueType type_of(FactId fact) const { return law_.vocabulary.at(fact).type; }

    FactRead& entry(FactId fact) {
        FactRead& read = facts_[fact];
        read.fact = fact;
        return read;
    }

    void fact(FactId fact, bool within) {
        FactRead& read = entry(fact);
        read.how = std::max(read.how, within ? FactRead::How::Everywhere : FactRead::How::Own);
    }

    void named(std::string_view name, bool within) {
        if (const FactDeclaration* declaration = law_.vocabulary.find(name)) fact(declaration->id, within);
    }

    /// Zone and place of a frame come of its place, else of its entity.
    void zone(bool within) {
        reads_.zone = true;
        if (within) reads_.frames |= frames::places | frames::others;
        named("entity.main_establishment", within);
        named("entity.country", within);
    }

    void selection(const Selection& selection) {
        if (selection.kind == Selection::Kind::Populations) reads_.frames |= frames::populations;
        else if (selection.kind == Selection::Kind::Places) reads_.frames |= frames::places | frames::links;
        else reads_.frames |= frames::others;
    }

    void validity(const Condition& condition, bool within) {
        if (condition.name.empty()) zone(within);
        const std::vector<FactId> ordered = ordered_facts(*condition.left);
        if (within || ordered.empty() || !is_time(type_of(ordered.front()))) return term(*condition.left, within);
        std::vector<FactRead::Limit> limits;
        for (const auto& day : {condition.validity.from, condition.validity.until})
            if (day) limits.push_back(type_of(ordered.front()) == ValueType::Date ? FactRead::Limit{day->days_since_1970(), {}, {}} : FactRead::Limit{0, day, condition.name});
        add(ordered, limits);
    }

    /// Facts of one type of which a term gives one, or the range over several: it puts bounds in order and does nothing else
    /// with them. None where it does more.
    std::vector<FactId> ordered_facts(const Term& term) const {
        if (term.kind == Term::Kind::Fact) return {*term.fact};
        const bool orders = term.kind == Term::Kind::Fallback || term.kind == Term::Kind::FirstDeterminable || ((term.kind == Term::Kind::EarliestOf || term.kind == Term::Kind::LatestOf) && !term.selection);
        if (!orders) return {};
        std::vector<FactId> result;
        for (const TermPtr& part : term.terms) {
            const std::vector<FactId> more = ordered_facts(*part);
            if (more.empty() || type_of(more.front()) != type_of(result.empty() ? more.front() : result.front())) return {};
            result.insert(result.end(), more.begin(), more.end());
        }
        return result;
    }

    void add(const std::vector<FactId>& facts, const std::vector<FactRead::Limit>& limits) {
        for (const FactId fact : facts) {
            FactRead& read = entry(fact);
            read.limits.insert(read.limits.end(), limits.begin(), limits.end());
        }
    }

    void compare(const Condition& condition, bool within) {
        if (!within && by_cells(condition)) return;
        const Term& left = *condition.left;
        if (is_time(left.kind == Term::Kind::Fact ? type_of(*left.fact) : left.type)) zone(within);  // a day beside an instant
        term(*condition.left, within);
        if (condition.right) term(*condition.right, within);
        for (const TermPtr& value : condition.values) term(*value, within);
    }

    /// A number or time compared with constants of its own type.
    bool by_cells(const Condition& condition) {
        const std::vector<FactId> ordered = ordered_facts(*condition.left);
        if (ordered.empty()) return false;
        const ValueType type = type_of(ordered.front());
        if (type != ValueType::Whole && !is_time(type)) return false;
        if (condition.comparison == Comparison::Happened && type == ValueType::Instant) {
            add(ordered, {{as_of_.seconds + 1, {}, {}}});
            return true;
        }
        if (!is_order(condition.comparison) || (!condition.right && condition.values.empty())) return false;
        std::vector<TermPtr> values = condition.values;
        if (condition.right) values.push_back(condition.right);
        std::vector<FactRead::Limit> limits;
        for (const TermPtr& term : values) {
            const std::optional<std::int64_t> value = constant(*term, type);
            if (!value) return false;
            limits.push_back({*value, {}, {}});
            limits.push_back({*value + 1, {}, {}});
        }
        add(ordered, limits);
        return true;
    }

    void term(const Term& term, bool within) {
        switch (term.kind) {
            case Term::Kind::Learned:
            case Term::Kind::CertainSince:
            case Term::Kind::AsAt: reads_.is_all = false; return;
            case Term::Kind::People:
                reads_.frames |= frames::populations;
                reads_.counted.insert(term.place.str());
                for (const std::string_view name : {"people.affected", "people.total", "people.overlap"}) named(name, true);
                break;
            case Term::Kind::InstantPlus:
            case Term::Kind::EndOfYear: zone(within); break;
            case Term::Kind::Fallback:
            case Term::Kind::FirstDeterminable:
                if (std::any_of(term.terms.begin(), term.terms.end(), [&](const TermPtr& part) { return part->type != term.type; })) zone(within);  // a day among instants
                break;
            default: break;
        }
        if (term.fact) fact(*term.fact, within);
        if (term.selection) selection(*term.selection);
        const bool inner = within || term.selection;
        for (const TermPtr& part : term.terms) this->term(*part, inner);
        if (term.test) condition(*term.test, true);
    }

    const RuleBook& law_;
    Instant as_of_;
    ConditionReads& reads_;
    std::map<FactId, FactRead> facts_;
    std::set<std::pair<std::uint32_t, bool>> used_;
    std::vector<std::pair<FactId, bool>> companions_;
};

}  // namespace

ConditionReads reads_of(const Condition& condition, const RuleBook& law, Instant as_of) {
    ConditionReads reads;
    Walker walker(law, as_of, reads);
    walker.condition(condition, false);
    walker.finish();
    return reads;
}

}  // namespace duenotice
