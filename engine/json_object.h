#pragma once
// Strict reading of one JSON object of an account: each member is asked for once by name and kind; null, a wrong kind,
// a missing member and, at the end, a member that nobody asked for are diagnostics at their place (DN0510 to DN0516).
// Ids are `[A-Za-z0-9][A-Za-z0-9._-]{0,63}` without `..`, so that file names can be made of them.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/json_reader.h"
#include "rules/diagnostic.h"

namespace duenotice {

bool is_id(std::string_view text);

/// `a string`, `a number`, `true or false`, ...
std::string_view kind_words(JsonValue::Kind kind);

class JsonObject {
public:
    /// `what` names the object in messages: `a filing`. An error when the value is no object.
    JsonObject(const JsonValue& value, std::string what, Diagnostics& diagnostics);

    bool usable() const { return value_.is_object(); }
    const Span& span() const { return value_.span; }
    const std::string& what() const { return what_; }

    /// Null when it is missing; a member that is JSON null is an error and counts as missing.
    const JsonValue* take(std::string_view name);
    /// As take, of this kind only.
    const JsonValue* take(std::string_view name, JsonValue::Kind kind);
    const JsonValue* required(std::string_view name, JsonValue::Kind kind);
    /// Empty when it is missing or no string.
    std::string text(std::string_view name);
    std::string required_text(std::string_view name);
    /// A required, well-formed id, or empty.
    std::string required_id(std::string_view name);
    /// JSON true; false or anything else is an error.
    bool flag(std::string_view name);
    /// An array of strings with their places.
    std::vector<const JsonValue*> strings(std::string_view name);
    /// An array; its items.
    std::vector<const JsonValue*> items(std::string_view name);
    /// Reports members that nothing asked for. Call last.
    void finish();

private:
    const JsonValue& value_;
    std::string what_;
    Diagnostics& diagnostics_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace duenotice
