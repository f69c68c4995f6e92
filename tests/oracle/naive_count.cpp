#include "tests/oracle/naive_count.h"

#include <chrono>

namespace duenotice::test {

namespace {

using date::days;
using date::local_days;
using date::local_seconds;
using date::sys_seconds;
using std::chrono::seconds;

struct Beyond {};

std::int64_t local_of(const date::time_zone& zone, std::int64_t t) {
    return zone.to_local(sys_seconds{seconds{t}}).time_since_epoch().count();
}

std::int64_t day_of(std::int64_t local) {
    return date::floor<days>(local_seconds{seconds{local}}).time_since_epoch().count();
}

std::int64_t instant_of(const date::time_zone& zone, std::int64_t local) {
    const auto info = zone.get_info(local_seconds{seconds{local}});
    if (info.result == date::local_info::nonexistent) return info.first.end.time_since_epoch().count();
    return local - info.first.offset.count();
}

std::int64_t past_hour(const date::time_zone& zone, std::int64_t t) {
    return ((local_of(zone, t) % 3600) + 3600) % 3600;
}

/// Walks minute by minute until the clock hour of `t` is over: the clock shows a full hour, or was put back from one.
std::int64_t next_full_hour(const date::time_zone& zone, std::int64_t t) {
    std::int64_t next = t + 60 - past_hour(zone, t) % 60;  // offsets are whole minutes in the years compared
    while (past_hour(zone, next) != 0 && past_hour(zone, next - 1) != 3599) next += 60;
    return next;
}

struct Walk {
    const CountingReading& reading;
    const NaiveCalendar& calendar;
    bool off(std::int64_t day) const { return off(day, reading.off); }
    bool off(std::int64_t day, OffDays days_off) const {
        if (!calendar.covers(day)) throw Beyond{};
        return calendar.off(day, days_off);
    }
    std::int64_t open_from(std::int64_t day, int step) const {
        if (!off(day)) return day;
        const OffDays passed = reading.roll_past ? *reading.roll_past : reading.off;
        while (off(day, passed)) day += step;
        return day;
    }
    std::int64_t step_open(std::int64_t day, std::int64_t n, OffDays days_off) const {
        if (!calendar.covers(day)) throw Beyond{};
        const int step = n < 0 ? -1 : 1;
        for (std::int64_t left = n < 0 ? -n : n; left > 0;) {
            day += step;
            if (!off(day, days_off)) --left;
        }
        return day;
    }
};

/// The day with the same number that many months away, month by month; `found` says whether that month has it.
std::int64_t like_numbered(std::int64_t day, std::int64_t months, bool& found) {
    const date::year_month_day ymd{local_days{days{static_cast<int>(day)}}};
    date::year_month month{ymd.year(), ymd.month()};
    for (std::int64_t i = 0; i < (months < 0 ? -months : months); ++i) {
        if (months < 0)
            month -= date::months{1};
        else
            month += date::months{1};
    }
    const date::year_month_day like = month / ymd.day();
    found = like.ok();
    const date::year_month_day last{month / date::last};
    return local_days{found ? like : last}.time_since_epoch().count();
}

std::int64_t months_later(std::int64_t before, std::int64_t months, MonthRule rule) {
    if (months == 0) return before;
    bool found = false;
    if (rule == MonthRule::EventNumber) return like_numbered(before, months, found);
    if (rule == MonthRule::DayAfterNumber) return like_numbered(months < 0 ? before - 1 : before + 1, months, found);
    if (rule == MonthRule::EventNumberOrNext) {
        const std::int64_t day = like_numbered(before, months, found);
        return found || months < 0 ? day : day + 1;
    }
    if (rule == MonthRule::ThirtyDays) {
        for (std::int64_t i = 0; i < (months < 0 ? -months : months); ++i) before += months < 0 ? -30 : 30;
        return before;
    }
    const std::int64_t first = months < 0 ? before - 1 : before + 1;
    const std::int64_t like = like_numbered(first, months, found);
    if (months < 0) return like + 1;
    return found ? like - 1 : like;
}

/// Quarter of an hour by quarter of an hour: the local date and the offset change only between them.
NaiveEnd count_some_hours(const Walk& walk, const Period& period, std::int64_t from, const date::time_zone& zone) {
    const CountingReading& reading = walk.reading;
    const bool backward = period.amount < 0;
    std::int64_t left = (backward ? -period.amount : period.amount) * (period.unit == PeriodUnit::Minutes ? 60 : 3600);
    while (left > 0) {
        const std::int64_t edge = backward ? (from - 1) / 900 * 900 : (from / 900 + 1) * 900;
        const std::int64_t local = local_of(zone, backward ? from - 1 : from);
        const std::int64_t second = local - day_of(local) * 86400;
        const bool open = second >= reading.counted_from_seconds.value_or(0) && second < reading.counted_until_seconds.value_or(86400);
        const std::int64_t piece = backward ? from - edge : edge - from;
        if (walk.off(day_of(local), *reading.leaves_out) || !open) {
            from = edge;
        } else {
            from += (backward ? -1 : 1) * (piece < left ? piece : left);
            left -= piece;
        }
    }
    return {from, day_of(local_of(zone, from))};
}

NaiveEnd count_hours(const Walk& walk, const Period& period, std::int64_t start, const date::time_zone& zone) {
    const CountingReading& reading = walk.reading;
    const bool backward = period.amount < 0;
    std::int64_t from = start;
    if (reading.start == StartRule::HourExcluded)
        from = backward ? start - past_hour(zone, start) : next_full_hour(zone, start);
    if (reading.leaves_out) return count_some_hours(walk, period, from, zone);
    std::int64_t end = from;
    const std::int64_t step = period.unit == PeriodUnit::Minutes ? 60 : 3600;
    for (std::int64_t i = 0; i < (backward ? -period.amount : period.amount); ++i) end += backward ? -step : step;
    const RollRule rule = backward ? reading.roll_backward : reading.roll;
    std::int64_t day = day_of(local_of(zone, end));
    if (rule == RollRule::None || !walk.off(day)) return {end, day};
    const bool back = rule == RollRule::PreviousWorkingDay || rule == RollRule::SameHourPreviousWorkingDay;
    const std::int64_t within = local_of(zone, end) - day * 86400;
    day = walk.open_from(day, back ? -1 : 1);
    switch (rule) {
        case RollRule::HourNextWorkingDay:
            return {instant_of(zone, day * 86400 + reading.roll_to_seconds), day};
        case RollRule::SameHourNextWorkingDay:
        case RollRule::SameHourPreviousWorkingDay:
            return {instant_of(zone, day * 86400 + within), day};
        default:
            return {instant_of(zone, (day + 1) * 86400), day};
    }
}

/// Gauss's rule, with its two exceptions; day number.
std::int64_t easter_by_gauss(int year) {
    const int a = year % 19, b = year % 4, c = year % 7, k = year / 100;
    const int m = (15 - (13 + 8 * k) / 25 + k - k / 4) % 30, n = (4 + k - k / 4) % 7;
    const int d = (19 * a + m) % 30, e = (2 * b + 4 * c + 6 * d + n) % 7;
    const bool early = (d == 29 && e == 6) || (d == 28 && e == 6 && (11 * m + 11) % 30 < 19);
    return local_days{date::year{year} / 3 / 22}.time_since_epoch().count() + d + e - (early ? 7 : 0);
}

bool in_recess(const CountingReading& reading, std::int64_t day) {
    const date::year_month_day ymd{local_days{days{static_cast<int>(day)}}};
    const int number = static_cast<int>(static_cast<unsigned>(ymd.month()) * 100 + static_cast<unsigned>(ymd.day()));
    const std::int64_t after_easter = day - easter_by_gauss(static_cast<int>(ymd.year()));
    for (const Recess& recess : reading.recesses) {
        const bool over_new_year = !recess.by_easter && recess.until < recess.from;
        const std::int64_t at = recess.by_easter ? after_easter : number;
        if (over_new_year ? at >= recess.from || at <= recess.until : at >= recess.from && at <= recess.until) return true;
    }
    return false;
}

std::int64_t step_in_session(const CountingReading& reading, std::int64_t day, std::int64_t n) {
    while (n != 0) {
        day += n < 0 ? -1 : 1;
        if (!in_recess(reading, day)) n += n < 0 ? 1 : -1;
    }
    return day;
}

NaiveEnd count_days(const Walk& walk, const Period& period, std::int64_t start, const date::time_zone& zone,
                    const date::time_zone& clock_zone) {
    const CountingReading& reading = walk.reading;
    const bool backward = period.is_backward();
    const std::int64_t local = local_of(zone, start);
    const std::int64_t event = day_of(local);
    std::int64_t before = event;
    const bool at_midnight = !backward && local == event * 86400;
    const bool at_opening = !backward && local - event * 86400 <= reading.opens_seconds;
    if (reading.start == StartRule::DayIncluded || (reading.start == StartRule::DayExcludedUnlessOpening && at_opening) ||
        (reading.start == StartRule::DayExcludedUnlessMidnight && at_midnight)) {
        before = backward ? event + 1 : event - 1;
    }
    std::int64_t last = before;
    switch (period.unit) {
        case PeriodUnit::WorkingDays:
            last = walk.step_open(before, period.amount, reading.leaves_out ? *reading.leaves_out : OffDays::WeekendAndHolidays);
            break;
        case PeriodUnit::Days:
            last = reading.recess == RecessRule::StandsStill ? step_in_session(reading, before, period.amount)
                   : reading.leaves_out ? walk.step_open(before, period.amount, *reading.leaves_out)
                   : std::abs(period.amount) <= reading.skip_off_days_up_to
                       ? walk.step_open(before, period.amount, reading.off)
                       : before + period.amount;
            break;
        case PeriodUnit::Weeks:
            last = before + 7 * period.amount;
            break;
        case PeriodUnit::Months:
            last = months_later(before, period.amount, reading.months);
            break;
        case PeriodUnit::Years:
            if (reading.months == MonthRule::ThirtyDays) {
                for (std::int64_t i = 0; i < (backward ? -period.amount : period.amount); ++i) last += backward ? -365 : 365;
                break;
            }
            last = months_later(before, 12 * period.amount, reading.months);
            break;
        default:
            if (reading.months == MonthRule::ThirtyDays) {
                for (std::int64_t i = 0; i < (backward ? -period.amount : period.amount); ++i) last += backward ? -365 : 365;
                last = months_later(last, period.months, reading.months) + period.days;
                break;
            }
            last = months_later(before, 12 * period.amount + period.months, reading.months) + period.days;
            break;
    }
    // Clear days: as many whole days lie between the event and the last day as the period has.
    if (reading.clear) last = backward ? last - 1 : last + 1;
    if (reading.recess == RecessRule::EndMoves && !backward && in_recess(reading, last)) {
        while (in_recess(reading, last + 1)) ++last;
        last += reading.recess_days;
    }
    const std::int64_t length = last > before ? last - before : before - last;
    const RollRule rule = backward ? reading.roll_backward : reading.roll;
    bool fixed = false;
    if (rule != RollRule::None && walk.off(last)) {
        const bool back = rule == RollRule::PreviousWorkingDay || rule == RollRule::SameHourPreviousWorkingDay;
        last = walk.open_from(last, back ? -1 : 1);
        fixed = rule == RollRule::HourNextWorkingDay;
    }
    if (reading.minimum_working_days > 0 && length >= reading.minimum_from_days) {
        while (true) {
            int held = 0;
            for (std::int64_t day = backward ? last : before + 1; day <= (backward ? before - 1 : last); ++day) {
                if (!walk.off(day, OffDays::WeekendAndHolidays)) ++held;
            }
            if (held >= reading.minimum_working_days) break;
            last += backward ? -1 : 1;
            fixed = false;
        }
    }
    if (fixed) return {instant_of(zone, last * 86400 + reading.roll_to_seconds), last};
    if (reading.ends_at_seconds) return {instant_of(clock_zone, last * 86400 + *reading.ends_at_seconds), last};
    return {instant_of(zone, (last + 1) * 86400), last};
}

}  // namespace

bool NaiveCalendar::off(std::int64_t day, OffDays off_days) const {
    const int weekday = static_cast<int>(((day + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
    const bool is_worked = worked.count(day) != 0;
    if (off_days == OffDays::SundayAndHolidays && weekday == 6) return true;
    if (is_worked) return false;
    if (holidays.count(day) != 0) return true;
    return off_days == OffDays::WeekendAndHolidays && weekend.count(weekday) != 0;
}

Period naive_deemed(const CountingLaw& law, const Period& period) {
    for (const DeemedPeriod& deemed : law.deemed) {
        Period one{deemed.unit, deemed.amount, 0, 0}, other{deemed.as_unit, deemed.as_amount, 0, 0};
        if (period == one) return other;
        one.amount = -one.amount;
        other.amount = -other.amount;
        if (period == one) return other;
    }
    return period;
}

bool naive_applies(const CountingReading& reading, const Period& period) {
    if (!reading.covers(period.unit)) return false;
    std::int64_t length = 0;
    while (length != period.amount && -length != period.amount) ++length;
    for (std::int64_t shorter = 0; reading.lengths.over && shorter <= *reading.lengths.over; ++shorter)
        if (shorter == length) return false;
    return !reading.lengths.up_to || *reading.lengths.up_to >= length;
}

std::optional<NaiveEnd> naive_count(const CountingReading& reading, const Period& period, std::int64_t start,
                                    const NaiveCalendar& calendar, const date::time_zone& zone,
                                    const date::time_zone& clock_zone) {
    const Walk walk{reading, calendar};
    try {
        if (is_elapsed(period.unit)) return count_hours(walk, period, start, zone);
        return count_days(walk, period, start, zone, clock_zone);
    } catch (const Beyond&) {
        return {};
    }
}

}  // namespace duenotice::test
