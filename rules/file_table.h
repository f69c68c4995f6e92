#pragma once
// The one table of elements that a law book may hold: for each its attributes with their kinds, the elements inside and
// what its own text is. rules/file_shape.h judges files by it, the readers take their enumerations from it, and the
// reference in rules/LANGUAGE.md is printed from it. Counting laws and calendars have tables of their own.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

/// What the text directly inside an element is.
enum class ElementText : std::uint8_t {
    None,
    Words,  ///< required
    OptionalWords,
    Condition,  ///< required
    OptionalCondition,
    Term,       ///< required
    Selection,  ///< required: SELECTION [where test]
    OptionalPeriod,
    Facts,  ///< short facts, or nothing
    Json    ///< required
};

struct AttributeRule {
    std::string_view name;
    bool required = false;
    /// text, id, ids, words, day, instant, yes, grade, period, time, window, zone, language, number, choice, choices
    std::string_view kind;
    std::vector<std::string_view> choices;  ///< choice, choices
    int low = 0, high = 0;                  ///< number
};

struct ElementRule;

struct ChildRule {
    std::string_view name;
    bool required = false;
    bool single = false;
    const ElementRule* rule = nullptr;  ///< find_rule of the parent and this
};

struct ElementRule {
    std::string_view parent;  ///< empty: wherever a parent lists it
    std::string_view name;
    std::vector<AttributeRule> attributes;
    std::vector<ChildRule> children;
    ElementText text = ElementText::None;

    const AttributeRule* attribute(std::string_view attribute_name) const;
};

/// In the order in which LANGUAGE.md explains them.
const std::vector<ElementRule>& element_rules();
/// The rule of an element inside a parent (empty: a root element); null when there is none.
const ElementRule* find_rule(std::string_view parent, std::string_view name);
/// Position of a value among the attribute's choices in the first rule for this element that has it; 0 when there is
/// none.
std::size_t choice_position(std::string_view element, std::string_view attribute, std::string_view value);
/// The reference of all elements as a Markdown table.
std::string element_reference();

}  // namespace duenotice
