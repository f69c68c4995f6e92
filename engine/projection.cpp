#include "engine/projection.h"

#include <algorithm>

#include "engine/assess.h"

namespace duenotice {

namespace {

ShownLimit limit_of(const Duty& duty) {
    if (duty.deadline.counted) return {duty.deadline.counted, false};
    for (const Alternative& alternative : duty.deadline.alternatives)
        if (alternative.safe) return {alternative.safe, alternative.projected};
    return {};
}

std::string standing_change(const Duty& before, const Duty& after) {
    if (before.verdict != after.verdict) return after.verdict == Verdict::Owed ? "owed" : after.verdict == Verdict::NotOwed ? "not owed" : "open";
    if (before.standing != after.standing) return after.standing == Standing::None ? "no longer " + std::string(name(before.standing)) : std::string(name(after.standing));
    return {};
}

Filing act_of(const Duty& duty, const Obligation& obligation, Instant at) {
    Filing filing;
    filing.id = "if-done";
    filing.obligation = obligation.id;
    filing.entity = duty.entity;
    filing.population = duty.population;
    filing.place = duty.place;
    filing.contract = duty.contract;
    filing.event = duty.event;
    filing.series = duty.series;
    for (std::optional<Instant> Filing::*act : {&Filing::submitted_at, &Filing::accepted_at, &Filing::dispatched_at, &Filing::received_at, &Filing::published_at}) filing.*act = at;
    return filing;
}

}  // namespace

IfDone if_done(const World& world, const Assessment& assessment, const Duty& duty, Instant at, bool include_proposed) {
    AssessOptions options;
    options.because = options.questions = options.content = false;
    options.explain = false;
    options.include_proposed = include_proposed;
    Moment moment = assessment.moment;
    moment.as_of = std::max(moment.as_of, at);
    const Assessment before = assess(world, assessment.incident, moment, options);
    auto supposed = std::make_shared<Incident>(*assessment.incident);
    supposed->filings.push_back(act_of(duty, assessment.law->obligations[duty.obligation], at));
    IfDone result;
    result.duty = duty.id;
    result.at = at;
    result.assessment = assess(world, std::move(supposed), moment, options);
    for (const Duty& after : result.assessment.duties) {
        const Duty* was = before.find(after.id);
        if (after.id == duty.id) result.done = after;
        if (after.id == duty.id || was == nullptr) continue;
        LimitMove move{after.id, limit_of(*was), limit_of(after), standing_change(*was, after)};
        if (move.before != move.after || !move.standing.empty()) result.moves.push_back(std::move(move));
    }
    std::stable_sort(result.moves.begin(), result.moves.end(), [](const LimitMove& a, const LimitMove& b) {
        const auto key = [](const LimitMove& move) { return move.after.safe ? move.after.safe->seconds : INT64_MAX; };
        return key(a) < key(b);
    });
    return result;
}

}  // namespace duenotice
