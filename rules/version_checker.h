#pragma once
// Checks one version of an obligation: every condition and term typed in the frame of the obligation, every name
// resolved, amounts that their counting law can count, and words that contradict the numbers.

#include "rules/book_names.h"
#include "rules/rulebook.h"

namespace duenotice {

/// Resolves names in place.
void check_version(const Obligation& obligation, Version& version, const Law* law, const BookNames& names,
                   const LoadOptions& options, Diagnostics& diagnostics);
/// A hold rule of a law: the obligations, counting law and recipients that it names.
void check_hold_rule(const HoldRule& rule, const BookNames& names, Diagnostics& diagnostics);

}  // namespace duenotice
