#pragma once
// Compares one duty with one expectation of a law example, attribute by attribute.

#include <string>
#include <vector>

#include "engine/assessment.h"

namespace duenotice {

/// What differs, each in words: "`safe` is 2026-03-12T14:00+01:00, expected 2026-03-12T13:20+01:00". `duty` may be null:
/// it is not listed.
std::vector<std::string> differences(const Expectation& expectation, const Duty* duty, const Assessment& assessment, const ZoneSet& zones);

}  // namespace duenotice
