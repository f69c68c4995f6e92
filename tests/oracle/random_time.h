#pragma once
// Random calendars and starts for the oracles of counting: weekends, holidays in clusters and worked days, in the form of
// the engine and in that of naive counting; starts close to where clocks change and days begin.

#include <random>
#include <string>

#include "engine/calendar.h"
#include "engine/zone_set.h"
#include "tests/oracle/naive_count.h"

namespace duenotice::test {

using RandomTime = std::mt19937_64;

/// Zones with changes at midnight, of half an hour, of the date, and none.
inline constexpr const char* places[] = {"Europe/Berlin",    "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
                                         "America/Santiago", "Asia/Tokyo",       "Asia/Kathmandu",      "Pacific/Apia",
                                         "America/St_Johns", "Asia/Beirut",      "America/Havana"};

/// Both bounds included.
std::int64_t pick(RandomTime& random, std::int64_t low, std::int64_t high);

struct CalendarPair {
    Calendar engine;
    NaiveCalendar naive;
};
/// Of 2019 to 2027.
CalendarPair random_calendar(RandomTime& random, std::string id = "random");

/// In 2019 to 2027; half lie within two hours of a change of clocks or a local midnight.
std::int64_t random_start(RandomTime& random, const Zone& place);

}  // namespace duenotice::test
