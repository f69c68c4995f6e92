#pragma once
// A calendar worked out day by day: which days are working days, holidays, weekend, half days or estimated, for the
// years that the calendar says are confirmed. Outside them every answer is `Unknown`, never a guess; a count that
// reaches them ends as "beyond calendar". Immutable; a working-day advance is two array look-ups.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar_spec.h"
#include "rules/counting_law.h"
#include "rules/date.h"
#include "rules/diagnostic.h"

namespace duenotice {

enum class Working : std::uint8_t { No, Yes, Unknown };

class Calendar {
public:
    const std::string& id() const { return id_; }
    const std::string& title() const { return title_; }
    Date first_day() const { return first_; }
    Date last_day() const { return first_.plus_days(static_cast<std::int32_t>(days_.size()) - 1); }
    bool covers(Date day) const { return index(day) < days_.size(); }

    /// Whether the day is not off in the sense asked for; `WeekendAndHolidays` is what "working day" means.
    Working is_working(Date day, OffDays off = OffDays::WeekendAndHolidays) const;
    bool is_weekend(Date day) const { return has(day, weekend_bit); }
    bool is_holiday(Date day) const { return has(day, holiday_bit); }
    bool is_half_day(Date day) const { return has(day, half_bit); }
    /// The day rests on a date that was computed or provisional when the calendar was checked.
    bool is_estimated(Date day) const { return has(day, estimated_bit); }
    /// Name of the holiday, closure, half day or worked day; empty when the day has none.
    std::string_view name(Date day) const;
    /// Why the day is off in that sense: the holiday's name, else the weekday's; empty when it is not off.
    std::string_view reason_off(Date day, OffDays off) const;
    /// Whether any day in [from, until] is estimated.
    bool has_estimate(Date from, Date until) const;

    /// The n-th working day after (n > 0) or before (n < 0) a day; 0 gives the day itself. Empty beyond the covered
    /// years.
    std::optional<Date> advance(Date day, std::int64_t working_days, OffDays off = OffDays::WeekendAndHolidays) const;
    /// The day itself if it is not off, else the next (or previous) one that is not.
    std::optional<Date> on_or_after(Date day, OffDays off = OffDays::WeekendAndHolidays) const;
    std::optional<Date> on_or_before(Date day, OffDays off = OffDays::WeekendAndHolidays) const;
    /// Working days in [from, until); empty when a bound is beyond the covered years.
    std::optional<std::int64_t> count(Date from, Date until, OffDays off = OffDays::WeekendAndHolidays) const;

    const CalendarSpec& spec() const { return spec_; }

private:
    friend class CalendarBuilder;
    static constexpr std::uint8_t weekend_bit = 1, holiday_bit = 2, half_bit = 4, estimated_bit = 8, named_bit = 16;
    struct Table {
        std::vector<std::uint32_t> before;  ///< days not off before day i; one more entry than days
        std::vector<std::int32_t> open;     ///< their day numbers in order
    };
    std::size_t index(Date day) const {
        return static_cast<std::size_t>(static_cast<std::uint32_t>(day.days_since_1970() - first_.days_since_1970()));
    }
    bool has(Date day, std::uint8_t bit) const { return covers(day) && (days_[index(day)] & bit) != 0; }
    const Table& table(OffDays off) const { return tables_[static_cast<std::size_t>(off)]; }

    std::string id_;
    std::string title_;
    Date first_;
    std::vector<std::uint8_t> days_;
    std::array<Table, 3> tables_;
    std::vector<std::pair<std::int32_t, std::string>> names_;  ///< sorted by day number
    std::vector<std::int32_t> estimated_;                      ///< day numbers in order
    CalendarSpec spec_;
};

inline std::optional<Date> Calendar::advance(Date day, std::int64_t working_days, OffDays off) const {
    if (!covers(day)) return {};
    if (working_days == 0) return day;
    const Table& days = table(off);
    const std::size_t at = index(day);
    // Forward: the working days up to and including `day` are passed over. Backward: those before it are counted down.
    const std::int64_t position = working_days > 0 ? days.before[at + 1] + working_days - 1 : days.before[at] + working_days;
    if (position < 0 || position >= static_cast<std::int64_t>(days.open.size())) return {};
    return Date::from_days(days.open[static_cast<std::size_t>(position)]);
}

/// Finds the calendar an `<include>` names; null when there is none.
using CalendarLookup = std::function<const CalendarSpec*(std::string_view id)>;
/// Works out every day. Errors: an included calendar that is missing, includes itself or covers fewer years.
Checked<Calendar> compile_calendar(const CalendarSpec& spec, const CalendarLookup& lookup);

/// Calendars by id. Cheap to look up; pointers stay valid while a set that holds the calendar lives.
struct CalendarSet {
    std::vector<std::shared_ptr<const Calendar>> calendars;  ///< sorted by id
    const Calendar* find(std::string_view id) const;
};
/// Compiles all of them; they may include each other. Those that `compiled` holds are taken from there.
Checked<CalendarSet> compile_calendars(const std::vector<CalendarSpec>& specs, const CalendarSet& compiled = {});

}  // namespace duenotice
