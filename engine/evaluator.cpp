#include "engine/evaluator.h"

#include <algorithm>
#include <set>

#include "engine/verdict.h"

// Conditions: and, or, not, at least k of, quantifiers, definitions, presumptions, history, holds, validity. Comparisons
// stand in evaluate_compare.cpp, terms in evaluate_term.cpp and evaluate_aggregate.cpp.

namespace duenotice {

namespace {

Truth at_least(std::uint32_t k, const std::vector<Truth>& parts) {
    std::uint32_t yes = 0, possible = 0;
    for (const Truth part : parts) {
        yes += part == Truth::Yes ? 1 : 0;
        possible += part != Truth::No ? 1 : 0;
    }
    return yes >= k ? Truth::Yes : possible >= k ? Truth::Unknown : Truth::No;
}

/// shown_yes and shown_no decide; not_shown and cannot_be_determined leave the default.
Truth presumed(const Presumption& presumption, const Known& companion, const FactDeclaration& declaration) {
    const Truth standard = presumption.holds_by_default ? Truth::Yes : Truth::No;
    bool yes = false, no = false;
    for (std::size_t i = 0; i < declaration.choices.size(); ++i) {
        if (!companion.possible.test(i)) continue;
        const std::string& token = declaration.choices[i].token;
        const Truth truth = token == "shown_yes" ? Truth::Yes : token == "shown_no" ? Truth::No : standard;
        (truth == Truth::Yes ? yes : no) = true;
    }
    return yes && no ? Truth::Unknown : yes ? Truth::Yes : Truth::No;
}

bool on_hold(const Condition& condition, const Incident& incident, Instant as_of) {
    return std::any_of(incident.holds.begin(), incident.holds.end(), [&](const Hold& hold) {
        return hold.kind == condition.name && (condition.issuer.empty() || condition.issuer == hold.by) && (condition.form.empty() || condition.form == hold.form) &&
               (!hold.from || *hold.from <= as_of) && (!hold.until || *hold.until > as_of);
    });
}

/// The account as it was at an instant of the world: what had become so later is gone.
Incident as_it_was(const Incident& incident, Instant at) {
    Incident result = incident;
    for (FactRecord& record : result.facts)
        std::erase_if(record.history, [at](const Statement& statement) {
            const auto since = statement.true_since ? statement.true_since : statement.learned_at;
            return since && *since > at;
        });
    std::erase_if(result.facts, [](const FactRecord& record) { return record.history.empty(); });
    return result;
}

Truth ever(const Condition& child, const Frame& frame, const Evaluation& evaluation) {
    Truth result = evaluation.truth(child, frame);
    std::set<std::int64_t> times;
    for (const Occurrence& occurrence : ground_facts(child, frame, evaluation))
        if (const FactRecord* record = evaluation.incident.find(occurrence.ground))
            for (const Statement& statement : record->history)
                if (const auto since = statement.true_since ? statement.true_since : statement.learned_at) times.insert(since->seconds);
    for (const std::int64_t at : times) {
        if (result == Truth::Yes) return result;
        const Incident was = as_it_was(evaluation.incident, Instant{at});
        const Evaluation then{evaluation.world, was, evaluation.moment, evaluation.cases};
        result = either(result, then.truth(child, frame));
    }
    return result;
}

/// Whether the relevant date lies in a version's validity; what is not yet will be after as-of.
Truth date_in(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    const Known known = evaluation.value(*condition.left, frame).known;
    std::int64_t low = known.low, high = known.high;
    if (known.type == ValueType::Instant) {
        const Zone* zone = condition.name.empty() ? evaluation.zone(frame) : evaluation.world.zones.find(condition.name);
        const auto day = [&](std::int64_t seconds, bool latest) -> std::int64_t {
            if (zone != nullptr) return zone->date(Instant{seconds}).days_since_1970();
            return (seconds + (latest ? 14 : -12) * 3600) / 86400;  // some zone on earth
        };
        const std::int64_t now = day(evaluation.moment.as_of.seconds, false);
        const bool bounded_low = low > Known::lowest / 2, bounded_high = high < Known::highest / 2;
        low = bounded_low ? day(low, false) : Known::lowest;
        high = bounded_high ? day(high, true) : day(evaluation.moment.as_of.seconds, true);
        if (!known.happened_possible) low = now;
        if (known.not_yet_possible) high = Known::highest;
    } else if (known.not_yet_possible) {
        high = Known::highest;
    }
    const std::int64_t from = condition.validity.from ? condition.validity.from->days_since_1970() : Known::lowest;
    const std::int64_t until = condition.validity.until ? condition.validity.until->days_since_1970() : Known::highest;
    if (high < from || low >= until) return Truth::No;
    return from <= low && (high < until || until == Known::highest) ? Truth::Yes : Truth::Unknown;
}

}  // namespace

Known Evaluation::known(const GroundFact& ground) const {
    if (cases != nullptr) {
        const auto found = cases->find(ground);
        if (found != cases->end()) return found->second;
    }
    const FactRecord* record = incident.find(ground);
    if (record != nullptr) return record->current().value;
    const FactDeclaration& declaration = world.law->vocabulary.at(ground.fact);
    Known open = Known::open(declaration);
    // A judgement that nobody recorded is not yet made: its outcome is open, its instant is not yet.
    if (declaration.judgement && incident.find({*declaration.judgement, ground.frame}) == nullptr) open.happened_possible = false;
    return open;
}

GroundFact Evaluation::ground(FactId fact, const Frame& frame) const {
    return {fact, frame.restricted(bindings(world.law->vocabulary.at(fact).frame))};
}

Truth Evaluation::truth(const Condition& condition, const Frame& frame) const {
    switch (condition.kind) {
        case Condition::Kind::True: return Truth::Yes;
        case Condition::Kind::False: return Truth::No;
        case Condition::Kind::And: {
            Truth result = Truth::Yes;
            for (const ConditionPtr& child : condition.children) {
                result = both(result, truth(*child, frame));
                if (result == Truth::No) break;
            }
            return result;
        }
        case Condition::Kind::Or: {
            Truth result = Truth::No;
            for (const ConditionPtr& child : condition.children) {
                result = either(result, truth(*child, frame));
                if (result == Truth::Yes) break;
            }
            return result;
        }
        case Condition::Kind::Not: return !truth(*condition.children.front(), frame);
        case Condition::Kind::AtLeastOf: {
            std::vector<Truth> parts;
            parts.reserve(condition.children.size());
            for (const ConditionPtr& child : condition.children) parts.push_back(truth(*child, frame));
            return at_least(condition.k, parts);
        }
        case Condition::Kind::Any:
        case Condition::Kind::Every: {
            const bool any = condition.kind == Condition::Kind::Any;
            bool list_open = false;
            Truth result = any ? Truth::No : Truth::Yes;
            for (const Member& member : members(condition.selection, frame, list_open)) {
                const Truth holds = truth(*condition.children.front(), member.frame);
                result = any ? either(result, both(member.is_member, holds)) : both(result, either(!member.is_member, holds));
            }
            if (list_open) result = any ? either(result, Truth::Unknown) : both(result, Truth::Unknown);
            return result;
        }
        case Condition::Kind::Use: return truth(*world.law->definitions[*condition.index].condition, frame);
        case Condition::Kind::Presumed: {
            const Presumption& presumption = world.law->presumptions[*condition.index];
            const FactDeclaration* companion = world.law->vocabulary.find(presumption.companion);
            if (companion == nullptr) return Truth::Unknown;
            return presumed(presumption, known(ground(companion->id, frame)), *companion);
        }
        case Condition::Kind::Ever: return ever(*condition.children.front(), frame, *this);
        case Condition::Kind::OnHold: return on_hold(condition, incident, moment.as_of) ? Truth::Yes : Truth::No;
        case Condition::Kind::DateIn: return date_in(condition, frame, *this);
        case Condition::Kind::Compare: return compare(condition, frame);
    }
    return Truth::Unknown;
}

const Zone* Evaluation::zone(const Frame& frame) const {
    const auto named = [&](std::string_view name) -> const Zone* { return name.empty() ? nullptr : world.zones.find(name); };
    const auto of_place = [&](std::string_view code) { return named(world.law->zone_of(code)); };
    if (frame.place >= 0)
        if (const Zone* found = of_place(incident.places[static_cast<std::size_t>(frame.place)].code)) return found;
    if (frame.entity >= 0) {
        if (const Zone* found = named(incident.entities[static_cast<std::size_t>(frame.entity)].zone)) return found;
        for (const std::string_view fact : {"entity.main_establishment", "entity.country"}) {
            const FactDeclaration* declaration = world.law->vocabulary.find(fact);
            if (declaration == nullptr) continue;
            const Known place = known(ground(declaration->id, frame));
            if (place.closed && place.places.size() == 1)
                if (const Zone* found = of_place(place.places.front())) return found;
        }
    }
    return named(incident.zone);
}

std::vector<Evaluation::Member> Evaluation::members(const Selection& selection, const Frame& frame, bool& list_open) const {
    std::vector<Member> result;
    const auto each = [&](std::size_t count, auto set) {
        for (std::size_t i = 0; i < count; ++i) {
            Member member{frame, Truth::Yes};
            set(member, static_cast<std::int32_t>(i));
            if (member.is_member != Truth::No) result.push_back(member);
        }
    };
    switch (selection.kind) {
        case Selection::Kind::Populations:
            list_open = !incident.populations_complete && std::none_of(incident.populations.begin(), incident.populations.end(), [](const PopulationFrame& p) { return p.implicit; });
            each(incident.populations.size(), [](Member& member, std::int32_t i) { member.frame.population = i; });
            break;
        case Selection::Kind::Places:
            list_open = !incident.places_complete;
            each(incident.places.size(), [&](Member& member, std::int32_t i) {
                const PlaceFrame& place = incident.places[static_cast<std::size_t>(i)];
                member.frame.place = i;
                if (place.listed == Truth::No || (!selection.name.empty() && !world.law->within(place.code, selection.name))) {
                    member.is_member = Truth::No;
                    return;
                }
                if (frame.entity < 0) return;
                const EntityPlace* link = incident.entity_place(frame.entity, i);
                const Truth none = incident.places_complete ? Truth::No : Truth::Unknown;
                if (selection.link.empty()) member.is_member = link == nullptr ? none : either(either(link->lives, link->served), either(link->established, link->does_business));
                else if (link == nullptr) member.is_member = none;
                else member.is_member = selection.link == "lives" ? link->lives : selection.link == "served" ? link->served : selection.link == "established" ? link->established : link->does_business;
            });
            break;
        case Selection::Kind::Entities:
            list_open = !incident.entities_complete;
            each(incident.entities.size(), [](Member& member, std::int32_t i) { member.frame.entity = i; });
            break;
        case Selection::Kind::Related:  // the group profile states relations; what it does not state does not exist
            if (frame.entity < 0) break;
            for (const auto& [relation, other] : incident.entities[static_cast<std::size_t>(frame.entity)].relations) {
                if (relation != selection.name) continue;
                Member member{frame, Truth::Yes};
                member.frame.entity = other;
                result.push_back(member);
            }
            break;
        case Selection::Kind::Contracts:
            list_open = !incident.contracts_complete;
            each(incident.contracts.size(), [&](Member& member, std::int32_t i) {
                const std::int32_t entity = incident.contracts[static_cast<std::size_t>(i)].entity;
                member.frame.contract = i;
                if (frame.entity >= 0 && entity >= 0 && entity != frame.entity) member.is_member = Truth::No;
            });
            break;
        case Selection::Kind::Events:
            each(incident.events.size(), [&](Member& member, std::int32_t i) {
                const EventFrame& event = incident.events[static_cast<std::size_t>(i)];
                member.frame.event = i;
                if ((!selection.name.empty() && event.kind != selection.name) || (frame.entity >= 0 && event.entity >= 0 && event.entity != frame.entity)) member.is_member = Truth::No;
            });
            break;
        case Selection::Kind::Members:
            if (frame.series < 0) break;
            each(incident.series[static_cast<std::size_t>(frame.series)].incidents.size(), [](Member& member, std::int32_t i) { member.frame.member = i; });
            break;
    }
    return result;
}

}  // namespace duenotice
