#include "tools/answer.h"

#include <fmt/format.h>

#include "engine/place_names.h"
#include "reports/escape.h"
#include "reports/json.h"
#include "reports/wording.h"
#include "rules/number.h"
#include "tools/answer_choice.h"
#include "tools/spoken_number.h"
#include "tools/words.h"

namespace duenotice {

namespace {

Answer wrong(std::string problem) { return {false, {}, {}, std::move(problem)}; }
Answer value(std::string json, std::string words) { return {false, std::move(json), std::move(words), {}}; }

Answer yes_or_no(const std::string& text) {
    const std::string small = lower(text);
    if (small == "y" || small == "yes") return value("\"yes\"", "yes");
    if (small == "n" || small == "no") return value("\"no\"", "no");
    return wrong("yes or no; when it is not sure, press Enter: not known yet");
}

Answer time_answer(const std::string& text, const FactDeclaration& declaration, const AnswerClock& clock) {
    if (declaration.type == ValueType::Date) {
        if (const auto day = read_spoken_day(text, clock)) return value("\"" + day->iso() + "\"", date_words(*day));
        if (const std::string small = lower(text); small != "not yet") return wrong("a day is needed here, such as 20 Nov 2026, yesterday or 2026-11-20");
    }
    SpokenMoment moment = read_spoken_moment(text, clock);
    return {false, std::move(moment.json), std::move(moment.words), std::move(moment.problem)};
}

/// Countries and states by name or code, each with its place in words.
struct Places {
    std::string json, words, problem;
};

std::string place_problem(const std::string& text, const std::vector<std::string>& found) {
    if (found.size() > 1) {
        std::string both;
        for (const std::string& code : found) both += (both.empty() ? "" : " or ") + code;
        return "`" + text + "` is the name of several places: write " + both;
    }
    const std::string near = nearest_place_name(text);
    return "`" + text + "` is no country or state on file" + (near.empty() ? "" : "; did you mean `" + near + "`") + "; write Germany or DE, Texas or US-TX; groups such as the EU by their countries";
}

/// Apart at `and`, but for one inside a name: Bosnia and Herzegovina and Texas.
std::vector<std::string> names_in(const std::string& part) {
    const std::string small = lower(part), and_word = " and ";
    std::size_t at = part.size();
    while (places_named(trimmed(part.substr(0, at))).empty()) {
        const std::size_t before = at == 0 ? std::string::npos : small.rfind(and_word, at - 1);
        if (before == std::string::npos) break;
        at = before;
    }
    std::vector<std::string> names{trimmed(part.substr(0, at))};
    if (at + and_word.size() > part.size()) return names;
    for (std::string& name : names_in(part.substr(at + and_word.size()))) names.push_back(std::move(name));
    return names;
}

Places places_in(const std::string& text) {
    Places places;
    for (const std::string& part : split(text, ',')) {
        for (const std::string& name : names_in(part)) {
            const std::vector<std::string> found = places_named(name);
            if (found.size() != 1) return {{}, {}, place_problem(name, found)};
            if (places.json.find("\"" + found.front() + "\"") != std::string::npos) continue;
            places.json += (places.json.empty() ? "\"" : ", \"") + found.front() + "\"";
            places.words += (places.words.empty() ? "" : ", ") + place_name(found.front());
        }
    }
    if (places.json.empty()) places.problem = "a country or state is needed: Germany, US-TX";
    return places;
}

Answer place_set(const std::string& text) {
    const std::string small = lower(text);
    if (small == "none" || small == "nowhere") return value("{\"exactly\": []}", "none");
    const auto exactly = after_word(text, "only");
    std::string list = exactly.value_or(text);
    for (char& c : list)
        if (c == ';') c = ',';
    const Places places = places_in(list);
    if (!places.problem.empty()) return wrong(places.problem);
    return exactly ? value("{\"exactly\": [" + places.json + "]}", "only " + places.words) : value("{\"has\": [" + places.json + "], \"has_not\": []}", places.words);
}

Answer one_place(const std::string& text) {
    const std::vector<std::string> found = places_named(text);
    return found.size() == 1 ? value("\"" + found.front() + "\"", place_name(found.front())) : wrong(place_problem(text, found));
}

/// Currency before or behind the amount, which may be said: `EUR 1.5 million`, `120,000 EUR`.
std::optional<std::string> money(const std::string& text, const std::string& currency) {
    if (parse_money(text)) return text;
    std::vector<std::string> words = split(text, ' ');
    std::string code = currency;
    const auto is_code = [](const std::string& word) { return currency_decimals(word).has_value(); };
    if (!words.empty() && is_code(words.front())) code = words.front(), words.erase(words.begin());
    else if (!words.empty() && is_code(words.back())) code = words.back(), words.pop_back();
    const auto amount = spoken_whole(joined(words));
    if (code.empty() || !amount) return {};
    const std::string result = code + " " + std::to_string(*amount);
    return parse_money(result) ? std::optional(result) : std::nullopt;
}

/// One end of a range in the type's own form, as JSON and in words.
struct End {
    std::string json, words;
};

std::optional<End> end_of(const std::string& text, const FactDeclaration& declaration, std::int64_t times, std::int64_t* unit) {
    const auto quoted = [](const std::string& plain) { return End{"\"" + plain + "\"", plain}; };
    if (declaration.type == ValueType::Whole) {
        const auto whole = spoken_whole(text, unit);
        if (!whole || (times > 1 && *whole > most_whole / times)) return {};
        return End{std::to_string(*whole * times), std::to_string(*whole * times)};
    }
    if (declaration.type == ValueType::Share) return parse_share(text) ? std::optional(quoted(text)) : std::nullopt;
    if (declaration.type == ValueType::Money) {
        const auto amount = money(text, declaration.currency);
        return amount ? std::optional(quoted(*amount)) : std::nullopt;
    }
    const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; });
    return plain ? std::optional(quoted(text)) : std::nullopt;  // a duration: the incident reader knows its words
}

/// `2 to 5 thousand`: the thousand belongs to both ends.
Answer between(const SpokenRange& range, const FactDeclaration& declaration) {
    std::int64_t low_unit = 1, high_unit = 1;
    const auto high = end_of(range.second, declaration, 1, &high_unit);
    auto low = end_of(range.first, declaration, 1, &low_unit);
    if (high && !low && declaration.type == ValueType::Share) low = end_of(range.first + " %", declaration, 1, nullptr);
    if (!low || !high) return wrong(answer_help(declaration));
    if (declaration.type == ValueType::Whole && low_unit == 1 && high_unit > 1)
        if (const auto raised = end_of(range.first, declaration, high_unit, nullptr); raised && *parse_whole(raised->json) <= *parse_whole(high->json)) low = raised;
    if (declaration.type == ValueType::Whole && *parse_whole(low->json) > *parse_whole(high->json)) return wrong("the lower number stands first: " + high->words + " to " + low->words);
    return value("{\"at_least\": " + low->json + ", \"at_most\": " + high->json + "}", low->words + " to " + high->words);
}

Answer number(const std::string& text, const FactDeclaration& declaration) {
    using Kind = SpokenRange::Kind;
    const SpokenRange range = spoken_range(text);
    if (range.kind == Kind::Between) return between(range, declaration);
    const auto end = end_of(range.first, declaration, 1, nullptr);
    if (!end) return wrong(answer_help(declaration));
    const bool whole = declaration.type == ValueType::Whole;
    const auto moved = [&](std::int64_t by) { return std::to_string(*parse_whole(end->json) + by); };
    switch (range.kind) {
        case Kind::About: return value("{\"estimate\": " + end->json + "}", "about " + end->words + " (an estimate, no bounds)");
        case Kind::AtLeast: return value("{\"at_least\": " + end->json + "}", "at least " + end->words);
        case Kind::AtMost: return value("{\"at_most\": " + end->json + "}", "at most " + end->words);
        case Kind::MoreThan:
            if (whole) return value("{\"at_least\": " + moved(1) + "}", "at least " + moved(1));
            break;
        case Kind::LessThan:
            if (whole && end->json != "0") return value("{\"at_most\": " + moved(-1) + "}", "at most " + moved(-1));
            break;
        default: return value(end->json, end->words);
    }
    return wrong("`at least` or `at most` and the amount: at least " + end->words);
}

/// `not known yet`, `we are finding out, answer expected by 08:00`.
std::optional<Answer> not_known(const std::string& text, const AnswerClock& clock) {
    const std::string small = lower(text);
    if (const std::size_t at = small.find("expected"); at != std::string::npos && (at == 0 || small.starts_with("not known") || small.starts_with("we are finding out") || small.starts_with("finding out"))) {
        std::string when = trimmed(text.substr(at + 8));
        for (const char* word : {"by", "at", "on"})
            if (const auto rest = after_word(when, word)) when = *rest;
        const auto expected = read_expected(when, clock);
        if (!expected) return wrong("when is the answer expected? For example: expected by 08:00, expected tomorrow 12:00");
        return Answer{true, "{\"not_known\": true, \"expected_at\": \"" + iso_local(*expected, clock.zone) + "\"}", "not known yet, expected by " + local_words(*expected, clock.zone) + " " + zone_city(clock.zone.name()), {}};
    }
    for (const char* words : {"not known yet", "not known", "unknown", "not sure", "no idea", "do not know", "don't know", "dont know", "we do not know", "not clear", "finding out", "we are finding out"})
        if (small == words) return Answer{true, "{\"not_known\": true}", "not known yet", {}};
    return {};
}

}  // namespace

Answer read_answer(const std::string& text, const FactDeclaration& declaration, const AnswerClock& clock) {
    const std::string answer = trimmed(text);
    if (answer.empty() || answer == "?") return {true, {}, {}, {}};
    if (escape_terminal(answer) != answer) return wrong("letters that cannot be shown: " + escape_terminal(answer));
    if (const auto open = not_known(answer, clock)) return *open;
    if (lower(answer) == "cannot be determined") return value("{\"cannot_be_determined\": true}", "cannot be determined");
    switch (declaration.type) {
        case ValueType::YesNo: return yes_or_no(answer);
        case ValueType::Choice:
        case ValueType::Judgement:
        case ValueType::Set: return read_choice_answer(answer, declaration);
        case ValueType::Place: return one_place(answer);
        case ValueType::PlaceSet: return place_set(answer);
        case ValueType::Instant:
        case ValueType::Date: return time_answer(answer, declaration, clock);
        case ValueType::Text: return value(json_string(answer), answer);
        default: return number(answer, declaration);
    }
}

std::string answer_help(const FactDeclaration& declaration) {
    switch (declaration.type) {
        case ValueType::YesNo: return "yes or no";
        case ValueType::Choice:
        case ValueType::Judgement: return "one of these, by number or word";
        case ValueType::Set: return "numbers or words with commas; `not ...`: surely not";
        case ValueType::Place: return "a country or state: Germany, US-TX";
        case ValueType::PlaceSet: return "countries or states with commas; `only ...`: no others";
        case ValueType::Instant: return "22:14, yesterday 18:05, last night around 11, Fri 20 Nov 22:14";
        case ValueType::Date: return "a day such as 20 Nov 2026, yesterday or 2026-11-20";
        case ValueType::Share: return "12.5 %, or 10 % to 15 %";
        case ValueType::Money: return "EUR 120000, EUR 1.5 million, or a range";
        case ValueType::Duration: return "24 hours, 3 working days";
        case ValueType::Text: return "in your words";
        default: return "3000, about 3000, 240 to 260, between 2 and 5 thousand, at least 240";
    }
}

std::string answer_examples(const FactDeclaration& declaration) {
    switch (declaration.type) {
        case ValueType::Set: return "  name, email             these are sure; all others stay open\n  name; not medical       sure, and surely not\n  only name, email        these and no others\n  none                    none of them\n";
        case ValueType::PlaceSet: return "  Germany, Texas          these are sure; others stay open\n  only Germany            no others\n  none                    none\n";
        case ValueType::Instant:
            return "  22:14                   the last time the clock showed it\n  last night around 11    about 23:00 yesterday\n  Fri 20 Nov 22:14        a weekday must be the right one\n  06:50 Singapore         read on another clock\n"
                   "  22:00 to 22:40          somewhere in between\n  before 23:00, after 22:00\n  2026-11-20              some time that day\n  not yet                 it has not happened\n";
        case ValueType::Whole: return "  3000, 3 thousand        exactly\n  about 3000              an estimate\n  2 to 5 thousand         at least 2000, at most 5000\n  at least 240, more than 500, at most 900, none\n";
        default: return "  " + answer_help(declaration) + "\n";
    }
}

}  // namespace duenotice
