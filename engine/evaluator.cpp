#include "engine/evaluator.h"

#include <algorithm>
#include <set>

#include "engine/local_day.h"
#include "engine/memo.h"
#include "engine/reads.h"

// Conditions: and, or, not, at least k of, quantifiers, definitions, presumptions, history, holds, validity. Comparisons
// stand in evaluate_compare.cpp, terms in evaluate_term.cpp and evaluate_aggregate.cpp.

namespace duenotice {

namespace {

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

Truth on_hold(const Condition& condition, const Incident& incident, Instant as_of) {
    Truth result = Truth::No;
    for (const Hold& hold : incident.holds) {
        if (hold.kind != condition.name || (!condition.issuer.empty() && condition.issuer != hold.by) || (!condition.form.empty() && condition.form != hold.form)) continue;
        if ((hold.from && *hold.from > as_of) || (hold.until && hold.until_latest.value_or(*hold.until) <= as_of)) continue;
        const bool surely = hold.confirmed && hold.from_latest.value_or(as_of) <= as_of && (!hold.until || *hold.until > as_of);
        result = either(result, surely ? Truth::Yes : Truth::Unknown);
    }
    return result;
}

/// The recorded account at an instant of the world. What was stated first holds for the time before it too: what is not
/// recorded did not happen.
Incident as_it_was(const Incident& incident, Instant at, const std::vector<GroundFact>& facts) {
    Incident result = incident;
    for (FactRecord& record : result.facts) {
        if (!std::binary_search(facts.begin(), facts.end(), record.ground)) continue;
        while (record.history.size() > 1) {
            const Statement& last = record.history.back();
            const auto since = last.true_since ? last.true_since : last.learned_at;
            if (!since || *since <= at) break;
            record.history.pop_back();
        }
    }
    return result;
}

Truth ever(const Condition& child, const Frame& frame, const Evaluation& evaluation) {
    Truth result = evaluation.truth(child, frame);
    std::set<std::int64_t> times;
    std::vector<GroundFact> changed;
    for (const Occurrence& occurrence : ground_facts(child, frame, evaluation)) {
        const FactRecord* record = evaluation.incident.find(occurrence.ground);
        if (record == nullptr || record->history.size() < 2) continue;
        changed.push_back(occurrence.ground);
        for (const Statement& statement : record->history)
            if (const auto since = statement.true_since ? statement.true_since : statement.learned_at) times.insert(since->seconds);
    }
    for (const std::int64_t at : times) {
        if (result == Truth::Yes) break;
        const Incident was = as_it_was(evaluation.incident, Instant{at}, changed);
        Cases cases = evaluation.cases == nullptr ? Cases{} : *evaluation.cases;
        for (const GroundFact& ground : changed) {  // a case is about what is stated last
            const FactRecord* now = evaluation.incident.find(ground);
            if (was.find(ground)->history.size() != now->history.size()) cases.erase(ground);
        }
        const Evaluation then{evaluation.world, was, evaluation.moment, &cases, nullptr, evaluation.trace, nullptr, evaluation.widened, evaluation.recorded_by};
        result = either(result, then.truth(child, frame));
    }
    return result;
}

/// Whether a memo keeps nodes of this kind: the others cost no more than asking.
bool is_kept(Condition::Kind kind) {
    return kind != Condition::Kind::True && kind != Condition::Kind::False && kind != Condition::Kind::Not && kind != Condition::Kind::OnHold;
}

/// Whether the relevant date lies in a version's validity; what is not yet will be after as-of.
class ValidityTest {
public:
    ValidityTest(const Condition& condition, const Frame& frame, const Evaluation& evaluation)
        : condition_(condition), frame_(frame), evaluation_(evaluation),
          zone_(condition.name.empty() ? evaluation.zone(frame) : evaluation.world.zones.find(condition.name)) {}

    Truth run() {
        const AtomScope scope(evaluation_.trace, condition_, frame_);
        const Known known = evaluation_.value(*condition_.left, frame_).known;
        const bool instant = known.type == ValueType::Instant;
        if (known.happened_possible) {
            const bool first = known.low <= Known::lowest / 2, last = known.high >= Known::highest / 2;
            part(first ? Known::lowest : instant ? day(known.low, false) : known.low, last ? Known::highest : instant ? day(known.high, true) : known.high);
        }
        if (known.not_yet_possible) {
            const bool before = can_yes_ && can_no_;
            std::int64_t low = day(evaluation_.moment.as_of.seconds, false), high = Known::highest;
            if (!known.happened_possible) assumed_days(low, high);
            part(low, high);
            if (!before && can_yes_ && can_no_ && evaluation_.trace != nullptr && !evaluation_.trace->everything)
                evaluation_.trace->opaque("yet to come", condition_.left->fact ? evaluation_.ground(*condition_.left->fact, frame_) : GroundFact{});
        }
        if (can_yes_ && can_no_ && zone_ == nullptr && instant && evaluation_.trace != nullptr && !evaluation_.trace->everything) evaluation_.trace->add(no_zone(frame_, evaluation_));
        return can_yes_ && can_no_ ? Truth::Unknown : can_yes_ ? Truth::Yes : Truth::No;
    }

private:
    std::int64_t day(std::int64_t seconds, bool latest) const {
        const Range days = days_of(seconds, zone_);
        return latest ? days.last : days.first;
    }

    /// What is assumed of other validities already says of the day on which it will have happened.
    void assumed_days(std::int64_t& low, std::int64_t& high) const {
        if (evaluation_.assumed == nullptr) return;
        for (const auto& [atom, holds] : *evaluation_.assumed) {
            const Condition& other = *atom.first;
            if (other.kind != Condition::Kind::DateIn || atom.second != frame_ || other.name != condition_.name || !same(*other.left, *condition_.left)) continue;
            const auto &from = other.validity.from, &until = other.validity.until;
            if (holds == Truth::Yes) {
                if (from) low = std::max<std::int64_t>(low, from->days_since_1970());
                if (until) high = std::min<std::int64_t>(high, until->days_since_1970() - 1);
            } else {
                if (until && (!from || from->days_since_1970() <= low)) low = std::max<std::int64_t>(low, until->days_since_1970());
                if (from && !until) high = std::min<std::int64_t>(high, from->days_since_1970() - 1);
            }
        }
    }

    void part(std::int64_t low, std::int64_t high) {
        const std::int64_t from = condition_.validity.from ? condition_.validity.from->days_since_1970() : Known::lowest;
        const std::int64_t until = condition_.validity.until ? condition_.validity.until->days_since_1970() : Known::highest + 1;
        can_yes_ = can_yes_ || (low < until && high >= from);
        can_no_ = can_no_ || low < from || high >= until;
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    const Zone* zone_;
    bool can_yes_ = false, can_no_ = false;
};

}  // namespace

Known Evaluation::known(const GroundFact& ground) const {
    if (recorded_by != nullptr) recorded_by->look(ground);
    if (cases != nullptr)
        if (const Known* found = cases->find(ground)) return *found;
    const FactRecord* record = incident.find(ground);
    if (record != nullptr) return record->current().value;
    const FactDeclaration& declaration = world.law->vocabulary.at(ground.fact);
    Known open = Known::open(declaration);
    // A judgement that nobody recorded is not yet made: its outcome is open, its instant is not yet.
    if (declaration.judgement && incident.find({*declaration.judgement, ground.frame}) == nullptr) open.happened_possible = false;
    return open;
}

Known Evaluation::domain(const GroundFact& ground) const {
    Known result = known(ground);
    if (result.type != ValueType::Instant || !result.happened_possible || result.high < Known::highest || result.low > moment.as_of.seconds) return result;
    const FactRecord* record = incident.find(ground);
    if (record == nullptr || !record->current().planned) result.high = moment.as_of.seconds;
    return result;
}

Evaluation::Range Evaluation::bounds(const GroundFact& ground) const {
    if (recorded_by != nullptr) recorded_by->look(ground);
    const Known* known = cases == nullptr ? nullptr : cases->find(ground);
    if (known == nullptr)
        if (const FactRecord* record = incident.find(ground)) known = &record->current().value;
    return known == nullptr ? Range{} : Range{known->low, known->high};
}

Known Evaluation::read(const GroundFact& ground) const {
    Known result = domain(ground);
    if (trace != nullptr && (trace->everything || !result.is_exact(world.law->vocabulary.at(ground.fact)))) trace->add({Unknown::Kind::Fact, ground, -1, {}});
    return result;
}

GroundFact Evaluation::ground(FactId fact, const Frame& frame) const {
    return {fact, frame.restricted(bindings(world.law->vocabulary.at(fact).frame))};
}

Truth Evaluation::truth(const Condition& condition, const Frame& frame) const {
    if (assumed != nullptr && !assumed->empty()) {
        const auto found = assumed->find({&condition, frame});
        if (found != assumed->end()) return found->second;
    }
    if (memo != nullptr && &condition != passing && is_kept(condition.kind) && (trace == nullptr || !trace->everything)) return memo->truth(condition, frame, *this);
    return evaluated(condition, frame);
}

Truth Evaluation::evaluated(const Condition& condition, const Frame& frame) const {
    if (trace == nullptr) return plain_truth(condition, frame);
    const std::size_t mark = trace->reads.size();
    const Truth result = plain_truth(condition, frame);
    if (result != Truth::Unknown && !trace->everything) trace->reads.resize(mark);
    return result;
}

Truth Evaluation::quantified(const Condition& condition, const Frame& frame) const {
    const AtomScope scope(trace, condition, frame);
    const bool any = condition.kind == Condition::Kind::Any;
    bool list_open = false;
    Truth result = any ? Truth::No : Truth::Yes;
    for (const Member& member : members(*condition.selection, frame, list_open)) {
        const Truth holds = truth(*condition.children.front(), member.frame);
        result = any ? either(result, both(member.is_member, holds)) : both(result, either(!member.is_member, holds));
    }
    if (list_open) {
        result = any ? either(result, Truth::Unknown) : both(result, Truth::Unknown);
        if (trace != nullptr && !trace->everything) trace->add(others_in(*condition.selection, frame));
    }
    return result;
}

Truth Evaluation::plain_truth(const Condition& condition, const Frame& frame) const {
    const bool everything = trace != nullptr && trace->everything;
    switch (condition.kind) {
        case Condition::Kind::True: return Truth::Yes;
        case Condition::Kind::False: return Truth::No;
        case Condition::Kind::And: {
            Truth result = Truth::Yes;
            for (const ConditionPtr& child : condition.children) {
                result = both(result, truth(*child, frame));
                if (result == Truth::No && !everything) break;
            }
            return result;
        }
        case Condition::Kind::Or: {
            Truth result = Truth::No;
            for (const ConditionPtr& child : condition.children) {
                result = either(result, truth(*child, frame));
                if (result == Truth::Yes && !everything) break;
            }
            return result;
        }
        case Condition::Kind::Not: return !truth(*condition.children.front(), frame);
        case Condition::Kind::AtLeastOf: {
            std::uint32_t yes = 0, possible = 0;
            for (const ConditionPtr& child : condition.children) {
                const Truth part = truth(*child, frame);
                yes += part == Truth::Yes ? 1 : 0;
                possible += part != Truth::No ? 1 : 0;
            }
            return yes >= condition.k ? Truth::Yes : possible >= condition.k ? Truth::Unknown : Truth::No;
        }
        case Condition::Kind::Any:
        case Condition::Kind::Every: return quantified(condition, frame);
        case Condition::Kind::Use: return truth(*world.law->definitions[*condition.index].condition, frame);
        case Condition::Kind::Presumed: {
            const Presumption& presumption = world.law->presumptions[*condition.index];
            const FactDeclaration* companion = world.law->vocabulary.find(presumption.companion);
            if (companion == nullptr) return Truth::Unknown;
            const AtomScope scope(trace, condition, frame);
            return presumed(presumption, read(ground(companion->id, frame)), *companion);
        }
        case Condition::Kind::Ever: return ever(*condition.children.front(), frame, *this);
        case Condition::Kind::OnHold: return on_hold(condition, incident, moment.as_of);
        case Condition::Kind::DateIn: return ValidityTest(condition, frame, *this).run();
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
            if (member.is_member == Truth::No) continue;
            if (member.is_member == Truth::Unknown && trace != nullptr && !trace->everything) trace->opaque("link " + selection.link, {0, member.frame.restricted(bind::entity | bind::place)});
            result.push_back(member);
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
        case Selection::Kind::Related:
            if (frame.entity < 0) break;
            list_open = !incident.has_all_of(selection.name, frame.entity);
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
