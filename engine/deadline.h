#pragma once
// Deadlines: the list of alternatives that a clock gives over the completions in which the duty is owed. Each
// alternative names the limb, the condition under which it counts, its reading, safe and maximum instants, bounds of an
// open start, and the steps. An end of day is the following local 00:00; `last_day` is the day before.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/counting.h"
#include "engine/decision.h"
#include "rules/obligation.h"

namespace duenotice {

enum class DeadlineKind : std::uint8_t { DueBy, Promptly, NotStarted, Open, BeyondCalendar };
std::string_view name(DeadlineKind kind);  ///< due_by, promptly, not_started, open, beyond_calendar

/// What a reading was counted with, by the names of the law book: engine/recount.h counts it again.
struct CountBasis {
    std::string counting, zone, calendar;
    StartSpan start;
    Period period;
    std::optional<std::int32_t> ends_at_seconds;
};

struct ReadingLimit {
    std::string label, citation;
    Instant end;
    std::optional<Date> last_day;
    std::vector<Step> steps;
    std::shared_ptr<const CountBasis> basis = nullptr;  ///< shared by the readings of one count; null: not counted
};

struct Alternative {
    DeadlineKind kind = DeadlineKind::DueBy;
    std::string limb;           ///< id
    std::string version_from;   ///< ISO date, empty for the only version
    std::string condition;      ///< the deciding pieces in words, empty when it counts in every completion
    std::string reading;        ///< label of the limb's own reading
    std::string words;          ///< standard in short words
    bool without_number = false;  ///< the limb is a standard in words alone, also while it has not started
    std::string amount;         ///< "72 hours"
    std::string counting, calendar, zone;
    std::string citation;       ///< provision
    std::optional<Instant> safe, maximum;
    std::optional<Date> last_day;
    std::optional<Bounds> safe_bounds, maximum_bounds;  ///< open start
    std::string start;          ///< the start term in words of the language
    std::optional<StartSpan> start_span;
    std::vector<std::string> questions;  ///< facts that would fix it
    std::vector<OpenRelation> open_relations;  ///< lists that are not complete on which it rests
    bool projected = false;     ///< rests on a limit and not yet on a filing
    std::string projected_from; ///< duty id
    bool soft_extended = false;
    bool before_act = false;    ///< `safe` itself is too late: strictly before
    bool at_once = false;       ///< the limit lay in the past when its limb arose: due at once
    bool estimated = false;     ///< a day of the calendar near the end is an estimate
    bool old_zone_data = false; ///< the zone's clock has changed, and the zone data in use do not know it
    bool may_end_sooner = false; ///< what stands here is the latest it can be: its start may lie earlier, or it goes with a duty that cannot be counted whole
    bool may_end_later = false;  ///< another reading of it cannot be counted
    std::optional<Instant> at_least;  ///< beyond_calendar: before this it surely does not end
    bool tolled = false;
    std::string hold;           ///< kind of the hold that moved it
    std::vector<std::pair<std::string, Instant>> hold_ends;  ///< holds by id that delay it, and until when each does
    std::string until;          ///< the version it belongs to ends there; empty: in force
    std::string reason;         ///< beyond_calendar, open: why there is no date
    std::string act = "submitted";  ///< the act that counts
    std::vector<ReadingLimit> readings;
};

struct Deadline {
    std::vector<Alternative> alternatives;  ///< that may bind; time order, those without an instant last
    std::vector<Alternative> other_limbs;   ///< counted too, but another limb surely binds before (or after) them
    std::optional<Instant> safe, maximum;   ///< earliest safe, latest maximum; empty where a limb that cannot be counted may belie them
    bool may_end_sooner = false, may_end_later = false;  ///< a limb that cannot be counted may end before, after what can
    std::optional<Instant> counted, last;   ///< the same of what can be counted: what is shown and sorted by, and after which all of it has surely passed
    std::optional<Instant> not_before;
    std::string not_before_citation;
    bool empty_window = false;              ///< not_before after maximum: a conflict for a person
    std::optional<Instant> lasts_until;     ///< keep, publish, offer
    std::optional<Instant> since;           ///< promptly: the trigger
    std::vector<Instant> repeats;           ///< the next repetitions, from as-of on (at most 3)
    std::optional<Instant> repeat_missed;   ///< the last repetition before as-of, while no act meets it
    DeadlineKind kind() const { return alternatives.empty() ? DeadlineKind::Promptly : alternatives.front().kind; }
};

}  // namespace duenotice
