#include "engine/limbs.h"

#include <algorithm>
#include <functional>

#include "engine/hold_effects.h"
#include "engine/limb_count.h"
#include "engine/verdict.h"

namespace duenotice {

namespace {

/// One way the clock may run, and whether it counts in every completion in which the duty is owed.
struct Candidate {
    Alternative alternative;
    bool certain = true;
};
struct Candidates {
    std::vector<Candidate> live;
    std::vector<Alternative> dominated;
};

ConditionPtr conjunction(std::vector<ConditionPtr> parts) {
    auto result = std::make_shared<Condition>();
    result->kind = Condition::Kind::And;
    result->children = std::move(parts);
    return result;
}
ConditionPtr negation(const ConditionPtr& part) {
    auto result = std::make_shared<Condition>();
    result->kind = Condition::Kind::Not;
    result->children = {part};
    return result;
}
/// Shares the tree without owning it; lives no longer than the call.
ConditionPtr borrowed(const Condition& condition) {
    return ConditionPtr(const_cast<Condition*>(&condition), [](Condition*) {});
}

class ClockEvaluator {
public:
    ClockEvaluator(const Version& version, ConditionPtr owed, const LimbContext& context)
        : version_(version), owed_(std::move(owed)), context_(context) {}

    /// Guard over the completions in which the duty is owed.
    Truth guard(const ConditionPtr& condition) const {
        if (!condition) return Truth::Yes;
        const Frame& frame = context_.duty.frame;
        const Truth alone = decide(*condition, frame, context_.evaluation).truth;
        if (alone != Truth::Unknown) return alone;
        const auto possible = [&](const ConditionPtr& part) {
            const ConditionPtr whole = conjunction({owed_, part});
            Evaluation evaluation = context_.evaluation;
            evaluation.passing = whole.get();
            return decide(*whole, frame, evaluation).truth != Truth::No;
        };
        if (!possible(condition)) return Truth::No;
        return possible(negation(condition)) ? Truth::Unknown : Truth::Yes;
    }

    Candidates node(const ClockNode& node) const {
        if (node.kind == ClockNode::Kind::Limb) return single(*node.limb);
        Candidates all;
        for (const Candidates& part : children(node)) {
            all.live.insert(all.live.end(), part.live.begin(), part.live.end());
            all.dominated.insert(all.dominated.end(), part.dominated.begin(), part.dominated.end());
        }
        merge_readings(all.live);
        return choose(std::move(all), node.kind == ClockNode::Kind::FirstOf);
    }

private:
    std::vector<Candidates> children(const ClockNode& node) const {
        std::vector<Candidates> result;
        for (const ClockNode& child : node.children) result.push_back(this->node(child));
        return result;
    }

    Candidates single(const Limb& limb) const {
        const Truth holds = guard(limb.when);
        if (holds == Truth::No) return {};
        Candidate candidate;
        candidate.certain = holds == Truth::Yes;
        candidate.alternative = apply_holds(limb, count_limb(limb, context_), context_);
        if (candidate.alternative.citation.empty() && !version_.citations.empty())
            candidate.alternative.citation = version_.citations.front().provision;
        if (!candidate.certain) {
            candidate.alternative.condition = print(*limb.when);
            add_questions(candidate.alternative, *limb.when);
        }
        mark_past_on_arrival(limb, candidate.alternative);
        apply_soft_cap(limb, candidate.alternative);
        return {{std::move(candidate)}, {}};
    }

    void add_questions(Alternative& alternative, const Condition& condition) const {
        const Vocabulary& vocabulary = context_.evaluation.world.law->vocabulary;
        for (const GroundFact& fact : relevant_open_facts(condition, context_.duty.frame, context_.evaluation)) {
            const std::string& id = vocabulary.at(fact.fact).name;
            if (std::find(alternative.questions.begin(), alternative.questions.end(), id) == alternative.questions.end())
                alternative.questions.push_back(id);
        }
    }

    /// A limb that arises when its own limit has passed is due at once; it was never "late since".
    void mark_past_on_arrival(const Limb& limb, Alternative& alternative) const {
        if (!limb.when || !alternative.safe || alternative.kind != DeadlineKind::DueBy) return;
        if (*alternative.safe >= context_.evaluation.moment.as_of) return;
        Term since;
        since.kind = Term::Kind::CertainSince;
        since.type = ValueType::Instant;
        since.test = limb.when;
        const Known known = context_.evaluation.value(since, context_.duty.frame).known;
        alternative.at_once = known.happened_possible && !known.not_yet_possible && known.low > alternative.safe->seconds;
    }

    void apply_soft_cap(const Limb& limb, Alternative& alternative) const {
        if (!limb.soft || !limb.extended_when || !alternative.maximum) return;
        if (guard(limb.extended_when) == Truth::No) return;
        alternative.soft_extended = true;  // the number stays visible as safe; there is no last moment any more
        alternative.maximum.reset();
        alternative.maximum_bounds.reset();
    }

    /// Limbs of one id with different readings are one alternative: safe is the earliest, maximum the latest.
    static void merge_readings(std::vector<Candidate>& live) {
        std::vector<Candidate> merged;
        for (Candidate& candidate : live) {
            const auto same = std::find_if(merged.begin(), merged.end(), [&](const Candidate& other) {
                return !candidate.alternative.reading.empty() && !candidate.alternative.limb.empty() &&
                       other.alternative.limb == candidate.alternative.limb && other.alternative.reading != candidate.alternative.reading &&
                       !other.alternative.reading.empty() && other.certain == candidate.certain && other.alternative.safe.has_value() &&
                       candidate.alternative.safe.has_value();
            });
            if (same == merged.end()) {
                label_readings(candidate.alternative);
                merged.push_back(std::move(candidate));
                continue;
            }
            label_readings(candidate.alternative);
            Alternative& into = same->alternative;
            into.readings.insert(into.readings.end(), candidate.alternative.readings.begin(), candidate.alternative.readings.end());
            into.hold_ends.insert(into.hold_ends.end(), candidate.alternative.hold_ends.begin(), candidate.alternative.hold_ends.end());
            if (into.hold.empty()) into.hold = candidate.alternative.hold;
            if (*candidate.alternative.safe < *into.safe) {
                into.safe = candidate.alternative.safe;
                into.last_day = candidate.alternative.last_day;
                into.safe_bounds = candidate.alternative.safe_bounds;
                into.citation = candidate.alternative.citation;
                into.start = candidate.alternative.start;
                into.start_span = candidate.alternative.start_span;
            }
            if (into.maximum && (!candidate.alternative.maximum || *into.maximum < *candidate.alternative.maximum)) {
                into.maximum = candidate.alternative.maximum;
                into.maximum_bounds = candidate.alternative.maximum_bounds;
            }
            into.reading += " / " + candidate.alternative.reading;
        }
        live = std::move(merged);
    }

    static void label_readings(Alternative& alternative) {
        if (alternative.reading.empty()) return;
        if (alternative.readings.empty() && alternative.safe)
            alternative.readings.push_back({alternative.reading, alternative.citation, *alternative.safe, alternative.last_day, {}});
        for (ReadingLimit& reading : alternative.readings)
            if (reading.label.find(alternative.reading) == std::string::npos)
                reading.label = alternative.reading + (reading.label.empty() ? "" : ", " + reading.label);
    }

    static Instant least(const Alternative& a) { return a.safe_bounds ? a.safe_bounds->earliest : *a.safe; }
    static Instant greatest(const Alternative& a) {
        if (a.maximum_bounds) return a.maximum_bounds->latest;
        return a.maximum ? *a.maximum : Instant{INT64_MAX / 4};
    }

    /// Sets aside the limbs that can never bind because another, certain one surely ends before (or after) them.
    static Candidates choose(Candidates all, bool first_of) {
        std::vector<bool> drop(all.live.size(), false);
        for (std::size_t i = 0; i < all.live.size(); ++i) {
            const Alternative& a = all.live[i].alternative;
            if (!a.safe || (a.kind != DeadlineKind::DueBy && a.kind != DeadlineKind::Open)) continue;
            for (std::size_t j = 0; j < all.live.size() && !drop[i]; ++j) {
                const Alternative& b = all.live[j].alternative;
                if (i == j || drop[j] || !all.live[j].certain || !b.safe || b.kind != DeadlineKind::DueBy) continue;
                const bool behind = first_of ? (greatest(b) < least(a) || (least(a) == least(b) && greatest(a) == greatest(b) && j < i))
                                             : (greatest(a) < least(b) || (least(a) == least(b) && greatest(a) == greatest(b) && j < i));
                if (behind) drop[i] = true;
            }
        }
        for (std::size_t i = 0; i < all.live.size(); ++i)
            if (!drop[i]) bind_by_others(all.live, i, first_of);
        Candidates result;
        result.dominated = std::move(all.dominated);
        for (std::size_t i = 0; i < all.live.size(); ++i) {
            if (drop[i]) result.dominated.push_back(std::move(all.live[i].alternative));
            else result.live.push_back(std::move(all.live[i]));
        }
        return result;
    }

    /// No reading of one limb allows more than another, certain limb of a first-of; none of a last-of asks for it sooner.
    static void bind_by_others(std::vector<Candidate>& live, std::size_t i, bool first_of) {
        Alternative& a = live[i].alternative;
        if (!a.safe || a.kind != DeadlineKind::DueBy) return;
        for (std::size_t j = 0; j < live.size(); ++j) {
            const Alternative& b = live[j].alternative;
            if (i == j || !live[j].certain || !b.safe || b.kind != DeadlineKind::DueBy) continue;
            if (first_of) {
                if (!b.maximum) continue;
                const Instant most = greatest(b);
                if (!a.maximum || most < *a.maximum) a.maximum = most;
                if (a.maximum_bounds) a.maximum_bounds = Bounds{std::min(a.maximum_bounds->earliest, most), std::min(a.maximum_bounds->latest, most)};
            } else {
                const Instant least_of_b = least(b);
                if (*a.safe < least_of_b) {
                    a.safe = least_of_b;
                    a.last_day.reset();
                }
                if (a.safe_bounds) a.safe_bounds = Bounds{std::max(a.safe_bounds->earliest, least_of_b), std::max(a.safe_bounds->latest, least_of_b)};
            }
        }
    }

    const Version& version_;
    ConditionPtr owed_;
    const LimbContext& context_;
};

bool before(const Alternative& a, const Alternative& b) {
    const auto rank = [](const Alternative& x) { return x.safe && x.kind != DeadlineKind::NotStarted ? 0 : x.safe ? 1 : 2; };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    if (a.safe && b.safe && *a.safe != *b.safe) return *a.safe < *b.safe;
    if (a.limb != b.limb) return a.limb < b.limb;
    return a.version_from < b.version_from;
}

void set_lower_bounds(Deadline& deadline, const Clock& clock, const ClockEvaluator& clock_of, const LimbContext& context) {
    for (const ClockNode& node : clock.not_before) {
        if (!node.limb || clock_of.guard(node.limb->when) == Truth::No) continue;
        const Alternative bound = count_limb(*node.limb, context);
        if (!bound.safe || bound.projected) continue;
        if (deadline.not_before && *bound.safe <= *deadline.not_before) continue;
        deadline.not_before = bound.safe;
        deadline.not_before_citation = node.limb->citation.provision;
    }
}

void set_repeats(Deadline& deadline, const Clock& clock, const LimbContext& context) {
    if (!clock.repeat) return;
    const Evaluation& evaluation = context.evaluation;
    const Instant as_of = evaluation.moment.as_of;
    std::optional<Instant> base, end;
    if (clock.repeat->start) {
        const Known start = evaluation.value(*clock.repeat->start, context.duty.frame).known;
        if (start.happened_possible && !start.not_yet_possible && start.low > Known::lowest / 2) base = Instant{start.low};
    } else {
        for (const Filing& filing : evaluation.incident.filings)
            if (std::find(context.duty.filings.begin(), context.duty.filings.end(), filing.id) != context.duty.filings.end())
                if (const auto at = filing.at("submitted"); at && (!base || *base < *at)) base = at;
        if (!base) base = deadline.safe;
    }
    const Period every = clock.repeat->every_fact ? period_of(*clock.repeat->every_fact, context).value_or(Period::hours(0)) : clock.repeat->every;
    const bool may_end = !clock.repeat->ended_when || decide(*clock.repeat->ended_when, context.duty.frame, evaluation).truth == Truth::Yes;
    if (clock.repeat->until && may_end) {
        const Known until = evaluation.value(*clock.repeat->until, context.duty.frame).known;
        if (until.happened_possible && !until.not_yet_possible && until.low > Known::lowest / 2) end = Instant{until.low};
    }
    if (!base || every.amount <= 0) return;
    Limb limb;
    limb.counting = clock.repeat->counting;
    limb.calendar = clock.repeat->calendar;
    for (int n = 1; n <= 2000 && deadline.repeats.size() < 3; ++n) {
        Period period = every;
        period.amount *= n;
        const auto next = count_from(limb, *base, period, clock.repeat->counting, context);
        if (!next || (end && *next > *end)) break;
        if (*next > as_of || n == 1) deadline.repeats.push_back(*next);
    }
}

void set_lasts(Deadline& deadline, const Clock& clock, const LimbContext& context) {
    const Evaluation& evaluation = context.evaluation;
    if (clock.keep_until) {
        const Known until = evaluation.value(*clock.keep_until, context.duty.frame).known;
        if (until.happened_possible && !until.not_yet_possible && until.low == until.high) deadline.lasts_until = Instant{until.low};
    }
    if (clock.lasts.amount == 0 && clock.lasts.months == 0 && clock.lasts.days == 0) return;
    if (clock.root.kind != ClockNode::Kind::Limb || !clock.root.limb) return;
    std::optional<Instant> from;
    for (const Filing& filing : evaluation.incident.filings)
        if (std::find(context.duty.filings.begin(), context.duty.filings.end(), filing.id) != context.duty.filings.end())
            if (const auto at = filing.at(clock.root.limb->act.empty() ? "submitted" : clock.root.limb->act); at && (!from || *at < *from)) from = at;
    if (!from && clock.root.limb->start) {
        const Known start = evaluation.value(*clock.root.limb->start, context.duty.frame).known;
        if (start.happened_possible && !start.not_yet_possible && start.low > Known::lowest / 2) from = Instant{start.low};
    }
    if (from) deadline.lasts_until = count_from(*clock.root.limb, *from, clock.lasts, clock.lasts_counting, context);
}

}  // namespace

Deadline evaluate_clock(const Obligation& obligation, const Duty& duty, const Condition& condition, const Evaluation& evaluation,
                        const OtherDuties& others) {
    Deadline deadline;
    const LimbContext context{obligation, duty, evaluation, others};
    const CompiledObligation& compiled = evaluation.world.law->compiled[duty.obligation];
    for (std::size_t v = 0; v < obligation.versions.size(); ++v) {
        const Version& version = obligation.versions[v];
        const ConditionPtr in_range = v < compiled.versions.size() ? compiled.versions[v].in_range : nullptr;
        if (in_range && in_range->kind == Condition::Kind::False) continue;
        const ClockEvaluator all(version, borrowed(condition), context);
        const Truth applies = all.guard(in_range);
        if (applies == Truth::No || !version.clock) continue;
        const ConditionPtr owed = applies == Truth::Yes ? borrowed(condition) : conjunction({borrowed(condition), in_range});
        const ClockEvaluator evaluator(version, owed, context);
        Candidates candidates = evaluator.node(version.clock->root);
        for (Candidate& candidate : candidates.live) {
            if (obligation.versions.size() > 1 && version.from) candidate.alternative.version_from = version.from->iso();
            if (version.until) candidate.alternative.until = version.until->iso();
            if (applies == Truth::Unknown && candidate.alternative.condition.empty()) candidate.alternative.condition = print(*in_range);
            deadline.alternatives.push_back(std::move(candidate.alternative));
        }
        for (Alternative& other : candidates.dominated) deadline.other_limbs.push_back(std::move(other));
        set_lower_bounds(deadline, *version.clock, evaluator, context);
        for (const Alternative& alternative : deadline.alternatives) {
            if (alternative.kind == DeadlineKind::Promptly && alternative.start_span && !deadline.since)
                deadline.since = alternative.start_span->earliest;
        }
        if (applies != Truth::Yes) continue;
        std::sort(deadline.alternatives.begin(), deadline.alternatives.end(), before);
        if (!deadline.alternatives.empty() && deadline.alternatives.front().safe && deadline.alternatives.front().kind != DeadlineKind::NotStarted)
            deadline.safe = deadline.alternatives.front().safe;
        set_repeats(deadline, *version.clock, context);
        set_lasts(deadline, *version.clock, context);
    }
    std::sort(deadline.alternatives.begin(), deadline.alternatives.end(), before);
    std::sort(deadline.other_limbs.begin(), deadline.other_limbs.end(), before);
    deadline.safe.reset();
    bool no_last_moment = false;
    for (const Alternative& alternative : deadline.alternatives) {
        if (!alternative.safe || alternative.kind == DeadlineKind::NotStarted) continue;
        const Instant safe = alternative.safe_bounds ? std::min(*alternative.safe, alternative.safe_bounds->earliest) : *alternative.safe;
        if (!deadline.safe || safe < *deadline.safe) deadline.safe = safe;
        if (!alternative.maximum) no_last_moment = true;
        const auto maximum = alternative.maximum_bounds ? std::optional<Instant>(alternative.maximum_bounds->latest) : alternative.maximum;
        if (maximum && (!deadline.maximum || *deadline.maximum < *maximum)) deadline.maximum = maximum;
    }
    if (no_last_moment) deadline.maximum.reset();
    deadline.empty_window = deadline.not_before && deadline.maximum && *deadline.maximum < *deadline.not_before;
    return deadline;
}

}  // namespace duenotice
