#include "engine/reading_counter.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "engine/reading_run.h"

namespace duenotice {

namespace {

/// Off days are named one by one up to here (some 400 years of weekends are more): a count that passes over more gives
/// its first ones.
constexpr int most_skipped_steps = 20000;
constexpr Date first_shown = Date::from_days(-208185);  // 1400-01-04
constexpr Date last_shown = Date::from_days(2932893);   // 9999-12-28

}  // namespace

bool outside_years(Date day) {
    return day < first_shown || day > last_shown;
}

/// The derivation says where it rests on a day that nobody has confirmed.
ReadingEnd ReadingCounter::finished(Run& run) const {
    if (run.estimated && run.steps && !run.steps->empty()) {
        run.steps->back().what += fmt::format("; the calendar `{}` is not confirmed there: the date may move by days", request_.calendar->id());
    }
    return run.done();
}

std::string ReadingCounter::provision(std::size_t cite) const {
    if (reading_.cites.empty()) return {};
    const std::string& id = cite < reading_.cites.size() ? reading_.cites[cite] : reading_.cites.front();
    const CountingCitation* found = law_.find_citation(id);
    return found ? found->provision : std::string();
}

/// How long the months and years are, where the law fixes that; empty otherwise.
std::string_view ReadingCounter::thirty_day_words() const {
    const PeriodUnit unit = request_.period.unit;
    if (reading_.months != MonthRule::ThirtyDays || unit == PeriodUnit::Days || unit == PeriodUnit::Weeks) return {};
    return unit == PeriodUnit::Months ? " of 30 days" : unit == PeriodUnit::Years ? " of 365 days" : " (a month is 30, a year 365 days)";
}

ReadingEnd ReadingCounter::count(Instant start, std::vector<Step>* steps) const {
    Run run;
    run.start = start;
    run.steps = steps;
    if (Step* step = run.add(Step::Kind::Start)) {
        step->from = start;
        step->to = start;
        step->what = fmt::format("the period of {} starts from {}", words(request_.period), clock_words(zone_, start));
    }
    return is_elapsed(request_.period.unit) ? count_hours(run) : count_days(run);
}

/// Sets `run.last` to the first day from `from` on (or back) that is not off; false beyond the calendar. Quebec
/// Interpretation Act 52, Philippines Administrative Code 28: an end on a Saturday stays, one on a holiday moves past it.
bool ReadingCounter::move_to_open_day(Run& run, Date from, bool backward) const {
    const Calendar& calendar = *request_.calendar;
    const bool stays = calendar.is_working(from, reading_.off) == Working::Yes;
    const OffDays past = stays ? reading_.off : reading_.roll_past.value_or(reading_.off);
    const auto open = backward ? calendar.on_or_before(from, past) : calendar.on_or_after(from, past);
    if (!open) {
        run.reached = calendar.covers(from)
                          ? (backward ? calendar.first_day() : calendar.last_day()).plus_days(backward ? -1 : 1)
                          : from;
        return false;
    }
    run.estimated = run.estimated || calendar.has_estimate(std::min(from, *open).plus_days(-estimate_slack),
                                                           std::max(from, *open).plus_days(estimate_slack));
    run.last = *open;
    if (*open == from || !run.steps) return true;
    for (Date day = from; day != *open; day = day.plus_days(backward ? -1 : 1)) skip(run, day, past, provision(1), "off");
    return true;
}

/// One day off with its weekday, its name and whose day off it is: `Mon 6 April 2026, Easter Monday, DE: off`.
void ReadingCounter::skip(Run& run, Date day, OffDays off, std::string provision, std::string_view fate) const {
    const Calendar& calendar = *request_.calendar;
    Step* step = run.add(Step::Kind::Skipped);
    step->from_day = day;
    step->name = std::string(calendar.reason_off(day, off));
    step->calendar = calendar.id();
    step->provision = std::move(provision);
    step->what = fmt::format("{}, {}, {}: {}{}", day_words(day), step->name, calendar_words(calendar), fate,
                             calendar.is_estimated(day) ? " (its date is an estimate)" : "");
}

/// An instant for a local time, with a step when the clock leaves no or two answers.
Instant ReadingCounter::at_local(Run& run, const Zone& zone, Date day, std::int32_t seconds) const {
    const ResolvedLocal resolved = zone.resolve(day, seconds, {GapPolicy::InstantOfChange, OverlapPolicy::Earlier});
    if (resolved.kind == ResolvedLocal::Kind::Unique || !run.steps) return resolved.instant;
    const bool gap = resolved.kind == ResolvedLocal::Kind::Gap;
    Step* step = run.add(gap ? Step::Kind::Gap : Step::Kind::Overlap);
    step->to = resolved.instant;
    step->what = fmt::format("{:02}:{:02} on {} {}", seconds / 3600, seconds / 60 % 60, day_words(day),
                             gap ? "does not exist in " + zone.name() + ": the moment of the change of clocks is taken"
                                 : "occurs twice in " + zone.name() + ": the first is taken");
    return resolved.instant;
}

ReadingEnd ReadingCounter::count_days(Run& run) const {
    const Date before_day_one = day_before_day_one(run);
    if (!add_period(run, before_day_one)) {
        return outside_years(run.reached) ? ReadingEnd{CountStatus::Unsupported, {}, {}, false, run.reached}
                                          : run.beyond();
    }
    leave_out_last_day(run);
    move_off_recess(run);
    const bool long_enough = std::abs(days_between(before_day_one, run.last)) >= reading_.minimum_from_days;
    if (roll_rule() != RollRule::None && !roll_day(run)) return run.beyond();
    if (reading_.minimum_working_days > 0 && long_enough && !hold_minimum(run, before_day_one)) return run.beyond();
    if (!run.closed) close_day(run);
    return finished(run);
}

// 1182/71 article 3(1), BGB 187(1), CCP 12, Tex. Gov't Code 311.014(a), SG Interpretation Act 50(a): the day of the
// event is out. Ireland, Interpretation Act 2005 s. 18(h): it is in. Japan, Civil Code 140: out unless the period
// starts at 00:00.
Date ReadingCounter::day_before_day_one(Run& run) const {
    const LocalTime local = zone_.local(run.start);
    const bool backward = request_.period.is_backward();
    // Backward from 00:00 the first whole day is the one before: nothing of the event day is left to include.
    const bool midnight = !backward && reading_.start == StartRule::DayExcludedUnlessMidnight && local.seconds == 0;
    // Thailand 193/3: what begins with the day's business, or before it, begins with that day.
    const bool opening = !backward && reading_.start == StartRule::DayExcludedUnlessOpening && local.seconds <= reading_.opens_seconds;
    const bool included = reading_.start == StartRule::DayIncluded || midnight || opening;
    const Date before = included ? local.date.plus_days(backward ? 1 : -1) : local.date;
    if (Step* step = run.add(included ? Step::Kind::DayIncluded : Step::Kind::DayExcluded)) {
        step->from_day = local.date;
        step->to_day = before.plus_days(backward ? -1 : 1);
        step->provision = provision();
        const std::string why = opening ? fmt::format(" (it is there by the opening of business at {:02}:{:02})", reading_.opens_seconds / 3600, reading_.opens_seconds / 60 % 60) : std::string();
        step->what = fmt::format("the day of the event, {}, {}{}; day one is {}", day_words(local.date),
                                 included ? "counts" : "does not count", why, day_words(*step->to_day));
    }
    return before;
}

/// Sets `run.last` to the last day before any rolling.
bool ReadingCounter::add_period(Run& run, Date before_day_one) const {
    const Period& period = request_.period;
    if (period.unit == PeriodUnit::WorkingDays) {
        return add_not_off(run, before_day_one, period.amount, reading_.leaves_out.value_or(OffDays::WeekendAndHolidays), Step::Kind::AddWorkingDays);
    }
    if (period.unit == PeriodUnit::Days && reading_.recess == RecessRule::StandsStill) {
        return add_outside_recess(run, before_day_one, period.amount);
    }
    if (period.unit == PeriodUnit::Days && reading_.leaves_out) {
        return add_not_off(run, before_day_one, period.amount, *reading_.leaves_out, Step::Kind::AddDays);
    }
    if (period.unit == PeriodUnit::Days && reading_.skip_off_days_up_to > 0 && std::abs(period.amount) <= reading_.skip_off_days_up_to) {
        return add_not_off(run, before_day_one, period.amount, reading_.off, Step::Kind::AddDays);
    }
    std::optional<Date> last;
    bool clamped = false;
    switch (period.unit) {
        case PeriodUnit::Days:
            last = before_day_one.plus_days(static_cast<std::int32_t>(period.amount));
            break;
        case PeriodUnit::Weeks:
            last = before_day_one.plus_days(static_cast<std::int32_t>(period.amount * 7));
            break;
        case PeriodUnit::Months:
            last = add_months(before_day_one, period.amount, reading_.months);
            break;
        case PeriodUnit::Years:
            last = reading_.months == MonthRule::ThirtyDays ? add_thirty_day_months(before_day_one, period) : add_months(before_day_one, period.amount * 12, reading_.months);
            break;
        default:
            last = add_years_months_days(before_day_one, period, reading_.months);
            break;
    }
    if (!last || outside_years(*last)) {
        run.reached = last.value_or(period.is_backward() ? first_shown.plus_days(-1) : last_shown.plus_days(1));
        return false;
    }
    const bool by_months = period.unit == PeriodUnit::Months || period.unit == PeriodUnit::Years;
    const bool next_day = reading_.months == MonthRule::EventNumberOrNext;
    clamped = by_months && (next_day || reading_.months == MonthRule::EventNumber) && last->ymd().day != before_day_one.ymd().day;
    run.last = *last;
    if (Step* step = run.add(by_months ? Step::Kind::AddMonths : Step::Kind::AddDays)) {
        step->from_day = before_day_one;
        step->to_day = run.last;
        step->provision = provision();
        step->what = fmt::format("{}{} {} {}", words(period), thirty_day_words(), end_verb(period, " on"), day_words(run.last));
    }
    if (!clamped) return true;
    const bool after = next_day && !period.is_backward();
    if (Step* step = run.add(after ? Step::Kind::AfterMonthEnd : Step::Kind::ClampedToMonthEnd)) {
        step->to_day = run.last;
        step->provision = provision();
        step->what = fmt::format("that month has no day {}: {} is taken", before_day_one.ymd().day, after ? "the day after it" : "its last day");
    }
    return true;
}

// Clear days, both ends excluded: R v Herefordshire Justices (1820), Canada Interpretation Act 27(1), French delai franc,
// Luxembourg act of 30 May 1984, article 5. Forward the day beyond the period is the last (or the first on which the act
// may follow), backward the day before it.
void ReadingCounter::leave_out_last_day(Run& run) const {
    if (!reading_.clear) return;
    const Date excluded = run.last;
    run.last = excluded.plus_days(request_.period.is_backward() ? -1 : 1);
    if (Step* step = run.add(Step::Kind::LastDayExcluded)) {
        step->from_day = excluded;
        step->to_day = run.last;
        step->provision = provision();
        step->what = fmt::format("clear days: {} must be over whole; the day {} it is {}", day_words(excluded), request_.period.is_backward() ? "before" : "after", day_words(run.last));
    }
}

// Working days of any law; Portugal CPA 87(c): a limit stands still on days off; SG Interpretation Act 50(d), HK Cap. 1 s. 71: off days are not reckoned in short periods.
bool ReadingCounter::add_not_off(Run& run, Date before_day_one, std::int64_t days, OffDays off, Step::Kind kind) const {
    const Calendar& calendar = *request_.calendar;
    const auto last = calendar.advance(before_day_one, days, off);
    const bool backward = days < 0;
    if (!last) {
        const Date bound = backward ? calendar.first_day().plus_days(-1) : calendar.last_day().plus_days(1);
        run.reached = calendar.covers(before_day_one) ? bound : before_day_one;
        return false;
    }
    run.last = *last;
    run.estimated = run.estimated || calendar.has_estimate(std::min(before_day_one, *last).plus_days(-estimate_slack),
                                                           std::max(before_day_one, *last).plus_days(estimate_slack));
    if (!run.steps) return true;
    int named = 0;
    for (Date day = before_day_one; day != *last && named < most_skipped_steps;) {
        day = day.plus_days(backward ? -1 : 1);
        if (calendar.is_working(day, off) != Working::No) continue;
        ++named;
        skip(run, day, off, provision(), "not counted");
    }
    Step* step = run.add(kind);
    step->from_day = before_day_one;
    step->to_day = run.last;
    step->provision = provision();
    step->what = fmt::format("{} by the calendar `{}` {} {}", words(request_.period), calendar.id(),
                             end_verb(request_.period, " on"), day_words(run.last));
    return true;
}

// 1182/71 article 3(4), BGB 193, CCP 12a, Tex. Gov't Code 311.014(b), SG 50(b), FRCP 6(a)(1)(C); FRCP 6(a)(5) backward.
bool ReadingCounter::roll_day(Run& run) const {
    const Date day = run.last;
    const RollRule rule = roll_rule();
    const bool backward = rule == RollRule::PreviousWorkingDay || rule == RollRule::SameHourPreviousWorkingDay;
    if (!move_to_open_day(run, day, backward)) return false;
    if (run.last == day) return true;
    const bool fixed = rule == RollRule::HourNextWorkingDay;
    if (fixed) run.end = at_local(run, zone_, run.last, reading_.roll_to_seconds);
    run.closed = fixed;
    const auto kind = fixed ? Step::Kind::RolledToHour : backward ? Step::Kind::RolledBack : Step::Kind::Rolled;
    if (Step* step = run.add(kind)) {
        step->from_day = day;
        step->to_day = run.last;
        if (fixed) step->to = run.end;
        step->provision = provision(1);
        step->what = fmt::format(
            "the last day moves to {}{}", day_words(run.last),
            fixed ? fmt::format(" at {:02}:{:02}", reading_.roll_to_seconds / 3600, reading_.roll_to_seconds / 60 % 60)
                  : std::string());
    }
    return true;
}

// 1182/71 article 3(5): a period of two days or more includes at least two working days.
bool ReadingCounter::hold_minimum(Run& run, Date before_day_one) const {
    const Calendar& calendar = *request_.calendar;
    const bool backward = request_.period.is_backward();
    const Date from = backward ? run.last : before_day_one.plus_days(1);
    const Date until = backward ? before_day_one : run.last.plus_days(1);
    const auto held = calendar.count(from, until, OffDays::WeekendAndHolidays);
    if (!held) {
        run.reached = calendar.covers(from) ? until : from;
        return false;
    }
    if (*held >= reading_.minimum_working_days) return true;
    const std::int64_t missing = reading_.minimum_working_days - *held;
    const auto extended = calendar.advance(run.last, backward ? -missing : missing, OffDays::WeekendAndHolidays);
    if (!extended) {
        run.reached = (backward ? calendar.first_day() : calendar.last_day()).plus_days(backward ? -1 : 1);
        return false;
    }
    if (Step* step = run.add(Step::Kind::MinimumWorkingDays)) {
        step->from_day = run.last;
        step->to_day = *extended;
        step->provision = provision(2);
        step->what = fmt::format("the period holds {} of the {} working days it must have: it ends on {}", *held,
                                 reading_.minimum_working_days, day_words(*extended));
    }
    run.last = *extended;
    run.closed = false;
    return true;
}

// 1182/71 article 3(2)(b), BGB 188(1): the last hour of the last day. 17 CFR 232.13(a)(2): a closing hour of the
// agency's clock.
void ReadingCounter::close_day(Run& run) const {
    const auto hour = request_.ends_at_seconds ? request_.ends_at_seconds : reading_.ends_at_seconds;
    if (hour) {
        const Zone& zone = request_.clock_zone ? *request_.clock_zone : zone_;
        run.end = at_local(run, zone, run.last, *hour);
        if (Step* step = run.add(Step::Kind::ClosingTime)) {
            step->to = run.end;
            step->to_day = run.last;
            if (!request_.ends_at_seconds) step->provision = provision(1);
            step->what = fmt::format("the day closes at {}", clock_words(zone, run.end));
        }
        return;
    }
    run.end = at_local(run, zone_, run.last.plus_days(1), 0);
    if (Step* step = run.add(Step::Kind::EndOfDay)) {
        step->to = run.end;
        step->to_day = run.last;
        step->provision = provision();
        step->what = fmt::format("the period ends at 24:00 on {} ({})", day_words(run.last), zone_.name());
    }
}

}  // namespace duenotice
