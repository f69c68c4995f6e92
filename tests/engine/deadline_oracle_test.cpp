#include <catch2/catch.hpp>

#include <cstdio>
#include <sstream>

#include "tests/support/clock_world.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Whole clocks: first-of and last-of over limbs with guards, readings, rolls, closing hours and zones, with starts known
// within bounds. Every minute of the bounds is counted the slow way; safe and maximum of the deadline are the least and the
// greatest that any of them allows, whatever else is open.

using namespace duenotice;
using namespace duenotice::test;

namespace {

#ifdef __OPTIMIZE__
constexpr int clocks = 130, ranges_of_clock = 120;
#else
constexpr int clocks = 40, ranges_of_clock = 40;
#endif

ClockBook random_book(RandomTime& random, bool both) {
    std::vector<NaiveNode> made;
    for (int i = 0; i < clocks; ++i) made.push_back(random_clock(random, both));
    return clock_book(random, std::move(made));
}

/// What every minute of the bounds gives, taken together.
struct Enumerated {
    std::optional<Bounds> safe, maximum;
    bool beyond = false, none = false;  ///< a calendar ended; in some account no limb applied
    void take(const std::optional<NaiveLimits>& limits) {
        if (!limits) return void(none = true);
        const auto grow = [](std::optional<Bounds>& bounds, std::int64_t at) { bounds = bounds ? Bounds{{std::min(bounds->earliest.seconds, at)}, {std::max(bounds->latest.seconds, at)}} : Bounds{{at}, {at}}; };
        grow(safe, limits->safe);
        grow(maximum, limits->maximum);
    }
};

struct Range {
    std::int64_t low = 0, high = 0;
};

struct Tally {
    std::size_t ranges = 0, exact = 0, loose_safe = 0, loose_maximum = 0, wrong = 0, beyond = 0;
    std::ostringstream report;

    void compare(const ClockBook& book, std::size_t clock, const Range& a, const Range& b, const Enumerated& truth, const Deadline& deadline, bool exactly) {
        const auto say = [&](const char* what) {
            if (++wrong > 6) return;
            report << what << ": " << clock_xml(book.clocks[clock]) << "\n  a " << iso_utc({a.low}) << " to " << iso_utc({a.high}) << ", b " << iso_utc({b.low}) << " to " << iso_utc({b.high}) << "\n  safe "
                   << (deadline.safe ? iso_utc(*deadline.safe) : "none") << ", naive " << iso_utc(truth.safe->earliest) << "; maximum " << (deadline.maximum ? iso_utc(*deadline.maximum) : "none") << ", naive "
                   << iso_utc(truth.maximum->latest) << '\n';
        };
        ++ranges;
        if (!deadline.safe || !deadline.maximum) return say("no date");
        if (truth.safe->earliest < *deadline.safe) return say("safe is later than an account allows");
        if (*deadline.maximum < truth.maximum->latest) return say("maximum is earlier than an account allows");
        const bool same_safe = truth.safe->earliest == *deadline.safe, same_maximum = truth.maximum->latest == *deadline.maximum;
        if (exactly) {
            ++exact;
            if (!same_safe || !same_maximum) say("bounds are not the least and the greatest");
        } else {
            loose_safe += same_safe ? 0 : 1;
            loose_maximum += same_maximum ? 0 : 1;
        }
    }
};

}  // namespace

TEST_CASE("the deadline of a whole clock is that of every minute of an open start") {
    RandomTime random(500);
    const ClockBook book = random_book(random, false);
    Incident incident = clock_account(*book.world.law);
    Tally tally;
    std::size_t ends_inside = 0;
    for (std::size_t clock = 0; clock < book.clocks.size(); ++clock) {
        NaiveClock naive(book.clocks[clock], book.calendars);
        const bool exactly = naive.reads_once();
        const Zone& place = zone(limbs_of(book.clocks[clock]).front()->zone);
        const std::int64_t window = random_start(random, place) / 60 * 60 - pick(random, 0, 1000) * 60;
        for (int i = 0; i < ranges_of_clock; ++i) {
            Range range;
            range.low = window + pick(random, 0, 1400) * 60;
            range.high = range.low + pick(random, 0, i % 8 == 0 ? 2600 : 300) * 60 + (i % 3 == 0 ? -1 : 59);
            if (range.high < range.low) range.high = range.low;
            const int guard = static_cast<int>(random() % 3);
            Enumerated truth;
            const std::vector<std::int64_t> starts = every_minute(range.low, range.high);
            for (const std::int64_t start : starts)
                for (const bool yes : {false, true})
                    if (guard == 2 || guard == (yes ? 1 : 0)) truth.take(naive.at(start, start, yes, truth.beyond));
            tally.beyond += truth.beyond ? 1 : 0;
            if (truth.beyond || !truth.safe || truth.none) continue;
            state(incident, *book.world.law, "t.a_at", between(*book.world.law, "t.a_at", range.low, range.high));
            state(incident, *book.world.law, "t.guard", answered(*book.world.law, "t.guard", guard == 2 ? "" : guard == 1 ? "yes" : "no"));
            const Deadline deadline = deadline_of(book, clock, incident);
            tally.compare(book, clock, range, range, truth, deadline, exactly);
            bool beyond_calendar = false;
            const auto first = naive.at(range.low, range.low, true, beyond_calendar), last = naive.at(range.high, range.high, true, beyond_calendar);
            if (first && last && (std::min(first->safe, last->safe) != truth.safe->earliest.seconds || std::max(first->maximum, last->maximum) != truth.maximum->latest.seconds)) ++ends_inside;
            if (deadline.alternatives.size() == 1 && deadline.other_limbs.empty() && limbs_of(book.clocks[clock]).size() == 1) {
                const Alternative& only = deadline.alternatives.front();
                INFO(clock_xml(book.clocks[clock]));
                CHECK(only.safe_bounds.value_or(Bounds{*only.safe, *only.safe}) == *truth.safe);
                CHECK(only.maximum_bounds.value_or(Bounds{*only.maximum, *only.maximum}) == *truth.maximum);
            }
        }
    }
    INFO(tally.report.str());
    CHECK(tally.wrong == 0);
    CHECK(tally.exact > tally.ranges / 5);
    CHECK(ends_inside > tally.ranges / 100);
    std::printf("deadline oracle, one start: %zu ranges, %zu exact to the second, of the others safe earlier in %zu and maximum later in %zu; extreme inside the range in %zu\n", tally.ranges, tally.exact, tally.loose_safe,
                tally.loose_maximum, ends_inside);
}

TEST_CASE("the deadline of a clock with two open starts is that of every pair of minutes") {
    RandomTime random(501);
    const ClockBook book = random_book(random, true);
    Incident incident = clock_account(*book.world.law);
    Tally tally;
    for (std::size_t clock = 0; clock < book.clocks.size(); ++clock) {
        NaiveClock naive(book.clocks[clock], book.calendars);
        const bool exactly = naive.reads_once();
        const Zone& place = zone(limbs_of(book.clocks[clock]).front()->zone);
        const std::int64_t window = random_start(random, place) / 60 * 60 - 45 * 60;
        for (int i = 0; i < ranges_of_clock / 4; ++i) {
            Range a, b;
            a.low = window + pick(random, 0, 60) * 60;
            a.high = a.low + pick(random, 0, 40) * 60 + 59;
            b.low = window + pick(random, -60, 90) * 60;
            b.high = b.low + (i % 4 == 0 ? 0 : pick(random, 0, 40) * 60 + 59);
            Enumerated truth;
            for (const std::int64_t x : every_minute(a.low, a.high))
                for (const std::int64_t y : every_minute(b.low, b.high)) truth.take(naive.at(x, y, true, truth.beyond));
            tally.beyond += truth.beyond ? 1 : 0;
            if (truth.beyond || !truth.safe || truth.none) continue;
            state(incident, *book.world.law, "t.a_at", between(*book.world.law, "t.a_at", a.low, a.high));
            state(incident, *book.world.law, "t.b_at", between(*book.world.law, "t.b_at", b.low, b.high));
            state(incident, *book.world.law, "t.guard", answered(*book.world.law, "t.guard", "yes"));
            tally.compare(book, clock, a, b, truth, deadline_of(book, clock, incident), exactly);
        }
    }
    INFO(tally.report.str());
    CHECK(tally.wrong == 0);
    CHECK(tally.exact > tally.ranges / 5);
    std::printf("deadline oracle, two starts: %zu pairs of ranges, %zu exact to the second, of the others safe earlier in %zu and maximum later in %zu\n", tally.ranges, tally.exact, tally.loose_safe, tally.loose_maximum);
}
