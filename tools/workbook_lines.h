#pragma once
// A workbook against the JSON lines that came with it, for whoever verifies.

#include <iosfwd>
#include <string>

namespace duenotice {

/// Prints the first differences, each with sheet and cell, and what was compared. False where a cell is another one;
/// FileError where either cannot be read.
bool same_workbook(const std::string& book_name, const std::string& book_bytes, const std::string& lines_name, const std::string& lines, std::ostream& out);

}  // namespace duenotice
