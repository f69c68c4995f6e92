#pragma once
// Counts one reading the slow way, day by day and minute by minute, with the date library's zones and plain sets of
// days. It shares no arithmetic with the engine: no tables, no ranks, no month numbers. Only for comparing.

#include <date/tz.h>

#include <cstdint>
#include <optional>
#include <set>

#include "engine/period.h"
#include "rules/counting_law.h"

namespace duenotice::test {

struct NaiveCalendar {
    std::set<int> weekend;             ///< 0 is Monday
    std::set<std::int64_t> holidays;   ///< day numbers
    std::set<std::int64_t> worked;     ///< working in spite of both
    std::int64_t first = 0, last = 0;  ///< covered days

    bool covers(std::int64_t day) const { return day >= first && day <= last; }
    bool off(std::int64_t day, OffDays days) const;
};

struct NaiveEnd {
    std::int64_t end = 0;
    std::int64_t last_day = 0;
};

/// The period that the law takes the given one for.
Period naive_deemed(const CountingLaw& law, const Period& period);

/// Whether the reading is one for periods of that unit and length.
bool naive_applies(const CountingReading& reading, const Period& period);

/// Empty when the count needs a day that the calendar does not cover.
std::optional<NaiveEnd> naive_count(const CountingReading& reading, const Period& period, std::int64_t start,
                                    const NaiveCalendar& calendar, const date::time_zone& zone,
                                    const date::time_zone& clock_zone);

}  // namespace duenotice::test
