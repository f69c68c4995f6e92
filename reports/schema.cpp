#include "reports/schema.h"

#include <initializer_list>

#include <nlohmann/json.hpp>

#include "engine/incident.h"

namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

Json named(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json flag() { return {{"const", true}}; }
Json text() { return {{"type", "string"}}; }
Json pattern(std::string_view regular) { return {{"type", "string"}, {"pattern", regular}}; }
Json object(Json properties, std::initializer_list<std::string_view> required = {}) {
    Json result = {{"type", "object"}, {"properties", std::move(properties)}};
    for (const std::string_view name : required) result["required"].push_back(name);
    result["additionalProperties"] = false;
    return result;
}
template <class Words = std::initializer_list<std::string_view>>
Json one_of_words(const Words& words) {
    Json result = {{"enum", Json::array()}};
    for (const std::string_view word : words) result["enum"].push_back(word);
    return result;
}

std::string_view scalar_of(ValueType type) {
    switch (type) {
        case ValueType::Whole: return "whole";
        case ValueType::Share: return "share";
        case ValueType::Money: return "money";
        case ValueType::Duration: return "duration";
        case ValueType::Instant: return "instant_or_day";
        case ValueType::Date: return "day";
        case ValueType::Place:
        case ValueType::PlaceSet: return "place";
        default: return "text";
    }
}

bool has_choices(ValueType type) { return type == ValueType::YesNo || type == ValueType::Choice || type == ValueType::Set || type == ValueType::Judgement; }

/// One form of a statement: the members that make it.
using Form = std::vector<std::pair<std::string, Json>>;

std::vector<Form> forms_of(const FactDeclaration& declaration, const Json& scalar) {
    std::vector<Form> forms;
    const ValueType type = declaration.type;
    const bool set = type == ValueType::Set || type == ValueType::PlaceSet;
    const bool time = type == ValueType::Instant || type == ValueType::Date;
    forms.push_back({{type == ValueType::Judgement ? "outcome" : "value", set ? list_of(scalar) : scalar}});
    if (set) {
        forms.push_back({{"exactly", list_of(scalar)}});
        forms.push_back({{"has", list_of(scalar)}, {"has_not", list_of(scalar)}});
    }
    if (type == ValueType::Choice || type == ValueType::Judgement || type == ValueType::Place) forms.push_back({{"one_of", list_of(scalar)}});
    if (type == ValueType::Place) forms.push_back({{"has_not", list_of(scalar)}});
    const bool number = type == ValueType::Whole || type == ValueType::Share || type == ValueType::Money || type == ValueType::Duration;
    if (number || declaration.ordered) forms.push_back({{"at_least", scalar}, {"at_most", scalar}});
    if (time) {
        forms.push_back({{"from", scalar}, {"until", scalar}});
        forms.push_back({{"happened", flag()}});
    }
    if (time || type == ValueType::Judgement) forms.push_back({{"not_yet", flag()}});
    forms.push_back({{"not_known", flag()}});
    return forms;
}

void add_judgement_members(Json& properties) {
    Json decided = {{"oneOf", Json::array({named("instant_or_day"), object({{"value", named("instant_or_day")}, {"from", named("instant_or_day")}, {"until", named("instant_or_day")}, {"happened", flag()}})})}};
    properties["provisional"] = flag();
    properties["decided_at"] = std::move(decided);
    properties["recorded_at"] = named("instant");
    for (const char* name : {"function", "body", "second", "reasons", "advice"}) properties[name] = text();
    properties["relies_on"] = list_of(text());
}

/// A statement written as an object: one form, and who said so when.
Json statement_object(const FactDeclaration& declaration, const Json& scalar) {
    Json properties = Json::object(), apart = Json::array(), something = Json::array();
    const std::vector<Form> forms = forms_of(declaration, scalar);
    for (std::size_t i = 0; i < forms.size(); ++i)
        for (const auto& [name, schema] : forms[i]) {
            properties[name] = schema;
            something.push_back({{"required", Json::array({name})}});
            for (std::size_t j = i + 1; j < forms.size(); ++j)
                for (const auto& other : forms[j]) apart.push_back({{"not", {{"required", Json::array({name, other.first})}}}});
        }
    const ValueType type = declaration.type;
    if (type == ValueType::Whole || type == ValueType::Share || type == ValueType::Money || type == ValueType::Duration) {
        properties["estimate"] = scalar;
        something.push_back({{"required", Json::array({"estimate"})}});
    }
    if (type == ValueType::Judgement) add_judgement_members(properties);
    for (const char* name : {"true_since", "learned_at", "expected_at"}) properties[name] = named("instant");
    for (const char* name : {"by", "source"}) properties[name] = text();
    for (const char* name : {"estimated", "planned", "cannot_be_determined"}) properties[name] = flag();
    for (const char* name : {"cannot_be_determined", "expected_at"}) something.push_back({{"required", Json::array({name})}});
    Json result = object(std::move(properties));
    result["allOf"] = std::move(apart);
    result["anyOf"] = std::move(something);
    return result;
}

Json fact_schema(const FactDeclaration& declaration) {
    Json scalar = named(std::string(scalar_of(declaration.type)));
    if (has_choices(declaration.type)) {
        scalar = {{"enum", Json::array()}};
        for (const Choice& choice : declaration.choices) scalar["enum"].push_back(choice.token);
    }
    const bool set = declaration.type == ValueType::Set || declaration.type == ValueType::PlaceSet;
    const Json statement = statement_object(declaration, scalar);
    Json history = object({{"history", {{"type", "array"}, {"minItems", 1}, {"items", statement}}}}, {"history"});
    Json shapes = Json::array({set ? list_of(scalar) : scalar, statement, std::move(history)});
    if (set) shapes.push_back({{"const", "none"}});
    Json result = {{"title", declaration.question}};
    if (!declaration.note.empty()) result["description"] = declaration.note;
    result["oneOf"] = std::move(shapes);
    return result;
}

/// The facts of some frames as properties of one object.
Json facts_of(const Vocabulary& vocabulary, std::initializer_list<FrameKind> frames) {
    Json properties = Json::object();
    for (const FactDeclaration& declaration : vocabulary.facts())
        for (const FrameKind frame : frames)
            if (declaration.frame == frame) properties[declaration.name] = named("fact." + declaration.name);
    return object(std::move(properties));
}

void add_words(Json& definitions) {
    definitions["id"] = pattern("^(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");
    definitions["text"] = {{"type", "string"}, {"minLength", 1}};
    definitions["whole"] = {{"type", "integer"}, {"minimum", 0}, {"maximum", 9007199254740991}};
    definitions["share"] = pattern("^[0-9]+(\\.[0-9]{1,4})? ?%$");
    definitions["money"] = pattern("^[A-Z]{3} [0-9]+(\\.[0-9]{1,3})?$");
    definitions["duration"] = pattern("^[1-9][0-9]* (minute|hour|day|working day|week|month|year)s?$");
    definitions["day"] = pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    definitions["instant"] = pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$");
    definitions["instant_or_day"] = {{"oneOf", Json::array({named("instant"), named("day")})}};
    definitions["place"] = pattern("^[A-Z]{2}(-[A-Z0-9]{1,3})?$");
    definitions["place_or_unknown"] = {{"oneOf", Json::array({named("place"), {{"const", "unknown"}}})}};
    definitions["currency"] = pattern("^[A-Z]{3}$");
    const Json links = list_of(one_of_words({"lives", "served", "established", "does_business"}));
    definitions["links"] = {{"oneOf", Json::array({links, object({{"exactly", links}, {"has", links}, {"has_not", links}})})}};
    definitions["relation"] = object({{"relation", one_of_words(relation_names)}, {"entity", named("id")}}, {"relation", "entity"});
    Json contact = {{"recipient", named("text")}, {"account_holder", text()}, {"deputy", text()}, {"last_login_test", named("day")}};
    contact["log_in"] = one_of_words({"held", "missing", "not_needed"});
    for (const char* name : {"reach", "fallback", "out_of_hours"}) contact[name] = text();
    contact["form"] = one_of_words({"can_be_saved", "cannot_be_saved"});
    contact["checked"] = named("day");
    definitions["contact"] = object(std::move(contact), {"recipient"});
    definitions["owner"] = object({{"field", one_of_words(owner_fields)}, {"owner", named("text")}, {"deputy", text()}}, {"field", "owner"});
}

Json entity_schema(const Vocabulary& vocabulary, bool in_group) {
    Json properties = {{"id", named("id")}, {"name", text()}, {"short", text()}, {"zone", text()}, {"owner", text()}, {"deputy", text()}, {"approver", text()}};
    properties["facts"] = facts_of(vocabulary, {FrameKind::Entity, FrameKind::EntityPopulation});
    properties["relations"] = list_of(named("relation"));
    properties["relations_complete"] = list_of(one_of_words(relation_names));
    properties["places"] = list_of(object({{"place", named("place_or_unknown")}, {"links", named("links")}, {"facts", facts_of(vocabulary, {FrameKind::EntityPlace})}}, {"place"}));
    properties["contacts"] = list_of(named("contact"));
    properties["owners"] = list_of(named("owner"));
    properties["languages"] = list_of(pattern("^[a-z]{2}$"));
    if (!in_group) {
        properties["group_only"] = flag();
        properties["populations"] = list_of(object({{"id", named("id")}, {"facts", facts_of(vocabulary, {FrameKind::EntityPopulation})}}, {"id"}));
    }
    return object(std::move(properties), {"id"});
}

Json filing_schema() {
    Json properties = {{"id", named("id")}, {"obligation", named("text")}, {"entity", named("id")}, {"recipient", named("text")}, {"stage", text()}, {"channel", text()}, {"reference", text()}};
    for (const char* name : {"submitted_at", "accepted_at", "dispatched_at", "received_at", "published_at", "withdrawn_at", "planned_at"}) properties[name] = named("instant");
    properties["supersedes"] = named("id");
    properties["unknown"] = list_of(text());
    properties["covers"] = object({{"population", named("id")}, {"place", named("place")}, {"contract", named("id")}, {"event", named("id")}, {"series", named("id")}});
    properties["heads"] = named("whole");
    Json result = object(std::move(properties), {"id", "obligation", "entity", "recipient"});
    for (const char* name : {"submitted_at", "accepted_at", "dispatched_at", "received_at", "published_at", "planned_at"}) result["anyOf"].push_back({{"required", Json::array({name})}});
    return result;
}

/// An instant, a day, or the bounds between which it lies.
Json hold_moment() {
    const Json moment = {{"anyOf", Json::array({named("instant"), named("day")})}};
    return {{"anyOf", Json::array({named("instant"), named("day"), object({{"from", moment}, {"until", moment}}, {"from", "until"})})}};
}

Json hold_schema() {
    Json properties = {{"id", named("id")}, {"kind", pattern("^[a-z][a-z0-9_.-]*$")}, {"by", text()}, {"form", one_of_words({"oral", "written"})}, {"from", hold_moment()}, {"until", hold_moment()}};
    properties["confirmed"] = one_of_words({"yes", "no"});
    properties["covers"] = object({{"acts", list_of(text())}, {"recipients", list_of(text())}});
    properties["effect"] = one_of_words({"suspends", "extends", "forbids", "orders", "releases"});
    properties["learned_at"] = named("instant");
    return object(std::move(properties), {"kind"});
}

Json incident_properties(const Vocabulary& vocabulary) {
    const Json people_here = object({{"place", named("place_or_unknown")}, {"facts", facts_of(vocabulary, {FrameKind::PopulationPlace})}}, {"place"});
    Json place = people_here;
    place["properties"]["listed"] = one_of_words({"yes", "no"});
    Json texts = Json::object();
    for (const FactDeclaration& declaration : vocabulary.facts())
        if (declaration.frame == FrameKind::Incident && declaration.type == ValueType::Text) texts[declaration.name] = named("fact." + declaration.name);
    Json properties = {{"duenotice", {{"const", "incident/1"}}}, {"id", named("id")}, {"title", text()}, {"group", text()}, {"drill", flag()}, {"zone", text()}};
    properties["facts"] = facts_of(vocabulary, {FrameKind::Incident, FrameKind::Population});
    properties["texts"] = object(std::move(texts));
    properties["populations"] = list_of(object({{"id", named("id")}, {"name", text()}, {"facts", facts_of(vocabulary, {FrameKind::Population})}, {"places", list_of(people_here)}}, {"id"}));
    properties["entities"] = list_of(entity_schema(vocabulary, false));
    properties["places"] = list_of(std::move(place));
    properties["complete"] = list_of(one_of_words({"entities", "populations", "places", "contracts", "relations"}));
    properties["contracts"] = list_of(object({{"id", named("id")}, {"facts", facts_of(vocabulary, {FrameKind::Contract})}}, {"id"}));
    properties["events"] = list_of(object({{"id", named("id")}, {"kind", one_of_words(event_kinds)}, {"entity", named("id")}, {"at", named("fact.event.at")},
                                           {"facts", facts_of(vocabulary, {FrameKind::Event})}}, {"id", "kind"}));
    const Json member = object({{"id", named("id")}, {"facts", facts_of(vocabulary, {FrameKind::Member})}}, {"id"});
    properties["series"] = list_of(object({{"id", named("id")}, {"incidents", list_of(named("id"))}, {"facts", facts_of(vocabulary, {FrameKind::Series})}, {"members", list_of(member)}}, {"id"}));
    properties["filings"] = list_of(filing_schema());
    properties["holds"] = list_of(hold_schema());
    properties["rates"] = list_of(object({{"from", named("currency")}, {"to", named("currency")}, {"rate", pattern("^[0-9]+(\\.[0-9]{1,9})?$")}, {"date", named("day")}, {"source", named("text")}}, {"from", "to", "rate", "date", "source"}));
    return properties;
}

}  // namespace

std::string schema_text(std::string_view name, const Vocabulary& vocabulary) {
    const bool incident = name == "incident/1";
    if (!incident && name != "group/1") return {};
    Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"$id", incident ? "urn:duenotice:incident:1" : "urn:duenotice:group:1"},
                 {"title", incident ? "The account of one incident" : "Standing facts of a group"}};
    const Json body = incident ? object(incident_properties(vocabulary), {"duenotice", "id"})
                               : object({{"duenotice", {{"const", "group/1"}}}, {"id", named("id")}, {"name", text()}, {"zone", text()}, {"entities", list_of(entity_schema(vocabulary, true))}}, {"duenotice"});
    root.update(body);
    add_words(root["$defs"]);
    if (vocabulary.find("event.at") == nullptr) root["$defs"]["fact.event.at"] = named("instant_or_day");
    for (const FactDeclaration& declaration : vocabulary.facts()) {
        const bool standing = declaration.frame == FrameKind::Entity || declaration.frame == FrameKind::EntityPopulation || declaration.frame == FrameKind::EntityPlace;
        if (incident || standing) root["$defs"]["fact." + declaration.name] = fact_schema(declaration);
    }
    return root.dump(1) + "\n";
}

}  // namespace duenotice
