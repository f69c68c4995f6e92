#pragma once
// Reads fact declarations: the shared vocabulary file, and the facts and form fields that a law file adds of its own.

#include "rules/diagnostic.h"
#include "rules/vocabulary.h"
#include "rules/xml_reader.h"

namespace duenotice {

/// A `<vocabulary>` by itself: its shape, facts, then constraints between them.
void read_vocabulary(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics);
/// The `<fact>` and `<field>` elements of a vocabulary or a law; constraints when the facts of all files are there.
void read_facts(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics);
void read_constraints(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics);

}  // namespace duenotice
