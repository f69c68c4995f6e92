#pragma once
// The rows of the timetable in the order in which a tired reader needs them, without any format: terminal, page, summary,
// workbook and batch all draw from here, so that they cannot disagree.

#include <string>
#include <vector>

#include "reports/wording.h"

namespace duenotice {

enum class TimetableGroup : std::uint8_t { Now, ByTime, NotStarted, Optional, SetAside, NotOwed };

struct TimetableRow {
    TimetableGroup group = TimetableGroup::ByTime;
    const Duty* duty = nullptr;
    std::string by;         ///< `Fri 20 Nov 16:14`, or the start that is waited for
    std::string left;       ///< `2h30`, `-9h56`
    std::string owed;       ///< OWED, OPEN, MAY
    std::string who, what, to;
    std::string basis;      ///< provision and grade
    std::vector<std::string> notes;  ///< steps, readings, open facts, recipient's own clock, modifiers
    std::string fold;       ///< rows with the same key wait for the same answer; empty: never folded
};

std::vector<TimetableRow> timetable(const ReportContext& context);
/// The next limit that can still be met, or the oldest passed one without a filing; null when there is none.
const TimetableRow* next_row(const std::vector<TimetableRow>& rows, const ReportContext& context);
/// How the deadline came about in one line: `4 h from classified Sat 00:40`.
std::string steps_line(const Alternative& alternative, const ReportContext& context);

}  // namespace duenotice
