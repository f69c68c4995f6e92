#pragma once
// Random conditions as law is shaped: shared definitions, k-of-n, exceptions to exceptions, the same fact met again and
// again, comparisons of every kind; and random sets of values for the facts. The same seed gives the same case.

#include <random>

#include "engine/incident.h"
#include "rules/rulebook.h"

namespace duenotice::oracle {

/// A law book with a small vocabulary and a group of places; definitions and presumptions are filled in case by case.
std::shared_ptr<RuleBook> small_book();

struct Size {
    int facts = 5;          ///< different facts in one case
    int definitions = 3;
    int depth = 3;
    bool arithmetic = true;
    bool frames = false;    ///< quantifiers, people and aggregates over populations, places and entities
};

class ConditionGenerator {
public:
    ConditionGenerator(RuleBook& book, std::uint64_t seed, Size size);

    /// Fills the book's definitions, then makes one condition that uses them.
    ConditionPtr condition();
    /// A random set of values; `open` percent of the facts are not exact.
    Known known(const FactDeclaration& declaration, int open);
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
    bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }

private:
    ConditionPtr tree(int depth);
    ConditionPtr atom();
    ConditionPtr quantifier();
    ConditionPtr of_choice(const FactDeclaration& fact);
    ConditionPtr of_set(const FactDeclaration& fact);
    ConditionPtr of_place(const FactDeclaration& fact);
    ConditionPtr of_number(const FactDeclaration& fact);
    ConditionPtr of_time(const FactDeclaration& fact);
    ConditionPtr framed_number();
    TermPtr number_term(const FactDeclaration& fact, bool& plain);
    TermPtr time_term(const FactDeclaration& fact);
    ConditionPtr with_limit(TermPtr left, std::int64_t limit);
    TermPtr fact(const FactDeclaration& declaration) const;
    TermPtr literal(ValueType type, std::int64_t value) const;
    TermPtr token(const std::string& name) const;
    TermPtr make(Term::Kind kind, ValueType type, std::vector<TermPtr> terms = {}) const;
    ConditionPtr compare(TermPtr left, Comparison comparison, TermPtr right, std::vector<TermPtr> values = {}) const;
    const FactDeclaration& some_fact();
    const FactDeclaration* some_of(ValueType type, FactId not_this);

    RuleBook& book_;
    std::mt19937_64 random_;
    Size size_;
    std::vector<FactId> facts_;
    unsigned bound_ = 0;  ///< bindings of the frame while a tree is made
};

/// Seconds at which the small account begins: six seconds before a local midnight in Berlin.
std::int64_t small_start();

}  // namespace duenotice::oracle
