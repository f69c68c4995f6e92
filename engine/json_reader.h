#pragma once
// Strict JSON with places: every value is walked, members are unique, numbers keep their text, nothing follows the
// document. Size and depth are limited before anything is parsed. simdjson finds the tokens; the rules are ours.

#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"

namespace duenotice {

struct JsonMember;

struct JsonValue {
    enum class Kind : std::uint8_t { Null, Bool, Number, String, Array, Object };
    Kind kind = Kind::Null;
    bool boolean = false;
    std::string text;  ///< String: unescaped; Number: as written
    std::vector<JsonValue> items;
    std::vector<JsonMember> members;
    Span span;

    bool is_string() const { return kind == Kind::String; }
    bool is_object() const { return kind == Kind::Object; }
    bool is_array() const { return kind == Kind::Array; }
    const JsonValue* find(std::string_view name) const;
};

struct JsonMember {
    std::string name;
    Span name_span;
    JsonValue value;
};

inline constexpr std::size_t json_most_bytes = 16U << 20U;
inline constexpr int json_most_depth = 64;
inline constexpr std::size_t json_most_values = 500'000;

/// An object or array, or the first mistake with its place (DN0501 to DN0509).
Checked<JsonValue> read_json(SourcePtr source);

}  // namespace duenotice
