#pragma once
// Reads fact declarations: the shared vocabulary file, and the facts and form fields that a law file adds of its own.

#include "rules/diagnostic.h"
#include "rules/vocabulary.h"
#include "rules/xml_reader.h"

namespace duenotice {

/// `<vocabulary>`: facts first, then constraints between them.
void read_vocabulary(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics);
/// The `<fact>` and `<field>` elements of a law file; constraints with read_constraints, when all facts are there.
void read_facts(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics);
void read_constraints(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics);

}  // namespace duenotice
