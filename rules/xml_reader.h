#pragma once
// The only door to XML for law and data files: strict, with exact places, hostile until proven otherwise. Expat checks
// well-formedness; size, depth and node limits come first; DOCTYPE, entities beyond the five and processing
// instructions are refused, and an encoding other than UTF-8. Every element, attribute value and stretch of text knows where it stands in the source.

#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"
#include "rules/xml_text.h"

namespace duenotice {

struct XmlAttribute {
    XmlText name;
    XmlText value;
    Span span;  ///< the value without its quotes
};

struct XmlElement {
    XmlText name;
    std::vector<XmlAttribute> attributes;
    std::vector<XmlElement> children;
    XmlText text;  ///< all character data directly inside, in order
    Span span;         ///< the start tag

    const XmlAttribute* attribute(std::string_view attribute_name) const;
    const XmlElement* child(std::string_view child_name) const;
    bool has_text() const;  ///< anything but blanks
    /// Place of text[begin, end) in the source.
    Span text_span(std::size_t begin, std::size_t end) const;
    Span text_span() const { return text_span(0, text.size()); }

    /// Where a stretch of `text` stands in the source: letter for letter when both are equally long, else a reference
    /// (`&lt;`) or a line end of two characters, which has one place as a whole.
    struct Piece {
        std::size_t text_begin = 0;
        std::size_t source_begin = 0;
        std::size_t source_end = 0;
    };
    std::vector<Piece> pieces;  ///< none when the text stands in the source as it is
    /// The pieces, one when the text stands in the source as it is.
    std::vector<Piece> all_pieces() const;
};

inline constexpr std::size_t xml_most_bytes = 16U << 20U;
inline constexpr int xml_most_depth = 64;
inline constexpr std::size_t xml_most_nodes = 500'000;  ///< elements, attributes and references together

/// The root element, or the mistake with its place (DN0101 to DN0108).
Checked<XmlElement> read_xml(SourcePtr source);

}  // namespace duenotice
