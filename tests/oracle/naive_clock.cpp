#include "tests/oracle/naive_clock.h"

#include <algorithm>

#include <fmt/format.h>

#include "tests/support/time_tables.h"

namespace duenotice::test {

namespace {

constexpr PeriodUnit counted_units[] = {PeriodUnit::Minutes, PeriodUnit::Hours, PeriodUnit::Hours, PeriodUnit::Days, PeriodUnit::WorkingDays, PeriodUnit::Weeks, PeriodUnit::Months};

Period random_length(RandomTime& random, PeriodUnit unit) {
    switch (unit) {
        case PeriodUnit::Minutes: return Period::minutes(pick(random, 1, 6000));
        case PeriodUnit::Hours: return Period::hours(pick(random, 1, 100));
        case PeriodUnit::Days: return Period::of_days(pick(random, 1, 12));
        case PeriodUnit::WorkingDays: return Period::working_days(pick(random, 1, 8));
        case PeriodUnit::Weeks: return Period::weeks(pick(random, 1, 2));
        default: return Period::of_months(1);
    }
}

std::string length_words(const Period& period) {
    constexpr const char* names[] = {"minutes", "hours", "days", "working days", "weeks", "months", "years", ""};
    return fmt::format("{} {}", period.amount, names[static_cast<std::size_t>(period.unit)]);
}

NaiveLimb random_limb(RandomTime& random, bool both, int number) {
    constexpr const char* not_monotone[] = {"eu.dora.art-5", "us.frcp-6", "us.ny.gcn-25-a", "eu.1182-71"};
    NaiveLimb limb;
    limb.id = "limb-" + std::to_string(number);
    if (both) limb.start = static_cast<NaiveLimb::Start>(random() % 4);
    limb.zone = places[random() % std::size(places)];
    limb.calendar = static_cast<int>(random() % 6);
    while (true) {
        limb.law = random() % 2 == 0 ? &counting_law(not_monotone[random() % 4]) : &counting_laws().laws[random() % counting_laws().laws.size()];
        const PeriodUnit unit = counted_units[random() % std::size(counted_units)];
        if (std::none_of(limb.law->readings.begin(), limb.law->readings.end(), [&](const CountingReading& reading) { return reading.covers(unit); })) continue;
        limb.period = random_length(random, unit);
        if (std::none_of(limb.law->readings.begin(), limb.law->readings.end(), [&](const CountingReading& reading) { return naive_applies(reading, naive_deemed(*limb.law, limb.period)); })) continue;
        if (!is_elapsed(unit) && random() % 5 == 0) limb.cut_off_seconds = static_cast<int>(pick(random, 0, 23)) * 3600 + 1800;
        return limb;
    }
}

NaiveNode leaf(NaiveLimb limb) { return {NaiveNode::Kind::Limb, std::move(limb), {}}; }

void number(NaiveNode& node, int& next) {
    if (node.kind == NaiveNode::Kind::Limb && node.limb.label.empty()) node.limb.id = "limb-" + std::to_string(next++);
    for (NaiveNode& child : node.children) number(child, next);
}

NaiveLimits within(NaiveNode::Kind kind, const NaiveLimits& x, const NaiveLimits& y) {
    if (kind == NaiveNode::Kind::FirstOf) return {std::min(x.safe, y.safe), std::min(x.maximum, y.maximum)};
    return {std::max(x.safe, y.safe), std::max(x.maximum, y.maximum)};
}

}  // namespace

NaiveNode random_clock(RandomTime& random, bool both) {
    const auto group = [&](NaiveNode::Kind kind, int size) {
        NaiveNode node;
        node.kind = kind;
        for (int i = 0; i < size; ++i) node.children.push_back(leaf(random_limb(random, both, i)));
        return node;
    };
    const auto kind = random() % 2 == 0 ? NaiveNode::Kind::FirstOf : NaiveNode::Kind::LastOf;
    const auto other = kind == NaiveNode::Kind::FirstOf ? NaiveNode::Kind::LastOf : NaiveNode::Kind::FirstOf;
    NaiveNode clock;
    switch (random() % 5) {
        case 0: clock = leaf(random_limb(random, both, 0)); break;
        case 1: {  // two readings of one limb, perhaps beside another limb
            clock = group(kind, 2 + static_cast<int>(random() % 2));
            clock.children[1].limb.id = clock.children[0].limb.id = "read";
            clock.children[0].limb.label = "narrow";
            clock.children[1].limb.label = "wide";
            break;
        }
        case 2: clock = group(kind, 2 + static_cast<int>(random() % 2)); break;
        case 3: {
            clock = group(kind, 1);
            clock.children.push_back(group(other, 2));
            break;
        }
        default: {
            clock = group(kind, 2);
            if (random() % 2 == 0) clock.children[random() % 2].limb.guarded = true;
            break;
        }
    }
    int next = 0;
    number(clock, next);
    return clock;
}

NaiveNode random_limb_clock(RandomTime& random) { return leaf(random_limb(random, false, 0)); }

std::string clock_xml(const NaiveNode& clock) {
    if (clock.kind != NaiveNode::Kind::Limb) {
        const char* name = clock.kind == NaiveNode::Kind::FirstOf ? "first-of" : "last-of";
        std::string text = fmt::format("<{}>", name);
        for (const NaiveNode& child : clock.children) text += clock_xml(child);
        return text + fmt::format("</{}>", name);
    }
    constexpr const char* starts[] = {"t.a_at", "t.b_at", "earliest of (t.a_at, t.b_at)", "latest of (t.a_at, t.b_at)"};
    const NaiveLimb& limb = clock.limb;
    std::string text = fmt::format(R"(<limb id="{}" amount="{}" counting="{}" calendar="cal.{}" zone="{}" provision="1")", limb.id, length_words(limb.period), limb.law->id, limb.calendar, limb.zone);
    if (!limb.label.empty()) text += fmt::format(R"( reading="{}")", limb.label);
    if (limb.cut_off_seconds) text += fmt::format(R"( cut-off="{:02}:{:02}")", *limb.cut_off_seconds / 3600, *limb.cut_off_seconds / 60 % 60);
    return text + fmt::format("><start>{}</start>{}</limb>", starts[static_cast<std::size_t>(limb.start)], limb.guarded ? "<when>t.guard is yes</when>" : "");
}

std::vector<const NaiveLimb*> limbs_of(const NaiveNode& clock) {
    if (clock.kind == NaiveNode::Kind::Limb) return {&clock.limb};
    std::vector<const NaiveLimb*> all;
    for (const NaiveNode& child : clock.children)
        for (const NaiveLimb* limb : limbs_of(child)) all.push_back(limb);
    return all;
}

bool NaiveClock::reads_once() const {
    int a = 0, b = 0;
    const std::vector<const NaiveLimb*> limbs = limbs_of(clock_);
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const NaiveLimb& limb = *limbs[i];
        // The least of the readings, and the greatest, over all starts are those of each reading by itself.
        const bool reading = !limb.label.empty() && i > 0 && limbs[i - 1]->id == limb.id && limbs[i - 1]->start == limb.start;
        if (reading) continue;
        if (limb.start != NaiveLimb::Start::B) ++a;
        if (limb.start != NaiveLimb::Start::A) ++b;
    }
    return a <= 1 && b <= 1;
}

NaiveLimits NaiveClock::limb(const NaiveLimb& limb, std::int64_t start, bool& beyond) {
    auto [found, fresh] = counted_.try_emplace({&limb, start});
    if (fresh) {
        const date::time_zone& zone = *date::locate_zone(limb.zone);
        const date::time_zone& clock_zone = limb.law->clock_zone.empty() ? zone : *date::locate_zone(limb.law->clock_zone);
        bool first = true;
        NaiveLimits limits;
        const Period period = naive_deemed(*limb.law, limb.period);
        for (CountingReading reading : limb.law->readings) {
            if (!naive_applies(reading, period)) continue;
            if (limb.cut_off_seconds) reading.ends_at_seconds = limb.cut_off_seconds;
            const auto end = naive_count(reading, period, start, calendars_[static_cast<std::size_t>(limb.calendar)].naive, zone, clock_zone);
            if (!end) return beyond = true, NaiveLimits{};
            limits = first ? NaiveLimits{end->end, end->end} : NaiveLimits{std::min(limits.safe, end->end), std::max(limits.maximum, end->end)};
            first = false;
        }
        found->second = limits;
    }
    if (!found->second) return beyond = true, NaiveLimits{};
    return *found->second;
}

std::optional<NaiveLimits> NaiveClock::node(const NaiveNode& node, std::int64_t a, std::int64_t b, bool guard, bool& beyond) {
    if (node.kind == NaiveNode::Kind::Limb) {
        if (node.limb.guarded && !guard) return {};
        const std::int64_t starts[] = {a, b, std::min(a, b), std::max(a, b)};
        return limb(node.limb, starts[static_cast<std::size_t>(node.limb.start)], beyond);
    }
    std::optional<NaiveLimits> result;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        std::optional<NaiveLimits> value = this->node(node.children[i], a, b, guard, beyond);
        const NaiveLimb& limb = node.children[i].limb;
        if (!limb.label.empty() && i + 1 < node.children.size() && node.children[i + 1].limb.id == limb.id) {
            const std::optional<NaiveLimits> next = this->node(node.children[++i], a, b, guard, beyond);
            if (value && next) value = NaiveLimits{std::min(value->safe, next->safe), std::max(value->maximum, next->maximum)};
        }
        if (value) result = result ? within(node.kind, *result, *value) : *value;
    }
    return result;
}

std::optional<NaiveLimits> NaiveClock::at(std::int64_t a, std::int64_t b, bool guard, bool& beyond) { return node(clock_, a, b, guard, beyond); }

}  // namespace duenotice::test
