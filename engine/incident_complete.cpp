#include <algorithm>

#include <fmt/format.h>

#include "engine/incident_draft.h"

namespace duenotice {

namespace {

/// Whether a place is among those of a set: yes when one of them lies in it, no when it lies in one that is out.
Truth in_places(const Known& known, const std::string& code, const RuleBook& law) {
    bool touches = false;
    for (const PlaceCode& place : known.places) {
        if (law.within(place, code)) return Truth::Yes;
        touches = touches || law.within(code, place);
    }
    for (const PlaceCode& place : known.places_out)
        if (law.within(code, place)) return Truth::No;
    return known.closed && !touches ? Truth::No : Truth::Unknown;
}

/// Works out how each entity is linked to each place, where nobody has said so.
class Links {
public:
    explicit Links(IncidentDraft& draft) : draft_(draft), incident_(draft.incident), law_(draft.law) {}

    void complete() {
        name_places();
        for (std::size_t e = 0; e < incident_.entities.size(); ++e)
            for (std::size_t p = 0; p < incident_.places.size(); ++p) complete(static_cast<std::int32_t>(e), static_cast<std::int32_t>(p));
    }

private:
    Known of(std::string_view fact, std::int32_t entity, std::int32_t population = -1, std::int32_t place = -1) const {
        const FactDeclaration* declaration = law_.vocabulary.find(fact);
        if (declaration == nullptr) return {};
        Frame frame;
        frame.entity = entity;
        frame.population = population;
        frame.place = place;
        return draft_.known({declaration->id, frame.restricted(bindings(declaration->frame))});
    }

    /// Places that facts name are places of the incident.
    void name_places() {
        for (std::size_t e = 0; e < incident_.entities.size(); ++e)
            for (const std::string_view fact : {"entity.country", "entity.main_establishment", "entity.establishments", "entity.does_business_in", "service.countries_hit"})
                for (const PlaceCode& code : of(fact, static_cast<std::int32_t>(e)).places) draft_.add_place(code);
    }

    void complete(std::int32_t entity, std::int32_t place) {
        auto& links = incident_.entities[static_cast<std::size_t>(entity)].places;
        auto link = std::find_if(links.begin(), links.end(), [place](const EntityPlace& known) { return known.place == place; });
        if (link == links.end()) {
            links.emplace_back().place = place;
            link = links.end() - 1;
        }
        const PlaceFrame& frame = incident_.places[static_cast<std::size_t>(place)];
        if (frame.listed == Truth::No) {
            *link = {place, Truth::No, Truth::No, Truth::No, Truth::No};
            return;
        }
        // A complete list of places rules out the others; it does not say how an entity is linked to those listed.
        const auto settle = [](Truth& stated, Truth derived) {
            if (stated == Truth::Unknown) stated = derived;
        };
        settle(link->lives, lives(entity, place));
        settle(link->served, in_places(of("service.countries_hit", entity), frame.code, law_));
        settle(link->established, established(entity, frame.code));
        settle(link->does_business, in_places(of("entity.does_business_in", entity), frame.code, law_));
    }

    Truth established(std::int32_t entity, const std::string& code) const {
        const Known country = of("entity.country", entity), elsewhere = of("entity.establishments", entity), main = of("entity.main_establishment", entity);
        const Truth here = either(country.closed ? in_places(country, code, law_) : Truth::Unknown, main.closed && main.places.size() == 1 ? in_places(main, code, law_) : Truth::No);
        return either(here, in_places(elsewhere, code, law_));
    }

    /// Of one population: yes when people are counted there or in a part of it, no when the count of it or of what holds it is zero.
    Truth lives_of(std::int32_t population, std::int32_t place) const {
        const std::string& code = incident_.places[static_cast<std::size_t>(place)].code;
        const FactDeclaration* affected = law_.vocabulary.find("people.affected");
        if (affected == nullptr) return Truth::Unknown;
        Truth result = incident_.places_complete ? Truth::No : Truth::Unknown;
        for (std::size_t p = 0; p < incident_.places.size(); ++p) {
            Frame frame;
            frame.population = population;
            frame.place = static_cast<std::int32_t>(p);
            const auto record = draft_.records().find({affected->id, frame});
            const bool here = frame.place == place;
            if (record == draft_.records().end() || record->second.history.empty()) continue;
            const Known& heads = record->second.history.back().value;
            const std::string& other = incident_.places[p].code;
            if (heads.low > 0 && (here || law_.within(other, code))) return Truth::Yes;
            if (here) result = heads.high == 0 ? Truth::No : Truth::Unknown;
            else if (heads.high == 0 && law_.within(code, other)) result = Truth::No;
            else if (heads.high > 0 && (law_.within(code, other) || law_.within(other, code))) result = Truth::Unknown;
        }
        return result;
    }

    Truth lives(std::int32_t entity, std::int32_t place) const {
        const FactDeclaration* role = law_.vocabulary.find("entity.role_here");
        const auto stranger = role == nullptr ? std::nullopt : role->choice_index("not_involved");
        Truth result = incident_.populations_complete ? Truth::No : Truth::Unknown;
        for (std::size_t i = 0; i < incident_.populations.size(); ++i) {
            const auto population = static_cast<std::int32_t>(i);
            const Known part = of("entity.role_here", entity, population);
            if (stranger && part.possible.count() == 1 && part.possible.test(*stranger)) continue;
            result = either(result, lives_of(population, place));
        }
        return result;
    }

    IncidentDraft& draft_;
    Incident& incident_;
    const RuleBook& law_;
};

/// `told.any_authority_at` from the filings on record, which are closed as of as-of.
void first_authority_told(IncidentDraft& draft) {
    const FactDeclaration* declaration = draft.law.vocabulary.find("told.any_authority_at");
    if (declaration == nullptr) return;
    for (std::size_t e = 0; e < draft.incident.entities.size(); ++e) {
        Frame frame;
        frame.entity = static_cast<std::int32_t>(e);
        const GroundFact ground{declaration->id, frame.restricted(bindings(declaration->frame))};
        if (draft.records().contains(ground)) continue;
        std::optional<Instant> first;
        for (const Filing& filing : draft.incident.filings) {
            if (filing.entity != draft.incident.entities[e].id || draft.law.find_authority(filing.recipient) == nullptr) continue;
            for (const auto& at : {filing.submitted_at, filing.accepted_at, filing.dispatched_at, filing.received_at})
                if (at && (!first || *at < *first)) first = at;
        }
        Statement statement;
        statement.value = Known::open(*declaration);
        statement.value.happened_possible = false;
        statement.source = "filings on record";
        draft.derive(ground, statement);
        if (!first) continue;
        statement.value = Known::open(*declaration);
        statement.value.not_yet_possible = false;
        statement.value.low = statement.value.high = first->seconds;
        statement.learned_at = first;
        draft.derive(ground, std::move(statement));
    }
}

/// A stated total of people against the sum of their places.
class Totals {
public:
    explicit Totals(IncidentDraft& draft)
        : draft_(draft), total_(draft.law.vocabulary.find("people.total")), affected_(draft.law.vocabulary.find("people.affected")) {}

    void check() {
        if (total_ == nullptr || affected_ == nullptr) return;
        for (std::size_t i = 0; i < draft_.incident.populations.size(); ++i) check(static_cast<std::int32_t>(i));
    }

private:
    void check(std::int32_t population) {
        Frame frame;
        frame.population = population;
        const auto stated = draft_.records().find({total_->id, frame});
        if (stated == draft_.records().end()) return;
        const Statement& total = stated->second.history.back();
        std::int64_t low = 0, high = 0;
        bool all = draft_.incident.places_complete;
        const Statement* one = nullptr;
        for (std::size_t p = 0; p < draft_.incident.places.size(); ++p) {
            const Statement* heads = heads_at(population, p);
            if (heads == nullptr) {
                all = all && draft_.incident.places[p].listed == Truth::No;
                continue;
            }
            if (inside_another(population, p)) continue;
            one = heads;
            low += heads->value.low;
            if (heads->value.high >= Known::highest) all = false;
            else high += heads->value.high;
        }
        if (one == nullptr) return;
        if (low > total.value.high) contradiction(total, *one, "at least", low);
        else if (all && high < total.value.low) contradiction(total, *one, "at most", high);
    }

    const Statement* heads_at(std::int32_t population, std::size_t place) const {
        Frame frame;
        frame.population = population;
        frame.place = static_cast<std::int32_t>(place);
        const auto found = draft_.records().find({affected_->id, frame});
        return found == draft_.records().end() ? nullptr : &found->second.history.back();
    }

    bool inside_another(std::int32_t population, std::size_t place) const {
        const auto& places = draft_.incident.places;
        for (std::size_t p = 0; p < places.size(); ++p)
            if (p != place && heads_at(population, p) != nullptr && draft_.law.within(places[place].code, places[p].code)) return true;
        return false;
    }

    void contradiction(const Statement& total, const Statement& place, std::string_view bound, std::int64_t sum) {
        draft_.diagnostics.error("DN0538", total.span, fmt::format("the total of people and the sum of their places contradict each other: the places hold {} {}", bound, sum))
            .related.emplace_back(place.span, "one of the places");
    }

    IncidentDraft& draft_;
    const FactDeclaration* total_;
    const FactDeclaration* affected_;
};

}  // namespace

void complete_links(IncidentDraft& draft) { Links(draft).complete(); }

void complete_facts(IncidentDraft& draft) {
    first_authority_told(draft);
    Totals(draft).check();
}

}  // namespace duenotice
