#pragma once
// A workbook (.xlsx) read back: the texts, numbers and formulas of its cells, whichever program saved it last. Hostile until
// proven otherwise: sizes are limited before anything is unpacked, each part is well-formed XML without DOCTYPE.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace duenotice {

struct ReadCell {
    std::variant<std::string, double> value;  ///< text as a reader sees it, or a number
    bool formula = false;
};

struct ReadSheet {
    std::string name;
    std::map<std::pair<std::uint32_t, std::uint32_t>, ReadCell> cells;  ///< by row and column from 0; empty ones are not there
};

struct ReadWorkbook {
    std::vector<ReadSheet> sheets;
};

inline constexpr std::size_t workbook_most_bytes = 512U << 20U;  ///< unpacked

/// The workbook, or what is wrong with its bytes.
std::variant<ReadWorkbook, std::string> read_workbook(std::string_view bytes);

/// `C4` of row 3, column 2.
std::string cell_name(std::uint32_t row, std::uint32_t column);
/// `_x0041_` as a reader of workbooks takes it.
std::string unescape_cell(std::string_view text);

}  // namespace duenotice
