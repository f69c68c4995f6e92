#include "engine/evaluate_term.h"

#include <algorithm>

#include "engine/counting.h"
#include "engine/local_day.h"
#include "engine/reads.h"

namespace duenotice {

namespace terms {

TermValue of_type(ValueType type) {
    TermValue result;
    result.known.type = type;
    return result;
}

TermValue exact(ValueType type, std::int64_t value) {
    TermValue result = of_type(type);
    result.known.low = result.known.high = value;
    result.known.not_yet_possible = false;
    return result;
}

TermValue open(ValueType type) {
    TermValue result = of_type(type);
    if (type == ValueType::Whole || type == ValueType::Share || type == ValueType::Money || type == ValueType::Duration) result.known.low = 0;
    return result;
}

TermValue not_yet() {
    TermValue result = of_type(ValueType::Instant);
    result.known.happened_possible = false;
    return result;
}

std::int64_t saturated(__int128 value) {
    if (value >= Known::highest) return Known::highest;
    if (value <= Known::lowest) return Known::lowest;
    return static_cast<std::int64_t>(value);
}

namespace {

void ask_for_zone(const Frame& frame, const Evaluation& evaluation) {
    if (evaluation.trace != nullptr && !evaluation.trace->everything) evaluation.trace->add(no_zone(frame, evaluation));
}

std::string_view place_of(const Frame& frame, const Evaluation& evaluation) {
    if (frame.place >= 0) return evaluation.incident.places[static_cast<std::size_t>(frame.place)].code;
    if (frame.entity >= 0) {
        for (const std::string_view fact : {"entity.main_establishment", "entity.country"}) {
            const FactDeclaration* declaration = evaluation.world.law->vocabulary.find(fact);
            if (declaration == nullptr) continue;
            const FactRecord* record = evaluation.incident.find(evaluation.ground(declaration->id, frame));
            if (record != nullptr && record->current().value.places.size() == 1) return record->current().value.places.front();
        }
    }
    return {};
}

TermValue instant_plus(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue start = evaluation.value(*term.terms.front(), frame);
    const bool planned = !start.known.happened_possible;
    if (planned && (start.known.low <= Known::lowest / 2 || start.known.high >= Known::highest / 2)) return start;
    const CountingLaw* law = evaluation.world.law->counting.find(term.counting.empty() ? std::string_view("plain") : term.counting);
    const Zone* zone = evaluation.zone(frame);
    const bool date = start.known.type == ValueType::Date;
    TermValue result = open(ValueType::Instant);
    result.known.not_yet_possible = start.known.not_yet_possible;
    result.known.happened_possible = !planned;
    if (date) result.known.type = ValueType::Date;
    const bool on_any_clock = date || (law != nullptr && law->elapses(term.period.unit, term.period.amount));  // a day plus days needs none
    if (zone == nullptr && on_any_clock) zone = evaluation.world.zones.find("Etc/UTC");
    result.beyond_calendar = start.beyond_calendar;
    if (law == nullptr || zone == nullptr || start.known.low <= Known::lowest / 2) {
        if (evaluation.trace != nullptr && zone == nullptr) ask_for_zone(frame, evaluation);
        else if (evaluation.trace != nullptr) evaluation.trace->too_wide("a start without an earliest instant cannot be counted");
        return result;
    }
    const auto instant = [&](std::int64_t value) { return date ? zone->start_of_day(Date::from_days(static_cast<std::int32_t>(value))).instant : Instant{value}; };
    const std::int64_t now = evaluation.moment.as_of.seconds;
    const std::int64_t latest = start.known.high < Known::highest / 2 ? start.known.high : date ? days_of(now, evaluation.zone(frame)).last : now;
    CountRequest request;
    request.start = {instant(start.known.low), instant(std::max(start.known.low, latest))};
    request.period = term.period;
    request.law = law;
    request.zone = zone;
    request.clock_zone = law->clock_zone.empty() ? nullptr : evaluation.world.zones.find(law->clock_zone);
    request.with_steps = false;
    const std::string_view calendar = evaluation.world.law->calendar_of(place_of(frame, evaluation));
    if (evaluation.world.calendars && !calendar.empty()) request.calendar = evaluation.world.calendars->find(calendar);
    const CountResult counted = count_period(request);
    if (counted.status != CountStatus::Ok) {
        result.beyond_calendar = true;
        if (evaluation.trace != nullptr) evaluation.trace->too_wide("it is counted past what a calendar covers");
        return result;
    }
    result.known.low = date ? zone->date(counted.safe.plus_seconds(-1)).days_since_1970() : counted.safe_bounds.earliest.seconds;
    result.known.high = date ? zone->date(counted.maximum.plus_seconds(-1)).days_since_1970() : counted.maximum_bounds.latest.seconds;
    if (result.known.low != result.known.high && request.start.is_exact() && evaluation.trace != nullptr) evaluation.trace->too_wide("readings of the counting law differ");
    return result;
}

/// A day among instants is the instants that it may hold; without a zone those of every clock, and the country is asked for.
TermValue among_instants(TermValue value, const Term& whole, const Frame& frame, const Evaluation& evaluation) {
    if (whole.type != ValueType::Instant || value.known.type != ValueType::Date) return value;
    const Zone* zone = evaluation.zone(frame);
    if (zone == nullptr) ask_for_zone(frame, evaluation);
    value.known = as_instants(value.known, zone);
    return value;
}

TermValue first_determinable(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue result = open(ValueType::Instant);
    for (const TermPtr& part : term.terms) {
        result = among_instants(evaluation.value(*part, frame), term, frame, evaluation);
        if (!result.known.cannot_be_determined) return result;
    }
    return result;
}

TermValue fallback(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    const TermValue first = among_instants(evaluation.value(*term.terms[0], frame), term, frame, evaluation);
    if (!first.known.not_yet_possible) return first;
    TermValue second = among_instants(evaluation.value(*term.terms[1], frame), term, frame, evaluation);
    if (!first.known.happened_possible) return second;
    second.known.low = second.known.happened_possible ? std::min(first.known.low, second.known.low) : first.known.low;
    second.known.high = second.known.happened_possible ? std::max(first.known.high, second.known.high) : first.known.high;
    second.known.happened_possible = true;
    second.beyond_calendar = first.beyond_calendar || second.beyond_calendar;
    return second;
}

TermValue end_of_year(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue result = evaluation.value(*term.terms.front(), frame);
    const Zone* zone = evaluation.zone(frame);
    if (!result.known.happened_possible && result.known.low <= Known::lowest / 2) return result;
    const auto last = [&](std::int64_t value, bool unbounded) -> std::int64_t {
        if (unbounded) return value;
        const Date day = result.known.type == ValueType::Date ? Date::from_days(static_cast<std::int32_t>(value)) : zone->date(Instant{value});
        const Date end = *Date::from_ymd(day.ymd().year, 12, 31);
        return result.known.type == ValueType::Date ? end.days_since_1970() : zone->start_of_day(end.plus_days(1)).instant.seconds;
    };
    if (zone == nullptr && result.known.type != ValueType::Date) {
        ask_for_zone(frame, evaluation);
        result.known = open(ValueType::Instant).known;
        return result;
    }
    result.known.low = last(result.known.low, result.known.low <= Known::lowest / 2);
    result.known.high = last(result.known.high, result.known.high >= Known::highest / 2);
    return result;
}

TermValue estimate(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue result;
    const GroundFact ground = evaluation.ground(*term.fact, frame);
    result.known = evaluation.domain(ground);
    if (!result.known.estimate) result.known = evaluation.read(ground);
    else if (evaluation.trace != nullptr && evaluation.trace->everything) evaluation.trace->add({Unknown::Kind::Fact, ground, -1, {}});
    if (result.known.estimate) result.known.low = result.known.high = *result.known.estimate;
    return result;
}

TermValue literal(const Term& term) {
    switch (term.kind) {
        case Term::Kind::Whole: return exact(ValueType::Whole, term.number);
        case Term::Kind::Share: return exact(ValueType::Share, term.number);
        case Term::Kind::Duration: return exact(ValueType::Duration, term.number);
        case Term::Kind::DateLiteral: return exact(ValueType::Date, term.date.days_since_1970());
        case Term::Kind::InstantLiteral: return exact(ValueType::Instant, term.instant.seconds);
        case Term::Kind::Money: {
            TermValue result = exact(ValueType::Money, term.number);
            result.known.currency = term.name;
            return result;
        }
        default: {
            TermValue result = of_type(ValueType::Place);
            result.known.closed = true;
            result.known.places = {term.name};
            return result;
        }
    }
}

}  // namespace
}  // namespace terms

TermValue Evaluation::value(const Term& term, const Frame& frame) const {
    switch (term.kind) {
        case Term::Kind::Fact: {
            TermValue result;
            result.known = read(ground(*term.fact, frame));
            return result;
        }
        case Term::Kind::Whole:
        case Term::Kind::Share:
        case Term::Kind::Money:
        case Term::Kind::DateLiteral:
        case Term::Kind::InstantLiteral:
        case Term::Kind::Duration:
        case Term::Kind::Token: return terms::literal(term);
        case Term::Kind::ThisPlace: {
            TermValue result = terms::of_type(ValueType::Place);
            result.known.closed = frame.place >= 0;
            if (frame.place >= 0) result.known.places = {incident.places[static_cast<std::size_t>(frame.place)].code};
            return result;
        }
        case Term::Kind::Sum: return terms::sum(term, frame, *this);
        case Term::Kind::Difference: return terms::difference(term, frame, *this);
        case Term::Kind::Product: return terms::product(term, frame, *this);
        case Term::Kind::PercentOf: return terms::percent_of(term, frame, *this);
        case Term::Kind::LowerOf:
        case Term::Kind::HigherOf: return terms::lower_or_higher(term, frame, *this);
        case Term::Kind::People: return terms::people(term, frame, *this);
        case Term::Kind::Count: return terms::count(term, frame, *this);
        case Term::Kind::SumOf:
        case Term::Kind::Highest:
        case Term::Kind::Lowest: return terms::sum_highest_lowest(term, frame, *this);
        case Term::Kind::Elapsed: return terms::elapsed(*term.terms[0], *term.terms[1], frame, *this);
        case Term::Kind::BusiestWeek: return terms::busiest_week(term, frame, *this);
        case Term::Kind::InstantPlus: return terms::instant_plus(term, frame, *this);
        case Term::Kind::EarliestOf:
        case Term::Kind::LatestOf: {
            if (term.selection) return terms::extreme_over(term, frame, *this);
            std::vector<TermValue> values;
            for (const TermPtr& part : term.terms) values.push_back(value(*part, frame));
            return terms::extreme(values, term.kind == Term::Kind::EarliestOf);
        }
        case Term::Kind::FirstDeterminable: return terms::first_determinable(term, frame, *this);
        case Term::Kind::Fallback: return terms::fallback(term, frame, *this);
        case Term::Kind::Filed: return terms::filed(term, frame, *this);
        case Term::Kind::Learned: return terms::learned(term, frame, *this);
        case Term::Kind::CertainSince: return terms::certain_since(term, frame, *this);
        case Term::Kind::AsAt: return terms::as_at(term, frame, *this);
        case Term::Kind::Estimate: return terms::estimate(term, frame, *this);
        case Term::Kind::HoldStart:
        case Term::Kind::HoldEnd: return terms::hold_bound(term, frame, *this);
        case Term::Kind::EndOfYear: return terms::end_of_year(term, frame, *this);
    }
    return terms::open(term.type);
}

}  // namespace duenotice
