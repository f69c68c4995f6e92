#pragma once
// Runs every <example> of a law book through read_incident and assess, and reports what differs from what the author
// worked out by hand. The attributes of an expectation are those of rules/LANGUAGE.md section 3.7.

#include <cstdint>

#include "engine/assess.h"
#include "rules/diagnostic.h"

namespace duenotice {

struct ExampleRun {
    Diagnostics diagnostics;
    std::uint32_t examples = 0, expectations = 0, failed = 0;
};

/// `calendars` holds all calendars that the book's clocks may name.
ExampleRun run_examples(const World& world);

}  // namespace duenotice
