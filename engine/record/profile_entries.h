#pragma once
// The group profile and the table of contracts in the record, each as the text that it was (`group`, `contracts`), so
// that an account is read with the profile of its time and not with the one that lies on a disk today.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/account_entries.h"

namespace duenotice {

struct RecordedText {
    std::uint64_t seq = 0;
    std::string name, text;
};

/// `kind` is `group` or `contracts`; `name` is that of the file.
Entry text_entry(const std::string& kind, const std::string& name, const std::string& text, const Writer& writer);

/// The latest of this kind that was recorded by `known_at`. Where none was yet, the earliest: who the group is was true
/// before somebody wrote it down, and an account without it names entities that nobody knows. Empty when there is none.
std::optional<RecordedText> recorded_text(const std::vector<RecordedEntry>& entries, std::string_view kind, std::optional<Instant> known_at = {});

}  // namespace duenotice
