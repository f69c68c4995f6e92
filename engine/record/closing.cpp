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

/// What somebody decided about a duty last; empty when nobody did.
std::string decided(const std::vector<MatterDecision>& decisions, const std::string& duty) {
    std::string what;
    for (const MatterDecision& decision : decisions)
        if (decision.duty == duty && decision.what != "notify") what = decision.what;
    return what;
}

void add_duties(const std::vector<RecordedEntry>& entries, const Assessment& assessment, std::vector<OpenItem>& items) {
    const auto decisions = decisions_of(entries);
    for (const Duty& duty : assessment.duties) {
        const Obligation& obligation = assessment.law->obligations[duty.obligation];
        const std::string family = family_of(duty, assessment);
        const bool lifted = duty.standing == Standing::Discharged || duty.standing == Standing::ElectedAway;
        const std::string what = decided(decisions, duty.id);
        const bool dropped = what == "drop-duty" || what == "do-not-notify";
        if (duty.verdict != Verdict::NotOwed && obligation.act == Act::Keep) items.push_back({OpenItem::Kind::Keep, duty.id, family, obligation.title, duty.deadline.lasts_until});
        else if (duty.verdict == Verdict::Owed && !is_done(duty) && !lifted && !dropped) items.push_back({OpenItem::Kind::NotDone, duty.id, family, obligation.title, duty.deadline.safe});
        else if (duty.verdict == Verdict::Undetermined && !dropped) items.push_back({OpenItem::Kind::Open, duty.id, family, obligation.title, duty.deadline.safe});
        for (const std::string& judgement : duty.look_again) items.push_back({OpenItem::Kind::LookAgain, judgement, {}, "judgement that " + duty.id + " hangs on", {}});
    }
    for (const FamilyLine& line : assessment.families) items.push_back({OpenItem::Kind::Open, line.family, std::string(places_not_told), line.question, {}});
}

void add_requests(const std::vector<RecordedEntry>& entries, std::vector<OpenItem>& items) {
    for (const Request& request : requests_of(entries))
        if (!request.answered_by) items.push_back({OpenItem::Kind::Unanswered, "entry " + std::to_string(request.entry), {}, request.kind + " from " + request.from + ": " + request.asks, parse_instant(request.limit)});
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
    add_requests(entries, items);
    add_filings(assessment, items);
    for (const RecordedJudgement& judgement : judgements_of(entries, iso_utc(assessment.moment.as_of).substr(0, 10)))
        if (judgement.state == RecordedJudgement::State::LookAgain) items.push_back({OpenItem::Kind::LookAgain, judgement.statement.fact, {}, "entry " + std::to_string(judgement.entry), {}});
    const auto key = [](const OpenItem& item) { return std::tie(item.kind, item.family, item.subject); };
    std::stable_sort(items.begin(), items.end(), [&](const OpenItem& a, const OpenItem& b) { return key(a) < key(b); });
    items.erase(std::unique(items.begin(), items.end(), [&](const OpenItem& a, const OpenItem& b) { return key(a) == key(b); }), items.end());
    return items;
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
