#pragma once
// An obligation that is told once and holds in many places: `$(name)` in the attributes and texts of a template is
// replaced by what an instance sets, before anything is read. A mistake in the result is shown in the template, and
// names the instance for which it was made.

#include <map>
#include <string>

#include "rules/diagnostic.h"
#include "rules/xml_reader.h"

namespace duenotice {

using TemplateValues = std::map<std::string, std::string>;

/// Replaces `$(name)` in the element and all inside it; a name without a value is DN0309.
void fill_template(XmlElement& element, const TemplateValues& values, Diagnostics& diagnostics);
/// Sets or replaces an attribute.
void set_attribute(XmlElement& element, std::string_view name, std::string_view value, const Span& span);

}  // namespace duenotice
