#pragma once
// The published JSON Schemas (draft 2020-12) of what people write: `incident/1` and `group/1`, printed from the
// vocabulary, so that a schema and the reader know the same facts, choices and forms. What a schema cannot say stays
// with the reader: ids that exist, ranges the right way round, instants that have passed, constraints between facts.

#include <array>
#include <string>
#include <string_view>

#include "rules/vocabulary.h"

namespace duenotice {

inline constexpr std::array<std::string_view, 2> schema_names = {"group/1", "incident/1"};

/// The schema as indented JSON; empty for a name that is not among schema_names.
std::string schema_text(std::string_view name, const Vocabulary& vocabulary);

}  // namespace duenotice
