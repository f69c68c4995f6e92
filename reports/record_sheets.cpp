#include "reports/record_sheets.h"

#include <algorithm>
#include <string>

namespace duenotice {

namespace {

constexpr std::size_t narrow = 10, wide = 66;  // a SHA-256 stands in one line

/// `2026-11-20T10:00:00Z` is a date; whatever is not exactly that stays text.
Cell cell_of(const std::string& text) {
    const auto instant = text.ends_with('Z') ? parse_instant(text) : std::nullopt;
    if (instant && iso_utc(*instant) == text) return *instant;
    return text;
}

double width_of(const RecordTable& table, std::size_t column) {
    std::size_t most = table.columns[column].size();
    for (const auto& row : table.rows) most = std::max(most, row[column].size());
    return static_cast<double>(std::clamp(most + 2, narrow, wide));
}

}  // namespace

std::vector<std::string> recorded_cells(const std::vector<RecordTable>& tables, std::string_view table, std::string_view column, const std::function<bool(const std::string&)>& good, std::string_view of) {
    std::vector<std::string> found;
    for (const RecordTable& each : tables) {
        if (each.name != table) continue;
        const auto at = [&](std::string_view title) { return static_cast<std::size_t>(std::find(each.columns.begin(), each.columns.end(), title) - each.columns.begin()); };
        for (const auto& row : each.rows)
            if (good(row.at(at(of)))) found.push_back(row.at(at(column)));
    }
    return found;
}

std::vector<Sheet> record_sheets(const std::vector<RecordTable>& tables) {
    std::vector<Sheet> sheets;
    for (const RecordTable& table : tables) {
        Sheet sheet{table.name, {}, {}, "each row has its entry in the record, where there is one"};
        for (std::size_t column = 0; column < table.columns.size(); ++column) sheet.columns.push_back({table.columns[column], width_of(table, column)});
        for (const auto& row : table.rows) {
            std::vector<Cell> cells;
            for (const std::string& text : row) cells.push_back(cell_of(text));
            sheet.rows.push_back(std::move(cells));
        }
        sheets.push_back(std::move(sheet));
    }
    return sheets;
}

}  // namespace duenotice
