#include "tools/incident_account.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tools/words.h"

namespace duenotice {

using Document = nlohmann::ordered_json;

struct IncidentAccount::Json {
    Document root = Document{{"duenotice", "incident/1"}};
};

namespace {

/// The element of a list with this id; made when `make`, else null when there is none.
Document* element(Document& parent, const char* list, const char* key, const std::string& id, bool make) {
    if (!make && !parent.contains(list)) return nullptr;
    Document& items = parent[list];
    for (Document& item : items)
        if (item.value(key, "") == id) return &item;
    if (!make) return nullptr;
    items.push_back(Document{{key, id}});
    return &items.back();
}

Document* facts_in(Document* parent, bool make) {
    if (parent == nullptr || (!make && !parent->contains("facts"))) return nullptr;
    return &(*parent)["facts"];
}

/// Where the facts of this home stand; null when there is no such place in the file, or none is made.
Document* facts_of(Document& root, const FactDeclaration& declaration, const FactHome& home, bool make) {
    const unsigned needed = bindings(declaration.frame);
    if ((needed & (bind::contract | bind::event | bind::series)) != 0) return nullptr;
    if ((needed & bind::entity) != 0) {
        if (home.entity.empty()) return nullptr;
        Document* entity = element(root, "entities", "id", home.entity, make);
        if (entity == nullptr) return nullptr;
        if ((needed & bind::place) != 0) return home.place.empty() ? nullptr : facts_in(element(*entity, "places", "place", home.place, make), make);
        if ((needed & bind::population) != 0 && !home.population.empty()) return facts_in(element(*entity, "populations", "id", home.population, make), make);
        return facts_in(entity, make);
    }
    Document* parent = home.population.empty() || (needed & bind::population) == 0 ? &root : element(root, "populations", "id", home.population, make);
    if ((needed & bind::place) == 0) return facts_in(parent, make);
    return home.place.empty() || parent == nullptr ? nullptr : facts_in(element(*parent, "places", "place", home.place, make), make);
}

const Document* statement(const Document& root, const FactDeclaration& declaration, const FactHome& home) {
    const Document* facts = facts_of(const_cast<Document&>(root), declaration, home, false);
    if (facts == nullptr || !facts->contains(declaration.name)) return nullptr;
    const Document& found = (*facts)[declaration.name];
    return found.is_object() && found.contains("history") && !found["history"].empty() ? &found["history"].back() : &found;
}

std::vector<IncidentAccount::Named> named(const Document& root, const char* list) {
    std::vector<IncidentAccount::Named> result;
    if (!root.contains(list)) return result;
    for (const Document& item : root[list]) {
        const std::string id = item.value("id", "");
        result.push_back({id, item.value("name", id)});
    }
    return result;
}

}  // namespace

std::string id_of_name(const std::string& name) {
    std::string id;
    for (const char c : lower(name)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) id += c;
        else if (!id.empty() && id.back() != '-') id += '-';
    }
    id.resize(std::min<std::size_t>(id.size(), 64));
    while (!id.empty() && id.back() == '-') id.pop_back();
    return id;
}

IncidentAccount::IncidentAccount() : json_(std::make_unique<Json>()) {}
IncidentAccount::IncidentAccount(const std::string& text) : json_(std::make_unique<Json>()) { json_->root = Document::parse(text); }
IncidentAccount::IncidentAccount(const IncidentAccount& other) : json_(std::make_unique<Json>(*other.json_)) {}
IncidentAccount& IncidentAccount::operator=(const IncidentAccount& other) {
    *json_ = *other.json_;
    return *this;
}
IncidentAccount::IncidentAccount(IncidentAccount&&) noexcept = default;
IncidentAccount& IncidentAccount::operator=(IncidentAccount&&) noexcept = default;
IncidentAccount::~IncidentAccount() = default;

std::string IncidentAccount::text() const { return json_->root.dump(2) + "\n"; }

std::string IncidentAccount::get(const char* member) const {
    const auto found = json_->root.find(member);
    return found != json_->root.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void IncidentAccount::set(const char* member, const std::string& value) { json_->root[member] = value; }

std::vector<IncidentAccount::Named> IncidentAccount::entities() const { return named(json_->root, "entities"); }
std::vector<IncidentAccount::Named> IncidentAccount::populations() const { return named(json_->root, "populations"); }

std::string IncidentAccount::add_entity(const std::string& name, const std::string& id) {
    std::string made = id.empty() ? id_of_name(name) : id;
    if (made.empty()) made = "us";
    Document* entity = element(json_->root, "entities", "id", made, true);
    if (!name.empty() && name != made) (*entity)["name"] = name;
    return made;
}

void IncidentAccount::add_relation(const std::string& entity, const std::string& relation, const std::string& other) {
    const Document made{{"relation", relation}, {"entity", other}};
    Document& list = (*element(json_->root, "entities", "id", entity, true))["relations"];
    if (std::find(list.begin(), list.end(), made) == list.end()) list.push_back(made);
}

void IncidentAccount::close_relation(const std::string& entity, const std::string& relation) {
    Document& list = (*element(json_->root, "entities", "id", entity, true))["relations_complete"];
    if (std::find(list.begin(), list.end(), relation) == list.end()) list.push_back(relation);
}

void IncidentAccount::set_entity_zone(const std::string& id, const std::string& zone) { (*element(json_->root, "entities", "id", id, true))["zone"] = zone; }

void IncidentAccount::add_populations(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        const std::string id = id_of_name(name);
        if (id.empty() || element(json_->root, "populations", "id", id, false) != nullptr) continue;
        Document* population = element(json_->root, "populations", "id", id, true);
        if (name != id) (*population)["name"] = name;
        if (json_->root.contains("facts") && json_->root["facts"].contains("data.personal")) (*population)["facts"]["data.personal"] = json_->root["facts"]["data.personal"];
    }
    if (json_->root.contains("populations") && json_->root.contains("facts")) json_->root["facts"].erase("data.personal");
}

void IncidentAccount::add_place(const std::string& population, const std::string& code) {
    Document* parent = population.empty() ? &json_->root : element(json_->root, "populations", "id", population, true);
    element(*parent, "places", "place", code, true);
}

std::size_t IncidentAccount::places(const std::string& population) const {
    const Document* parent = population.empty() ? &json_->root : element(json_->root, "populations", "id", population, false);
    return parent != nullptr && parent->contains("places") ? (*parent)["places"].size() : 0;
}

bool IncidentAccount::state(const FactDeclaration& declaration, const FactHome& home, const std::string& json, const Said& said) {
    Document* facts = facts_of(json_->root, declaration, home, true);
    if (facts == nullptr) return false;
    Document value = Document::parse(json);
    const auto add = [&](const char* member, const std::string& text) {
        if (text.empty()) return;
        if (!value.is_object()) value = Document{{"value", value}};
        value[member] = text;
    };
    add("by", said.by);
    add("learned_at", said.learned_at);
    add("source", said.source);
    (*facts)[declaration.name] = std::move(value);
    return true;
}

bool IncidentAccount::knows(const FactDeclaration& declaration, const FactHome& home) const {
    const Document* found = statement(json_->root, declaration, home);
    return found != nullptr && !(found->is_object() && found->contains("not_known"));
}

std::string IncidentAccount::value(const FactDeclaration& declaration, const FactHome& home) const {
    const Document* found = statement(json_->root, declaration, home);
    if (found == nullptr) return {};
    const Document& value = found->is_object() && found->contains("value") ? (*found)["value"] : *found;
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool IncidentAccount::has_choice(const FactDeclaration& declaration, const FactHome& home, const std::string& choice) const {
    const Document* found = statement(json_->root, declaration, home);
    if (found == nullptr || !found->is_object()) return false;
    for (const char* list : {"has", "exactly", "value"})
        if (found->contains(list) && (*found)[list].is_array() && std::find((*found)[list].begin(), (*found)[list].end(), choice) != (*found)[list].end()) return true;
    return false;
}

}  // namespace duenotice
