#include "reports/text_layout.h"

#include <algorithm>

namespace duenotice {

std::size_t text_width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

namespace {

/// Byte length of the first `columns` code points.
std::size_t prefix(std::string_view text, std::size_t columns) {
    std::size_t i = 0;
    while (i < text.size() && columns > 0) {
        ++i;
        while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) ++i;
        --columns;
    }
    return i;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::string line;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t blanks_from = at;
        while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
        const std::string blanks(std::max<std::size_t>(1, at - blanks_from), ' ');
        std::size_t end = at;
        while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
        std::string_view word = text.substr(at, end - at);
        at = end;
        while (!word.empty()) {
            const std::size_t used = line.empty() ? 0 : text_width(line) + blanks.size();
            if (used + text_width(word) <= width) {
                line += (line.empty() ? "" : blanks) + std::string(word);
                break;
            }
            if (!line.empty()) {
                lines.push_back(std::move(line));
                line.clear();
                continue;
            }
            std::size_t cut = prefix(word, width);
            if (const auto hyphen = word.rfind('-', cut - 1); hyphen != std::string_view::npos && hyphen > 0) cut = hyphen + 1;
            lines.emplace_back(word.substr(0, cut));
            word.remove_prefix(cut);
        }
    }
    if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
    return lines;
}

std::string pad(std::string_view text, std::size_t width) {
    const std::size_t used = text_width(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string indented(std::string_view text, std::size_t indent, std::size_t width) {
    std::string result;
    for (const std::string& line : wrap(text, width - indent)) result += std::string(indent, ' ') + line + "\n";
    return result;
}

namespace {

std::string cell(const std::string& text, const Column& column) {
    const std::size_t used = text_width(text);
    return column.right && used < column.width ? std::string(column.width - used, ' ') + text : pad(text, column.width);
}

}  // namespace

std::string columns(const std::vector<Column>& row) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (const Column& column : row) {
        cells.push_back(wrap(column.text, column.width));
        height = std::max(height, cells.back().size());
    }
    std::string result;
    for (std::size_t line = 0; line < height; ++line) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : " ") + cell(line < cells[i].size() ? cells[i][line] : std::string(), row[i]);
        while (!text.empty() && text.back() == ' ') text.pop_back();
        result += text + "\n";
    }
    return result;
}

}  // namespace duenotice
