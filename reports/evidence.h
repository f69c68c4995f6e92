#pragma once
// The sheets of the evidence workbook that need no case record: read me, summary, duties, deadlines, steps, facts,
// populations, judgements, not owed, not covered, recipients, questions, changes, law used, calendars and zones, controls.

#include <vector>

#include "engine/explanation.h"
#include "engine/record/record_view.h"
#include "reports/workbook.h"
#include "reports/wording.h"

namespace duenotice {

/// What one step of knowledge changed: the account as known at `from` and at `to`, at the same moment.
struct KnownChanges {
    Instant from, to;
    std::vector<DutyChange> changes;
};

/// With a record, its tables follow as sheets.
std::vector<Sheet> evidence_sheets(const ReportContext& context, const std::vector<KnownChanges>& changes = {}, const std::vector<RecordTable>& record = {});
WorkbookMeta workbook_meta(const ReportContext& context);

}  // namespace duenotice
