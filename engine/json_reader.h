#pragma once
// JSON as a tree of values; numbers keep their text, so that no amount passes through a floating point number.

#include <string>
#include <utility>
#include <vector>

#include "rules/diagnostic.h"

namespace duenotice {

struct JsonValue {
    enum class Kind { Null, Bool, Number, String, Array, Object };
    Kind kind = Kind::Null;
    bool boolean = false;
    std::string text;  ///< of a string, or of a number
    std::vector<JsonValue> items;
    std::vector<std::pair<std::string, JsonValue>> members;  ///< in the order of the text
    Span span;
};

/// The value of the whole text, or the first mistake (DN0002) with its place.
Checked<JsonValue> read_json(SourcePtr source);

}  // namespace duenotice
