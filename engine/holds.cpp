#include "engine/holds.h"

#include <algorithm>

namespace duenotice {

namespace {

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}
bool all_or_has(const std::vector<std::string>& list, std::string_view item) { return list.empty() || contains(list, item); }

/// Whether the hold's own scope touches this duty.
bool covers(const Hold& hold, const Obligation& obligation, const Duty& duty) {
    if (!hold.acts.empty() && !contains(hold.acts, obligation.id) && !contains(hold.acts, name(obligation.act)) &&
        !contains(hold.acts, duty.id))
        return false;
    return true;
}

bool matches(const HoldRule& rule, const Hold& hold, const Obligation& obligation) {
    return rule.kind == hold.kind && all_or_has(rule.issuers, hold.by) && (rule.form.empty() || rule.form == hold.form) &&
           all_or_has(rule.obligations, obligation.id);
}

const Limb* some_limb(const Obligation& obligation) {
    for (const Version& version : obligation.versions) {
        const ClockNode* node = version.clock ? &version.clock->root : nullptr;
        while (node != nullptr && !node->limb) node = node->children.empty() ? nullptr : &node->children.front();
        if (node != nullptr) return &*node->limb;
    }
    return nullptr;
}

/// The cap of a hold that began at `from`, where the cap counts from there.
std::optional<Instant> cap_of(const HoldRule& rule, Instant from, const Limb* limb, const LimbContext& context) {
    if (rule.cap.amount == 0 || rule.cap_from_due) return {};
    const Limb none;
    return count_from(limb != nullptr ? *limb : none, from, rule.cap, rule.counting.empty() ? "plain" : rule.counting, context);
}

Bounds beginning(const Hold& hold, Instant as_of) {
    if (!hold.from) return {Instant{INT64_MIN / 4}, as_of};
    return {*hold.from, std::min(as_of, hold.from_latest.value_or(*hold.from))};
}

std::optional<Bounds> ending(const HoldRule& rule, const Hold& hold, const Bounds& from, const Limb* limb, const LimbContext& context) {
    std::optional<Bounds> end;
    if (hold.until) end = Bounds{*hold.until, hold.until_latest.value_or(*hold.until)};
    if (rule.cap.amount == 0 || rule.cap_from_due) return end;
    const std::optional<Instant> last = cap_of(rule, from.latest, limb, context);
    const std::optional<Instant> first = hold.from ? cap_of(rule, from.earliest, limb, context) : Instant{INT64_MIN / 4};
    if (!first || !last) return end;
    if (!end) return Bounds{*first, *last};
    return Bounds{std::min(end->earliest, *first), std::min(end->latest, *last)};
}

std::string modifier_word(const HoldRule& rule) {
    switch (rule.effect) {
        case HoldRule::Effect::Forbids: return "prohibited";
        case HoldRule::Effect::Delays:
        case HoldRule::Effect::Tolls:
        case HoldRule::Effect::Restarts: return "suspended";
        case HoldRule::Effect::Extends:
        case HoldRule::Effect::Releases: return {};
    }
    return {};
}

}  // namespace

std::vector<RecognisedHold> recognised_holds(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation) {
    std::vector<RecognisedHold> result;
    const Law* law = evaluation.world.law->find_law(obligation.law);
    if (law == nullptr) return result;
    const OtherDuties none{[](std::string_view, std::string_view, const Frame&) { return std::vector<const Duty*>(); }};
    const LimbContext context{obligation, duty, evaluation, none};
    std::vector<std::pair<std::size_t, RecognisedHold>> found;
    for (const Hold& hold : evaluation.incident.holds) {
        if (hold.from && *hold.from > evaluation.moment.as_of) continue;
        if (!covers(hold, obligation, duty)) continue;
        const auto rule = std::find_if(law->holds.begin(), law->holds.end(), [&](const HoldRule& one) { return matches(one, hold, obligation); });
        if (rule == law->holds.end()) continue;
        const Bounds from = beginning(hold, evaluation.moment.as_of);
        found.push_back({static_cast<std::size_t>(rule - law->holds.begin()), {&hold, &*rule, hold.confirmed && (!hold.from_latest || *hold.from_latest <= evaluation.moment.as_of), from, ending(*rule, hold, from, some_limb(obligation), context)}});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first < b.first;
        if (a.second.from.earliest != b.second.from.earliest) return a.second.from.earliest < b.second.from.earliest;
        return a.second.hold->id < b.second.hold->id;
    });
    for (const auto& [index, held] : found) {
        const std::string& after = held.rule->after;
        bool there = after.empty(), surely = there;
        for (const RecognisedHold& earlier : result) {
            if (earlier.rule->kind != after) continue;
            there = true;
            surely = surely || earlier.certain;
        }
        if (!there) continue;
        result.push_back(held);
        result.back().certain = held.certain && surely;
    }
    return result;
}

/// Until when a hold delays the duty; empty where it has no end. False where its delay counts from a limit that it does not move.
static bool lasts_until(const RecognisedHold& held, const Duty& duty, std::optional<Instant>& until) {
    if (held.until) until = held.until->latest;
    if (!held.rule->cap_from_due) return true;
    bool moves = false;
    for (const Alternative& alternative : duty.deadline.alternatives)
        for (const auto& [id, end] : alternative.hold_ends)
            if (id == held.hold->id) {
                until = moves ? std::max(*until, end) : end;
                moves = true;
            }
    return moves;
}

bool released(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation) {
    for (const RecognisedHold& held : recognised_holds(obligation, duty, evaluation)) {
        if (held.rule->effect != HoldRule::Effect::Releases || !held.certain) continue;
        if (!held.until || held.until->earliest > evaluation.moment.as_of) return true;
    }
    return false;
}

std::vector<Modifier> hold_modifiers(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation) {
    std::vector<Modifier> result;
    const Instant as_of = evaluation.moment.as_of;
    std::vector<const Hold*> seen;
    for (const RecognisedHold& held : recognised_holds(obligation, duty, evaluation)) {
        seen.push_back(held.hold);
        const std::string word = modifier_word(*held.rule);
        std::optional<Instant> until;
        if (word.empty() || !lasts_until(held, duty, until) || (until && *until <= as_of)) continue;
        Modifier modifier;
        modifier.kind = word;
        modifier.by = held.hold->by.empty() ? held.hold->kind : held.hold->by;
        modifier.until = until;
        if (!held.certain || (held.until && held.until->earliest <= as_of)) modifier.holds = Truth::Unknown;
        modifier.citation = held.rule->citation.provision;
        modifier.recipients = held.rule->recipients.empty() ? held.hold->recipients : held.rule->recipients;
        result.push_back(std::move(modifier));
    }
    for (const Hold& hold : evaluation.incident.holds) {
        if (hold.effect != "forbids" || std::find(seen.begin(), seen.end(), &hold) != seen.end()) continue;
        if ((hold.from && *hold.from > as_of) || (hold.until && hold.until_latest.value_or(*hold.until) <= as_of) || !covers(hold, obligation, duty)) continue;
        if (obligation.act != Act::Tell && obligation.act != Act::Publish && obligation.act != Act::Update) continue;
        if (!hold.recipients.empty()) {
            bool meets = false;
            for (const Recipient& recipient : duty.recipients)
                meets = meets || contains(hold.recipients, recipient.who) || contains(hold.recipients, recipient.id);
            if (!meets) continue;
        } else if (hold.acts.empty()) {
            continue;  // it says neither what nor whom: shown with the incident, not laid on every duty
        }
        Modifier modifier;
        modifier.kind = "conflict";
        modifier.by = hold.by.empty() ? hold.kind : hold.by;
        modifier.until = hold.until_latest ? hold.until_latest : hold.until;
        if (!hold.confirmed || (hold.until && *hold.until <= as_of)) modifier.holds = Truth::Unknown;
        modifier.recipients = hold.recipients;
        result.push_back(std::move(modifier));
    }
    return result;
}

}  // namespace duenotice
