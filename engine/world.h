#pragma once
// All that a verdict depends on besides the incident: law, zones, calendars; and the moment at which it is asked.

#include <memory>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/calendar.h"
#include "engine/zone_set.h"
#include "rules/rulebook.h"

namespace duenotice {

struct World {
    std::shared_ptr<const RuleBook> law;
    ZoneSet zones;
    std::shared_ptr<const CalendarSet> calendars;
    std::shared_ptr<const std::vector<std::uint32_t>> order = nullptr;  ///< of the law's duties (assess.h); null: worked out each time
};

struct Moment {
    Instant as_of;
    std::optional<Instant> known_at;
    std::optional<Date> law_as_of;
};

}  // namespace duenotice
