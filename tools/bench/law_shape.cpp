#include "tools/bench/law_shape.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "tools/bench/dice.h"

namespace duenotice {

namespace {

using Kind = RawCondition::Kind;

constexpr std::uint32_t place_fact = 0, most_values = 64;

std::string words_of(const Selection& selection) {
    return std::to_string(static_cast<int>(selection.kind)) + " " + selection.name + " " + selection.link + ": ";
}

bool is_number(Term::Kind kind) { return kind == Term::Kind::Whole || kind == Term::Kind::Share || kind == Term::Kind::Money || kind == Term::Kind::Duration; }
/// Walks the book twice: first to find the facts and where their values are cut, then to write the conditions.
class Shaper {
public:
    explicit Shaper(const RuleBook& law) : law_(law) {}

    LawShape run() {
        places();
        for (writing_ = false;; writing_ = true) {
            book_.definitions.clear();
            book_.conditions.clear();
            definitions_.clear();
            atoms_ = opaque_ = 0;
            for (std::size_t i = 0; i < law_.obligations.size(); ++i) book_.conditions.push_back(obligation(i));
            if (writing_) break;
            book_.domains.resize(1 + facts_.size());
            for (const auto& [words, fact] : facts_)
                book_.domains[fact.id] = fact.cuts.empty() ? fact.domain : std::min<std::uint32_t>(most_values, static_cast<std::uint32_t>(fact.cuts.size()) + 1);
        }
        LawShape shape;
        shape.workload.book = std::move(book_);
        shape.atoms = atoms_;
        shape.opaque = opaque_;
        return shape;
    }

    std::vector<ColumnId> gates() const {
        std::vector<ColumnId> result{place_fact};
        for (const auto& [words, fact] : facts_)
            if (words == "entity.role_here") result.push_back(fact.id);
        return result;
    }

private:
    struct Fact {
        std::uint32_t id = 0, domain = 2;
        std::set<std::int64_t> cuts;
    };

    /// The place that binds an obligation; empty: it binds everywhere.
    std::string place_of(const Obligation& obligation) const {
        const Law* const of_law = law_.find_law(obligation.law);
        return !obligation.place.empty() || of_law == nullptr ? obligation.place : of_law->place;
    }

    /// One value for all places in which the same obligations bind; without a code: where none does.
    void places() {
        std::set<std::string> named;
        for (const Obligation& found : law_.obligations) named.insert(place_of(found));
        std::map<std::vector<bool>, std::string> one_of_each{{std::vector<bool>(named.size()), ""}};
        for (const Jurisdiction& jurisdiction : law_.jurisdictions) {
            std::vector<bool> within;
            for (const std::string& place : named) within.push_back(!place.empty() && law_.within(jurisdiction.code, place));
            one_of_each.try_emplace(within, jurisdiction.code);
        }
        for (const auto& [within, code] : one_of_each) places_.push_back(code);
        if (places_.size() > most_values) throw std::length_error("more kinds of places than a column has values");
        book_.domains.push_back(static_cast<std::uint32_t>(places_.size()));
    }

    RawCondition obligation(std::size_t index) {
        const std::string place = place_of(law_.obligations[index]);
        std::vector<RawCondition> parts;
        if (!place.empty()) {
            RawCondition where;
            where.kind = Kind::OneOf;
            where.fact = place_fact;
            for (std::size_t i = 0; i < places_.size(); ++i)
                if (!places_[i].empty() && law_.within(places_[i], place)) where.values |= RawValues{1} << i;
            parts.push_back(where);
        }
        std::vector<RawCondition> readings;
        for (const WholeCondition& reading : law_.compiled[index].readings) readings.push_back(condition(*reading.condition, ""));
        parts.push_back(raw_of(Kind::Any, std::move(readings)));
        return raw_of(Kind::All, std::move(parts));
    }

    RawCondition condition(const Condition& from, const std::string& scope) {
        std::vector<RawCondition> children;
        switch (from.kind) {
            case Condition::Kind::True: return raw_of(Kind::All, {});
            case Condition::Kind::False: return raw_of(Kind::Any, {});
            case Condition::Kind::Use: return use(*from.index, scope);
            case Condition::Kind::Any:
            case Condition::Kind::Every: return condition(*from.children.front(), scope + words_of(*from.selection));
            case Condition::Kind::DateIn: return validity(from, scope);
            case Condition::Kind::Compare: ++atoms_; return compare(from, scope);
            case Condition::Kind::And:
            case Condition::Kind::Or:
            case Condition::Kind::Not:
            case Condition::Kind::AtLeastOf: break;
            default: ++atoms_; return opaque(print(from), scope);
        }
        for (const ConditionPtr& child : from.children) children.push_back(condition(*child, scope));
        if (from.kind == Condition::Kind::Not) return raw_not(std::move(children.front()));
        RawCondition made = raw_of(from.kind == Condition::Kind::And ? Kind::All : from.kind == Condition::Kind::Or ? Kind::Any : Kind::AtLeastOf, std::move(children));
        made.k = from.k;
        return made;
    }

    RawCondition use(std::uint32_t index, const std::string& scope) {
        const auto known = definitions_.find({index, scope});
        RawCondition made;
        made.kind = Kind::Use;
        if (known != definitions_.end()) {
            made.definition = known->second;
            return made;
        }
        RawCondition body = condition(*law_.definitions[index].condition, scope);
        made.definition = static_cast<std::uint32_t>(book_.definitions.size());
        book_.definitions.push_back(std::move(body));
        definitions_[{index, scope}] = made.definition;
        return made;
    }

    /// Facts are numbered as they are first met: those that one law asks about lie side by side.
    Fact& fact(const std::string& words) {
        const auto [found, is_new] = facts_.try_emplace(words);
        if (is_new) found->second.id = static_cast<std::uint32_t>(facts_.size());
        return found->second;
    }

    RawCondition at_least(const std::string& words, std::int64_t value) {
        Fact& fact = this->fact(words);
        RawCondition made;
        made.kind = Kind::AtLeast;
        if (!writing_) {
            fact.cuts.insert(value);
            return made;
        }
        made.fact = fact.id;
        made.value = std::min<std::uint32_t>(book_.domains[fact.id] - 1, 1 + static_cast<std::uint32_t>(std::distance(fact.cuts.begin(), fact.cuts.find(value))));
        return made;
    }

    RawCondition one_of(const std::string& words, std::uint32_t domain, RawValues values) {
        Fact& fact = this->fact(words);
        fact.domain = domain;
        RawCondition made;
        made.kind = Kind::OneOf;
        made.fact = fact.id;
        made.values = values;
        return made;
    }

    RawCondition opaque(const std::string& words, const std::string& scope) {
        ++opaque_;
        return one_of(scope + words, 2, 1);
    }

    RawCondition validity(const Condition& from, const std::string& scope) {
        const std::string words = scope + "day of " + print(*from.left);
        std::vector<RawCondition> parts;
        if (from.validity.from) parts.push_back(at_least(words, from.validity.from->days_since_1970()));
        if (from.validity.until) parts.push_back(raw_not(at_least(words, from.validity.until->days_since_1970())));
        return raw_of(Kind::All, std::move(parts));
    }

    RawCondition compare(const Condition& from, const std::string& scope) {
        const bool is_fact = from.left && from.left->kind == Term::Kind::Fact && from.left->fact;
        if (is_fact) {
            const FactDeclaration& declaration = law_.vocabulary.at(*from.left->fact);
            if (is_choice(declaration.type)) return choice(from, declaration, scope);
            if (declaration.type == ValueType::Set) return members(from, declaration, scope);
        }
        if (!from.left || !from.right || !is_number(from.right->kind)) return opaque(print(from), scope);
        const std::string words = scope + print(*from.left);
        const std::int64_t value = from.right->number;
        switch (from.comparison) {
            case Comparison::AtLeast: return at_least(words, value);
            case Comparison::LessThan: return raw_not(at_least(words, value));
            case Comparison::MoreThan: return at_least(words, value + 1);
            case Comparison::AtMost: return raw_not(at_least(words, value + 1));
            default: return opaque(print(from), scope);
        }
    }

    RawCondition choice(const Condition& from, const FactDeclaration& declaration, const std::string& scope) {
        const auto domain = static_cast<std::uint32_t>(declaration.choices.size());
        std::vector<TermPtr> tokens = from.values;
        if (from.right) tokens.push_back(from.right);
        RawValues values = 0;
        for (const TermPtr& token : tokens) {
            const auto index = token->kind == Term::Kind::Token ? declaration.choice_index(token->name) : std::nullopt;
            if (!index || domain > most_values) return opaque(print(from), scope);
            values |= RawValues{1} << *index;
        }
        const RawValues every = ~RawValues{0} >> (64 - domain);
        const RawValues from_here = values == 0 ? 0 : ~(values - 1) & every;  // ordered: this choice and those above
        switch (from.comparison) {
            case Comparison::Is:
            case Comparison::IsOneOf: break;
            case Comparison::IsNot: values = every & ~values; break;
            case Comparison::AtLeast: values = from_here; break;
            case Comparison::MoreThan: values = from_here & ~values; break;
            case Comparison::LessThan: values = every & ~from_here; break;
            case Comparison::AtMost: values |= every & ~from_here; break;
            default: return opaque(print(from), scope);
        }
        return one_of(scope + print(*from.left), domain, values);
    }

    RawCondition members(const Condition& from, const FactDeclaration& declaration, const std::string& scope) {
        std::vector<RawCondition> parts;
        for (const TermPtr& token : from.values) {
            if (token->kind != Term::Kind::Token || !declaration.choice_index(token->name)) return opaque(print(from), scope);
            parts.push_back(one_of(scope + print(*from.left) + " has " + token->name, 2, 1));
        }
        switch (from.comparison) {
            case Comparison::IncludesAny: return raw_of(Kind::Any, std::move(parts));
            case Comparison::IncludesAll: return raw_of(Kind::All, std::move(parts));
            case Comparison::IncludesNone: return raw_not(raw_of(Kind::Any, std::move(parts)));
            default: return opaque(print(from), scope);
        }
    }

    const RuleBook& law_;
    RawBook book_;
    bool writing_ = false;
    std::vector<std::string> places_;
    std::map<std::string, Fact> facts_;
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> definitions_;
    std::size_t atoms_ = 0, opaque_ = 0;
};

}  // namespace

LawShape shape_of(const RuleBook& law, std::uint64_t seed, std::size_t frames, std::uint32_t percent_open) {
    Shaper shaper(law);
    LawShape shape = shaper.run();
    draw_frames(shape.workload, seed, frames, percent_open, shaper.gates());
    return shape;
}

}  // namespace duenotice
