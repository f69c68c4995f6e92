#pragma once
// What the tests about time share: rows of tests/tables/*.csv, the counting laws that ship, frozen calendars.

#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar.h"
#include "rules/instant.h"
#include "engine/period.h"
#include "rules/counting_law.h"
#include "rules/date.h"

namespace duenotice::test {

/// Rows of `tests/tables/NAME`; comment lines start with #; the last column takes the rest of the line.
std::vector<std::vector<std::string>> read_table(std::string_view name, std::size_t columns);
/// A file of the source tree, as a source with its path from the root as name.
SourcePtr source_file(std::string_view path_from_root);

/// `jurisdictions/_shared/counting.xml`.
const CountingLaws& counting_laws();
const CountingLaw& counting_law(std::string_view id);
/// `tests/tables/calendars.xml`.
const CalendarSet& test_calendars();
/// Null for `-`.
const Calendar* test_calendar(std::string_view id);

Instant instant(std::string_view text);
Date day(std::string_view text);
/// "72" + "hours", "0 1 15" + "years+months+days".
Period period(std::string_view amount, std::string_view unit);

}  // namespace duenotice::test
