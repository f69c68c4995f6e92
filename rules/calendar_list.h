#pragma once
// The calendars that an importer wrote: text files of days, one line a name, from public packages. They become the same
// CalendarSpec as a calendar.xml, so that the engine knows no difference but one: which years two sources confirm. The
// form of the lines stands in jurisdictions/_calendars/README.md. What a file does not tell (a year that another source
// replaces) is joined from the other file, and a year told by none or by two is a mistake, never a guess.

#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar_spec.h"
#include "rules/diagnostic.h"

namespace duenotice {

/// Reads a file of imported calendars; `include` is resolved within the file. Every mistake has its place (DN0630).
Checked<std::vector<CalendarSpec>> parse_calendar_list(SourcePtr source);

/// One calendar from the files that tell years of it: all of one id; every year of the joint span in exactly one of
/// them, else DN0631.
Checked<CalendarSpec> join_calendars(std::vector<CalendarSpec> parts);

/// A row of index.csv: where a calendar stands and what it covers.
struct CalendarRow {
    std::string id, file, place, years, confirmed;
};
/// The index, sorted by id; a row without five cells is a mistake (DN0630).
Checked<std::vector<CalendarRow>> parse_calendar_index(SourcePtr source);

}  // namespace duenotice
