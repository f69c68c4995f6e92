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
    std::string beside;     ///< a date: standards in words, and that some limit cannot be counted
    std::string by;         ///< `Fri 20 Nov 16:14`, or the start that is waited for
    std::string left;       ///< `2h30`, `-9h56`
    std::string owed;       ///< OWED, OPEN, MAY
    std::string who, what, to;  ///< in full; `what` names its population, place, contract or event
    std::string basis;      ///< provision and grade
    std::vector<std::string> notes;  ///< steps, readings, open facts, recipient's own clock, modifiers
    // the same for 80 columns
    std::string who_brief, title, of_whom, to_brief, law_brief;
    std::vector<std::string> brief;  ///< notes without those that only the page, the workbook and `explain` need
};

std::vector<TimetableRow> timetable(const ReportContext& context);
/// Rows of a group, those of one duty put together that differ in population, place, contract or event alone. Never those of
/// two entities: each sends its own, and one row would read as if one filing were enough.
std::vector<std::vector<const TimetableRow*>> rows_alike(const std::vector<TimetableRow>& rows, TimetableGroup group);
/// `Notify the authority (staff; customers) 2 duties`.
std::string what_of(const std::vector<const TimetableRow*>& alike);
/// The next limit that can still be met, or the oldest passed one without a filing; null when there is none.
const TimetableRow* next_row(const std::vector<TimetableRow>& rows, const ReportContext& context);
/// How the deadline came about in one line: `4 h from classified Sat 00:40`.
std::string steps_line(const Alternative& alternative, const ReportContext& context);

}  // namespace duenotice
