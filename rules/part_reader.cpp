#include "rules/part_reader.h"

#include "rules/attribute_value.h"
#include "rules/file_table.h"

namespace duenotice {

std::string_view PartReader::text(std::string_view name) const {
    const XmlAttribute* attribute = element_.attribute(name);
    return attribute != nullptr ? attribute->value.view() : std::string_view();
}

std::vector<std::string> PartReader::words(std::string_view name) const {
    return split_words(text(name));
}
std::optional<Date> PartReader::day(std::string_view name) const {
    return Date::parse(text(name));
}
std::optional<Instant> PartReader::instant(std::string_view name) const {
    return parse_instant(text(name));
}
std::optional<Period> PartReader::period(std::string_view name) const {
    return parse_period(text(name));
}
int PartReader::number(std::string_view name) const {
    return parse_number(text(name), 0, 9'999'999).value_or(0);
}

bool PartReader::yes(std::string_view name, bool standard) const {
    const XmlAttribute* attribute = element_.attribute(name);
    return attribute != nullptr ? attribute->value == "yes" : standard;
}

char PartReader::grade(char standard) const {
    const std::string_view value = text("grade");
    return value.size() == 1 ? value.front() : standard;
}

std::size_t PartReader::position(std::string_view name) const {
    return choice_position(element_.name, name, text(name));
}

Citation PartReader::citation(bool with_words) const {
    Citation citation;
    citation.provision = text("provision");
    citation.address = text("address");
    citation.as_existed_on = day("as-existed-on");
    if (with_words) citation.words = words_of_text();
    citation.span = element_.span;
    return citation;
}

TermPtr PartReader::fact_term(std::string_view name) const {
    const XmlAttribute* attribute = element_.attribute(name);
    if (attribute == nullptr || attribute->value.empty()) return nullptr;
    auto term = std::make_shared<Term>();
    term->kind = Term::Kind::Fact;
    term->name = attribute->value;
    term->span = attribute->span;
    return term;
}

Span PartReader::place(std::string_view name) const {
    const XmlAttribute* attribute = element_.attribute(name);
    return attribute != nullptr ? attribute->span : element_.span;
}

ExpressionText PartReader::expression() const {
    return {element_.span.source, element_.text,
            [this](std::size_t begin, std::size_t end) { return element_.text_span(begin, end); }};
}

ConditionPtr PartReader::condition() {
    if (!element_.has_text()) return nullptr;
    Checked<ConditionPtr> parsed = parse_condition(expression());
    diagnostics_.append(parsed.diagnostics);
    return parsed ? *parsed : nullptr;
}

TermPtr PartReader::term() {
    if (!element_.has_text()) return nullptr;
    Checked<TermPtr> parsed = parse_term(expression());
    diagnostics_.append(parsed.diagnostics);
    return parsed ? *parsed : nullptr;
}

std::optional<SelectionText> PartReader::selection() {
    if (!element_.has_text()) return {};
    Checked<SelectionText> parsed = parse_selection(expression());
    diagnostics_.append(parsed.diagnostics);
    return parsed ? std::optional<SelectionText>(*parsed) : std::nullopt;
}

std::string PartReader::words_of_text() const {
    return single_blanks(element_.text);
}

ConditionPtr PartReader::child_condition(std::string_view name) {
    const XmlElement* child = element_.child(name);
    return child != nullptr ? PartReader(*child, diagnostics_).condition() : nullptr;
}

TermPtr PartReader::child_term(std::string_view name) {
    const XmlElement* child = element_.child(name);
    return child != nullptr ? PartReader(*child, diagnostics_).term() : nullptr;
}

Diagnostic& PartReader::error(std::string code, std::string message, std::string help) {
    return diagnostics_.error(std::move(code), element_.span, std::move(message), std::move(help));
}

}  // namespace duenotice
