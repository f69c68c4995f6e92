#pragma once
// Makes the tables of record_view.h from the entries of a record.

#include <vector>

#include "engine/record/approval.h"
#include "engine/record/delivery.h"
#include "engine/record/record_view.h"
#include "engine/record/told.h"

namespace duenotice {

/// A value told beside what is known now, in words.
struct ToldRow {
    std::string recipient, filing, fact, told, now, difference, law_asks;
    std::optional<std::uint64_t> entry;  ///< none: an account without a record
};

/// `law_asks`: what the law on file asks for the difference.
RecordTable told_table(const std::vector<ToldRow>& rows);

/// What only those can say who asked the law again.
struct RecordFindings {
    std::vector<Approval> approvals;
    std::vector<ToldRow> told;
};

/// Fact history, Judgement history, Decisions, Assessments, Filings, Attempts, Told, Requests, Approvals, Access, Withheld; in this order.
std::vector<RecordTable> record_tables(const std::vector<RecordedEntry>& entries, Instant now, const RecordFindings& findings);

}  // namespace duenotice
