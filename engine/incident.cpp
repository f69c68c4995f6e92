#include "engine/incident.h"

#include <algorithm>

namespace duenotice {

namespace {

template <class List>
std::int32_t index_of(const List& list, std::string_view id) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].id == id) return static_cast<std::int32_t>(i);
    return -1;
}

}  // namespace

std::optional<Instant> Filing::at(std::string_view act) const {
    if (act.empty() || act == "submitted") return submitted_at;
    if (act == "accepted") return accepted_at;
    if (act == "dispatched") return dispatched_at;
    if (act == "received") return received_at;
    if (act == "published") return published_at;
    if (act == "withdrawn") return withdrawn_at;
    return {};
}

const FactRecord* Incident::find(const GroundFact& ground) const {
    const auto found = std::lower_bound(facts.begin(), facts.end(), ground, [](const FactRecord& record, const GroundFact& key) { return record.ground < key; });
    return found != facts.end() && found->ground == ground && !found->history.empty() ? &*found : nullptr;
}

Known Incident::known(const GroundFact& ground, const Vocabulary& vocabulary) const {
    const FactRecord* record = find(ground);
    return record == nullptr ? Known::open(vocabulary.at(ground.fact)) : record->current().value;
}

std::int32_t Incident::place_index(std::string_view code) const {
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i].code == code) return static_cast<std::int32_t>(i);
    return -1;
}

std::int32_t Incident::entity_index(std::string_view entity_id) const { return index_of(entities, entity_id); }

const EntityPlace* Incident::entity_place(std::int32_t entity, std::int32_t place) const {
    if (entity < 0 || place < 0) return nullptr;
    for (const EntityPlace& link : entities[static_cast<std::size_t>(entity)].places)
        if (link.place == place) return &link;
    return nullptr;
}

bool Incident::has_all_of(std::string_view relation, std::int32_t entity) const {
    if (relations_complete) return true;
    const std::vector<std::string>& complete = entities[static_cast<std::size_t>(entity)].relations_complete;
    return std::binary_search(complete.begin(), complete.end(), relation);
}

const Contact* Incident::contact(std::string_view entity, std::string_view recipient) const {
    for (auto contact = contacts.rbegin(); contact != contacts.rend(); ++contact)  // the account after the profile
        if (contact->entity == entity && contact->recipient == recipient) return &*contact;
    return nullptr;
}

FieldOwner Incident::owner_of(std::int32_t entity, const std::vector<std::string>& fields) const {
    const EntityFrame& frame = entities[static_cast<std::size_t>(entity)];
    for (const FieldOwner& own : frame.owners)
        if (std::find(fields.begin(), fields.end(), own.field) != fields.end()) return own;
    return {{}, frame.owner, frame.deputy};
}

Incident Incident::as_known_at(Instant instant) const {
    Incident result = *this;
    for (FactRecord& record : result.facts)
        std::erase_if(record.history, [instant](const Statement& statement) { return statement.learned_at && *statement.learned_at > instant; });
    std::erase_if(result.facts, [](const FactRecord& record) { return record.history.empty(); });
    const auto later = [instant](const std::optional<Instant>& at) { return at && *at > instant; };
    std::erase_if(result.filings, [&](const Filing& filing) {
        return later(filing.submitted_at) || (!filing.submitted_at && (later(filing.dispatched_at) || later(filing.published_at)));
    });
    for (Filing& filing : result.filings) {
        const auto forget = [&](std::optional<Instant>& at) {
            if (later(at)) at.reset();
        };
        forget(filing.accepted_at);
        forget(filing.dispatched_at);
        forget(filing.received_at);
        forget(filing.published_at);
        forget(filing.withdrawn_at);
    }
    std::erase_if(result.holds, [&](const Hold& hold) { return later(hold.learned_at) || (!hold.learned_at && later(hold.from)); });
    return result;
}

std::string Incident::words(const Frame& frame) const {
    std::string text;
    const auto add = [&text](const std::string& word) { text += (text.empty() ? "" : ", ") + word; };
    const auto at = [](const auto& list, std::int32_t index) -> const auto& { return list[static_cast<std::size_t>(index)]; };
    if (frame.entity >= 0) add(at(entities, frame.entity).id);
    if (frame.population >= 0 && !at(populations, frame.population).implicit) add(at(populations, frame.population).id);
    if (frame.place >= 0) add(at(places, frame.place).code);
    if (frame.contract >= 0) add(at(contracts, frame.contract).id);
    if (frame.event >= 0) add(at(events, frame.event).id);
    if (frame.series >= 0) add(at(series, frame.series).id);
    if (frame.series >= 0 && frame.member >= 0) add(at(at(series, frame.series).incidents, frame.member));
    return text;
}

}  // namespace duenotice
