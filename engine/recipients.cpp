#include <algorithm>

#include "engine/standing.h"
#include "engine/verdict.h"

// Who must be told: recipient limbs with guards, authorities by competence and place, relations and roles. First that
// applies, or all that apply; an open guard makes candidates, never a silent choice.

namespace duenotice {

namespace {

Truth holds(const ConditionPtr& condition, const Frame& frame, const Evaluation& evaluation) {
    return condition ? decide(*condition, frame, evaluation).truth : Truth::Yes;
}

class Resolver {
public:
    Resolver(const Obligation& obligation, const Version& version, const Duty& duty, const Evaluation& evaluation)
        : obligation_(obligation), version_(version), duty_(duty), evaluation_(evaluation), law_(*evaluation.world.law) {}

    std::vector<Recipient> run() {
        Truth reached = Truth::Yes;  // whether the rule still looks further (mode first)
        for (const RecipientLimb& limb : version_.recipients.limbs) {
            const bool aside = limb.copy || limb.passed_on;
            Truth applies = holds(limb.when, duty_.frame, evaluation_);
            if (version_.recipients.first_that_applies && !aside) {
                const Truth here = both(reached, applies);
                reached = both(reached, !applies);
                applies = here;
            }
            if (applies == Truth::No) continue;
            const std::size_t before = recipients_.size();
            resolve(limb, applies);
            if (version_.recipients.first_that_applies && !aside && recipients_.size() == before)
                reached = either(reached, applies);  // nobody found: the next limb stands in
        }
        for (Recipient& recipient : recipients_) finish(recipient);
        return std::move(recipients_);
    }

private:
    void add(const RecipientLimb& limb, std::string id, std::string title, std::string place, Truth owed) {
        for (Recipient& recipient : recipients_) {
            if (recipient.id != id) continue;
            recipient.owed = either(recipient.owed, owed);
            recipient.copy = recipient.copy && limb.copy;
            return;
        }
        Recipient recipient;
        recipient.id = std::move(id);
        recipient.title = std::move(title);
        recipient.place = std::move(place);
        recipient.who = limb.who.empty() ? std::string(limb.authority.empty() && limb.competence.empty() ? "" : "authority") : limb.who;
        recipient.owed = owed;
        recipient.copy = limb.copy;
        recipient.passed_on = limb.passed_on;
        recipient.citation = limb.citation.provision;
        recipients_.push_back(std::move(recipient));
    }

    void add_authority(const RecipientLimb& limb, const Authority& authority, Truth owed) {
        add(limb, authority.id, authority.title, authority.place, owed);
        if (recipients_.back().id != authority.id) return;
        std::vector<Door>& channels = recipients_.back().channels;
        channels.clear();
        for (const Channel& channel : authority.channels)
            if (open_today(channel, authority)) channels.push_back({channel});
    }

    /// What is sent goes through a door that is open on the day of as-of, whatever law the incident falls under.
    bool open_today(const Channel& channel, const Authority& authority) const {
        if (!channel.from && !channel.until) return true;
        const Jurisdiction* place = law_.find_jurisdiction(authority.place);
        const Zone* zone = evaluation_.world.zones.find(!channel.zone.empty() ? channel.zone : place != nullptr ? place->zone : "UTC");
        if (zone == nullptr) return true;
        const Date today = zone->date(evaluation_.moment.as_of);
        return (!channel.from || *channel.from <= today) && (!channel.until || today < *channel.until);
    }

    void resolve(const RecipientLimb& limb, Truth applies) {
        if (!limb.authority.empty()) {
            if (const Authority* authority = law_.find_authority(limb.authority)) add_authority(limb, *authority, applies);
        } else if (!limb.relation.empty()) {
            relations(limb, applies);
        } else if (limb.each) {
            places(limb, applies);
        } else if (limb.at) {
            const Known at = evaluation_.value(*limb.at, duty_.frame).known;
            if (!at.closed) {
                add(limb, limb.competence + "@open", "competent authority: place not known yet", "", Truth::Unknown);
                return;
            }
            const Truth owed = at.places.size() == 1 ? applies : both(applies, Truth::Unknown);
            for (const PlaceCode& place : at.places) at_place(limb, place, owed);
        } else if (!limb.who.empty()) {
            add(limb, limb.who, who_title(limb.who), "", applies);
        }
    }

    std::string who_title(const std::string& who) const {
        if (who == "party" && duty_.frame.contract >= 0)
            return evaluation_.incident.contracts[static_cast<std::size_t>(duty_.frame.contract)].party;
        if (who == "csirt") return "CSIRT";
        std::string words = who;
        std::replace_if(words.begin(), words.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
        return words;
    }

    void relations(const RecipientLimb& limb, Truth applies) {
        const auto& entities = evaluation_.incident.entities;
        if (duty_.frame.entity < 0) return;
        for (const auto& [relation, other] : entities[static_cast<std::size_t>(duty_.frame.entity)].relations) {
            if (relation != limb.relation) continue;
            const EntityFrame& entity = entities[static_cast<std::size_t>(other)];
            Truth owed = applies;
            if (limb.each_test) {
                Frame frame = duty_.frame;
                frame.entity = other;
                owed = both(owed, decide(*limb.each_test, frame, evaluation_).truth);
            }
            if (owed != Truth::No) add(limb, entity.id, entity.name.empty() ? entity.id : entity.name, "", owed);
        }
        if (!evaluation_.incident.has_all_of(limb.relation, duty_.frame.entity)) add(limb, limb.relation + "@open", limb.relation + ": not known whether all are listed", "", Truth::Unknown);
    }

    void places(const RecipientLimb& limb, Truth applies) {
        bool list_open = false;
        struct Found {
            std::string place;
            Truth owed;
            Known value;
        };
        std::vector<Found> found;
        for (const Evaluation::Member& member : evaluation_.members(*limb.each, duty_.frame, list_open)) {
            Truth owed = both(applies, member.is_member);
            if (limb.each_test) owed = both(owed, decide(*limb.each_test, member.frame, evaluation_).truth);
            if (owed == Truth::No || member.frame.place < 0) continue;
            Found one{evaluation_.incident.places[static_cast<std::size_t>(member.frame.place)].code, owed, {}};
            if (limb.highest) one.value = evaluation_.value(*limb.highest, member.frame).known;
            found.push_back(std::move(one));
        }
        if (limb.highest) keep_highest(found, limb);
        for (const Found& one : found) at_place(limb, one.place, one.owed);
        if (list_open && !limb.highest)
            add(limb, (limb.competence.empty() ? limb.who : limb.competence) + "@open", "places that are not listed yet", "", Truth::Unknown);
    }

    /// The place with the highest value; several when ranges overlap; the one already told stays (sticky).
    template <class List>
    void keep_highest(List& found, const RecipientLimb& limb) {
        for (const auto& one : found) {
            if (!filed_to_place(limb, one.place)) continue;
            const auto kept = one;
            found.assign(1, kept);
            found.front().owed = Truth::Yes;
            return;
        }
        std::int64_t best_low = Known::lowest;
        for (const auto& one : found) best_low = std::max(best_low, one.value.low);
        std::erase_if(found, [best_low](const auto& one) { return one.value.high < best_low; });
        if (found.size() > 1)
            for (auto& one : found) one.owed = Truth::Unknown;
    }

    bool filed_to_place(const RecipientLimb& limb, const std::string& place) const {
        for (const Filing& filing : evaluation_.incident.filings) {
            if (filing.obligation != obligation_.id || filing.entity != duty_.entity || filing.withdrawn_at) continue;
            const Authority* authority = law_.find_authority(filing.recipient);
            if (authority != nullptr && authority->place == place && has_competence(*authority, limb.competence)) return true;
        }
        return false;
    }

    static bool has_competence(const Authority& authority, const std::string& regime) {
        return std::find(authority.competences.begin(), authority.competences.end(), regime) != authority.competences.end();
    }

    void at_place(const RecipientLimb& limb, const std::string& place, Truth owed) {
        if (limb.competence.empty()) {
            add(limb, limb.who + "@" + place, who_title(limb.who) + " in " + place, place, owed);
            return;
        }
        bool any = false;
        for (const Authority& authority : law_.authorities) {
            if (authority.place != place || !has_competence(authority, limb.competence)) continue;
            add_authority(limb, authority, owed);
            any = true;
        }
        if (any) return;
        // A state of several regions (Germany by Land): the region is not known, all its authorities are candidates.
        std::vector<const Authority*> regional;
        for (const Authority& authority : law_.authorities)
            if (has_competence(authority, limb.competence) && law_.within(authority.place, place)) regional.push_back(&authority);
        for (const Authority* authority : regional) add_authority(limb, *authority, regional.size() == 1 ? owed : both(owed, Truth::Unknown));
        if (!regional.empty()) return;
        const Jurisdiction* jurisdiction = law_.find_jurisdiction(place);  // a region without its own: that of the state
        if (jurisdiction != nullptr && !jurisdiction->parent.empty() && jurisdiction->parent != place) {
            at_place(limb, jurisdiction->parent, owed);
        } else {
            add(limb, limb.competence + "@" + place, "no authority on file for " + limb.competence + " in " + place, place, owed);
        }
    }

    void finish(Recipient& recipient) {
        for (const ExceptionRule& exception : version_.exceptions) {
            if (exception.effect != ExceptionEffect::Frees) continue;
            const auto named = [&](const std::string& word) { return word == recipient.id || word == recipient.who; };
            if (std::none_of(exception.recipients.begin(), exception.recipients.end(), named)) continue;
            const Truth frees = holds(exception.condition, duty_.frame, evaluation_);
            if (frees == Truth::No) continue;
            recipient.freed_by = exception.citation.provision.empty() ? exception.id : exception.citation.provision;
            if (frees == Truth::Yes) recipient.freed = true;
            recipient.owed = both(recipient.owed, !frees);
        }
        for (const ChannelRule& channel : version_.channels) {
            const Truth applies = holds(channel.when, duty_.frame, evaluation_);
            if (applies == Truth::No) continue;
            Door door;
            door.kind = channel.channel;
            door.open = applies != Truth::Yes;
            const auto same = [&](const Door& other) { return other.kind == door.kind; };
            if (channel.forbidden) {
                recipient.forbidden_channels.push_back(door);
                if (!door.open) std::erase_if(recipient.channels, same);
            } else if (std::none_of(recipient.channels.begin(), recipient.channels.end(), same)) {
                recipient.channels.push_back(door);
            }
        }
    }

    const Obligation& obligation_;
    const Version& version_;
    const Duty& duty_;
    const Evaluation& evaluation_;
    const RuleBook& law_;
    std::vector<Recipient> recipients_;
};

}  // namespace

std::vector<Recipient> resolve_recipients(const Obligation& obligation, const Version& version, const Duty& duty,
                                          const Evaluation& evaluation) {
    return Resolver(obligation, version, duty, evaluation).run();
}

}  // namespace duenotice
