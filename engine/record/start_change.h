#pragma once
// Changes of the instants from which limits run, as a list of their own: what an auditor asks first. Each names the old
// and the new value, the limit before and after, and whether it was changed before or after the old limit had passed, by
// the clock of the record.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/assessment.h"
#include "engine/record/account_entries.h"

namespace duenotice {

struct StartChange {
    std::uint64_t entry = 0, replaced = 0;  ///< the statement and the one that counted before
    AccountPath path;
    std::string fact, was, is;  ///< canonical JSON of the statements
    std::string recorded, actor, second, reason;
    std::optional<Instant> old_limit, new_limit;  ///< the earliest safe instant of the duties whose clocks start from it
    std::vector<std::string> duties;
    /// `before`, `after` its old limit, or `no limit` when none was counted from it.
    std::string_view when() const;
};

/// Of the entries after `from` up to and with `to`; the assessments are of the account after either.
std::vector<StartChange> start_changes(const std::vector<RecordedEntry>& entries, std::uint64_t from, std::uint64_t to, const Assessment& before, const Assessment& after);

}  // namespace duenotice
