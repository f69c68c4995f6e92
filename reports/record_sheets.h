#pragma once
// The tables of a record as sheets of the workbook: instants as dates, all else as text; each row leads to its entry.

#include <vector>

#include "engine/record/record_view.h"
#include "reports/workbook.h"

namespace duenotice {

std::vector<Sheet> record_sheets(const std::vector<RecordTable>& tables);

}  // namespace duenotice
