#pragma once
// Wrapping and columns for text of at most 80 columns. Widths are counted in code points.

#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

inline constexpr std::size_t line_width = 80;
inline const std::string rule_line(line_width - 1, '-');

std::size_t text_width(std::string_view text);
/// Words of at most `width` columns a line, with their blanks inside a line; a longer word is broken.
std::vector<std::string> wrap(std::string_view text, std::size_t width);
/// Padded or, when too long, not cut: the caller wraps first.
std::string pad(std::string_view text, std::size_t width);
/// Each line of the wrapped text after an indent.
std::string indented(std::string_view text, std::size_t indent, std::size_t width);

struct Column {
    std::string text;
    std::size_t width;
    bool right = false;  ///< against the right edge
};
/// One row of columns, one blank between them; each column wraps by itself.
std::string columns(const std::vector<Column>& row);

}  // namespace duenotice
