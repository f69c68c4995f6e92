#pragma once
// Checks a whole book before it is used: every name resolved in its frame, definitions acyclic, versions that overlap
// or leave gaps, missing citations, grades and examples, thresholds without population, readings past their age. All
// mistakes of all files in one run.

#include <functional>

#include "rules/book_parts.h"
#include "rules/rulebook.h"

namespace duenotice {

/// Sorts the lists of `parts` by id, then resolves in place. `checked` is told of each obligation when it is done, in
/// their order, while there is no error.
void check_book(BookParts& parts, const LoadOptions& options, Diagnostics& diagnostics, const std::function<void(const Obligation&)>& checked);

}  // namespace duenotice
