#pragma once
// Which calendars the clocks of a law book may ask about an account, so that only those are read. A clock names a
// calendar by its id, by a place, or by a text fact that holds an id; limbs, lower bounds, repetitions and how long a
// state lasts name one, and `plus` in any condition or term counts by that of the entity's country. Places that the
// account names anywhere stand for every place that a clock may come to.

#include <set>
#include <string>
#include <vector>

#include "engine/incident.h"
#include "rules/rulebook.h"

namespace duenotice {

class CalendarNeeds {
public:
    /// Looks through every clock and condition once; `law` must outlive it.
    explicit CalendarNeeds(const RuleBook& law);
    /// Ids for this account, sorted. Those that a calendar includes are not among them.
    std::vector<std::string> of(const Incident& incident) const;

private:
    void add_version(const Version& version, const std::string& place, bool of_each_place);
    void add_named(const std::string& calendar, const std::string& place, bool of_each_place);
    void add_place(std::string_view place, std::set<std::string>& ids) const;

    const RuleBook& law_;
    std::set<std::string> always_;
    std::set<FactId> texts_;  ///< that hold the id of a calendar
    bool of_places_ = false;  ///< some clock counts by the calendar of a place that the account names
};

}  // namespace duenotice
