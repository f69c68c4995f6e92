#pragma once
// The subcommands of `case`: one matter, one file, entries that are only added. Each hangs itself up in the command line
// from a file of its own. The private key stands in a file of its own beside the record, 0600, and in no argument, output
// or message.

#include "tools/case_writing.h"

namespace duenotice {

/// init, open, show, status, log, verify.
void add_case_record(CLI::App& matter, const CaseProgram& program);
/// assert, correct.
void add_case_statements(CLI::App& matter, const CaseProgram& program);
void add_case_import(CLI::App& matter, const CaseProgram& program);

}  // namespace duenotice
