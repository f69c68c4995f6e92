#include "tools/calendar_store.h"

#include <algorithm>

namespace duenotice {

namespace {
const std::string index_name = "_calendars/index.csv";
}

const std::vector<CalendarRow>& CalendarStore::rows() {
    if (rows_) return *rows_;
    if (!law_->has(index_name)) return rows_.emplace();
    auto read = parse_calendar_index(law_->source(index_name));
    if (!read) throw InputMistakes{read.diagnostics};
    rows_ = std::move(*read);
    return *rows_;
}

std::optional<CalendarSpec> CalendarStore::read(std::string_view id) {
    const std::size_t colon = id.find(':');
    const std::string_view source = colon == std::string_view::npos ? std::string_view() : id.substr(0, colon);
    const std::string_view bare = colon == std::string_view::npos ? id : id.substr(colon + 1);
    std::vector<CalendarSpec> parts;
    for (const CalendarRow& row : rows()) {
        if (row.id != bare || (!source.empty() && row.file.substr(0, row.file.find('/')) != source)) continue;
        auto specs = parse_calendar_list(law_->source("_calendars/" + row.file));
        if (!specs) throw InputMistakes{specs.diagnostics};
        for (CalendarSpec& spec : *specs)
            if (spec.id == bare) parts.push_back(std::move(spec));
    }
    if (parts.empty()) return {};
    auto joined = join_calendars(std::move(parts));
    if (!joined) throw InputMistakes{joined.diagnostics};
    joined->id = id;
    return std::move(*joined);
}

}  // namespace duenotice
