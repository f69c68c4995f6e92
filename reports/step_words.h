#pragma once
// The steps of a count for people, one step a line. Days off one after the other are named each with its date, its name
// and whose day off it is; a long row of them is folded: weekend days into one line, holidays still by name up to a
// number. What is folded stands whole in the JSON outputs and in the workbook.

#include <string>
#include <string_view>
#include <vector>

#include "engine/counting.h"

namespace duenotice {

/// The citation of a step follows in brackets where it is not `cited`, which the reader has above the steps.
std::vector<std::string> step_lines(const std::vector<Step>& steps, std::string_view cited);

}  // namespace duenotice
