#pragma once
// Which edition somebody asked for, and what that comes to: the duties and the recipient that it is about, and the content
// of entries that a bundle of it leaves out.

#include <map>
#include <string>
#include <vector>

#include "engine/assessment.h"
#include "engine/record/case_file.h"
#include "reports/edition.h"

namespace CLI {
class App;
}

namespace duenotice {

struct EditionChoice {
    std::string edition, authority, owner;  ///< edition empty: the one that suits the account
    /// Once settled: whether it can be told what it is about without asking the law.
    bool needs_no_law() const { return edition == "counsel" || edition == "auditor"; }
};
/// --edition, --authority, --owner.
void add_edition_options(CLI::App& command, EditionChoice& choice);

/// With an edition: auditor for an account that only audits the record, counsel for others. InputMistakes at `input` where
/// such an account asks for the one that gives all.
EditionChoice settled(EditionChoice choice, const std::vector<RecordedEntry>& entries, const std::string& account, const std::string& input);

/// InputMistakes at `input` where an authority or owner is missing, or is none of this incident; those that are, are named.
EditionSubject edition_subject(const EditionChoice& choice, const Assessment& assessment, const std::string& input);
/// Of counsel and auditor.
EditionSubject edition_subject(const EditionChoice& choice);

/// Entries whose content is under legal privilege.
std::set<std::string> privileged_entries(const std::vector<RecordedEntry>& entries);

/// Content that a bundle of this edition leaves out, each with its ground.
std::map<FieldOfEntry, std::string> left_out(const EditionSubject& subject, const std::vector<RecordedEntry>& entries);

}  // namespace duenotice
