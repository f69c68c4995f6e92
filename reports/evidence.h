#pragma once
// The sheets of the evidence workbook that need no case record: read me, summary, duties, deadlines, steps, facts,
// populations, judgements, not owed, not covered, recipients, questions, law used, calendars and zones, controls.

#include <vector>

#include "reports/workbook.h"
#include "reports/wording.h"

namespace duenotice {

std::vector<Sheet> evidence_sheets(const ReportContext& context);
WorkbookMeta workbook_meta(const ReportContext& context);

}  // namespace duenotice
