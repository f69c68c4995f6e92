#include "rules/attribute_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/attribute_value.h"

namespace duenotice {

namespace {

std::optional<int> digits(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text.empty() || text.size() > 6) return {};
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

/// Two numbers of two digits each with a mark between them.
std::optional<std::pair<int, int>> pair_of_two(std::string_view text, char mark) {
    if (text.size() != 5 || text[2] != mark) return {};
    for (const std::size_t at : {0U, 1U, 3U, 4U}) {
        if (text[at] < '0' || text[at] > '9') return {};
    }
    return std::pair((text[0] - '0') * 10 + (text[1] - '0'), (text[3] - '0') * 10 + (text[4] - '0'));
}

}  // namespace

const XmlAttribute* AttributeReader::find(std::string_view name) {
    asked_.emplace(name);
    for (const XmlAttribute& attribute : element_.attributes) {
        if (attribute.name == name) return &attribute;
    }
    return nullptr;
}

bool AttributeReader::has(std::string_view name) const {
    return std::any_of(element_.attributes.begin(), element_.attributes.end(),
                       [&](const XmlAttribute& attribute) { return attribute.name == name; });
}

std::string AttributeReader::required(std::string_view name) {
    const XmlAttribute* attribute = find(name);
    if (attribute && !attribute->value.empty()) return attribute->value;
    diagnostics_.error("DN0611", attribute ? attribute->span : element_.span,
                       fmt::format("`{}` needs the attribute `{}`", element_.name, name));
    return {};
}

std::string AttributeReader::text(std::string_view name) {
    const XmlAttribute* attribute = find(name);
    return attribute ? attribute->value : std::string();
}

void AttributeReader::wrong(std::string_view name, std::string message, std::string help) {
    const XmlAttribute* attribute = find(name);
    diagnostics_.error("DN0612", attribute ? attribute->span : element_.span, std::move(message), std::move(help));
}

std::optional<int> AttributeReader::number(std::string_view name, int low, int high) {
    const XmlAttribute* attribute = find(name);
    if (!attribute) return {};
    const auto value = digits(attribute->value);
    if (value && *value >= low && *value <= high) return value;
    wrong(name, fmt::format("`{}` is not a whole number from {} to {}", attribute->value, low, high));
    return {};
}

std::optional<Date> AttributeReader::date(std::string_view name) {
    const XmlAttribute* attribute = find(name);
    if (!attribute) return {};
    const auto value = Date::parse(attribute->value);
    if (!value) wrong(name, fmt::format("`{}` is not a day", attribute->value), "write it as YYYY-MM-DD");
    return value;
}

std::optional<std::pair<int, int>> AttributeReader::month_day(std::string_view name) {
    const XmlAttribute* attribute = find(name);
    if (!attribute) return {};
    const auto value = pair_of_two(attribute->value, '-');
    if (value && Date::from_ymd(2000, value->first, value->second)) return value;
    wrong(name, fmt::format("`{}` is not a day of the year", attribute->value), "write it as MM-DD");
    return {};
}

std::optional<int> AttributeReader::time(std::string_view name) {
    const XmlAttribute* attribute = find(name);
    if (!attribute) return {};
    const auto value = pair_of_two(attribute->value, ':');
    if (value && value->first < 24 && value->second < 60) return (value->first * 60 + value->second) * 60;
    wrong(name, fmt::format("`{}` is not a time of day", attribute->value), "write it as HH:MM, 00:00 to 23:59");
    return {};
}

std::vector<std::string> AttributeReader::words(std::string_view name) {
    const XmlAttribute* attribute = find(name);
    return attribute ? split_words(attribute->value) : std::vector<std::string>();
}

std::optional<std::size_t> AttributeReader::choice(std::string_view name,
                                                   const std::vector<std::string_view>& choices) {
    const XmlAttribute* attribute = find(name);
    if (!attribute) return {};
    const auto found = std::find(choices.begin(), choices.end(), attribute->value);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    wrong(name, fmt::format("`{}` has no value `{}`", name, attribute->value),
          fmt::format("one of: {}", fmt::join(choices, ", ")));
    return {};
}

char AttributeReader::grade() {
    const std::string value = required("grade");
    if (value == "T" || value == "C" || value == "S" || value == "U" || value == "O") return value.front();
    if (!value.empty()) wrong("grade", fmt::format("there is no grade `{}`", value), "one of: T, C, S, U, O");
    return 'U';
}

void AttributeReader::finish() {
    for (const XmlAttribute& attribute : element_.attributes) {
        if (asked_.find(attribute.name.view()) != asked_.end()) continue;
        diagnostics_.error("DN0613", attribute.span,
                           fmt::format("`{}` has no attribute `{}`", element_.name, attribute.name),
                           fmt::format("it has: {}", fmt::join(asked_, ", ")));
    }
}

}  // namespace duenotice
