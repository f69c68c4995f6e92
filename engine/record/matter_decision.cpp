#include "engine/record/matter_decision.h"

#include <algorithm>

#include "engine/record/canonical_json.h"
#include "engine/record/closing.h"
#include "engine/record/confirmation.h"
#include "engine/record/entry_fields.h"
#include "rules/date.h"

namespace duenotice {

namespace {

std::string two_persons(const MatterDecision& decision, const Access& access) {
    if (decision.second.empty()) return {};  // whoever may signs it
    if (access.same_person(decision.second, decision.actor)) return "the second person is the first one";
    if (!access.open() && !access.allows(decision.second, Deed::Drop)) return "`" + decision.second + "` may not agree to that";
    return {};
}

bool about_one_duty(const MatterDecision& decision) { return decision.what == "notify" || decision.what == "notify-though-not-owed" || decision.what == "do-not-notify" || decision.what == "drop-duty"; }

/// Whether the later decision, once it counts, leaves nothing of the earlier one.
bool takes_back(const MatterDecision& later, const MatterDecision& earlier) {
    if (earlier.what == "close") return later.what == "close" || later.what == "reopen";
    return about_one_duty(earlier) && about_one_duty(later) && later.duty == earlier.duty;
}

std::string note_of(const StandingDecision& standing) {
    const MatterDecision& decision = standing.decision;
    const std::string where = " (entry " + std::to_string(decision.entry) + ", " + decision.actor + ")";
    if (decision.what == "emergency") return "EMERGENCY: one person alone sent " + decision.duty + where + (decision.nearness.empty() ? "" : ", " + decision.nearness) + ": " + decision.reasons;
    if (standing.state == StandingDecision::State::TakenBack) return {};
    if (decision.what == "add-duty" && !standing.answered_by) return "ADDED by decision, beside the law: " + decision.duty + where + ": " + decision.reasons;
    if (!decision.drops()) return {};
    if (standing.state == StandingDecision::State::NotSigned) return "NOT SET ASIDE: " + decision.duty + where + ": no second person has signed, and the decision has no effect: " + decision.reasons;
    return "SET ASIDE by decision: " + decision.duty + where + " with " + standing.confirmer + ", to be looked at again on " + decision.look_again_on + ": " + decision.reasons;
}

}  // namespace

bool MatterDecision::takes_two() const {
    const std::string kept = std::string(name(OpenItem::Kind::Keep)) + ": ";
    return drops() || (what == "close" && std::any_of(items.begin(), items.end(), [&](const std::string& item) { return !item.starts_with(kept); }));
}

Entry decision_entry(const MatterDecision& decision, const Writer& writer) {
    Entry entry = entry_by("decision", writer);
    entry.fields["decision"] = json_text(decision.what);
    const std::pair<const char*, const std::string*> texts[] = {{"duty", &decision.duty}, {"hold", &decision.hold}, {"second", &decision.second}, {"reasons", &decision.reasons}, {"advice", &decision.advice}, {"look_again_on", &decision.look_again_on}, {"owed", &decision.owed}, {"nearness", &decision.nearness}};
    for (const auto& [name, text] : texts) set_text(entry, name, *text);
    set_texts(entry, "items", decision.items);
    return entry;
}

std::optional<MatterDecision> read_decision(const RecordedEntry& entry) {
    if (entry.leaf.kind != "decision") return {};
    return MatterDecision{entry.leaf.seq, entry.leaf.rec, entry.leaf.actor, field_text(entry, "decision"), field_text(entry, "duty"), field_text(entry, "hold"), field_text(entry, "second"), field_text(entry, "reasons"), field_text(entry, "advice"),
                          field_text(entry, "look_again_on"), field_text(entry, "owed"), field_texts(entry, "items"), field_text(entry, "nearness")};
}

std::vector<MatterDecision> decisions_of(const std::vector<RecordedEntry>& entries) {
    std::vector<MatterDecision> found;
    for (const RecordedEntry& entry : entries)
        if (auto decision = read_decision(entry)) found.push_back(std::move(*decision));
    return found;
}

std::vector<StandingDecision> standing_decisions(const std::vector<RecordedEntry>& entries) {
    std::vector<StandingDecision> found;
    const auto confirmations = confirmations_of(entries);
    for (MatterDecision& decision : decisions_of(entries)) {
        StandingDecision standing{std::move(decision), StandingDecision::State::InForce, 0, {}, {}, {}};
        standing.since = standing.decision.entry;
        const auto signed_by = std::find_if(confirmations.begin(), confirmations.end(), [&](const Confirmation& each) { return each.holds() && each.decision == standing.decision.entry; });
        if (signed_by != confirmations.end()) {
            standing.confirmed_by = standing.since = signed_by->entry;
            standing.confirmer = signed_by->actor;
        } else if (standing.decision.takes_two()) {
            standing.state = StandingDecision::State::NotSigned;
        }
        if (standing.decision.what == "add-duty")
            for (const RecordedEntry& entry : entries)
                if (entry.leaf.kind == "answer" && ref_entry(entry.leaf, "request") == standing.decision.entry) standing.answered_by = entry.leaf.seq;
        if (standing.state == StandingDecision::State::InForce)
            for (StandingDecision& earlier : found)
                if (takes_back(standing.decision, earlier.decision)) earlier.state = StandingDecision::State::TakenBack;
        found.push_back(std::move(standing));
    }
    return found;
}

std::optional<std::uint64_t> closed_by(const std::vector<RecordedEntry>& entries) {
    std::optional<std::uint64_t> closed;
    for (const StandingDecision& standing : standing_decisions(entries))
        if (standing.decision.what == "close" && standing.state == StandingDecision::State::InForce) closed = standing.since;
    return closed;
}

std::vector<std::string> loud_notes(const std::vector<RecordedEntry>& entries) {
    std::vector<std::string> notes;
    for (const StandingDecision& standing : standing_decisions(entries))
        if (std::string note = note_of(standing); !note.empty()) notes.push_back(std::move(note));
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
