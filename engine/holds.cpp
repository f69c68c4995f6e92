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

std::optional<Instant> capped_end(const HoldRule& rule, const Hold& hold, const Limb* limb, const LimbContext& context) {
    std::optional<Instant> end = hold.until;
    if (rule.cap.amount == 0 || !hold.from) return end;
    const Limb none;
    const auto cap = count_from(limb != nullptr ? *limb : none, *hold.from, rule.cap, rule.counting.empty() ? "plain" : rule.counting, context);
    if (cap && (!end || *cap < *end)) end = cap;
    return end;
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

void move_all(Alternative& alternative, std::int64_t seconds) {
    const auto move = [seconds](std::optional<Instant>& at) {
        if (at) at = at->plus_seconds(seconds);
    };
    move(alternative.safe);
    move(alternative.maximum);
    for (ReadingLimit& reading : alternative.readings) reading.end = reading.end.plus_seconds(seconds);
}

bool filed_in_time(const std::string& obligation, const LimbContext& context, Instant limit) {
    for (const Filing& filing : context.evaluation.incident.filings)
        if (filing.obligation == obligation && filing.entity == context.duty.entity && filing.submitted_at && !filing.withdrawn_at &&
            *filing.submitted_at <= limit && *filing.submitted_at <= context.evaluation.moment.as_of)
            return true;
    return false;
}

void delay(Alternative& alternative, const RecognisedHold& held, Instant as_of) {
    alternative.hold = held.hold->kind;
    if (!held.until) {
        if (held.from && alternative.safe && *alternative.safe < *held.from) return;  // the limit had passed before
        alternative.kind = DeadlineKind::NotStarted;
        alternative.safe.reset();
        alternative.maximum.reset();
        alternative.reason = "on hold, no end on record";
        return;
    }
    if (alternative.safe && *alternative.safe < *held.until && (!held.from || *held.from <= *alternative.safe)) {
        alternative.safe = *held.until;
        alternative.last_day.reset();
    }
    if (alternative.maximum && *alternative.maximum < *held.until && (!held.from || *held.from <= *alternative.maximum))
        alternative.maximum = *held.until;
    (void)as_of;
}

void toll(Alternative& alternative, const RecognisedHold& held) {
    if (!alternative.safe || !held.from || *alternative.safe <= *held.from) return;
    alternative.hold = held.hold->kind;
    alternative.tolled = true;
    if (!held.until) {
        alternative.kind = DeadlineKind::NotStarted;
        alternative.reason = "time does not run while the hold lasts; no end on record";
        alternative.safe.reset();
        alternative.maximum.reset();
        return;
    }
    Instant from = *held.from;
    if (alternative.start_span) from = std::max(from, alternative.start_span->earliest);
    if (*held.until > from) move_all(alternative, held.until->seconds - from.seconds);
}

}  // namespace

std::vector<RecognisedHold> recognised_holds(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation) {
    std::vector<RecognisedHold> result;
    const Law* law = evaluation.world.law->find_law(obligation.law);
    if (law == nullptr) return result;
    const OtherDuties none{[](std::string_view, std::string_view, const Frame&) { return std::vector<const Duty*>(); }};
    const LimbContext context{obligation, duty, evaluation, none};
    for (const Hold& hold : evaluation.incident.holds) {
        if (hold.from && *hold.from > evaluation.moment.as_of) continue;
        if (!covers(hold, obligation, duty)) continue;
        for (const HoldRule& rule : law->holds) {
            if (!matches(rule, hold, obligation)) continue;
            result.push_back({&hold, &rule, hold.from, capped_end(rule, hold, some_limb(obligation), context)});
            break;
        }
    }
    return result;
}

Alternative apply_holds(const Limb& limb, Alternative counted, const LimbContext& context) {
    for (const RecognisedHold& held : recognised_holds(context.obligation, context.duty, context.evaluation)) {
        switch (held.rule->effect) {
            case HoldRule::Effect::Delays: delay(counted, held, context.evaluation.moment.as_of); break;
            case HoldRule::Effect::Tolls: toll(counted, held); break;
            case HoldRule::Effect::Restarts:
                if (limb.kind != Limb::Kind::Period) break;
                if (held.until) {
                    counted = count_limb_from(limb, StartSpan::at(*held.until), context);
                } else {
                    counted.kind = DeadlineKind::NotStarted;
                    counted.safe.reset();
                    counted.maximum.reset();
                    counted.reason = "the period begins when the hold ends; no end on record";
                }
                counted.hold = held.hold->kind;
                break;
            case HoldRule::Effect::Extends: {
                if (!counted.safe) break;
                if (!held.rule->only_if_filed.empty() && !filed_in_time(held.rule->only_if_filed, context, *counted.safe)) break;
                const auto extended = [&](Instant end) {
                    // An end of day is the following 00:00: the extension counts from the last day itself.
                    const auto later = count_from(limb, end.plus_seconds(-1), held.rule->amount,
                                                  held.rule->counting.empty() ? "plain" : held.rule->counting, context);
                    return later.value_or(end);
                };
                counted.safe = extended(*counted.safe);
                if (counted.maximum) counted.maximum = extended(*counted.maximum);
                counted.hold = held.hold->kind;
                break;
            }
            case HoldRule::Effect::Forbids:
            case HoldRule::Effect::Releases: break;
        }
    }
    return counted;
}

bool released(const Obligation& obligation, const Duty& duty, const Evaluation& evaluation) {
    for (const RecognisedHold& held : recognised_holds(obligation, duty, evaluation)) {
        if (held.rule->effect != HoldRule::Effect::Releases) continue;
        if (!held.until || *held.until > evaluation.moment.as_of) return true;
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
        if (word.empty() || (held.until && *held.until <= as_of)) continue;
        Modifier modifier;
        modifier.kind = word;
        modifier.by = held.hold->by.empty() ? held.hold->kind : held.hold->by;
        modifier.until = held.until;
        modifier.citation = held.rule->citation.provision;
        modifier.recipients = held.rule->recipients.empty() ? held.hold->recipients : held.rule->recipients;
        result.push_back(std::move(modifier));
    }
    for (const Hold& hold : evaluation.incident.holds) {
        if (hold.effect != "forbids" || std::find(seen.begin(), seen.end(), &hold) != seen.end()) continue;
        if ((hold.from && *hold.from > as_of) || (hold.until && *hold.until <= as_of) || !covers(hold, obligation, duty)) continue;
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
        modifier.until = hold.until;
        modifier.recipients = hold.recipients;
        result.push_back(std::move(modifier));
    }
    return result;
}

}  // namespace duenotice
