#include "tools/words.h"

#include <algorithm>

namespace duenotice {

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    while (!text.empty() && blanks.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && blanks.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    return std::string(text);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::vector<std::string> split(const std::string& text, char mark) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(mark, at), text.size());
        if (std::string one = trimmed(std::string_view(text).substr(at, end - at)); !one.empty()) parts.push_back(std::move(one));
        at = end + 1;
    }
    return parts;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? std::string() : std::string(between)) + word;
    return text;
}

std::optional<std::string> after_word(const std::string& text, std::string_view word) {
    if (text.size() <= word.size() || text[word.size()] != ' ' || lower(text.substr(0, word.size())) != word) return {};
    return trimmed(std::string_view(text).substr(word.size()));
}

std::optional<std::pair<std::string, std::string>> two_sides(const std::string& text, std::initializer_list<std::string_view> marks) {
    const std::string small = lower(text);
    for (const std::string_view mark : marks)
        if (const std::size_t at = small.find(mark); at != std::string::npos && at > 0)
            return std::pair(trimmed(std::string_view(text).substr(0, at)), trimmed(std::string_view(text).substr(at + mark.size())));
    return {};
}

}  // namespace duenotice
