#include "rules/type_checker.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/expression_checker.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

std::string frame_words(unsigned bindings) {
    constexpr std::pair<unsigned, std::string_view> parts[] = {
        {bind::entity, "entity"},         {bind::population, "population"}, {bind::place, "place"},
        {bind::contract, "contract"},     {bind::event, "event"},           {bind::series, "series"},
        {bind::member, "member incident"}};
    std::string text;
    for (const auto& [bit, word] : parts) {
        if ((bindings & bit) != 0) text += (text.empty() ? "" : " x ") + std::string(word);
    }
    return text.empty() ? "the incident" : text;
}

std::string choice_words(const FactDeclaration& declaration) {
    constexpr std::size_t most_shown = 12;
    std::string text = "one of: ";
    for (std::size_t i = 0; i < declaration.choices.size() && i < most_shown; ++i) {
        text += (i == 0 ? "" : ", ") + declaration.choices[i].token;
    }
    return declaration.choices.size() > most_shown ? text + ", ..." : text;
}

std::vector<std::string_view> tokens_of(const FactDeclaration& declaration) {
    std::vector<std::string_view> tokens;
    for (const Choice& choice : declaration.choices) tokens.push_back(choice.token);
    return tokens;
}

}  // namespace

bool is_number(ValueType type) {
    return type == ValueType::Whole || type == ValueType::Share || type == ValueType::Money ||
           type == ValueType::Duration;
}

std::string_view kind_words(ValueType type) {
    switch (type) {
        case ValueType::YesNo:
            return "a yes/no answer";
        case ValueType::Whole:
            return "a whole number";
        case ValueType::Share:
            return "a share";
        case ValueType::Money:
            return "money";
        case ValueType::Choice:
            return "a choice";
        case ValueType::Set:
            return "a set";
        case ValueType::Place:
            return "a place";
        case ValueType::PlaceSet:
            return "a set of places";
        case ValueType::Instant:
            return "an instant";
        case ValueType::Date:
            return "a date";
        case ValueType::Duration:
            return "a duration";
        case ValueType::Judgement:
            return "a judgement";
        case ValueType::Text:
            return "a text";
    }
    return "a text";
}

Diagnostic& ExpressionChecker::error(std::string code, const Span& span, std::string message, std::string help) {
    return diagnostics_.error(std::move(code), span, std::move(message), std::move(help));
}

bool ExpressionChecker::needs(unsigned needed, unsigned frame, const Span& span, std::string_view what) {
    const unsigned missing = needed & ~frame;
    if (missing == 0) return true;
    const std::string_view help = (missing & bind::entity) != 0 ? "say which: `any entity where (...)`"
                                  : (missing & bind::population) != 0
                                      ? "say which: `any population where (...)`, `people where (...)`"
                                  : (missing & bind::place) != 0    ? "say which: `any place where (...)`"
                                  : (missing & bind::contract) != 0 ? "say which: `any contract where (...)`"
                                  : (missing & bind::event) != 0    ? "say which: `any event KIND where (...)`"
                                  : (missing & bind::series) != 0 ? "only duties `each=\"entity series\"` see a series"
                                                                  : "say which: `any incident where (...)`";
    error("DN0247", span,
          fmt::format("`{}` belongs to {}, but only {} is bound here", what, frame_words(needed), frame_words(frame)),
          std::string(help));
    return false;
}

void ExpressionChecker::unlike(const Term& left, const Term& right) {
    error("DN0256", right.span,
          fmt::format("{} cannot be compared with {}", kind_words(left.type), kind_words(right.type)))
        .related.emplace_back(left.span, fmt::format("this is {}", kind_words(left.type)));
}

Diagnostic& ExpressionChecker::wrong_type(const Term& left, std::string_view what, std::string_view types) {
    return error("DN0257", left.span,
                 fmt::format("`{}` is for {}, but this is {}", what, types, kind_words(left.type)));
}

const FactDeclaration* ExpressionChecker::declaration_of(const Term& term) const {
    const bool own_value =
        term.kind == Term::Kind::Fact || term.kind == Term::Kind::AsAt || term.kind == Term::Kind::Estimate;
    return own_value && term.fact ? &names_.vocabulary->at(*term.fact) : nullptr;
}

void ExpressionChecker::condition(Condition& c, unsigned frame) {
    switch (c.kind) {
        case Condition::Kind::True:
        case Condition::Kind::False:
            return;
        case Condition::Kind::And:
        case Condition::Kind::Or:
        case Condition::Kind::Not:
        case Condition::Kind::Ever:
        case Condition::Kind::AtLeastOf:
            for (const ConditionPtr& child : c.children) condition(*child, frame);
            return;
        case Condition::Kind::Any:
        case Condition::Kind::Every:
            selection(*c.selection, frame);
            condition(*c.children.front(), inside(*c.selection, frame));
            return;
        case Condition::Kind::Use:
            return use(c, frame);
        case Condition::Kind::Presumed:
            return presumed(c, frame);
        case Condition::Kind::OnHold:
            if (names_.is_hold_kind && !names_.is_hold_kind(c.name)) {
                error("DN0242", c.span, fmt::format("no law has a hold rule of kind `{}`", c.name),
                      "declare it with `<hold-rule kind=...>`");
            }
            return;
        case Condition::Kind::DateIn:
            if (c.left) term(*c.left, ValueType::Instant, frame);
            return;
        case Condition::Kind::Compare:
            return compare(c, frame);
    }
}

void ExpressionChecker::use(Condition& c, unsigned frame) {
    c.index = names_.definition(c.name);
    if (c.index) {
        needs(names_.definition_frame(*c.index), frame, c.span, c.name);
        return;
    }
    if (const FactDeclaration* fact = names_.vocabulary->find(c.name)) {
        const std::string first = fact->choices.empty() ? "" : fact->choices.front().token;
        error("DN0244", c.span, fmt::format("`{}` is a fact and not a definition", c.name),
              is_choice(fact->type) && !first.empty()
                  ? fmt::format("write `{} is {}`; after `where` in parentheses", c.name, first)
              : is_time(fact->type) ? fmt::format("write `{} has happened`; after `where` in parentheses", c.name)
                                    : "compare it with something; after `where` in parentheses");
        return;
    }
    Diagnostic& said = error("DN0245", c.span, fmt::format("there is no definition `{}`", c.name));
    if (names_.suggest) said.suggestion = names_.suggest(c.name);
    if (said.suggestion.empty()) said.suggestion = names_.vocabulary->suggest(c.name);
}

void ExpressionChecker::presumed(Condition& c, unsigned frame) {
    c.index = names_.presumption(c.name);
    if (c.index) {
        needs(names_.presumption_frame(*c.index), frame, c.span, c.name);
        return;
    }
    Diagnostic& said = error("DN0246", c.span, fmt::format("there is no presumption `{}`", c.name));
    if (names_.suggest) said.suggestion = names_.suggest(c.name);
}

void ExpressionChecker::selection(const Selection& s, unsigned frame) {
    using Kind = Selection::Kind;
    const bool of_entity = s.kind == Kind::Related || s.kind == Kind::Places || s.kind == Kind::Contracts;
    const std::string_view word = s.kind == Kind::Related  ? std::string_view(s.name)
                                  : s.kind == Kind::Places ? "place"
                                                           : "contract";
    if (of_entity) needs(bind::entity, frame, s.span, word);
    if (s.kind == Kind::Members) needs(bind::series, frame, s.span, "incident");
    if (s.kind == Kind::Places && !s.name.empty() && names_.is_place && !names_.is_place(s.name)) {
        error("DN0248", s.span, fmt::format("there is no place or group `{}`", s.name),
              "codes of ISO 3166, or a group of groups.xml");
    }
}

void ExpressionChecker::compare(Condition& c, unsigned frame) {
    if (c.comparison == Comparison::IsKnown || c.comparison == Comparison::CannotBeDetermined) {
        const bool is_fact = c.left->kind == Term::Kind::Fact;
        if (is_fact ? fact(*c.left, frame, content_ && c.comparison == Comparison::IsKnown) : term(*c.left, {}, frame))
            compare_known(c);
        return;
    }
    if (!term(*c.left, {}, frame)) return;
    const ValueType left = c.left->type;
    switch (c.comparison) {
        case Comparison::Is:
        case Comparison::IsNot:
        case Comparison::IsOneOf:
            return compare_equal(c, frame);
        case Comparison::AtLeast:
        case Comparison::AtMost:
        case Comparison::MoreThan:
        case Comparison::LessThan:
            return compare_order(c, frame);
        case Comparison::IncludesAny:
        case Comparison::IncludesAll:
        case Comparison::IncludesNone:
        case Comparison::IncludesOnly:
        case Comparison::IsEmpty:
            return compare_set(c, frame);
        case Comparison::Within:
        case Comparison::IncludesWithin:
            return compare_place(c);
        case Comparison::Happened:
            if (!is_time(left)) wrong_type(*c.left, "has happened", "instants and dates");
            return;
        case Comparison::Before:
        case Comparison::AtOrBefore:
        case Comparison::After:
        case Comparison::AtOrAfter:
            if (!is_time(left)) {
                wrong_type(*c.left, "before and after", "instants and dates");
                return;
            }
            if (term(*c.right, {}, frame) && !is_time(c.right->type)) unlike(*c.left, *c.right);
            return;
        case Comparison::ClockBetween:
            if (left != ValueType::Instant) wrong_type(*c.left, "between", "instants");
            return;
        case Comparison::CannotBeDetermined:
        case Comparison::IsKnown:
            return;
    }
}

void ExpressionChecker::compare_known(const Condition& c) {
    const bool known = c.comparison == Comparison::IsKnown;
    if (known && !content_) {
        error("DN0259", c.span, "`is known` is for content items only",
              "where the law turns on what is known, use a companion fact that a person states");
    } else if (c.left->kind != Term::Kind::Fact) {
        error(
            "DN0258", c.left->span,
            known ? "`is known` is asked of one fact" : "only of a fact a person can say that it cannot be determined");
    }
}

void ExpressionChecker::compare_equal(Condition& c, unsigned frame) {
    const FactDeclaration* declaration = declaration_of(*c.left);
    const ValueType left = c.left->type;
    if (left == ValueType::Set || left == ValueType::PlaceSet) {
        error("DN0257", c.left->span, fmt::format("this is {}; `is` compares single values", kind_words(left)),
              "write `includes`, `includes only` or `is empty`");
        return;
    }
    if (left == ValueType::Instant) {
        error("DN0257", c.left->span, "an instant is never equal to a value; it is before or after it",
              "write `has happened`, `at or before`, `at or after`");
        return;
    }
    const auto look = [&](Term& value) {
        if (is_choice(left) && declaration != nullptr) {
            choice_value(value, *declaration, frame);
        } else if (left == ValueType::Place) {
            place_value(value, frame, "within");
        } else if (term(value, {}, frame) && value.type != left && !(is_time(value.type) && is_time(left))) {
            unlike(*c.left, value);
        }
    };
    for (const TermPtr& value : c.values) look(*value);
    if (c.right) look(*c.right);
}

void ExpressionChecker::compare_order(Condition& c, unsigned frame) {
    const FactDeclaration* declaration = declaration_of(*c.left);
    if (is_choice(c.left->type)) {
        if (declaration == nullptr || !declaration->ordered) {
            error("DN0260", c.left->span, "its choices have no order",
                  "declare the fact with `ordered=\"yes\"`, or write `is one of (..)`");
        } else {
            choice_value(*c.right, *declaration, frame);
        }
        return;
    }
    if (is_time(c.left->type)) {
        error("DN0257", c.left->span,
              fmt::format("this is {}; it is before or after something", kind_words(c.left->type)),
              "write `before`, `at or before`, `after`, `at or after`");
        return;
    }
    if (!is_number(c.left->type)) {
        wrong_type(*c.left, "at least, at most, more than, fewer than",
                   "numbers, shares, money, durations and ordered choices");
        return;
    }
    if (!term(*c.right, {}, frame)) return;
    if (c.right->type != c.left->type) return unlike(*c.left, *c.right);
    const bool currencies =
        !c.left->currency.empty() && !c.right->currency.empty() && c.left->currency != c.right->currency;
    if (currencies && declaration == nullptr) {
        error("DN0261", c.right->span,
              fmt::format("{} cannot be compared with {}", c.left->currency, c.right->currency))
            .related.emplace_back(c.left->span, "this is in " + c.left->currency);
    }
}

void ExpressionChecker::compare_set(Condition& c, unsigned frame) {
    const FactDeclaration* declaration = declaration_of(*c.left);
    if (c.left->type != ValueType::Set && c.left->type != ValueType::PlaceSet) {
        Diagnostic& said =
            error("DN0257", c.left->span,
                  fmt::format("`{}` is for sets, but this is {}",
                              c.comparison == Comparison::IsEmpty ? "is empty" : "includes", kind_words(c.left->type)));
        if (is_choice(c.left->type)) said.help = "write `is`, or `is one of (..)`";
        return;
    }
    for (const TermPtr& value : c.values) {
        if (c.left->type == ValueType::PlaceSet) {
            place_value(*value, frame, "includes within");
        } else if (value->kind == Term::Kind::ThisPlace) {
            error("DN0256", value->span, "this set has no places in it");
        } else if (declaration != nullptr) {
            choice_value(*value, *declaration, frame);
        }
    }
}

void ExpressionChecker::compare_place(Condition& c) {
    const bool set = c.comparison == Comparison::IncludesWithin;
    if (c.left->type != (set ? ValueType::PlaceSet : ValueType::Place)) {
        Diagnostic& said = wrong_type(*c.left, set ? "includes within" : "within", set ? "sets of places" : "places");
        if (c.left->type == ValueType::PlaceSet) said.help = "write `includes within`";
        if (c.left->type == ValueType::Place) said.help = "write `within`";
        return;
    }
    for (const TermPtr& value : c.values) group_value(*value);
}

/// A choice of the other side, or another fact with the same choices.
void ExpressionChecker::choice_value(Term& value, const FactDeclaration& left, unsigned frame) {
    const bool word = value.kind == Term::Kind::Token || value.kind == Term::Kind::Fact;
    if (word && left.choice_index(value.name)) {
        value.kind = Term::Kind::Token;
        value.type = left.type;
        return;
    }
    const FactDeclaration* other = value.kind == Term::Kind::Fact ? names_.vocabulary->find(value.name) : nullptr;
    if (other != nullptr) {
        if (fact(value, frame) && tokens_of(*other) != tokens_of(left)) {
            error("DN0256", value.span, fmt::format("`{}` and `{}` have different choices", left.name, other->name));
        }
        return;
    }
    if (!word) {
        error("DN0254", value.span, fmt::format("`{}` is compared with its choices", left.name), choice_words(left));
        return;
    }
    error("DN0255", value.span, fmt::format("`{}` has no choice `{}`", left.name, value.name), choice_words(left))
        .suggestion = nearest(value.name, tokens_of(left));
}

/// One place: a code, `this place` or a place fact; `instead` says how to ask for a group.
void ExpressionChecker::place_value(Term& value, unsigned frame, std::string_view instead) {
    const bool word = value.kind == Term::Kind::Token ||
                      (value.kind == Term::Kind::Fact && names_.vocabulary->find(value.name) == nullptr);
    if (!word) {
        if (term(value, {}, frame) && value.type != ValueType::Place) {
            error("DN0243", value.span, fmt::format("this is {}, but a place is needed here", kind_words(value.type)));
        }
        return;
    }
    group_value(value);
    if (names_.is_group && names_.is_group(value.name)) {
        error("DN0262", value.span, fmt::format("`{}` is a group and not one place", value.name),
              fmt::format("write `{} {}`", instead, value.name));
    }
}

/// A place code or a group.
void ExpressionChecker::group_value(Term& value) {
    if (value.kind == Term::Kind::ThisPlace) {
        error("DN0243", value.span, "a country or a group is needed here", "compare places with `is this place`");
        return;
    }
    value.kind = Term::Kind::Token;
    value.type = ValueType::Place;
    if (names_.is_place && !names_.is_place(value.name)) {
        error("DN0248", value.span, fmt::format("there is no place or group `{}`", value.name),
              "codes of ISO 3166, or a group of groups.xml");
    }
}

unsigned inside(const Selection& selection, unsigned bindings) {
    switch (selection.kind) {
        case Selection::Kind::Populations:
            return bindings | bind::population;
        case Selection::Kind::Places:
            return bindings | bind::place;
        case Selection::Kind::Entities:
        case Selection::Kind::Related:
            return bindings | bind::entity;
        case Selection::Kind::Contracts:
            return bindings | bind::contract;
        case Selection::Kind::Events:
            return bindings | bind::event;
        case Selection::Kind::Members:
            return bindings | bind::member;
    }
    return bindings;
}

void check_condition(Condition& condition, unsigned bindings, const Names& names, Diagnostics& diagnostics,
                     bool content) {
    ExpressionChecker(names, diagnostics, content).condition(condition, bindings);
}

void check_term(Term& term, std::optional<ValueType> wanted, unsigned bindings, const Names& names,
                Diagnostics& diagnostics) {
    ExpressionChecker(names, diagnostics, false).term(term, wanted, bindings);
}

void check_selection(const Selection& selection, unsigned bindings, const Names& names, Diagnostics& diagnostics) {
    ExpressionChecker(names, diagnostics, false).selection(selection, bindings);
}

}  // namespace duenotice
