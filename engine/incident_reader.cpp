#include "engine/incident_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/incident_draft.h"
#include "rules/fingerprint.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

constexpr std::array<std::string_view, 5> closable_lists = {"entities", "populations", "places", "contracts", "relations"};

void read_document_kind(JsonObject& object, std::string_view expected, Diagnostics& diagnostics) {
    const JsonValue* kind = object.required("duenotice", JsonValue::Kind::String);
    if (kind == nullptr || kind->text == expected) return;
    diagnostics.error("DN0534", kind->span, fmt::format("this document says it is `{}`; `{}` is read here", kind->text, expected));
}

void read_complete(JsonObject& object, IncidentDraft& draft) {
    Incident& incident = draft.incident;
    for (const JsonValue* word : object.strings("complete")) {
        if (word->text == "entities") incident.entities_complete = true;
        else if (word->text == "populations") incident.populations_complete = true;
        else if (word->text == "places") incident.places_complete = true;
        else if (word->text == "contracts") incident.contracts_complete = true;
        else if (word->text == "relations") incident.relations_complete = true;
        else
            draft.diagnostics.error("DN0531", word->span, fmt::format("there is no list `{}` to be complete", word->text), fmt::format("one of: {}", fmt::join(closable_lists, ", "))).suggestion =
                nearest(word->text, closable_lists);
    }
}

/// Texts of the incident: facts of type text, and kept by id for packets.
void read_texts(const JsonValue* texts, IncidentDraft& draft) {
    if (texts == nullptr) return;
    for (const JsonMember& member : texts->members) {
        const FactDeclaration* declaration = draft.law.vocabulary.find(member.name);
        if (declaration == nullptr) {
            draft.diagnostics.error("DN0518", member.name_span, fmt::format("there is no text `{}`", member.name)).suggestion = draft.law.vocabulary.suggest(member.name);
        } else if (declaration->type != ValueType::Text || declaration->frame != FrameKind::Incident) {
            draft.diagnostics.error("DN0519", member.name_span, fmt::format("`{}` is not a text of the incident", member.name), "write it under the `facts` of what it belongs to");
        } else {
            draft.fact(member.value, *declaration, {}, Level::Account);
        }
    }
}

void keep_texts(IncidentDraft& draft) {
    for (const auto& [ground, record] : draft.records()) {
        const FactDeclaration& declaration = draft.law.vocabulary.at(ground.fact);
        if (declaration.type != ValueType::Text || declaration.frame != FrameKind::Incident || record.history.empty()) continue;
        if (const auto& text = record.history.back().value.text) draft.incident.texts.emplace_back(declaration.name, *text);
    }
}

void read_group(const JsonValue& root, IncidentDraft& draft) {
    JsonObject object(root, "the group", draft.diagnostics);
    if (!object.usable()) return;
    read_document_kind(object, "group/1", draft.diagnostics);
    if (root.find("id") != nullptr) object.required_id("id");
    object.text("name");
    draft.check_zone(object.take("zone", JsonValue::Kind::String));
    object.items("entities");
    object.finish();
    read_entities(root, Level::Standing, draft);
}

void read_head(JsonObject& object, const JsonValue* group, IncidentDraft& draft) {
    Incident& incident = draft.incident;
    read_document_kind(object, "incident/1", draft.diagnostics);
    incident.id = object.required_id("id");
    incident.title = object.text("title");
    incident.group = object.text("group");
    incident.drill = object.flag("drill");
    const JsonValue* zone = object.take("zone", JsonValue::Kind::String);
    draft.check_zone(zone);
    const JsonValue* groups = group == nullptr ? nullptr : group->find("zone");
    if (zone == nullptr && groups != nullptr && groups->is_string()) zone = groups;
    if (zone != nullptr) incident.zone = zone->text;
    read_complete(object, draft);
}

Checked<JsonValue> parsed(const SourcePtr& source, Diagnostics& diagnostics) {
    if (!source) return {};
    Checked<JsonValue> result = read_json(source);
    diagnostics.append(result.diagnostics);
    return result;
}

}  // namespace

void read_account(const JsonValue& root, const JsonValue* group, const SourcePtr& contracts, IncidentDraft& draft) {
    JsonObject object(root, "an incident", draft.diagnostics);
    if (!object.usable()) return;
    read_head(object, group, draft);
    declare_frames(root, group, draft);
    const bool contracts_known = read_contract_table(contracts, draft);
    if (group != nullptr) read_group(*group, draft);
    Home home{{}, {FrameKind::Incident}, "the incident", {}};
    if (draft.implicit_population()) {
        home.frame.population = 0;
        home.kinds.push_back(FrameKind::Population);
    }
    draft.facts(object.take("facts"), home, Level::Account);
    read_texts(object.take("texts", JsonValue::Kind::Object), draft);
    for (const std::string_view list : {"populations", "entities", "places", "contracts", "events", "series", "filings", "holds", "rates"}) object.items(list);
    object.finish();
    read_populations(root, draft);
    read_entities(root, Level::Account, draft);
    read_places(root, draft);
    if (contracts_known) read_contracts(root, draft);
    read_events(root, draft);
    read_series(root, draft);
    read_filings(root, draft);
    read_holds(root, draft);
    read_rates(root, draft);
    if (draft.diagnostics.has_errors()) return;
    if (draft.implicit_population()) draft.incident.populations_complete = true;
    complete_facts(draft);
    apply_constraints(draft);
    complete_links(draft);
    keep_texts(draft);
}

std::string group_file_of(const SourcePtr& incident) {
    const Checked<JsonValue> root = read_json(incident);
    const JsonValue* group = root && root->is_object() ? root->find("group") : nullptr;
    return group != nullptr && group->is_string() ? group->text : std::string();
}

Checked<Incident> read_incident(const IncidentSources& sources, const RuleBook& law, const ZoneSet& zones) {
    Checked<Incident> result;
    const Checked<JsonValue> root = parsed(sources.incident, result.diagnostics);
    const Checked<JsonValue> group = parsed(sources.group, result.diagnostics);
    if (result.diagnostics.has_errors() || !root) {
        result.diagnostics.sort();
        return result;
    }
    IncidentDraft draft(law, zones, sources.as_of, sources.known_at_given, result.diagnostics);
    read_account(*root, group ? &*group : nullptr, sources.contracts, draft);
    result.diagnostics.sort();
    if (result.diagnostics.has_errors()) return result;
    Incident incident = draft.finish();
    Fingerprint fingerprint;
    for (const SourcePtr& source : {sources.incident, sources.group, sources.contracts}) fingerprint.add(source ? source->text() : std::string_view());
    incident.hash = fingerprint.hex();
    result.value = std::move(incident);
    return result;
}

}  // namespace duenotice
