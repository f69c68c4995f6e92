#pragma once
// A small law book, an incident and the zones and counting laws around it, for tests of conditions.

#include <memory>
#include <optional>

#include "engine/evaluator.h"

namespace duenotice::test {

class SmallWorld {
public:
    SmallWorld();
    Instant as_of() const;
    void clear();
    /// States a fact; a set that became empty is left as it was when `unless_empty`.
    void state(const GroundFact& ground, const Known& value, bool unless_empty = false);
    Evaluation evaluation() const { return {world_, incident, {as_of(), {}, {}}}; }

    std::shared_ptr<RuleBook> book;
    Incident incident;
    const Zone* zone = nullptr;

private:
    World world_;
};

/// Nothing known, within the small domain.
Known wide_open(const FactDeclaration& declaration);

}  // namespace duenotice::test
