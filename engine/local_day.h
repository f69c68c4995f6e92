#pragma once
// Which day an instant falls on, and when a day begins: on the clock of a zone, or, where no zone is known, on any clock on
// earth. Nothing assumes a zone: what would differ from one to another stays open, and the country is asked for.

#include <cstdint>
#include <vector>

#include "engine/evaluator.h"

namespace duenotice {

struct Unknown;

struct Range {
    std::int64_t first = 0, last = 0;
};

/// The days, as day numbers, on which an instant may fall; one with a zone.
Range days_of(std::int64_t seconds, const Zone* zone);
/// When a day may begin, in seconds; one instant with a zone.
Range begins_of(std::int64_t day, const Zone* zone);
/// A known date as the instants that it may hold, both included; other values as they are.
Known as_instants(const Known& known, const Zone* zone);

/// That no zone is known: the unknown that stands for it, with the country of the entity that would tell.
Unknown no_zone(const Frame& frame, const Evaluation& evaluation);

}  // namespace duenotice
