#include "engine/record/entry_fields.h"

#include <charconv>

#include "engine/record/canonical_json.h"

namespace duenotice {

const JsonValue* field_value(const RecordedEntry& entry, std::string_view field) {
    const auto found = entry.fields.find(std::string(field));
    return found == entry.fields.end() ? nullptr : &found->second;
}

std::string field_text(const RecordedEntry& entry, std::string_view field) {
    const JsonValue* value = field_value(entry, field);
    return value != nullptr && value->is_string() ? value->text : std::string();
}

std::vector<std::string> field_texts(const RecordedEntry& entry, std::string_view field) {
    std::vector<std::string> texts;
    if (const JsonValue* value = field_value(entry, field); value != nullptr)
        for (const JsonValue& item : value->items)
            if (item.is_string()) texts.push_back(item.text);
    return texts;
}

std::string member_text(const JsonValue& object, std::string_view name) {
    const JsonValue* value = object.find(name);
    return value != nullptr && value->is_string() ? value->text : std::string();
}

std::optional<std::uint64_t> whole_number(const JsonValue* value) {
    std::uint64_t number = 0;
    if (value == nullptr || value->kind != JsonValue::Kind::Number) return {};
    const char* end = value->text.data() + value->text.size();
    const auto read = std::from_chars(value->text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

std::optional<std::uint64_t> member_number(const JsonValue& object, std::string_view name) { return whole_number(object.find(name)); }

std::optional<std::uint64_t> ref_entry(const Leaf& leaf, std::string_view name) {
    const auto found = leaf.refs.find(std::string(name));
    const auto* number = found == leaf.refs.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
    return number != nullptr && *number >= 0 ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

std::string ref_text(const Leaf& leaf, std::string_view name) {
    const auto found = leaf.refs.find(std::string(name));
    const auto* text = found == leaf.refs.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text == nullptr ? std::string() : *text;
}

JsonValue json_list() {
    JsonValue list;
    list.kind = JsonValue::Kind::Array;
    return list;
}

JsonValue json_texts(const std::vector<std::string>& texts) {
    JsonValue list = json_list();
    for (const std::string& text : texts) list.items.push_back(json_text(text));
    return list;
}

void set_text(Entry& entry, const std::string& field, const std::string& text) {
    if (!text.empty()) entry.fields[field] = json_text(text);
}

void set_texts(Entry& entry, const std::string& field, const std::vector<std::string>& texts) {
    if (!texts.empty()) entry.fields[field] = json_texts(texts);
}

void add_text(JsonValue& object, std::string_view name, const std::string& text) {
    if (!text.empty()) json_add(object, name, json_text(text));
}

JsonValue without_member(const JsonValue& value, std::string_view name) {
    if (!value.is_object() || value.find(name) == nullptr) return value;
    JsonValue rest = json_object();
    for (const JsonMember& member : value.members)
        if (member.name != name) json_add(rest, member.name, member.value);
    return rest;
}

Instant recorded_at(const Leaf& leaf) {
    const std::int64_t microseconds = parse_record_time(leaf.rec).value_or(0);
    return {microseconds >= 0 ? microseconds / 1'000'000 : (microseconds - 999'999) / 1'000'000};
}

}  // namespace duenotice
