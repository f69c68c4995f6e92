#pragma once
// Counts the limits of a duty again, each as it was counted in the assessment, with its derivation: for who wants to
// verify a date of an incident and not only that of a request. Where a hold, an extension or the hours in which the act
// is possible moved the limit after the count, the count stands and `moved` says so.

#include <string>
#include <vector>

#include "engine/assessment.h"
#include "engine/derivation.h"
#include "engine/world.h"

namespace duenotice {

struct Recount {
    std::string id;                      ///< duty and limb, unique within the duty
    const Alternative* limit = nullptr;  ///< into the duty
    bool moved = false;                  ///< the duty's limit is not where the count ends
    CountRequest request;
    CountResult result;
    Derivation derivation;
};

/// In the order of the alternatives, then of the limbs that do not bind; what has no counted limit is left out. Points into
/// the duty and the world.
std::vector<Recount> recounts_of(const Duty& duty, const World& world);

}  // namespace duenotice
