#pragma once
// Reading and building the fields of entries of the kinds that the program itself writes: a field that is missing or of
// another kind reads as empty, since an entry is what was recorded and is never refused afterwards.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/case_file.h"
#include "rules/instant.h"

namespace duenotice {

std::string field_text(const RecordedEntry& entry, std::string_view field);
/// Null when it is missing.
const JsonValue* field_value(const RecordedEntry& entry, std::string_view field);
std::vector<std::string> field_texts(const RecordedEntry& entry, std::string_view field);
std::string member_text(const JsonValue& object, std::string_view name);
/// A whole number that is not negative.
std::optional<std::uint64_t> whole_number(const JsonValue* value);
std::optional<std::uint64_t> member_number(const JsonValue& object, std::string_view name);
/// The entry that a reference names; empty when it is missing or no number.
std::optional<std::uint64_t> ref_entry(const Leaf& leaf, std::string_view name);
std::string ref_text(const Leaf& leaf, std::string_view name);

JsonValue json_texts(const std::vector<std::string>& texts);
JsonValue json_list();
/// Adds the field unless the text is empty.
void set_text(Entry& entry, const std::string& field, const std::string& text);
void set_texts(Entry& entry, const std::string& field, const std::vector<std::string>& texts);
/// Adds the member unless the text is empty.
void add_text(JsonValue& object, std::string_view name, const std::string& text);

/// An object without this member; another value as it is.
JsonValue without_member(const JsonValue& value, std::string_view name);

/// When an entry was recorded, to the second below.
Instant recorded_at(const Leaf& leaf);

}  // namespace duenotice
