#pragma once
// What one condition looks at: the entity, population, place, contract, event or series of an incident that are bound.
// Indexes point into the Incident; -1 is not bound. A ground fact is a fact together with the part of the frame that it
// belongs to, so that the same fact seen from two frames is the same unknown.

#include <compare>
#include <cstdint>
#include <string>

#include "rules/vocabulary.h"

namespace duenotice {

struct Frame {
    std::int32_t entity = -1, population = -1, place = -1, contract = -1, event = -1, series = -1;
    std::int32_t member = -1;  ///< a member incident of the series
    friend constexpr auto operator<=>(const Frame&, const Frame&) = default;

    /// Only the parts that the bindings name; the rest unbound.
    Frame restricted(unsigned bindings) const;
    unsigned bindings() const;
};

struct GroundFact {
    FactId fact = 0;
    Frame frame;  ///< restricted to the fact's own bindings
    friend constexpr auto operator<=>(const GroundFact&, const GroundFact&) = default;
};

}  // namespace duenotice
