#pragma once
// A derivation as JSON (`derivation/1`): the start, the period, the counting law with the parameters of each reading and
// its citations, the offsets of the zones with the release of the zone data, the days of the calendar that were looked
// at, and the ends. tools/verify_derivation.py counts again from it alone; jurisdictions/FALSEHOODS.md has examples.

#include <nlohmann/json_fwd.hpp>

#include "engine/counting.h"
#include "engine/derivation.h"

namespace duenotice {

/// All three of one count.
nlohmann::ordered_json derivation_value(const CountRequest& request, const CountResult& result, const Derivation& derivation);

}  // namespace duenotice
