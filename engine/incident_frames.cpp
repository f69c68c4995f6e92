#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/incident_draft.h"
#include "engine/incident_draft_frames.h"

namespace duenotice {

namespace {

/// Items of a list member, without complaint: the reader of the member complains.
std::vector<const JsonValue*> peek_items(const JsonValue& object, std::string_view name) {
    std::vector<const JsonValue*> result;
    const JsonValue* list = object.find(name);
    if (list == nullptr || !list->is_array()) return result;
    for (const JsonValue& item : list->items) result.push_back(&item);
    return result;
}

const JsonValue* peek_string(const JsonValue& object, std::string_view name) {
    const JsonValue* value = object.find(name);
    return value != nullptr && value->is_string() ? value : nullptr;
}

/// The place that a fact names exactly, before facts are read: needed to know in which zone the days of the entity are.
void peek_main_place(const JsonValue& item, std::int32_t entity, IncidentDraft& draft) {
    const JsonValue* facts = item.find("facts");
    if (facts == nullptr) return;
    for (const std::string_view name : {"entity.country", "entity.main_establishment"}) {
        const JsonValue* fact = facts->find(name);
        if (fact != nullptr && fact->is_object()) fact = fact->find("value");
        if (fact != nullptr && fact->is_string() && !draft.law.zone_of(fact->text).empty()) draft.main_places[entity] = fact->text;
    }
}

void declare_entities(const JsonValue& root, bool group, IncidentDraft& draft) {
    for (const JsonValue* item : peek_items(root, "entities")) {
        const JsonValue* id = item->is_object() ? peek_string(*item, "id") : nullptr;
        std::int32_t index = id == nullptr || group ? -1 : draft.incident.entity_index(id->text);
        if (index >= 0 && draft.incident.entities[static_cast<std::size_t>(index)].in_group_only) {
            draft.incident.entities[static_cast<std::size_t>(index)].in_group_only = false;
        } else {
            index = draft.declare(*item, draft.incident.entities, "entities");
        }
        if (index < 0) continue;
        EntityFrame& entity = draft.incident.entities[static_cast<std::size_t>(index)];
        if (group) entity.in_group_only = true;
        if (const JsonValue* zone = peek_string(*item, "zone")) entity.zone = zone->text;
        peek_main_place(*item, index, draft);
    }
}

void declare_populations(const JsonValue& root, IncidentDraft& draft) {
    for (const JsonValue* item : peek_items(root, "populations")) draft.declare(*item, draft.incident.populations, "populations");
    if (!peek_items(root, "populations").empty()) return;
    PopulationFrame population;
    population.id = "people";
    population.implicit = true;
    draft.incident.populations.push_back(std::move(population));
}

void declare_events(const JsonValue& root, IncidentDraft& draft) {
    for (const JsonValue* item : peek_items(root, "events")) {
        const std::int32_t index = draft.declare(*item, draft.incident.events, "events");
        const JsonValue* entity = index < 0 ? nullptr : peek_string(*item, "entity");
        if (entity != nullptr) draft.incident.events[static_cast<std::size_t>(index)].entity = draft.incident.entity_index(entity->text);
    }
}

void declare_series(const JsonValue& root, IncidentDraft& draft) {
    for (const JsonValue* item : peek_items(root, "series")) draft.declare(*item, draft.incident.series, "series");
}

}  // namespace

void declare_frames(const JsonValue& root, const JsonValue* group, IncidentDraft& draft) {
    if (group != nullptr) declare_entities(*group, true, draft);
    declare_entities(root, false, draft);
    declare_populations(root, draft);
    declare_events(root, draft);
    declare_series(root, draft);
    draft.settle_zones();
}

void read_populations(const JsonValue& root, IncidentDraft& draft) {
    const JsonValue* list = root.find("populations");
    if (list == nullptr || !list->is_array()) return;
    for (const JsonValue& item : list->items) {
        JsonObject object(item, "a population", draft.diagnostics);
        if (!object.usable()) continue;
        const std::string id = object.required_id("id");
        Frame frame;
        for (std::size_t i = 0; i < draft.incident.populations.size(); ++i)
            if (draft.incident.populations[i].id == id) frame.population = static_cast<std::int32_t>(i);
        const std::string name = object.text("name");
        const JsonValue* facts = object.take("facts");
        const auto places = object.items("places");
        object.finish();
        if (frame.population < 0) continue;
        draft.incident.populations[static_cast<std::size_t>(frame.population)].name = name;
        draft.facts(facts, {frame, {FrameKind::Population}, "a population", {}}, Level::Account);
        for (const JsonValue* place_item : places) {
            JsonObject place(*place_item, "a place of a population", draft.diagnostics);
            if (!place.usable()) continue;
            const JsonValue* code = place.required("place", JsonValue::Kind::String);
            const JsonValue* place_facts = place.take("facts");
            place.finish();
            Frame there = frame;
            there.place = code == nullptr ? -1 : draft.place(*code);
            if (there.place < 0) continue;
            draft.facts(place_facts, {there, {FrameKind::PopulationPlace}, "a place of a population", {}}, Level::Account);
        }
    }
}

void read_places(const JsonValue& root, IncidentDraft& draft) {
    const JsonValue* list = root.find("places");
    if (list == nullptr || !list->is_array()) return;
    for (const JsonValue& item : list->items) {
        JsonObject object(item, "a place", draft.diagnostics);
        if (!object.usable()) continue;
        const JsonValue* code = object.required("place", JsonValue::Kind::String);
        const JsonValue* listed = object.take("listed", JsonValue::Kind::String);
        const JsonValue* facts = object.take("facts");
        object.finish();
        Frame frame;
        frame.place = code == nullptr ? -1 : draft.place(*code);
        if (frame.place < 0) continue;
        if (listed != nullptr && listed->text != "yes" && listed->text != "no")
            draft.diagnostics.error("DN0514", listed->span, "`listed` is the string \"yes\" or \"no\"");
        if (listed != nullptr && listed->text == "no") draft.incident.places[static_cast<std::size_t>(frame.place)].listed = Truth::No;
        Home home{frame, {}, "a place", {}};
        if (draft.implicit_population()) {
            home.frame.population = 0;
            home.kinds.push_back(FrameKind::PopulationPlace);
        }
        draft.facts(facts, home, Level::Account);
    }
}

void read_events(const JsonValue& root, IncidentDraft& draft) {
    const JsonValue* list = root.find("events");
    if (list == nullptr || !list->is_array()) return;
    for (const JsonValue& item : list->items) {
        JsonObject object(item, "an event", draft.diagnostics);
        if (!object.usable()) continue;
        const std::string id = object.required_id("id");
        const JsonValue* kind = object.required("kind", JsonValue::Kind::String);
        const JsonValue* entity = object.take("entity", JsonValue::Kind::String);
        const JsonValue* at = object.take("at");
        const JsonValue* facts = object.take("facts");
        object.finish();
        if (kind != nullptr && std::find(std::begin(event_kinds), std::end(event_kinds), kind->text) == std::end(event_kinds))
            draft.diagnostics.error("DN0531", kind->span, fmt::format("there is no event of kind `{}`", kind->text), fmt::format("one of: {}", fmt::join(event_kinds, ", "))).suggestion = nearest(kind->text, event_kinds);
        if (entity != nullptr) draft.find(*entity, draft.incident.entities, "entity");
        Frame frame;
        for (std::size_t i = 0; i < draft.incident.events.size(); ++i)
            if (draft.incident.events[i].id == id) frame.event = static_cast<std::int32_t>(i);
        if (frame.event < 0) continue;
        draft.incident.events[static_cast<std::size_t>(frame.event)].kind = kind == nullptr ? "" : kind->text;
        draft.facts(facts, {frame, {FrameKind::Event}, "an event", kind == nullptr ? "" : kind->text}, Level::Account);
        const FactDeclaration* instant = draft.law.vocabulary.find("event.at");
        if (at != nullptr && instant != nullptr) draft.fact(*at, *instant, frame, Level::Account);
    }
}

namespace {

/// The member's index; a member that `incidents` does not list is an error.
void read_member(const JsonValue& item, Frame frame, IncidentDraft& draft) {
    JsonObject object(item, "a member of a series", draft.diagnostics);
    if (!object.usable()) return;
    object.required_id("id");
    const JsonValue* facts = object.take("facts");
    object.finish();
    const JsonValue* id = item.find("id");
    const auto& members = draft.incident.series[static_cast<std::size_t>(frame.series)].incidents;
    if (id == nullptr || !is_id(id->text)) return;
    const auto found = std::find(members.begin(), members.end(), id->text);
    if (found == members.end()) {
        draft.diagnostics.error("DN0517", id->span, fmt::format("`{}` is not among the `incidents` of the series", id->text)).suggestion = nearest(id->text, members);
        return;
    }
    frame.member = static_cast<std::int32_t>(found - members.begin());
    draft.facts(facts, {frame, {FrameKind::Member}, "a member of a series", {}}, Level::Account);
}

}  // namespace

void read_series(const JsonValue& root, IncidentDraft& draft) {
    const JsonValue* list = root.find("series");
    if (list == nullptr || !list->is_array()) return;
    for (const JsonValue& item : list->items) {
        JsonObject object(item, "a series", draft.diagnostics);
        if (!object.usable()) continue;
        const std::string id = object.required_id("id");
        const auto incidents = object.strings("incidents");
        const JsonValue* facts = object.take("facts");
        const auto members = object.items("members");
        object.finish();
        Frame frame;
        for (std::size_t i = 0; i < draft.incident.series.size(); ++i)
            if (draft.incident.series[i].id == id) frame.series = static_cast<std::int32_t>(i);
        if (frame.series < 0) continue;
        std::vector<std::string>& ids = draft.incident.series[static_cast<std::size_t>(frame.series)].incidents;
        for (const JsonValue* incident : incidents) {
            if (!is_id(incident->text)) draft.diagnostics.error("DN0515", incident->span, fmt::format("`{}` is not an id", incident->text));
            else if (std::find(ids.begin(), ids.end(), incident->text) != ids.end()) draft.diagnostics.error("DN0516", incident->span, fmt::format("`{}` stands twice in the series", incident->text));
            else ids.push_back(incident->text);
        }
        draft.facts(facts, {frame, {FrameKind::Series}, "a series", {}}, Level::Account);
        for (const JsonValue* member : members) read_member(*member, frame, draft);
    }
}

}  // namespace duenotice
