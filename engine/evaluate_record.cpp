#include <algorithm>
#include <set>

#include "engine/evaluate_term.h"
#include "engine/reads.h"
#include "engine/verdict.h"

// Terms over what is on record: filings, when a fact was learned, since when a condition is certain, a fact as it was at
// another instant, holds. Records are closed as of as-of: what is not recorded did not happen.

namespace duenotice::terms {

namespace {

/// Whether the filing is by the entity that is meant; by another one that may yet have the relation: Unknown.
Truth related(const std::string& of, const Filing& filing, const Frame& frame, const Incident& incident) {
    if (of == "any" || frame.entity < 0) return Truth::Yes;
    const EntityFrame& entity = incident.entities[static_cast<std::size_t>(frame.entity)];
    if (of.empty()) return filing.entity == entity.id ? Truth::Yes : Truth::No;
    const bool listed = std::any_of(entity.relations.begin(), entity.relations.end(), [&](const auto& relation) {
        return relation.first == of && incident.entities[static_cast<std::size_t>(relation.second)].id == filing.entity;
    });
    return listed ? Truth::Yes : incident.has_all_of(of, frame.entity) || filing.entity == entity.id ? Truth::No : Truth::Unknown;
}

/// A filing names the part of the frame that it covers; what it leaves out it covers whole.
bool same_subject(const Filing& filing, const Frame& frame, const Incident& incident) {
    const auto fits = [](const std::string& given, std::int32_t index, const auto& list, auto id) {
        return given.empty() || index < 0 || id(list[static_cast<std::size_t>(index)]) == given;
    };
    const auto id = [](const auto& item) -> const std::string& { return item.id; };
    return fits(filing.population, frame.population, incident.populations, id) &&
           fits(filing.place, frame.place, incident.places, [](const PlaceFrame& place) -> const std::string& { return place.code; }) &&
           fits(filing.contract, frame.contract, incident.contracts, id) && fits(filing.event, frame.event, incident.events, id) &&
           fits(filing.series, frame.series, incident.series, id);
}

}  // namespace

TermValue filed(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    const Incident& incident = evaluation.incident;
    const Obligation* obligation = evaluation.world.law->find_obligation(term.name);
    std::optional<Instant> found, perhaps_first, perhaps_last;
    for (const Filing& filing : incident.filings) {
        const bool named = filing.obligation == term.name ||
                           (obligation != nullptr && std::find(obligation->was.begin(), obligation->was.end(), filing.obligation) != obligation->was.end());
        const Truth is_meant = named ? related(term.of_entity, filing, frame, incident) : Truth::No;
        if (is_meant == Truth::No || !same_subject(filing, frame, incident)) continue;
        if (!term.recipient.empty() && filing.recipient != term.recipient) continue;
        if (!term.channel.empty() && filing.channel != term.channel) continue;
        if (term.leaving && std::find(filing.unknown.begin(), filing.unknown.end(), *term.leaving) == filing.unknown.end()) continue;
        const Instant as_of = evaluation.moment.as_of;
        if (!term.include_withdrawn) {
            if (filing.withdrawn_at && *filing.withdrawn_at <= as_of) continue;
            const bool superseded = term.which == Term::Which::Last && std::any_of(incident.filings.begin(), incident.filings.end(), [&](const Filing& other) { return other.supersedes == filing.id && other.submitted_at && *other.submitted_at <= as_of; });
            if (superseded) continue;
        }
        const auto at = filing.at(term.act);
        if (!at || *at > as_of) continue;
        if (is_meant == Truth::Unknown) {
            if (!perhaps_first || *at < *perhaps_first) perhaps_first = at;
            if (!perhaps_last || *perhaps_last < *at) perhaps_last = at;
        } else if (!found || (term.which == Term::Which::First ? *at < *found : *at > *found)) found = at;
    }
    if (!perhaps_first) return found ? exact(ValueType::Instant, found->seconds) : not_yet();
    if (evaluation.trace != nullptr && !evaluation.trace->everything) evaluation.trace->add(others_related(term.of_entity, frame));
    TermValue result = open(ValueType::Instant);
    result.known.not_yet_possible = !found;
    result.known.low = (!found || (term.which == Term::Which::First && *perhaps_first < *found) ? *perhaps_first : *found).seconds;
    result.known.high = (!found || (term.which == Term::Which::Last && *found < *perhaps_last) ? *perhaps_last : *found).seconds;
    return result;
}

TermValue learned(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    const FactId fact = *term.fact;
    const GroundFact ground = evaluation.ground(fact, frame);
    const FactRecord* record = evaluation.incident.find(ground);
    const FactDeclaration& declaration = evaluation.world.law->vocabulary.at(fact);
    if (record == nullptr || !record->current().value.is_exact(declaration)) return not_yet();
    // The first statement since which the value has stayed.
    const Statement* since = &record->current();
    for (auto it = record->history.rbegin(); it != record->history.rend() && it->value == record->current().value; ++it) since = &*it;
    if (since->learned_at) return exact(ValueType::Instant, since->learned_at->seconds);
    TermValue result = open(ValueType::Instant);  // known, but nobody says since when
    result.known.not_yet_possible = false;
    result.known.high = evaluation.moment.as_of.seconds;
    return result;
}

TermValue certain_since(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    const auto certain = [&](const Incident& incident, Instant at) {
        const Evaluation then{evaluation.world, incident, {at, {}, evaluation.moment.law_as_of}, nullptr};
        return decide(*term.test, frame, then).truth == Truth::Yes;
    };
    if (!certain(evaluation.incident, evaluation.moment.as_of)) return not_yet();
    std::set<std::int64_t> times;
    const auto take = [&](const std::optional<Instant>& at) {
        if (at && *at <= evaluation.moment.as_of) times.insert(at->seconds);
    };
    for (const FactRecord& record : evaluation.incident.facts)
        for (const Statement& statement : record.history) take(statement.learned_at);
    for (const Filing& filing : evaluation.incident.filings)
        for (const auto& at : {filing.submitted_at, filing.accepted_at, filing.dispatched_at, filing.received_at, filing.withdrawn_at}) take(at);
    for (const Hold& hold : evaluation.incident.holds) take(hold.learned_at ? hold.learned_at : hold.from);
    if (!times.empty()) {
        const Instant before{*times.begin() - 1};
        if (!certain(evaluation.incident.as_known_at(before), before))
            for (const std::int64_t at : times)
                if (certain(evaluation.incident.as_known_at(Instant{at}), Instant{at})) return exact(ValueType::Instant, at);
    }
    TermValue result = open(ValueType::Instant);  // it rests on statements that do not say when they were learned
    result.known.not_yet_possible = false;
    result.known.high = times.empty() ? evaluation.moment.as_of.seconds : *times.begin();
    return result;
}

TermValue as_at(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    const FactId fact = *term.fact;
    const Term& when = *term.terms.back();
    const FactDeclaration& declaration = evaluation.world.law->vocabulary.at(fact);
    TermValue result = of_type(declaration.type);
    result.known = Known::open(declaration);
    const FactRecord* record = evaluation.incident.find(evaluation.ground(fact, frame));
    Known at = evaluation.value(when, frame).known;
    if (at.type == ValueType::Date) {
        const Zone* zone = evaluation.zone(frame);
        const auto start = [&](std::int64_t day) { return zone == nullptr ? day * 86400 : zone->start_of_day(Date::from_days(static_cast<std::int32_t>(day))).instant.seconds; };
        if (at.low > Known::lowest / 2) at.low = start(at.low);
        if (at.high < Known::highest / 2) at.high = start(at.high + 1) - 1;
    }
    if (at.not_yet_possible || !at.happened_possible) at.high = Known::highest;
    // The statement in force at the earliest instant, and every later one that begins within the range.
    std::optional<Known> value;
    bool only_last = record != nullptr;
    for (std::size_t i = 0; record != nullptr && i < record->history.size(); ++i) {
        const Statement& statement = record->history[i];
        const std::int64_t since = statement.true_since ? statement.true_since->seconds : Known::lowest;
        if (since > at.high) {
            only_last = false;
            break;
        }
        if (since <= at.low) value = statement.value;
        else value = (value ? *value : Known::open(declaration)).united(statement.value);
        only_last = only_last && (since <= at.low || i == 0);
    }
    const GroundFact ground = evaluation.ground(fact, frame);
    if (only_last && record->history.size() > 1) only_last = record->history.back().true_since && record->history.back().true_since->seconds <= at.low;
    if (only_last && value) {
        result.known = evaluation.read(ground);
        return result;
    }
    if (value) result.known = *value;
    Trace* trace = evaluation.trace;
    if (trace != nullptr && trace->everything) trace->add({Unknown::Kind::Fact, ground, -1, {}});
    else if (trace != nullptr && !result.known.is_exact(declaration)) trace->opaque("as it was", ground);
    return result;
}

TermValue hold_bound(const Term& term, const Frame&, const Evaluation& evaluation) {
    // The first beginning, or the last end: over the holds that are surely there, drawn out by those that may be.
    const bool begins = term.kind == Term::Kind::HoldStart;
    const auto further = [begins](std::optional<Instant>& into, Instant at) {
        if (!into || (begins ? at < *into : at > *into)) into = at;
    };
    std::optional<Instant> sure_low, sure_high, far, least, most;
    for (const Hold& hold : evaluation.incident.holds) {
        if (hold.kind != term.name || (hold.from && *hold.from > evaluation.moment.as_of)) continue;
        const std::optional<Instant>& at = begins ? hold.from : hold.until;
        if (!at) continue;
        const Instant latest = (begins ? hold.from_latest : hold.until_latest).value_or(*at);
        further(far, begins ? *at : latest);
        least = least ? std::min(*least, *at) : *at;
        most = most ? std::max(*most, latest) : latest;
        if (!hold.confirmed) continue;
        further(sure_low, *at);
        further(sure_high, latest);
    }
    if (!far) return not_yet();
    TermValue result = exact(ValueType::Instant, far->seconds);
    result.known.not_yet_possible = !sure_low;
    result.known.low = (begins ? *far : sure_low.value_or(*least)).seconds;
    result.known.high = (begins ? sure_high.value_or(*most) : *far).seconds;
    return result;
}

}  // namespace duenotice::terms
