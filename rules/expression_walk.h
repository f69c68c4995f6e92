#pragma once
// Visits every condition and term inside a tree, or inside all parts of a version, in the order in which they stand.
// Definitions that are used are not entered.

#include <functional>

#include "rules/obligation.h"

namespace duenotice {

/// Either may be empty. Parents come before what they hold.
struct ExpressionVisitor {
    std::function<void(const Condition&)> condition;
    std::function<void(const Term&)> term;
};

void walk(const Condition& condition, const ExpressionVisitor& visitor);
void walk(const Term& term, const ExpressionVisitor& visitor);
/// Everything in the version: dates, who, when, exceptions, modifiers, clock, recipients, channels, content.
void walk(const Version& version, const ExpressionVisitor& visitor);
/// Every limb of the version's clock, lower bounds included.
void walk_limbs(const Clock& clock, const std::function<void(const Limb&)>& visit);

}  // namespace duenotice
