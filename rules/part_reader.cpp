#include "rules/part_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/suggest.h"

namespace duenotice {

void PartReader::children_are(std::initializer_list<std::string_view> names) {
    for (const XmlElement& child : element_.children) {
        if (std::find(names.begin(), names.end(), child.name) != names.end()) continue;
        Diagnostic& diagnostic = diagnostics_.error("DN0301", child.span, fmt::format("`{}` has no element `{}`", element_.name, child.name),
                                                    names.size() == 0 ? std::string("it holds text only") : fmt::format("it may hold: {}", fmt::join(names, ", ")));
        diagnostic.suggestion = nearest(child.name, std::vector<std::string_view>(names));
    }
}

ExpressionText PartReader::expression() const {
    return {element_.span.source, element_.text, [this](std::size_t begin, std::size_t end) { return element_.text_span(begin, end); }};
}

ConditionPtr PartReader::condition() {
    if (!element_.has_text()) {
        diagnostics_.error("DN0302", element_.span, fmt::format("`{}` needs a condition", element_.name), "write it as the element's text, such as `data.personal is yes`");
        return nullptr;
    }
    Checked<ConditionPtr> parsed = parse_condition(expression());
    diagnostics_.append(parsed.diagnostics);
    return parsed ? *parsed : nullptr;
}

ConditionPtr PartReader::optional_condition() { return element_.has_text() ? condition() : nullptr; }

TermPtr PartReader::term() {
    if (!element_.has_text()) {
        diagnostics_.error("DN0302", element_.span, fmt::format("`{}` needs a fact or another term", element_.name));
        return nullptr;
    }
    Checked<TermPtr> parsed = parse_term(expression());
    diagnostics_.append(parsed.diagnostics);
    return parsed ? *parsed : nullptr;
}

std::optional<SelectionText> PartReader::selection() {
    Checked<SelectionText> parsed = parse_selection(expression());
    diagnostics_.append(parsed.diagnostics);
    return parsed ? std::optional<SelectionText>(*parsed) : std::nullopt;
}

std::string PartReader::words_of_text() const {
    std::string words;
    for (const char c : element_.text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            if (!words.empty() && words.back() != ' ') words += ' ';
        } else {
            words += c;
        }
    }
    if (!words.empty() && words.back() == ' ') words.pop_back();
    return words;
}

std::optional<Period> PartReader::period(std::string_view name) {
    if (!has(name)) {
        text(name);
        return {};
    }
    const auto value = parse_period(text(name));
    if (!value) wrong(name, fmt::format("`{}` is not an amount of time", text(name)), "such as `72 hours`, `1 month`, `5 working days`");
    return value;
}

bool PartReader::yes(std::string_view name, bool standard) {
    const auto value = choice(name, {"no", "yes"});
    return value ? *value == 1 : standard;
}

Citation PartReader::citation(bool with_words) {
    Citation citation;
    citation.provision = text("provision");
    citation.address = text("address");
    citation.as_existed_on = date("as-existed-on");
    if (with_words) citation.words = words_of_text();
    citation.span = element_.span;
    return citation;
}

std::optional<Instant> PartReader::instant(std::string_view name) {
    if (!has(name)) {
        text(name);
        return {};
    }
    const auto value = parse_instant(text(name));
    if (!value) wrong(name, fmt::format("`{}` is not an instant", text(name)), "write it as 2026-03-09T13:20+01:00, with its offset");
    return value;
}

std::string PartReader::id(std::string_view name) {
    const std::string value = required(name);
    const bool well_formed = std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
    if (!value.empty() && (!well_formed || value.front() == '.' || value.back() == '.' || value.size() > 96 || value.find("..") != std::string::npos))
        wrong(name, fmt::format("`{}` is not an id", value), "letters, digits, `.`, `_`, `-`");
    return value;
}

ConditionPtr child_condition(const XmlElement& element, std::string_view name, Diagnostics& diagnostics) {
    const XmlElement* child = element.child(name);
    if (child == nullptr) return nullptr;
    PartReader reader(*child, diagnostics);
    reader.children_are({});
    reader.finish();
    return reader.condition();
}

TermPtr child_term(const XmlElement& element, std::string_view name, Diagnostics& diagnostics) {
    const XmlElement* child = element.child(name);
    if (child == nullptr) return nullptr;
    PartReader reader(*child, diagnostics);
    reader.children_are({});
    reader.finish();
    return reader.term();
}

}  // namespace duenotice
