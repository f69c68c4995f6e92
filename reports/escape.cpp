#include "reports/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "rules/fingerprint.h"

namespace duenotice {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t length = 1;
};

/// The code point at an offset; a byte that begins none gives itself with the value 0xFFFFFFFF.
CodePoint code_point(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || at + length > text.size()) return {0xFFFFFFFF, 1};
    std::uint32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!continues(text[at + i])) return {0xFFFFFFFF, 1};
        value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    // Longer than needed, half of a pair of UTF-16, or beyond Unicode: no UTF-8.
    constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {0xFFFFFFFF, 1};
    return {value, length};
}

std::string escape_markup(std::string_view text, bool attribute, std::string_view apostrophe) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (c == '\'') out += apostrophe;
        else if (c == '\r') out += "&#13;";
        else if (c == '\t' || c == '\n') out += attribute ? fmt::format("&#{};", static_cast<int>(c)) : std::string(1, c);
        else if (is_control(c)) out += replacement;
        else if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") out += replacement, i += 2;
        else out += c;
    }
    return out;
}

/// Marks that change the direction of what follows, break lines unseen or are not seen at all.
bool is_deceptive(std::uint32_t c) {
    return (c >= 0x80 && c <= 0x9F) || c == 0x061C || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

std::string escape_html(std::string_view text) { return escape_markup(text, false, "&#39;"); }
std::string escape_xml(std::string_view text) { return escape_markup(text, false, "&apos;"); }
std::string escape_xml_attribute(std::string_view text) { return escape_markup(text, true, "&apos;"); }

std::string escape_ical(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (c == '\n' || c == '\r') {
            out += "\\n";
        } else if (c == '\t' || !is_control(c)) {
            if (c == '\\' || c == ',' || c == ';') out += '\\';
            out += c;
        }
    }
    return out;
}

std::string fold_ical(std::string_view line) {
    std::string clean;
    std::copy_if(line.begin(), line.end(), std::back_inserter(clean), [](char c) { return c != '\r' && c != '\n'; });
    std::string_view rest = clean;
    std::string out;
    std::size_t room = 75;
    while (rest.size() > room) {
        std::size_t cut = room;
        while (cut > 0 && continues(rest[cut])) --cut;
        if (cut == 0) cut = room;  // no text at all, but it must end
        out += rest.substr(0, cut);
        out += "\r\n ";
        rest.remove_prefix(cut);
        room = 74;  // the blank counts
    }
    out += rest;
    return out + "\r\n";
}

bool looks_like_formula(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return false;
    if (std::string_view("=+-@\t\r\n\0", 8).find(text.front()) != std::string_view::npos) return true;
    // The full-width forms of = + - @ count as well where the keyboard makes them.
    constexpr std::array<std::string_view, 4> wide = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    return std::any_of(wide.begin(), wide.end(), [text](std::string_view form) { return text.substr(0, 3) == form; });
}

std::string escape_csv(std::string_view text) {
    const std::string_view bare = text.substr(std::min(text.find_first_not_of('\''), text.size()));
    std::string field = looks_like_formula(bare) ? "'" : "";
    field += text;
    // WHY: where the comma is the decimal sign, programs split at semicolons.
    if (field.find_first_of(",;\"\t\r\n") == std::string::npos) return field;
    std::string out = "\"";
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string escape_cell(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find_first_of("_\xEF"), text.size());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        const std::string_view next = text.substr(0, 7);
        const bool escape = next.size() == 7 && next.substr(0, 2) == "_x" && next[6] == '_' && std::all_of(next.begin() + 2, next.begin() + 6, is_hex);
        // What XML cannot hold; control characters the library escapes itself.
        const bool no_character = next.substr(0, 3) == "\xEF\xBF\xBE" || next.substr(0, 3) == "\xEF\xBF\xBF";
        if (no_character) out += next[2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
        else out += escape ? "_x005F_" : next.substr(0, 1);
        text.remove_prefix(std::min<std::size_t>(no_character ? 3 : 1, text.size()));
    }
    return out;
}

std::string escape_terminal(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const CodePoint point = code_point(text, i);
        if (point.value == 0xFFFFFFFF || (is_control(c) && c != '\n' && c != '\t')) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        } else if (is_deceptive(point.value)) {
            out += fmt::format("\\u{{{:x}}}", point.value);
        } else {
            out += text.substr(i, point.length);
        }
        i += point.length;
    }
    return out;
}

std::string file_name(std::string_view id) {
    constexpr std::size_t longest = 200;
    std::string out;
    for (std::size_t i = 0; i < id.size(); ++i) {
        const char c = id[i];
        const bool first = i == 0;
        const bool doubled = !first && ((id[i - 1] == c && (c == '-' || c == '.')) || (id[i - 1] == '@' && c == '-'));
        const bool edge = (first && c != '_') || (i + 1 == id.size() && c == '.') || doubled;
        if (c == '@' && !first) out += "--";
        else if (c == '/' && !first) out += '+';
        else if (is_alphanumeric(c) || ((c == '_' || c == '-' || c == '.') && !edge)) out += c;
        else out += fmt::format("={:02x}", static_cast<unsigned char>(c));
    }
    std::string stem = out.substr(0, out.find('.'));
    std::transform(stem.begin(), stem.end(), stem.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    constexpr std::array<std::string_view, 5> reserved = {"", "CON", "PRN", "AUX", "NUL"};
    const bool port = stem.size() == 4 && (stem.substr(0, 3) == "COM" || stem.substr(0, 3) == "LPT") && stem[3] >= '0' && stem[3] <= '9';
    if (port || std::find(reserved.begin(), reserved.end(), stem) != reserved.end()) out = "=" + out;
    if (out.size() > longest) out = out.substr(0, longest - 33) + "=" + sha256_hex(id).substr(0, 32);
    return out;
}

}  // namespace duenotice
