#pragma once
// Which populations meet the people tests of the duties that are listed: `people of this place where us.tx.sensitive`.

#include <vector>

#include "engine/assessment.h"
#include "engine/world.h"

namespace duenotice {

/// Of the duties that are owed or open, each test once for a place and a population, in that order; those that count people
/// everywhere for the places of their law alone. Where it is open which version is in force, those of each that may be. As
/// Kleene's logic has it: what only a split of cases decides is open here.
std::vector<PeopleTest> people_tests(const World& world, const Assessment& assessment);

}  // namespace duenotice
