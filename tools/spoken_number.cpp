#include "tools/spoken_number.h"

#include <algorithm>
#include <array>

#include "rules/ascii.h"
#include "rules/number.h"
#include "tools/words.h"

namespace duenotice {

namespace {

struct Named {
    std::string_view word;
    std::int64_t value;
};
constexpr std::array<Named, 10> multipliers = {{{"k", 1000}, {"thousand", 1000}, {"thousands", 1000}, {"hundred", 100}, {"dozen", 12}, {"m", 1000000}, {"mio", 1000000}, {"mn", 1000000}, {"million", 1000000}, {"millions", 1000000}}};
constexpr std::array<Named, 21> small_numbers = {{{"no", 0}, {"none", 0}, {"nobody", 0}, {"no one", 0}, {"nil", 0}, {"zero", 0}, {"a", 1}, {"an", 1}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6},
    {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"twenty", 20}}};
constexpr std::array<std::string_view, 14> counted_words = {"people", "persons", "person", "customers", "clients", "users", "records", "rows", "accounts", "employees", "staff", "patients", "incidents", "residents"};

/// `3,000` and `3.000`, `3 000`, `3'000`: groups of three after the first.
std::string without_groups(const std::string& text) {
    std::string digits;
    std::size_t group = 0;
    bool grouped = false;
    for (const char c : text) {
        if (is_digit(c)) {
            digits += c;
            ++group;
        } else {
            const bool good = (c == ',' || c == '.' || c == ' ' || c == '\'') && (grouped ? group == 3 : group >= 1 && group <= 3);
            if (!good) return text;
            grouped = true;
            group = 0;
        }
    }
    return !grouped || group == 3 ? digits : text;
}

std::optional<std::int64_t> digits_times(const std::string& text, std::int64_t unit) {
    const std::string plain = without_groups(text);
    if (const auto whole = parse_whole(plain)) return *whole <= most_whole / unit ? std::optional(*whole * unit) : std::nullopt;
    // `1.2 million`: as many decimals as the unit makes whole.
    const std::size_t point = plain.find_first_of(".,");
    if (unit == 1 || point == std::string::npos) return {};
    const auto whole = parse_whole(plain.substr(0, point));
    std::int64_t rest = 0, part = unit;
    for (const char c : plain.substr(point + 1)) {
        if (!is_digit(c) || part % 10 != 0) return {};
        part /= 10;
        rest += (c - '0') * part;
    }
    if (!whole || point + 1 == plain.size() || *whole > most_whole / unit - 1) return {};
    return *whole * unit + rest;
}

}  // namespace

std::optional<std::int64_t> spoken_whole(const std::string& text, std::int64_t* unit) {
    std::vector<std::string> words = split(lower(text), ' ');
    while (words.size() > 1 && std::find(counted_words.begin(), counted_words.end(), words.back()) != counted_words.end()) words.pop_back();
    if (words.empty()) return {};
    // `5k` is `5 k`.
    const std::size_t letters = words.back().find_first_not_of("0123456789.,'");
    if (letters != std::string::npos && letters > 0) {
        const std::string tail = words.back().substr(letters);
        words.back().resize(letters);
        words.push_back(tail);
    }
    std::int64_t times = 1;
    while (words.size() > 1) {
        const auto found = std::find_if(multipliers.begin(), multipliers.end(), [&](const Named& one) { return one.word == words.back(); });
        if (found == multipliers.end()) break;
        if (times > most_whole / found->value) return {};
        times *= found->value;
        words.pop_back();
    }
    if (unit != nullptr) *unit = times;
    const std::string rest = joined(words);
    for (const Named& one : small_numbers)
        if (one.word == rest) return one.value * times;
    return is_digit(rest.front()) ? digits_times(rest, times) : std::nullopt;
}

SpokenRange spoken_range(const std::string& text) {
    using Kind = SpokenRange::Kind;
    static constexpr std::array<std::pair<std::string_view, Kind>, 23> words = {{{"at least", Kind::AtLeast}, {"not less than", Kind::AtLeast}, {"no fewer than", Kind::AtLeast}, {"no less than", Kind::AtLeast}, {"from", Kind::AtLeast},
        {"at most", Kind::AtMost}, {"not more than", Kind::AtMost}, {"no more than", Kind::AtMost}, {"up to", Kind::AtMost}, {"more than", Kind::MoreThan}, {"over", Kind::MoreThan}, {"above", Kind::MoreThan},
        {"less than", Kind::LessThan}, {"fewer than", Kind::LessThan}, {"under", Kind::LessThan}, {"below", Kind::LessThan}, {"about", Kind::About}, {"around", Kind::About}, {"roughly", Kind::About},
        {"approximately", Kind::About}, {"approx", Kind::About}, {"circa", Kind::About}, {"some", Kind::About}}};
    const auto without_about = [&](const std::string& side) {
        for (const auto& [word, kind] : words)
            if (kind == Kind::About)
                if (const auto rest = after_word(side, word)) return *rest;
        return side;
    };
    if (const auto rest = after_word(text, "between"))
        if (const auto sides = two_sides(*rest, {" and ", " to "})) return {Kind::Between, without_about(sides->first), sides->second};
    const std::string range = after_word(text, "from").value_or(text);
    if (!after_word(text, "up to"))
        if (const auto sides = two_sides(range, {" to ", " - ", " – ", "–", "-"})) return {Kind::Between, without_about(sides->first), sides->second};
    for (const auto& [word, kind] : words)
        if (const auto rest = after_word(text, word)) return {kind, *rest, {}};
    if (text.size() > 1 && text.front() == '~') return {Kind::About, trimmed(text.substr(1)), {}};
    if (text.size() > 1 && text.back() == '+') return {Kind::AtLeast, trimmed(text.substr(0, text.size() - 1)), {}};
    return {Kind::Exact, text, {}};
}

}  // namespace duenotice
