#include "reports/recorded_fact.h"

#include <algorithm>

#include "rules/text_parts.h"

namespace duenotice {

namespace {

std::string_view without_blanks(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    return text;
}

}  // namespace

RecordedFact recorded_fact(std::string_view text) {
    const std::size_t of = text.find(" of ");
    RecordedFact made{std::string(text.substr(0, of)), {}};
    if (of == std::string_view::npos) return made;
    for (const std::string_view part : text_parts(text.substr(of + 4), ',')) {
        const std::string_view step = without_blanks(part);
        const std::size_t blank = step.find(' ');
        if (blank != std::string_view::npos) made.path.emplace_back(step.substr(0, blank), step.substr(blank + 1));
    }
    return made;
}

bool in_frame(const RecordedFact& recorded, std::string_view frame) {
    const std::vector<std::string_view> ids = frame == "-" ? std::vector<std::string_view>() : text_parts(frame, ',');
    std::size_t at = 0;
    for (const auto& [list, id] : recorded.path)
        if (at < ids.size() && without_blanks(ids[at]) == id) ++at;
        else if (list != "populations") return false;
    return at == ids.size();
}

}  // namespace duenotice
