#pragma once
// Which authorities of a book have no door on file, and which have one alone although somebody must tell them within
// hours: who finds that door shut at night has nothing left. A reason on file (`no-channel`, `no-fallback`) says that it is
// known.

#include <vector>

#include "rules/diagnostic.h"
#include "rules/rulebook.h"

namespace duenotice {

struct DoorTally {
    std::vector<const Authority*> without;   ///< no channel
    std::vector<const Authority*> one_only;  ///< one channel, and a limit in hours
};
DoorTally tally_doors(const RuleBook& book);

/// Warnings: DN0385 no channel, DN0386 no second one; not where the reason is on file.
Diagnostics lint_doors(const RuleBook& book);

}  // namespace duenotice
