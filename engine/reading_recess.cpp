#include <cstdlib>

#include <fmt/format.h>

#include "engine/reading_run.h"

namespace duenotice {

// Switzerland VwVG 22a(1), Norway Courts of Justice Act 140(2): periods in days stand still in the recess.
bool ReadingCounter::add_outside_recess(Run& run, Date before_day_one, std::int64_t days) const {
    const bool backward = days < 0;
    Date day = before_day_one;
    for (std::int64_t left = std::abs(days); left > 0;) {
        day = day.plus_days(backward ? -1 : 1);
        if (outside_years(day)) {
            run.reached = day;
            return false;
        }
        const auto recess = recess_of(reading_.recesses, day);
        if (!recess) {
            --left;
            continue;
        }
        day = backward ? recess->from : recess->until;
        if (Step* step = run.add(Step::Kind::Recess)) {
            step->from_day = recess->from;
            step->to_day = recess->until;
            step->provision = provision();
            step->what = fmt::format("{} to {}: recess, the period stands still", day_words(recess->from), day_words(recess->until));
        }
    }
    run.last = day;
    if (Step* step = run.add(Step::Kind::AddDays)) {
        step->from_day = before_day_one;
        step->to_day = run.last;
        step->provision = provision();
        step->what = fmt::format("{} outside the recess {} {}", words(request_.period), end_verb(request_.period, " on"), day_words(run.last));
    }
    return true;
}

// Türkiye HMK 104: a period whose end falls in the recess is longer by a week from the day on which the recess ends.
void ReadingCounter::move_off_recess(Run& run) const {
    if (reading_.recess != RecessRule::EndMoves || request_.period.is_backward()) return;
    const auto recess = recess_of(reading_.recesses, run.last);
    if (!recess) return;
    const Date day = run.last;
    run.last = recess->until.plus_days(reading_.recess_days);
    if (Step* step = run.add(Step::Kind::Recess)) {
        step->from_day = day;
        step->to_day = run.last;
        step->provision = provision(2);
        step->what = fmt::format("{} lies in the recess of {} to {}: the period ends {} days after it, on {}", day_words(day), day_words(recess->from), day_words(recess->until), reading_.recess_days, day_words(run.last));
    }
}

}  // namespace duenotice
