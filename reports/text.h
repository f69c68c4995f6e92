#pragma once
// The terminal timetable: 80 columns, no colour needed, sorted by time and not by verdict, not-covered first. A row is
// never cut; words wrap under their column. `plain` gives one tab-separated line a row.

#include <string>
#include <vector>

#include "engine/explanation.h"
#include "reports/wording.h"

namespace duenotice {

struct TextOptions {
    bool unfold = false;      ///< show each of the duties that wait for the same answer
    bool show_not_owed = false;
    bool colour = false;
    std::string input;        ///< file name, for the commands in the foot
};

std::string timetable_text(const ReportContext& context, const TextOptions& options = {});
std::string timetable_plain(const ReportContext& context);
std::string questions_text(const ReportContext& context);
/// `whole`: with the parts of the law that do not decide.
std::string explanation_text(const Explanation& explanation, const ReportContext& context, bool whole = false);
std::string diff_text(const std::vector<DutyChange>& changes, bool with_same = false);

}  // namespace duenotice
