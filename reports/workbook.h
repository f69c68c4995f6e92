#pragma once
// Sheets as data and their writer: frozen header, filter, real dates in UTC, ids as text, no formulas, no macros, no hidden
// or merged cells. Written with constant memory to a path that the caller hands in (a private folder); same data, same
// bytes: the creation time is the as-of.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "rules/instant.h"

namespace duenotice {

/// Text, whole number or instant (written as a date-time in UTC). Empty text is never written: say why there is nothing.
using Cell = std::variant<std::string, std::int64_t, Instant>;

struct SheetColumn {
    std::string title;
    double width = 14;
};

struct Sheet {
    std::string name;
    std::vector<SheetColumn> columns;
    std::vector<std::vector<Cell>> rows;
    std::string tie;  ///< last line: row count and what it ties with
};

struct WorkbookMeta {
    std::string title, subject, footer;  ///< footer: code, as-of, edition
    Instant created;
    std::string head = {};  ///< on the right of each page's head
};

/// A text as its cell holds it: what is too long for a cell is cut, and says so.
std::string cell_text(const std::string& text);

/// The line under the rows of a sheet.
std::string tie_line(std::size_t rows, const std::string& tie);

/// Empty when written; else what failed.
std::string write_workbook(const std::vector<Sheet>& sheets, const WorkbookMeta& meta, const std::string& path, const std::string& temporary_folder);

}  // namespace duenotice
