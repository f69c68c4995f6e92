#pragma once
// A law book of random clocks, one obligation each, and an account of one entity whose starts are known within bounds:
// what the oracles of deadlines and holds share.

#include <string>
#include <vector>

#include "engine/limbs.h"
#include "tests/oracle/naive_clock.h"

namespace duenotice::test {

struct ClockBook {
    std::vector<CalendarPair> calendars;  ///< cal.0 to cal.5
    std::vector<NaiveNode> clocks;        ///< obligation t.oN has the clock N
    World world;
};
/// `rules` goes into the law as it is: hold rules.
ClockBook clock_book(RandomTime& random, std::vector<NaiveNode> clocks, const std::string& rules = {});

/// One entity, nothing known, the duties owed.
Incident clock_account(const RuleBook& book);
void state(Incident& incident, const RuleBook& book, std::string_view fact, const Known& value);
/// Between two seconds, both possible.
Known between(const RuleBook& book, std::string_view fact, std::int64_t low, std::int64_t high);
/// Open when `choice` is empty.
Known answered(const RuleBook& book, std::string_view fact, std::string_view choice);
Deadline deadline_of(const ClockBook& book, std::size_t clock, const Incident& incident, std::string_view as_of = "2027-12-30T00:00:00Z");

/// Ends change only at the seconds 0 and 59 of a minute: in between they stand still or run with the start.
std::vector<std::int64_t> every_minute(std::int64_t low, std::int64_t high);

}  // namespace duenotice::test
