#include "engine/standing.h"

#include <algorithm>

#include "engine/holds.h"
#include "engine/verdict.h"

namespace duenotice {

namespace {

bool fits(const std::string& wanted, const std::string& given) { return given.empty() || wanted == given; }

bool same_subject(const Filing& filing, const Duty& duty) {
    return filing.entity == duty.entity && fits(duty.population, filing.population) && fits(duty.place, filing.place) &&
           fits(duty.contract, filing.contract) && fits(duty.event, filing.event) && fits(duty.series, filing.series);
}

Done done_of(const Filing& filing, Instant as_of) {
    const auto happened = [as_of](const std::optional<Instant>& at) { return at && *at <= as_of; };
    if (happened(filing.withdrawn_at)) return Done::Withdrawn;
    if (happened(filing.received_at)) return Done::Acknowledged;
    if (happened(filing.dispatched_at) || happened(filing.published_at)) return Done::Dispatched;
    if (happened(filing.accepted_at)) return Done::Accepted;
    if (happened(filing.submitted_at)) return Done::Submitted;
    return Done::Nothing;
}

int rank(Done done) {
    switch (done) {
        case Done::Nothing: return 0;
        case Done::Withdrawn: return 1;
        case Done::Returned: return 2;
        case Done::Drafted: return 3;
        case Done::Approved: return 4;
        case Done::Submitted: return 5;
        case Done::Accepted: return 6;
        case Done::Dispatched: return 7;
        case Done::Acknowledged: return 8;
    }
    return 0;
}

std::string duration_words(std::int64_t seconds) {
    const std::int64_t minutes = (seconds + 59) / 60;
    const std::int64_t days = minutes / 1440, hours = minutes / 60 % 24, rest = minutes % 60;
    std::string text;
    if (days > 0) text += std::to_string(days) + " d ";
    if (days > 0 || hours > 0) text += std::to_string(hours) + " h ";
    if (days == 0) text += std::to_string(rest) + " min ";
    text.pop_back();
    return text;
}

/// Whether an act strictly before the limit is asked for, then the very instant is too late.
bool in_time(Instant at, Instant limit, bool strictly) { return strictly ? at < limit : at <= limit; }

std::string reading_that_allows(const Deadline& deadline, Instant at) {
    for (const Alternative& alternative : deadline.alternatives)
        for (const ReadingLimit& reading : alternative.readings)
            if (at <= reading.end && !reading.label.empty()) return reading.label;
    return {};
}

struct Timed {
    Timing timing = Timing::NoClock;
    std::string note;
};

Timed time_of(const Deadline& deadline, std::optional<Instant> acted, Instant as_of, bool past_at_once) {
    if (!deadline.counted) return {};
    const bool strictly = !deadline.alternatives.empty() && deadline.alternatives.front().before_act;
    const Instant at = acted.value_or(as_of);
    const bool safe = in_time(at, *deadline.counted, strictly);
    const bool all = !deadline.last || in_time(at, *deadline.last, strictly);
    const std::string unsure = deadline.may_end_sooner ? "a limit that cannot be counted may have ended sooner" : "";
    if (acted) {
        if (safe) return {Timing::Met, unsure};
        if (all) {
            const std::string reading = reading_that_allows(deadline, at);
            return {Timing::MetAfter, "after the safe instant by " + duration_words(at.seconds - deadline.counted->seconds) +
                                          (!reading.empty() ? ", in time under: " + reading : deadline.may_end_later ? ", and a limit that cannot be counted may end later" : ", before the last")};
        }
        return {Timing::MetAfter, "late by " + duration_words(at.seconds - deadline.last->seconds) + " under every reading"};
    }
    if (safe || past_at_once) return {Timing::Running, past_at_once && !safe ? "due at once" : unsure};
    return {all ? Timing::PastSafe : Timing::PastAll, {}};
}

/// The first filing's act that counts, among these.
std::optional<Instant> first_act(const std::vector<const Filing*>& filings, const std::string& act) {
    std::optional<Instant> first;
    for (const Filing* filing : filings) {
        const auto at = filing->at(act);
        if (at && (!first || *at < *first)) first = at;
    }
    return first;
}

const Version* version_of(const Duty& duty, const Obligation& obligation) {
    if (obligation.versions.empty()) return nullptr;
    const auto index = duty.version >= 0 ? static_cast<std::size_t>(duty.version) : obligation.versions.size() - 1;
    return &obligation.versions[index];
}

std::string act_that_counts(const Duty& duty, const Version* version) {
    if (version != nullptr && !version->done.empty()) return version->done;
    if (!duty.deadline.alternatives.empty()) return duty.deadline.alternatives.front().act;
    return "submitted";
}

bool covers_content(const Filing& filing, const Version* version) {
    if (version == nullptr) return true;
    for (const ContentItem& item : version->content)
        if (item.mode == ItemMode::Mandatory &&
            std::find(filing.unknown.begin(), filing.unknown.end(), item.fact) != filing.unknown.end())
            return false;
    return true;
}

bool is_from(const DischargeRule& rule, const Filing& filing, const Duty& duty, const Incident& incident) {
    if (rule.of.empty()) return filing.entity == duty.entity;
    if (rule.of == "any") return true;
    const auto& relations = incident.entities[static_cast<std::size_t>(duty.frame.entity)].relations;
    return std::any_of(relations.begin(), relations.end(), [&](const auto& relation) {
        return relation.first == rule.of && incident.entities[static_cast<std::size_t>(relation.second)].id == filing.entity;
    });
}

void set_discharge(Duty& duty, const DischargeRule& rule, const Version* version, const Evaluation& evaluation) {
    if (duty.standing == Standing::Discharged) return;
    if (rule.condition && decide(*rule.condition, duty.frame, evaluation).truth != Truth::Yes) return;
    bool withdrawn = false;
    for (const Filing& filing : evaluation.incident.filings) {
        if (filing.obligation != rule.by || !is_from(rule, filing, duty, evaluation.incident)) continue;
        if (rule.by == evaluation.world.law->obligations[duty.obligation].id && filing.entity == duty.entity) continue;
        const auto at = filing.at(rule.act.empty() ? "submitted" : rule.act);
        if (!at || *at > evaluation.moment.as_of) continue;
        if (filing.withdrawn_at && *filing.withdrawn_at <= evaluation.moment.as_of) {
            withdrawn = true;
            continue;
        }
        if (rule.by_content && !covers_content(filing, version)) continue;
        duty.standing = Standing::Discharged;
        duty.standing_by = filing.obligation + "@" + filing.entity;
        return;
    }
    if (withdrawn && duty.standing == Standing::None) {
        duty.standing = Standing::Revived;
        duty.standing_by = rule.by;
    } else if (rule.second_line && duty.standing == Standing::None) {
        duty.standing = Standing::OwedUnless;
        duty.standing_by = rule.by;
    }
}

void set_election(Duty& duty, const Obligation& obligation, const Evaluation& evaluation) {
    if (obligation.choice_set.empty()) return;
    duty.choice_set = obligation.choice_set;
    const RuleBook& law = *evaluation.world.law;
    if (!obligation.election.empty()) {
        const FactDeclaration* election = law.vocabulary.find(obligation.election);
        if (election != nullptr) {
            const Known elected = evaluation.known(evaluation.ground(election->id, duty.frame));
            const auto mine = election->choice_index(obligation.elects);
            if (mine && elected.is_exact(*election) && !elected.possible.test(*mine)) {
                duty.standing = Standing::ElectedAway;
                duty.standing_by = obligation.election;
                return;
            }
        }
    }
    for (const Obligation& other : law.obligations) {
        if (other.choice_set != obligation.choice_set || other.id == obligation.id) continue;
        for (const Filing& filing : evaluation.incident.filings) {
            if (filing.obligation != other.id || filing.entity != duty.entity || filing.withdrawn_at) continue;
            if (!filing.submitted_at || *filing.submitted_at > evaluation.moment.as_of || !fits(duty.place, filing.place)) continue;
            duty.standing = Standing::Discharged;
            duty.standing_by = other.id + "@" + filing.entity;
        }
    }
}

void set_recipients_done(Duty& duty, const std::vector<const Filing*>& all, const std::vector<const Filing*>& live, const std::string& act,
                         Instant as_of, bool at_once) {
    for (Recipient& recipient : duty.recipients) {
        std::vector<const Filing*> here;
        for (const Filing* filing : live) {
            if (!filing->recipient.empty() && filing->recipient != recipient.id && filing->recipient != recipient.who) continue;
            here.push_back(filing);
            recipient.filings.push_back(filing->id);
            const Done done = done_of(*filing, as_of);
            if (rank(done) > rank(recipient.done)) recipient.done = done;
        }
        if (here.empty())
            for (const Filing* filing : all)
                if (filing->recipient == recipient.id) recipient.done = Done::Withdrawn;
        recipient.timing = time_of(duty.deadline, first_act(here, act), as_of, at_once).timing;
    }
}

}  // namespace

std::vector<const Filing*> filings_of(const Duty& duty, const Obligation& obligation, const Incident& incident, Instant as_of,
                                      bool with_withdrawn) {
    std::vector<const Filing*> result;
    for (const Filing& filing : incident.filings) {
        const bool named = filing.obligation == obligation.id ||
                           std::find(obligation.was.begin(), obligation.was.end(), filing.obligation) != obligation.was.end();
        if (!named || !same_subject(filing, duty)) continue;
        const Done done = done_of(filing, as_of);
        if (done == Done::Nothing || (done == Done::Withdrawn && !with_withdrawn)) continue;
        result.push_back(&filing);
    }
    return result;
}

void set_standing(Duty& duty, const Obligation& obligation, const Evaluation& evaluation, const OtherDuties&) {
    const Instant as_of = evaluation.moment.as_of;
    const Version* version = version_of(duty, obligation);
    const auto all = filings_of(duty, obligation, evaluation.incident, as_of, true);
    const auto live = filings_of(duty, obligation, evaluation.incident, as_of, false);
    duty.filings.clear();
    for (const Filing* filing : all) duty.filings.push_back(filing->id);
    const bool at_once = !duty.deadline.alternatives.empty() && duty.deadline.alternatives.front().at_once;
    const std::string act = act_that_counts(duty, version);
    set_recipients_done(duty, all, live, act, as_of, at_once);

    Done done = Done::Nothing;
    for (const Filing* filing : all)
        if (rank(done_of(*filing, as_of)) > rank(done)) done = done_of(*filing, as_of);
    for (const Recipient& recipient : duty.recipients)
        if (recipient.owed == Truth::Yes && !recipient.copy && !recipient.passed_on && rank(recipient.done) < rank(done)) done = recipient.done;
    duty.done = done;

    const Timed timed = time_of(duty.deadline, rank(done) >= rank(Done::Submitted) ? first_act(live, act) : std::nullopt, as_of, at_once);
    duty.timing = timed.timing;
    duty.timing_note = timed.note;

    set_election(duty, obligation, evaluation);
    if (duty.standing == Standing::None && !all.empty() && live.empty()) duty.standing = Standing::Withdrawn;
    if (version != nullptr && duty.standing != Standing::ElectedAway)
        for (const DischargeRule& rule : version->discharges) set_discharge(duty, rule, version, evaluation);
    if (released(obligation, duty, evaluation)) {
        duty.standing = Standing::Discharged;
        duty.standing_by = "release";
    }
}

}  // namespace duenotice
