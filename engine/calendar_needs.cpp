#include "engine/calendar_needs.h"

#include "rules/expression_walk.h"

namespace duenotice {

namespace {

/// `A plus 3 working days by LAW` asks the calendar of a place, `A plus 3 months by plain` none.
bool asks_calendar(const Term& term, const CountingLaws& laws) {
    if (term.kind != Term::Kind::InstantPlus) return false;
    const CountingLaw* counting = laws.find(term.counting.empty() ? std::string_view("plain") : std::string_view(term.counting));
    return counting != nullptr && counting->needs_calendar(term.period.unit, term.period.is_backward());
}

}  // namespace

CalendarNeeds::CalendarNeeds(const RuleBook& law) : law_(law) {
    const ExpressionVisitor counts{{}, [this](const Term& term) { of_places_ = of_places_ || asks_calendar(term, law_.counting); }};
    for (const Definition& definition : law.definitions) walk(*definition.condition, counts);
    for (const Obligation& obligation : law.obligations) {
        const Law* of = law.find_law(obligation.law);
        const std::string& place = !obligation.place.empty() || of == nullptr ? obligation.place : of->place;
        for (const Version& version : obligation.versions) {
            walk(version, counts);
            add_version(version, place, (obligation.each & bind::place) != 0);
        }
    }
}

void CalendarNeeds::add_version(const Version& version, const std::string& place, bool of_each_place) {
    if (!version.clock) return;
    walk_limbs(*version.clock, [&](const Limb& limb) {
        add_named(limb.calendar, place, of_each_place || limb.calendar_place);
        if (limb.calendar_place)
            walk(*limb.calendar_place, {{}, [this](const Term& term) { if (term.kind == Term::Kind::Token) add_place(term.name, always_); }});
    });
    add_named(version.clock->lasts_calendar, place, of_each_place);
    if (version.clock->repeat) add_named(version.clock->repeat->calendar, place, of_each_place);
}

void CalendarNeeds::add_named(const std::string& calendar, const std::string& place, bool of_each_place) {
    if (calendar == "place") {
        if (of_each_place || place.empty() || law_.find_group(place) != nullptr) of_places_ = true;
        add_place(place, always_);
    } else if (const FactDeclaration* named = law_.vocabulary.find(calendar)) {
        texts_.insert(named->id);
    } else if (!calendar.empty()) {
        always_.insert(calendar);
    }
}

void CalendarNeeds::add_place(std::string_view place, std::set<std::string>& ids) const {
    if (const std::string_view id = law_.calendar_of(place); !id.empty()) ids.insert(std::string(id));
}

std::vector<std::string> CalendarNeeds::of(const Incident& incident) const {
    std::set<std::string> ids = always_;
    if (of_places_)
        for (const PlaceFrame& place : incident.places) add_place(place.code, ids);
    for (const FactRecord& record : incident.facts) {
        const bool names_one = texts_.contains(record.ground.fact);
        for (const Statement& statement : record.history) {
            if (names_one && statement.value.text) ids.insert(*statement.value.text);
            if (!of_places_) continue;
            for (const PlaceCode& place : statement.value.places) add_place(place, ids);
        }
    }
    return {ids.begin(), ids.end()};
}

}  // namespace duenotice
