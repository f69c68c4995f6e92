#include "engine/knowledge.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/number.h"

namespace duenotice {

namespace {

bool is_number(ValueType type) {
    return type == ValueType::Whole || type == ValueType::Share || type == ValueType::Money || type == ValueType::Duration;
}

ChoiceSet all_choices(const FactDeclaration& declaration) {
    ChoiceSet all;
    for (std::size_t i = 0; i < declaration.choices.size() && i < most_choices; ++i) all.set(i);
    return all;
}

template <class List>
List intersection(const List& a, const List& b) {
    List result;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}
template <class List>
List united(const List& a, const List& b) {
    List result;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}
bool has(const std::vector<PlaceCode>& list, const PlaceCode& code) { return std::binary_search(list.begin(), list.end(), code); }

std::string number_word(std::int64_t value, const Known& known) {
    switch (known.type) {
        case ValueType::Share: return share_words(value);
        case ValueType::Money: return money_words(known.currency, value);
        case ValueType::Date: return Date::from_days(static_cast<std::int32_t>(value)).iso();
        case ValueType::Instant: return iso_utc(Instant{value});
        case ValueType::Duration:
            if (value % 86400 == 0 && value != 0) return fmt::format("{} days", value / 86400);
            if (value % 3600 == 0) return fmt::format("{} hours", value / 3600);
            return fmt::format("{} minutes", (value + 59) / 60);
        default: return fmt::format("{}", value);
    }
}

bool no_low(const Known& known) { return known.low <= Known::lowest || (is_number(known.type) && known.low <= 0); }

std::string range_word(const Known& known) {
    const bool time = is_time(known.type);
    if (known.low == known.high) return number_word(known.low, known);
    if (no_low(known) && known.high >= Known::highest) return "not known yet";
    if (known.high >= Known::highest) return (time ? "from " : "at least ") + number_word(known.low, known);
    if (no_low(known)) return (time ? "until " : "at most ") + number_word(known.high, known);
    return number_word(known.low, known) + " to " + number_word(known.high, known);
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
    return text;
}

std::vector<std::string> tokens(const ChoiceSet& set, const FactDeclaration& declaration) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < declaration.choices.size(); ++i)
        if (set.test(i)) result.push_back(declaration.choices[i].token);
    return result;
}

}  // namespace

Known Known::open(const FactDeclaration& declaration) {
    Known known;
    known.type = declaration.type;
    if (is_choice(declaration.type)) known.possible = all_choices(declaration);
    if (is_number(declaration.type)) known.low = 0;
    return known;
}

bool Known::is_open(const FactDeclaration& declaration) const {
    if (cannot_be_determined || provisional || text || period || estimate) return false;
    return *this == open(declaration);
}

bool Known::is_exact(const FactDeclaration& declaration) const {
    if (is_choice(type)) return possible.count() == 1;
    if (type == ValueType::Set) return (in | out) == all_choices(declaration);
    if (type == ValueType::Place) return closed && places.size() == 1;
    if (type == ValueType::PlaceSet) return closed;
    if (type == ValueType::Text) return text.has_value();
    if (is_time(type)) return !happened_possible || (!not_yet_possible && low == high);
    return low == high;
}

bool Known::is_empty() const {
    if (is_choice(type)) return possible.none();
    if (type == ValueType::Set) return (in & out).any();
    if (type == ValueType::Place) return closed && places.empty();
    if (type == ValueType::PlaceSet) return std::any_of(places.begin(), places.end(), [this](const PlaceCode& code) { return has(places_out, code); });
    if (type == ValueType::Text) return false;
    if (is_time(type)) return !not_yet_possible && (!happened_possible || low > high);
    return low > high;
}

Known Known::narrowed(const Known& other) const {
    Known result = *this;
    result.possible &= other.possible;
    result.in |= other.in;
    result.out |= other.out;
    if (type == ValueType::Place) {
        result.places_out = duenotice::united(places_out, other.places_out);
        if (closed && other.closed) result.places = intersection(places, other.places);
        else if (other.closed) result.places = other.places;
        result.closed = closed || other.closed;
        if (result.closed) std::erase_if(result.places, [&](const PlaceCode& code) { return has(result.places_out, code); });
    } else {
        result.places = duenotice::united(places, other.places);
        result.places_out = duenotice::united(places_out, other.places_out);
        result.closed = closed || other.closed;
        for (const PlaceCode& code : result.places)  // a closed list rules out what it does not name
            if ((closed && !has(places, code)) || (other.closed && !has(other.places, code))) result.places_out = duenotice::united(result.places_out, {code});
    }
    result.low = std::max(low, other.low);
    result.high = std::min(high, other.high);
    result.not_yet_possible = not_yet_possible && other.not_yet_possible;
    result.happened_possible = happened_possible && other.happened_possible;
    if (is_time(type) && result.low > result.high) {
        result.happened_possible = false;
        result.low = lowest;
        result.high = highest;
    }
    if (result.currency.empty()) result.currency = other.currency;
    else if (!other.currency.empty() && other.currency != result.currency) {
        result.low = 1;
        result.high = 0;
    }
    if (!result.estimate) result.estimate = other.estimate;
    result.cannot_be_determined = cannot_be_determined || other.cannot_be_determined;
    result.provisional = provisional || other.provisional;
    if (!result.provisional_outcome) result.provisional_outcome = other.provisional_outcome;
    if (!result.text) result.text = other.text;
    if (!result.period) result.period = other.period;
    return result;
}

Known Known::united(const Known& other) const {
    Known result = *this;
    result.possible |= other.possible;
    result.in &= other.in;
    result.out &= other.out;
    result.closed = closed && other.closed;
    if (type == ValueType::Place) result.places = duenotice::united(places, other.places);
    const bool time = is_time(type);
    if (!time || happened_possible == other.happened_possible) {
        result.low = std::min(low, other.low);
        result.high = std::max(high, other.high);
    } else if (other.happened_possible) {
        result.low = other.low;
        result.high = other.high;
    }
    result.not_yet_possible = not_yet_possible || other.not_yet_possible;
    result.happened_possible = happened_possible || other.happened_possible;
    return result;
}

bool Known::subset_of(const Known& other) const {
    if (is_choice(type)) return (possible & ~other.possible).none();
    if (type == ValueType::Set) return (other.in & ~in).none() && (other.out & ~out).none();
    if (type == ValueType::Place || type == ValueType::PlaceSet) {
        const Known both_known = narrowed(other);
        return both_known.places == places && both_known.closed == closed;
    }
    if (is_time(type)) {
        if (not_yet_possible && !other.not_yet_possible) return false;
        return !happened_possible || (other.happened_possible && other.low <= low && high <= other.high);
    }
    return other.low <= low && high <= other.high;
}

std::string words(const Known& known, const FactDeclaration& declaration) {
    std::string text;
    if (known.cannot_be_determined) return "cannot be determined";
    if (is_choice(known.type)) {
        if (known.provisional && known.provisional_outcome && *known.provisional_outcome < declaration.choices.size())
            return declaration.choices[*known.provisional_outcome].token + " (provisional)";
        if (known.possible == all_choices(declaration)) return known.type == ValueType::Judgement ? "not yet made" : "not known yet";
        return join(tokens(known.possible, declaration), " or ");
    }
    if (known.type == ValueType::Set) {
        const auto in = tokens(known.in, declaration), out = tokens(known.out, declaration);
        const bool exact = known.is_exact(declaration);
        if (in.empty() && out.empty()) return "not known yet";
        text = in.empty() ? (exact ? "nothing" : "") : join(in, ", ");
        if (!exact && !out.empty()) text += (text.empty() ? "not " : "; not ") + join(out, ", ");
        return exact ? text : text + "; others open";
    }
    if (known.type == ValueType::Place) return known.closed ? join(known.places, " or ") : "not known yet";
    if (known.type == ValueType::PlaceSet) {
        if (known.places.empty() && known.places_out.empty()) return known.closed ? "nowhere" : "not known yet";
        text = join(known.places, ", ");
        if (!known.closed) text += (text.empty() ? "" : "; ") + (known.places_out.empty() ? std::string("others open") : "not " + join(known.places_out, ", ") + "; others open");
        return text;
    }
    if (known.type == ValueType::Text) return known.text.value_or("not known yet");
    if (known.type == ValueType::Duration && known.period) return words(*known.period);
    if (is_time(known.type)) {
        if (!known.happened_possible) return "not yet";
        const std::string range = range_word(known);
        if (!known.not_yet_possible) return range == "not known yet" ? "happened, not known when" : range;
        return range == "not known yet" ? range : "not yet, or " + range;
    }
    text = range_word(known);
    if (known.estimate) text = number_word(*known.estimate, known) + " (estimate)" + (text == "not known yet" ? "" : ", " + text);
    return text;
}

std::string json_words(const Known& known, const FactDeclaration& declaration) {
    const auto quoted = [](const std::string& word) { return "\"" + word + "\""; };
    const auto list = [&](const std::vector<std::string>& items) {
        std::string text;
        for (const std::string& item : items) text += (text.empty() ? "" : ", ") + quoted(item);
        return "[" + text + "]";
    };
    const auto value = [&](std::int64_t number) {
        const std::string word = number_word(number, known);
        return known.type == ValueType::Whole ? word : quoted(word);
    };
    if (known.cannot_be_determined) return "{\"cannot_be_determined\": true}";
    if (is_choice(known.type)) {
        const auto words_possible = tokens(known.possible, declaration);
        const char* member = known.type == ValueType::Judgement ? "outcome" : "value";
        return words_possible.size() == 1 ? fmt::format("{{\"{}\": {}}}", member, quoted(words_possible.front())) : "{\"one_of\": " + list(words_possible) + "}";
    }
    if (known.type == ValueType::Set)
        return known.is_exact(declaration) ? "{\"exactly\": " + list(tokens(known.in, declaration)) + "}"
                                           : "{\"has\": " + list(tokens(known.in, declaration)) + ", \"has_not\": " + list(tokens(known.out, declaration)) + "}";
    if (known.type == ValueType::Place) return known.places.size() == 1 ? "{\"value\": " + quoted(known.places.front()) + "}" : "{\"one_of\": " + list(known.places) + "}";
    if (known.type == ValueType::PlaceSet)
        return known.closed ? "{\"exactly\": " + list(known.places) + "}" : "{\"has\": " + list(known.places) + ", \"has_not\": " + list(known.places_out) + "}";
    if (known.type == ValueType::Text) return "{\"value\": " + quoted(known.text.value_or("")) + "}";
    if (is_time(known.type)) {
        if (!known.happened_possible) return "{\"not_yet\": true}";
        if (known.low == known.high) return "{\"value\": " + value(known.low) + "}";
        if (known.low <= Known::lowest && known.high >= Known::highest) return "{\"happened\": true}";
        return "{\"from\": " + value(known.low) + ", \"until\": " + value(known.high + 1) + "}";
    }
    if (known.low == known.high) return "{\"value\": " + value(known.low) + "}";
    std::string text;
    if (known.low > 0) text = "\"at_least\": " + value(known.low);
    if (known.high < Known::highest) text += (text.empty() ? "" : ", ") + ("\"at_most\": " + value(known.high));
    return "{" + text + "}";
}

}  // namespace duenotice
