#include "engine/record/confirmation.h"

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "engine/record/merkle_tree.h"
#include "engine/record/signed_statement.h"

namespace duenotice {

namespace {

std::string leaf_of(const RecordedEntry& entry) { return hex_digits(leaf_hash(leaf_bytes(entry.leaf))); }

/// As of the entries before it: what its account may, and whose key it is.
std::string void_reason(const std::vector<RecordedEntry>& entries, const RecordedEntry& entry, std::uint64_t decided) {
    const auto decision = decided < entry.leaf.seq ? read_decision(entries[static_cast<std::size_t>(decided)]) : std::nullopt;
    if (!decision) return "it names no decision of this record";
    const auto read = read_signed_statement(entry, record_origin(entry.leaf.incident));
    if (const auto* mistake = std::get_if<std::string>(&read)) return *mistake;
    const auto& signed_statement = std::get<SignedStatement>(read);
    if (std::string mistake = confirmed_something_else(signed_statement, entries[static_cast<std::size_t>(decided)]); !mistake.empty()) return mistake;
    const Access then({entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(entry.leaf.seq)});
    return confirmation_mistake(*decision, entry.leaf.actor, signed_statement.key, then);
}

}  // namespace

Entry confirmation_entry(const RecordedEntry& decision, const std::string& signed_at, const SigningKey& own_key, const Access& access, const Writer& writer) {
    Entry entry = entry_by("confirmation", writer);
    JsonValue value = json_object();
    json_add(value, "duenotice", json_text("confirmation/1"));
    json_add(value, "origin", json_text(record_origin(decision.leaf.incident)));
    json_add(value, "decision", json_whole(static_cast<std::int64_t>(decision.leaf.seq)));
    json_add(value, "leaf_sha256", json_text(leaf_of(decision)));
    json_add(value, "account", json_text(writer.actor));
    json_add(value, "person", json_text(access.person(writer.actor)));
    json_add(value, "signed_at", json_text(signed_at));
    sign_statement(entry, canonical_json(value), own_key);
    entry.refs["decision"] = static_cast<std::int64_t>(decision.leaf.seq);
    return entry;
}

std::string confirmed_something_else(const SignedStatement& made, const RecordedEntry& decision) {
    return member_text(made.value, "leaf_sha256") == leaf_of(decision) && member_number(made.value, "decision") == decision.leaf.seq ? "" : "it was signed for another decision";
}

std::vector<Confirmation> confirmations_of(const std::vector<RecordedEntry>& entries) {
    std::vector<Confirmation> found;
    for (const RecordedEntry& entry : entries) {
        if (entry.leaf.kind != "confirmation") continue;
        Confirmation made{entry.leaf.seq, ref_entry(entry.leaf, "decision").value_or(entry.leaf.seq), entry.leaf.actor, {}, {}};
        made.void_because = void_reason(entries, entry, made.decision);
        found.push_back(std::move(made));
    }
    const Access access(entries);
    for (Confirmation& each : found) each.person = access.person(each.actor);
    return found;
}

std::string confirmation_mistake(const MatterDecision& decision, const std::string& account, const PublicKey& key, const Access& access) {
    if (!decision.takes_two()) return "the decision of entry " + std::to_string(decision.entry) + " takes one person";
    if (access.same_person(decision.actor, account)) return "who decided it is the same person: it takes two";
    if (!decision.second.empty() && !access.same_person(decision.second, account)) return "the decision names `" + decision.second + "` as the second person";
    if (!access.allows(account, decision.what == "close" ? Deed::Close : Deed::Drop)) return "`" + account + "` may not agree to that";
    return own_key_mistake(access, account, key);
}

}  // namespace duenotice
