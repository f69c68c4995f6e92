#include "engine/counting.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/reading_counter.h"

namespace duenotice {

namespace {

/// No clock hour, however the clock is changed within it, lasts longer.
constexpr std::int64_t longest_clock_hour = 3 * hour_seconds;
constexpr const char* leaves_years = "the count leaves the years 1400 to 9999";

std::vector<const CountingReading*> readings_for(const CountRequest& request) {
    std::vector<const CountingReading*> found;
    for (const CountingReading& reading : request.law->readings) {
        if (reading.counts(request.period.unit, request.period.amount)) found.push_back(&reading);
    }
    return found;
}

CountResult refuse(CountStatus status, std::string message) {
    CountResult result;
    result.status = status;
    result.message = std::move(message);
    return result;
}

std::optional<CountResult> refusal(const CountRequest& request) {
    const CountingLaw& law = *request.law;
    const Period& period = request.period;
    if (!period.is_valid()) {
        return refuse(CountStatus::Unsupported, "the period is too long, or its parts point in different directions");
    }
    if (request.start.latest < request.start.earliest) {
        return refuse(CountStatus::Unsupported, "the start ends before it begins");
    }
    if (outside_years(request.zone->date(request.start.earliest)) ||
        outside_years(request.zone->date(request.start.latest))) {
        return refuse(CountStatus::Unsupported, leaves_years);
    }
    for (const RefusedUnit& refused : law.refused) {
        if (refused.refuses(period.unit, period.amount)) return refuse(CountStatus::Unsupported, refused.reason);
    }
    const auto readings = readings_for(request);
    if (readings.empty()) {
        const bool others = std::any_of(law.readings.begin(), law.readings.end(), [&](const CountingReading& reading) { return reading.covers(period.unit); });
        return refuse(
            CountStatus::Unsupported,
            fmt::format("the counting law `{}` does not say how {} are counted{}", law.id, others ? words(period) : std::string(unit_name(period.unit)),
                        period.unit == PeriodUnit::Minutes ? ": count minutes under `plain`" : ""));
    }
    if (!request.calendar && std::any_of(readings.begin(), readings.end(), [&](const CountingReading* reading) { return reading->needs_calendar(period.unit, period.is_backward()); })) {
        return refuse(CountStatus::NeedsCalendar,
                      fmt::format("counting {} under `{}` needs a calendar", unit_name(period.unit), law.id));
    }
    if (!law.clock_zone.empty() && !request.clock_zone && request.zone->name() != law.clock_zone) {
        return refuse(
            CountStatus::Unsupported,
            fmt::format("the counting law `{}` needs the zone `{}` for its closing hour", law.id, law.clock_zone));
    }
    return {};
}

std::string beyond_words(const Calendar& calendar, Date reached) {
    return fmt::format("the calendar `{}` covers {} to {}, and the count reaches {}", calendar.id(),
                       calendar.first_day().iso(), calendar.last_day().iso(), reached.iso());
}

/// Every instant in [from, until] at which the offset of a zone, or with `days` its local date, may change, and the
/// second after it.
std::vector<Instant> local_jumps(const Zone& zone, Instant from, Instant until, bool days) {
    std::vector<Instant> jumps;
    const auto add = [&](Instant jump) {
        jumps.push_back(jump);
        jumps.push_back(jump.plus_seconds(1));
    };
    const Date last = zone.date(until).plus_days(1);
    for (Date day = zone.date(from); days && day <= last; day = day.plus_days(1)) {
        const auto first = zone.resolve(day, 0, {GapPolicy::InstantOfChange, OverlapPolicy::Earlier});
        add(first.instant);
        if (first.kind == ResolvedLocal::Kind::Overlap) {
            add(zone.resolve(day, 0, {GapPolicy::InstantOfChange, OverlapPolicy::Later}).instant);
        }
    }
    for (auto change = zone.next_change(from.plus_seconds(-1)); change && *change <= until;
         change = zone.next_change(*change)) {
        add(*change);
    }
    return jumps;
}

/// The first start whose hours run from `target` or later.
Instant first_start_running_from(const ReadingCounter& counter, Instant target) {
    Instant low = target.plus_seconds(-longest_clock_hour);
    Instant high = target.plus_seconds(longest_clock_hour);
    while (low < high) {
        const Instant middle{low.seconds + (high.seconds - low.seconds) / 2};
        if (counter.hours_run_from(middle) >= target) {
            high = middle;
        } else {
            low = middle.plus_seconds(1);
        }
    }
    return low;
}

/// The starts at which a count may jump. INVARIANT: between two of them no reading ends earlier for a later start. Where
/// the law is monotone only a clock that is set back, of the start or of the end, can break that.
std::vector<Instant> jumps_of(const CountRequest& request, const std::vector<const CountingReading*>& readings) {
    const auto [earliest, latest] = request.start;
    const bool days = !request.law->monotone_in_start;
    std::vector<Instant> jumps = local_jumps(*request.zone, earliest, latest, days && !is_elapsed(request.period.unit));
    if (!is_elapsed(request.period.unit)) return jumps;
    const std::int64_t amount = request.period.elapsed_seconds();
    for (const CountingReading* reading : readings) {
        const ReadingCounter counter(request, *reading);
        if (!counter.hours_roll()) continue;
        const Instant from = earliest.plus_seconds(amount - longest_clock_hour);
        const Instant until = latest.plus_seconds(amount + longest_clock_hour);
        for (const Instant jump : local_jumps(*request.zone, from, until, days)) {
            jumps.push_back(first_start_running_from(counter, jump.plus_seconds(-amount)));
        }
    }
    return jumps;
}

/// The starts that decide the bounds: both ends of the range and both sides of every jump.
std::vector<Instant> deciding_starts(const CountRequest& request, const std::vector<const CountingReading*>& readings) {
    const auto [earliest, latest] = request.start;
    if (request.start.is_exact()) return {earliest};
    std::vector<Instant> starts = {earliest, latest};
    for (const Instant jump : jumps_of(request, readings)) {
        for (const Instant side : {jump.plus_seconds(-1), jump}) {
            if (side > earliest && side < latest) starts.push_back(side);
        }
    }
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    return starts;
}

/// Safe and maximum of one start.
struct Ends {
    ReadingEnd failure;
    Instant safe;
    Instant maximum;
};

Ends ends_of(const std::vector<ReadingCounter>& counters, Instant start) {
    Ends ends;
    bool first = true;
    for (const ReadingCounter& counter : counters) {
        const ReadingEnd end = counter.count(start, nullptr);
        if (end.status != CountStatus::Ok) {
            ends.failure = end;
            return ends;
        }
        ends.safe = first ? end.end : std::min(ends.safe, end.end);
        ends.maximum = first ? end.end : std::max(ends.maximum, end.end);
        first = false;
    }
    return ends;
}

void add_readings(const CountRequest& request, const std::vector<const CountingReading*>& readings,
                  CountResult& result) {
    for (const CountingReading* reading : readings) {
        ReadingResult one;
        one.reading = reading;
        one.label = reading->label;
        const CountingCitation* citation =
            reading->cites.empty() ? nullptr : request.law->find_citation(reading->cites.front());
        if (citation) one.citation = citation->provision;
        const ReadingEnd end =
            ReadingCounter(request, *reading).count(result.start_of_safe, request.with_steps ? &one.steps : nullptr);
        one.end = end.end;
        one.last_day = end.last_day;
        one.estimated = end.estimated;
        result.estimated = result.estimated || end.estimated;
        if (end.end == result.safe) result.last_day = end.last_day;
        result.readings.push_back(std::move(one));
    }
}

/// The first step after the start, where the law takes the period for another one.
void add_deemed(const CountRequest& asked, const CountRequest& counted, CountResult& result) {
    const DeemedPeriod* deemed = asked.law->find_deemed(asked.period.unit, asked.period.amount);
    if (!deemed) return;
    Step step;
    step.kind = Step::Kind::Deemed;
    step.provision = asked.law->find_citation(deemed->cite)->provision;
    step.what = fmt::format("the law takes a period of {} for one of {}", words(asked.period), words(counted.period));
    for (ReadingResult& reading : result.readings)
        if (!reading.steps.empty()) reading.steps.insert(reading.steps.begin(), step);
}

}  // namespace

StartSpan day_span(Date day, const Zone& zone) {
    const Instant from = zone.start_of_day(day).instant;
    return {from, std::max(from, zone.start_of_day(day.plus_days(1)).instant.plus_seconds(-1))};
}

// Portugal, Code of Administrative Procedure article 87(e): a limit of 24 hours is one of one day.
CountRequest as_counted(const CountRequest& request) {
    CountRequest counted = request;
    const DeemedPeriod* deemed = request.law->find_deemed(request.period.unit, request.period.amount);
    if (deemed) counted.period = {deemed->as_unit, request.period.is_backward() ? -deemed->as_amount : deemed->as_amount, 0, 0};
    return counted;
}

CountResult count_period(const CountRequest& asked) {
    const CountRequest request = as_counted(asked);
    if (auto refused = refusal(request)) return *std::move(refused);
    const auto readings = readings_for(request);
    std::vector<ReadingCounter> counters;
    counters.reserve(readings.size());
    for (const CountingReading* reading : readings) counters.emplace_back(request, *reading);
    CountResult result;
    bool first = true;
    for (const Instant start : deciding_starts(request, readings)) {
        const Ends ends = ends_of(counters, start);
        if (ends.failure.status == CountStatus::Unsupported) return refuse(CountStatus::Unsupported, leaves_years);
        if (ends.failure.status == CountStatus::BeyondCalendar) {
            return refuse(CountStatus::BeyondCalendar, beyond_words(*request.calendar, ends.failure.reached));
        }
        if (first || ends.safe < result.safe_bounds.earliest) {
            result.safe_bounds.earliest = ends.safe;
            result.start_of_safe = start;
        }
        if (first || ends.safe > result.safe_bounds.latest) result.safe_bounds.latest = ends.safe;
        if (first || ends.maximum < result.maximum_bounds.earliest) result.maximum_bounds.earliest = ends.maximum;
        if (first || ends.maximum > result.maximum_bounds.latest) result.maximum_bounds.latest = ends.maximum;
        first = false;
    }
    result.status = CountStatus::Ok;
    result.safe = result.safe_bounds.earliest;
    result.maximum = result.maximum_bounds.latest;
    add_readings(request, readings, result);
    add_deemed(asked, request, result);
    return result;
}

CountResult count_period(const CountTables& tables, const NamedCount& named) {
    const auto unknown = [](std::string_view what, std::string_view name) {
        return refuse(CountStatus::UnknownName, fmt::format("there is no {} `{}`", what, name));
    };
    CountRequest request;
    request.start = named.start;
    request.period = named.period;
    request.ends_at_seconds = named.ends_at_seconds;
    request.with_steps = named.with_steps;
    request.law = tables.laws->find(named.law);
    if (!request.law) return unknown("counting law", named.law);
    request.zone = tables.zones->find(named.zone);
    if (!request.zone) return unknown("time zone", named.zone);
    if (!named.calendar.empty()) {
        request.calendar = tables.calendars ? tables.calendars->find(named.calendar) : nullptr;
        if (!request.calendar) return unknown("calendar", named.calendar);
    }
    if (!request.law->clock_zone.empty()) {
        request.clock_zone = tables.zones->find(request.law->clock_zone);
        if (!request.clock_zone) return unknown("time zone", request.law->clock_zone);
    }
    return count_period(request);
}

namespace {

/// Every day is a working day.
const Calendar& no_days_off() {
    static const Calendar calendar = [] {
        CalendarSpec spec;
        spec.id = "no-days-off";
        spec.from_year = 1970;
        spec.until_year = 2200;
        return *compile_calendar(spec, {}).value;
    }();
    return calendar;
}

}  // namespace

std::optional<Instant> ends_at_least(CountRequest request) {
    // Days off only ever move the end of a period that runs forward to a later one, but for ends that move back, and for
    // those that a recess holds up: a later end may lie behind the recess.
    if (request.period.is_backward()) return {};
    for (const CountingReading& reading : request.law->readings)
        if (reading.roll == RollRule::PreviousWorkingDay || reading.roll == RollRule::SameHourPreviousWorkingDay || reading.recess == RecessRule::EndMoves) return {};
    request.calendar = &no_days_off();
    request.with_steps = false;
    const CountResult result = count_period(request);
    return result.status == CountStatus::Ok ? std::optional(result.safe_bounds.earliest) : std::nullopt;
}

}  // namespace duenotice
