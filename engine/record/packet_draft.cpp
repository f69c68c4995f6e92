#include "engine/record/packet_draft.h"

#include "engine/record/assessment_entries.h"
#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "rules/fingerprint.h"

namespace duenotice {

std::string send_digest(const std::map<std::string, std::string>& files) {
    std::string lines;
    for (const auto& [name, bytes] : files) lines += sha256_hex(bytes) + "  " + name + "\n";
    return sha256_hex(lines);
}

std::string send_digest_of_names(const std::map<std::string, std::string>& references) {
    std::string lines;
    for (const auto& [name, reference] : references) lines += parse_artefact_reference(reference).value_or(ArtefactName{}).sha256 + "  " + name + "\n";
    return sha256_hex(lines);
}

JsonValue subject_value(const PacketSubject& subject) {
    JsonValue value = json_object();
    json_add(value, "duty", json_text(subject.duty));
    json_add(value, "obligation", json_text(subject.obligation));
    json_add(value, "entity", json_text(subject.entity));
    json_add(value, "recipient", json_text(subject.recipient));
    return value;
}

PacketSubject subject_of(const JsonValue* value) {
    if (value == nullptr) return {};
    return {member_text(*value, "duty"), member_text(*value, "obligation"), member_text(*value, "entity"), member_text(*value, "recipient")};
}

Entry draft_entry(const PacketDraft& draft, const std::map<std::string, std::string>& send, const Writer& writer) {
    Entry entry = entry_by("draft", writer);
    entry.fields["subject"] = subject_value(draft.subject);
    entry.fields["send_sha256"] = json_text(send_digest(send));
    JsonValue files = json_object();
    for (const auto& [name, bytes] : send) {
        entry.artefacts.push_back({media_type_of(name), bytes});
        json_add(files, name, json_text(entry.artefacts.back().reference()));
    }
    entry.fields["send_artefact"] = std::move(files);
    set_texts(entry, "gaps", draft.gaps);
    set_texts(entry, "problems", draft.problems);
    return entry;
}

std::optional<PacketDraft> read_draft(const RecordedEntry& entry) {
    if (entry.leaf.kind != "draft") return {};
    PacketDraft draft{entry.leaf.seq, entry.leaf.rec, entry.leaf.actor, subject_of(field_value(entry, "subject")), field_text(entry, "send_sha256"), {}, field_texts(entry, "gaps"), field_texts(entry, "problems")};
    if (const JsonValue* files = field_value(entry, "send_artefact"); files != nullptr)
        for (const JsonMember& file : files->members) draft.files[file.name] = file.value.text;
    return draft;
}

std::vector<PacketDraft> drafts_of(const std::vector<RecordedEntry>& entries) {
    std::vector<PacketDraft> found;
    for (const RecordedEntry& entry : entries)
        if (auto draft = read_draft(entry)) found.push_back(std::move(*draft));
    return found;
}

}  // namespace duenotice
