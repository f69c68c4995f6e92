#pragma once
// What the files that count one reading share: the state of one count, and the words of its steps. For
// engine/reading_counter.cpp (days) and engine/reading_hours.cpp (minutes and hours) alone.

#include <string>
#include <string_view>
#include <vector>

#include "engine/reading_counter.h"

namespace duenotice {

/// An estimated holiday may in truth fall this many days earlier or later.
constexpr int estimate_slack = 2;

struct ReadingCounter::Run {
    Instant start;
    std::vector<Step>* steps = nullptr;
    Instant end;
    Date last;
    bool closed = false;  ///< `end` is already the hour at which `last` ends
    bool estimated = false;
    Date reached;

    /// Null when nobody wants words.
    Step* add(Step::Kind kind) {
        if (!steps) return nullptr;
        steps->push_back({});
        steps->back().kind = kind;
        return &steps->back();
    }
    ReadingEnd beyond() const { return {CountStatus::BeyondCalendar, {}, {}, false, reached}; }
    ReadingEnd done() const { return {CountStatus::Ok, end, last, estimated, {}}; }
};

/// `Mon 6 April 2026`.
std::string day_words(Date day);
/// `Mon 6 April 2026 10:00 CEST (Europe/Berlin)`.
std::string clock_words(const Zone& zone, Instant instant);
/// Whose day off it is: `DE`, `DE-BY` where the calendar is that of the place itself, else the calendar's id.
std::string calendar_words(const Calendar& calendar);
/// `ends on`, `end on`, `leads back to`, `lead back to`, as the number of the period wants.
std::string end_verb(const Period& period, std::string_view preposition);

}  // namespace duenotice
