#include "tools/workbook_lines.h"

#include <ostream>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/evidence_lines.h"
#include "reports/outlook.h"
#include "tools/atomic_file.h"

namespace duenotice {

bool same_workbook(const std::string& book_name, const std::string& book_bytes, const std::string& lines_name, const std::string& lines, std::ostream& out) {
    const auto book = read_workbook(book_bytes);
    if (const auto* mistake = std::get_if<std::string>(&book)) throw FileError(book_name, *mistake);
    std::string mistake;
    const WorkbookComparison compared = compare_workbook(std::get<ReadWorkbook>(book), lines, mistake);
    if (!mistake.empty()) throw FileError(lines_name, "holds no lines of a workbook: " + mistake);
    for (const std::string& difference : compared.differences) out << escape_terminal(difference) << "\n";
    if (compared.different > compared.differences.size()) out << fmt::format("and {} more\n", compared.different - compared.differences.size());
    out << fmt::format("{}: {}, {}, {} other than in {}\n", book_name, count_words(compared.sheets, "sheet", "sheets"), count_words(compared.cells, "cell of evidence", "cells of evidence"), compared.different, lines_name);
    return compared.different == 0;
}

}  // namespace duenotice
