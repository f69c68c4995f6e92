#pragma once
// The law, calendars and zones that an assessment of a record was made with, out of the record alone, and the assessment
// asked again. What is missing is named; nothing is taken from the disk instead.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "engine/record/assessment_entries.h"
#include "engine/record/redaction.h"
#include "tools/case_file_door.h"
#include "tools/session.h"

namespace duenotice {

/// A record to ask again: a case file, or a bundle of which it is known that it holds.
struct KeptRecord {
    std::string name;  ///< what messages call it
    std::vector<RecordedEntry> entries;
    std::function<std::optional<std::string>(const std::string& sha256)> artefact;
    std::set<FieldOfEntry> withheld = {};  ///< content that this copy leaves out
};
/// Good as long as the file is.
KeptRecord kept_record(const CaseFile& file, std::vector<RecordedEntry> entries);

/// A session whose law, calendars and zones are those that this assessment read, or the artefact that is missing.
std::variant<std::unique_ptr<Session>, std::string> kept_session(const KeptRecord& record, const RecordedAssessment& assessment, const Options& options);

/// The options under which it was asked.
Options options_of(const AssessmentAsked& asked, Options options);

/// Of the file of this program.
std::string running_program_sha256();

struct Replay {
    enum class Outcome { Same, Erased, Withheld, Missing, Differs } outcome = Outcome::Same;
    std::string words;   ///< what is missing, erased or withheld, or how it differs; of the same bytes that another program made them
    std::string output;  ///< what was made again
};
Replay replay(const KeptRecord& record, const RecordedAssessment& assessment, const Options& options);

/// The account of the entries up to `last` without references to advice, and the hash of all its texts.
struct HashedAccount {
    CaseAccount account;
    std::string sha256;
};
HashedAccount hashed_account(const std::vector<RecordedEntry>& entries, std::uint64_t last, std::optional<Instant> known_at);

/// The law, calendars and zones that a session has read.
WorldFiles files_read(const Session& session);

}  // namespace duenotice
