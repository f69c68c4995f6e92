#include "engine/record/artefact.h"

#include <algorithm>

#include "engine/record/canonical_json.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

constexpr std::string_view digest_mark = ";sha256=";
constexpr std::string_view ending = "_artefact";

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

/// `type/subtype` of RFC 6838 in lower case.
bool is_media_type(std::string_view text) {
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '+' || c == '-'; };
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() && text.size() <= 127 && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(slash), good) &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(slash) + 1, text.end(), good);
}

}  // namespace

std::string ArtefactBytes::reference() const { return ArtefactName{media_type, sha256_hex(bytes)}.text(); }

std::optional<ArtefactName> parse_artefact_reference(std::string_view text) {
    const std::size_t at = text.find(digest_mark);
    if (at == std::string_view::npos) return {};
    const std::string_view type = text.substr(0, at), digits = text.substr(at + digest_mark.size());
    if (!is_media_type(type) || digits.size() != 64 || !std::all_of(digits.begin(), digits.end(), is_hex)) return {};
    return ArtefactName{std::string(type), std::string(digits)};
}

bool names_artefacts(std::string_view member) { return member.ends_with(ending); }

bool collect_artefacts(const JsonValue& value, std::vector<ArtefactName>& names) {
    if (value.is_string()) {
        auto name = parse_artefact_reference(value.text);
        if (name) names.push_back(std::move(*name));
        return name.has_value();
    }
    if (!value.is_array() && !value.is_object()) return false;
    return std::all_of(value.items.begin(), value.items.end(), [&](const JsonValue& item) { return collect_artefacts(item, names); }) &&
           std::all_of(value.members.begin(), value.members.end(), [&](const JsonMember& member) { return collect_artefacts(member.value, names); });
}

ArtefactBytes artefact_list(const std::map<std::string, std::string>& references) {
    JsonValue object = json_object();
    for (const auto& [path, reference] : references) json_add(object, path, json_text(reference));
    return {std::string(artefact_list_type), canonical_json(object)};
}

std::optional<std::map<std::string, ArtefactName>> parse_artefact_list(std::string_view bytes) {
    const auto object = read_canonical_source(std::make_shared<const SourceText>("list", std::string(bytes)));
    if (!object || !object->is_object()) return {};
    std::map<std::string, ArtefactName> list;
    for (const JsonMember& member : object->members) {
        auto name = member.value.is_string() ? parse_artefact_reference(member.value.text) : std::nullopt;
        if (!name || name->media_type == artefact_list_type) return {};
        list.emplace(member.name, std::move(*name));
    }
    return list;
}

}  // namespace duenotice
