#pragma once
// What moves if a duty is done at an instant, for people (80 columns) and as JSON.

#include <string>

#include "engine/projection.h"
#include "reports/wording.h"

namespace duenotice {

std::string if_done_text(const IfDone& result, const ReportContext& context);
/// `{"duty", "if_done_utc", "timing", "moves": [{"duty", "before_utc", "before_projected", "after_utc", "after_projected", "becomes"}]}`, one line.
std::string if_done_json(const IfDone& result);

}  // namespace duenotice
