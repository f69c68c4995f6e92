#pragma once
// The whole Assessment for other programs, schema `assessment/1`; tokens of SEMANTICS, instants in UTC beside the local
// clock of the deadline's zone. Lists keep the Assessment's total order, so that same inputs give same bytes.

#include <string>
#include <string_view>
#include <vector>

#include "engine/explanation.h"
#include "reports/wording.h"

namespace duenotice {

/// One object, indented; compact gives one line.
std::string assessment_json(const ReportContext& context, bool compact = false);
/// One line a incident for batches: live duties only, short members.
std::string batch_line_json(const Assessment& assessment);
std::string explanation_json(const Explanation& explanation, const ReportContext& context);
std::string questions_json(const ReportContext& context);
std::string diff_json(const std::vector<DutyChange>& changes);

/// A JSON string literal of UTF-8 text; what is not UTF-8 becomes U+FFFD.
std::string json_string(std::string_view text);

}  // namespace duenotice
