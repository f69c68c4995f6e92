// The short form of facts in examples of law files (rules/LANGUAGE.md 3.7). Each statement becomes the JSON that an
// incident file would hold, and the reader of incidents does the rest: there is one meaning of a statement.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/incident_draft.h"
#include "engine/place_codes.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

using Words = std::vector<std::string_view>;
constexpr std::string_view all_recipients = "all-recipients";  ///< a filing without `to`: made to everyone whom the duty names

/// Parts of the incident that the statements fill in.
struct ShortAccount {
    JsonValue incident_facts, entity_facts, population_facts, role_facts, contract_facts;
    struct Place {
        std::string code;
        JsonValue links, heads, facts;  ///< facts of entity x place
    };
    std::vector<Place> places;
    std::vector<JsonValue> filings, holds, complete, events;
    std::vector<JsonValue> event_facts;
};

class ShortReader {
public:
    ShortReader(std::string_view text, const Span& span, const RuleBook& law, Diagnostics& diagnostics)
        : text_(text), span_(span), law_(law), diagnostics_(diagnostics) {}

    JsonValue read(std::string_view place) {
        account_.incident_facts = account_.entity_facts = account_.population_facts = account_.role_facts = account_.contract_facts = object(span_);
        if (!place.empty()) add_place(std::string(place), {"lives", "served", "established", "does_business"}, span_);
        std::size_t begin = 0;
        while (begin <= text_.size()) {
            const std::size_t end = std::min(text_.find(';', begin), text_.size());
            statement(begin, end);
            begin = end + 1;
        }
        return whole();
    }

private:
    // Places and JSON.
    Span at(std::size_t begin, std::size_t end) const {
        // Offsets agree only where the source holds the text as it is, without entities.
        if (!span_.source || span_.source->text().substr(span_.begin, span_.end - span_.begin) != text_) return span_;
        return {span_.source, span_.begin + begin, span_.begin + end};
    }
    Span at(std::string_view part) const {
        const auto begin = static_cast<std::size_t>(part.data() - text_.data());
        return at(begin, begin + part.size());
    }
    static JsonValue object(const Span& span) {
        JsonValue value;
        value.kind = JsonValue::Kind::Object;
        value.span = span;
        return value;
    }
    static JsonValue scalar(std::string text, const Span& span, JsonValue::Kind kind = JsonValue::Kind::String) {
        JsonValue value;
        value.kind = kind;
        value.text = std::move(text);
        value.span = span;
        value.boolean = kind == JsonValue::Kind::Bool;
        return value;
    }
    static JsonValue truth(const Span& span) { return scalar("true", span, JsonValue::Kind::Bool); }
    static JsonValue array(std::vector<JsonValue> items, const Span& span) {
        JsonValue value;
        value.kind = JsonValue::Kind::Array;
        value.items = std::move(items);
        value.span = span;
        return value;
    }
    static void add(JsonValue& to, std::string_view name, JsonValue value) {
        Span span = value.span;
        to.members.push_back({std::string(name), std::move(span), std::move(value)});
    }

    void wrong(std::string_view part, std::string message, std::string help = {}) { diagnostics_.error("DN0536", at(part), std::move(message), std::move(help)); }

    static std::string_view trimmed(std::string_view text) {
        const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
        while (!text.empty() && blank(text.front())) text.remove_prefix(1);
        while (!text.empty() && blank(text.back())) text.remove_suffix(1);
        return text;
    }
    static Words split(std::string_view text) {
        Words words;
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= text.size(); ++i) {
            const bool blank = i == text.size() || text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r';
            if (!blank) continue;
            if (i > begin) words.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
        return words;
    }
    /// From one word to another, as it stands in the text.
    static std::string_view between(std::string_view first, std::string_view last) {
        return {first.data(), static_cast<std::size_t>(last.data() - first.data()) + last.size()};
    }
    static std::string_view rest(const Words& words, std::size_t from) { return from < words.size() ? between(words[from], words.back()) : std::string_view(); }
    static bool starts(const Words& words, std::size_t from, std::initializer_list<std::string_view> wanted) {
        if (words.size() < from + wanted.size()) return false;
        return std::equal(wanted.begin(), wanted.end(), words.begin() + static_cast<std::ptrdiff_t>(from));
    }

    void statement(std::size_t begin, std::size_t end) {
        const std::string_view text = trimmed(text_.substr(begin, end - begin));
        Words words = split(text);
        if (words.empty()) return;
        if (words.front() == "filed") return filed(words);
        if (words.front() == "hold") return hold(words);
        if (words.front() == "place") return place(words);
        if (words.front() == "event") return event(words);
        if (words.size() == 2 && words[1] == "complete") {
            account_.complete.push_back(scalar(std::string(words[0]), at(words[0])));
            return;
        }
        const FactDeclaration* declaration = law_.vocabulary.find(words.front());
        if (declaration == nullptr) {
            diagnostics_.error("DN0518", at(words.front()), fmt::format("there is no fact `{}`", words.front())).suggestion = law_.vocabulary.suggest(words.front());
            return;
        }
        std::optional<JsonValue> learned;
        if (words.size() > 3 && words[words.size() - 2] == "learned") {
            learned = scalar(std::string(words.back()), at(words.back()));
            words.resize(words.size() - 2);
        }
        std::optional<JsonValue> value = fact(*declaration, words);
        if (!value) return;
        if (learned) add(*value, "learned_at", std::move(*learned));
        put(*declaration, std::move(*value), words.front());
    }

    /// The statement as an object; empty after an error, or when the fact is said to be open.
    std::optional<JsonValue> fact(const FactDeclaration& declaration, const Words& words) {
        JsonValue value = object(at(between(words.front(), words.back())));
        const auto literal = [&](std::string_view text) { return this->literal(declaration, text); };
        if (starts(words, 1, {"is", "not", "known", "yet"}) && words.size() == 5) {
            said_.emplace(words.front());
            return {};
        }
        if (starts(words, 1, {"cannot", "be", "determined"}) && words.size() == 4) add(value, "cannot_be_determined", truth(value.span));
        else if (starts(words, 1, {"is", "not", "yet"}) && words.size() == 4) add(value, "not_yet", truth(value.span));
        else if (starts(words, 1, {"has", "happened"}) && words.size() == 3) add(value, "happened", truth(value.span));
        else if (starts(words, 1, {"has", "not"}) && words.size() > 3) add(value, "has_not", list(rest(words, 3)));
        else if (starts(words, 1, {"has"}) && words.size() > 2) add(value, "has", list(rest(words, 2)));
        else if (starts(words, 1, {"is", "exactly"}) && words.size() > 3) add(value, "exactly", rest(words, 3) == "nothing" ? array({}, at(words.back())) : list(rest(words, 3)));
        else if (starts(words, 1, {"is", "one", "of"}) && words.size() > 4) add(value, "one_of", list(inside(rest(words, 4))));
        else if (starts(words, 1, {"is", "at", "least"}) && words.size() > 4) add(value, "at_least", literal(rest(words, 4)));
        else if (starts(words, 1, {"is", "at", "most"}) && words.size() > 4) add(value, "at_most", literal(rest(words, 4)));
        else if (starts(words, 1, {"is", "between"}) && words.size() > 5) return moments(declaration, words, 3, "and", std::move(value));
        else if (starts(words, 1, {"is"}) && words.size() > 2) return exact_or_range(declaration, words, std::move(value));
        else {
            wrong(between(words.front(), words.back()), fmt::format("`{}` is not a statement of a fact", between(words.front(), words.back())),
                  "FACT is VALUE, FACT is A to B, FACT has A, B, FACT is not yet, FACT has happened, ...");
            return {};
        }
        return value;
    }

    std::optional<JsonValue> exact_or_range(const FactDeclaration& declaration, const Words& words, JsonValue value) {
        const auto to = declaration.type == ValueType::Text ? words.end() : std::find(words.begin() + 2, words.end(), "to");
        if (to != words.end() && to != words.begin() + 2 && to + 1 != words.end()) {
            if (declaration.type == ValueType::Instant || declaration.type == ValueType::Date) return moments(declaration, words, 2, "to", std::move(value));
            add(value, "at_least", literal(declaration, between(words[2], *(to - 1))));
            add(value, "at_most", literal(declaration, between(*(to + 1), words.back())));
            return value;
        }
        const std::string_view text = rest(words, 2);
        const bool set = declaration.type == ValueType::Set || declaration.type == ValueType::PlaceSet;
        if (set && text == "nothing") add(value, "exactly", array({}, at(text)));
        else if (set) add(value, "value", list(text));
        else add(value, declaration.type == ValueType::Judgement ? "outcome" : "value", literal(declaration, text));
        return value;
    }

    /// `is between A and B`, both included: `until` of JSON is excluded.
    std::optional<JsonValue> moments(const FactDeclaration& declaration, const Words& words, std::size_t from, std::string_view joint, JsonValue value) {
        const bool time = declaration.type == ValueType::Instant || declaration.type == ValueType::Date;
        if (!time || words.size() != from + 3 || words[from + 1] != joint) {
            wrong(between(words.front(), words.back()), time ? fmt::format("`{}` is not a stretch of time", rest(words, from)) : fmt::format("`{}` is no instant and no date", words.front()),
                  "FACT is between T and T, both included");
            return {};
        }
        add(value, "from", scalar(std::string(words[from]), at(words[from])));
        std::string last(words[from + 2]);
        if (const auto instant = parse_instant(last)) last = iso_utc(instant->plus_seconds(1));
        else if (const auto day = Date::parse(last)) last = day->plus_days(1).iso();
        add(value, "until", scalar(std::move(last), at(words[from + 2])));
        return value;
    }

    JsonValue literal(const FactDeclaration& declaration, std::string_view text) const {
        const bool number = declaration.type == ValueType::Whole && !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (declaration.type == ValueType::Text && text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
        return scalar(std::string(text), at(text), number ? JsonValue::Kind::Number : JsonValue::Kind::String);
    }

    static std::string_view inside(std::string_view text) {
        if (text.size() >= 2 && text.front() == '(' && text.back() == ')') return trimmed(text.substr(1, text.size() - 2));
        return text;
    }

    JsonValue list(std::string_view text) const {
        std::vector<JsonValue> items;
        std::size_t begin = 0;
        while (begin <= text.size()) {
            const std::size_t end = std::min(text.find(',', begin), text.size());
            const std::string_view item = trimmed(text.substr(begin, end - begin));
            items.push_back(scalar(std::string(item), at(item)));
            begin = end + 1;
        }
        return array(std::move(items), at(text));
    }

    void put(const FactDeclaration& declaration, JsonValue value, std::string_view name) {
        said_.emplace(name);
        const auto to = [&]() -> JsonValue* {
            switch (declaration.frame) {
                case FrameKind::Incident: return &account_.incident_facts;
                case FrameKind::Entity: return &account_.entity_facts;
                case FrameKind::Population: return &account_.population_facts;
                case FrameKind::EntityPopulation: return &account_.role_facts;
                case FrameKind::Contract: return &account_.contract_facts;
                case FrameKind::EntityPlace: return account_.places.empty() ? nullptr : &account_.places.back().facts;
                case FrameKind::PopulationPlace: return account_.places.empty() ? nullptr : &account_.places.back().heads;
                case FrameKind::Event: return account_.event_facts.empty() ? nullptr : &account_.event_facts.back();
                default: return nullptr;
            }
        }();
        if (to == nullptr) {
            const bool event = declaration.frame == FrameKind::Event;
            wrong(name, fmt::format("`{}` belongs to {}, and none is named before it", name, event ? "an event" : declaration.frame == FrameKind::Series || declaration.frame == FrameKind::Member ? "a series" : "a place"),
                  event ? "write `event KIND at T` first" : "write `place CODE linked lives` first, or the example as a whole incident");
            return;
        }
        const auto stated = std::find_if(to->members.begin(), to->members.end(), [&](const JsonMember& member) { return member.name == declaration.name; });
        if (stated == to->members.end()) {
            to->members.push_back({declaration.name, at(name), std::move(value)});
            return;
        }
        // `x has a; x has not b` is one statement in two parts.
        for (JsonMember& member : value.members) {
            if (stated->value.find(member.name) != nullptr) return wrong(name, fmt::format("`{}` is stated twice", name));
            stated->value.members.push_back(std::move(member));
        }
    }

    void filed(const Words& words) {
        JsonValue value = object(at(between(words.front(), words.back())));
        add(value, "id", scalar(fmt::format("f{}", account_.filings.size() + 1), value.span));
        add(value, "entity", scalar("e", value.span));
        if (words.size() > 1) add(value, "obligation", scalar(std::string(words[1]), at(words[1])));
        std::string act = "submitted";
        bool good = words.size() > 3, recipient = false;
        std::string_view instant;
        for (std::size_t i = 2; good && i + 1 < words.size(); i += 2) {
            if (words[i] == "act") act = words[i + 1];
            else if (words[i] == "to") add(value, "recipient", scalar(std::string(words[i + 1]), at(words[i + 1]))), recipient = true;
            else if (words[i] == "at") instant = words[i + 1];
            else good = false;
        }
        if (!good || instant.empty() || words.size() % 2 != 0) {
            wrong(between(words.front(), words.back()), "this is not a filing", "filed OBLIGATION [act ACT] [to RECIPIENT] at T");
            return;
        }
        if (!recipient) add(value, "recipient", scalar(std::string(all_recipients), value.span));
        add(value, act + "_at", scalar(std::string(instant), at(instant)));
        account_.filings.push_back(std::move(value));
    }

    void hold(const Words& words) {
        JsonValue value = object(at(between(words.front(), words.back())));
        bool good = words.size() > 1 && words.size() % 2 == 0;
        if (good) add(value, "kind", scalar(std::string(words[1]), at(words[1])));
        for (std::size_t i = 2; good && i + 1 < words.size(); i += 2) {
            constexpr std::array<std::pair<std::string_view, std::string_view>, 4> parts = {{{"by", "by"}, {"in", "form"}, {"from", "from"}, {"until", "until"}}};
            const auto part = std::find_if(parts.begin(), parts.end(), [&](const auto& one) { return one.first == words[i]; });
            good = part != parts.end() && value.find(part->second) == nullptr;
            if (good) add(value, part->second, scalar(std::string(words[i + 1]), at(words[i + 1])));
        }
        if (good) account_.holds.push_back(std::move(value));
        else wrong(between(words.front(), words.back()), "this is not a hold", "hold KIND [by ISSUER] [in FORM] [from T] [until T]");
    }

    void event(const Words& words) {
        if (words.size() != 4 || words[2] != "at") {
            wrong(between(words.front(), words.back()), "this is not an event", "event KIND at T");
            return;
        }
        JsonValue value = object(at(between(words.front(), words.back())));
        add(value, "id", scalar(fmt::format("v{}", account_.events.size() + 1), value.span));
        add(value, "entity", scalar("e", value.span));
        add(value, "kind", scalar(std::string(words[1]), at(words[1])));
        add(value, "at", scalar(std::string(words[3]), at(words[3])));
        account_.events.push_back(std::move(value));
        account_.event_facts.push_back(object(account_.events.back().span));
    }

    void place(const Words& words) {
        if (words.size() < 2 || (words.size() > 2 && words[2] != "linked") || words.size() == 3) {
            wrong(between(words.front(), words.back()), "this is not a place", "place CODE linked LINK, LINK");
            return;
        }
        std::vector<std::string> links;
        const JsonValue given = words.size() > 3 ? list(rest(words, 3)) : array({}, at(words[1]));
        for (const JsonValue& link : given.items) links.push_back(link.text);
        add_place(std::string(words[1]), links, at(words[1]));
        account_.places.back().links = given;
    }

    /// The place becomes the one that the facts after it belong to.
    void add_place(std::string code, const std::vector<std::string>& links, const Span& span) {
        auto found = std::find_if(account_.places.begin(), account_.places.end(), [&](const auto& known) { return known.code == code; });
        ShortAccount::Place added;
        if (found != account_.places.end()) {
            added = std::move(*found);
            account_.places.erase(found);
        } else {
            added = {code, {}, object(span), object(span)};
        }
        std::vector<JsonValue> items;
        for (const std::string& link : links) items.push_back(scalar(link, span));
        added.links = array(std::move(items), span);
        account_.places.push_back(std::move(added));
    }

    /// The whole incident: one entity `e`, one population `p`.
    JsonValue whole() {
        JsonValue root = object(span_), entity = object(span_), population = object(span_), role = object(span_);
        add(root, "duenotice", scalar("incident/1", span_));
        add(root, "id", scalar("example", span_));
        add(root, "facts", std::move(account_.incident_facts));
        if (law_.vocabulary.find("entity.affected") != nullptr && !said_.contains("entity.affected")) add(account_.entity_facts, "entity.affected", scalar("yes", span_));
        add(entity, "id", scalar("e", span_));
        add(entity, "facts", std::move(account_.entity_facts));
        add(role, "id", scalar("p", span_));
        add(role, "facts", std::move(account_.role_facts));
        add(entity, "populations", array({std::move(role)}, span_));
        add(population, "id", scalar("p", span_));
        add(population, "facts", std::move(account_.population_facts));
        std::vector<JsonValue> linked, inhabited;
        for (ShortAccount::Place& one : account_.places) {
            const Span span = one.links.span;
            JsonValue link = object(span), heads = object(span);
            add(link, "place", scalar(one.code, span));
            add(link, "links", std::move(one.links));
            add(link, "facts", std::move(one.facts));
            linked.push_back(std::move(link));
            add(heads, "place", scalar(one.code, span));
            if (!one.heads.members.empty()) {
                add(heads, "facts", std::move(one.heads));
                inhabited.push_back(std::move(heads));
            }
        }
        add(entity, "places", array(std::move(linked), span_));
        add(population, "places", array(std::move(inhabited), span_));
        add(root, "entities", array({std::move(entity)}, span_));
        add(root, "populations", array({std::move(population)}, span_));
        for (std::size_t i = 0; i < account_.events.size(); ++i) add(account_.events[i], "facts", std::move(account_.event_facts[i]));
        add(root, "events", array(std::move(account_.events), span_));
        add(root, "filings", array(std::move(account_.filings), span_));
        add(root, "holds", array(std::move(account_.holds), span_));
        for (const char* list : {"populations", "relations"}) account_.complete.push_back(scalar(list, span_));
        add(root, "complete", array(std::move(account_.complete), span_));
        if (!account_.contract_facts.members.empty()) {
            JsonValue contract = object(span_);
            add(contract, "id", scalar("c", span_));
            add(contract, "facts", std::move(account_.contract_facts));
            add(root, "contracts", array({std::move(contract)}, span_));
        }
        return root;
    }

    std::string_view text_;
    Span span_;
    const RuleBook& law_;
    Diagnostics& diagnostics_;
    ShortAccount account_;
    std::set<std::string, std::less<>> said_;
};

}  // namespace

Checked<Incident> read_short_facts(std::string_view text, const Span& span, std::string_view place, const RuleBook& law, const ZoneSet& zones) {
    Checked<Incident> result;
    ShortReader reader(text, span, law, result.diagnostics);
    const JsonValue root = reader.read(place);
    IncidentDraft draft(law, zones, std::nullopt, true, result.diagnostics);
    if (!place.empty()) draft.incident.zone = law.zone_of(place);
    if (root.find("contracts") != nullptr) draft.incident.contracts.push_back({"c", "party", {}, {}, {}, {}, 0, span});
    if (result.diagnostics.has_errors()) {
        result.diagnostics.sort();
        return result;
    }
    read_account(root, nullptr, nullptr, draft);
    result.diagnostics.sort();
    if (result.diagnostics.has_errors()) return result;
    Incident incident = draft.finish();
    for (Filing& filing : incident.filings)
        if (filing.recipient == all_recipients) filing.recipient.clear();
    incident.hash = sha256_hex(text);
    result.value = std::move(incident);
    return result;
}

}  // namespace duenotice
