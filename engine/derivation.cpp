#include "engine/derivation.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "engine/reading_counter.h"

namespace duenotice {

namespace {

/// Room for the local midnights around both ends and for a day that was looked at and left.
constexpr std::int64_t around_seconds = std::int64_t{4} * 86400;

ZoneUse zone_use(const Zone& zone, Instant from, Instant until) {
    ZoneUse use{zone.name(), from, until, zone.offset(from), {}};
    std::int32_t offset = use.offset;
    for (auto change = zone.next_change(from); change && *change <= until; change = zone.next_change(*change)) {
        if (zone.offset(*change) == offset) continue;  // only its name changed
        offset = zone.offset(*change);
        use.changes.push_back({*change, offset});
    }
    return use;
}

struct DayRange {
    Date first, last;
    void take(Date day) {
        first = std::min(first, day);
        last = std::max(last, day);
    }
};

/// Days are left out of a count whole: working days, and short periods of laws that skip days off.
bool counts_by_calendar(const CountRequest& request, const CountingReading& reading) {
    const Period& period = request.period;
    return period.unit == PeriodUnit::WorkingDays || (period.unit == PeriodUnit::Days && reading.leaves_out) || (period.unit == PeriodUnit::Days && reading.skip_off_days_up_to > 0 && std::abs(period.amount) <= reading.skip_off_days_up_to);
}

/// From day one towards the end, until as many working days have been seen as the law wants.
void take_minimum(DayRange& range, const Calendar& calendar, Date day_one, Date last_day, int wanted) {
    const bool backward = last_day < day_one;
    for (Date day = day_one; wanted > 0; day = day.plus_days(backward ? -1 : 1)) {
        range.take(day);
        if (calendar.is_working(day) == Working::Yes) --wanted;
        if (day == last_day) break;
    }
}

/// What the count of one reading looks at, taken from what it does; two ranges, since a long period with a minimum looks
/// at its beginning and at its end.
std::vector<DayRange> ranges(const CountRequest& request, const CountingReading& reading, const std::vector<Instant>& starts) {
    std::vector<DayRange> found;
    for (const Instant start : starts) {
        std::vector<Step> steps;
        const ReadingEnd end = ReadingCounter(request, reading).count(start, &steps);
        DayRange range{end.last_day, end.last_day};
        DayRange beginning = range;
        if (is_elapsed(request.period.unit) && reading.leaves_out && request.period.amount != 0) {
            const int side = request.period.is_backward() ? -1 : 0;  // the second that counts next to the instant
            range = {request.zone->date(start.plus_seconds(side)), request.zone->date(end.end.plus_seconds(-1 - side))};
            if (request.period.is_backward()) std::swap(range.first, range.last);
        }
        for (const Step& step : steps) {
            const bool day_one = step.kind == Step::Kind::DayExcluded || step.kind == Step::Kind::DayIncluded;
            if (day_one && reading.minimum_working_days > 0) {
                beginning = {*step.to_day, *step.to_day};
                take_minimum(beginning, *request.calendar, *step.to_day, end.last_day, reading.minimum_working_days);
            }
            if (day_one && counts_by_calendar(request, reading)) range.take(*step.to_day);
            if (step.kind == Step::Kind::Skipped || step.kind == Step::Kind::MinimumWorkingDays) range.take(*step.from_day);
        }
        if (found.empty()) found = {range, beginning};
        for (const Date day : {range.first, range.last}) found[0].take(day);
        for (const Date day : {beginning.first, beginning.last}) found[1].take(day);
    }
    return found;
}

}  // namespace

Derivation derive(const CountRequest& asked, const CountResult& result, std::string_view tzdata) {
    const CountRequest request = as_counted(asked);
    Derivation derivation;
    derivation.tzdata = tzdata;
    const Instant from = std::min({request.start.earliest, result.safe, result.safe_bounds.earliest}).plus_seconds(-around_seconds);
    const Instant until = std::max({request.start.latest, result.maximum, result.maximum_bounds.latest}).plus_seconds(around_seconds);
    derivation.zones.push_back(zone_use(*request.zone, from, until));
    if (request.clock_zone && request.clock_zone->name() != request.zone->name()) derivation.zones.push_back(zone_use(*request.clock_zone, from, until));
    if (!request.calendar) return derivation;
    std::vector<Instant> starts = {request.start.earliest};
    if (!request.start.is_exact()) starts = {request.start.earliest, result.start_of_safe, request.start.latest};
    std::vector<DayRange> all;
    for (const ReadingResult& reading : result.readings) {
        if (!reading.reading->needs_calendar(request.period.unit, request.period.is_backward())) continue;
        for (const DayRange& range : ranges(request, *reading.reading, starts)) all.push_back(range);
    }
    std::sort(all.begin(), all.end(), [](const DayRange& a, const DayRange& b) { return a.first < b.first; });
    const Calendar& calendar = *request.calendar;
    for (const DayRange& range : all) {
        Date day = derivation.days.empty() ? range.first : std::max(range.first, derivation.days.back().day.plus_days(1));
        for (; day <= range.last; day = day.plus_days(1)) {
            if (derivation.days.size() == Derivation::most_days) {
                derivation.days_cut = true;
                return derivation;
            }
            derivation.days.push_back({day, calendar.is_weekend(day), calendar.is_holiday(day), calendar.is_estimated(day), calendar.name(day)});
        }
    }
    return derivation;
}

}  // namespace duenotice
