#include "engine/json_object.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/suggest.h"

namespace duenotice {

bool is_id(std::string_view text) {
    const auto alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (text.empty() || text.size() > 64 || !alphanumeric(text.front()) || text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) { return alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

std::string_view kind_words(JsonValue::Kind kind) {
    switch (kind) {
        case JsonValue::Kind::Null: return "null";
        case JsonValue::Kind::Bool: return "true or false";
        case JsonValue::Kind::Number: return "a number";
        case JsonValue::Kind::String: return "a string";
        case JsonValue::Kind::Array: return "an array";
        case JsonValue::Kind::Object: return "an object";
    }
    return "a value";
}

JsonObject::JsonObject(const JsonValue& value, std::string what, Diagnostics& diagnostics)
    : value_(value), what_(std::move(what)), diagnostics_(diagnostics) {
    if (!value.is_object())
        diagnostics.error("DN0512", value.span, fmt::format("{} is an object `{{...}}`, not {}", what_, kind_words(value.kind)));
}

const JsonValue* JsonObject::take(std::string_view name) {
    asked_.emplace(name);
    const JsonValue* value = value_.find(name);
    if (value == nullptr || value->kind != JsonValue::Kind::Null) return value;
    diagnostics_.error("DN0513", value->span, fmt::format("`{}` is null", name), "leave the member out when it is not known");
    return nullptr;
}

const JsonValue* JsonObject::take(std::string_view name, JsonValue::Kind kind) {
    const JsonValue* value = take(name);
    if (value == nullptr || value->kind == kind) return value;
    diagnostics_.error("DN0512", value->span, fmt::format("`{}` is {}, not {}", name, kind_words(kind), kind_words(value->kind)));
    return nullptr;
}

const JsonValue* JsonObject::required(std::string_view name, JsonValue::Kind kind) {
    const JsonValue* value = take(name, kind);
    if (value == nullptr && usable() && value_.find(name) == nullptr)
        diagnostics_.error("DN0511", value_.span, fmt::format("{} needs `{}`", what_, name));
    return value;
}

std::string JsonObject::text(std::string_view name) {
    const JsonValue* value = take(name, JsonValue::Kind::String);
    return value == nullptr ? std::string() : value->text;
}

std::string JsonObject::required_text(std::string_view name) {
    const JsonValue* value = required(name, JsonValue::Kind::String);
    if (value == nullptr) return {};
    if (value->text.empty()) diagnostics_.error("DN0512", value->span, fmt::format("`{}` is empty", name));
    return value->text;
}

std::string JsonObject::required_id(std::string_view name) {
    const JsonValue* value = required(name, JsonValue::Kind::String);
    if (value == nullptr) return {};
    if (is_id(value->text)) return value->text;
    diagnostics_.error("DN0515", value->span, fmt::format("`{}` is not an id", value->text),
                       "letters, digits, `.`, `_` and `-`, at most 64, first a letter or digit, no `..`");
    return {};
}

bool JsonObject::flag(std::string_view name) {
    const JsonValue* value = take(name);
    if (value == nullptr) return false;
    if (value->kind == JsonValue::Kind::Bool && value->boolean) return true;
    diagnostics_.error("DN0512", value->span, fmt::format("`{}` is the JSON value true, or left out", name));
    return false;
}

std::vector<const JsonValue*> JsonObject::items(std::string_view name) {
    std::vector<const JsonValue*> result;
    if (const JsonValue* list = take(name, JsonValue::Kind::Array))
        for (const JsonValue& item : list->items) result.push_back(&item);
    return result;
}

std::vector<const JsonValue*> JsonObject::strings(std::string_view name) {
    std::vector<const JsonValue*> result = items(name);
    std::erase_if(result, [&](const JsonValue* item) {
        if (item->is_string()) return false;
        diagnostics_.error("DN0512", item->span, fmt::format("`{}` lists strings, not {}", name, kind_words(item->kind)));
        return true;
    });
    return result;
}

void JsonObject::finish() {
    for (const JsonMember& member : value_.members) {
        if (asked_.contains(member.name)) continue;
        diagnostics_.error("DN0510", member.name_span, fmt::format("{} has no member `{}`", what_, member.name)).suggestion =
            nearest(member.name, asked_);
    }
}

}  // namespace duenotice
