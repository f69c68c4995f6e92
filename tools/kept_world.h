#pragma once
// The law, calendars and zones that an assessment of a record was made with, out of the record alone, and the assessment
// asked again. What is missing is named; nothing is taken from the disk instead.

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "engine/record/assessment_entries.h"
#include "tools/case_file_door.h"
#include "tools/session.h"

namespace duenotice {

/// A session whose law, calendars and zones are those that this assessment read, or the artefact that is missing.
std::variant<std::unique_ptr<Session>, std::string> kept_session(const CaseFile& file, const RecordedAssessment& assessment, const Options& options);

/// The options under which it was asked.
Options options_of(const AssessmentAsked& asked, Options options);

/// Of the file of this program.
std::string running_program_sha256();

struct Replay {
    enum class Outcome { Same, Erased, Missing, Differs } outcome = Outcome::Same;
    std::string words;   ///< what is missing or erased, or how it differs; of the same bytes that another program made it
    std::string output;  ///< what was made again
};
/// `entries` are those of the file.
Replay replay(const CaseFile& file, const std::vector<RecordedEntry>& entries, const RecordedAssessment& assessment, const Options& options);

/// The account of the entries up to `last`, and the hash of all its texts.
struct HashedAccount {
    CaseAccount account;
    std::string sha256;
};
HashedAccount hashed_account(const std::vector<RecordedEntry>& entries, std::uint64_t last, std::optional<Instant> known_at);

/// The law, calendars and zones that a session has read.
WorldFiles files_read(const Session& session);

}  // namespace duenotice
