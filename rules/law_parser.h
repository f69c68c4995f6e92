#pragma once
// XML of the law files, whose shape has been checked, to plain structs: laws, obligations with their versions, clocks,
// recipients, content, examples; places, groups and authorities. Names stay as written. All mistakes of a file come in
// one run.

#include <map>
#include <string>

#include "rules/book_parts.h"
#include "rules/diagnostic.h"
#include "rules/xml_reader.h"

namespace duenotice {

void parse_law(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics);
void parse_jurisdiction(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics);
void parse_authorities(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics);
void parse_groups(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics);

/// The `<recipients id>` of a law, which its versions take by name.
using SharedRecipients = std::map<std::string, const XmlElement*, std::less<>>;

// The parts of a law, each in a file of its own.
Version parse_version(const XmlElement& element, const SharedRecipients& shared, Diagnostics& diagnostics);
Clock parse_clock(const XmlElement& element, Diagnostics& diagnostics);
/// With `as` first those shared, whose own mistakes are told where they stand, then its own.
RecipientRule parse_recipients(const XmlElement& element, const SharedRecipients& shared, Diagnostics& diagnostics);
HoldRule parse_hold_rule(const XmlElement& element, Diagnostics& diagnostics);
Example parse_example(const XmlElement& element, Diagnostics& diagnostics);

}  // namespace duenotice
