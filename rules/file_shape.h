#pragma once
// Judges an element and all inside it by the table of rules/file_table.h: unknown elements and attributes with the
// nearest name, missing ones, values of the wrong kind, text where none belongs. What the text means is for the
// readers, which may then read without a complaint of their own.

#include <string_view>

#include "rules/diagnostic.h"
#include "rules/xml_reader.h"

namespace duenotice {

/// Inside a template a value may still hold `$(name)`, and what is missing may come from the instance.
enum class ShapeMode { Whole, Template };

/// DN0301 unknown element, DN0302 missing text, DN0314 missing attribute, DN0315 wrong value, DN0316 unknown attribute,
/// DN0317 text where none belongs, DN0318 an element too often or not at all, DN0319 another language.
void check_shape(const XmlElement& element, std::string_view parent, Diagnostics& diagnostics,
                 ShapeMode mode = ShapeMode::Whole);

}  // namespace duenotice
