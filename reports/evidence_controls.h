#pragma once
// The last sheet but one: whether the rows of all sheets tie with each other, with the assessment and with the record.

#include <string>
#include <vector>

#include "engine/assessment.h"
#include "engine/record/record_view.h"
#include "reports/workbook.h"

namespace duenotice {

/// `sheets`: all that stand before it; `leaf`: what its rows say of their place in the record.
Sheet controls_sheet(const Assessment& assessment, const std::vector<Sheet>& sheets, const std::vector<RecordTable>& record, const std::string& leaf);

}  // namespace duenotice
