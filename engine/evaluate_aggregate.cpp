#include <algorithm>
#include <map>

#include "engine/evaluate_term.h"

// Aggregates over frames: people, count, sum, highest, lowest, durations and the busiest week, as intervals [certain,
// possible] whose upper end is open while a list is open.

namespace duenotice::terms {

namespace {

std::int64_t add(std::int64_t a, std::int64_t b) {
    if (a >= Known::highest || b >= Known::highest) return Known::highest;
    return saturated(static_cast<__int128>(a) + b);
}

Truth test_of(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    return term.test ? evaluation.truth(*term.test, frame) : Truth::Yes;
}

/// Heads of one population in the places asked for.
struct Heads {
    std::int64_t low = 0, high = 0;
};

class PeopleCounter {
public:
    PeopleCounter(const Term& term, const Frame& frame, const Evaluation& evaluation)
        : term_(term), frame_(frame), evaluation_(evaluation), vocabulary_(evaluation.world.law->vocabulary),
          affected_(vocabulary_.find("people.affected")), total_(vocabulary_.find("people.total")), overlap_(vocabulary_.find("people.overlap")) {
        place_ = term.place;
        if (place_ == "this" && frame.place >= 0) place_ = evaluation.incident.places[static_cast<std::size_t>(frame.place)].code;
    }

    TermValue run() {
        const Incident& incident = evaluation_.incident;
        TermValue result = of_type(ValueType::Whole);
        std::int64_t sum = 0, largest = 0, high = 0, counted = 0;
        bool may_overlap = false;
        for (std::size_t p = 0; p < incident.populations.size(); ++p) {
            Frame frame = frame_;
            frame.population = static_cast<std::int32_t>(p);
            const Truth test = test_of(term_, frame, evaluation_);
            if (test == Truth::No) continue;
            const Heads heads = heads_of(frame);
            high = add(high, heads.high);
            if (heads.high > 0) {
                ++counted;
                may_overlap = may_overlap || overlaps(frame);
            }
            if (test == Truth::Yes) {
                sum = add(sum, heads.low);
                largest = std::max(largest, heads.low);
            }
        }
        const bool implicit = std::any_of(incident.populations.begin(), incident.populations.end(), [](const PopulationFrame& population) { return population.implicit; });
        if (!incident.populations_complete && !implicit) high = Known::highest;
        may_overlap = may_overlap && counted > 1;
        result.known.low = may_overlap ? largest : sum;
        result.known.high = high;
        result.inexact = may_overlap || counted > 1;
        return result;
    }

private:
    /// Whether people of this population may also be in another; not asked in a vocabulary without that question.
    bool overlaps(const Frame& frame) const {
        if (overlap_ == nullptr) return false;
        const Known known = evaluation_.known(evaluation_.ground(overlap_->id, frame));
        const auto no = overlap_->choice_index("no");
        return !no || !(known.possible.count() == 1 && known.possible.test(*no));
    }

    Heads known_heads(const FactDeclaration* declaration, const Frame& frame) const {
        if (declaration == nullptr) return {0, Known::highest};
        const Known known = evaluation_.known(evaluation_.ground(declaration->id, frame));
        return {std::max<std::int64_t>(0, known.low), known.high};
    }

    Heads heads_of(const Frame& population) const {
        const Incident& incident = evaluation_.incident;
        const Heads total = known_heads(total_, population);
        Heads in_place, listed;
        bool place_is_listed = false, any_listed = false;
        for (std::size_t i = 0; i < incident.places.size(); ++i) {
            if (incident.places[i].listed == Truth::No) continue;
            any_listed = true;
            Frame frame = population;
            frame.place = static_cast<std::int32_t>(i);
            const Heads here = known_heads(affected_, frame);
            listed.low = add(listed.low, here.low);
            listed.high = add(listed.high, here.high);
            const std::string& code = incident.places[i].code;
            if (place_.empty() || evaluation_.world.law->within(code, place_)) {
                in_place.low = add(in_place.low, here.low);
                in_place.high = add(in_place.high, here.high);
                place_is_listed = place_is_listed || code == place_;
            }
        }
        if (place_.empty()) {
            // Total and places bound each other. A case split may make them contradict: the closed list of places stands then.
            const bool closed = incident.places_complete && any_listed;
            const Heads &firm = closed ? listed : total, &other = closed ? total : listed;
            return {std::clamp(other.low, firm.low, firm.high), closed ? std::clamp(other.high, firm.low, firm.high) : firm.high};
        }
        // Others of the same total live elsewhere; what is not listed may hold people while the list is open.
        const bool absent = std::any_of(incident.places.begin(), incident.places.end(), [&](const PlaceFrame& place) { return place.code == place_ && place.listed == Truth::No; });
        if (!incident.places_complete && !place_is_listed && !absent) in_place.high = Known::highest;
        const std::int64_t elsewhere = listed.low - in_place.low;
        if (total.high < Known::highest) in_place.high = std::max(in_place.low, std::min(in_place.high, std::max<std::int64_t>(0, total.high - elsewhere)));
        return in_place;
    }

    const Term& term_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    const Vocabulary& vocabulary_;
    const FactDeclaration *affected_, *total_, *overlap_;
    std::string place_;
};

}  // namespace

TermValue people(const Term& term, const Frame& frame, const Evaluation& evaluation) { return PeopleCounter(term, frame, evaluation).run(); }

TermValue count(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue result = exact(ValueType::Whole, 0);
    bool list_open = false;
    for (const Evaluation::Member& member : evaluation.members(*term.selection, frame, list_open)) {
        const Truth counts = both(member.is_member, test_of(term, member.frame, evaluation));
        result.known.low += counts == Truth::Yes ? 1 : 0;
        result.known.high += counts != Truth::No ? 1 : 0;
    }
    if (list_open) result.known.high = Known::highest;
    return result;
}

TermValue sum_highest_lowest(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    bool list_open = false, any = false;
    TermValue result = open(term.terms.front()->type);
    std::int64_t low = 0, high = 0;
    std::int64_t best_low = term.kind == Term::Kind::Lowest ? Known::highest : 0, best_high = term.kind == Term::Kind::Lowest ? Known::highest : 0;
    for (const Evaluation::Member& member : evaluation.members(*term.selection, frame, list_open)) {
        const Truth counts = both(member.is_member, test_of(term, member.frame, evaluation));
        if (counts == Truth::No) continue;
        const TermValue value = evaluation.value(*term.terms.front(), member.frame);
        if (!result.known.currency.empty() && !value.known.currency.empty() && value.known.currency != result.known.currency) return open(ValueType::Money);
        if (result.known.currency.empty()) result.known.currency = value.known.currency;
        result.known.type = value.known.type;
        result.inexact = result.inexact || value.inexact || counts == Truth::Unknown;
        any = true;
        if (counts == Truth::Yes) low = add(low, value.known.low);
        high = add(high, value.known.high);
        if (term.kind == Term::Kind::Highest) {
            if (counts == Truth::Yes) best_low = std::max(best_low, value.known.low);
            best_high = std::max(best_high, value.known.high);
        } else if (term.kind == Term::Kind::Lowest) {
            best_low = std::min(best_low, value.known.low);
            if (counts == Truth::Yes) best_high = std::min(best_high, value.known.high);
        }
    }
    if (term.kind == Term::Kind::SumOf) {
        result.known.low = low;
        result.known.high = list_open ? Known::highest : high;
    } else if (any) {
        result.known.low = list_open && term.kind == Term::Kind::Lowest ? 0 : best_low;
        result.known.high = list_open && term.kind == Term::Kind::Highest ? Known::highest : best_high;
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
        if (counts == Truth::No) continue;
        const Known from = evaluation.value(*term.terms[0], member.frame).known, to = evaluation.value(*term.terms[1], member.frame).known;
        if (!from.happened_possible) continue;
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
        if (counts == Truth::No) continue;
        TermValue value = evaluation.value(*term.terms.front(), member.frame);
        if (counts == Truth::Unknown) value.known.not_yet_possible = true;
        values.push_back(std::move(value));
    }
    if (list_open) values.push_back(open(ValueType::Instant));
    return extreme(values, term.kind == Term::Kind::EarliestOf);
}

}  // namespace duenotice::terms
