#pragma once
// Strict CSV (RFC 4180) with places: a header row, then rows with as many cells as it has; cells in quotes may hold
// commas, quotes written twice and line ends. A byte order mark is skipped; blank lines at the end are allowed. Where the
// header row has semicolons or tabs and no comma, they part the cells, as in the spreadsheets of many countries. Every
// cell knows its row and column, so that a mistake in it can be shown.

#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"

namespace duenotice {

struct CsvCell {
    std::string text;  ///< without quotes
    Span span;
};
using CsvRow = std::vector<CsvCell>;

struct CsvTable {
    CsvRow header;
    std::vector<CsvRow> rows;
};

inline constexpr std::size_t csv_most_bytes = 64U << 20U;

/// All rows, or every mistake with its place (DN0540 to DN0543).
Checked<CsvTable> read_csv(SourcePtr source);

}  // namespace duenotice
