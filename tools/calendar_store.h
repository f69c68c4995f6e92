#pragma once
// The imported calendars of the world: _calendars/index.csv of the law book says where each stands, and only the
// files of a calendar that is named are read. `jp` is the calendar from all its files; `date-holidays:jp` what that one
// source tells, also where a curated calendar of the same id wins.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar_list.h"
#include "tools/data_folder.h"
#include "tools/input_mistakes.h"

namespace duenotice {

class CalendarStore {
public:
    explicit CalendarStore(std::shared_ptr<const DataFolder> law) : law_(std::move(law)) {}

    /// Empty when the index has no such id (or there is no index); throws InputMistakes when a file has mistakes.
    std::optional<CalendarSpec> read(std::string_view id);
    /// The index, read once.
    const std::vector<CalendarRow>& rows();

private:
    std::shared_ptr<const DataFolder> law_;
    std::optional<std::vector<CalendarRow>> rows_;
};

}  // namespace duenotice
