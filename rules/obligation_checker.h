#pragma once
// Checks what the versions of one obligation are to each other: one at a time, none missing in between, readings under
// the same labels; and that examples show the duty owed and not owed.

#include "rules/book_names.h"
#include "rules/rulebook.h"

namespace duenotice {

/// Resolves names in place; mistakes of a template name their instance.
void check_obligation(Obligation& obligation, const BookNames& names, const LoadOptions& options,
                      Diagnostics& diagnostics);
/// Names of duties and places in an example; `own`: it stands inside an obligation.
void check_example(const Example& example, bool own, const BookNames& names, Diagnostics& diagnostics);

}  // namespace duenotice
