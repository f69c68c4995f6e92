#include "rules/file_shape.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/attribute_value.h"
#include "rules/expression_parser.h"
#include "rules/file_table.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

struct Wrong {
    std::string message, help, suggestion;
    std::string_view word = {};  ///< of a list: the one that is wrong
};

std::optional<Wrong> wrong_choice(const AttributeRule& rule, std::string_view value) {
    if (std::find(rule.choices.begin(), rule.choices.end(), value) != rule.choices.end()) return {};
    return Wrong{fmt::format("`{}` has no value `{}`", rule.name, value),
                 fmt::format("one of: {}", fmt::join(rule.choices, ", ")), nearest(value, rule.choices)};
}

std::optional<Wrong> wrong_list(const AttributeRule& rule, std::string_view value) {
    for (const std::string& word : split_words(value)) {
        std::optional<Wrong> wrong;
        if (rule.kind == "choices") wrong = wrong_choice(rule, word);
        if (rule.kind == "ids" && !is_law_id(word))
            wrong = Wrong{fmt::format("`{}` is not an id", word), "letters, digits, `.`, `_`, `-`", ""};
        if (!wrong) continue;
        wrong->word = value.substr(value.find(word), word.size());
        return wrong;
    }
    return {};
}

/// Why the value does not fit its kind; empty when it does.
std::optional<Wrong> wrong_value(const AttributeRule& rule, std::string_view value) {
    const std::string_view kind = rule.kind;
    const auto when = [&](bool bad, std::string_view what, std::string_view help) -> std::optional<Wrong> {
        if (!bad) return {};
        return Wrong{fmt::format("`{}` {}", value, what), std::string(help), ""};
    };
    if (kind == "text") return {};
    if (kind == "choice" || kind == "yes") return wrong_choice(rule, value);
    if (kind == "choices" || kind == "ids" || kind == "words") return wrong_list(rule, value);
    if (kind == "id") return when(!is_law_id(value), "is not an id", "letters, digits, `.`, `_`, `-`");
    if (kind == "day") return when(!Date::parse(value), "is not a day", "write it as YYYY-MM-DD");
    if (kind == "instant")
        return when(!parse_instant(value), "is not an instant", "write it as 2026-03-09T13:20+01:00, with its offset");
    if (kind == "grade")
        return when(value.size() != 1 || std::string_view("TCSOU").find(value) == std::string_view::npos,
                    "is not a grade", "one of: T, C, S, O, U");
    if (kind == "period")
        return when(!parse_period(value), "is not an amount of time",
                    "such as `72 hours`, `1 month`, `5 working days`");
    if (kind == "time")
        return when(!parse_time_of_day(value), "is not a time of day", "write it as HH:MM, 00:00 to 23:59");
    if (kind == "window") return when(!parse_window(value), "is not a window of a day", "write it as 07:00-16:00");
    if (kind == "zone") return when(!is_zone_name(value), "is not a time zone", "such as Europe/Brussels");
    if (kind == "number" && !parse_number(value, rule.low, rule.high))
        return when(true, fmt::format("is not a whole number from {} to {}", rule.low, rule.high), "");
    return {};
}

class ShapeChecker {
public:
    ShapeChecker(Diagnostics& diagnostics, ShapeMode mode) : diagnostics_(diagnostics), mode_(mode) {}

    /// Without a rule the parent has said so.
    void element(const XmlElement& element, const ElementRule* rule) {
        if (rule == nullptr) return;
        attributes(element, *rule);
        text(element, *rule);
        children(element, *rule);
    }

private:
    /// The first two elements of one name.
    struct Seen {
        const XmlElement* first = nullptr;
        const XmlElement* second = nullptr;
    };

    static Span name_span(const XmlAttribute& attribute) {
        if (!attribute.span.source) return attribute.span;
        const std::string_view before = attribute.span.source->text().substr(0, attribute.span.begin);
        const std::size_t at = before.rfind(attribute.name);
        if (at == std::string_view::npos) return attribute.span;
        return {attribute.span.source, at, at + attribute.name.size()};
    }

    void attributes(const XmlElement& element, const ElementRule& rule) {
        for (const XmlAttribute& attribute : element.attributes) {
            const AttributeRule* known = rule.attribute(attribute.name);
            if (known == nullptr)
                unknown(element, rule, attribute);
            else
                value(element, *known, attribute);
        }
        if (mode_ == ShapeMode::Template) return;
        for (const AttributeRule& wanted : rule.attributes)
            if (wanted.required && element.attribute(wanted.name) == nullptr)
                diagnostics_.error("DN0314", element.span,
                                   fmt::format("`{}` needs the attribute `{}`", element.name, wanted.name));
    }

    void unknown(const XmlElement& element, const ElementRule& rule, const XmlAttribute& attribute) {
        std::vector<std::string_view> names;
        for (const AttributeRule& known : rule.attributes) names.push_back(known.name);
        const std::string near = nearest(attribute.name, names);
        std::string help;
        if (near.empty()) help = names.empty() ? "it has none" : fmt::format("it has: {}", fmt::join(names, ", "));
        diagnostics_
            .error("DN0316", name_span(attribute),
                   fmt::format("`{}` has no attribute `{}`", element.name, attribute.name), help)
            .suggestion = near;
    }

    void value(const XmlElement& element, const AttributeRule& rule, const XmlAttribute& attribute) {
        if (mode_ == ShapeMode::Template && attribute.value.find("$(") != std::string_view::npos) return;
        if (rule.kind == "language") {
            if (attribute.value != "1")
                diagnostics_.error("DN0319", attribute.span,
                                   fmt::format("this file is written in rule language `{}`", attribute.value),
                                   "this program reads language 1");
            return;
        }
        if (attribute.value.empty()) {
            if (rule.required)
                diagnostics_.error("DN0314", name_span(attribute),
                                   fmt::format("`{}` needs the attribute `{}`", element.name, rule.name));
            else if (rule.kind != "text" && rule.kind != "words")
                diagnostics_.error("DN0315", name_span(attribute), fmt::format("`{}` is empty", rule.name),
                                   "leave it out or give it a value");
            return;
        }
        const auto wrong = wrong_value(rule, attribute.value);
        if (!wrong) return;
        Span span = attribute.span;
        if (!wrong->word.empty() && span.end - span.begin == attribute.value.size()) {  // no references inside
            span.begin += static_cast<std::size_t>(wrong->word.data() - attribute.value.data());
            span.end = span.begin + wrong->word.size();
        }
        diagnostics_.error("DN0315", span, wrong->message, wrong->help).suggestion = wrong->suggestion;
    }

    void text(const XmlElement& element, const ElementRule& rule) {
        const bool has_text = element.has_text();
        if (rule.text == ElementText::None && has_text) {
            const std::size_t begin = element.text.view().find_first_not_of(" \t\r\n");
            const std::size_t end = element.text.view().find_first_of("\r\n", begin);
            diagnostics_.error(
                "DN0317", element.text_span(begin, std::min(end, element.text.size())),
                fmt::format("`{}` holds no text of its own", element.name),
                rule.children.empty() ? std::string() : "put it into one of the elements inside, or into a comment");
        }
        if (has_text || mode_ == ShapeMode::Template) return;
        const auto missing = [&](std::string_view what, std::string help) {
            diagnostics_.error("DN0302", element.span, fmt::format("`{}` needs {}", element.name, what),
                               std::move(help));
        };
        switch (rule.text) {
            case ElementText::Words:
                return missing("words", "write them as the element's text");
            case ElementText::Condition:
                return missing("a condition", "write it as the element's text, such as `data.personal is yes`");
            case ElementText::Term:
                return missing("a fact or another term", "write it as the element's text, such as `entity.aware_at`");
            case ElementText::Selection:
                return missing("a selection", "such as `place where (population.heads at least 1)`");
            case ElementText::Json:
                return missing("JSON", "write it as the element's text, best in CDATA");
            default:
                return;
        }
    }

    void children(const XmlElement& element, const ElementRule& rule) {
        std::vector<Seen> seen(element.children.empty() ? 0 : rule.children.size());
        for (const XmlElement& child : element.children) {
            const auto known = std::find_if(rule.children.begin(), rule.children.end(),
                                            [&](const ChildRule& one) { return one.name == child.name; });
            if (known == rule.children.end()) {
                unknown_child(element, rule, child);
                continue;
            }
            Seen& so_far = seen[static_cast<std::size_t>(known - rule.children.begin())];
            if (so_far.first == nullptr) so_far.first = &child;
            else if (so_far.second == nullptr) so_far.second = &child;
            const ShapeMode before = mode_;
            if (rule.name == "template") mode_ = ShapeMode::Template;
            this->element(child, known->rule);
            mode_ = before;
        }
        for (std::size_t i = 0; i < rule.children.size(); ++i) count(element, rule.children[i], seen.empty() ? Seen() : seen[i]);
    }

    void unknown_child(const XmlElement& element, const ElementRule& rule, const XmlElement& child) {
        std::vector<std::string_view> names;
        for (const ChildRule& one : rule.children) names.push_back(one.name);
        const std::string near = nearest(child.name, names);
        std::string help;
        if (near.empty())
            help = names.empty() ? "it holds no elements" : fmt::format("it may hold: {}", fmt::join(names, ", "));
        diagnostics_
            .error("DN0301", child.span, fmt::format("`{}` has no element `{}`", element.name, child.name), help)
            .suggestion = near;
    }

    void count(const XmlElement& element, const ChildRule& wanted, const Seen& seen) {
        if (seen.second != nullptr && wanted.single)
            diagnostics_
                .error("DN0318", seen.second->span, fmt::format("`{}` has one `{}` at most", element.name, wanted.name))
                .related.emplace_back(seen.first->span, "the first");
        if (seen.first == nullptr && wanted.required)
            diagnostics_.error(
                "DN0318", element.span,
                fmt::format("`{}` needs {} `{}`", element.name, wanted.single ? "one" : "at least one", wanted.name));
    }

    Diagnostics& diagnostics_;
    ShapeMode mode_;
};

}  // namespace

void check_shape(const XmlElement& element, std::string_view parent, Diagnostics& diagnostics, ShapeMode mode) {
    ShapeChecker(diagnostics, mode).element(element, find_rule(parent, element.name));
}

}  // namespace duenotice
