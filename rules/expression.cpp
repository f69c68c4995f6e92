#include "rules/expression.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/number.h"

namespace duenotice {

namespace {

std::string selection_words(const Selection& selection) {
    switch (selection.kind) {
        case Selection::Kind::Populations:
            return "population";
        case Selection::Kind::Places:
            return "place" + (selection.name.empty() ? "" : " within " + selection.name) +
                   (selection.link.empty() ? "" : " linked " + selection.link);
        case Selection::Kind::Entities:
            return "entity";
        case Selection::Kind::Related:
            return selection.name;
        case Selection::Kind::Contracts:
            return "contract";
        case Selection::Kind::Events:
            return "event " + selection.name;
        case Selection::Kind::Members:
            return "incident";
    }
    return {};
}

std::string test_words(const Condition& test) {
    return test.kind == Condition::Kind::Use ? test.name : "(" + print(test) + ")";
}

std::string where(const Term& term) {
    return term.test ? " where " + test_words(*term.test) : std::string();
}

/// Stands as an operand without parentheses.
bool is_simple(const Term& term) {
    switch (term.kind) {
        case Term::Kind::Fact:
        case Term::Kind::Whole:
        case Term::Kind::Share:
        case Term::Kind::Money:
        case Term::Kind::DateLiteral:
        case Term::Kind::InstantLiteral:
        case Term::Kind::Token:
        case Term::Kind::ThisPlace:
            return true;
        default:
            return false;
    }
}

std::string operand(const Term& term) {
    return is_simple(term) ? print(term) : "(" + print(term) + ")";
}

std::string list(const std::vector<TermPtr>& terms) {
    std::string out = "(";
    for (std::size_t i = 0; i < terms.size(); ++i) out += (i == 0 ? "" : ", ") + print(*terms[i]);
    return out + ")";
}

std::string duration_words(std::int64_t seconds) {
    const bool hours = seconds % 3600 == 0;
    const std::int64_t n = seconds / (hours ? 3600 : 60);
    return fmt::format("{} {}{}", n, hours ? "hour" : "minute", n == 1 ? "" : "s");
}

std::string moved_words(const Term& term) {
    Period forward = term.period;
    const bool back = forward.is_backward();
    if (back) forward.amount = -forward.amount, forward.months = -forward.months, forward.days = -forward.days;
    return fmt::format("{} {} {}{}", operand(*term.terms[0]), back ? "minus" : "plus", words(forward),
                       term.counting.empty() ? "" : " by " + term.counting);
}

std::string filed_words(const Term& term) {
    std::string out = fmt::format("filed {} {}", term.which == Term::Which::First ? "first" : "last", term.name);
    if (!term.act.empty()) out += " act " + term.act;
    if (!term.recipient.empty()) out += " to " + term.recipient;
    if (!term.of_entity.empty()) out += " of " + term.of_entity;
    if (!term.channel.empty()) out += " by " + term.channel;
    if (term.leaving) out += " leaving " + *term.leaving + " unknown";
    if (term.include_withdrawn) out += " even withdrawn";
    return out;
}

std::string over_words(std::string_view words, const Term& term) {
    if (!term.selection) return fmt::format("{} {}", words, list(term.terms));
    return fmt::format("{} {} over {}{}", words, operand(*term.terms[0]), selection_words(*term.selection),
                       where(term));
}

std::string people_words(const Term& term) {
    std::string out = "people";
    if (!term.place.empty()) out += " of " + (term.place == "this" ? std::string("this place") : term.place);
    return out + where(term);
}

std::string busiest_words(const Term& term) {
    return fmt::format("busiest week of (time from {} to {}) over {}{} in {}", operand(*term.terms[0]),
                       operand(*term.terms[1]), selection_words(*term.selection), where(term), term.name);
}

std::string pair_words(const Term& term, std::string_view between) {
    const Term& right = *term.terms[1];
    return fmt::format("{} {} {}", operand(*term.terms[0]), between, operand(right));
}

std::string_view ordered_words(Comparison comparison) {
    switch (comparison) {
        case Comparison::Is:
            return "is";
        case Comparison::IsNot:
            return "is not";
        case Comparison::AtLeast:
            return "at least";
        case Comparison::AtMost:
            return "at most";
        case Comparison::MoreThan:
            return "more than";
        case Comparison::LessThan:
            return "fewer than";
        case Comparison::Before:
            return "before";
        case Comparison::AtOrBefore:
            return "at or before";
        case Comparison::After:
            return "after";
        case Comparison::AtOrAfter:
            return "at or after";
        default:
            return {};
    }
}

std::string clock_words(std::int32_t minutes) {
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string comparison_words(const Condition& condition) {
    const std::string left = print(*condition.left);
    const std::string_view words = ordered_words(condition.comparison);
    if (!words.empty()) return fmt::format("{} {} {}", left, words, print(*condition.right));
    switch (condition.comparison) {
        case Comparison::IsOneOf:
            return left + " is one of " + list(condition.values);
        case Comparison::IncludesAny:
            if (condition.values.size() == 1) return left + " includes " + print(*condition.values[0]);
            return left + " includes any of " + list(condition.values);
        case Comparison::IncludesAll:
            return left + " includes all of " + list(condition.values);
        case Comparison::IncludesNone:
            return left + " includes none of " + list(condition.values);
        case Comparison::IncludesOnly:
            return left + " includes only " + list(condition.values);
        case Comparison::IsEmpty:
            return left + " is empty";
        case Comparison::Happened:
            return left + " has happened";
        case Comparison::Within:
            return left + " within " + print(*condition.values[0]);
        case Comparison::IncludesWithin:
            return left + " includes within " + print(*condition.values[0]);
        case Comparison::ClockBetween:
            return fmt::format("{} between {} and {} in {}", left, clock_words(condition.clock_from_minutes),
                               clock_words(condition.clock_until_minutes), condition.name);
        case Comparison::CannotBeDetermined:
            return left + " cannot be determined";
        default:
            return left + " is known";
    }
}

std::string child(const Condition& condition) {
    const bool joined = condition.kind == Condition::Kind::And || condition.kind == Condition::Kind::Or;
    return joined ? "(" + print(condition) + ")" : print(condition);
}

std::string joined(const Condition& condition, std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < condition.children.size(); ++i) {
        if (i > 0) out += fmt::format(" {} ", word);
        out += child(*condition.children[i]);
    }
    return out;
}

std::string hold_words(const Condition& condition) {
    return "on hold " + condition.name + (condition.issuer.empty() ? "" : " by " + condition.issuer) +
           (condition.form.empty() ? "" : " in " + condition.form);
}

std::string at_least_words(const Condition& condition) {
    std::string out = fmt::format("at least {} of (", condition.k);
    for (std::size_t i = 0; i < condition.children.size(); ++i)
        out += (i == 0 ? "" : "; ") + print(*condition.children[i]);
    return out + ")";
}

/// Only the checker makes these; the words are for explanations and cannot be written in a law file.
std::string validity_words(const Condition& condition) {
    const auto day = [](const std::optional<Date>& date) { return date ? date->iso() : std::string("any day"); };
    return fmt::format("{} in force from {} until {}", print(*condition.left), day(condition.validity.from),
                       day(condition.validity.until));
}

bool same_selection(const Selection& a, const Selection& b) {
    return a.kind == b.kind && a.name == b.name && a.link == b.link;
}

bool same_selections(const Rare<Selection>& a, const Rare<Selection>& b) {
    return a && b ? same_selection(*a, *b) : a.has_value() == b.has_value();
}

template <class T>
bool same_pointer(const std::shared_ptr<T>& a, const std::shared_ptr<T>& b) {
    return a == nullptr || b == nullptr ? a == b : same(*a, *b);
}

template <class T>
bool same_list(const std::vector<std::shared_ptr<T>>& a, const std::vector<std::shared_ptr<T>>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_pointer<T>);
}

}  // namespace

std::string print(const Condition& condition) {
    switch (condition.kind) {
        case Condition::Kind::True:
            return "true";
        case Condition::Kind::False:
            return "false";
        case Condition::Kind::And:
            return joined(condition, "and");
        case Condition::Kind::Or:
            return joined(condition, "or");
        case Condition::Kind::Not:
            return "not " + test_words(*condition.children[0]);
        case Condition::Kind::AtLeastOf:
            return at_least_words(condition);
        case Condition::Kind::Any:
        case Condition::Kind::Every:
            return fmt::format("{} {} where {}", condition.kind == Condition::Kind::Any ? "any" : "every",
                               selection_words(*condition.selection), test_words(*condition.children[0]));
        case Condition::Kind::Use:
            return condition.name;
        case Condition::Kind::Presumed:
            return "presumed " + condition.name;
        case Condition::Kind::Ever:
            return "ever (" + print(*condition.children[0]) + ")";
        case Condition::Kind::OnHold:
            return hold_words(condition);
        case Condition::Kind::DateIn:
            return validity_words(condition);
        case Condition::Kind::Compare:
            return comparison_words(condition);
    }
    return {};
}

std::string print(const Term& term) {
    using Kind = Term::Kind;
    switch (term.kind) {
        case Kind::Fact:
        case Kind::Token:
            return term.name;
        case Kind::Whole:
            return fmt::format("{}", term.number);
        case Kind::Share:
            return share_words(term.number);
        case Kind::Money:
            return money_words(term.name, term.number);
        case Kind::DateLiteral:
            return term.date.iso();
        case Kind::InstantLiteral:
            return iso_utc(term.instant);
        case Kind::Duration:
            return duration_words(term.number);
        case Kind::ThisPlace:
            return "this place";
        case Kind::Sum:
            return pair_words(term, "plus");
        case Kind::Difference:
            return pair_words(term, "minus");
        case Kind::Product:
            return pair_words(term, "times");
        case Kind::Fallback:
            return pair_words(term, "else");
        case Kind::PercentOf:
            return share_words(term.number) + " of " + operand(*term.terms[0]);
        case Kind::LowerOf:
            return "lower of " + list(term.terms);
        case Kind::HigherOf:
            return "higher of " + list(term.terms);
        case Kind::People:
            return people_words(term);
        case Kind::Count:
            return "count of " + selection_words(*term.selection) + where(term);
        case Kind::SumOf:
            return over_words("sum of", term);
        case Kind::Highest:
            return over_words("highest of", term);
        case Kind::Lowest:
            return over_words("lowest of", term);
        case Kind::EarliestOf:
            return over_words("earliest of", term);
        case Kind::LatestOf:
            return over_words("latest of", term);
        case Kind::Elapsed:
            return fmt::format("time from {} to {}", operand(*term.terms[0]), operand(*term.terms[1]));
        case Kind::BusiestWeek:
            return busiest_words(term);
        case Kind::InstantPlus:
            return moved_words(term);
        case Kind::FirstDeterminable:
            return "first determinable of " + list(term.terms);
        case Kind::Filed:
            return filed_words(term);
        case Kind::Learned:
            return "learned " + term.name;
        case Kind::CertainSince:
            return "certain since (" + print(*term.test) + ")";
        case Kind::AsAt:
            return term.name + " as at " + operand(*term.terms[0]);
        case Kind::Estimate:
            return "estimate of " + term.name;
        case Kind::HoldStart:
            return "start of hold " + term.name;
        case Kind::HoldEnd:
            return "end of hold " + term.name;
        case Kind::EndOfYear:
            return "end of year of " + operand(*term.terms[0]);
    }
    return {};
}

bool same(const Condition& a, const Condition& b) {
    return a.kind == b.kind && same_list(a.children, b.children) && a.k == b.k &&
           same_selections(a.selection, b.selection) && a.name == b.name && a.issuer == b.issuer && a.form == b.form &&
           a.validity.from == b.validity.from && a.validity.until == b.validity.until && same_pointer(a.left, b.left) &&
           a.comparison == b.comparison && same_pointer(a.right, b.right) && same_list(a.values, b.values) &&
           a.clock_from_minutes == b.clock_from_minutes && a.clock_until_minutes == b.clock_until_minutes;
}

bool same(const Term& a, const Term& b) {
    return same_selections(a.selection, b.selection) && a.kind == b.kind && a.name == b.name && a.number == b.number && a.date == b.date &&
           a.instant == b.instant && a.period == b.period && a.counting == b.counting && same_list(a.terms, b.terms) &&
           same_pointer(a.test, b.test) && a.place == b.place && a.which == b.which && a.act == b.act &&
           a.recipient == b.recipient && a.of_entity == b.of_entity && a.channel == b.channel &&
           a.include_withdrawn == b.include_withdrawn && a.leaving == b.leaving;
}

}  // namespace duenotice
