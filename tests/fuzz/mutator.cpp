#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace duenotice::fuzz {

namespace {

constexpr std::size_t most_bytes = 128U << 10U, most_kept = 400;

using namespace std::string_view_literals;

/// Words that parsers stumble over, of all the formats at once.
constexpr std::array hostile = {
    ""sv, "\0"sv, "\xff"sv, "\xc3"sv, "\xed\xa0\x80"sv, "\xef\xbb\xbf"sv, "\xe2\x80\xae"sv, "\x1b[2J"sv, "\\u0000"sv, "\\ud800"sv, "\\u001b[2J"sv, "\r\n"sv, "\n"sv, "\t"sv, "\""sv, "'"sv, "\\"sv, "\"\""sv,
    "<"sv, ">"sv, "&"sv, "&lt;"sv, "&#0;"sv, "&#x10ffff;"sv, "&x;"sv, "<![CDATA["sv, "]]>"sv, "<!--"sv, "-->"sv, "<?x?>"sv, "<!DOCTYPE a>"sv, "</"sv, "/>"sv,
    "{"sv, "}"sv, "["sv, "]"sv, ","sv, ":"sv, ";"sv, "null"sv, "true"sv, "false"sv, "{}"sv, "[]"sv, "0"sv, "-0"sv, "1e400"sv, "0.1"sv, "-1"sv, "9007199254740991"sv, "9007199254740992"sv, "2147483648"sv,
    "9223372036854775807"sv, "-9223372036854775808"sv, "18446744073709551616"sv, "1400-01-01"sv, "9999-12-31"sv, "2028-02-29"sv, "2026-02-29"sv, "2026-11-31"sv, "0000-00-00"sv, "9999-12-31T23:59:59-14:00"sv, "1400-01-01T00:00+14:00"sv,
    "2026-11-20T24:00Z"sv, "2026-11-20T23:59:60Z"sv, "2026-03-29T02:30+01:00"sv, "100 %"sv, "0.0001 %"sv, "EUR 0.01"sv, "JPY 1"sv, "400 years"sv, "0 days"sv, "9999999 hours"sv, "yes"sv, "no"sv, "?"sv, "not yet"sv, "unknown"sv, "not ("sv, "at least 2 of ("sv,
    "US-TX"sv, "DE"sv, "EU"sv, "??"sv, "../x"sv, "=1+1"sv, "a to b"sv, "1 to 0"sv, "about "sv, "only "sv, "none"sv};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.'; }

}  // namespace

Mutator::Mutator(std::uint64_t seed, std::vector<std::string> corpus) : random_(seed), corpus_(std::move(corpus)), own_(corpus_.size()) {
    for (std::string& text : corpus_) text.resize(std::min(text.size(), most_bytes));
}

std::string Mutator::next() {
    std::string text = below(4) == 0 ? any_file() : corpus_[below(own_)];
    std::size_t changes = 1;
    while (changes < 12 && below(2) == 0) ++changes;
    for (std::size_t i = 0; i < changes; ++i) change(text);
    text.resize(std::min(text.size(), most_bytes));
    return text;
}

void Mutator::keep(std::string input) {
    if (corpus_.size() < own_ + most_kept) corpus_.push_back(std::move(input));
    else corpus_[own_ + below(most_kept)] = std::move(input);
}

void Mutator::change(std::string& text) {
    const std::size_t way = below(16);
    if (way < 5) change_bytes(text, way);
    else if (way < 11) change_words(text, way - 5);
    else change_lines(text, way - 11);
}

void Mutator::change_bytes(std::string& text, std::size_t way) {
    const std::size_t at = below(text.size() + 1);
    switch (way) {
        case 0:  // one bit
            if (at < text.size()) text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << below(8)));
            break;
        case 1:  // any byte
            if (at < text.size()) text[at] = static_cast<char>(below(256));
            break;
        case 2:
            text.erase(at, 1 + below(below(4) == 0 ? 64 : 4));
            break;
        case 3:  // cut off
            if (below(4) == 0) text.resize(at);
            else text.insert(at, 1, static_cast<char>(below(256)));
            break;
        default:
            text.insert(at, hostile[below(hostile.size())]);
            break;
    }
}

void Mutator::change_words(std::string& text, std::size_t way) {
    const Range word = way == 4 ? quoted_in(text) : word_in(text);
    switch (way) {
        case 0:
            text.replace(word.begin, word.end - word.begin, hostile[below(hostile.size())]);
            break;
        case 1:
            text.erase(word.begin, word.end - word.begin);
            break;
        case 2: {  // often enough to pass a limit on depth
            const std::string once = text.substr(word.begin, word.end - word.begin);
            for (std::size_t times = 1 + below(below(8) == 0 ? 100 : 2); times > 0 && text.size() < most_bytes; --times) text.insert(word.begin, once);
            break;
        }
        default:
            text.replace(word.begin, word.end - word.begin, other_word());
            break;
    }
}

void Mutator::change_lines(std::string& text, std::size_t way) {
    const Range line = line_in(text);
    const std::string_view other = any_file();
    switch (way) {
        case 0:
            text.erase(line.begin, line.end - line.begin);
            break;
        case 1: {  // the same again, elsewhere
            const std::string again = text.substr(line.begin, line.end - line.begin);
            text.insert(line_in(text).begin, again);
            break;
        }
        case 2: {  // a line of another file
            const Range taken = line_in(other);
            text.insert(line.begin, std::string(other.substr(taken.begin, taken.end - taken.begin)));
            break;
        }
        case 3: {  // two halves
            const std::size_t from = line_in(other).begin;
            text = text.substr(0, line.begin) + std::string(other.substr(from));
            break;
        }
        default: {  // two lines change places
            const Range second = line_in(text);
            if (second.begin < line.end) break;
            const std::string first_text = text.substr(line.begin, line.end - line.begin), second_text = text.substr(second.begin, second.end - second.begin);
            text.replace(second.begin, second_text.size(), first_text);
            text.replace(line.begin, first_text.size(), second_text);
            break;
        }
    }
}

Mutator::Range Mutator::word_in(std::string_view text) {
    if (text.empty()) return {};
    Range word{below(text.size()), 0};
    word.end = word.begin + 1;
    if (!is_word(text[word.begin])) return word;
    while (word.begin > 0 && is_word(text[word.begin - 1])) --word.begin;
    while (word.end < text.size() && is_word(text[word.end])) ++word.end;
    return word;
}

Mutator::Range Mutator::quoted_in(std::string_view text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t begin = text.find('"', at);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('"', begin + 1);
    return end == std::string_view::npos ? word_in(text) : Range{begin + 1, end};
}

Mutator::Range Mutator::line_in(std::string_view text) {
    if (text.empty()) return {};
    const std::size_t at = below(text.size());
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return {before == std::string_view::npos ? 0 : before + 1, std::min(text.find('\n', at), text.size() - 1) + 1};
}

std::string Mutator::other_word() {
    const std::string_view other = any_file();
    const Range word = below(3) == 0 ? quoted_in(other) : word_in(other);
    return std::string(other.substr(word.begin, word.end - word.begin));
}

}  // namespace duenotice::fuzz
