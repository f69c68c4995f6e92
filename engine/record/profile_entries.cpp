#include "engine/record/profile_entries.h"

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

Entry text_entry(const std::string& kind, const std::string& name, const std::string& text, const Writer& writer) {
    Entry entry = entry_by(kind, writer);
    entry.fields["name"] = json_text(name);
    entry.fields["text"] = json_text(text);
    return entry;
}

std::optional<RecordedText> recorded_text(const std::vector<RecordedEntry>& entries, std::string_view kind, std::optional<Instant> known_at) {
    std::optional<RecordedText> found;
    for (const RecordedEntry& entry : entries) {
        if (entry.leaf.kind != kind) continue;
        if (found && known_at && recorded_at(entry.leaf) > *known_at) continue;
        found = RecordedText{entry.leaf.seq, field_text(entry, "name"), field_text(entry, "text")};
    }
    return found;
}

}  // namespace duenotice
