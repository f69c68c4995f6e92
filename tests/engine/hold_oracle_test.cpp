#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "tests/support/clock_world.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Holds with half-known facts: the start of the clock, the beginning and the end of a hold known within bounds, no end, a
// hold that may not exist, one that begins after the limit, two of one kind. Every account within the bounds is worked out
// by itself; the safe instant of the deadline is never later than any of them allows, and the maximum never earlier.

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr std::int64_t never = INT64_MAX / 4;

#ifdef __OPTIMIZE__
constexpr int clocks = 160, accounts_of_clock = 25;
#else
constexpr int clocks = 60, accounts_of_clock = 10;
#endif

/// What the law of one clock says of its hold.
struct NaiveRule {
    enum class Effect { Delays, Tolls, Extends, Restarts };
    Effect effect = Effect::Delays;
    std::int64_t cap_days = 0;  ///< 0: none
    bool from_due = false, named = false;
    std::int64_t then_days = 0;  ///< 0: none
};

struct Hold1 {
    std::int64_t from = 0, until = never;
};

const CountingReading& plain_days() {
    for (const CountingReading& reading : counting_law("plain").readings)
        if (reading.covers(PeriodUnit::Days)) return reading;
    FAIL("plain counts no days");
    return counting_law("plain").readings.front();
}

/// Days after the day of an instant; an end of day is the following 00:00.
std::int64_t days_on(std::int64_t end, std::int64_t days, const NaiveLimb& limb, const std::vector<CalendarPair>& calendars) {
    const date::time_zone& zone = *date::locate_zone(limb.zone);
    return naive_count(plain_days(), Period::of_days(days), end - 1, calendars[static_cast<std::size_t>(limb.calendar)].naive, zone, zone)->end;
}

NaiveRule random_rule(RandomTime& random) {
    NaiveRule rule;
    rule.effect = static_cast<NaiveRule::Effect>(random() % 4);
    if (random() % 2 == 0) rule.effect = NaiveRule::Effect::Delays;
    if (rule.effect == NaiveRule::Effect::Extends) rule.cap_days = 0;
    else if (random() % 2 == 0) rule.cap_days = pick(random, 1, 6);
    if (rule.effect != NaiveRule::Effect::Delays) return rule;
    rule.from_due = rule.cap_days != 0 && random() % 2 == 0;
    rule.named = random() % 4 == 0;
    rule.then_days = random() % 4 == 0 ? 3 : 0;
    return rule;
}

std::string rule_xml(const NaiveRule& rule, int number) {
    constexpr const char* effects[] = {"delays", "tolls", "extends", "restarts"};
    std::string text = "<hold-rule kind=\"k" + std::to_string(number) + "\" obligations=\"t.o" + std::to_string(number) + "\" effect=\"" + effects[static_cast<std::size_t>(rule.effect)] + "\" counting=\"plain\" provision=\"1\"";
    if (rule.effect == NaiveRule::Effect::Extends) text += " amount=\"3 days\"";
    if (rule.cap_days != 0) text += " cap=\"" + std::to_string(rule.cap_days) + " days\" cap-from=\"" + (rule.from_due ? "due" : "hold") + "\"";
    if (rule.named) text += " term=\"named\"";
    if (rule.then_days != 0) text += " then=\"3 working days\" then-reading=\"later\"";
    return text + ">wait</hold-rule>";
}

/// One exact account: the start, the holds, and what the law makes of them.
class Account {
public:
    Account(const ClockBook& book, std::size_t clock, const NaiveRule& rule) : book_(book), limb_(book.clocks[clock].limb), rule_(rule), count_(book.clocks[clock], book.calendars) {}

    /// Empty where a calendar ends. `cap` of a hold counts from its beginning as known.
    std::optional<NaiveLimits> limits(std::int64_t start, std::vector<Hold1> holds) {
        bool beyond = false;
        const auto plain = count_.at(start, start, true, beyond);
        if (beyond) return {};
        std::sort(holds.begin(), holds.end(), [](const Hold1& a, const Hold1& b) { return a.from < b.from; });
        if (rule_.cap_days != 0 && !rule_.from_due)
            for (Hold1& hold : holds) hold.until = std::min(hold.until, capped(hold.from));
        NaiveLimits result{laid(plain->safe, start, holds, false, beyond), laid(plain->maximum, start, holds, true, beyond)};
        if (beyond) return {};
        return result;
    }

    std::int64_t capped(std::int64_t from) const {
        const date::time_zone& zone = *date::locate_zone(limb_.zone);
        return naive_count(plain_days(), Period::of_days(rule_.cap_days), from, book_.calendars[static_cast<std::size_t>(limb_.calendar)].naive, zone, zone)->end;
    }

private:
    std::int64_t anew(std::int64_t from, bool maximum, bool& beyond) {
        if (from >= never) return never;
        const auto limits = count_.at(from, from, true, beyond);
        return maximum ? limits->maximum : limits->safe;
    }

    std::int64_t laid(std::int64_t limit, std::int64_t start, const std::vector<Hold1>& holds, bool maximum, bool& beyond) {
        switch (rule_.effect) {
            case NaiveRule::Effect::Restarts:
                for (const Hold1& hold : holds) {
                    if (hold.from > limit || start >= hold.until) continue;
                    start = hold.until;
                    limit = anew(start, maximum, beyond);
                }
                return limit;
            case NaiveRule::Effect::Tolls:
                for (std::size_t i = 0; i < holds.size(); ++i) {
                    Hold1 hold = holds[i];
                    while (i + 1 < holds.size() && holds[i + 1].from <= hold.until) hold.until = std::max(hold.until, holds[++i].until);
                    if (limit <= hold.from || start >= hold.until) continue;
                    if (start > hold.from) limit = anew(hold.until, maximum, beyond);
                    else limit = hold.until >= never ? never : limit + hold.until - hold.from;
                }
                return limit;
            case NaiveRule::Effect::Extends:
                for (const Hold1& hold : holds)
                    if (hold.from <= limit) limit = days_on(limit, 3, limb_, book_.calendars);
                return limit;
            case NaiveRule::Effect::Delays: return delayed(limit, holds, maximum, beyond);
        }
        return limit;
    }

    std::int64_t delayed(std::int64_t limit, const std::vector<Hold1>& holds, bool maximum, bool& beyond) {
        std::int64_t end = limit;
        const std::int64_t due = limit;
        for (const Hold1& hold : holds) {
            if (hold.from > limit) continue;
            std::int64_t until = hold.until;
            if (rule_.from_due) until = std::min(until, days_on(due, rule_.cap_days, limb_, book_.calendars));
            if (until <= end) continue;
            end = until;
            limit = std::max(limit, end);
            if (end >= never || rule_.then_days == 0 || !maximum) continue;
            const date::time_zone& zone = *date::locate_zone(limb_.zone);
            std::int64_t last = 0;
            for (const CountingReading& reading : limb_.law->readings) {
                if (!naive_applies(reading, Period::working_days(3))) continue;
                const auto then = naive_count(reading, Period::working_days(3), end - 1, book_.calendars[static_cast<std::size_t>(limb_.calendar)].naive, zone, limb_.law->clock_zone.empty() ? zone : *date::locate_zone(limb_.law->clock_zone));
                if (!then) beyond = true;
                else last = last == 0 ? then->end : std::min(last, then->end);
            }
            limit = std::max(limit, last);
        }
        return limit;
    }

    const ClockBook& book_;
    const NaiveLimb& limb_;
    const NaiveRule& rule_;
    NaiveClock count_;
};

/// A hold as it is stated: bounds, and whether it is there at all.
struct Stated {
    std::int64_t from_low = 0, from_high = 0, until_low = never, until_high = never;
    bool confirmed = true;
    bool exact() const { return confirmed && from_low == from_high && until_low == until_high; }
};

std::vector<std::int64_t> samples(RandomTime& random, std::int64_t low, std::int64_t high) {
    std::vector<std::int64_t> result{low, high};
    for (int i = 0; i < 3 && low < high; ++i) result.push_back(pick(random, low, high));
    return result;
}

Stated random_hold(RandomTime& random, std::int64_t around, bool exact) {
    Stated hold;
    hold.from_low = hold.from_high = around + pick(random, -3 * 86400, 4 * 86400);
    if (!exact && random() % 2 == 0) hold.from_high += pick(random, 1, 2 * 86400);
    if (random() % 4 != 0) {
        hold.until_low = hold.until_high = hold.from_high + pick(random, 60, 9 * 86400);
        if (!exact && random() % 2 == 0) hold.until_high += pick(random, 1, 4 * 86400);
    }
    hold.confirmed = exact || random() % 3 != 0;
    return hold;
}

Hold engine_hold(const Stated& stated, int clock, int number) {
    Hold hold;
    hold.id = "h" + std::to_string(number);
    hold.kind = "k" + std::to_string(clock);
    hold.from = Instant{stated.from_low};
    if (stated.from_high != stated.from_low) hold.from_latest = Instant{stated.from_high};
    if (stated.until_low < never) hold.until = Instant{stated.until_low};
    if (stated.until_high != stated.until_low) hold.until_latest = Instant{stated.until_high};
    hold.confirmed = stated.confirmed;
    return hold;
}

struct Enumerated {
    std::int64_t safe = never, maximum = INT64_MIN;
    bool beyond = false;
    void take(const std::optional<NaiveLimits>& limits) {
        if (!limits) return void(beyond = true);
        safe = std::min(safe, limits->safe);
        maximum = std::max(maximum, limits->maximum);
    }
};

/// Every account: each start with each completion of each hold.
Enumerated enumerate(RandomTime& random, Account& account, std::int64_t low, std::int64_t high, const std::vector<Stated>& stated) {
    Enumerated truth;
    std::vector<std::vector<std::optional<Hold1>>> completions;
    for (const Stated& hold : stated) {
        completions.emplace_back();
        if (!hold.confirmed) completions.back().push_back(std::nullopt);
        for (const std::int64_t from : samples(random, hold.from_low, hold.from_high))
            for (const std::int64_t until : hold.until_low >= never ? std::vector<std::int64_t>{never} : samples(random, hold.until_low, hold.until_high)) completions.back().push_back(Hold1{from, until});
    }
    for (const std::int64_t start : every_minute(low, high))
        for (std::size_t i = 0; i < completions.front().size(); ++i)
            for (std::size_t j = 0; j < (completions.size() > 1 ? completions[1].size() : 1); ++j) {
                std::vector<Hold1> holds;
                if (completions[0][i]) holds.push_back(*completions[0][i]);
                if (completions.size() > 1 && completions[1][j]) holds.push_back(*completions[1][j]);
                truth.take(account.limits(start, holds));
            }
    return truth;
}

}  // namespace

TEST_CASE("a hold never lets the safe instant pass what some account allows") {
    RandomTime random(412);
    std::vector<NaiveNode> made;
    std::vector<NaiveRule> rules;
    std::string xml;
    for (int i = 0; i < clocks; ++i) {
        made.push_back(random_limb_clock(random));
        rules.push_back(random_rule(random));
        const auto& readings = made.back().limb.law->readings;
        if (std::none_of(readings.begin(), readings.end(), [](const CountingReading& reading) { return reading.covers(PeriodUnit::WorkingDays); })) rules.back().then_days = 0;
        xml += rule_xml(rules.back(), i);
    }
    const ClockBook book = clock_book(random, std::move(made), xml);
    Incident incident = clock_account(*book.world.law);
    std::size_t accounts = 0, exact = 0, moved = 0, wrong = 0, no_end = 0, loose = 0;
    std::ostringstream report;
    for (int clock = 0; clock < clocks; ++clock) {
        const NaiveRule& rule = rules[static_cast<std::size_t>(clock)];
        Account account(book, static_cast<std::size_t>(clock), rule);
        const Zone& place = zone(book.clocks[static_cast<std::size_t>(clock)].limb.zone);
        for (int i = 0; i < accounts_of_clock; ++i) {
            const std::int64_t low = random_start(random, place) / 60 * 60;
            const std::int64_t high = low + (random() % 3 == 0 ? 0 : pick(random, 1, 40) * 60 - 1);
            bool beyond = false;
            NaiveClock count(book.clocks[static_cast<std::size_t>(clock)], book.calendars);
            const auto plain = count.at(low, low, true, beyond);
            if (beyond || plain->maximum > instant("2027-10-01T00:00:00Z").seconds) continue;
            const bool exactly = random() % 2 == 0;
            std::vector<Stated> stated{random_hold(random, random() % 2 == 0 ? low : plain->safe, exactly)};
            if (random() % 3 == 0) stated.push_back(random_hold(random, random() % 2 == 0 ? low : plain->safe, exactly));
            const Enumerated truth = enumerate(random, account, low, high, stated);
            if (truth.beyond) continue;
            incident.holds.clear();
            for (std::size_t h = 0; h < stated.size(); ++h) incident.holds.push_back(engine_hold(stated[h], clock, static_cast<int>(h)));
            state(incident, *book.world.law, "t.a_at", between(*book.world.law, "t.a_at", low, high));
            const Deadline deadline = deadline_of(book, static_cast<std::size_t>(clock), incident);
            ++accounts;
            moved += truth.safe != plain->safe || truth.maximum != plain->maximum ? 1 : 0;
            no_end += truth.maximum >= never ? 1 : 0;
            const std::int64_t safe = deadline.safe ? deadline.safe->seconds : never;
            const std::int64_t maximum = deadline.maximum ? deadline.maximum->seconds : never;
            // A term that must be named counts as not known while no end is on record: the limit itself is possible.
            const bool unnamed = rule.named && std::any_of(stated.begin(), stated.end(), [](const Stated& hold) { return hold.until_low >= never; });
            // Where the limit jumps between two starts, all that lies between is possible to the engine: a hold there may widen it.
            const auto latest = count.at(high, high, true, beyond);
            const bool jumps = beyond || latest->safe - plain->safe > high - low || latest->maximum - plain->maximum > high - low;
            const bool all_exact = std::all_of(stated.begin(), stated.end(), [](const Stated& hold) { return hold.exact(); }) && !unnamed && !jumps;
            const bool bad = truth.safe < safe || maximum < truth.maximum || (all_exact && (truth.safe != safe || truth.maximum != maximum));
            exact += all_exact ? 1 : 0;
            loose += truth.safe != safe || truth.maximum != maximum ? 1 : 0;
            if (!bad || ++wrong > 5) continue;
            const auto words = [](std::int64_t at) { return at >= never ? std::string("never") : iso_utc({at}); };
            report << rule_xml(rule, clock) << "\n  " << clock_xml(book.clocks[static_cast<std::size_t>(clock)]) << "\n  start " << words(low) << " to " << words(high) << ", without a hold " << words(plain->safe) << ".." << words(plain->maximum);
            for (const Stated& hold : stated)
                report << "\n  hold " << words(hold.from_low) << " to " << words(hold.from_high) << " until " << words(hold.until_low) << " to " << words(hold.until_high) << (hold.confirmed ? "" : ", unconfirmed");
            report << "\n  safe " << words(safe) << ", naive " << words(truth.safe) << "; maximum " << words(maximum) << ", naive " << words(truth.maximum) << '\n';
        }
    }
    INFO(report.str());
    CHECK(wrong == 0);
    CHECK(moved > accounts / 3);
    CHECK(exact > accounts / 4);
    CHECK(no_end > 20);
    std::printf("hold oracle: %zu accounts, %zu with exact holds and equal to the second, %zu moved by a hold, %zu without an end; wider than the truth in %zu\n", accounts, exact, moved, no_end, loose);
}
