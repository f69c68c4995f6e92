#include "rules/text_parts.h"

#include <algorithm>

namespace duenotice {

std::vector<std::string_view> text_parts(std::string_view text, char between) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(between), text.size());
        found.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

}  // namespace duenotice
