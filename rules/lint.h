#pragma once
// Advice on a law book that is already whole: conditions that can never hold or never fail, two obligations that ask the
// same, clocks that nothing starts, thresholds that no example stands beside. It says only what is certain from the text;
// silence is no proof.

#include "rules/diagnostic.h"
#include "rules/rulebook.h"

namespace duenotice {

/// Warnings only: DN0380 never holds, DN0381 always holds, DN0382 the same obligation twice, DN0383 nothing starts the
/// clock, DN0384 a threshold without examples on both sides; and those of rules/authority_doors.h.
Diagnostics lint_book(const RuleBook& book);

}  // namespace duenotice
