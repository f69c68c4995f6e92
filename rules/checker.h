#pragma once
// Checks a whole book before it is used: every name resolved in its frame, definitions acyclic, versions that overlap
// or leave gaps, missing citations, grades and examples, thresholds without population, readings past their age. All
// mistakes of all files in one run.

#include "rules/book_parts.h"
#include "rules/rulebook.h"

namespace duenotice {

/// Sorts the lists of `parts` by id, then resolves in place.
void check_book(BookParts& parts, const LoadOptions& options, Diagnostics& diagnostics);

}  // namespace duenotice
