#include "engine/record/matter_decision.h"

#include <algorithm>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "rules/date.h"

namespace duenotice {

namespace {

std::string two_persons(const MatterDecision& decision, const Access& access) {
    if (decision.second.empty()) return "to drop a duty that is owed or may be takes a second person";
    if (access.same_person(decision.second, decision.actor)) return "the second person is the first one";
    if (!access.open() && !access.allows(decision.second, Deed::Drop)) return "`" + decision.second + "` may not agree to that";
    return {};
}

}  // namespace

Entry decision_entry(const MatterDecision& decision, const Writer& writer) {
    Entry entry = entry_by("decision", writer);
    entry.fields["decision"] = json_text(decision.what);
    const std::pair<const char*, const std::string*> texts[] = {{"duty", &decision.duty}, {"hold", &decision.hold}, {"second", &decision.second}, {"reasons", &decision.reasons}, {"advice", &decision.advice}, {"look_again_on", &decision.look_again_on}, {"owed", &decision.owed}};
    for (const auto& [name, text] : texts) set_text(entry, name, *text);
    set_texts(entry, "items", decision.items);
    return entry;
}

std::optional<MatterDecision> read_decision(const RecordedEntry& entry) {
    if (entry.leaf.kind != "decision") return {};
    return MatterDecision{entry.leaf.seq, entry.leaf.rec, entry.leaf.actor, field_text(entry, "decision"), field_text(entry, "duty"), field_text(entry, "hold"), field_text(entry, "second"), field_text(entry, "reasons"), field_text(entry, "advice"),
                          field_text(entry, "look_again_on"), field_text(entry, "owed"), field_texts(entry, "items")};
}

std::vector<MatterDecision> decisions_of(const std::vector<RecordedEntry>& entries) {
    std::vector<MatterDecision> found;
    for (const RecordedEntry& entry : entries)
        if (auto decision = read_decision(entry)) found.push_back(std::move(*decision));
    return found;
}

std::vector<std::string> loud_notes(const std::vector<RecordedEntry>& entries) {
    std::vector<std::string> notes;
    for (const MatterDecision& decision : decisions_of(entries)) {
        const std::string where = " (entry " + std::to_string(decision.entry) + ", " + decision.actor + ")";
        if (decision.what == "emergency") notes.push_back("EMERGENCY: one person alone sent " + decision.duty + where + ": " + decision.reasons);
        if (decision.drops()) notes.push_back("SET ASIDE by decision: " + decision.duty + where + " with " + decision.second + ", to be looked at again on " + decision.look_again_on + ": " + decision.reasons);
    }
    return notes;
}

std::string decision_mistake(const MatterDecision& decision, std::optional<Verdict> verdict, const Access& access, const std::string& today) {
    if (decision.what != "notify" && decision.reasons.empty()) return "a decision to `" + decision.what + "` has reasons for the record";
    if (decision.what == "notify" && verdict == Verdict::NotOwed) return "the duty is NOT OWED on the facts recorded: `notify-though-not-owed` says so";
    if (decision.what == "notify-though-not-owed" && verdict == Verdict::Owed) return "the duty is OWED on the facts recorded: `notify` says so";
    if (decision.what == "drop-duty" && verdict == Verdict::NotOwed) return "the duty is NOT OWED on the facts recorded: there is nothing to drop";
    if (!decision.drops()) return {};
    if (decision.look_again_on.empty()) return "to drop a duty that is owed or may be takes a day on which it is looked at again";
    if (!Date::parse(decision.look_again_on)) return "`" + decision.look_again_on + "` is not a day; write it as 2026-12-01";
    if (decision.look_again_on <= today) return "the day on which it is looked at again lies before tomorrow";
    return two_persons(decision, access);
}

}  // namespace duenotice
