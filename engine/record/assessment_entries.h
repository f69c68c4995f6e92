#pragma once
// An assessment in the record (`assessment`): what was asked, of which entries, with which law, calendars, zones and
// program, and the answer, byte for byte. Law, calendars and zones are artefacts that everybody may know, so `refs` names
// them; the answer may hold personal data, so a field does, and goes away with it. Whoever has the file can ask the same
// again: engine and law of the time give the same bytes, or something is missing and has a name.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/record/account_entries.h"
#include "engine/record/artefact.h"

namespace duenotice {

/// What was asked; instants and days as on the command line.
struct AssessmentAsked {
    std::string as_of, known_at, law_as_of;
    bool proposed = false;
    std::int64_t most_age_days = 0;
    std::vector<std::string> zones;  ///< shown
};

/// Files by name, as they were read.
struct WorldFiles {
    std::map<std::string, std::string> law, calendars, zones;
};

struct RecordedAssessment {
    std::uint64_t seq = 0;        ///< its own entry
    std::uint64_t last_entry = 0;  ///< the last entry that counted
    AssessmentAsked asked;
    std::string program;                     ///< `duenotice 0.1.0`
    std::string program_sha256;              ///< of the file of the program: two builds of one version are two programs
    std::string law, calendars, zones;       ///< references to lists
    std::string account_sha256;              ///< of the account that these entries made
    std::optional<std::string> output;       ///< reference to the answer; empty once it is erased
};

Entry assessment_entry(const RecordedAssessment& assessment, const WorldFiles& world, const std::string& output, const Writer& writer);
/// Empty for an entry of another kind.
std::optional<RecordedAssessment> read_assessment(const RecordedEntry& entry);
std::vector<RecordedAssessment> assessments_of(const std::vector<RecordedEntry>& entries);

/// By the ending of the name: `application/xml`, `text/csv`, `application/pdf`; else `application/octet-stream`.
std::string media_type_of(const std::string& file_name);

}  // namespace duenotice
