#pragma once
// The record as tables for reports: what happened to facts, judgements, decisions, approvals, filings and access, one row
// an entry or more, each with the entry that it came from. Cells are text; an instant in UTC is one that a report may show
// as a date. A cell is never empty: it says why there is nothing.

#include <cstdint>
#include <string>
#include <vector>

#include "rules/instant.h"

namespace duenotice {

struct RecordTable {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

/// A limit that somebody set beside that of the law, as the record has it: an extension, a direction, a request.
struct LimitOnRecord {
    std::string duty, kind, by;
    Instant until;
    std::uint64_t entry = 0;
};

}  // namespace duenotice
