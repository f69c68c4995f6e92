#include "engine/record/canonical_json.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace duenotice {

namespace {

// WHY double: RFC 8785 defines a number as the nearest 64-bit float. Nothing is counted with it.
using Float = double;

/// Names are compared by UTF-16 code units (RFC 8785 section 3.2.3). That is the order of their UTF-8, but that what lies
/// above U+FFFF, as its surrogates, comes before U+E000 to U+FFFF.
bool is_before(std::string_view a, std::string_view b) {
    const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (at_a == a.end() || at_b == b.end()) return at_a == a.end() && at_b != b.end();
    const auto unit = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0xEE ? byte : byte < 0xF0 ? byte + 0x100 : byte;
    };
    return unit(*at_a) < unit(*at_b);
}

/// ECMA-262 Number::toString: `digits` without the point, `exponent` the place of the point before them.
std::string ecmascript(const std::string& digits, int exponent) {
    const int count = static_cast<int>(digits.size());
    if (count <= exponent && exponent <= 21) return digits + std::string(static_cast<std::size_t>(exponent - count), '0');
    if (0 < exponent && exponent <= 21) return digits.substr(0, static_cast<std::size_t>(exponent)) + '.' + digits.substr(static_cast<std::size_t>(exponent));
    if (-6 < exponent && exponent <= 0) return "0." + std::string(static_cast<std::size_t>(-exponent), '0') + digits;
    const std::string mantissa = count == 1 ? digits : digits.substr(0, 1) + '.' + digits.substr(1);
    const int shown = exponent - 1;
    return mantissa + 'e' + (shown < 0 ? '-' : '+') + std::to_string(shown < 0 ? -shown : shown);
}

/// Where the first digit that is not 0 stands, as a power of ten: 0 for `1`, -3 for `0.001`, 399 for `0.1e400`.
long decimal_place(std::string_view text) {
    const std::size_t e = std::min(text.find_first_of("eE"), text.size());
    long exponent = 0;
    if (e < text.size()) {
        const bool negative = text[e + 1] == '-';
        for (const char c : text.substr(e + 1))
            if (c >= '0' && c <= '9' && exponent < 1'000'000'000) exponent = exponent * 10 + (c - '0');
        if (negative) exponent = -exponent;
    }
    const std::string_view digits = text.substr(0, e);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const std::size_t first = std::min(digits.find_first_of("123456789"), digits.size());
    return exponent + static_cast<long>(point) - static_cast<long>(first) - (first < point ? 1 : 0);
}

std::string number_words(Float value) {
    if (value == 0) return "0";  // -0 too
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value < 0 ? -value : value, std::chars_format::scientific);
    const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    const std::size_t e = text.find('e');
    std::string digits;
    for (const char c : text.substr(0, e))
        if (c != '.') digits += c;
    int exponent = 0;
    std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
    return (value < 0 ? "-" : "") + ecmascript(digits, exponent + 1);
}

/// Builds the tree while nlohmann's parser reads; its own checks are grammar, UTF-8 and surrogates.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
public:
    JsonValue root;
    std::size_t mistake_at = 0;
    std::string mistake, code;

    bool null() override { return leaf({}); }
    bool boolean(bool value) override {
        JsonValue made;
        made.kind = JsonValue::Kind::Bool;
        made.boolean = value;
        return leaf(std::move(made));
    }
    bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& text) override { return number(text); }
    bool string(string_t& value) override { return leaf(json_text(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(JsonValue::Kind::Object); }
    bool start_array(std::size_t) override { return open(JsonValue::Kind::Array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        if (!names_.back().insert(name).second) return fail("DN0704", "`" + name + "` stands twice in this object");
        name_ = name;
        return true;
    }

    bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception& error) override {
        mistake_at = at > 0 ? at - 1 : 0;
        // WHY: 406 is nlohmann's code for a number that no 64-bit float holds.
        return error.id == 406 ? fail("DN0705", "the number is beyond the range of a 64-bit float") : fail("DN0703", "this is not well-formed JSON here");
    }

private:
    bool fail(std::string with_code, std::string message) {
        code = std::move(with_code);
        mistake = std::move(message);
        return false;
    }
    bool number(const std::string& text) {
        JsonValue made;
        made.kind = JsonValue::Kind::Number;
        made.text = canonical_number(text);
        if (made.text.empty()) return fail("DN0705", "the number is beyond the range of a 64-bit float");
        return leaf(std::move(made));
    }
    JsonValue& place(JsonValue value) {
        if (open_.empty()) return root = std::move(value);
        JsonValue& into = *open_.back();
        if (into.is_array()) return into.items.emplace_back(std::move(value));
        into.members.push_back({name_, {}, std::move(value)});
        return into.members.back().value;
    }
    bool leaf(JsonValue value) {
        place(std::move(value));
        return true;
    }
    bool open(JsonValue::Kind kind) {
        if (static_cast<int>(open_.size()) >= json_most_depth) return fail("DN0706", "values are nested too deep");
        JsonValue made;
        made.kind = kind;
        open_.push_back(&place(std::move(made)));
        names_.emplace_back();
        return true;
    }
    bool close() {
        open_.pop_back();
        names_.pop_back();
        return true;
    }

    // INVARIANT: only the innermost open value grows, so that the pointers to those around it stay good.
    std::vector<JsonValue*> open_;
    std::vector<std::set<std::string>> names_;
    std::string name_;
};

void add_string(std::string_view text, std::string& out) {
    constexpr std::string_view hex = "0123456789abcdef";
    const auto stands = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
    out += '"';
    while (!text.empty()) {
        const auto plain = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), stands) - text.begin());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const char c = text.front();
        text.remove_prefix(1);
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\t': out += "\\t"; break;
            case '\n': out += "\\n"; break;
            case '\f': out += "\\f"; break;
            case '\r': out += "\\r"; break;
            default:
                out += "\\u00";
                out += hex[static_cast<unsigned char>(c) >> 4U];
                out += hex[static_cast<unsigned char>(c) & 15U];
        }
    }
    out += '"';
}

void write(const JsonValue& value, std::string& out) {
    switch (value.kind) {
        case JsonValue::Kind::Null: out += "null"; return;
        case JsonValue::Kind::Bool: out += value.boolean ? "true" : "false"; return;
        case JsonValue::Kind::String: add_string(value.text, out); return;
        case JsonValue::Kind::Number: {
            const std::string words = canonical_number(value.text);
            if (words.empty()) throw std::invalid_argument("`" + value.text + "` is not a number of JSON");
            out += words;
            return;
        }
        case JsonValue::Kind::Array:
            out += '[';
            for (std::size_t i = 0; i < value.items.size(); ++i) {
                if (i > 0) out += ',';
                write(value.items[i], out);
            }
            out += ']';
            return;
        case JsonValue::Kind::Object: break;
    }
    std::vector<const JsonMember*> sorted;
    for (const JsonMember& member : value.members) sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(), [](const JsonMember* a, const JsonMember* b) { return is_before(a->name, b->name); });
    out += '{';
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i > 0) out += ',';
        add_string(sorted[i]->name, out);
        out += ':';
        write(sorted[i]->value, out);
    }
    out += '}';
}

}  // namespace

std::string canonical_number(std::string_view text) {
    const std::string_view unsigned_text = text.starts_with('-') ? text.substr(1) : text;
    if (unsigned_text.empty() || unsigned_text.front() < '0' || unsigned_text.front() > '9') return {};
    Float value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()) return {};
    if (error == std::errc()) return number_words(value);
    // WHY: out of range is said of too large and of too small alike; what is too small is nearest to 0.
    return error == std::errc::result_out_of_range && decimal_place(unsigned_text) < 0 ? "0" : std::string();
}

std::string canonical_string(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    add_string(text, out);
    return out;
}

void add_canonical_string(std::string_view text, std::string& out) { add_string(text, out); }

std::string canonical_json(const JsonValue& value) {
    std::string out;
    write(value, out);
    return out;
}

Checked<JsonValue> read_canonical_source(const SourcePtr& source) {
    Checked<JsonValue> result;
    const std::string_view text = source->text();
    const auto refuse = [&](const char* code, std::size_t at, std::string message) {
        result.diagnostics.error(code, {source, at, std::min(at + 1, text.size())}, std::move(message));
        return result;
    };
    if (text.size() > json_most_bytes) return refuse("DN0701", 0, "the text has more bytes than are read");
    // WHY: nlohmann's parser passes a byte order mark over and takes a NUL for the end.
    if (text.starts_with("\xef\xbb\xbf")) return refuse("DN0702", 0, "the text begins with a byte order mark");
    if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) return refuse("DN0702", bad, "the text is not valid UTF-8 here");
    Builder builder;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return refuse(builder.code.c_str(), builder.mistake_at, builder.mistake);
    result.value = std::move(builder.root);
    return result;
}

JsonValue json_text(std::string_view text) {
    JsonValue made;
    made.kind = JsonValue::Kind::String;
    made.text = text;
    return made;
}

JsonValue json_whole(std::int64_t number) {
    JsonValue made;
    made.kind = JsonValue::Kind::Number;
    made.text = std::to_string(number);
    return made;
}

JsonValue json_object() {
    JsonValue made;
    made.kind = JsonValue::Kind::Object;
    return made;
}

void json_add(JsonValue& object, std::string_view name, JsonValue value) { object.members.push_back({std::string(name), {}, std::move(value)}); }

}  // namespace duenotice
