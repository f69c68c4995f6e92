#pragma once
// `ready`: what is missing before any incident; `told`: what was told in one, beside what is known now.

#include "tools/case_writing.h"

namespace duenotice {

/// `ready [--group group.json]`: no incident is read; the profile and contracts.csv beside it are.
void add_ready(CLI::App& app, const CaseProgram& program);
/// `told INPUT`: statements against facts, of an incident file or a case file.
void add_told(CLI::App& app, const CaseProgram& program);

}  // namespace duenotice
