#include "engine/record/statement_words.h"

#include <algorithm>
#include <array>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

std::string scalar(const JsonValue& value) {
    if (value.kind == JsonValue::Kind::Bool) return value.boolean ? "yes" : "no";
    return value.is_string() || value.kind == JsonValue::Kind::Number ? value.text : canonical_json(value);
}

std::string listed(const JsonValue& value) {
    if (!value.is_array()) return scalar(value);
    std::string words;
    for (const JsonValue& item : value.items) words += (words.empty() ? "" : ", ") + scalar(item);
    return words.empty() ? "none" : words;
}

/// `low` and `high` of a range, either of which may be missing.
std::string range(const JsonValue* low, const JsonValue* high, const char* from, const char* until) {
    if (low != nullptr && high != nullptr) return scalar(*low) + " to " + scalar(*high);
    return low != nullptr ? from + scalar(*low) : until + scalar(*high);
}

bool is_set(const JsonValue* value) { return value != nullptr && value->kind == JsonValue::Kind::Bool && value->boolean; }

/// Empty where this form is not known.
std::string object_words(const JsonValue& object) {
    // Members that say the thing, each read below, and those that say something about it.
    constexpr std::array<std::string_view, 14> says = {"value", "at_least", "at_most", "from", "until", "exactly", "has", "has_not", "one_of", "outcome", "not_yet", "happened", "not_known", "estimate"};
    constexpr std::array<std::string_view, 19> about = {"by", "learned_at", "source", "true_since", "expected_at", "recorded_at", "decided_at", "function", "body", "second", "reasons", "relies_on", "advice", "estimated", "planned", "provisional", "privileged", "asked_of", "cannot_be_determined"};
    for (const JsonMember& member : object.members)
        if (std::find(says.begin(), says.end(), member.name) == says.end() && std::find(about.begin(), about.end(), member.name) == about.end()) return {};
    std::string words;
    const auto add = [&words](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
    if (const JsonValue* value = object.find("value"); value != nullptr) add(listed(*value));
    if (const JsonValue* outcome = object.find("outcome"); outcome != nullptr) add(scalar(*outcome));
    if (object.find("at_least") != nullptr || object.find("at_most") != nullptr) add(range(object.find("at_least"), object.find("at_most"), "at least ", "at most "));
    if (object.find("from") != nullptr || object.find("until") != nullptr) add(range(object.find("from"), object.find("until"), "not before ", "not after "));
    if (const JsonValue* exactly = object.find("exactly"); exactly != nullptr) add("exactly " + listed(*exactly));
    if (const JsonValue* has = object.find("has"); has != nullptr) add("has " + listed(*has));
    if (const JsonValue* has_not = object.find("has_not"); has_not != nullptr) add("has not " + listed(*has_not));
    if (const JsonValue* one_of = object.find("one_of"); one_of != nullptr) add("one of " + listed(*one_of));
    if (is_set(object.find("not_yet"))) add("not yet");
    if (is_set(object.find("happened"))) add("happened, not known when");
    if (is_set(object.find("not_known"))) add("not known");
    if (const JsonValue* estimate = object.find("estimate"); estimate != nullptr) add("estimate " + scalar(*estimate));
    if (is_set(object.find("cannot_be_determined"))) add("cannot be determined");
    for (const char* mark : {"estimated", "planned", "provisional", "privileged"})
        if (is_set(object.find(mark))) add(mark);
    return words;
}

}  // namespace

std::string statement_words(const JsonValue& statement) {
    if (!statement.is_object()) return listed(statement);
    const std::string words = object_words(statement);
    return words.empty() ? canonical_json(statement) : words;
}

}  // namespace duenotice
