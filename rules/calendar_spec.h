#pragma once
// A legal calendar as its author writes it: weekends by date, holidays by rule or by list, one-off closures, days
// worked in spite of a holiday, half days, and the years for which somebody has confirmed all of it. A place has
// several calendars, one a purpose (public, bank, court, agency); a deadline names which one it means. Plain data from
// `jurisdictions/<place>/calendar.xml`; engine/calendar.h works it out day by day and refuses to answer outside the
// covered years. The rules for each holiday name (observed days, Easter) are those of the file, never guessed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/date.h"
#include "rules/diagnostic.h"

namespace duenotice {

/// Days of the week, bit 0 is Monday.
using WeekdaySet = std::uint8_t;
constexpr WeekdaySet weekday_bit(Weekday day) {
    return static_cast<WeekdaySet>(1U << static_cast<unsigned>(day));
}

/// The weekend in [from, until); later entries win where ranges overlap.
struct WeekendSpec {
    WeekdaySet days = 0;
    DateRange range;
};

/// Where a holiday goes that falls on a day when offices are closed anyway. The day itself stays a holiday too.
enum class ObservedRule : std::uint8_t {
    None,
    UnitedStates,     ///< `us`: Saturday to the Friday before, Sunday to the Monday after (5 USC 6103(b), EO 11582)
    SundayToMonday,   ///< `sun-mon`
    WeekendToMonday,  ///< `sat-sun-mon`: both to the Monday after
    NextWorkingDay  ///< `next-working`: from a weekend day to the next day that is neither weekend nor holiday, in file
                    ///< order
};

struct FixedDay {
    int month = 1;
    int day = 1;
};
/// Days after Easter Sunday, Western or Orthodox (the latter as a Gregorian date).
struct EasterDay {
    int offset_days = 0;
    bool orthodox = false;
};
/// The n-th such weekday of a month; -1 is the last.
struct OrdinalWeekday {
    Weekday weekday = Weekday::Monday;
    int ordinal = 1;
    int month = 1;
};
/// The first such weekday on or after a day of the year.
struct WeekdayOnOrAfter {
    Weekday weekday = Weekday::Monday;
    int month = 1;
    int day = 1;
};

struct HolidaySpec {
    std::string name;
    std::variant<FixedDay, EasterDay, OrdinalWeekday, WeekdayOnOrAfter> rule;
    std::optional<int> from_year;   ///< first year, included
    std::optional<int> until_year;  ///< last year, included
    ObservedRule observed = ObservedRule::None;
    Span span;
};

/// A day that is named itself: a closure, a working day, a half day, one day of a list.
struct DaySpec {
    Date day;
    std::string name;
    bool estimated = false;  ///< computed or announced provisionally, not yet confirmed
    ObservedRule observed = ObservedRule::None;
    Span span;
};

/// Years, both included.
struct YearRange {
    int from = 0;
    int until = 0;
};

struct CalendarSpec {
    std::string id;  ///< `de`, `us.federal`, `us.sec`
    std::string title;
    std::string place;    ///< ISO 3166 code, as in the law files
    std::string purpose;  ///< `public`, `bank`, `court`, `agency`, ...
    int from_year = 0;    ///< first covered year
    int until_year = -1;  ///< last covered year, included; see `confirmed`
    std::string source;
    Date checked;
    char grade = 'U';
    std::string note;
    std::vector<WeekendSpec> weekends;
    std::vector<HolidaySpec> holidays;
    std::vector<DaySpec> listed;        ///< `<list>` days and `<closed>` days
    std::vector<DaySpec> worked;        ///< `<open>` days: working in spite of weekend and holiday
    std::vector<DaySpec> half;          ///< working days that end early; they count as working days
    std::vector<DaySpec> noted;         ///< of imported calendars: bank and optional days, which are working days here
    /// Years that somebody confirmed; days of the other covered years count as estimated. Absent: all covered years.
    std::optional<std::vector<YearRange>> confirmed;
    std::optional<YearRange> told_elsewhere;  ///< of imported files: years that another file tells
    std::vector<std::string> parts;           ///< ids of calendars of parts of this place, where days differ
    std::vector<std::string> includes;  ///< ids of calendars whose holidays (not weekends) are taken over
    Span span;
};

/// Reads `<calendar>` or `<calendars>`; every mistake is a diagnostic with its place.
Checked<std::vector<CalendarSpec>> parse_calendars(SourcePtr source);

/// Easter Sunday of a year as a Gregorian date.
Date western_easter(int year);
Date orthodox_easter(int year);
/// The days on which a rule falls in one year, without observed days; empty when it does not fall (29 February).
std::optional<Date> holiday_date(const HolidaySpec& spec, int year);
/// Where the observed rule moves a holiday by weekday alone; empty when it stays (or the rule is NextWorkingDay).
std::optional<Date> observed_date(Date day, ObservedRule rule);

/// `Mon` ... `Sun`.
std::optional<Weekday> parse_weekday(std::string_view text);
std::string_view weekday_name(Weekday day);
/// `Monday` ... `Sunday`.
std::string_view weekday_in_full(Weekday day);

}  // namespace duenotice
