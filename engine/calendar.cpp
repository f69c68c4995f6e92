#include "engine/calendar.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace duenotice {

namespace {

Date first_of_year(int year) {
    return *Date::from_ymd(year, 1, 1);
}

}  // namespace

Working Calendar::is_working(Date day, OffDays off) const {
    if (!covers(day)) return Working::Unknown;
    const auto& before = table(off).before;
    return before[index(day) + 1] != before[index(day)] ? Working::Yes : Working::No;
}

std::string_view Calendar::name(Date day) const {
    const auto found = std::lower_bound(names_.begin(), names_.end(), day.days_since_1970(),
                                        [](const auto& entry, std::int32_t key) { return entry.first < key; });
    if (found == names_.end() || found->first != day.days_since_1970()) return {};
    return found->second;
}

std::string_view Calendar::reason_off(Date day, OffDays off) const {
    if (is_working(day, off) != Working::No) return {};
    if (is_holiday(day)) return name(day);
    return weekday_in_full(day.weekday());
}

bool Calendar::has_estimate(Date from, Date until) const {
    const auto found = std::lower_bound(estimated_.begin(), estimated_.end(), from.days_since_1970());
    return found != estimated_.end() && *found <= until.days_since_1970();
}

std::optional<Date> Calendar::on_or_after(Date day, OffDays off) const {
    if (!covers(day)) return {};
    const Table& days = table(off);
    const std::size_t position = days.before[index(day)];
    if (position >= days.open.size()) return {};
    return Date::from_days(days.open[position]);
}

std::optional<Date> Calendar::on_or_before(Date day, OffDays off) const {
    if (!covers(day)) return {};
    const Table& days = table(off);
    const std::size_t position = days.before[index(day) + 1];
    if (position == 0) return {};
    return Date::from_days(days.open[position - 1]);
}

std::optional<std::int64_t> Calendar::count(Date from, Date until, OffDays off) const {
    if (from >= until) return 0;
    const Date last = until.plus_days(-1);
    if (!covers(from) || !covers(last)) return {};
    const auto& before = table(off).before;
    return std::int64_t{before[index(last) + 1]} - before[index(from)];
}

/// Fills one Calendar from one spec and those it includes.
class CalendarBuilder {
public:
    CalendarBuilder(const CalendarSpec& spec, const CalendarLookup& lookup) : spec_(spec), lookup_(lookup) {}

    Checked<Calendar> build() {
        calendar_.id_ = spec_.id;
        calendar_.title_ = spec_.title;
        calendar_.spec_ = spec_;
        calendar_.first_ = first_of_year(spec_.from_year);
        const auto days = days_between(calendar_.first_, first_of_year(spec_.until_year + 1));
        calendar_.days_.assign(static_cast<std::size_t>(days), 0);
        mark_weekends();
        std::vector<std::string> path;
        mark_holidays(spec_, path);
        if (diagnostics_.has_errors()) return {{}, std::move(diagnostics_)};
        mark_substitutes();
        mark_exceptions();
        mark_unconfirmed();
        make_tables();
        return {std::move(calendar_), std::move(diagnostics_)};
    }

private:
    void mark_weekends() {
        for (std::size_t i = 0; i < calendar_.days_.size(); ++i) {
            const Date day = calendar_.first_.plus_days(static_cast<std::int32_t>(i));
            WeekdaySet weekend = 0;
            for (const WeekendSpec& spec : spec_.weekends) {
                if (spec.range.contains(day)) weekend = spec.days;
            }
            if ((weekend & weekday_bit(day.weekday())) != 0) calendar_.days_[i] |= Calendar::weekend_bit;
        }
    }

    void mark_holidays(const CalendarSpec& spec, std::vector<std::string>& path) {
        path.push_back(spec.id);
        for (const std::string& id : spec.includes) {
            const CalendarSpec* included = lookup_ ? lookup_(id) : nullptr;
            if (!included) {
                diagnostics_.error("DN0621", spec.span, fmt::format("there is no calendar `{}` to include", id));
            } else if (std::find(path.begin(), path.end(), id) != path.end()) {
                diagnostics_.error("DN0622", spec.span, fmt::format("the calendar `{}` includes itself", id));
            } else if (included->from_year > spec_.from_year || included->until_year < spec_.until_year) {
                diagnostics_.error(
                    "DN0623", spec.span,
                    fmt::format("`{}` covers {} to {}, but the calendar `{}` that it includes only {} to {}", spec_.id,
                                spec_.from_year, spec_.until_year, id, included->from_year, included->until_year),
                    "shorten `from` and `until` to the years that both cover");
            } else {
                mark_holidays(*included, path);
            }
        }
        for (const HolidaySpec& holiday : spec.holidays) mark_rule(holiday);
        for (const DaySpec& day : spec.listed) mark_day(day.day, day.name, day.observed, day.estimated);
        path.pop_back();
    }

    void mark_rule(const HolidaySpec& holiday) {
        // The years beside the covered ones too: an observed day may fall across the turn of the year.
        for (int year = spec_.from_year - 1; year <= spec_.until_year + 1; ++year) {
            if (holiday.from_year && year < *holiday.from_year) continue;
            if (holiday.until_year && year > *holiday.until_year) continue;
            if (const auto day = holiday_date(holiday, year)) mark_day(*day, holiday.name, holiday.observed, false);
        }
    }

    void mark_day(Date day, const std::string& name, ObservedRule observed, bool estimated) {
        mark(day, Calendar::holiday_bit, name, estimated);
        if (const auto moved = observed_date(day, observed)) {
            mark(*moved, Calendar::holiday_bit, name + " (observed)", estimated);
        }
        if (observed == ObservedRule::NextWorkingDay) waiting_.push_back({day, name, estimated, observed, {}});
    }

    /// After all holidays stand: those on a weekend move to the next day that is neither weekend nor holiday, in order
    /// of date.
    void mark_substitutes() {
        std::stable_sort(waiting_.begin(), waiting_.end(),
                         [](const DaySpec& a, const DaySpec& b) { return a.day < b.day; });
        for (const DaySpec& holiday : waiting_) {
            if (!calendar_.is_weekend(holiday.day)) continue;
            Date next = holiday.day;
            while (calendar_.is_weekend(next) || calendar_.is_holiday(next)) next = next.plus_days(1);
            mark(next, Calendar::holiday_bit, holiday.name + " (observed)", holiday.estimated);
        }
    }

    void mark(Date day, std::uint8_t bit, const std::string& name, bool estimated) {
        if (!calendar_.covers(day)) return;
        std::uint8_t& flags = calendar_.days_[calendar_.index(day)];
        if ((flags & bit) == 0 || bit != Calendar::holiday_bit) named_.push_back({day.days_since_1970(), name});
        flags |= bit;
        if (estimated) flags |= Calendar::estimated_bit;
    }

    void open_day(const DaySpec& day) {
        if (!calendar_.covers(day.day)) return;
        std::uint8_t& flags = calendar_.days_[calendar_.index(day.day)];
        flags = static_cast<std::uint8_t>(flags & ~(Calendar::weekend_bit | Calendar::holiday_bit));
        std::erase_if(named_, [&](const Named& named) { return named.day == day.day.days_since_1970(); });
        if (!day.name.empty()) named_.push_back({day.day.days_since_1970(), day.name});
    }

    void mark_exceptions() {
        // The worked days of an included calendar are its own affair: only its holidays are taken over.
        for (const DaySpec& day : spec_.worked) open_day(day);
        for (const DaySpec& day : spec_.half) mark(day.day, Calendar::half_bit, day.name, day.estimated);
    }

    /// A year that nobody confirmed may lack a day as well as have one too many: all its days are estimates.
    void mark_unconfirmed() {
        if (!spec_.confirmed) return;
        for (int year = spec_.from_year; year <= spec_.until_year; ++year) {
            const bool known = std::any_of(spec_.confirmed->begin(), spec_.confirmed->end(), [&](const YearRange& range) { return range.from <= year && year <= range.until; });
            if (known) continue;
            const std::size_t end = calendar_.index(first_of_year(year + 1));
            for (std::size_t i = calendar_.index(first_of_year(year)); i < end; ++i) calendar_.days_[i] |= Calendar::estimated_bit;
        }
    }

    void make_tables() {
        for (std::size_t i = 0; i < calendar_.days_.size(); ++i) {
            if ((calendar_.days_[i] & Calendar::estimated_bit) != 0) {
                calendar_.estimated_.push_back(calendar_.first_.days_since_1970() + static_cast<std::int32_t>(i));
            }
        }
        for (const OffDays off : {OffDays::WeekendAndHolidays, OffDays::SundayAndHolidays, OffDays::Holidays}) {
            Calendar::Table& table = calendar_.tables_[static_cast<std::size_t>(off)];
            table.before.reserve(calendar_.days_.size() + 1);
            table.before.push_back(0);
            for (std::size_t i = 0; i < calendar_.days_.size(); ++i) {
                const Date day = calendar_.first_.plus_days(static_cast<std::int32_t>(i));
                const bool weekend = (calendar_.days_[i] & Calendar::weekend_bit) != 0;
                const bool holiday = (calendar_.days_[i] & Calendar::holiday_bit) != 0;
                const bool sunday = day.weekday() == Weekday::Sunday;
                const bool is_off = holiday || (off == OffDays::WeekendAndHolidays && weekend) ||
                                    (off == OffDays::SundayAndHolidays && sunday);
                if (!is_off) table.open.push_back(day.days_since_1970());
                table.before.push_back(static_cast<std::uint32_t>(table.open.size()));
            }
        }
        std::stable_sort(named_.begin(), named_.end(), [](const Named& a, const Named& b) { return a.day < b.day; });
        for (Named& named : named_) {
            if (!calendar_.names_.empty() && calendar_.names_.back().first == named.day) {
                calendar_.names_.back().second += ", " + named.name;
            } else {
                calendar_.names_.emplace_back(named.day, std::move(named.name));
            }
        }
    }

    struct Named {
        std::int32_t day = 0;
        std::string name;
    };

    const CalendarSpec& spec_;
    const CalendarLookup& lookup_;
    Calendar calendar_;
    std::vector<Named> named_;
    std::vector<DaySpec> waiting_;
    Diagnostics diagnostics_;
};

Checked<Calendar> compile_calendar(const CalendarSpec& spec, const CalendarLookup& lookup) {
    return CalendarBuilder(spec, lookup).build();
}

const Calendar* CalendarSet::find(std::string_view id) const {
    const auto found =
        std::lower_bound(calendars.begin(), calendars.end(), id,
                         [](const auto& calendar, std::string_view key) { return calendar->id() < key; });
    return found != calendars.end() && (*found)->id() == id ? found->get() : nullptr;
}

Checked<CalendarSet> compile_calendars(const std::vector<CalendarSpec>& specs, const CalendarSet& compiled) {
    Checked<CalendarSet> result;
    std::vector<const CalendarSpec*> sorted;
    for (const CalendarSpec& spec : specs) sorted.push_back(&spec);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    const CalendarLookup lookup = [&](std::string_view id) -> const CalendarSpec* {
        const auto found = std::lower_bound(sorted.begin(), sorted.end(), id,
                                            [](const auto* spec, std::string_view key) { return spec->id < key; });
        return found != sorted.end() && (*found)->id == id ? *found : nullptr;
    };
    CalendarSet set;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i > 0 && sorted[i]->id == sorted[i - 1]->id) {
            result.diagnostics.error("DN0624", sorted[i]->span,
                                     fmt::format("the calendar `{}` is defined twice", sorted[i]->id));
            continue;
        }
        const auto known = std::lower_bound(compiled.calendars.begin(), compiled.calendars.end(), sorted[i]->id,
                                            [](const auto& calendar, std::string_view key) { return calendar->id() < key; });
        if (known != compiled.calendars.end() && (*known)->id() == sorted[i]->id) {
            set.calendars.push_back(*known);
            continue;
        }
        auto made = compile_calendar(*sorted[i], lookup);
        result.diagnostics.append(made.diagnostics);
        if (made) set.calendars.push_back(std::make_shared<const Calendar>(std::move(*made)));
    }
    if (!result.diagnostics.has_errors()) result.value = std::move(set);
    return result;
}

}  // namespace duenotice
