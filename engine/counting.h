#pragma once
// The only place where an end of a period is computed: start x period x counting law x calendar x zone -> instants.
// Every reading of the law is counted; `safe` is the earliest end, `maximum` the latest. An end of a day is the local
// 00:00 that follows it; `last_day` is the day before that. An act at the very instant of the end is in time. A start
// may be open (a range). Ends are not always later for later starts, so the bounds are the least and the greatest end
// over every second of the range: the range is cut wherever the count can jump and each part is evaluated at both its
// ends. What a calendar does not cover, or a law does not say, is a status with words and never a date.
//
// A deadline asks by name: `count_period(tables, {law, zone, calendar, start, period})`. A start that has no latest
// instant is for the caller to bound (by the instant as of which it judges); a period from two places whose calendars
// differ is two counts, and their least and greatest ends are the caller's bounds.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar.h"
#include "engine/period.h"
#include "engine/zone_set.h"
#include "rules/counting_law.h"
#include "rules/instant.h"

namespace duenotice {

/// The start lies somewhere in [earliest, latest], whole seconds, both included.
struct StartSpan {
    Instant earliest;
    Instant latest;
    static constexpr StartSpan at(Instant instant) { return {instant, instant}; }
    /// Every second of [from, until); `until` must be later.
    static constexpr StartSpan between(Instant from, Instant until) { return {from, until.plus_seconds(-1)}; }
    bool is_exact() const { return earliest == latest; }
};
/// All of a local day.
StartSpan day_span(Date day, const Zone& zone);

struct CountRequest {
    StartSpan start;
    Period period;
    const CountingLaw* law = nullptr;
    const Calendar* calendar = nullptr;  ///< may be null when the law asks none for this period
    const Zone* zone = nullptr;          ///< whose days and hours count
    const Zone* clock_zone = nullptr;    ///< the zone that `law->clock_zone` names; null: `zone`
    /// Local time at which the last day ends instead of the law's own hour; only for periods counted in days.
    std::optional<std::int32_t> ends_at_seconds = {};
    bool with_steps = true;  ///< readings carry their derivation; false costs nothing for it
};

/// The request with the period that the law takes the asked one for; the law must be set.
CountRequest as_counted(const CountRequest& request);

/// One thing that the count did. Days, instants and names are kept apart so that reports can print them their own way.
struct Step {
    enum class Kind : std::uint8_t {
        Start,
        Deemed,
        HourExcluded,
        DayExcluded,
        DayIncluded,
        AddMinutes,
        AddHours,
        AddDays,
        AddWorkingDays,
        AddMonths,
        LastDayExcluded,
        Recess,

        Skipped,  ///< an off day that was not counted or passed over; `name` says why it is off
        Rolled,
        RolledBack,
        RolledToHour,
        SameHour,
        MinimumWorkingDays,
        ClampedToMonthEnd,
        AfterMonthEnd,
        Gap,
        Overlap,  ///< a local time that did not exist, or occurred twice
        EndOfDay,
        ClosingTime,
    };
    Kind kind = Kind::Start;
    std::string what;  ///< in words, for a person, dates as Fri 20 November 2026
    std::optional<Instant> from, to;
    std::optional<Date> from_day, to_day;
    std::string name;       ///< of the skipped day: "Good Friday", "Saturday"
    std::string calendar;   ///< id of the calendar that says so
    std::string provision;  ///< "Article 3(4)"; empty for plain arithmetic
};

struct ReadingResult {
    const CountingReading* reading = nullptr;  ///< into the law
    std::string_view label;                    ///< into the law
    std::string_view citation;                 ///< the provision, into the law
    Instant end;
    Date last_day;
    bool estimated = false;  ///< rests on a calendar day that was estimated
    std::vector<Step> steps;
};

struct Bounds {
    Instant earliest;
    Instant latest;
    bool is_exact() const { return earliest == latest; }
    friend bool operator==(const Bounds&, const Bounds&) = default;
};

enum class CountStatus : std::uint8_t {
    Ok,
    BeyondCalendar,  ///< the count touches a day outside the calendar's covered years
    NeedsCalendar,   ///< the law asks a calendar and none was given
    UnknownName,     ///< there is no such law, zone or calendar; only from names
    Unsupported      ///< the law refuses the unit or does not know it, or the period is out of range
};

struct CountResult {
    CountStatus status = CountStatus::Unsupported;
    std::string message;    ///< why there is no answer; empty when Ok
    Instant safe;           ///< the earliest end over all readings and starts
    Instant maximum;        ///< the latest
    Date last_day;          ///< of `safe`
    Bounds safe_bounds;     ///< of the earliest reading, over the starts; exact when the start is
    Bounds maximum_bounds;  ///< of the latest reading
    bool estimated = false;
    bool old_zone_data = false;  ///< requests by names: the zone's clock has changed since the zone data in use
    /// Every reading, counted from the start that gives `safe`; in the order of the law.
    std::vector<ReadingResult> readings;
    Instant start_of_safe;  ///< the start that gives `safe`
};

/// Counts a period. Never throws for any values; the pointers `law` and `zone` must be set.
CountResult count_period(const CountRequest& request);

/// Before this instant the period does not end, whatever days are off: for one whose calendar is not there or does not reach
/// far enough. Empty where not even that is sure.
std::optional<Instant> ends_at_least(CountRequest request);

/// What names are looked up in. All of it must outlive the results, which point into the law.
struct CountTables {
    const CountingLaws* laws = nullptr;
    const ZoneSet* zones = nullptr;
    const CalendarSet* calendars = nullptr;  ///< may be null: then every calendar is unknown
};
/// A request by names: `law` of counting.xml, `zone` of tzdata, `calendar` of a calendar.xml or empty for none.
struct NamedCount {
    std::string_view law;
    std::string_view zone;
    std::string_view calendar;
    StartSpan start;
    Period period;
    std::optional<std::int32_t> ends_at_seconds = {};  ///< as in CountRequest
    bool with_steps = true;
};
/// Looks the names up, the law's own clock zone too, and counts.
CountResult count_period(const CountTables& tables, const NamedCount& named);

}  // namespace duenotice
