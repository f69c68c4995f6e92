#pragma once
// What was told, beside what is known now: of the notices of a record, whose fields are on record, and of the filings of an
// incident file, for which the account as it stood when they went out is taken. One comparison and one wording for both.

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/record/told.h"
#include "tools/session.h"

namespace duenotice {

/// One field told once, and how it stands to what is known now.
struct ToldLine {
    const ToldNotice* notice = nullptr;
    const ToldField* field = nullptr;
    ToldNow now = ToldNow::Same;
    std::string value_now;
    std::string precision;  ///< of what was known when it was told: exact, range, estimate, not known
    bool newest = true;  ///< nothing later told the same recipient this fact
};

/// The set of values of a fact as an account states it; empty when it does not.
std::optional<Known> known_of(const Incident& incident, const RuleBook& law, const std::string& fact, const AccountPath& path);

/// Of the notices in order; those that were filled by hand are left out. `case_path` is for messages.
std::vector<ToldLine> told_lines(Session& session, const std::vector<RecordedEntry>& entries, const std::vector<ToldNotice>& notices, const std::string& case_path);

/// The filings of an account that went out, oldest first, with what the law's items held by the account as it stood then.
/// Facts that a filing marked as not known, and items of which nothing was known, count as told not to be known.
std::vector<ToldNotice> notices_of_filings(const Assessment& assessment);
std::vector<ToldLine> told_lines(const Assessment& assessment, const std::vector<ToldNotice>& notices);

/// Duties by which the law asks the same recipient to be told more: updates, and later stages that are not done.
std::vector<const Duty*> updates_after(const ToldNotice& notice, const Assessment& assessment);

/// Differences by notice with what the law asks for them, what different recipients were told differently, and counts.
/// With `all` also what is the same, and what was told anew since.
void print_told(const std::vector<ToldLine>& lines, const Assessment& assessment, const ReportContext& context, bool all, std::ostream& out);
/// The short name of an authority, else the words of its id.
std::string recipient_name(const std::string& id, const RuleBook& law);
/// `Intermediate report [DORA], OWED, by Tue 24 Nov 04:40 Berlin`; empty: the law on file asks for none.
std::string update_words(const ToldNotice& notice, const ReportContext& context);

}  // namespace duenotice
