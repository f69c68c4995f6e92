#include "engine/record/approval.h"

#include <algorithm>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "engine/record/signed_statement.h"

namespace duenotice {

namespace {

/// Whether the statement is on this draft, by an account that may approve still, with the key that it has still.
std::string signature_mistake(const RecordedEntry& entry, const SignedStatement& made, const PacketDraft& draft, const Access& access) {
    if (std::string mistake = approved_something_else(made, draft); !mistake.empty()) return mistake;
    if (!access.allows(entry.leaf.actor, Deed::Approve)) return "who approved may no longer approve";
    return own_key_mistake(access, entry.leaf.actor, made.key).empty() ? "" : "its key is not that of the account";
}

std::string void_reason(const std::vector<RecordedEntry>& entries, const RecordedEntry& entry, const Approval& approval, const Access& access, const StateNow& state_now) {
    for (const RecordedEntry& later : entries) {
        if (later.leaf.seq <= approval.draft) continue;
        if (later.leaf.kind == "approval-withdrawn" && ref_entry(later.leaf, "approval") == approval.entry) return "withdrawn: " + field_text(later, "reason");
        if (const auto draft = read_draft(later); draft && draft->subject == approval.subject) return "a later draft takes its place (entry " + std::to_string(draft->entry) + ")";
    }
    if (access.same_person(approval.author, entry.leaf.actor)) return "who drafted it is the same person";
    if (state_now && state_now(approval.subject) != approval.state_sha256) return "facts or law that the notice rests on have changed since";
    return {};
}

}  // namespace

std::string statement_bytes(const ApprovalStatement& statement) {
    JsonValue value = json_object();
    json_add(value, "duenotice", json_text("approval/1"));
    json_add(value, "origin", json_text(statement.origin));
    json_add(value, "draft", json_whole(static_cast<std::int64_t>(statement.draft)));
    json_add(value, "subject", subject_value(statement.subject));
    const std::pair<const char*, const std::string*> texts[] = {{"send_sha256", &statement.send_sha256}, {"state_sha256", &statement.state_sha256}, {"account", &statement.account}, {"person", &statement.person}, {"signed_at", &statement.signed_at}};
    for (const auto& [name, text] : texts) json_add(value, name, json_text(*text));
    json_add(value, "not_yet_known", json_texts(statement.not_yet_known));
    JsonValue explained = json_object();
    for (const auto& [field, why] : statement.explained) json_add(explained, field, json_text(why));
    json_add(value, "explained", std::move(explained));
    return canonical_json(value);
}

std::string approved_something_else(const SignedStatement& made, const PacketDraft& draft) {
    if (member_text(made.value, "send_sha256") != draft.send_sha256 || !(subject_of(made.value.find("subject")) == draft.subject)) return "it was signed for other bytes";
    return member_number(made.value, "draft") == draft.entry ? "" : "it was signed for another draft";
}

Entry approval_entry(const ApprovalStatement& statement, const SigningKey& own_key, const Writer& writer) {
    Entry entry = entry_by("approval", writer);
    sign_statement(entry, statement_bytes(statement), own_key);
    entry.refs["draft"] = static_cast<std::int64_t>(statement.draft);
    return entry;
}

Entry withdraw_approval_entry(std::uint64_t approval, const std::string& reason, const Writer& writer) {
    Entry entry = entry_by("approval-withdrawn", writer);
    entry.fields["reason"] = json_text(reason);
    entry.refs["approval"] = static_cast<std::int64_t>(approval);
    return entry;
}

std::vector<Approval> approvals_of(const std::vector<RecordedEntry>& entries, const std::string& origin, const StateNow& state_now) {
    std::vector<Approval> found;
    const Access access(entries);
    for (const RecordedEntry& entry : entries) {
        if (entry.leaf.kind != "approval") continue;
        Approval approval;
        approval.entry = entry.leaf.seq;
        approval.draft = ref_entry(entry.leaf, "draft").value_or(0);
        approval.recorded = entry.leaf.rec;
        approval.actor = entry.leaf.actor;
        approval.person = access.person(approval.actor);
        approval.key = field_text(entry, "public_key");
        const auto draft = approval.draft < entry.leaf.seq ? read_draft(entries[approval.draft]) : std::nullopt;
        if (!draft) {
            approval.void_because = "it names no draft of this record";
        } else {
            approval.author = draft->author;
            approval.subject = draft->subject;
            approval.send_sha256 = draft->send_sha256;
            const auto read = read_signed_statement(entry, origin);
            if (const auto* made = std::get_if<SignedStatement>(&read)) {
                approval.state_sha256 = member_text(made->value, "state_sha256");
                approval.signed_at = member_text(made->value, "signed_at");
                if (const JsonValue* gaps = made->value.find("not_yet_known"); gaps != nullptr)
                    for (const JsonValue& gap : gaps->items) approval.not_yet_known.push_back(gap.text);
                if (const JsonValue* explained = made->value.find("explained"); explained != nullptr)
                    for (const JsonMember& why : explained->members) approval.explained[why.name] = why.value.text;
                approval.void_because = signature_mistake(entry, *made, *draft, access);
            } else {
                approval.void_because = std::get<std::string>(read);
            }
            if (approval.valid()) approval.void_because = void_reason(entries, entry, approval, access, state_now);
        }
        found.push_back(std::move(approval));
    }
    return found;
}

std::vector<const Approval*> valid_for(const std::vector<Approval>& approvals, std::uint64_t draft) {
    std::vector<const Approval*> valid;
    for (const Approval& approval : approvals)
        if (approval.draft == draft && approval.valid()) valid.push_back(&approval);
    return valid;
}

std::string approval_mistake(const ApprovalStatement& statement, const PacketDraft& draft, const std::vector<std::string>& contradictions, const PublicKey& key, const Access& access) {
    if (access.same_person(draft.author, statement.account)) return "who drafted it is the same person: four eyes are of two persons";
    if (std::string mistake = own_key_mistake(access, statement.account, key); !mistake.empty()) return mistake;
    for (const std::string& gap : draft.gaps)
        if (std::find(statement.not_yet_known.begin(), statement.not_yet_known.end(), gap) == statement.not_yet_known.end()) return "a raw gap in send/: `" + gap + "`";
    if (!draft.problems.empty()) return draft.problems.front();
    for (const std::string& field : contradictions)
        if (statement.explained.count(field) == 0) return field == form_page ? "`" + field + "` says something else than form.json, of which statements are made, and nobody explained it" : "`" + field + "` contradicts what was told before or the facts, and nobody explained it";
    return {};
}

}  // namespace duenotice
