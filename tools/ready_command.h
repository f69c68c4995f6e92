#pragma once
// `ready`: what is missing before any incident.

#include "tools/case_writing.h"

namespace duenotice {

/// `ready [--group group.json]`: no incident is read; the profile and contracts.csv beside it are.
void add_ready(CLI::App& app, const CaseProgram& program);

}  // namespace duenotice
