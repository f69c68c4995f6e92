#include "rules/type_checker.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/number.h"

namespace duenotice {

namespace {

bool is_time(ValueType type) { return type == ValueType::Instant || type == ValueType::Date; }
bool is_choice(ValueType type) { return type == ValueType::YesNo || type == ValueType::Choice || type == ValueType::Judgement; }
bool is_number(ValueType type) { return type == ValueType::Whole || type == ValueType::Share || type == ValueType::Money || type == ValueType::Duration; }

std::string frame_words(unsigned bindings) {
    std::string text;
    constexpr std::pair<unsigned, std::string_view> parts[] = {{bind::entity, "entity"}, {bind::population, "population"}, {bind::place, "place"}, {bind::contract, "contract"},
                                                                {bind::event, "event"}, {bind::series, "series"}, {bind::member, "member incident"}};
    for (const auto& [bit, word] : parts)
        if ((bindings & bit) != 0) text += (text.empty() ? "" : " x ") + std::string(word);
    return text.empty() ? "incident" : text;
}

class Checker {
public:
    Checker(const Names& names, Diagnostics& diagnostics, bool content) : names_(names), diagnostics_(diagnostics), content_(content) {}

    void condition(Condition& c, unsigned frame) {
        switch (c.kind) {
            case Condition::Kind::True:
            case Condition::Kind::False: return;
            case Condition::Kind::And:
            case Condition::Kind::Or:
            case Condition::Kind::Not:
            case Condition::Kind::Ever:
                for (const ConditionPtr& child : c.children) condition(*child, frame);
                return;
            case Condition::Kind::AtLeastOf:
                if (c.k == 0 || c.k > c.children.size()) error("DN0241", c.span, fmt::format("at least {} of {} can never be decided by its parts", c.k, c.children.size()));
                for (const ConditionPtr& child : c.children) condition(*child, frame);
                return;
            case Condition::Kind::Any:
            case Condition::Kind::Every:
                selection(c.selection, frame);
                condition(*c.children.front(), inside(c.selection, frame));
                return;
            case Condition::Kind::Use: return use(c, frame);
            case Condition::Kind::Presumed: return presumed(c, frame);
            case Condition::Kind::OnHold:
                if (names_.is_hold_kind && !names_.is_hold_kind(c.name)) error("DN0242", c.span, fmt::format("no law has a hold rule of kind `{}`", c.name));
                return;
            case Condition::Kind::DateIn:
                if (c.left) term(*c.left, ValueType::Instant, frame);
                return;
            case Condition::Kind::Compare: return compare(c, frame);
        }
    }

    void term(Term& t, std::optional<ValueType> wanted, unsigned frame) {
        resolve(t, wanted, frame);
        if (!wanted) return;
        const bool fits = t.type == *wanted || (is_time(t.type) && is_time(*wanted));
        if (!fits) error("DN0243", t.span, fmt::format("this is of type {}, but {} is needed here", name(t.type), name(*wanted)));
    }

private:
    Diagnostic& error(std::string code, const Span& span, std::string message, std::string help = {}) { return diagnostics_.error(std::move(code), span, std::move(message), std::move(help)); }

    void use(Condition& c, unsigned frame) {
        const auto index = names_.definition(c.name);
        if (!index) {
            const FactDeclaration* fact = names_.vocabulary->find(c.name);
            if (fact != nullptr) {
                error("DN0244", c.span, fmt::format("`{}` is a fact and not a definition", c.name), is_choice(fact->type) ? fmt::format("write `{} is {}`", c.name, fact->choices.empty() ? "yes" : fact->choices.front().token) : "compare it with something");
                return;
            }
            Diagnostic& diagnostic = error("DN0245", c.span, fmt::format("there is no definition `{}`", c.name));
            if (names_.suggest) diagnostic.suggestion = names_.suggest(c.name);
            if (diagnostic.suggestion.empty()) diagnostic.suggestion = names_.vocabulary->suggest(c.name);
            return;
        }
        c.index = index;
        needs(names_.definition_frame(*index), frame, c.span, c.name);
    }

    void presumed(Condition& c, unsigned frame) {
        c.index = names_.presumption(c.name);
        if (!c.index) {
            Diagnostic& diagnostic = error("DN0246", c.span, fmt::format("there is no presumption `{}`", c.name));
            if (names_.suggest) diagnostic.suggestion = names_.suggest(c.name);
            return;
        }
        needs(names_.presumption_frame(*c.index), frame, c.span, c.name);
    }

    void needs(unsigned needed, unsigned frame, const Span& span, const std::string& what) {
        if ((needed & ~frame) == 0) return;
        error("DN0247", span, fmt::format("`{}` belongs to {}, and here only {} is bound", what, frame_words(needed), frame_words(frame)),
              (needed & ~frame & bind::population) != 0 ? "say which: `any population where (...)`, or `people where (...)`" : (needed & ~frame & bind::place) != 0 ? "say which: `any place where (...)`" : "bind it in `each`, or say `any ... where (...)`");
    }

    void selection(Selection& s, unsigned frame) {
        const bool entity = s.kind == Selection::Kind::Related;
        if (entity && (frame & bind::entity) == 0) error("DN0247", s.span, fmt::format("`{}` needs an entity in the frame", s.name));
        if (s.kind == Selection::Kind::Members && (frame & bind::series) == 0) error("DN0247", s.span, "`incident` ranges over the members of a series, and no series is bound here");
        if (s.kind == Selection::Kind::Places && !s.name.empty() && names_.is_place && !names_.is_place(s.name)) error("DN0248", s.span, fmt::format("there is no place or group `{}`", s.name));
    }

    void fact(Term& t, unsigned frame) {
        const FactDeclaration* declaration = names_.vocabulary->find(t.name);
        if (declaration == nullptr) {
            Diagnostic& diagnostic = error("DN0249", t.span, fmt::format("there is no fact `{}`", t.name));
            diagnostic.suggestion = names_.vocabulary->suggest(t.name);
            return;
        }
        t.fact = declaration->id;
        t.type = declaration->type;
        t.currency = declaration->currency;
        needs(bindings(declaration->frame), frame, t.span, t.name);
        if (declaration->type == ValueType::Text && !content_) error("DN0250", t.span, fmt::format("`{}` is a text; texts never decide a condition", t.name), "content items may ask whether it `is known`");
    }

    /// The type that a bare word takes from the other side.
    void token(Term& t, std::optional<ValueType> wanted) { t.type = wanted.value_or(ValueType::Place); }

    void numbers(Term& t, unsigned frame) {
        for (const TermPtr& child : t.terms) resolve(*child, {}, frame);
        t.type = t.terms.front()->type;
        for (const TermPtr& child : t.terms) {
            if (child->type == t.type && is_number(t.type)) continue;
            Diagnostic& diagnostic = error("DN0251", child->span, fmt::format("{} and {} cannot be put together", name(t.type), name(child->type)));
            diagnostic.related.emplace_back(t.terms.front()->span, fmt::format("this is of type {}", name(t.type)));
        }
    }

    void resolve(Term& t, std::optional<ValueType> wanted, unsigned frame) {
        switch (t.kind) {
            case Term::Kind::Fact: return fact(t, frame);
            case Term::Kind::Whole: t.type = ValueType::Whole; return;
            case Term::Kind::Share: t.type = ValueType::Share; return;
            case Term::Kind::Money: t.type = ValueType::Money; return;
            case Term::Kind::DateLiteral: t.type = ValueType::Date; return;
            case Term::Kind::InstantLiteral: t.type = ValueType::Instant; return;
            case Term::Kind::Duration: t.type = ValueType::Duration; return;
            case Term::Kind::Token: return token(t, wanted);
            case Term::Kind::ThisPlace:
                t.type = ValueType::Place;
                return needs(bind::place, frame, t.span, "this place");
            case Term::Kind::Sum:
            case Term::Kind::Difference:
            case Term::Kind::LowerOf:
            case Term::Kind::HigherOf: return numbers(t, frame);
            case Term::Kind::Product: {
                for (const TermPtr& child : t.terms) resolve(*child, {}, frame);
                const ValueType a = t.terms[0]->type, b = t.terms[1]->type;
                t.type = a == ValueType::Whole ? b : a;
                if (!is_number(a) || !is_number(b) || (a != ValueType::Whole && b != ValueType::Whole && a != ValueType::Share && b != ValueType::Share))
                    error("DN0251", t.span, fmt::format("{} times {} has no meaning", name(a), name(b)), "one side of `times` is a whole number or a share");
                if (a == ValueType::Share && b != ValueType::Share) t.type = b;
                return;
            }
            case Term::Kind::PercentOf:
                resolve(*t.terms.front(), {}, frame);
                t.type = t.terms.front()->type;
                if (!is_number(t.type)) error("DN0251", t.span, fmt::format("a percentage of {} has no meaning", name(t.type)));
                return;
            case Term::Kind::People:
                t.type = ValueType::Whole;
                if (t.place == "this") needs(bind::place, frame, t.span, "this place");
                else if (!t.place.empty() && names_.is_place && !names_.is_place(t.place)) error("DN0248", t.span, fmt::format("there is no place or group `{}`", t.place));
                if (t.test) condition(*t.test, frame | bind::population);
                return;
            case Term::Kind::Count:
                t.type = ValueType::Whole;
                selection(*t.selection, frame);
                if (t.test) condition(*t.test, inside(*t.selection, frame));
                return;
            case Term::Kind::SumOf:
            case Term::Kind::Highest:
            case Term::Kind::Lowest: return over(t, frame, {});
            case Term::Kind::EarliestOf:
            case Term::Kind::LatestOf:
                if (t.selection) return over(t, frame, ValueType::Instant);
                return instants(t, frame);
            case Term::Kind::FirstDeterminable:
            case Term::Kind::Fallback: return instants(t, frame);
            case Term::Kind::Elapsed:
                instants(t, frame);
                t.type = ValueType::Duration;
                return;
            case Term::Kind::BusiestWeek:
                selection(*t.selection, frame);
                instants(t, inside(*t.selection, frame));
                if (t.test) condition(*t.test, inside(*t.selection, frame));
                t.type = ValueType::Duration;
                return;
            case Term::Kind::InstantPlus:
                term(*t.terms.front(), ValueType::Instant, frame);
                t.type = t.terms.front()->type;
                if (!t.counting.empty() && names_.is_counting_law && !names_.is_counting_law(t.counting)) error("DN0252", t.span, fmt::format("there is no counting law `{}`", t.counting));
                return;
            case Term::Kind::Filed:
                t.type = ValueType::Instant;
                if (!names_.obligation(t.name)) {
                    Diagnostic& diagnostic = error("DN0253", t.span, fmt::format("there is no obligation `{}`", t.name));
                    if (names_.suggest) diagnostic.suggestion = names_.suggest(t.name);
                }
                if (t.leaving && names_.vocabulary->find(*t.leaving) == nullptr) error("DN0249", t.span, fmt::format("there is no fact `{}`", *t.leaving)).suggestion = names_.vocabulary->suggest(*t.leaving);
                return;
            case Term::Kind::Learned:
                fact(t, frame);
                t.type = ValueType::Instant;
                return;
            case Term::Kind::CertainSince:
                t.type = ValueType::Instant;
                condition(*t.test, frame);
                return;
            case Term::Kind::AsAt:
                fact(t, frame);
                for (const TermPtr& child : t.terms) term(*child, ValueType::Instant, frame);
                return;
            case Term::Kind::Estimate: return fact(t, frame);
            case Term::Kind::HoldStart:
            case Term::Kind::HoldEnd: t.type = ValueType::Instant; return;
            case Term::Kind::EndOfYear:
                term(*t.terms.front(), ValueType::Instant, frame);
                t.type = t.terms.front()->type;
                return;
        }
    }

    void instants(Term& t, unsigned frame) {
        for (const TermPtr& child : t.terms) term(*child, ValueType::Instant, frame);
        t.type = t.terms.front()->type;
    }

    void over(Term& t, unsigned frame, std::optional<ValueType> wanted) {
        selection(*t.selection, frame);
        const unsigned within = inside(*t.selection, frame);
        for (const TermPtr& child : t.terms) term(*child, wanted, within);
        t.type = t.terms.front()->type;
        t.currency = t.terms.front()->currency;
        if (t.test) condition(*t.test, within);
    }

    const FactDeclaration* declaration_of(const Term& t) const { return t.fact ? &names_.vocabulary->at(*t.fact) : nullptr; }

    void choice_token(Term& value, const FactDeclaration& left) {
        if (value.kind != Term::Kind::Token && value.kind != Term::Kind::Fact) {
            error("DN0254", value.span, fmt::format("`{}` is compared with its choices", left.name));
            return;
        }
        value.type = left.type;
        if (left.choice_index(value.name)) {
            value.kind = Term::Kind::Token;
            return;
        }
        if (value.kind == Term::Kind::Fact && names_.vocabulary->find(value.name) != nullptr) {
            value.fact = names_.vocabulary->find(value.name)->id;
            return;
        }
        std::string choices;
        for (std::size_t i = 0; i < left.choices.size() && i < 12; ++i) choices += (i == 0 ? "" : ", ") + left.choices[i].token;
        error("DN0255", value.span, fmt::format("`{}` has no choice `{}`", left.name, value.name), "one of: " + choices + (left.choices.size() > 12 ? ", ..." : ""));
    }

    void place_value(Term& value, unsigned frame) {
        if (value.kind == Term::Kind::Token || (value.kind == Term::Kind::Fact && names_.vocabulary->find(value.name) == nullptr)) {
            value.kind = Term::Kind::Token;
            value.type = ValueType::Place;
            if (names_.is_place && !names_.is_place(value.name)) error("DN0248", value.span, fmt::format("there is no place or group `{}`", value.name), "codes of ISO 3166, or a group of groups.xml");
            return;
        }
        term(value, {}, frame);
        if (value.type != ValueType::Place) error("DN0243", value.span, fmt::format("this is of type {}, but a place is needed here", name(value.type)));
    }

    void unlike(const Condition& c, const Term& value) {
        Diagnostic& diagnostic = error("DN0256", value.span, fmt::format("{} cannot be compared with {}", name(c.left->type), name(value.type)));
        diagnostic.related.emplace_back(c.left->span, fmt::format("this is of type {}", name(c.left->type)));
    }

    void wrong_type(const Condition& c, std::string_view what, std::string_view types) {
        error("DN0257", c.left->span, fmt::format("`{}` is for {}, and this is of type {}", what, types, name(c.left->type)));
    }

    void compare(Condition& c, unsigned frame) {
        const std::size_t before = diagnostics_.error_count();
        const bool was_content = content_;
        resolve(*c.left, {}, frame);
        content_ = was_content;
        if (diagnostics_.error_count() > before) return;
        const ValueType left = c.left->type;
        const FactDeclaration* declaration = declaration_of(*c.left);
        switch (c.comparison) {
            case Comparison::Is:
            case Comparison::IsNot:
            case Comparison::IsOneOf: return equal(c, declaration, frame);
            case Comparison::AtLeast:
            case Comparison::AtMost:
            case Comparison::MoreThan:
            case Comparison::LessThan: return ordered(c, declaration, frame);
            case Comparison::IncludesAny:
            case Comparison::IncludesAll:
            case Comparison::IncludesNone:
            case Comparison::IncludesOnly:
                if (left != ValueType::Set && left != ValueType::PlaceSet) return wrong_type(c, "includes", "sets");
                for (const TermPtr& value : c.values) left == ValueType::Set && declaration != nullptr ? choice_token(*value, *declaration) : place_value(*value, frame);
                return;
            case Comparison::IsEmpty:
                if (left != ValueType::Set && left != ValueType::PlaceSet) wrong_type(c, "is empty", "sets");
                return;
            case Comparison::Happened:
                if (!is_time(left)) wrong_type(c, "has happened", "instants and dates");
                return;
            case Comparison::Before:
            case Comparison::AtOrBefore:
            case Comparison::After:
            case Comparison::AtOrAfter:
                if (!is_time(left)) return wrong_type(c, "before and after", "instants and dates");
                term(*c.right, ValueType::Instant, frame);
                return;
            case Comparison::Within:
            case Comparison::IncludesWithin:
                if (left != (c.comparison == Comparison::Within ? ValueType::Place : ValueType::PlaceSet)) return wrong_type(c, "within", "places");
                for (const TermPtr& value : c.values) place_value(*value, frame);
                return;
            case Comparison::ClockBetween:
                if (left != ValueType::Instant) wrong_type(c, "between", "instants");
                return;
            case Comparison::CannotBeDetermined:
                if (declaration == nullptr) error("DN0258", c.left->span, "only of a fact a person can say that it cannot be determined");
                return;
            case Comparison::IsKnown:
                if (!content_) error("DN0259", c.span, "`is known` is for content items only", "where the law turns on what is known, use a companion fact that a person states");
                return;
        }
    }

    void equal(Condition& c, const FactDeclaration* declaration, unsigned frame) {
        std::vector<TermPtr> values = c.values;
        if (c.right) values.push_back(c.right);
        for (const TermPtr& value : values) {
            if (is_choice(c.left->type) && declaration != nullptr) choice_token(*value, *declaration);
            else if (c.left->type == ValueType::Place) place_value(*value, frame);
            else {
                resolve(*value, c.left->type, frame);
                const bool fits = value->type == c.left->type || (is_time(value->type) && is_time(c.left->type));
                if (!fits || c.left->type == ValueType::Set || c.left->type == ValueType::PlaceSet) unlike(c, *value);
            }
        }
    }

    void ordered(Condition& c, const FactDeclaration* declaration, unsigned frame) {
        if (is_choice(c.left->type)) {
            if (declaration == nullptr || !declaration->ordered) error("DN0260", c.left->span, "its choices have no order", "declare the fact with `ordered=\"yes\"`");
            else choice_token(*c.right, *declaration);
            return;
        }
        if (!is_number(c.left->type)) return wrong_type(c, "at least, at most, more than, fewer than", "numbers, shares, money, durations and ordered choices");
        resolve(*c.right, {}, frame);
        if (c.right->type != c.left->type) unlike(c, *c.right);
    }

    const Names& names_;
    Diagnostics& diagnostics_;
    bool content_;
};

}  // namespace

unsigned inside(const Selection& selection, unsigned bindings) {
    switch (selection.kind) {
        case Selection::Kind::Populations: return bindings | bind::population;
        case Selection::Kind::Places: return bindings | bind::place;
        case Selection::Kind::Entities:
        case Selection::Kind::Related: return bindings | bind::entity;
        case Selection::Kind::Contracts: return bindings | bind::contract;
        case Selection::Kind::Events: return bindings | bind::event;
        case Selection::Kind::Members: return bindings | bind::member;
    }
    return bindings;
}

void check_condition(Condition& condition, unsigned bindings, const Names& names, Diagnostics& diagnostics, bool content) {
    Checker(names, diagnostics, content).condition(condition, bindings);
}

void check_term(Term& term, std::optional<ValueType> wanted, unsigned bindings, const Names& names, Diagnostics& diagnostics) {
    Checker(names, diagnostics, false).term(term, wanted, bindings);
}

}  // namespace duenotice
