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
void add_case_part(CLI::App& matter, const CaseProgram& program);
/// assess, replay.
void add_case_assess(CLI::App& matter, const CaseProgram& program);
void add_case_diff(CLI::App& matter, const CaseProgram& program);
/// judge, judgements.
void add_case_judge(CLI::App& matter, const CaseProgram& program);
/// decide, open-items, close, reopen.
void add_case_decide(CLI::App& matter, const CaseProgram& program);
void add_case_confirm(CLI::App& matter, const CaseProgram& program);
/// draft, approve, withdraw-approval, approvals.
void add_case_approve(CLI::App& matter, const CaseProgram& program);
void add_case_filing(CLI::App& matter, const CaseProgram& program);
/// plan, attempt, mass, receipt, deliveries.
void add_case_delivery(CLI::App& matter, const CaseProgram& program);
/// told, request, answer, requests, all-clear.
void add_case_told(CLI::App& matter, const CaseProgram& program);
/// grant, revoke, accounts, own-key.
void add_case_access(CLI::App& matter, const CaseProgram& program);

}  // namespace duenotice
