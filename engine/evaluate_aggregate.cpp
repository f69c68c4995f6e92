#include <algorithm>
#include <map>

#include "engine/evaluate_term.h"
#include "engine/reads.h"

// Aggregates over frames: people, count, sum, highest, lowest, durations and the busiest week, as intervals [certain,
// possible] whose upper end is open while a list is open.

namespace duenotice::terms {

namespace {

Truth test_of(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    return term.test ? evaluation.truth(*term.test, frame) : Truth::Yes;
}

void list_is_open(const Evaluation& evaluation, const Selection& selection, const Frame& frame) {
    if (evaluation.trace != nullptr && !evaluation.trace->everything) evaluation.trace->add(others_in(selection, frame));
}

bool skip(Truth counts, const Evaluation& evaluation) {
    return counts == Truth::No && (evaluation.trace == nullptr || !evaluation.trace->everything);
}

}  // namespace

TermValue count(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue result = exact(ValueType::Whole, 0);
    bool list_open = false;
    for (const Evaluation::Member& member : evaluation.members(*term.selection, frame, list_open)) {
        const Truth counts = both(member.is_member, test_of(term, member.frame, evaluation));
        result.known.low += counts == Truth::Yes ? 1 : 0;
        result.known.high += counts != Truth::No ? 1 : 0;
    }
    if (list_open) {
        result.known.high = Known::highest;
        list_is_open(evaluation, *term.selection, frame);
    }
    return result;
}

/// Over nothing a sum is 0, the highest is 0 and the lowest is above every number.
TermValue sum_highest_lowest(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    bool list_open = false;
    TermValue result = open(term.terms.front()->type);
    const bool lowest = term.kind == Term::Kind::Lowest;
    std::int64_t low = lowest ? Known::highest : 0, high = low;
    for (const Evaluation::Member& member : evaluation.members(*term.selection, frame, list_open)) {
        const Truth counts = both(member.is_member, test_of(term, member.frame, evaluation));
        if (skip(counts, evaluation)) continue;
        TermValue value = evaluation.value(*term.terms.front(), member.frame);
        if (result.known.currency.empty()) result.known.currency = value.known.currency;
        value = in_currency(value, result.known.currency, evaluation);
        if (!value.known.currency.empty() && value.known.currency != result.known.currency) {
            if (evaluation.trace != nullptr) evaluation.trace->too_wide("amounts are in different currencies, and there is no rate");
            return open(ValueType::Money);
        }
        result.known.type = value.known.type;
        result.inexact = result.inexact || value.inexact || value.denominator != 1;
        const std::int64_t d = value.denominator, least = value.known.low / d, most = value.known.high >= Known::highest / 2 ? Known::highest : value.known.high / d + (value.known.high % d != 0 ? 1 : 0);
        if (counts == Truth::No) continue;
        if (term.kind == Term::Kind::SumOf) {
            if (counts == Truth::Yes) low = add(low, least);
            high = add(high, most);
        } else if (lowest) {
            low = std::min(low, least);
            if (counts == Truth::Yes) high = std::min(high, most);
        } else {
            if (counts == Truth::Yes) low = std::max(low, least);
            high = std::max(high, most);
        }
    }
    result.known.low = low;
    result.known.high = high;
    if (list_open) {
        (lowest ? result.known.low : result.known.high) = lowest ? 0 : Known::highest;
        list_is_open(evaluation, *term.selection, frame);
    }
    return result;
}

TermValue elapsed(const Term& from, const Term& to, const Frame& frame, const Evaluation& evaluation) {
    const TermValue start_value = evaluation.value(from, frame), end_value = evaluation.value(to, frame);
    const Known &start = start_value.known, &end = end_value.known;
    const std::int64_t as_of = evaluation.moment.as_of.seconds;
    TermValue result = of_type(ValueType::Duration);
    result.known.low = 0;
    result.known.high = Known::highest;
    if (!start.happened_possible) {
        result.known.high = 0;
        return result;
    }
    const bool start_bounded = start.low > Known::lowest / 2;
    const std::int64_t latest_start = start.high < Known::highest / 2 ? start.high : as_of;
    std::int64_t low = Known::highest, high = 0;
    if (end.happened_possible) {
        const std::int64_t earliest_end = end.low > Known::lowest / 2 ? end.low : latest_start;
        low = std::max<std::int64_t>(0, earliest_end - latest_start);
        high = start_bounded && end.high < Known::highest / 2 ? std::max<std::int64_t>(0, end.high - start.low) : Known::highest;
        if (end.high >= Known::highest / 2 && start_bounded) high = std::max<std::int64_t>(0, as_of - start.low);
    }
    if (end.not_yet_possible) {  // it goes on: at least so long, and no end in sight
        if (evaluation.trace != nullptr && !evaluation.trace->everything) evaluation.trace->opaque("yet to come", to.fact ? evaluation.ground(*to.fact, frame) : GroundFact{});
        low = std::min(low, std::max<std::int64_t>(0, as_of - latest_start));
        high = Known::highest;
    }
    result.known.low = start.not_yet_possible ? 0 : low;
    result.known.high = high;
    result.inexact = start_value.inexact || end_value.inexact;
    return result;
}

TermValue busiest_week(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    const Zone* zone = evaluation.world.zones.find(term.name);
    TermValue result = open(ValueType::Duration);
    if (zone == nullptr) return result;
    struct Week {
        std::int64_t low = 0, high = 0;
    };
    std::map<std::int32_t, Week> weeks;  // by the day number of its Monday
    std::int64_t anywhere = 0;           // events whose week is not known
    bool list_open = false;
    const auto monday = [&](Instant at) {
        const Date day = zone->date(at);
        return day.plus_days(-static_cast<std::int32_t>(day.weekday()));
    };
    for (const Evaluation::Member& member : evaluation.members(*term.selection, frame, list_open)) {
        const Truth counts = both(member.is_member, test_of(term, member.frame, evaluation));
        if (skip(counts, evaluation)) continue;
        const Known from = evaluation.value(*term.terms[0], member.frame).known, to = evaluation.value(*term.terms[1], member.frame).known;
        if (!from.happened_possible || counts == Truth::No) continue;
        const bool known_start = !from.not_yet_possible && from.low == from.high;
        const bool known_end = to.happened_possible && !to.not_yet_possible && to.low == to.high;
        if (!known_start) {
            anywhere = add(anywhere, elapsed(*term.terms[0], *term.terms[1], member.frame, evaluation).known.high);
            continue;
        }
        const std::int64_t end = known_end ? to.low : to.happened_possible && to.high < Known::highest / 2 ? to.high : evaluation.moment.as_of.seconds;
        for (std::int64_t at = from.low; at < end;) {
            const Date week = monday(Instant{at});
            const std::int64_t next = zone->start_of_day(week.plus_days(7)).instant.seconds;
            const std::int64_t part = std::min(end, next) - at;
            Week& sum = weeks[week.days_since_1970()];
            sum.high += part;
            if (counts == Truth::Yes && (known_end || !to.happened_possible)) sum.low += part;
            at += part;
        }
        if (!known_end && to.not_yet_possible) anywhere = Known::highest;  // still going on
        if (!known_end) result.inexact = true;
    }
    std::int64_t low = 0, high = 0;
    for (const auto& [day, week] : weeks) {
        low = std::max(low, week.low);
        high = std::max(high, week.high);
    }
    if (list_open) anywhere = Known::highest;
    result.known.low = low;
    result.known.high = add(high, anywhere);
    result.inexact = result.inexact || anywhere > 0;
    return result;
}

TermValue extreme(const std::vector<TermValue>& values, bool earliest) {
    TermValue result = not_yet();
    bool certain = false;
    std::int64_t low = earliest ? Known::highest : Known::lowest, high = low, certain_bound = earliest ? Known::highest : Known::lowest;
    bool first = true;
    for (const TermValue& value : values) {
        result.known.type = value.known.type;
        result.inexact = result.inexact || value.inexact;
        result.beyond_calendar = result.beyond_calendar || value.beyond_calendar;
        if (!value.known.happened_possible) continue;
        result.known.happened_possible = true;
        low = first ? value.known.low : std::min(low, value.known.low);
        high = first ? value.known.high : std::max(high, value.known.high);
        first = false;
        if (value.known.not_yet_possible) continue;
        certain = true;
        certain_bound = earliest ? std::min(certain_bound, value.known.high) : std::max(certain_bound, value.known.low);
    }
    result.known.not_yet_possible = !certain;
    if (first) return result;
    result.known.low = low;
    result.known.high = high;
    if (certain && earliest) result.known.high = certain_bound;
    if (certain && !earliest) result.known.low = certain_bound;
    return result;
}

TermValue extreme_over(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    bool list_open = false;
    std::vector<TermValue> values;
    for (const Evaluation::Member& member : evaluation.members(*term.selection, frame, list_open)) {
        const Truth counts = both(member.is_member, test_of(term, member.frame, evaluation));
        if (skip(counts, evaluation)) continue;
        TermValue value = evaluation.value(*term.terms.front(), member.frame);
        if (counts == Truth::No) continue;
        if (counts == Truth::Unknown) value.known.not_yet_possible = true;
        values.push_back(std::move(value));
    }
    if (list_open) {
        values.push_back(open(values.empty() ? ValueType::Instant : values.front().known.type));
        list_is_open(evaluation, *term.selection, frame);
    }
    return extreme(values, term.kind == Term::Kind::EarliestOf);
}

}  // namespace duenotice::terms
