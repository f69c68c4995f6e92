#include "engine/listing.h"

#include <algorithm>
#include <set>

namespace duenotice {

namespace {

Truth link_of(const EntityPlace& place, std::string_view link) {
    if (link == "lives") return place.lives;
    if (link == "served") return place.served;
    if (link == "established") return place.established;
    return place.does_business;
}

class Lister {
public:
    Lister(const Evaluation& evaluation, bool include_proposed, const std::vector<bool>* only)
        : evaluation_(evaluation), incident_(evaluation.incident), law_(*evaluation.world.law), include_proposed_(include_proposed), only_(only), linked_(incident_.entities.size()) {}

    Listing run() {
        for (std::uint32_t i = 0; i < law_.obligations.size(); ++i) {
            if (only_ != nullptr && !(*only_)[i]) continue;
            const Obligation& obligation = law_.obligations[i];
            const Law* law = law_of(obligation);
            if (!include_proposed_ && law != nullptr && law->status == "proposed") continue;
            if (const auto& day = evaluation_.moment.law_as_of; day && law != nullptr && law->published && *law->published > *day) continue;
            for (std::size_t e = 0; e < incident_.entities.size(); ++e) entity(i, obligation, law, static_cast<std::int32_t>(e));
        }
        if (only_ != nullptr) return std::move(listing_);
        finish_families();
        places_without_law();
        return std::move(listing_);
    }

private:
    void entity(std::uint32_t index, const Obligation& obligation, const Law* law, std::int32_t entity) {
        const std::string& place = !obligation.place.empty() || law == nullptr ? obligation.place : law->place;
        const std::vector<std::string>& links = !obligation.links.empty() || law == nullptr ? obligation.links : law->links;
        Frame frame;
        frame.entity = entity;
        if (law != nullptr && !law->adopted.empty() && !adopted(*law, frame)) return;
        if ((obligation.each & bind::place) != 0) {
            each_place(index, obligation, law, frame, place, links);
            return;
        }
        Truth linked = Truth::Yes;
        std::vector<GroundFact> questions;
        if (!place.empty() && !links.empty()) {
            const Linked& found = linked_somewhere(frame, place, links);
            linked = found.truth;
            questions = found.questions;
            if (linked == Truth::No) {
                if (incident_.places_complete || place_is_listed(place)) ++listing_.ruled_out[place];
                else unlisted(obligation, law, place);
                return;
            }
        }
        expand(index, obligation, frame, linked, questions);
    }

    /// Own rules bind only those who have adopted them: what is not recorded was not adopted.
    bool adopted(const Law& law, const Frame& frame) const {
        const FactDeclaration* fact = law_.vocabulary.find(law.adopted);
        if (fact == nullptr) return false;
        const Known known = evaluation_.known(evaluation_.ground(fact->id, frame));
        const auto yes = fact->choice_index("yes");
        return yes && known.is_exact(*fact) && known.possible.test(*yes);
    }

    void each_place(std::uint32_t index, const Obligation& obligation, const Law* law, Frame frame, const std::string& within,
                    const std::vector<std::string>& links) {
        for (std::size_t p = 0; p < incident_.places.size(); ++p) {
            const PlaceFrame& place = incident_.places[p];
            if (place.listed == Truth::No || (!within.empty() && !law_.within(place.code, within))) continue;
            frame.place = static_cast<std::int32_t>(p);
            std::vector<GroundFact> questions;
            const Truth linked = links.empty() ? Truth::Yes : linked_at(frame.entity, frame.place, links, questions);
            if (linked == Truth::No) {
                ++listing_.ruled_out[place.code];
                continue;
            }
            expand(index, obligation, frame, linked, questions);
        }
        if (!incident_.places_complete) unlisted(obligation, law, within);
    }

    bool place_is_listed(const std::string& code) const {
        return std::any_of(incident_.places.begin(), incident_.places.end(), [&](const PlaceFrame& place) { return place.code == code; });
    }

    Truth linked_at(std::int32_t entity, std::int32_t place, const std::vector<std::string>& links, std::vector<GroundFact>& questions) const {
        const EntityPlace* link = incident_.entity_place(entity, place);
        Truth result = Truth::No;
        for (const std::string& name : links) {
            const Truth here = link == nullptr ? (incident_.places_complete ? Truth::No : Truth::Unknown) : link_of(*link, name);
            if (here == Truth::Unknown) ask(name, entity, place, questions);
            result = either(result, here);
        }
        return result;
    }

    void ask(const std::string& link, std::int32_t entity, std::int32_t place, std::vector<GroundFact>& questions) const {
        const Vocabulary& vocabulary = law_.vocabulary;
        const auto add = [&](std::string_view fact, Frame frame) {
            if (const FactDeclaration* declaration = vocabulary.find(fact))
                questions.push_back({declaration->id, frame.restricted(bindings(declaration->frame))});
        };
        Frame frame;
        frame.entity = entity;
        frame.place = place;
        if (link == "lives") {
            for (std::size_t p = 0; p < incident_.populations.size(); ++p) {
                frame.population = static_cast<std::int32_t>(p);
                add("people.affected", frame);
            }
        } else if (link == "served") {
            add("service.countries_hit", frame);
        } else if (link == "established") {
            add("entity.establishments", frame);
        } else {
            add("entity.does_business_in", frame);
        }
    }

    /// How an entity is linked to a country or group, and what is not known of it.
    struct Linked {
        const std::string* within = nullptr;
        const std::vector<std::string>* links = nullptr;
        Truth truth = Truth::No;
        std::vector<GroundFact> questions;
    };

    /// Over all listed places within a country or group. Neighbours among the obligations mostly ask alike.
    const Linked& linked_somewhere(const Frame& frame, const std::string& within, const std::vector<std::string>& links) {
        Linked& last = linked_[static_cast<std::size_t>(frame.entity)];
        if (last.within != nullptr && *last.within == within && *last.links == links) return last;
        last = {&within, &links, Truth::No, {}};
        for (std::size_t p = 0; p < incident_.places.size(); ++p) {
            const PlaceFrame& place = incident_.places[p];
            if (place.listed == Truth::No || !law_.within(place.code, within)) continue;
            last.truth = either(last.truth, linked_at(frame.entity, static_cast<std::int32_t>(p), links, last.questions));
        }
        if (last.truth == Truth::Yes) last.questions.clear();
        return last;
    }

    /// Neighbours among the obligations are mostly of one law.
    const Law* law_of(const Obligation& obligation) const {
        if (last_law_ == nullptr || last_law_->id != obligation.law) last_law_ = law_.find_law(obligation.law);
        return last_law_;
    }

    void expand(std::uint32_t index, const Obligation& obligation, Frame frame, Truth linked, const std::vector<GroundFact>& questions) {
        std::vector<Frame> frames{frame};
        const auto multiply = [&frames](std::size_t count, auto set) {
            std::vector<Frame> next;
            for (const Frame& base : frames)
                for (std::size_t i = 0; i < count; ++i) {
                    Frame one = base;
                    if (set(one, static_cast<std::int32_t>(i))) next.push_back(one);
                }
            frames = std::move(next);
        };
        if ((obligation.each & bind::population) != 0)
            multiply(incident_.populations.size(), [](Frame& one, std::int32_t i) { one.population = i; return true; });
        if ((obligation.each & bind::contract) != 0)
            multiply(incident_.contracts.size(), [&](Frame& one, std::int32_t i) {
                const ContractFrame& contract = incident_.contracts[static_cast<std::size_t>(i)];
                one.contract = i;
                return (contract.entity < 0 || contract.entity == frame.entity) &&
                       (obligation.contract_kind.empty() || contract.kind.empty() || contract.kind == obligation.contract_kind);
            });
        if ((obligation.each & bind::event) != 0)
            multiply(incident_.events.size(), [&](Frame& one, std::int32_t i) {
                const EventFrame& event = incident_.events[static_cast<std::size_t>(i)];
                one.event = i;
                return (event.entity < 0 || event.entity == frame.entity) && (obligation.event.empty() || event.kind == obligation.event);
            });
        if ((obligation.each & bind::series) != 0)
            multiply(incident_.series.size(), [](Frame& one, std::int32_t i) { one.series = i; return true; });
        for (const Frame& one : frames) listing_.frames.push_back({index, one, linked, questions});
    }

    void unlisted(const Obligation& obligation, const Law* law, const std::string& place) {
        const std::string family = law == nullptr ? obligation.id : law->family.empty() ? law->id : law->family;
        families_[family].insert(place);
    }

    void finish_families() {
        for (auto& [family, places] : families_) {
            FamilyLine line;
            line.family = family;
            for (const std::string& place : places)
                if (!place.empty()) line.places.push_back(place);
            const std::string what = line.places.size() == 1 ? line.places.front() : std::to_string(line.places.size()) + " places";
            line.question = "not known whether people, services or business in " + (what.empty() ? std::string("other places") : what) + " are touched";
            listing_.families.push_back(std::move(line));
        }
    }

    /// Places in which people are, or business is, that no law on file binds; and those where people live, or may, that no
    /// general law on their data binds: a law on something else, of the country above, does not stand in for it.
    void places_without_law() {
        for (std::size_t p = 0; p < incident_.places.size(); ++p) {
            const PlaceFrame& place = incident_.places[p];
            if (place.listed == Truth::No || place.code == "unknown") continue;
            const bool people_law = std::any_of(law_.laws.begin(), law_.laws.end(), [&](const Law& law) {
                return counts(law) && std::find(law.covers.begin(), law.covers.end(), "personal_data") != law.covers.end() && law_.within(place.code, law.place);
            });
            if (people_law) continue;
            const bool any_law = bound_by(place.code);
            if (any_law && !needs_people_law(static_cast<std::int32_t>(p))) continue;
            NotCovered line;
            line.place = place.code;
            line.why = any_law ? "no law on personal data on file" : "no law on file";
            people(static_cast<std::int32_t>(p), line);
            listing_.not_covered.push_back(std::move(line));
        }
        for (const Jurisdiction& jurisdiction : law_.jurisdictions) {
            const bool touched = std::any_of(incident_.places.begin(), incident_.places.end(), [&](const PlaceFrame& place) {
                return place.listed != Truth::No && law_.within(place.code, jurisdiction.code);
            });
            if (!touched) continue;
            for (const auto& [what, reason] : jurisdiction.omissions) listing_.not_covered.push_back({jurisdiction.code, what, reason, {}, {}});
        }
    }

    bool counts(const Law& law) const { return !law.place.empty() && (law.status != "proposed" || include_proposed_); }

    bool bound_by(const std::string& code) const {
        return std::any_of(law_.obligations.begin(), law_.obligations.end(), [&](const Obligation& obligation) {
            const Law* law = law_of(obligation);
            return law != nullptr && counts(*law) && law_.within(code, obligation.place.empty() ? law->place : obligation.place);
        });
    }

    /// Whether people of the incident live there, or may. Where parts of a place are listed, they speak for it, unless more
    /// people may be counted in it than surely live in those parts.
    bool needs_people_law(std::int32_t place) const {
        const std::string& code = incident_.places[static_cast<std::size_t>(place)].code;
        Truth lives = Truth::No;
        for (std::size_t e = 0; e < incident_.entities.size(); ++e) {
            const EntityPlace* link = incident_.entity_place(static_cast<std::int32_t>(e), place);
            lives = either(lives, link != nullptr ? link->lives : incident_.places_complete ? Truth::No : Truth::Unknown);
        }
        if (lives == Truth::No) return false;
        std::int64_t in_parts = 0;
        bool parts = false;
        for (std::size_t p = 0; p < incident_.places.size(); ++p) {
            const PlaceFrame& other = incident_.places[p];
            if (static_cast<std::int32_t>(p) == place || other.listed == Truth::No || !law_.within(other.code, code)) continue;
            NotCovered count;
            people(static_cast<std::int32_t>(p), count);
            in_parts += count.people_low.value_or(0);
            parts = true;
        }
        NotCovered whole;
        people(place, whole);
        if (!parts) return !whole.people_high || *whole.people_high > 0;
        return whole.people_low.value_or(0) > 0 && (!whole.people_high || *whole.people_high > in_parts);
    }

    void people(std::int32_t place, NotCovered& line) const {
        const FactDeclaration* heads = law_.vocabulary.find("people.affected");
        if (heads == nullptr) return;
        std::int64_t low = 0, high = 0;
        for (std::size_t p = 0; p < incident_.populations.size(); ++p) {
            Frame frame;
            frame.population = static_cast<std::int32_t>(p);
            frame.place = place;
            const Known known = evaluation_.known({heads->id, frame});
            low += std::max<std::int64_t>(0, known.low);
            high = std::min(Known::highest, high + known.high);
        }
        line.people_low = low;
        if (high < Known::highest) line.people_high = high;
    }

    const Evaluation& evaluation_;
    const Incident& incident_;
    const RuleBook& law_;
    bool include_proposed_;
    const std::vector<bool>* only_;
    mutable const Law* last_law_ = nullptr;
    std::vector<Linked> linked_;  ///< of each entity, what was found last
    Listing listing_;
    std::map<std::string, std::set<std::string>> families_;
};

}  // namespace

Listing list_duties(const Evaluation& evaluation, bool include_proposed, const std::vector<bool>* only) { return Lister(evaluation, include_proposed, only).run(); }

std::string duty_id(const Obligation& obligation, const Frame& frame, const Incident& incident) {
    const auto at = [](const auto& list, std::int32_t index) -> const auto& { return list[static_cast<std::size_t>(index)]; };
    std::string id = obligation.id + "@" + at(incident.entities, frame.entity).id;
    if (frame.population >= 0) id += "/" + at(incident.populations, frame.population).id;
    if (frame.place >= 0) id += "/" + at(incident.places, frame.place).code;
    if (frame.contract >= 0) id += "/" + at(incident.contracts, frame.contract).id;
    if (frame.event >= 0) id += "/" + at(incident.events, frame.event).id;
    if (frame.series >= 0) id += "/" + at(incident.series, frame.series).id;
    return id;
}

}  // namespace duenotice
