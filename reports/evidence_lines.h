#pragma once
// The sheets of a workbook as JSON lines, the same values for programs, and a workbook held against them cell by cell. A
// line a sheet, then a line a row:
//
//     {"columns":["row id","duty"],"rows":2,"sheet":"Duties","tie":"..."}
//     {"cells":["R0001",{"utc":"2026-11-21T03:40:00Z"},3],"row":2,"sheet":"Duties"}

#include <string>
#include <string_view>
#include <vector>

#include "reports/workbook.h"
#include "reports/workbook_reader.h"

namespace duenotice {

std::string evidence_lines(const std::vector<Sheet>& sheets);

/// Columns that a reviewer fills in and no evidence is in; a working paper has them behind those of each sheet.
inline constexpr std::string_view reviewer_columns[] = {"tested by", "tested on", "result (ok, exception, not tested)", "reference", "reviewer's note"};
inline constexpr std::string_view working_paper_sheet = "Working paper";

/// The sheets with empty reviewer columns, behind a sheet that says what this is and of which file.
std::vector<Sheet> working_paper(std::vector<Sheet> sheets, const std::string& original_sha256);

struct WorkbookComparison {
    std::size_t sheets = 0, cells = 0;      ///< of the evidence
    std::size_t different = 0;
    std::vector<std::string> differences;  ///< the first ones: `Duties!C4: ...`
};
inline constexpr std::size_t most_differences = 20;
/// What the workbook has otherwise than the lines. Reviewer columns and the sheet of a working paper are passed over.
/// `mistake` says what is wrong with the lines, where something is.
WorkbookComparison compare_workbook(const ReadWorkbook& book, std::string_view lines, std::string& mistake);

}  // namespace duenotice
