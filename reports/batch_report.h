#pragma once
// The portfolio report: what is passed, due in 24 hours, due in 7 days, by entity, regulator and owner; totals that tie.
// Rows carry the incident's code, never its title, unless asked.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reports/workbook.h"
#include "reports/wording.h"

namespace duenotice {

/// One live duty of one incident, with what the report needs and nothing else.
struct BatchRow {
    std::string incident, entity, recipient, to_brief, act, what, duty, citation, place, population, owner, deputy, waits_for, local;
    std::optional<Instant> safe, maximum, counted;  ///< as of a Deadline
    Verdict verdict = Verdict::Undetermined;
    Done done = Done::Nothing;
    Timing timing = Timing::NoClock;
    std::string timing_words, modifiers, grade, asked_by;
    std::string_view log_in;  ///< of log_in_word
    bool law = true;          ///< not a promise by contract and not a house rule
};

/// Duties by verdict; `due`: owed and not done.
struct VerdictCounts {
    std::uint64_t owed = 0, open = 0, not_owed = 0, due = 0;
};

struct BatchRefused {
    std::size_t line = 0;
    std::string incident, reason;
};

struct BatchRun {
    std::string input, input_hash;
    std::int64_t expected = -1, read = 0, assessed = 0, refused = 0, duplicates = 0, drills = 0;
    VerdictCounts law;                         ///< what law asks
    std::map<std::string, VerdictCounts> own;  ///< `by contract`, `house rule`: no law, in no total of law
    std::uint64_t by_tree = 0, by_split = 0, inexact = 0, open_without_fact = 0;
    std::int64_t milliseconds = 0;
    Instant as_of;
    std::string program, law_edition, law_fingerprint, tzdata;
    std::string zone_data_note;                ///< of zone data that are old; empty: none
    std::vector<BatchRefused> refused_lines;
    std::vector<std::string> duplicate_ids;
    std::vector<BatchRow> rows;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> not_covered;  ///< place: incidents, people at least
    std::map<std::string, std::uint64_t> families;                             ///< family: incidents
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> questions;  ///< fact: duties, incidents
    std::vector<std::vector<Cell>> register_rows;                              ///< breach register
    bool ties() const { return read == assessed + refused + duplicates + drills && (expected < 0 || expected == read); }
};

/// Adds the live duties of one assessment.
void add_assessment(BatchRun& run, const ReportContext& context);
std::string batch_text(const BatchRun& run);
std::string batch_html(const BatchRun& run);
std::string batch_csv(const BatchRun& run);
std::string batch_json(const BatchRun& run);
std::vector<Sheet> batch_sheets(const BatchRun& run);

}  // namespace duenotice
