#include <algorithm>

#include <fmt/format.h>

#include "rules/expression_checker.h"

namespace duenotice {

bool ExpressionChecker::term(Term& t, std::optional<ValueType> wanted, unsigned frame) {
    if (!resolve(t, frame)) return false;
    if (!wanted || t.type == *wanted || (is_time(t.type) && is_time(*wanted))) return true;
    error("DN0243", t.span, fmt::format("this is {}, but {} is needed here", kind_words(t.type), kind_words(*wanted)));
    return false;
}

bool ExpressionChecker::resolve(Term& t, unsigned frame) {
    using Kind = Term::Kind;
    switch (t.kind) {
        case Kind::Fact:
            return fact(t, frame);
        case Kind::Token:
            return token(t);
        case Kind::ThisPlace:
            t.type = ValueType::Place;
            return needs(bind::place, frame, t.span, "this place");
        case Kind::Sum:
        case Kind::Difference:
        case Kind::LowerOf:
        case Kind::HigherOf:
            return numbers(t, frame);
        case Kind::Product:
            return product(t, frame);
        case Kind::PercentOf:
            return percent(t, frame);
        case Kind::People:
            return people(t, frame);
        case Kind::Count:
        case Kind::SumOf:
        case Kind::Highest:
        case Kind::Lowest:
        case Kind::BusiestWeek:
            return over(t, frame);
        case Kind::EarliestOf:
        case Kind::LatestOf:
            return t.selection ? over(t, frame) : instants(t, frame);
        case Kind::FirstDeterminable:
        case Kind::Fallback:
        case Kind::EndOfYear:
        case Kind::Elapsed:
            return instants(t, frame);
        case Kind::InstantPlus:
            return moved(t, frame);
        case Kind::Filed:
            return filed(t);
        case Kind::Learned:
        case Kind::AsAt:
        case Kind::Estimate:
            return of_fact(t, frame);
        case Kind::CertainSince: {
            t.type = ValueType::Instant;
            const std::size_t before = diagnostics_.error_count();
            condition(*t.test, frame);
            return diagnostics_.error_count() == before;
        }
        case Kind::HoldStart:
        case Kind::HoldEnd:
            t.type = ValueType::Instant;
            if (!names_.is_hold_kind || names_.is_hold_kind(t.name)) return true;
            error("DN0242", t.span, fmt::format("no law has a hold rule of kind `{}`", t.name),
                  "declare it with `<hold-rule kind=...>`");
            return false;
        default:
            return literal(t);
    }
}

bool ExpressionChecker::literal(Term& t) {
    using Kind = Term::Kind;
    t.type = t.kind == Kind::Whole         ? ValueType::Whole
             : t.kind == Kind::Share       ? ValueType::Share
             : t.kind == Kind::Money       ? ValueType::Money
             : t.kind == Kind::DateLiteral ? ValueType::Date
             : t.kind == Kind::Duration    ? ValueType::Duration
                                           : ValueType::Instant;
    if (t.kind == Kind::Money) t.currency = t.name;
    return true;
}

bool ExpressionChecker::fact(Term& t, unsigned frame, bool text_allowed) {
    const FactDeclaration* declaration = names_.vocabulary->find(t.name);
    if (declaration == nullptr) {
        Diagnostic& said = error("DN0249", t.span, fmt::format("there is no fact `{}`", t.name));
        said.suggestion = names_.vocabulary->suggest(t.name);
        if (said.suggestion.empty() && names_.definition && names_.definition(t.name))
            said.help = "it is a definition: a condition that stands alone, without a comparison";
        return false;
    }
    t.fact = declaration->id;
    t.type = declaration->type;
    t.currency = declaration->currency;
    const bool bound = needs(bindings(declaration->frame), frame, t.span, t.name);
    if (declaration->type != ValueType::Text || text_allowed) return bound;
    error("DN0250", t.span, fmt::format("`{}` is a text; a text never decides a condition", t.name),
          "content items may ask whether it `is known`");
    return false;
}

/// A word without a dot, where nothing says of which choice it could be: only a place stands alone.
bool ExpressionChecker::token(Term& t) {
    t.type = ValueType::Place;
    if (names_.is_place && names_.is_place(t.name)) return true;
    Diagnostic& said = error("DN0249", t.span, fmt::format("there is no fact `{}`", t.name),
                             "facts are named with a dot, as in `data.personal`");
    said.suggestion = names_.vocabulary->suggest(t.name);
    if (!said.suggestion.empty()) return false;
    for (const FactDeclaration& declaration : names_.vocabulary->facts()) {
        const std::size_t dot = declaration.name.find('.');
        if (dot == std::string::npos || std::string_view(declaration.name).substr(dot + 1) != t.name) continue;
        said.suggestion = declaration.name;
        return false;
    }
    return false;
}

bool ExpressionChecker::numbers(Term& t, unsigned frame) {
    bool good = true;
    for (const TermPtr& child : t.terms) good = term(*child, {}, frame) && good;
    const Term& first = *t.terms.front();
    t.type = first.type;
    t.currency = first.currency;
    for (const TermPtr& child : t.terms) {
        if (!good) break;
        const bool currencies =
            child->kind == Term::Kind::Money && first.kind == Term::Kind::Money && child->currency != first.currency;
        if (child->type == t.type && is_number(t.type) && !currencies) continue;
        const std::string a = currencies ? first.currency : std::string(kind_words(first.type));
        const std::string b = currencies ? child->currency : std::string(kind_words(child->type));
        Diagnostic& said = error(currencies ? "DN0261" : "DN0251", child->span,
                                 child.get() == &first ? fmt::format("{} is no number to calculate with", a)
                                                       : fmt::format("{} and {} cannot be put together", a, b));
        if (child.get() != &first)
            said.related.emplace_back(first.span, currencies ? "this is in " + a : "this is " + a);
        if (is_time(first.type))
            said.help =
                "an instant is moved by a period: `A plus 3 days by LAW`; the time between two is `time from A to B`";
        good = false;
    }
    return good;
}

bool ExpressionChecker::product(Term& t, unsigned frame) {
    const bool left_good = term(*t.terms[0], {}, frame), right_good = term(*t.terms[1], {}, frame);
    if (!left_good || !right_good) return false;
    const Term &a = *t.terms[0], &b = *t.terms[1];
    const auto scales = [](const Term& side) { return side.type == ValueType::Whole || side.type == ValueType::Share; };
    // The side that is not the factor gives the type; a share of a whole number is a whole number.
    const Term& amount = !scales(a) ? a : !scales(b) ? b : a.type == ValueType::Share ? b : a;
    t.type = amount.type;
    t.currency = amount.currency;
    if (is_number(a.type) && is_number(b.type) && (scales(a) || scales(b))) return true;
    error("DN0251", t.span, fmt::format("{} times {} has no meaning", kind_words(a.type), kind_words(b.type)),
          "one side of `times` is a whole number or a share");
    return false;
}

bool ExpressionChecker::percent(Term& t, unsigned frame) {
    Term& whole = *t.terms.front();
    if (!term(whole, {}, frame)) return false;
    t.type = whole.type;
    t.currency = whole.currency;
    if (is_number(t.type)) return true;
    error("DN0251", t.span, fmt::format("a percentage of {} has no meaning", kind_words(t.type)));
    return false;
}

/// Operands that are instants or dates; the result is an instant when one of them is, for a time between them a
/// duration.
bool ExpressionChecker::instants(Term& t, unsigned frame) {
    bool good = true, any_instant = false;
    const Term* day = nullptr;
    for (const TermPtr& child : t.terms) {
        good = term(*child, ValueType::Instant, frame) && good;
        any_instant = any_instant || child->type == ValueType::Instant;
        if (child->type == ValueType::Date) day = child.get();
    }
    const bool compares = t.kind == Term::Kind::EarliestOf || t.kind == Term::Kind::LatestOf || t.kind == Term::Kind::Elapsed;
    if (good && compares && any_instant && day != nullptr) {
        error("DN0243", day->span, "a date stands beside an instant, and no clock says which is earlier",
              "give an instant (2026-03-29T02:30+01:00), a fact with a time, or a limb of its own for the date");
        return false;
    }
    t.type = t.kind == Term::Kind::Elapsed || t.kind == Term::Kind::BusiestWeek ? ValueType::Duration
             : any_instant                                                      ? ValueType::Instant
                                                                                : ValueType::Date;
    return good;
}

/// An instant plus a period; on a duration the same words add a length.
bool ExpressionChecker::moved(Term& t, unsigned frame) {
    Term& from = *t.terms.front();
    if (!term(from, {}, frame)) return false;
    t.type = from.type;
    if (is_time(from.type)) {
        if (t.counting.empty() || !names_.is_counting_law || names_.is_counting_law(t.counting)) return true;
        error("DN0252", t.span, fmt::format("there is no counting law `{}`", t.counting),
              "the counting laws stand in counting.xml");
        return false;
    }
    const std::int64_t seconds = t.period.unit == PeriodUnit::Days    ? t.period.amount * day_seconds
                                 : t.period.unit == PeriodUnit::Weeks ? t.period.amount * 7 * day_seconds
                                                                      : t.period.elapsed_seconds();
    if (from.type != ValueType::Duration || seconds == 0 || !t.counting.empty()) {
        error("DN0251", t.span, fmt::format("{} cannot be moved by this amount of time", kind_words(from.type)),
              from.type == ValueType::Duration ? "to a duration only minutes, hours, days and weeks are added"
                                               : "only instants and dates are moved by a period")
            .related.emplace_back(from.span, fmt::format("this is {}", kind_words(from.type)));
        return false;
    }
    auto length = std::make_shared<Term>();
    length->kind = Term::Kind::Duration;
    length->span = t.span;
    length->type = ValueType::Duration;
    length->number = seconds < 0 ? -seconds : seconds;
    t.kind = seconds < 0 ? Term::Kind::Difference : Term::Kind::Sum;
    t.period = {};
    t.terms.push_back(std::move(length));
    return true;
}

bool ExpressionChecker::people(Term& t, unsigned frame) {
    t.type = ValueType::Whole;
    const std::size_t before = diagnostics_.error_count();
    if (t.place == "this") {
        needs(bind::place, frame, t.span, "this place");
    } else if (!t.place.empty() && names_.is_place && !names_.is_place(t.place)) {
        error("DN0248", t.span, fmt::format("there is no place or group `{}`", t.place),
              "codes of ISO 3166, or a group of groups.xml");
    }
    if (t.test) condition(*t.test, frame | bind::population);
    return diagnostics_.error_count() == before;
}

bool ExpressionChecker::over(Term& t, unsigned frame) {
    using Kind = Term::Kind;
    const std::size_t before = diagnostics_.error_count();
    selection(*t.selection, frame);
    const unsigned within = inside(*t.selection, frame);
    if (t.kind == Kind::Count) {
        t.type = ValueType::Whole;
    } else if (t.kind == Kind::EarliestOf || t.kind == Kind::LatestOf || t.kind == Kind::BusiestWeek) {
        instants(t, within);
    } else if (Term& each = *t.terms.front(); term(each, {}, within)) {
        t.type = each.type;
        t.currency = each.currency;
        if (!is_number(each.type)) {
            error("DN0251", each.span, fmt::format("{} is no number to calculate with", kind_words(each.type)),
                  is_time(each.type) ? "write `earliest of` or `latest of`" : "");
        }
    }
    if (t.test) condition(*t.test, within);
    return diagnostics_.error_count() == before;
}

bool ExpressionChecker::filed(Term& t) {
    t.type = ValueType::Instant;
    const std::size_t before = diagnostics_.error_count();
    if (!names_.obligation(t.name)) {
        Diagnostic& said = error("DN0253", t.span, fmt::format("there is no obligation `{}`", t.name));
        if (names_.suggest) said.suggestion = names_.suggest(t.name);
    }
    if (t.leaving && names_.vocabulary->find(*t.leaving) == nullptr) {
        error("DN0249", t.span, fmt::format("there is no fact `{}`", *t.leaving)).suggestion =
            names_.vocabulary->suggest(*t.leaving);
    }
    return diagnostics_.error_count() == before;
}

/// `learned FACT`, `FACT as at INSTANT`, `estimate of FACT`.
bool ExpressionChecker::of_fact(Term& t, unsigned frame) {
    bool good = fact(t, frame);
    for (const TermPtr& child : t.terms) good = term(*child, ValueType::Instant, frame) && good;
    if (t.kind == Term::Kind::Estimate && good && !is_number(t.type)) {
        error("DN0251", t.span, fmt::format("{} has no estimate", kind_words(t.type)),
              "numbers, shares, money and durations have one");
        return false;
    }
    if (t.kind == Term::Kind::Learned) t.type = ValueType::Instant;
    return good;
}

}  // namespace duenotice
