#pragma once
// Finds two parts of a condition that cannot both be true, from the words alone: a part against its own negation, choices
// of one fact that exclude each other, numbers that do not meet. Definitions are read as if written out. What stands
// inside `any`, `every` or `or` is one part. A pair that is found is certain; there may be others.

#include <optional>

#include "rules/rulebook.h"

namespace duenotice {

/// A part that must be true (`positive`) or false.
struct Literal {
    const Condition* condition = nullptr;
    bool positive = true;
};
struct Clash {
    Literal first, second;
};

/// Two parts that keep the condition from ever being true (`holds`), or from ever being false.
std::optional<Clash> find_clash(const Condition& condition, bool holds, const RuleBook& book);

}  // namespace duenotice
