#include "tools/calendar_store.h"

#include <algorithm>
#include <filesystem>

#include "tools/atomic_file.h"

namespace duenotice {

namespace {

SourcePtr text_of(const std::string& path) { return std::make_shared<const SourceText>(path, read_file(path)); }

}  // namespace

const std::vector<CalendarRow>& CalendarStore::rows() {
    if (rows_) return *rows_;
    const std::string path = folder_ + "/index.csv";
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return rows_.emplace();
    auto read = parse_calendar_index(text_of(path));
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
        auto specs = parse_calendar_list(text_of(folder_ + "/" + row.file));
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
