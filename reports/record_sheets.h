#pragma once
// The tables of a record as sheets of the workbook: instants as dates, all else as text; each row leads to its entry.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/record_view.h"
#include "reports/workbook.h"

namespace duenotice {

/// Cells of a column of a table, of the rows that fit a condition on the column `of`.
std::vector<std::string> recorded_cells(const std::vector<RecordTable>& tables, std::string_view table, std::string_view column, const std::function<bool(const std::string&)>& good, std::string_view of);

std::vector<Sheet> record_sheets(const std::vector<RecordTable>& tables);

}  // namespace duenotice
