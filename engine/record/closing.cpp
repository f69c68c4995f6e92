#include "engine/record/closing.h"

#include <algorithm>
#include <tuple>

#include "engine/record/judgement.h"
#include "engine/record/matter_decision.h"
#include "engine/record/request.h"

namespace duenotice {

namespace {

std::string family_of(const Duty& duty, const Assessment& assessment) {
    const Law* law = assessment.law->find_law(assessment.law->obligations[duty.obligation].law);
    if (law == nullptr) return "own promises and rules";
    return !law->family.empty() ? law->family : !law->short_title.empty() ? law->short_title : law->title;
}

bool is_done(const Duty& duty) { return duty.done >= Done::Submitted && duty.done <= Done::Acknowledged; }

/// The decision that sets the duty aside now; null when none does.
const MatterDecision* set_aside(const std::vector<StandingDecision>& decisions, const std::string& duty) {
    const MatterDecision* found = nullptr;
    for (const StandingDecision& standing : decisions)
        if (standing.state == StandingDecision::State::InForce && standing.decision.duty == duty && standing.decision.drops()) found = &standing.decision;
    return found;
}

/// Why a decision that sets a duty aside is to be looked at again; empty while it is not.
std::string look_again_words(const MatterDecision& decision, const Duty& duty, const std::string& today) {
    if (decision.look_again_on <= today) return "set aside by entry " + std::to_string(decision.entry) + ", to be looked at again on " + decision.look_again_on;
    if (duty.verdict == Verdict::Owed && decision.owed != name(Verdict::Owed)) return "set aside by entry " + std::to_string(decision.entry) + " while it could not be told, and owed now";
    return {};
}

void add_duties(const std::vector<RecordedEntry>& entries, const Assessment& assessment, std::vector<OpenItem>& items) {
    const auto decisions = standing_decisions(entries);
    const std::string today = iso_utc(assessment.moment.as_of).substr(0, 10);
    for (const Duty& duty : assessment.duties) {
        const Obligation& obligation = assessment.law->obligations[duty.obligation];
        const std::string family = family_of(duty, assessment);
        const bool lifted = duty.standing == Standing::Discharged || duty.standing == Standing::ElectedAway;
        const MatterDecision* dropped = set_aside(decisions, duty.id);
        if (duty.verdict != Verdict::NotOwed && obligation.act == Act::Keep) items.push_back({OpenItem::Kind::Keep, duty.id, family, obligation.title, duty.deadline.lasts_until});
        else if (duty.verdict == Verdict::Owed && !is_done(duty) && !lifted && dropped == nullptr) items.push_back({OpenItem::Kind::NotDone, duty.id, family, obligation.title, duty.deadline.safe});
        else if (duty.verdict == Verdict::Undetermined && dropped == nullptr) items.push_back({OpenItem::Kind::Open, duty.id, family, obligation.title, duty.deadline.safe});
        if (const std::string words = dropped == nullptr ? "" : look_again_words(*dropped, duty, today); !words.empty()) items.push_back({OpenItem::Kind::LookAgain, duty.id, family, words, duty.deadline.safe});
        for (const std::string& judgement : duty.look_again) items.push_back({OpenItem::Kind::LookAgain, judgement, {}, "judgement that " + duty.id + " hangs on", {}});
    }
    for (const FamilyLine& line : assessment.families) items.push_back({OpenItem::Kind::Open, line.family, std::string(places_not_told), line.question, {}});
}

/// Duties that people added beside the law, until an answer says that they were done.
void add_added(const std::vector<RecordedEntry>& entries, std::vector<OpenItem>& items) {
    for (const StandingDecision& standing : standing_decisions(entries))
        if (standing.decision.what == "add-duty" && !standing.answered_by) items.push_back({OpenItem::Kind::NotDone, "entry " + std::to_string(standing.decision.entry), {}, "added by decision: " + standing.decision.duty, {}});
}

void add_requests(const std::vector<RecordedEntry>& entries, std::vector<OpenItem>& items) {
    for (const Request& request : requests_of(entries))
        if (!request.answered_by && request.kind != "extension") items.push_back({OpenItem::Kind::Unanswered, "entry " + std::to_string(request.entry), {}, request.kind + " from " + request.from + ": " + request.asks, parse_instant(request.limit)});
}

void add_filings(const Assessment& assessment, std::vector<OpenItem>& items) {
    for (const Filing& filing : assessment.incident->filings) {
        const bool superseded = std::any_of(assessment.incident->filings.begin(), assessment.incident->filings.end(), [&](const Filing& other) { return other.supersedes == filing.id; });
        if (filing.planned_at || filing.withdrawn_at || superseded || filing.received_at || filing.accepted_at || !filing.reference.empty()) continue;
        items.push_back({OpenItem::Kind::NotAcknowledged, filing.id, {}, filing.obligation + " to " + filing.recipient, {}});
    }
    for (const Hold& hold : assessment.incident->holds)
        if (!hold.until || *hold.until > assessment.moment.as_of) items.push_back({OpenItem::Kind::HoldAlive, hold.id, {}, hold.kind + (hold.by.empty() ? "" : " by " + hold.by), hold.until});
}

}  // namespace

std::string_view name(OpenItem::Kind kind) {
    switch (kind) {
        case OpenItem::Kind::NotDone: return "owed and not done";
        case OpenItem::Kind::Open: return "open: cannot be told yet";
        case OpenItem::Kind::LookAgain: return "judgement needs another look";
        case OpenItem::Kind::NotAcknowledged: return "no acknowledgement";
        case OpenItem::Kind::Contradicts: return "statement contradicts";
        case OpenItem::Kind::HoldAlive: return "hold alive";
        case OpenItem::Kind::Unanswered: return "request without an answer";
        case OpenItem::Kind::Keep: return "to be kept";
    }
    return "";
}

bool hinders(OpenItem::Kind kind) { return kind != OpenItem::Kind::Keep; }

std::vector<OpenItem> open_items(const std::vector<RecordedEntry>& entries, const Assessment& assessment, std::vector<OpenItem> items) {
    add_duties(entries, assessment, items);
    add_added(entries, items);
    add_requests(entries, items);
    add_filings(assessment, items);
    for (const RecordedJudgement& judgement : judgements_of(entries, iso_utc(assessment.moment.as_of).substr(0, 10)))
        if (judgement.state == RecordedJudgement::State::LookAgain) items.push_back({OpenItem::Kind::LookAgain, judgement.statement.fact, {}, "entry " + std::to_string(judgement.entry), {}});
    const auto key = [](const OpenItem& item) { return std::tie(item.kind, item.family, item.subject); };
    std::stable_sort(items.begin(), items.end(), [&](const OpenItem& a, const OpenItem& b) { return key(a) < key(b); });
    items.erase(std::unique(items.begin(), items.end(), [&](const OpenItem& a, const OpenItem& b) { return key(a) == key(b); }), items.end());
    return items;
}

std::vector<std::string> item_words(const std::vector<OpenItem>& items) {
    std::vector<std::string> words;
    for (const OpenItem& item : items) words.push_back(std::string(name(item.kind)) + ": " + item.subject);
    return words;
}

std::vector<OpenGroup> grouped(const std::vector<OpenItem>& items) {
    std::vector<OpenGroup> groups;
    for (const OpenItem& item : items) {
        const bool alone = item.family.empty();
        if (groups.empty() || groups.back().kind != item.kind || groups.back().family != (alone ? item.subject : item.family)) groups.push_back({item.kind, alone ? item.subject : item.family, {}, {}});
        OpenGroup& group = groups.back();
        group.items.push_back(&item);
        if (item.limit && (!group.nearest || *item.limit < *group.nearest)) group.nearest = item.limit;
    }
    return groups;
}

}  // namespace duenotice
