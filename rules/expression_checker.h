#pragma once
// The walk behind rules/type_checker.h: conditions in type_checker.cpp, terms in term_checker.cpp. Every function goes
// on after a mistake, so that one run tells all of them; a term whose own mistake has been told is not judged again by
// the comparison around it.

#include <optional>
#include <string>
#include <string_view>

#include "rules/type_checker.h"

namespace duenotice {

class ExpressionChecker {
public:
    ExpressionChecker(const Names& names, Diagnostics& diagnostics, bool content)
        : names_(names), diagnostics_(diagnostics), content_(content) {}

    void condition(Condition& condition, unsigned frame);
    /// False when a mistake has been told.
    bool term(Term& term, std::optional<ValueType> wanted, unsigned frame);
    void selection(const Selection& selection, unsigned frame);

private:
    Diagnostic& error(std::string code, const Span& span, std::string message, std::string help = {});
    bool needs(unsigned needed, unsigned frame, const Span& span, std::string_view what);
    void unlike(const Term& left, const Term& right);
    Diagnostic& wrong_type(const Term& left, std::string_view what, std::string_view types);
    const FactDeclaration* declaration_of(const Term& term) const;

    // Conditions.
    void use(Condition& condition, unsigned frame);
    void presumed(Condition& condition, unsigned frame);
    void compare(Condition& condition, unsigned frame);
    void compare_equal(Condition& condition, unsigned frame);
    void compare_order(Condition& condition, unsigned frame);
    void compare_set(Condition& condition, unsigned frame);
    void compare_place(Condition& condition);
    void compare_known(const Condition& condition);
    void choice_value(Term& value, const FactDeclaration& left, unsigned frame);
    void place_value(Term& value, unsigned frame, std::string_view instead);
    void group_value(Term& value);

    // Terms.
    bool resolve(Term& term, unsigned frame);
    bool literal(Term& term);
    bool fact(Term& term, unsigned frame, bool text_allowed = false);
    bool token(Term& term);
    bool numbers(Term& term, unsigned frame);
    bool product(Term& term, unsigned frame);
    bool percent(Term& term, unsigned frame);
    bool instants(Term& term, unsigned frame);
    bool moved(Term& term, unsigned frame);
    bool people(Term& term, unsigned frame);
    bool over(Term& term, unsigned frame);
    bool filed(Term& term);
    bool of_fact(Term& term, unsigned frame);

    const Names& names_;
    Diagnostics& diagnostics_;
    bool content_;
};

bool is_number(ValueType type);
/// `a whole number`, `an amount of money`, ... for people.
std::string_view kind_words(ValueType type);

}  // namespace duenotice
