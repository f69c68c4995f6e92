#pragma once
// Moments as people say them, read on one clock and never guessed: `22:14`, `last night around 11`, `yesterday 18:05`,
// `Fri 20 Nov at 22:14`, `06:50 Singapore`, `2 hours ago`, `between 22:00 and 22:40`, `before 23:00`, `not yet`. Without
// a day it is the last such time. A time that the clock showed twice or never (daylight time), one that is still to
// come, and one that may be meant in two ways are refused with what would do.

#include <optional>
#include <string>

#include "engine/zone_set.h"
#include "tools/zone_words.h"

namespace duenotice {

/// Which clock was read, and when.
struct AnswerClock {
    const Zone& zone;
    Instant now;
    const ZoneWords* words = nullptr;  ///< other clocks may be named where it is given
};

struct SpokenMoment {
    std::string json;     ///< a statement of incident JSON
    std::string words;    ///< as it was understood
    std::string problem;  ///< why it cannot be read; empty when it can
};

SpokenMoment read_spoken_moment(const std::string& text, const AnswerClock& clock);
/// A day: `20 Nov 2026`, `2026-11-20`, `yesterday`, `Friday`; without a year the last such day.
std::optional<Date> read_spoken_day(const std::string& text, const AnswerClock& clock);
/// When an answer is expected: the next such time, never one that has passed.
std::optional<Instant> read_expected(const std::string& text, const AnswerClock& clock);

}  // namespace duenotice
