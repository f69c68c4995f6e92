#pragma once
// The `count` protocol: one JSON request a line, one answer a line, in order. A request names a start (an instant with
// its offset, a date, or a range whose `until` is excluded), a zone, an amount and unit, a counting law, and a calendar
// by id or written out inline. A line that cannot be answered gives an error with a stable code and a sentence; the run
// goes on.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "engine/calendar.h"
#include "engine/counting.h"
#include "engine/zone_set.h"
#include "rules/counting_law.h"

namespace duenotice {

/// Everything a count depends on besides the request; all of it must outlive the session.
struct CountWorld {
    const CountingLaws* laws = nullptr;
    const ZoneSet* zones = nullptr;
    /// Calendar by id; null when there is none. May load it on first use.
    std::function<const Calendar*(std::string_view id)> calendar;
};

/// `bad_json`, `bad_request`, `unknown_rule`, `unknown_zone`, `unknown_calendar`, `needs_calendar`, `beyond_calendar`,
/// `unsupported`.
struct CountError {
    std::string code;
    std::string message;
};

struct CountAnswer {
    /// The `id` of the request: a string, or a number as it was written; empty when the line had none that could be
    /// read.
    std::string id;
    bool id_is_number = false;
    CountRequest request;  ///< filled when there is a result; its calendar lives until the session's next answer
    std::variant<CountResult, CountError> outcome;
};

/// Answers request lines one by one; keeps inline calendars that repeat.
class CountSession {
public:
    explicit CountSession(CountWorld world);
    ~CountSession();
    CountSession(CountSession&&) noexcept;
    CountSession& operator=(CountSession&&) noexcept;

    CountAnswer answer(std::string_view line);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duenotice
