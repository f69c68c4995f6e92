#include "reports/evidence_lines.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "rules/text_parts.h"

namespace duenotice {

namespace {

using SortedJson = nlohmann::json;

std::string line(const SortedJson& json) { return json.dump(-1, ' ', false, SortedJson::error_handler_t::replace) + '\n'; }

SortedJson value_of(const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* at = std::get_if<Instant>(&cell)) return {{"utc", iso_utc(*at)}};
    const std::string& text = std::get<std::string>(cell);
    return text.empty() ? "-" : text;
}

/// Days since 1899-12-30 as the second that they mean.
std::string instant_of(double days) {
    if (!(std::abs(days) < 3'000'000)) return fmt::format("{}", days);
    return iso_utc(Instant{static_cast<std::int64_t>(std::llround((days - 25569.0) * 86400.0))});
}

std::string shown(const ReadCell* cell, bool as_instant) {
    if (cell == nullptr) return "nothing";
    if (const auto* text = std::get_if<std::string>(&cell->value)) return "`" + text->substr(0, 80) + (text->size() > 80 ? "..." : "") + "`";
    const double number = std::get<double>(cell->value);
    return as_instant ? instant_of(number) : fmt::format("{}", number);
}

std::string wanted_words(const SortedJson& value) {
    if (value.is_object()) return value.value("utc", "");
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    return "`" + text.substr(0, 80) + (text.size() > 80 ? "..." : "") + "`";
}

bool is_same(const ReadCell* cell, const SortedJson& value) {
    if (cell == nullptr || cell->formula) return false;
    if (const auto* text = std::get_if<std::string>(&cell->value)) return value.is_string() && *text == unescape_cell(cell_text(value.get<std::string>()));
    const double number = std::get<double>(cell->value);
    if (value.is_number_integer()) return number == static_cast<double>(value.get<std::int64_t>());
    return value.is_object() && instant_of(number) == value.value("utc", "");
}

bool is_reviewers(const std::string& title) { return std::find(std::begin(reviewer_columns), std::end(reviewer_columns), title) != std::end(reviewer_columns); }

class Comparing {
public:
    explicit Comparing(const ReadWorkbook& book) : book_(book) {}

    WorkbookComparison run(std::string_view lines) {
        for (const std::string_view line : text_parts(lines, '\n')) {
            const SortedJson json = SortedJson::parse(line);
            if (json.contains("columns")) begin(json);
            else row(json);
        }
        finish();
        for (const ReadSheet& sheet : book_.sheets)
            if (seen_.count(sheet.name) == 0 && sheet.name != working_paper_sheet) tell(sheet.name + ": a sheet that is not in the evidence");
        return std::move(result_);
    }

private:
    void tell(std::string words) {
        ++result_.different;
        if (result_.differences.size() < most_differences) result_.differences.push_back(std::move(words));
    }

    const ReadCell* cell(std::uint32_t row, std::size_t column) const {
        if (sheet_ == nullptr) return nullptr;
        const auto found = sheet_->cells.find({row, static_cast<std::uint32_t>(column)});
        return found == sheet_->cells.end() ? nullptr : &found->second;
    }

    void compare(std::uint32_t row, std::size_t column, const SortedJson& value) {
        ++result_.cells;
        if (sheet_ == nullptr) return;
        const ReadCell* there = cell(row, column);
        if (is_same(there, value)) return;
        tell(fmt::format("{}!{}: {}{} in the workbook, {} in the evidence", name_, cell_name(row, static_cast<std::uint32_t>(column)), there != nullptr && there->formula ? "a formula, " : "", shown(there, value.is_object()), wanted_words(value)));
    }

    void begin(const SortedJson& json) {
        finish();
        name_ = json.at("sheet").get<std::string>();
        seen_.insert(name_);
        ++result_.sheets;
        const auto found = std::find_if(book_.sheets.begin(), book_.sheets.end(), [this](const ReadSheet& sheet) { return sheet.name == name_; });
        sheet_ = found == book_.sheets.end() ? nullptr : &*found;
        if (sheet_ == nullptr) tell(name_ + ": the sheet is not in the workbook");
        columns_ = json.at("columns").size();
        rows_ = 0;
        expected_rows_ = json.at("rows").get<std::uint32_t>();
        for (std::size_t column = 0; column < columns_; ++column) compare(0, column, json.at("columns")[column]);
        tie_ = json.at("tie");
    }

    void row(const SortedJson& json) {
        ++rows_;
        if (json.at("sheet") != name_ || json.at("row") != rows_ + 1) throw std::invalid_argument("a row out of order");
        const SortedJson& cells = json.at("cells");
        for (std::size_t column = 0; column < cells.size(); ++column) compare(rows_, column, cells[column]);
    }

    /// The line under the rows, and whatever else stands in columns of the evidence.
    void finish() {
        if (seen_.empty()) return;
        if (rows_ != expected_rows_) throw std::invalid_argument("a sheet with other rows than it counts");
        compare(rows_ + 2, 0, tie_);
        if (sheet_ == nullptr) return;
        for (const auto& [place, there] : sheet_->cells) {
            const auto [row, column] = place;
            const bool of_row = row <= rows_ && column < columns_, of_tie = row == rows_ + 2 && column == 0;
            if (of_row || of_tie) continue;
            const ReadCell* title = column >= columns_ ? cell(0, column) : nullptr;
            const auto* words = title == nullptr ? nullptr : std::get_if<std::string>(&title->value);
            if (words != nullptr && is_reviewers(*words)) continue;
            tell(fmt::format("{}!{}: {} in the workbook, nothing in the evidence", name_, cell_name(row, column), shown(&there, false)));
        }
    }

    const ReadWorkbook& book_;
    WorkbookComparison result_;
    std::set<std::string> seen_;
    std::string name_;
    const ReadSheet* sheet_ = nullptr;
    std::size_t columns_ = 0;
    std::uint32_t rows_ = 0, expected_rows_ = 0;
    SortedJson tie_;
};

}  // namespace

std::string evidence_lines(const std::vector<Sheet>& sheets) {
    std::string text;
    for (const Sheet& sheet : sheets) {
        SortedJson columns = SortedJson::array();
        for (const SheetColumn& column : sheet.columns) columns.push_back(column.title);
        text += line({{"columns", columns}, {"rows", sheet.rows.size()}, {"sheet", sheet.name}, {"tie", tie_line(sheet.rows.size(), sheet.tie)}});
        for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
            SortedJson cells = SortedJson::array();
            for (const Cell& cell : sheet.rows[i]) cells.push_back(value_of(cell));
            text += line({{"cells", cells}, {"row", i + 2}, {"sheet", sheet.name}});
        }
    }
    return text;
}

std::vector<Sheet> working_paper(std::vector<Sheet> sheets, const std::string& original_sha256) {
    for (Sheet& sheet : sheets)
        for (const std::string_view title : reviewer_columns) sheet.columns.push_back({std::string(title), title.starts_with("result") || title.starts_with("rev") ? 24.0 : 14.0});
    Sheet head{std::string(working_paper_sheet), {{"item", 26}, {"value", 90}}, {}, "never evidence"};
    head.rows = {{std::string("what this is"), std::string("a working paper: a copy of the evidence workbook with empty columns for a reviewer on the right of each sheet")},
                 {std::string("SHA-256 of the original"), original_sha256},
                 {std::string("how to fill it in"), std::string("write in the columns on the right alone; do not sort or delete rows, filters do no harm")},
                 {std::string("how to check it"), std::string("duenotice verify LINES --workbook THIS FILE, where LINES are the JSON lines or the bundle that came with the original: each cell of evidence is compared, the columns on the right are passed over")},
                 {std::string("what it is not"), std::string("evidence: what reviewers write here is theirs, and is read back by no command")}};
    sheets.insert(sheets.begin(), std::move(head));
    return sheets;
}

WorkbookComparison compare_workbook(const ReadWorkbook& book, std::string_view lines, std::string& mistake) {
    try {
        return Comparing(book).run(lines);
    } catch (const std::exception& failed) {
        mistake = failed.what();
        return {};
    }
}

}  // namespace duenotice
