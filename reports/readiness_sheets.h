#pragma once
// The workbook of `duenotice ready`: recipients with what is missing, the duties behind them, what the profile leaves open.

#include "reports/readiness.h"
#include "reports/workbook.h"

namespace duenotice {

std::vector<Sheet> readiness_sheets(const Readiness& ready, const ReportContext& context);

}  // namespace duenotice
