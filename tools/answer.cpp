#include "tools/answer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/json.h"
#include "rules/number.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

std::string trimmed(std::string_view text) {
    while (!text.empty() && std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    return std::string(text);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::vector<std::string> split(const std::string& text, char mark) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + mark) {
        if (c != mark) {
            part += c;
            continue;
        }
        if (const std::string one = trimmed(part); !one.empty()) parts.push_back(one);
        part.clear();
    }
    return parts;
}

/// The text after a leading word, or nothing.
std::optional<std::string> after(const std::string& text, std::string_view word) {
    if (lower(text).rfind(word, 0) != 0 || text.size() <= word.size() || text[word.size()] != ' ') return {};
    return trimmed(std::string_view(text).substr(word.size()));
}

constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 12> months = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};

Answer wrong(const std::string& problem) { return {false, {}, escape_terminal(problem)}; }
Answer value(std::string json) { return {false, std::move(json), {}}; }

class Reader {
public:
    Reader(const FactDeclaration& declaration, const Zone& zone, Instant now) : declaration_(declaration), zone_(zone), now_(now) {}

    Answer read(const std::string& text) {
        switch (declaration_.type) {
            case ValueType::YesNo:
                if (lower(text) == "y" || lower(text) == "yes") return value("\"yes\"");
                if (lower(text) == "n" || lower(text) == "no") return value("\"no\"");
                return wrong("yes or no");
            case ValueType::Choice: return choice(text, "\"{}\"");
            case ValueType::Judgement: return choice(text, "{{\"outcome\": \"{}\"}}");
            case ValueType::Set: return set(text);
            case ValueType::Place: return value(json_string(text));
            case ValueType::PlaceSet: return places(text);
            case ValueType::Instant: return moment(text);
            case ValueType::Date:
                if (const auto day = day_in(split(lower(text), ' '))) return value("\"" + day->iso() + "\"");
                return wrong(answer_help(declaration_));
            case ValueType::Text: return value(json_string(text));
            default: return number(text);
        }
    }

private:
    /// A choice by its token, its label or its number in the list.
    std::optional<std::string> token(const std::string& text) const {
        const std::string wanted = lower(text);
        if (const auto index = parse_whole(text); index && *index >= 1 && static_cast<std::size_t>(*index) <= declaration_.choices.size()) return declaration_.choices[static_cast<std::size_t>(*index) - 1].token;
        for (const Choice& choice : declaration_.choices)
            if (lower(choice.token) == wanted || lower(choice.label) == wanted) return choice.token;
        // The beginning of one label alone will do: `bank account`.
        std::vector<std::string> begun;
        for (const Choice& choice : declaration_.choices)
            if (wanted.size() >= 4 && lower(choice.label).rfind(wanted, 0) == 0) begun.push_back(choice.token);
        if (begun.size() == 1) return begun.front();
        return {};
    }

    Answer unknown_choice(const std::string& text) const {
        std::vector<std::string> tokens;
        for (const Choice& choice : declaration_.choices) tokens.push_back(choice.token);
        const std::string near = nearest(lower(text), tokens);
        return wrong("there is no choice `" + text + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
    }

    Answer choice(const std::string& text, const char* form) const {
        const auto found = token(text);
        return found ? value(fmt::format(fmt::runtime(form), *found)) : unknown_choice(text);
    }

    Answer set(const std::string& text) const {
        std::string in, out;
        bool only = false;
        for (const std::string& part : split(text, ';')) {
            std::string list = part;
            std::string* into = &in;
            if (const auto rest = after(part, "not")) {
                list = *rest;
                into = &out;
            } else if (const auto exactly = after(part, "only")) {
                list = *exactly;
                only = true;
            } else if (lower(part) == "nothing" || lower(part) == "none") {
                only = true;
                continue;
            }
            for (const std::string& one : split(list, ',')) {
                const auto found = token(one);
                if (!found) return unknown_choice(one);
                *into += (into->empty() ? "" : ", ") + ("\"" + *found + "\"");
            }
        }
        return value(only ? "{\"exactly\": [" + in + "]}" : "{\"has\": [" + in + "], \"has_not\": [" + out + "]}");
    }

    static Answer places(const std::string& text) {
        std::string list;
        bool only = false;
        std::string rest = text;
        if (const auto exactly = after(text, "only")) {
            only = true;
            rest = *exactly;
        }
        for (const std::string& one : split(rest, ',')) list += (list.empty() ? "" : ", ") + json_string(one);
        return value(only ? "{\"exactly\": [" + list + "]}" : "{\"has\": [" + list + "], \"has_not\": []}");
    }

    /// One number in the type's own form, as JSON.
    std::optional<std::string> one(const std::string& text) const {
        std::string plain = text;
        std::erase(plain, ',');
        if (declaration_.type == ValueType::Whole) return parse_whole(plain) ? std::optional(plain) : std::nullopt;
        if (declaration_.type == ValueType::Share) return parse_share(text) ? std::optional("\"" + text + "\"") : std::nullopt;
        if (declaration_.type == ValueType::Money) return parse_money(text) ? std::optional("\"" + text + "\"") : std::nullopt;
        return json_string(text);  // a duration: the incident reader knows its words
    }

    Answer number(const std::string& text) const {
        const auto fail = [&] { return wrong(answer_help(declaration_)); };
        if (const auto rest = after(text, "at least")) return one(*rest) ? value("{\"at_least\": " + *one(*rest) + "}") : fail();
        if (const auto rest = after(text, "at most")) return one(*rest) ? value("{\"at_most\": " + *one(*rest) + "}") : fail();
        if (const auto rest = after(text, "about")) return one(*rest) ? value("{\"estimate\": " + *one(*rest) + "}") : fail();
        const auto to = text.find(" to ");
        if (to != std::string::npos) {
            const auto low = one(trimmed(text.substr(0, to))), high = one(trimmed(text.substr(to + 4)));
            return low && high ? value("{\"at_least\": " + *low + ", \"at_most\": " + *high + "}") : fail();
        }
        const auto exact = one(text);
        return exact ? value(*exact) : fail();
    }

    static std::optional<int> clock(const std::string& text) {
        const auto colon = text.find(':');
        if (colon == std::string::npos || colon == 0 || colon > 2 || text.size() != colon + 3) return {};
        const auto hours = parse_whole(text[0] == '0' && colon == 2 ? text.substr(1, 1) : text.substr(0, colon)), minutes = parse_whole(text[colon + 1] == '0' ? text.substr(colon + 2) : text.substr(colon + 1));
        return hours && minutes && *hours < 24 && *minutes < 60 ? std::optional<int>(static_cast<int>(*hours * 3600 + *minutes * 60)) : std::nullopt;
    }

    std::string iso(Date day, int seconds) const {
        const Instant at = zone_.resolve(day, seconds, {}).instant;
        const LocalTime local = zone_.local(at);
        const int minutes = local.offset / 60;
        return fmt::format("{}T{:02}:{:02}{}{:02}:{:02}", local.date.iso(), local.seconds / 3600, local.seconds / 60 % 60, minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
    }

    /// `20 Nov 2026`, `November 20`, `2026-11-20`, `today`; a weekday before it must be the right one; without a year: the last such day.
    std::optional<Date> day_in(std::vector<std::string> words) const {
        const Date today = zone_.date(now_);
        std::optional<int> weekday;
        if (words.size() > 1 && index_of(weekdays, words.front())) {
            weekday = index_of(weekdays, words.front());
            words.erase(words.begin());
        }
        std::optional<Date> day;
        if (words.size() == 1) day = words[0] == "today" ? today : words[0] == "yesterday" ? today.plus_days(-1) : Date::parse(words[0]);
        else if (words.size() == 2 || words.size() == 3) {
            auto number = parse_whole(words[0]);
            auto month = index_of(months, words[1]);
            if (!number) {
                number = parse_whole(words[1]);
                month = index_of(months, words[0]);
            }
            const auto year = words.size() == 3 ? parse_whole(words[2]) : std::optional<std::int64_t>(today.ymd().year);
            if (!number || !month || !year) return {};
            const auto made = [&](std::int64_t in) { return Date::parse(fmt::format("{:04}-{:02}-{:02}", in, *month + 1, *number)); };
            day = made(*year);
            if (day && words.size() == 2 && *day > today) day = made(*year - 1);
        }
        return day && (!weekday || static_cast<int>(day->weekday()) == *weekday) ? day : std::nullopt;
    }

    /// Which name of a list begins with the word; at least three letters.
    static std::optional<int> index_of(std::span<const std::string_view> names, const std::string& word) {
        int index = 0;
        for (const std::string_view name : names) {
            if (word.size() >= 3 && name.substr(0, word.size()) == word) return index;
            ++index;
        }
        return {};
    }

    std::optional<std::string> single(const std::string& text) const {
        if (parse_instant(text)) return text;
        std::string plain = lower(text);
        std::replace(plain.begin(), plain.end(), ',', ' ');
        std::vector<std::string> words = split(plain, ' ');
        std::erase(words, "at");
        std::optional<int> at;
        for (auto word = words.begin(); word != words.end(); ++word)
            if ((at = clock(*word))) {
                words.erase(word);
                break;
            }
        if (words.empty()) return at ? std::optional(iso(zone_.date(now_), *at)) : std::nullopt;
        const std::optional<Date> day = day_in(words);
        if (!day) return {};
        return at ? iso(*day, *at) : day->iso();
    }

    Answer moment(const std::string& text) const {
        if (lower(text) == "not yet") return value("{\"not_yet\": true}");
        if (lower(text) == "yes" || lower(text) == "happened") return value("{\"happened\": true}");
        const auto to = text.find(" to ");
        if (to != std::string::npos) {
            const auto from = single(trimmed(text.substr(0, to))), until = single(trimmed(text.substr(to + 4)));
            if (from && until) return value("{\"from\": \"" + *from + "\", \"until\": \"" + *until + "\"}");
        }
        if (const auto exact = single(text)) return value("\"" + *exact + "\"");
        return wrong(answer_help(declaration_));
    }

    const FactDeclaration& declaration_;
    const Zone& zone_;
    Instant now_;
};

}  // namespace

Answer read_answer(const std::string& text, const FactDeclaration& declaration, const Zone& zone, Instant now) {
    const std::string answer = trimmed(text);
    if (answer.empty() || answer == "?" || lower(answer) == "not known yet" || lower(answer) == "unknown") return {true, {}, {}};
    if (escape_terminal(answer) != answer) return wrong("letters that cannot be shown: " + answer);
    if (lower(answer) == "cannot be determined") return value("{\"cannot_be_determined\": true}");
    return Reader(declaration, zone, now).read(answer);
}

std::string answer_help(const FactDeclaration& declaration) {
    switch (declaration.type) {
        case ValueType::YesNo: return "yes or no";
        case ValueType::Choice:
        case ValueType::Judgement: return "one of the choices, by number or word";
        case ValueType::Set: return "numbers or words with commas; `not ...` after a semicolon for what is surely not in it; `only ...` closes the list";
        case ValueType::Place: return "a country or state: DE, US-TX";
        case ValueType::PlaceSet: return "countries or states with commas; `only ...` closes the list";
        case ValueType::Instant: return "22:14, yesterday 18:05, 20 Nov 22:14, 2026-11-20, `A to B`, or `not yet`";
        case ValueType::Date: return "a day such as 20 Nov 2026 or 2026-11-20";
        case ValueType::Share: return "12.5 %, or `10 % to 15 %`";
        case ValueType::Money: return "EUR 120000, or a range";
        case ValueType::Duration: return "24 hours, 3 working days";
        case ValueType::Text: return "in your words";
        default: return "a number, `240 to 260`, `at least 240`, `about 250`";
    }
}

}  // namespace duenotice
