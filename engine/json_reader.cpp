#include "engine/json_reader.h"

#include <algorithm>
#include <cstring>
#include <set>

#include <fmt/format.h>
#include <simdjson.h>

namespace duenotice {

namespace {

namespace od = simdjson::ondemand;

bool is_number(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t from = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
        return i > from;
    };
    if (i < text.size() && text[i] == '-') ++i;
    const std::size_t first = i;
    if (!digits() || (i - first > 1 && text[first] == '0')) return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (!digits()) return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
        if (!digits()) return false;
    }
    return i == text.size();
}

class JsonWalker {
public:
    JsonWalker(SourcePtr source, const simdjson::padded_string& padded, Diagnostics& diagnostics)
        : source_(std::move(source)), padded_(padded), diagnostics_(diagnostics) {}

    template <class Value>
    JsonValue walk(Value value, int depth) {
        JsonValue result;
        const std::string_view token = value.raw_json_token();
        const auto begin = static_cast<std::size_t>(token.data() - padded_.data());
        at_ = begin;
        if (++values_ > json_most_values) return fail(begin, fmt::format("the text has more than {} values", json_most_values), "DN0508");
        result.span = {source_, begin, begin + 1};
        if (depth > json_most_depth) return fail(begin, fmt::format("values are nested deeper than {}", json_most_depth), "DN0504");
        od::json_type type{};
        if (value.type().get(type) != simdjson::SUCCESS) return fail(begin, "a value was expected here");
        switch (type) {
            case od::json_type::object: object(value, result, depth); break;
            case od::json_type::array: array(value, result, depth); break;
            default: return fail(begin, "a value was expected here");
            case od::json_type::string: {
                std::string_view text;
                if (value.get_string().get(text) != simdjson::SUCCESS || !is_text(text)) return fail(begin, "the string is not valid", "DN0509");
                result.kind = JsonValue::Kind::String;
                result.text = text;
                result.span.end = string_end(begin);
                break;
            }
            case od::json_type::number: {
                const std::string text = trimmed(token);
                if (!is_number(text)) return fail(begin, fmt::format("`{}` is not a number of JSON", text), "DN0506");
                result.kind = JsonValue::Kind::Number;
                result.text = text;
                result.span.end = begin + text.size();
                break;
            }
            case od::json_type::boolean: {
                if (value.get_bool().get(result.boolean) != simdjson::SUCCESS) return fail(begin, "a value was expected here");
                result.kind = JsonValue::Kind::Bool;
                result.span.end = begin + (result.boolean ? 4 : 5);
                break;
            }
            case od::json_type::null: {
                bool null = false;
                if (value.is_null().get(null) != simdjson::SUCCESS || !null) return fail(begin, "a value was expected here");
                result.span.end = begin + 4;
                break;
            }
        }
        return result;
    }

    bool failed() const { return failed_; }
    JsonValue fail(std::size_t at, std::string message, std::string code = "DN0503") {
        if (!failed_) diagnostics_.error(std::move(code), {source_, at, std::min(at + 1, source_->text().size())}, std::move(message));
        failed_ = true;
        return {};
    }

private:
    /// Escapes may have made a NUL or half of a surrogate pair.
    static bool is_text(std::string_view text) { return first_invalid_utf8(text) == std::string_view::npos; }

    static std::string trimmed(std::string_view token) {
        while (!token.empty() && std::strchr(" \t\r\n,]}", token.back()) != nullptr) token.remove_suffix(1);
        return std::string(token);
    }

    std::size_t string_end(std::size_t begin) const {
        const std::string_view text = source_->text();
        for (std::size_t i = begin + 1; i < text.size(); ++i) {
            if (text[i] == '\\') ++i;
            else if (text[i] == '"') return i + 1;
        }
        return text.size();
    }

    template <class Value>
    void object(Value& value, JsonValue& result, int depth) {
        result.kind = JsonValue::Kind::Object;
        od::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            fail(result.span.begin, "the object is not well-formed");
            return;
        }
        std::set<std::string, std::less<>> seen;
        for (auto entry : object) {
            od::field field;
            if (std::move(entry).get(field) != simdjson::SUCCESS) {
                fail(at_, "the object is not well-formed after here");
                return;
            }
            const char* key = field.key().raw();
            const auto key_begin = static_cast<std::size_t>(key - padded_.data()) - 1;
            std::string_view name;
            if (field.unescaped_key().get(name) != simdjson::SUCCESS || !is_text(name)) {
                fail(key_begin, "the name is not a valid string", "DN0509");
                return;
            }
            JsonMember member;
            member.name = name;
            member.name_span = {source_, key_begin, string_end(key_begin)};
            if (!seen.insert(member.name).second) {
                fail(key_begin, fmt::format("`{}` stands twice in this object", member.name), "DN0505");
                return;
            }
            member.value = walk(od::value(field.value()), depth + 1);
            if (failed_) return;
            result.members.push_back(std::move(member));
        }
    }

    template <class Value>
    void array(Value& value, JsonValue& result, int depth) {
        result.kind = JsonValue::Kind::Array;
        od::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) {
            fail(result.span.begin, "the array is not well-formed");
            return;
        }
        for (auto entry : array) {
            od::value item;
            if (std::move(entry).get(item) != simdjson::SUCCESS) {
                fail(at_, "the array is not well-formed after here");
                return;
            }
            result.items.push_back(walk(item, depth + 1));
            if (failed_) return;
        }
    }

    SourcePtr source_;
    const simdjson::padded_string& padded_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::size_t values_ = 0;
    bool failed_ = false;
};

/// Depth by brackets outside strings, before anything is parsed.
bool too_deep(std::string_view text, std::size_t& at) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            else if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > json_most_depth) {
                at = i;
                return true;
            }
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
    for (const JsonMember& member : members)
        if (member.name == name) return &member.value;
    return nullptr;
}

Checked<JsonValue> read_json(SourcePtr source) {
    Checked<JsonValue> result;
    const std::string_view text = source->text();
    std::size_t at = 0;
    if (text.size() > json_most_bytes) {
        result.diagnostics.error("DN0501", {source, 0, 0}, fmt::format("the text has {} bytes; at most {} are read", text.size(), json_most_bytes));
    } else if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
        result.diagnostics.error("DN0502", {source, bad, bad + 1}, "the text is not valid UTF-8 here");
    } else if (too_deep(text, at)) {
        result.diagnostics.error("DN0504", {source, at, at + 1}, fmt::format("values are nested deeper than {}", json_most_depth));
    }
    if (result.diagnostics.has_errors()) return result;
    std::string copy(text);
    if (copy.starts_with("\xef\xbb\xbf")) copy.replace(0, 3, 3, ' ');  // a byte order mark, as some editors write it
    const simdjson::padded_string padded(copy);
    od::parser parser;
    od::document document;
    JsonWalker walker(source, padded, result.diagnostics);
    if (const auto error = parser.iterate(padded).get(document); error != simdjson::SUCCESS) {
        walker.fail(0, fmt::format("this is not JSON: {}", simdjson::error_message(error)));
        return result;
    }
    od::value root;
    if (document.get_value().get(root) != simdjson::SUCCESS) {
        walker.fail(0, "an object `{...}` was expected");
        return result;
    }
    JsonValue value = walker.walk(root, 1);
    const char* location = nullptr;
    if (!walker.failed() && document.current_location().get(location) == simdjson::SUCCESS)
        walker.fail(std::min(static_cast<std::size_t>(location - padded.data()), text.size()), "something follows the document", "DN0507");
    if (!walker.failed()) result.value = std::move(value);
    return result;
}

}  // namespace duenotice
