#include "reports/workbook.h"

#include <algorithm>

#include <xlsxwriter.h>

#include "reports/escape.h"
#include "reports/text_layout.h"

namespace duenotice {

namespace {

constexpr std::size_t rows_a_sheet = 1'048'570;
constexpr std::size_t most_text = 32'700;

constexpr double line_points = 15.0;
constexpr std::size_t most_lines = 27;        ///< 409 points are the most that a row may have
constexpr double page_columns = 190.0;        ///< characters across a printed page that can still be read
constexpr double frozen_columns = 60.0;       ///< ids that stay in sight

/// Days since 1899-12-30, as spreadsheets count.
double serial(Instant at) { return static_cast<double>(at.seconds) / 86400.0 + 25569.0; }

struct Formats {
    lxw_format *header, *text, *number, *time, *tie;
};

Formats make_formats(lxw_workbook* book) {
    Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book), workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.header);
    format_set_bg_color(formats.header, 0xD9E2EC);
    format_set_bottom(formats.header, LXW_BORDER_THIN);
    format_set_text_wrap(formats.header);
    format_set_align(formats.header, LXW_ALIGN_VERTICAL_TOP);
    for (lxw_format* format : {formats.text, formats.number, formats.time, formats.tie}) format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    for (lxw_format* format : {formats.text, formats.number, formats.time}) {
        format_set_bottom(format, LXW_BORDER_HAIR);
        format_set_right(format, LXW_BORDER_HAIR);
        format_set_border_color(format, 0x999999);
    }
    format_set_text_wrap(formats.text);
    format_set_num_format(formats.text, "@");
    format_set_num_format(formats.number, "0");
    format_set_align(formats.number, LXW_ALIGN_RIGHT);
    format_set_indent(formats.number, 1);
    format_set_align(formats.time, LXW_ALIGN_LEFT);
    format_set_num_format(formats.time, "yyyy-mm-dd hh:mm");
    format_set_italic(formats.tie);
    return formats;
}

}  // namespace

std::string tie_line(std::size_t rows, const std::string& tie) { return std::to_string(rows) + (rows == 1 ? " row" : " rows") + (tie.empty() ? "" : "; " + tie); }

std::string cell_text(const std::string& text) {
    std::string cell = escape_cell(text.empty() ? std::string("-") : text);
    if (cell.size() <= most_text) return cell;
    std::size_t cut = most_text;
    while (cut > 0 && (static_cast<unsigned char>(cell[cut]) & 0xC0U) == 0x80U) --cut;
    return cell.substr(0, cut) + " ... (cut; whole in the JSON)";
}

namespace {

lxw_error write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell, const Formats& formats) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return worksheet_write_number(sheet, row, column, static_cast<double>(*number), formats.number);
    if (const auto* at = std::get_if<Instant>(&cell)) return worksheet_write_number(sheet, row, column, serial(*at), formats.time);
    return worksheet_write_string(sheet, row, column, cell_text(std::get<std::string>(cell)).c_str(), formats.text);
}

/// Lines that a text takes in a column: programs that do not fit rows by themselves would print one row over the next.
std::size_t lines_in(std::string_view text, double width) {
    const std::size_t most = std::max<std::size_t>(4, static_cast<std::size_t>(width) - 1);
    std::size_t lines = 0;
    for (bool more = true; more;) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        more = end != std::string_view::npos;
        lines += line.size() <= most ? 1 : wrap(line, most).size();
        if (more) text.remove_prefix(end + 1);
    }
    return lines;
}

/// Columns wide enough that no row needs more lines than a row may have; text past that would be hidden from the eye.
std::vector<SheetColumn> fitted(const Sheet& data) {
    constexpr double widest = 240.0;
    std::vector<SheetColumn> columns = data.columns;
    for (const std::vector<Cell>& cells : data.rows)
        for (std::size_t c = 0; c < cells.size() && c < columns.size(); ++c) {
            const auto* text = std::get_if<std::string>(&cells[c]);
            if (text == nullptr || static_cast<double>(text->size()) < columns[c].width * most_lines / 2) continue;
            while (columns[c].width < widest && lines_in(*text, columns[c].width) > most_lines) columns[c].width += 10;
        }
    return columns;
}

double height_of(const std::vector<Cell>& cells, const std::vector<SheetColumn>& columns) {
    std::size_t lines = 1;
    for (std::size_t c = 0; c < cells.size() && c < columns.size(); ++c)
        if (const auto* text = std::get_if<std::string>(&cells[c])) lines = std::max(lines, lines_in(*text, columns[c].width));
    return line_points * static_cast<double>(std::min(lines, most_lines));
}

double header_height(const std::vector<SheetColumn>& columns) {
    std::size_t lines = 1;
    for (const SheetColumn& column : columns) lines = std::max(lines, lines_in(column.title, column.width - 2));
    return line_points * static_cast<double>(lines);
}

/// How many of the first columns stay in sight beside the rest and are printed again on each page across.
lxw_col_t kept_columns(const std::vector<SheetColumn>& columns) {
    if (columns.size() < 8) return 0;
    return columns[0].width + columns[1].width <= frozen_columns ? 2 : 1;
}

void set_up(lxw_worksheet* sheet, const std::string& name, const std::vector<SheetColumn>& columns, const WorkbookMeta& meta) {
    double across = 0;
    for (const SheetColumn& column : columns) across += column.width;
    const lxw_col_t kept = kept_columns(columns);
    worksheet_freeze_panes(sheet, 1, kept);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);
    worksheet_fit_to_pages(sheet, static_cast<std::uint16_t>(across / page_columns) + 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    if (kept > 0) worksheet_repeat_columns(sheet, 0, static_cast<lxw_col_t>(kept - 1));
    worksheet_set_header(sheet, ("&L" + name + (meta.head.empty() ? std::string() : "&R" + meta.head)).c_str());
    worksheet_set_footer(sheet, ("&L" + meta.footer + "&RPage &P of &N").c_str());
    worksheet_set_margins(sheet, 0.4, 0.4, 0.6, 0.6);
    for (std::size_t c = 0; c < columns.size(); ++c) worksheet_set_column(sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), columns[c].width, nullptr);
}

lxw_error write_sheet(lxw_workbook* book, const Sheet& data, const std::vector<SheetColumn>& columns, const std::string& name, std::size_t first, std::size_t last, const Formats& formats, const WorkbookMeta& meta) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, name.c_str());
    if (sheet == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
    set_up(sheet, name, columns, meta);
    lxw_error error = LXW_NO_ERROR;
    const auto keep = [&error](lxw_error one) {
        if (error == LXW_NO_ERROR) error = one;
    };
    keep(worksheet_set_row(sheet, 0, header_height(columns), nullptr));
    for (std::size_t c = 0; c < columns.size(); ++c) keep(worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(c), columns[c].title.c_str(), formats.header));
    lxw_row_t row = 1;
    for (std::size_t i = first; i < last; ++i, ++row) {
        keep(worksheet_set_row(sheet, row, height_of(data.rows[i], columns), nullptr));
        for (std::size_t c = 0; c < data.rows[i].size(); ++c) keep(write_cell(sheet, row, static_cast<lxw_col_t>(c), data.rows[i][c], formats));
    }
    if (!columns.empty()) keep(worksheet_autofilter(sheet, 0, 0, std::max<lxw_row_t>(row - 1, 1), static_cast<lxw_col_t>(columns.size() - 1)));
    keep(worksheet_write_string(sheet, row + 1, 0, tie_line(last - first, data.tie).c_str(), formats.tie));
    return error;
}

}  // namespace

std::string write_workbook(const std::vector<Sheet>& sheets, const WorkbookMeta& meta, const std::string& path, const std::string& temporary_folder) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = const_cast<char*>(temporary_folder.c_str());
    lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
    if (book == nullptr) return "the workbook cannot be opened";
    lxw_doc_properties properties{};
    properties.title = const_cast<char*>(meta.title.c_str());
    properties.subject = const_cast<char*>(meta.subject.c_str());
    std::string author = "duenotice";
    properties.author = author.data();
    properties.created = static_cast<decltype(properties.created)>(meta.created.seconds);
    workbook_set_properties(book, &properties);
    const Formats formats = make_formats(book);
    lxw_error error = LXW_NO_ERROR;
    for (const Sheet& sheet : sheets) {
        std::size_t part = 0;
        const std::vector<SheetColumn> columns = fitted(sheet);
        for (std::size_t first = 0; first == 0 || first < sheet.rows.size(); first += rows_a_sheet) {
            const std::string name = part++ == 0 ? sheet.name : sheet.name.substr(0, 26) + " " + std::to_string(part);
            const lxw_error one = write_sheet(book, sheet, columns, name, first, std::min(sheet.rows.size(), first + rows_a_sheet), formats, meta);
            if (error == LXW_NO_ERROR) error = one;
        }
    }
    const lxw_error closed = workbook_close(book);
    if (error == LXW_NO_ERROR) error = closed;
    return error == LXW_NO_ERROR ? std::string() : std::string(lxw_strerror(error));
}

}  // namespace duenotice
