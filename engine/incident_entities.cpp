#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "engine/incident_draft.h"
#include "engine/incident_draft_frames.h"

namespace duenotice {

namespace {

constexpr std::array<std::string_view, 4> link_names = {"lives", "served", "established", "does_business"};

Truth& link_of(EntityPlace& place, std::size_t link) {
    return link == 0 ? place.lives : link == 1 ? place.served : link == 2 ? place.established : place.does_business;
}

void set_links(const JsonValue* list, Truth truth, EntityPlace& place, Diagnostics& diagnostics) {
    if (list == nullptr) return;
    if (!list->is_array()) {
        diagnostics.error("DN0512", list->span, fmt::format("`links` lists links, not {}", kind_words(list->kind)));
        return;
    }
    for (const JsonValue& item : list->items) {
        const auto found = std::find(link_names.begin(), link_names.end(), item.text);
        if (found == link_names.end())
            diagnostics.error("DN0531", item.span, fmt::format("there is no link `{}`", item.text), fmt::format("one of: {}", fmt::join(link_names, ", "))).suggestion = nearest(item.text, link_names);
        else
            link_of(place, static_cast<std::size_t>(found - link_names.begin())) = truth;
    }
}

/// The relation that the other one has to this one; empty when the law draws no conclusion.
std::string_view inverse(std::string_view relation) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> pairs = {{{"affiliate", "affiliate"}, {"joint", "joint"}, {"parent", "subsidiary"},
        {"subsidiary", "parent"}, {"provider", "client"}, {"client", "provider"}, {"agent", "principal"}, {"principal", "agent"}, {"owner", "custodian"}, {"custodian", "owner"}}};
    for (const auto& [one, other] : pairs)
        if (one == relation) return other;
    return {};
}

class EntityReader {
public:
    EntityReader(Level level, IncidentDraft& draft) : level_(level), draft_(draft), diagnostics_(draft.diagnostics) {}

    void read(const JsonValue& item) {
        JsonObject object(item, "an entity", diagnostics_);
        if (!object.usable()) return;
        const std::string id = object.required_id("id");
        index_ = id.empty() ? -1 : draft_.incident.entity_index(id);
        const std::string name = object.text("name"), short_name = object.text("short");
        const JsonValue* zone = object.take("zone", JsonValue::Kind::String);
        draft_.check_zone(zone);
        const std::string owner = object.text("owner"), deputy = object.text("deputy"), approver = object.text("approver");
        const JsonValue* facts = object.take("facts");
        const auto relations = object.items("relations"), places = object.items("places"), contacts = object.items("contacts"), owners = object.items("owners");
        const auto languages = object.strings("languages"), complete = object.strings("relations_complete");
        const auto populations = level_ == Level::Account ? object.items("populations") : std::vector<const JsonValue*>();
        const bool group_only = level_ == Level::Account && object.flag("group_only");
        object.finish();
        if (index_ < 0) return;
        EntityFrame& frame = entity();
        const auto take = [](std::string& to, const std::string& from) { to = from.empty() ? to : from; };
        take(frame.name, name);
        take(frame.short_name, short_name);
        take(frame.owner, owner);
        take(frame.deputy, deputy);
        take(frame.approver, approver);
        if (group_only) frame.in_group_only = true;
        for (const JsonValue* owned : owners) read_owner(*owned);
        read_languages(languages);
        own_facts(facts);
        for (const JsonValue* relation : relations) read_relation(*relation);
        for (const JsonValue* relation : complete) close_relation(*relation);
        for (const JsonValue* population : populations) read_population(*population);
        for (const JsonValue* place : places) read_place(*place);
        for (const JsonValue* contact : contacts) read_contact(*contact);
        stated_.clear();
    }

private:
    EntityFrame& entity() { return draft_.incident.entities[static_cast<std::size_t>(index_)]; }
    Frame frame() const {
        Frame result;
        result.entity = index_;
        return result;
    }

    void own_facts(const JsonValue* facts) {
        Home home{frame(), {FrameKind::Entity}, "an entity", {}};
        if (level_ == Level::Standing) home.kinds.push_back(FrameKind::EntityPopulation);
        if (level_ == Level::Account && draft_.implicit_population()) {
            home.frame.population = 0;
            home.kinds.push_back(FrameKind::EntityPopulation);
        }
        draft_.facts(facts, home, level_);
    }

    void read_relation(const JsonValue& item) {
        JsonObject object(item, "a relation", diagnostics_);
        if (!object.usable()) return;
        const JsonValue* relation = object.required("relation", JsonValue::Kind::String);
        const JsonValue* other = object.required("entity", JsonValue::Kind::String);
        object.finish();
        if (relation == nullptr || other == nullptr) return;
        if (!one_of(*relation, relation_names, "relation")) return;
        const std::int32_t to = draft_.find(*other, draft_.incident.entities, "entity");
        if (to == index_) diagnostics_.error("DN0517", other->span, fmt::format("`{}` is related to itself", other->text));
        if (to < 0 || to == index_) return;
        entity().relations.emplace_back(relation->text, to);
        if (const std::string_view back = inverse(relation->text); !back.empty())
            draft_.incident.entities[static_cast<std::size_t>(to)].relations.emplace_back(back, index_);
    }

    void close_relation(const JsonValue& word) {
        if (!one_of(word, relation_names, "relation")) return;
        std::vector<std::string>& closed = entity().relations_complete;
        const auto at = std::lower_bound(closed.begin(), closed.end(), word.text);
        if (at == closed.end() || *at != word.text) closed.insert(at, word.text);
    }

    void read_population(const JsonValue& item) {
        JsonObject object(item, "a population of an entity", diagnostics_);
        if (!object.usable()) return;
        const JsonValue* id = object.required("id", JsonValue::Kind::String);
        const JsonValue* facts = object.take("facts");
        object.finish();
        if (id == nullptr) return;
        if (draft_.implicit_population()) {
            diagnostics_.error("DN0517", id->span, fmt::format("there is no population `{}`", id->text), "the incident lists no `populations`; write the facts under `entities[].facts`");
            return;
        }
        Home home{frame(), {FrameKind::EntityPopulation}, "a population of an entity", {}};
        home.frame.population = draft_.find(*id, draft_.incident.populations, "population");
        if (home.frame.population >= 0) draft_.facts(facts, home, level_);
    }

    void read_place(const JsonValue& item) {
        JsonObject object(item, "a place of an entity", diagnostics_);
        if (!object.usable()) return;
        const JsonValue* code = object.required("place", JsonValue::Kind::String);
        const JsonValue* links = object.take("links");
        const JsonValue* facts = object.take("facts");
        object.finish();
        Home home{frame(), {FrameKind::EntityPlace}, "a place of an entity", {}};
        home.frame.place = code == nullptr ? -1 : draft_.place(*code);
        if (home.frame.place < 0) return;
        EntityPlace* link = nullptr;
        for (EntityPlace& known : entity().places)
            if (known.place == home.frame.place) link = &known;
        if (link == nullptr) link = &entity().places.emplace_back();
        link->place = home.frame.place;
        if (links != nullptr) read_links(*links, *link, diagnostics_);
        draft_.facts(facts, home, level_);
    }

    /// The account of an incident goes before the profile; one list names a field once.
    void read_owner(const JsonValue& item) {
        JsonObject object(item, "an owner", diagnostics_);
        if (!object.usable()) return;
        const JsonValue* field = object.required("field", JsonValue::Kind::String);
        FieldOwner owner{field == nullptr ? std::string() : field->text, object.required_text("owner"), object.text("deputy")};
        object.finish();
        if (field == nullptr || !one_of(*field, owner_fields, "field")) return;
        if (!stated_.insert("field " + owner.field).second) {
            diagnostics_.error("DN0517", field->span, fmt::format("the field `{}` has two owners", owner.field), "name one owner of a field, and the other as `deputy`");
            return;
        }
        std::vector<FieldOwner>& owners = entity().owners;
        std::erase_if(owners, [&](const FieldOwner& other) { return other.field == owner.field; });
        owners.push_back(std::move(owner));
    }

    void read_languages(const std::vector<const JsonValue*>& words) {
        if (!words.empty()) entity().languages.clear();
        for (const JsonValue* word : words) {
            const bool code = word->text.size() == 2 && std::all_of(word->text.begin(), word->text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
            if (code) entity().languages.push_back(word->text);
            else diagnostics_.error("DN0531", word->span, fmt::format("`{}` is no code of a language", word->text), "two small letters of ISO 639-1: de, en, fr");
        }
    }

    template <class Words>
    bool one_of(const JsonValue& word, const Words& words, std::string_view what) {
        if (std::find(std::begin(words), std::end(words), word.text) != std::end(words)) return true;
        diagnostics_.error("DN0531", word.span, fmt::format("there is no {} `{}`", what, word.text), fmt::format("one of: {}", fmt::join(words, ", "))).suggestion = nearest(word.text, words);
        return false;
    }

    std::string word(JsonObject& object, std::string_view name, std::initializer_list<std::string_view> words) {
        const JsonValue* value = object.take(name, JsonValue::Kind::String);
        return value != nullptr && one_of(*value, words, name) ? value->text : std::string();
    }

    void read_contact(const JsonValue& item) {
        JsonObject object(item, "a contact", diagnostics_);
        if (!object.usable()) return;
        Contact contact;
        contact.entity = entity().id;
        const JsonValue* recipient = object.required("recipient", JsonValue::Kind::String);
        contact.account_holder = object.text("account_holder");
        contact.deputy = object.text("deputy");
        if (const JsonValue* test = object.take("last_login_test")) contact.last_login_test = read_date(*test, diagnostics_);
        contact.log_in = word(object, "log_in", {"held", "missing", "not_needed"});
        contact.reach = object.text("reach");
        contact.fallback = object.text("fallback");
        contact.out_of_hours = object.text("out_of_hours");
        contact.form = word(object, "form", {"can_be_saved", "cannot_be_saved"});
        if (const JsonValue* checked = object.take("checked")) contact.checked = read_date(*checked, diagnostics_);
        object.finish();
        if (recipient == nullptr) return;
        contact.recipient = recipient->text;
        contact.span = recipient->span;
        if (!stated_.insert("contact " + contact.recipient).second)
            diagnostics_.error("DN0517", recipient->span, fmt::format("`{}` has two contacts for `{}`", contact.entity, contact.recipient), "write them as one, with `fallback` and `out_of_hours`");
        if (!contact.log_in.empty() && contact.log_in != "held" && (!contact.account_holder.empty() || contact.last_login_test))
            diagnostics_.error("DN0517", recipient->span, fmt::format("the log-in is `{}`, and yet somebody holds or has tried it", contact.log_in), "leave out `account_holder` and `last_login_test`, or say `\"log_in\": \"held\"`");
        draft_.incident.contacts.push_back(std::move(contact));
    }

    Level level_;
    IncidentDraft& draft_;
    Diagnostics& diagnostics_;
    std::int32_t index_ = -1;
    std::set<std::string> stated_;  ///< fields and recipients of the entity in this file
};

}  // namespace

void read_links(const JsonValue& value, EntityPlace& place, Diagnostics& diagnostics) {
    if (!value.is_object()) {
        set_links(&value, Truth::Yes, place, diagnostics);
        return;
    }
    JsonObject object(value, "a list of links", diagnostics);
    const JsonValue* exactly = object.take("exactly");
    const JsonValue* has = object.take("has");
    const JsonValue* has_not = object.take("has_not");
    object.finish();
    if (exactly != nullptr) place.lives = place.served = place.established = place.does_business = Truth::No;
    set_links(exactly, Truth::Yes, place, diagnostics);
    set_links(has, Truth::Yes, place, diagnostics);
    set_links(has_not, Truth::No, place, diagnostics);
}

void read_entities(const JsonValue& root, Level level, IncidentDraft& draft) {
    const JsonValue* list = root.find("entities");
    if (list == nullptr || !list->is_array()) return;
    EntityReader reader(level, draft);
    for (const JsonValue& item : list->items) reader.read(item);
}

}  // namespace duenotice
