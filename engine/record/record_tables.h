#pragma once
// Makes the tables of record_view.h from the entries of a record.

#include <functional>
#include <string>
#include <vector>

#include "engine/record/approval.h"
#include "engine/record/delivery.h"
#include "engine/record/record_verifier.h"
#include "engine/record/record_view.h"
#include "engine/record/start_change.h"
#include "engine/record/told.h"

namespace duenotice {

/// A value told beside what is known now, in words.
struct ToldRow {
    std::string recipient, recipient_name, filing, fact, told, precision, now, difference, law_asks, decision;
    std::optional<std::uint64_t> entry;  ///< none: an account without a record
};

/// `law_asks`: what the law on file asks for the difference.
RecordTable told_table(const std::vector<ToldRow>& rows);

/// What was asked, ordered and held: requests of a record, its legal holds and all-clears, and the holds of the account;
/// `entries` is empty without a record.
RecordTable requests_table(const std::vector<RecordedEntry>& entries, const std::vector<Hold>& holds, Instant now);

/// What the law on file says of whose notice it is.
struct NoticeWords {
    std::string recipient, stage;  ///< empty: it says nothing
};

/// What only those can say who asked the law again, or verified the record.
struct RecordFindings {
    std::vector<Approval> approvals;
    std::vector<ToldRow> told;
    std::vector<StartChange> starts;
    std::vector<Hold> holds;  ///< of the account
    RecordVerdict verdict;    ///< of the whole file, also when fewer entries are shown
    std::string checkpoint;   ///< its head, as signed
    std::function<NoticeWords(const PacketSubject&)> words = {};
};

/// Fact history, Start changes, Judgement history, Decisions, Assessments, Filings, Attempts, Told, Requests and holds,
/// Approvals, Access, Withheld, Integrity; in this order.
std::vector<RecordTable> record_tables(const std::vector<RecordedEntry>& entries, Instant now, const RecordFindings& findings);

}  // namespace duenotice
