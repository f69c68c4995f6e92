#include "engine/incident_draft.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/place_codes.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

std::string_view belongs_to(FrameKind frame) {
    switch (frame) {
        case FrameKind::Incident: return "the incident";
        case FrameKind::Entity: return "an entity";
        case FrameKind::Population: return "a population";
        case FrameKind::EntityPopulation: return "an entity and a population";
        case FrameKind::EntityPlace: return "an entity and a place";
        case FrameKind::PopulationPlace: return "a population and a place";
        case FrameKind::Contract: return "a contract";
        case FrameKind::Event: return "an event";
        case FrameKind::Series: return "a series";
        case FrameKind::Member: return "a member of a series";
    }
    return "a frame";
}

std::string_view stands_under(FrameKind frame) {
    switch (frame) {
        case FrameKind::Incident: return "facts";
        case FrameKind::Entity: return "entities[].facts";
        case FrameKind::Population: return "populations[].facts";
        case FrameKind::EntityPopulation: return "entities[].populations[].facts";
        case FrameKind::EntityPlace: return "entities[].places[].facts";
        case FrameKind::PopulationPlace: return "populations[].places[].facts";
        case FrameKind::Contract: return "contracts[].facts";
        case FrameKind::Event: return "events[].facts";
        case FrameKind::Series: return "series[].facts";
        case FrameKind::Member: return "series[].members[].facts";
    }
    return "facts";
}

}  // namespace

std::int32_t IncidentDraft::add_place(const std::string& code) {
    const std::int32_t found = incident.place_index(code);
    if (found >= 0) return found;
    PlaceFrame place;
    place.code = code;
    incident.places.push_back(std::move(place));
    return static_cast<std::int32_t>(incident.places.size()) - 1;
}

std::int32_t IncidentDraft::place(const JsonValue& code) {
    if (code.text == unknown_residence) return add_place(code.text);
    const std::optional<PlaceCode> place = read_place(code, law, diagnostics);
    return place ? add_place(*place) : -1;
}

StatementContext IncidentDraft::context(const Frame& frame) const {
    StatementContext result{law, diagnostics, zones.find(incident.zone), "the group (or the incident)", as_of, known_at_given};
    std::int32_t entity = frame.entity;
    if (frame.contract >= 0) entity = incident.contracts[static_cast<std::size_t>(frame.contract)].entity;
    if (frame.event >= 0) entity = incident.events[static_cast<std::size_t>(frame.event)].entity;
    if (entity < 0 || static_cast<std::size_t>(entity) >= entity_zones_.size()) return result;
    result.zone_owner = fmt::format("the entity `{}`", incident.entities[static_cast<std::size_t>(entity)].id);
    if (const Zone* zone = entity_zones_[static_cast<std::size_t>(entity)]) result.zone = zone;
    return result;
}

void IncidentDraft::wrong_home(const JsonMember& member, const FactDeclaration& declaration, const Home& home) {
    std::string help = fmt::format("write it under `{}`", stands_under(declaration.frame));
    diagnostics.error("DN0519", member.name_span, fmt::format("`{}` belongs to {}, not to {}", member.name, belongs_to(declaration.frame), home.words), std::move(help));
}

void IncidentDraft::facts(const JsonValue* object, const Home& home, Level level) {
    if (object == nullptr) return;
    if (!object->is_object()) {
        diagnostics.error("DN0512", object->span, fmt::format("`facts` is an object, not {}", kind_words(object->kind)));
        return;
    }
    for (const JsonMember& member : object->members) {
        const FactDeclaration* declaration = law.vocabulary.find(member.name);
        if (declaration == nullptr) {
            diagnostics.error("DN0518", member.name_span, fmt::format("there is no fact `{}`", member.name)).suggestion = law.vocabulary.suggest(member.name);
        } else if (member.value.kind == JsonValue::Kind::Null) {
            diagnostics.error("DN0513", member.value.span, fmt::format("`{}` is null", member.name), "leave the member out when it is not known");
        } else if (std::find(home.kinds.begin(), home.kinds.end(), declaration->frame) == home.kinds.end()) {
            wrong_home(member, *declaration, home);
        } else if (declaration->event && declaration->frame == FrameKind::Event && *declaration->event != home.event_kind) {
            diagnostics.error("DN0519", member.name_span, fmt::format("`{}` is a fact of events of kind `{}`, not `{}`", member.name, *declaration->event, home.event_kind));
        } else if (level == Level::Standing && declaration->frame == FrameKind::EntityPopulation) {
            Frame frame = home.frame;
            for (std::size_t i = 0; i < incident.populations.size(); ++i) {
                frame.population = static_cast<std::int32_t>(i);
                fact(member.value, *declaration, frame, level);
            }
        } else {
            fact(member.value, *declaration, home.frame, level);
        }
    }
}

void IncidentDraft::fact(const JsonValue& value, const FactDeclaration& declaration, const Frame& frame, Level level) {
    const GroundFact ground{declaration.id, frame.restricted(bindings(declaration.frame))};
    auto reading = read_statement(value, declaration, context(ground.frame));
    if (!reading) return;
    if (!reading->decided.empty()) state({*declaration.decided_at, ground.frame}, std::move(reading->decided), level);
    state(ground, std::move(reading->statements), level);
}

void IncidentDraft::state(const GroundFact& ground, std::vector<Statement> statements, Level level) {
    FactRecord& record = records_[ground];
    record.ground = ground;
    if (stated_.insert({level, ground}).second) {
        std::move(statements.begin(), statements.end(), std::back_inserter(record.history));
        return;
    }
    // A judgement and its instant may be stated apart: what both leave possible. Nothing else may.
    Statement& last = record.history.back();
    const FactDeclaration& declaration = law.vocabulary.at(ground.fact);
    const Known narrowed = last.value.narrowed(statements.back().value);
    if (declaration.judgement && !narrowed.is_empty()) {
        last.value = narrowed;
        return;
    }
    diagnostics.error(declaration.judgement ? "DN0527" : "DN0516", statements.back().span, fmt::format("`{}` is stated twice{}", declaration.name, declaration.judgement ? ", and the two contradict each other" : ""))
        .related.emplace_back(last.span, "the other statement");
}

void IncidentDraft::derive(const GroundFact& ground, Statement statement) {
    FactRecord& record = records_[ground];
    record.ground = ground;
    record.history.push_back(std::move(statement));
}

Known IncidentDraft::known(const GroundFact& ground) const {
    const auto found = records_.find(ground);
    if (found == records_.end() || found->second.history.empty()) return Known::open(law.vocabulary.at(ground.fact));
    return found->second.history.back().value;
}

std::optional<Instant> IncidentDraft::past_instant(JsonObject& object, std::string_view name) {
    const JsonValue* value = object.take(name);
    if (value == nullptr) return {};
    const auto instant = read_instant(*value, context({}));
    if (instant && as_of && *instant > *as_of && !known_at_given) {
        diagnostics.error("DN0525", value->span, fmt::format("`{}` is after the instant as of which the account is read", name),
                          "give --known-at to look at an account that was learned later");
        return {};
    }
    return instant;
}

void IncidentDraft::check_zone(const JsonValue* zone) {
    if (zone == nullptr || zones.find(zone->text) != nullptr) return;
    std::vector<std::string_view> names;
    for (const Zone& known : zones.zones()) names.push_back(known.name());
    diagnostics.error("DN0529", zone->span, fmt::format("there is no zone `{}`", zone->text), "a name of the zone database, for example Europe/Berlin").suggestion =
        nearest(zone->text, names);
}

void IncidentDraft::settle_zones() {
    entity_zones_.assign(incident.entities.size(), nullptr);
    for (std::size_t i = 0; i < incident.entities.size(); ++i) {
        EntityFrame& entity = incident.entities[i];
        const auto place = main_places.find(static_cast<std::int32_t>(i));
        if (entity.zone.empty() && place != main_places.end()) entity.zone = law.zone_of(place->second);
        entity_zones_[i] = zones.find(entity.zone);
    }
}

Incident IncidentDraft::finish() {
    std::vector<std::int32_t> order(incident.places.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
    const auto code = [this](std::int32_t i) -> const std::string& { return incident.places[static_cast<std::size_t>(i)].code; };
    std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return code(a) < code(b); });
    std::vector<std::int32_t> place_of(order.size());
    std::vector<PlaceFrame> places;
    for (std::size_t i = 0; i < order.size(); ++i) {
        place_of[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
        places.push_back(incident.places[static_cast<std::size_t>(order[i])]);
    }
    incident.places = std::move(places);
    for (EntityFrame& entity : incident.entities) {
        for (EntityPlace& link : entity.places) link.place = place_of[static_cast<std::size_t>(link.place)];
        std::sort(entity.places.begin(), entity.places.end(), [](const EntityPlace& a, const EntityPlace& b) { return a.place < b.place; });
        std::sort(entity.relations.begin(), entity.relations.end());
        entity.relations.erase(std::unique(entity.relations.begin(), entity.relations.end()), entity.relations.end());
    }
    for (auto& [ground, record] : records_) {
        if (record.history.empty()) continue;
        if (record.ground.frame.place >= 0) record.ground.frame.place = place_of[static_cast<std::size_t>(record.ground.frame.place)];
        incident.facts.push_back(std::move(record));
    }
    std::sort(incident.facts.begin(), incident.facts.end(), [](const FactRecord& a, const FactRecord& b) { return a.ground < b.ground; });
    return std::move(incident);
}

}  // namespace duenotice
