#include "engine/value_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/json_object.h"
#include "engine/place_codes.h"
#include "rules/expression_parser.h"
#include "rules/number.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

std::vector<std::string_view> tokens_of(const FactDeclaration& declaration) {
    std::vector<std::string_view> result;
    for (const Choice& choice : declaration.choices) result.push_back(choice.token);
    return result;
}

void sort_unique(std::vector<PlaceCode>& places) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
}

}  // namespace

std::nullopt_t ValueReader::wrong(const JsonValue& value, std::string_view expected, std::string help) const {
    const bool scalar = value.is_string() || value.kind == JsonValue::Kind::Number;
    const std::string found = scalar ? fmt::format("`{}`", value.text) : value.kind == JsonValue::Kind::Bool ? fmt::format("`{}`", value.boolean) : std::string(kind_words(value.kind));
    context_.diagnostics.error("DN0521", value.span, fmt::format("`{}` is {}, not {}", declaration_.name, expected, found), std::move(help));
    return std::nullopt;
}

const JsonValue* ValueReader::text(const JsonValue& value, std::string_view expected, std::string help) const {
    if (value.is_string()) return &value;
    wrong(value, expected, std::move(help));
    return nullptr;
}

std::optional<std::uint32_t> ValueReader::choice(const JsonValue& value) const {
    if (declaration_.type == ValueType::YesNo && !value.is_string()) {
        const bool boolean = value.kind == JsonValue::Kind::Bool;
        context_.diagnostics.error("DN0514", value.span, fmt::format("`{}` is the string \"yes\" or \"no\"", declaration_.name),
                                   boolean ? fmt::format("write \"{}\" here", value.boolean ? "yes" : "no") : std::string());
        return {};
    }
    if (text(value, "one of its choices, a string") == nullptr) return {};
    if (const auto index = declaration_.choice_index(value.text)) return index;
    const auto tokens = tokens_of(declaration_);
    Diagnostic& diagnostic = context_.diagnostics.error("DN0520", value.span, fmt::format("`{}` has no choice `{}`", declaration_.name, value.text));
    diagnostic.suggestion = nearest(value.text, tokens);
    if (tokens.size() <= 8 || diagnostic.suggestion.empty())
        diagnostic.help = fmt::format("one of: {}{}", fmt::join(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(tokens.size(), 12)), ", "),
                                      tokens.size() > 12 ? fmt::format(" and {} more", tokens.size() - 12) : std::string());
    return {};
}

std::optional<ValueReader::Number> ValueReader::number(const JsonValue& value) const {
    Number result;
    switch (declaration_.type) {
        case ValueType::Whole: {
            if (value.is_string()) return wrong(value, "a whole number without quotes");
            if (value.kind != JsonValue::Kind::Number) return wrong(value, "a whole number");
            const auto whole = parse_whole(value.text);
            if (!whole) return wrong(value, fmt::format("a whole number from 0 to {}", most_whole));
            result.value = *whole;
            return result;
        }
        case ValueType::Share: {
            if (text(value, "a share in quotes", "for example \"12.5 %\"") == nullptr) return {};
            const auto share = parse_share(value.text);
            if (!share) return wrong(value, "a share", "for example \"12.5 %\", at most four decimals");
            result.value = *share;
            return result;
        }
        case ValueType::Money: {
            if (text(value, "an amount of money in quotes", "for example \"EUR 120000.50\"") == nullptr) return {};
            const auto money = parse_money(value.text);
            if (!money) return wrong(value, "an amount of money", "a currency of ISO 4217, a blank, digits, and the decimals of the currency or none: \"EUR 120000.50\"");
            result.value = money->minor;
            result.currency = money->currency;
            return result;
        }
        default: break;
    }
    if (text(value, "a duration in quotes", "for example \"72 hours\"") == nullptr) return {};
    const auto period = parse_period(value.text);
    if (!period || period->is_backward()) return wrong(value, "a duration", "a number and minutes, hours, days, working days, weeks, months or years: \"72 hours\"");
    result.period = period;
    const std::int64_t amount = period->amount;
    switch (period->unit) {
        case PeriodUnit::Minutes: result.value = amount * 60; break;
        case PeriodUnit::Hours: result.value = amount * 3600; break;
        case PeriodUnit::Days: result.value = amount * 86400; break;
        case PeriodUnit::Weeks: result.value = amount * 7 * 86400; break;
        default: result.exact = false;
    }
    return result;
}

std::optional<Known> ValueReader::time(const JsonValue& value) const {
    Known known = happened();
    if (declaration_.type == ValueType::Date) {
        const auto date = read_date(value, context_.diagnostics);
        if (!date) return {};
        known.low = known.high = date->days_since_1970();
        return known;
    }
    const auto moments = read_moments(value, context_);
    if (!moments) return {};
    known.low = moments->low;
    known.high = moments->high;
    return known;
}

std::optional<Known> ValueReader::value(const JsonValue& value) const {
    Known known = open();
    switch (declaration_.type) {
        case ValueType::YesNo:
        case ValueType::Choice:
        case ValueType::Judgement: {
            const auto index = choice(value);
            if (!index) return {};
            known.possible.reset();
            known.possible.set(*index);
            return known;
        }
        case ValueType::Set:
        case ValueType::PlaceSet:
            if (value.kind != JsonValue::Kind::Array && !is_none(value)) return wrong(value, "a list `[...]`", "others stay open; `{\"exactly\": [...]}` closes the list");
            return is_none(value) ? members(nullptr, nullptr, true) : members(&value, nullptr, false);
        case ValueType::Place:
            if (text(value, "the code of a place, a string") == nullptr) return {};
            if (std::optional<PlaceCode> place = read_place(value, context_.law, context_.diagnostics)) known.places.push_back(std::move(*place));
            else return {};
            known.closed = true;
            return known;
        case ValueType::Instant:
        case ValueType::Date: return time(value);
        case ValueType::Text:
            if (text(value, "a text in quotes") == nullptr) return {};
            if (value.text.empty()) return wrong(value, "a text", "leave the member out when it is not known");
            known.text = value.text;
            return known;
        default: break;
    }
    const auto single = number(value);
    if (!single) return {};
    known.period = single->period;
    known.currency = single->currency;
    if (single->exact) known.low = known.high = single->value;
    return known;
}

std::optional<Known> ValueReader::range(const JsonValue* low, const JsonValue* high) const {
    Known known = open();
    if (declaration_.type == ValueType::Choice) {
        const auto from = low == nullptr ? std::optional<std::uint32_t>(0) : choice(*low);
        const auto to = high == nullptr ? std::optional<std::uint32_t>(static_cast<std::uint32_t>(declaration_.choices.size()) - 1) : choice(*high);
        if (!from || !to) return {};
        for (std::uint32_t i = 0; i < declaration_.choices.size(); ++i)
            if (i < *from || i > *to) known.possible.reset(i);
    } else {
        const auto from = low == nullptr ? std::optional<Number>(Number{Known::open(declaration_).low, {}, {}, true}) : number(*low);
        const auto to = high == nullptr ? std::optional<Number>(Number{Known::highest, {}, {}, true}) : number(*high);
        if (!from || !to) return {};
        if (low != nullptr && high != nullptr && from->currency != to->currency) {
            context_.diagnostics.error("DN0522", high->span, fmt::format("`at_least` is in {}, `at_most` in {}", from->currency, to->currency));
            return {};
        }
        if (!from->exact || !to->exact) return wrong(from->exact ? *high : *low, "a range of durations with a fixed length", "months, years and working days have none");
        known.low = from->value;
        known.high = to->value;
        known.currency = low != nullptr ? from->currency : to->currency;
    }
    if (known.low <= known.high && !known.is_empty()) return known;
    context_.diagnostics.error("DN0522", high->span, fmt::format("`at_most` {} is below `at_least` {}", high->text, low->text));
    return {};
}

std::optional<Known> ValueReader::between(const JsonValue* from, const JsonValue* until) const {
    Known known = happened();
    if (from != nullptr) {
        const auto bound = time(*from);
        if (!bound) return {};
        known.low = bound->low;
    }
    if (until != nullptr) {
        const auto bound = time(*until);
        if (!bound) return {};
        known.high = bound->low - 1;
    }
    if (known.low <= known.high) return known;
    context_.diagnostics.error("DN0522", until->span, fmt::format("`until` {} is not after `from` {}", until->text, from->text), "`until` itself is excluded");
    return {};
}

bool ValueReader::is_none(const JsonValue& value) const { return value.is_string() && value.text == "none" && !declaration_.choice_index("none"); }

bool ValueReader::tokens(const JsonValue* list, ChoiceSet& set) const {
    if (list == nullptr) return true;
    if (list->kind != JsonValue::Kind::Array) return wrong(*list, "a list `[...]`"), false;
    bool good = true;
    for (const JsonValue& item : list->items) {
        const auto index = choice(item);
        if (index && set.test(*index)) context_.diagnostics.error("DN0505", item.span, fmt::format("`{}` stands twice in this list", item.text));
        good = good && index && !set.test(*index);
        if (index) set.set(*index);
    }
    return good;
}

bool ValueReader::codes(const JsonValue* list, std::vector<PlaceCode>& places) const {
    if (list == nullptr) return true;
    if (list->kind != JsonValue::Kind::Array) return wrong(*list, "a list `[...]`"), false;
    bool good = true;
    for (const JsonValue& item : list->items) {
        std::optional<PlaceCode> place;
        if (text(item, "a list of codes of places") != nullptr) place = read_place(item, context_.law, context_.diagnostics);
        if (!place) {
            good = false;
        } else if (std::find(places.begin(), places.end(), *place) != places.end()) {
            context_.diagnostics.error("DN0505", item.span, fmt::format("`{}` stands twice in this list", item.text));
            good = false;
        } else {
            places.push_back(std::move(*place));
        }
    }
    sort_unique(places);
    return good;
}

std::optional<Known> ValueReader::places(const JsonValue* in, const JsonValue* out, bool closed) const {
    Known known = open();
    const bool good = codes(in, known.places);
    if (!codes(out, known.places_out) || !good) return {};
    known.closed = closed;
    for (const PlaceCode& code : known.places)
        if (std::binary_search(known.places_out.begin(), known.places_out.end(), code)) {
            context_.diagnostics.error("DN0539", out->span, fmt::format("`{}` stands in `has` and in `has_not`", code));
            return {};
        }
    return known;
}

std::optional<Known> ValueReader::members(const JsonValue* in, const JsonValue* out, bool closed) const {
    if (declaration_.type == ValueType::PlaceSet || declaration_.type == ValueType::Place) return places(in, out, closed);
    Known known = open();
    if (in != nullptr && in->items.size() == 1 && is_none(in->items.front())) return members(nullptr, out, true);
    const bool good = tokens(in, known.in);
    if (!tokens(out, known.out) || !good) return {};
    const ChoiceSet twice = known.in & known.out;
    for (std::size_t i = 0; i < declaration_.choices.size(); ++i) {
        if (twice.test(i)) {
            context_.diagnostics.error("DN0539", out->span, fmt::format("`{}` stands in `has` and in `has_not`", declaration_.choices[i].token));
            return {};
        }
        if (closed && !known.in.test(i)) known.out.set(i);
    }
    return known;
}

std::optional<Known> ValueReader::one_of(const JsonValue& list) const {
    Known known = open();
    if (list.kind != JsonValue::Kind::Array || list.items.empty()) return wrong(list, "`one_of` a list `[...]` of at least one");
    if (declaration_.type == ValueType::Place) {
        known.closed = true;
        return codes(&list, known.places) ? std::optional<Known>(known) : std::nullopt;
    }
    known.possible.reset();
    return tokens(&list, known.possible) ? std::optional<Known>(known) : std::nullopt;
}

Known ValueReader::not_yet() const {
    Known known = open();
    known.happened_possible = false;
    return known;
}

Known ValueReader::happened() const {
    Known known = open();
    if (is_time(declaration_.type)) known.not_yet_possible = false;
    return known;
}

bool settle_time(Known& known, bool planned, const Span& span, const StatementContext& context) {
    if (!is_time(known.type) || !known.happened_possible) return true;
    if (planned) {
        known.not_yet_possible = true;
        known.happened_possible = context.as_of && known.type == ValueType::Instant && known.low <= context.as_of->seconds;
        if (known.happened_possible) {
            // The plan's time has come; that it was kept is not known.
            known.low = Known::lowest;
            known.high = Known::highest;
        }
        return true;
    }
    if (!context.as_of) return true;
    // A day is compared by its first second anywhere on earth (UTC+14), so that no zone makes it future wrongly.
    const std::int64_t now = context.as_of->seconds;
    const std::int64_t latest = known.type == ValueType::Instant ? now : (now + 14 * 3600) / 86400;
    if (known.low > latest) {
        context.diagnostics.error("DN0524", span, "this is after the instant as of which the account is read",
                                  "write \"planned\": true beside it when it is a plan");
        return false;
    }
    if (known.type == ValueType::Instant) known.high = known.high >= Known::highest ? known.high : std::min(known.high, latest);
    return true;
}

}  // namespace duenotice
