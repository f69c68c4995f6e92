#pragma once
// Reads one element of a law file whose shape has been checked (rules/file_shape.h): attributes by kind, its text as
// condition, term, selection or plain words. A value of the wrong kind reads as if it were missing: the shape has said
// so.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/expression_parser.h"
#include "rules/obligation.h"
#include "rules/xml_reader.h"

namespace duenotice {

class PartReader {
public:
    PartReader(const XmlElement& element, Diagnostics& diagnostics) : element_(element), diagnostics_(diagnostics) {}

    const XmlElement& element() const { return element_; }
    Diagnostics& diagnostics() { return diagnostics_; }

    bool has(std::string_view name) const { return element_.attribute(name) != nullptr; }
    /// Empty when it is missing; lives as long as the element.
    std::string_view text(std::string_view name) const;
    std::vector<std::string> words(std::string_view name) const;
    std::optional<Date> day(std::string_view name) const;
    std::optional<Instant> instant(std::string_view name) const;
    std::optional<Period> period(std::string_view name) const;
    /// 0 when it is missing or no number.
    int number(std::string_view name) const;
    bool yes(std::string_view name, bool standard = false) const;
    char grade(char standard = 'U') const;
    /// Position among the choices of rules/file_table.h as an enumerator; the first when it is missing.
    template <class Enumeration>
    Enumeration choice(std::string_view name) const {
        return static_cast<Enumeration>(position(name));
    }
    /// `provision`, `address`, `as-existed-on`; the text as words when `with_words`.
    Citation citation(bool with_words = false) const;
    /// The attribute as a fact term; null when it is missing.
    TermPtr fact_term(std::string_view name) const;
    /// Where the attribute stands, else the element.
    Span place(std::string_view name) const;

    /// Null when there is no text or it is wrong.
    ConditionPtr condition();
    TermPtr term();
    std::optional<SelectionText> selection();
    /// The text with single blanks.
    std::string words_of_text() const;

    /// Condition or term of the child with this name; null when there is none.
    ConditionPtr child_condition(std::string_view name);
    TermPtr child_term(std::string_view name);

    Diagnostic& error(std::string code, std::string message, std::string help = {});

private:
    ExpressionText expression() const;
    std::size_t position(std::string_view name) const;

    const XmlElement& element_;
    Diagnostics& diagnostics_;
};

}  // namespace duenotice
