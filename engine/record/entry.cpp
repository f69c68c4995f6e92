#include "engine/record/entry.h"

#include <algorithm>
#include <charconv>

#include "engine/json_object.h"
#include "engine/record/canonical_json.h"
#include "rules/instant.h"

namespace duenotice {

namespace {

constexpr std::int64_t microseconds_per_second = 1'000'000;

bool is_kind(std::string_view text) {
    return !text.empty() && text.size() <= 32 && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_utc(std::string_view text) {
    const auto instant = parse_instant(text);
    return instant && iso_utc(*instant) == text;
}

std::optional<std::int64_t> whole(const JsonValue* value) {
    std::int64_t number = 0;
    if (value == nullptr || value->kind != JsonValue::Kind::Number) return {};
    const auto [end, error] = std::from_chars(value->text.data(), value->text.data() + value->text.size(), number);
    return error == std::errc() && end == value->text.data() + value->text.size() ? std::optional(number) : std::nullopt;
}

std::string reference_words(const Reference& reference) {
    if (const auto* text = std::get_if<std::string>(&reference)) return canonical_string(*text);
    return std::to_string(std::get<std::int64_t>(reference));
}

/// A commitment is 32 bytes in base64url.
bool is_commitment(const JsonValue& value) {
    return value.is_string() && value.text.size() == 43 &&
           std::all_of(value.text.begin(), value.text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

std::string take_text(const JsonValue& object, std::string_view name, std::string& to, bool (*good)(std::string_view), bool needed) {
    const JsonValue* value = object.find(name);
    if (value == nullptr) return needed ? "`" + std::string(name) + "` is missing" : "";
    if (!value->is_string() || !good(value->text)) return "`" + std::string(name) + "` is malformed";
    to = value->text;
    return "";
}

bool is_record_time(std::string_view text) { return parse_record_time(text).has_value(); }

std::string take_parts(const JsonValue& object, Leaf& leaf) {
    const JsonValue* commits = object.find("commits");
    if (commits == nullptr || !commits->is_object()) return "`commits` is missing";
    for (const JsonMember& member : commits->members) {
        if (!is_name(member.name) || !is_commitment(member.value)) return "a commitment is malformed";
        leaf.commits[member.name] = member.value.text;
    }
    const JsonValue* refs = object.find("refs");
    if (refs == nullptr) return "";
    if (!refs->is_object() || refs->members.empty()) return "`refs` is malformed";
    for (const JsonMember& member : refs->members) {
        const auto number = whole(&member.value);
        if (!is_name(member.name) || (!number && !member.value.is_string())) return "a reference is malformed";
        leaf.refs[member.name] = number ? Reference(*number) : Reference(member.value.text);
    }
    return "";
}

/// Whatever names artefacts does, and what is brought is named.
std::string artefact_mistake(const Entry& entry) {
    std::vector<ArtefactName> named = artefacts_of(entry.refs);
    const std::size_t by_refs = named.size();
    for (const auto& [name, reference] : entry.refs) {
        const auto* text = std::get_if<std::string>(&reference);
        if (names_artefacts(name) && (text == nullptr || !parse_artefact_reference(*text))) return "`" + name + "` names no artefact";
    }
    for (const auto& [field, value] : entry.fields)
        if (names_artefacts(field) && !collect_artefacts(value, named)) return "`" + field + "` names no artefact";
    if (std::any_of(named.begin() + static_cast<std::ptrdiff_t>(by_refs), named.end(), [](const ArtefactName& name) { return name.media_type == artefact_list_type; })) return "a list of artefacts is named in `refs` only";
    std::vector<std::string> references;
    for (const ArtefactName& name : named) references.push_back(name.text());
    for (const ArtefactBytes& artefact : entry.artefacts)
        if (artefact.media_type == artefact_list_type) {
            const auto list = parse_artefact_list(artefact.bytes);
            if (!list) return "an artefact is no list of others";
            for (const auto& [path, name] : *list) references.push_back(name.text());
        }
    for (const ArtefactBytes& artefact : entry.artefacts)
        if (std::find(references.begin(), references.end(), artefact.reference()) == references.end()) return "the entry brings an artefact that it does not name";
    return "";
}

}  // namespace

std::string record_time(std::int64_t microseconds) {
    std::int64_t seconds = microseconds / microseconds_per_second, rest = microseconds % microseconds_per_second;
    if (rest < 0) seconds -= 1, rest += microseconds_per_second;
    std::string digits = std::to_string(rest);
    digits.insert(0, 6 - digits.size(), '0');
    std::string text = iso_utc(Instant{seconds});
    text.insert(text.size() - 1, '.' + digits);
    return text;
}

std::optional<std::int64_t> parse_record_time(std::string_view text) {
    if (text.size() != 27 || text[19] != '.' || text[26] != 'Z') return {};
    const auto instant = parse_instant(std::string(text.substr(0, 19)) + 'Z');
    std::int64_t rest = 0;
    const auto [end, error] = std::from_chars(text.data() + 20, text.data() + 26, rest);
    if (!instant || error != std::errc() || end != text.data() + 26 || rest < 0) return {};
    const std::int64_t made = instant->seconds * microseconds_per_second + rest;
    return record_time(made) == text ? std::optional(made) : std::nullopt;
}

std::string leaf_bytes(const Leaf& leaf) {
    constexpr std::size_t usual_bytes = 512;
    std::string out;
    out.reserve(usual_bytes);
    // INVARIANT: names of members, fields and references are ASCII without anything to escape.
    const auto member = [&out](std::string_view name, std::string_view value) {
        if (!out.empty() && out.back() != '{') out += ',';
        out += '"';
        out += name;
        out += "\":";
        out += value;
    };
    const auto text = [&](std::string_view name, const std::string& value) {
        if (value.empty()) return;
        member(name, "");
        add_canonical_string(value, out);
    };
    // INVARIANT: members stand in the order of their names, which are ASCII.
    out += '{';
    text("actor", leaf.actor);
    member("commits", "{");
    for (const auto& [field, digest] : leaf.commits) text(field, digest);
    out += '}';
    text("idem", leaf.idem);
    text("incident", leaf.incident);
    text("kind", leaf.kind);
    text("rec", leaf.rec);
    if (!leaf.refs.empty()) {
        member("refs", "{");
        for (const auto& [name, reference] : leaf.refs) member(name, reference_words(reference));
        out += '}';
    }
    member("seq", std::to_string(leaf.seq));
    member("v", "1");
    text("valid_from", leaf.valid_from);
    text("valid_to", leaf.valid_to);
    out += '}';
    return out;
}

std::variant<Leaf, std::string> parse_leaf(std::string_view bytes) {
    if (bytes.size() > leaf_most_bytes) return "the leaf has more than 65,535 bytes";
    const auto object = read_canonical_source(std::make_shared<const SourceText>("leaf", std::string(bytes)));
    if (!object || !object->is_object()) return "the leaf is not an object of JSON";
    if (whole(object->find("v")) != 1) return "the leaf is of an unknown version";
    Leaf leaf;
    const auto seq = whole(object->find("seq"));
    if (!seq || *seq < 0) return "`seq` is malformed";
    leaf.seq = static_cast<std::uint64_t>(*seq);
    std::string mistake = take_text(*object, "kind", leaf.kind, is_kind, true);
    if (mistake.empty()) mistake = take_text(*object, "incident", leaf.incident, is_id, true);
    if (mistake.empty()) mistake = take_text(*object, "rec", leaf.rec, is_record_time, true);
    if (mistake.empty()) mistake = take_text(*object, "actor", leaf.actor, is_id, true);
    if (mistake.empty()) mistake = take_text(*object, "idem", leaf.idem, is_id, true);
    if (mistake.empty()) mistake = take_text(*object, "valid_from", leaf.valid_from, is_utc, false);
    if (mistake.empty()) mistake = take_text(*object, "valid_to", leaf.valid_to, is_utc, false);
    if (mistake.empty()) mistake = take_parts(*object, leaf);
    if (!mistake.empty()) return mistake;
    if (leaf_bytes(leaf) != bytes) return "the leaf is not in its one spelling";
    return leaf;
}

std::vector<ArtefactName> artefacts_of(const std::map<std::string, Reference>& refs) {
    std::vector<ArtefactName> names;
    for (const auto& [name, reference] : refs)
        if (const auto* text = std::get_if<std::string>(&reference); text != nullptr && names_artefacts(name))
            if (auto artefact = parse_artefact_reference(*text)) names.push_back(std::move(*artefact));
    return names;
}

namespace {

bool is_sound(std::string_view text) { return first_invalid_utf8(text) == std::string_view::npos && text.find('\0') == std::string_view::npos; }

/// Text that no output could give back: it comes from a command line, which may hold any bytes.
bool is_sound(const JsonValue& value) {
    return is_sound(value.text) && std::all_of(value.items.begin(), value.items.end(), [](const JsonValue& item) { return is_sound(item); }) &&
           std::all_of(value.members.begin(), value.members.end(), [](const JsonMember& member) { return is_sound(member.name) && is_sound(member.value); });
}

}  // namespace

std::string entry_mistake(const Entry& entry) {
    if (!is_kind(entry.kind)) return "`" + entry.kind + "` is not a kind of entry";
    if (!is_id(entry.actor)) return "`" + entry.actor + "` is not a code of a person or system: letters, digits, `.`, `_`, `-`, at most 64";
    if (!is_id(entry.idem)) return "`" + entry.idem + "` is not a key of idempotency: letters, digits, `.`, `_`, `-`, at most 64";
    for (const std::string* instant : {&entry.valid_from, &entry.valid_to})
        if (!instant->empty() && !is_utc(*instant)) return "`" + *instant + "` is not an instant in UTC";
    if (!entry.valid_from.empty() && !entry.valid_to.empty() && entry.valid_to <= entry.valid_from) return "it ends before it begins";
    for (const auto& [field, value] : entry.fields)
        if (!is_name(field)) return "`" + field + "` is not a name of a field";
        else if (!is_sound(value)) return "`" + field + "` is no text in UTF-8, or holds U+0000";
    for (const auto& [name, reference] : entry.refs)
        if (!is_name(name)) return "`" + name + "` is not a name of a reference";
        else if (reference.index() == 0 && !is_sound(std::get<std::string>(reference))) return "`" + name + "` is no text in UTF-8, or holds U+0000";
    return artefact_mistake(entry);
}

}  // namespace duenotice
