#pragma once
// Runs every <example> of a law book through read_incident and assess, and reports what differs from what the author
// worked out by hand. The attributes of an expectation are those of rules/LANGUAGE.md section 3.7.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/assess.h"
#include "rules/diagnostic.h"

namespace duenotice {

struct ExampleRun {
    Diagnostics diagnostics;
    std::uint32_t examples = 0, expectations = 0, failed = 0;
};

/// Ids of the calendars that the examples may ask, sorted; those that a calendar includes are not among them.
std::vector<std::string> calendars_of_examples(const World& world);
/// `world` holds the calendars of the examples.
ExampleRun run_examples(const World& world);

}  // namespace duenotice
