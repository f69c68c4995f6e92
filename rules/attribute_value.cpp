#include "rules/attribute_value.h"

#include <algorithm>

#include "rules/ascii.h"

namespace duenotice {

namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if (!is_blank(c)) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::string single_blanks(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    bool gap = false;
    for (const char c : text) {
        if (is_blank(c)) {
            gap = true;
            continue;
        }
        if (gap && !result.empty()) result += ' ';
        gap = false;
        result += c;
    }
    return result;
}

bool is_law_id(std::string_view text) {
    const auto allowed = [](char c) {
        return is_lower(c) || is_upper(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= 96 && std::all_of(text.begin(), text.end(), allowed) &&
           text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

bool has_place_shape(std::string_view text) {
    if (text.size() < 2 || !is_upper(text[0]) || !is_upper(text[1])) return false;
    if (text.size() == 2) return true;
    return text.size() >= 4 && text.size() <= 6 && text[2] == '-' &&
           std::all_of(text.begin() + 3, text.end(), [](char c) { return is_upper(c) || is_digit(c); });
}

bool is_zone_name(std::string_view text) {
    if (text == "UTC") return true;
    const auto allowed = [](char c) {
        return is_lower(c) || is_upper(c) || is_digit(c) || c == '/' || c == '_' || c == '-' || c == '+';
    };
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && slash > 1 && slash + 1 < text.size() && is_upper(text.front()) &&
           text.back() != '/' && text.find("//") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), allowed);
}

std::optional<int> parse_number(std::string_view text, int low, int high) {
    if (text.empty() || text.size() > 7 || !std::all_of(text.begin(), text.end(), is_digit)) return {};
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    if (value < low || value > high) return {};
    return value;
}

std::optional<int> parse_time_of_day(std::string_view text, bool end_of_day) {
    if (text.size() != 5 || text[2] != ':') return {};
    const auto hours = parse_number(text.substr(0, 2), 0, 24), minutes = parse_number(text.substr(3), 0, 59);
    if (!hours || !minutes) return {};
    if (*hours == 24 && (!end_of_day || *minutes != 0)) return {};
    return (*hours * 60 + *minutes) * 60;
}

std::optional<std::pair<int, int>> parse_window(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return {};
    const auto from = parse_time_of_day(text.substr(0, 5)), until = parse_time_of_day(text.substr(6), true);
    if (!from || !until || *until <= *from) return {};
    return std::pair(*from, *until);
}

}  // namespace duenotice
