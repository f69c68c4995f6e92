#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "engine/reading_run.h"

namespace duenotice {

namespace {

std::int64_t past_full_hour(const Zone& zone, Instant instant) {
    const std::int64_t rest = (instant.seconds + zone.offset(instant)) % hour_seconds;
    return rest < 0 ? rest + hour_seconds : rest;
}

}  // namespace

Instant end_of_clock_hour(const Zone& zone, Instant instant) {
    while (true) {
        const Instant full = instant.plus_seconds(hour_seconds - past_full_hour(zone, instant));
        const auto change = zone.next_change(instant);
        if (!change || full <= *change) return full;
        if (past_full_hour(zone, *change) == 0) return *change;
        instant = *change;
    }
}

Instant start_of_clock_hour(const Zone& zone, Instant instant) {
    return instant.plus_seconds(-past_full_hour(zone, instant));
}

bool ReadingCounter::hours_roll() const {
    return roll_rule() != RollRule::None;
}

// EU Regulation 1182/71 article 3(1): the hour during which the event occurs does not belong to the period.
// FRCP 6(a)(2)(A), Japan Civil Code 139, Korea Civil Act 156: hours run at once.
Instant ReadingCounter::hours_run_from(Instant start) const {
    if (reading_.start != StartRule::HourExcluded) return start;
    return request_.period.is_backward() ? start_of_clock_hour(zone_, start) : end_of_clock_hour(zone_, start);
}

ReadingEnd ReadingCounter::count_hours(Run& run) const {
    const Instant from = hours_run_from(run.start);
    if (from != run.start) {
        if (Step* step = run.add(Step::Kind::HourExcluded)) {
            step->from = run.start;
            step->to = from;
            step->provision = provision();
            step->what =
                fmt::format("the hour of the event does not count: hours run from {}", clock_words(zone_, from));
        }
    }
    if (!reading_.leaves_out) {
        run.end = from.plus_seconds(request_.period.elapsed_seconds());
    } else if (!add_counted_time(run, from)) {
        return run.beyond();
    }
    run.last = zone_.date(run.end);
    if (outside_years(run.last)) return {CountStatus::Unsupported, {}, {}, false, run.last};
    const bool minutes = request_.period.unit == PeriodUnit::Minutes;
    if (Step* step = run.add(minutes ? Step::Kind::AddMinutes : Step::Kind::AddHours)) {
        step->from = from;
        step->to = run.end;
        step->provision = provision();
        step->what =
            fmt::format("{} {} {} {} {}", std::abs(request_.period.amount), reading_.leaves_out ? "counted" : "elapsed", std::abs(request_.period.amount) == 1 ? minutes ? "minute" : "hour" : unit_name(request_.period.unit),
                        end_verb(request_.period, " at"), clock_words(zone_, run.end));
    }
    if (hours_roll() && !roll_hours(run)) return run.beyond();
    return finished(run);
}

/// The part of a local day whose time counts: the whole day, or its hours of business.
std::pair<Instant, Instant> ReadingCounter::counted_part(Date day) const {
    const auto at = [&](const std::optional<int>& seconds, Date whole) {
        return seconds ? zone_.resolve(day, *seconds, {GapPolicy::InstantOfChange, OverlapPolicy::Earlier}).instant : zone_.start_of_day(whole).instant;
    };
    return {at(reading_.counted_from_seconds, day), at(reading_.counted_until_seconds, day.plus_days(1))};
}

// Spain Act 39/2015 article 30(1): the hours of working days alone count, and all of those. Norway Courts of Justice Act
// 149(2): those of holidays do not. A promise in hours of business: those between opening and closing. A local day runs
// from its first 00:00 to that of the next. Sets `run.end`; false beyond the calendar.
bool ReadingCounter::add_counted_time(Run& run, Instant from) const {
    const Calendar& calendar = *request_.calendar;
    const std::int64_t amount = request_.period.elapsed_seconds();
    const bool backward = amount < 0;
    run.end = from;
    Date day = zone_.date(from);
    while (from < zone_.start_of_day(day).instant) day = day.plus_days(-1);
    while (from >= zone_.start_of_day(day.plus_days(1)).instant) day = day.plus_days(1);
    const Date first = day;
    for (std::int64_t left = std::abs(amount); left > 0; day = day.plus_days(backward ? -1 : 1)) {
        const Working working = calendar.is_working(day, *reading_.leaves_out);
        run.reached = day;
        if (working == Working::Unknown) return false;
        const auto [opens, closes] = counted_part(day);
        const Instant at = backward ? std::min(run.end, closes) : std::max(run.end, opens);
        const std::int64_t room = backward ? at.seconds - opens.seconds : closes.seconds - at.seconds;
        if (working == Working::No && run.steps && (backward ? run.end > zone_.start_of_day(day).instant : room > 0)) skip(run, day, *reading_.leaves_out, provision(), "its hours do not count");
        if (working == Working::No || room <= 0) continue;
        const std::int64_t taken = std::min(left, room);
        run.end = at.plus_seconds(backward ? -taken : taken);
        left -= taken;
    }
    run.estimated = run.estimated || calendar.has_estimate(std::min(first, day).plus_days(-estimate_slack), std::max(first, day).plus_days(estimate_slack));
    return true;
}

// DORA Delegated Regulation (EU) 2025/301 article 5(4): noon of the next working day.
// FRCP 6(a)(2)(C), N.Y. Gen. Constr. Law 25-a: the same time on the next day that is not off.
bool ReadingCounter::roll_hours(Run& run) const {
    const Date day = run.last;
    const Instant unrolled = run.end;
    const RollRule rule = roll_rule();
    const bool backward = rule == RollRule::PreviousWorkingDay || rule == RollRule::SameHourPreviousWorkingDay;
    if (!move_to_open_day(run, day, backward)) return false;
    if (run.last == day) return true;
    if (rule == RollRule::NextWorkingDay || rule == RollRule::PreviousWorkingDay) {
        close_day(run);
        return true;
    }
    const bool fixed = rule == RollRule::HourNextWorkingDay;
    const std::int32_t seconds = fixed ? reading_.roll_to_seconds : zone_.local(unrolled).seconds;
    run.end = at_local(run, zone_, run.last, seconds);
    if (Step* step = run.add(fixed ? Step::Kind::RolledToHour : Step::Kind::SameHour)) {
        step->from = unrolled;
        step->to = run.end;
        step->provision = provision(1);
        step->what = fmt::format("the end moves to {}, {}", fixed ? "a fixed hour" : "the same hour",
                                 clock_words(zone_, run.end));
    }
    return true;
}

}  // namespace duenotice
