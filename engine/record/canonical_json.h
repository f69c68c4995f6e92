#pragma once
// Canonical JSON: the one spelling of a JSON value of which hashes are taken (RFC 8785, JCS). Members are sorted by the
// UTF-16 code units of their names, strings escape only what they must, numbers are printed as ECMAScript prints a
// 64-bit float. The same value always gives the same bytes, in any program of any language.
//
// Reading is strict (RFC 8259 within the limits of RFC 7493): valid UTF-8 without byte order mark, no name twice in an
// object, no half of a surrogate pair, no number beyond the range of a 64-bit float, nothing after the value; size and
// depth are those of engine/json_reader.h. Unlike there the document may be any value and a string may hold U+0000,
// since RFC 8785 has both. Non-characters (U+FFFE) pass as they are.

#include <string>
#include <string_view>

#include "engine/json_reader.h"

namespace duenotice {

/// Any JSON value, or the first mistake with its place (DN0701 to DN0706). Numbers keep no text: they are canonical.
Checked<JsonValue> read_canonical_source(const SourcePtr& source);

/// The canonical bytes of a value. std::invalid_argument where a number is none of JSON or beyond a 64-bit float.
std::string canonical_json(const JsonValue& value);

/// As ECMAScript's Number::toString prints the float that is nearest to the text of a JSON number; empty when it is no
/// number or infinite. RFC 8785 section 3.2.2.3.
std::string canonical_number(std::string_view text);

/// How JSON spells a string, with its quotes. RFC 8785 section 3.2.2.2.
std::string canonical_string(std::string_view text);
/// The same, at the end of `out`.
void add_canonical_string(std::string_view text, std::string& out);

// Values for those who build a document.
JsonValue json_text(std::string_view text);
JsonValue json_whole(std::int64_t number);
/// The number of an entry.
inline JsonValue json_seq(std::uint64_t seq) { return json_whole(static_cast<std::int64_t>(seq)); }
JsonValue json_object();
/// Adds a member; the caller sees to it that the name is new.
void json_add(JsonValue& object, std::string_view name, JsonValue value);

}  // namespace duenotice
