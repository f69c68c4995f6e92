#pragma once
// Counts one reading of a counting law from one exact start. One function per construct of the law; each names the text
// it serves. engine/counting.h runs all readings and all starts over it and is what everybody else includes.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/counting.h"

namespace duenotice {

/// Where one reading ends, or why it does not.
struct ReadingEnd {
    CountStatus status = CountStatus::Ok;
    Instant end;
    Date last_day;
    bool estimated = false;
    Date reached;  ///< the day that the calendar does not cover, for BeyondCalendar
};

class ReadingCounter {
public:
    ReadingCounter(const CountRequest& request, const CountingReading& reading)
        : request_(request), law_(*request.law), reading_(reading), zone_(*request.zone) {}

    /// `steps` may be null: then no words are made.
    ReadingEnd count(Instant start, std::vector<Step>* steps) const;
    /// The instant from which hours run: the start, or the end of its clock hour.
    Instant hours_run_from(Instant start) const;
    /// Minutes or hours under a reading that may move the end off a day.
    bool hours_roll() const;

private:
    struct Run;  ///< the state of one count

    ReadingEnd count_hours(Run& run) const;
    ReadingEnd count_days(Run& run) const;
    Date day_before_day_one(Run& run) const;
    bool add_period(Run& run, Date before_day_one) const;
    bool add_not_off(Run& run, Date before_day_one, std::int64_t days, OffDays off, Step::Kind kind) const;
    bool add_outside_recess(Run& run, Date before_day_one, std::int64_t days) const;
    void move_off_recess(Run& run) const;
    void leave_out_last_day(Run& run) const;
    bool add_counted_time(Run& run, Instant from) const;
    std::pair<Instant, Instant> counted_part(Date day) const;
    bool roll_hours(Run& run) const;
    bool roll_day(Run& run) const;
    bool move_to_open_day(Run& run, Date from, bool backward) const;
    void skip(Run& run, Date day, OffDays off, std::string provision, std::string_view fate) const;
    bool hold_minimum(Run& run, Date before_day_one) const;
    void close_day(Run& run) const;
    Instant at_local(Run& run, const Zone& zone, Date day, std::int32_t seconds) const;
    RollRule roll_rule() const { return request_.period.is_backward() ? reading_.roll_backward : reading_.roll; }
    std::string_view thirty_day_words() const;
    std::string provision(std::size_t cite = 0) const;
    ReadingEnd finished(Run& run) const;

    const CountRequest& request_;
    const CountingLaw& law_;
    const CountingReading& reading_;
    const Zone& zone_;
};

/// Whether a day lies outside the years that a Date can show (with room for every offset).
bool outside_years(Date day);
/// The end of the clock hour in which the instant lies: the next full hour of the local clock, also across a change of
/// offset.
Instant end_of_clock_hour(const Zone& zone, Instant instant);
/// The full hour of the local clock at or before the instant.
Instant start_of_clock_hour(const Zone& zone, Instant instant);

}  // namespace duenotice
