#pragma once
// What is done with a record as a whole: content erased, kept under a legal hold, handed out as a bundle, stamped, copied
// and brought back, examined; and what somebody outside does with it: verify, witness, the register over many records.

#include "tools/case_writing.h"

namespace duenotice {

/// `case redact|legal-hold|exports`: after an erasure the bytes of the file, its log and its index are searched for it.
void add_case_redaction(CLI::App& matter, const CaseProgram& program);
/// `case bundle`, entered in the register of exports; `case timestamp`.
void add_case_bundle(CLI::App& matter, const CaseProgram& program);
/// `case backup|restore|fsck`.
void add_case_copies(CLI::App& matter, const CaseProgram& program);
/// `evidence`: the workbook, in an edition.
void add_evidence(CLI::App& app, const CaseProgram& program);
/// `verify FOLDER` and `witness STATE CASE|FOLDER`.
void add_verify(CLI::App& app, const CaseProgram& program);
/// `register FOLDER`: breach register and annual log over the records of a folder.
void add_register(CLI::App& app, const CaseProgram& program);

}  // namespace duenotice
