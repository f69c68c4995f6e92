#pragma once
// Erasure that leaves nothing on the file: rows are overwritten (secure_delete), the write-ahead log is emptied, the file is
// built anew (VACUUM), and then the bytes of database, log and index are searched for what was erased. Copies, backups and
// blocks that the file system has given back lie outside.

#include <span>
#include <string>
#include <vector>

#include "engine/record/case_file.h"
#include "engine/record/redaction.h"

namespace duenotice {

struct Erased {
    Appended written;
    std::vector<std::string> needles;  ///< salts and names of artefacts that must be found nowhere, and the content itself where nothing else says the same
};

/// Writes the redactions and erases their content with the artefacts that it alone names, in one transaction. EntryRefused
/// where a hold, a missing approver or the record keeps it.
Erased erase(CaseFile& file, std::span<const Entry> redactions, const SigningKey& key, RecordClock now);

/// Those of the file, its log and its index in which one of the needles stands.
std::vector<std::string> files_holding(const std::string& path, std::span<const std::string> needles);

/// Where else in the record a text still stands, as it is or as JSON, HTML and XML spell it: fields of other entries, by
/// content or by the artefacts that they name.
std::vector<FieldOfEntry> fields_holding(const CaseFile& file, const std::string& text);

}  // namespace duenotice
