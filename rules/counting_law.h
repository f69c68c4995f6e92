#pragma once
// How a law counts time: the Clock of the law book, by name, as plain data read from
// `jurisdictions/_shared/counting.xml`. A counting law holds readings. A reading says, for some units, what the start
// excludes, how months are counted, which days do not count, how the end moves off a day on which nobody works, and at
// what hour a day ends. Where a text can be understood in two ways there are two readings for the same unit: the
// earliest end is safe, the latest is the maximum, and each carries its provision. A unit without a reading is refused
// by the engine: a law that does not say how to count something is never guessed. engine/counting.h turns this into
// instants.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/date.h"
#include "rules/diagnostic.h"
#include "rules/recess.h"

namespace duenotice {

/// The units a law can give a period in; `YearsMonthsDays` is a compound such as "one year, two months and ten days".
enum class PeriodUnit : std::uint8_t { Minutes, Hours, Days, WorkingDays, Weeks, Months, Years, YearsMonthsDays };

/// Minutes and hours elapse on the clock; every other unit is counted in days of the calendar.
constexpr bool is_elapsed(PeriodUnit unit) {
    return unit == PeriodUnit::Minutes || unit == PeriodUnit::Hours;
}

/// What of the start does not belong to the period.
enum class StartRule : std::uint8_t {
    AtOnce,                    ///< nothing: the period runs from the instant itself
    HourExcluded,              ///< the clock hour of the event (EU Regulation 1182/71, article 3(1))
    DayExcluded,               ///< the day of the event; the day after is day one
    DayIncluded,               ///< the day of the event is day one (Ireland, Interpretation Act 2005 s. 18(h))
    DayExcludedUnlessMidnight,  ///< the day of the event, unless the event is at 00:00 (Japan, Civil Code 140)
    DayExcludedUnlessOpening    ///< the day of the event, unless it is there by the opening of business (Thailand 193/3)
};

/// How a period in months or years finds its last day.
enum class MonthRule : std::uint8_t {
    EventNumber,  ///< the day with the number of the event day, else the last day of that month: 28 Feb + 1 month = 28
                  ///< Mar
    DayAfter,  ///< counted from the day after, ending before the like-numbered day: 28 Feb + 1 month = 31 Mar (Japan,
               ///< Korea)
    EventNumberOrNext,  ///< the day with the number of the event day, else the day after that month: 31 Jan + 1 month =
                        ///< 1 Mar (Brazil)
    ThirtyDays,     ///< a month is thirty days and a year 365 (United Arab Emirates; Poland, Civil Code 114)
    DayAfterNumber  ///< the day with the number of the day after the event, else the month's last (a reading of Greece)
};

/// What happens to an end on a day that is off.
enum class RollRule : std::uint8_t {
    None,
    NextWorkingDay,             ///< to the end of the next day that is not off
    SameHourNextWorkingDay,     ///< hours too: the same local time on the next day that is not off
    HourNextWorkingDay,         ///< to a fixed local time (`roll_to_seconds`) of the next day that is not off
    PreviousWorkingDay,         ///< back to the end of the last day before that is not off
    SameHourPreviousWorkingDay  ///< back to the same local time on the last day before that is not off
};

/// What a recess of the law does to a period.
enum class RecessRule : std::uint8_t {
    None,
    StandsStill,  ///< its days are not counted (Switzerland, VwVG 22a; Norway, Courts of Justice Act 140)
    EndMoves      ///< an end in it moves to so many days after it (Türkiye, HMK 104)
};

/// Which days are off for rolling and skipping; weekends and holidays are those of the calendar in the request.
enum class OffDays : std::uint8_t { WeekendAndHolidays, SundayAndHolidays, Holidays };

/// A pin-point into the text that says so.
struct CountingCitation {
    std::string id;         ///< the name that readings use, unique within the law: `3-4`
    std::string provision;  ///< `Article 3(4)`
    std::string address;
    Date checked;
    char grade =
        'U';  ///< T text read at the official address, C text read in a copy, S two commentaries agree, U otherwise
    std::string words;  ///< the operative words, at most a dozen; may be empty
};

/// For which lengths of a period something holds, in the period's own unit; a missing bound is none.
struct LengthRange {
    std::optional<int> over;   ///< longer than this
    std::optional<int> up_to;  ///< at most this

    bool is_whole() const { return !over && !up_to; }
    /// `amount` of either direction.
    bool holds(std::int64_t amount) const {
        const std::int64_t length = amount < 0 ? -amount : amount;
        return (!over || length > *over) && (!up_to || length <= *up_to);
    }
    bool overlaps(const LengthRange& other) const;
};

/// One tenable construction of the law for some units.
struct CountingReading {
    std::string label;               ///< "plain hours", "event hour excluded"
    std::vector<std::string> cites;  ///< ids into CountingLaw::citations; the first is the one that is printed
    std::uint8_t units = 0;          ///< bit set over PeriodUnit, see covers()
    LengthRange lengths;             ///< the periods that it serves; whole unless it has one unit
    StartRule start = StartRule::DayExcluded;
    int opens_seconds = 0;           ///< local seconds of the day for DayExcludedUnlessOpening
    MonthRule months = MonthRule::EventNumber;
    bool clear = false;  ///< clear days: the last day is out too, the period ends on the day beyond it
    int skip_off_days_up_to = 0;     ///< periods of at most this many days do not count off days at all; 0: never
    RollRule roll = RollRule::None;  ///< periods that run forward
    RollRule roll_backward = RollRule::None;  ///< periods that run backward from an event
    OffDays off = OffDays::WeekendAndHolidays;
    std::optional<OffDays> roll_past;   ///< days that an end on its way passes over; empty: those of `off`
    std::optional<OffDays> leaves_out;  ///< days that do not count, nor their hours; for working days empty: weekend and holidays
    std::optional<int> counted_from_seconds, counted_until_seconds;  ///< local hours of the day that count alone
    RecessRule recess = RecessRule::None;
    int recess_days = 0;           ///< how many days after the recess, for EndMoves
    std::vector<Recess> recesses;  ///< those of the law, where `recess` is not None
    int roll_to_seconds = 0;             ///< local seconds of the day for HourNextWorkingDay
    int minimum_working_days = 0;        ///< the period must hold at least this many working days ...
    int minimum_from_days = 0;           ///< ... when it is at least this many days long
    std::optional<int> ends_at_seconds;  ///< local time at which the last day closes; empty: 24:00

    bool covers(PeriodUnit unit) const { return (units >> static_cast<unsigned>(unit) & 1U) != 0; }
    bool counts(PeriodUnit unit, std::int64_t amount) const { return covers(unit) && lengths.holds(amount); }
    /// Whether counting this unit under this reading asks a calendar at all.
    bool needs_calendar(PeriodUnit unit, bool backward) const;
};

/// A unit that the law does not know, with the reason that is shown instead of a date.
struct RefusedUnit {
    PeriodUnit unit = PeriodUnit::Hours;
    LengthRange lengths;
    std::string reason;

    bool refuses(PeriodUnit asked, std::int64_t amount) const { return asked == unit && lengths.holds(amount); }
};

/// A length that the law takes for another one: 24 hours are one day (Portugal).
struct DeemedPeriod {
    PeriodUnit unit = PeriodUnit::Hours;
    int amount = 0;
    PeriodUnit as_unit = PeriodUnit::Days;
    int as_amount = 0;
    std::string cite;  ///< id into CountingLaw::citations

    bool deems(PeriodUnit asked, std::int64_t asked_amount) const { return asked == unit && (asked_amount == amount || asked_amount == -amount); }
};

struct CountingLaw {
    std::string id;  ///< `eu.1182-71`
    std::string title;
    std::string note;        ///< what the law leaves to others, in a sentence; may be empty
    std::string clock_zone;  ///< whose clock closes the day (`America/New_York`); empty: the zone of the request
    bool monotone_in_start =
        true;  ///< a later start never gives an earlier end (in zones whose local date never goes back)
    std::vector<CountingCitation> citations;
    std::vector<CountingReading> readings;
    std::vector<Recess> recesses;
    std::vector<DeemedPeriod> deemed;
    std::vector<RefusedUnit> refused;

    const CountingCitation* find_citation(std::string_view citation_id) const;
    bool needs_calendar(PeriodUnit unit, bool backward) const;
    /// Minutes or hours that run at once, ask no calendar and close at no hour: alike on every clock.
    bool elapses(PeriodUnit unit, std::int64_t amount) const;
    /// What the law takes a period of this length for; null when that is what it is.
    const DeemedPeriod* find_deemed(PeriodUnit unit, std::int64_t amount) const;
};

/// All counting laws, in the order of their ids.
struct CountingLaws {
    std::vector<CountingLaw> laws;
    const CountingLaw* find(std::string_view id) const;
};

/// Reads a `<counting>` file; every mistake is a diagnostic with its place.
Checked<CountingLaws> parse_counting_laws(SourcePtr source);

/// `hours`, `days`, `working_days`, `weeks`, `months`, `years`, `years+months+days`.
std::string_view unit_name(PeriodUnit unit);
std::optional<PeriodUnit> find_unit(std::string_view name);
/// The words of counting.xml: `hour-excluded`, `event-number`, `next-working-day`, `weekend holidays`.
std::string_view start_name(StartRule rule);
std::string_view month_name(MonthRule rule);
std::string_view roll_name(RollRule rule);
std::string_view off_name(OffDays off);
std::string_view recess_name(RecessRule rule);
/// ` up to 90`, ` over 90`, ` over 3 up to 5`; empty when every length is meant.
std::string length_words(const LengthRange& lengths);

}  // namespace duenotice
