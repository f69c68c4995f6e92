#include "engine/record/opening_lines.h"

#include "rules/text_parts.h"

namespace duenotice {

std::string opening_lines(const std::vector<Opening>& openings) {
    std::string text;
    for (const Opening& opening : openings) {
        text += text.empty() ? "" : "\n";
        text += opening.field;
        text += ' ';
        text += opening.salt;
        text += ' ';
        text += opening.value;
    }
    return text;
}

std::vector<Opening> parse_opening_lines(std::string_view text) {
    std::vector<Opening> openings;
    if (text.ends_with('\n')) openings.emplace_back();
    for (const std::string_view line : text_parts(text, '\n')) {
        const std::size_t field = line.find(' ');
        const std::size_t salt = field == std::string_view::npos ? field : line.find(' ', field + 1);
        if (salt == std::string_view::npos)
            openings.push_back({"", "", std::string(line)});
        else
            openings.push_back({std::string(line.substr(0, field)), std::string(line.substr(field + 1, salt - field - 1)), std::string(line.substr(salt + 1))});
    }
    return openings;
}

}  // namespace duenotice
