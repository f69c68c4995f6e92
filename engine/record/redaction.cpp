#include "engine/record/redaction.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/record/account_entries.h"
#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

// tools/verify_bundle.py has the same list.
constexpr std::array<std::string_view, 20> kept_fields = {"path", "fact", "withheld", "label", "relied", "look_again_on", "account", "person", "roles", "revoked", "public_key", "decision", "owed", "second", "items", "subject", "send_sha256", "gaps", "problems", "nearness"};

}  // namespace

Entry redaction_entry(const FieldOfEntry& target, const std::string& ground, const std::string& approver, const Writer& writer) {
    Entry entry = entry_by("redaction", writer);
    entry.refs = {{"entry", static_cast<std::int64_t>(target.first)}, {"field", target.second}, {"approver", approver}};
    entry.fields["ground"] = json_text(ground);
    return entry;
}

Entry hold_entry(const LegalHold& hold, const std::string& reason, const Writer& writer) {
    Entry entry = entry_by("legal-hold", writer);
    entry.refs = {{"hold", hold.hold}, {"state", std::string(hold.placed ? "placed" : "released")}};
    if (hold.entry) entry.refs["entry"] = static_cast<std::int64_t>(*hold.entry);
    entry.fields["reason"] = json_text(reason);
    return entry;
}

Entry export_entry(const Export& made, const Writer& writer) {
    Entry entry = entry_by("export", writer);
    entry.refs = {{"entries", static_cast<std::int64_t>(made.entries)}, {"edition", made.edition}, {"manifest_sha256", made.manifest_sha256}};
    entry.fields["recipient"] = json_text(made.recipient);
    JsonValue withheld = json_list();
    for (const auto& [seq, field] : made.withheld) {
        JsonValue pair = json_list();
        pair.items = {json_whole(static_cast<std::int64_t>(seq)), json_text(field)};
        withheld.items.push_back(std::move(pair));
    }
    entry.fields["withheld"] = std::move(withheld);
    return entry;
}

std::optional<Redaction> read_redaction(const Leaf& leaf) {
    const auto entry = ref_entry(leaf, "entry");
    const std::string field = ref_text(leaf, "field");
    if (leaf.kind != "redaction" || !entry || field.empty()) return {};
    return Redaction{leaf.seq, *entry, field};
}

std::optional<LegalHold> read_hold(const Leaf& leaf) {
    const std::string hold = ref_text(leaf, "hold"), state = ref_text(leaf, "state");
    const auto entry = ref_entry(leaf, "entry");
    if (leaf.kind != "legal-hold" || hold.empty() || (state != "placed" && state != "released") || (leaf.refs.count("entry") > 0 && !entry)) return {};
    return LegalHold{leaf.seq, hold, entry, state == "placed"};
}

std::optional<Export> read_export(const RecordedEntry& entry) {
    const auto entries = ref_entry(entry.leaf, "entries");
    if (entry.leaf.kind != "export" || !entries) return {};
    Export made{entry.leaf.seq, *entries, ref_text(entry.leaf, "edition"), ref_text(entry.leaf, "manifest_sha256"), field_text(entry, "recipient"), entry.leaf.rec, {}};
    if (const JsonValue* withheld = field_value(entry, "withheld"); withheld != nullptr)
        for (const JsonValue& pair : withheld->items)
            if (const auto seq = pair.items.size() == 2 ? whole_number(&pair.items[0]) : std::nullopt) made.withheld.emplace(*seq, pair.items[1].text);
    return made;
}

std::string hold_mistake(const std::vector<LegalHold>& holds, const LegalHold& placed) {
    const LegalHold* last = nullptr;
    for (const LegalHold& hold : holds)
        if (hold.hold == placed.hold) last = &hold;
    if (!placed.placed || last == nullptr || !last->placed || last->entry == placed.entry) return "";
    return "the legal hold `" + placed.hold + "` is in force on " + (last->entry ? "entry " + std::to_string(*last->entry) : std::string("the whole record")) + " and would no longer be: another one has another name";
}

bool stays(std::string_view field) { return std::find(kept_fields.begin(), kept_fields.end(), field) != kept_fields.end(); }

std::vector<std::string> holds_in_force(const std::vector<LegalHold>& holds, std::uint64_t entry) {
    std::map<std::string, const LegalHold*> last;
    for (const LegalHold& hold : holds) last[hold.hold] = &hold;
    std::vector<std::string> names;
    for (const auto& [name, hold] : last)
        if (hold->placed && (!hold->entry || *hold->entry == entry)) names.push_back(name);
    return names;
}

std::string redaction_mistake(const Leaf& redaction, const Leaf& target) {
    const auto said = read_redaction(redaction);
    if (!said) return "it does not say what it erases";
    const std::string approver = ref_text(redaction, "approver");
    if (approver.empty() || approver == redaction.actor) return "an erasure is approved by another than who writes it down";
    if (target.commits.count(said->field) == 0) return "entry " + std::to_string(said->entry) + " has no content `" + said->field + "`";
    if (stays(said->field)) return "`" + said->field + "` places the entry or carries rights, and stays";
    return "";
}

std::vector<Export> exports_holding(const std::vector<RecordedEntry>& entries, const FieldOfEntry& field) {
    std::vector<Export> holding;
    for (const RecordedEntry& entry : entries) {
        if (const auto redaction = read_redaction(entry.leaf); redaction && redaction->entry == field.first && redaction->field == field.second) break;
        if (auto made = read_export(entry); made && field.first < made->entries && made->withheld.count(field) == 0) holding.push_back(std::move(*made));
    }
    return holding;
}

}  // namespace duenotice
