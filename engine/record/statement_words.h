#pragma once
// What a statement of the record says, for people: `110 to 130`, `has name; has not bank_account`. Who said it, when and from
// where stands in columns of its own. A form that is not known here stays JSON, so that nothing is lost.

#include <string>

#include "engine/json_reader.h"

namespace duenotice {

std::string statement_words(const JsonValue& statement);

}  // namespace duenotice
