#pragma once
// Reads one element of a law file strictly: attributes through AttributeReader, element text as condition, term or plain
// words, children by name from a closed list. Everything that nobody asked for is a mistake with its place.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "rules/attribute_reader.h"
#include "rules/expression_parser.h"
#include "rules/obligation.h"
#include "rules/xml_reader.h"

namespace duenotice {

class PartReader : public AttributeReader {
public:
    PartReader(const XmlElement& element, Diagnostics& diagnostics) : AttributeReader(element, diagnostics), element_(element), diagnostics_(diagnostics) {}

    const XmlElement& element() const { return element_; }
    Diagnostics& diagnostics() { return diagnostics_; }

    /// Only these children; others are errors with the nearest name.
    void children_are(std::initializer_list<std::string_view> names);
    /// The element's own text; null and an error when it is missing or wrong.
    ConditionPtr condition();
    /// Null without an error when there is no text.
    ConditionPtr optional_condition();
    TermPtr term();
    std::optional<SelectionText> selection();
    /// Words with single blanks.
    std::string words_of_text() const;
    std::optional<Period> period(std::string_view name);
    bool yes(std::string_view name, bool standard = false);
    /// `provision`, `address`, `as-existed-on`, and the text as words when `with_words`.
    Citation citation(bool with_words = false);
    std::optional<Instant> instant(std::string_view name);
    /// An id of letters, digits, `.`, `_`, `-`.
    std::string id(std::string_view name = "id");

private:
    ExpressionText expression() const;

    const XmlElement& element_;
    Diagnostics& diagnostics_;
};

/// Condition or term of the first child with this name; null when there is none.
ConditionPtr child_condition(const XmlElement& element, std::string_view name, Diagnostics& diagnostics);
TermPtr child_term(const XmlElement& element, std::string_view name, Diagnostics& diagnostics);

}  // namespace duenotice
