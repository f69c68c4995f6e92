#pragma once
// XML as a tree of elements, each with its place in the source: what all readers of law files start from. Comments,
// processing instructions and blank text are dropped; text between children is joined.

#include <string>
#include <vector>

#include "rules/diagnostic.h"

namespace duenotice {

struct XmlAttribute {
    std::string name;
    std::string value;  ///< entities resolved
    Span span;          ///< name and value
};

struct XmlElement {
    std::string name;
    std::vector<XmlAttribute> attributes;
    std::vector<XmlElement> children;
    std::string text;
    Span span;  ///< `<` and the name
};

/// The root element, or the first mistake (DN0001). Files with a document type are refused.
Checked<XmlElement> read_xml(SourcePtr source);

}  // namespace duenotice
