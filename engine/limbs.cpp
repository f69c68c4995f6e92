#include "engine/limbs.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "engine/clock_ends.h"
#include "engine/hold_effects.h"
#include "engine/joint_conditions.h"
#include "engine/limb_count.h"
#include "engine/memo.h"
#include "engine/reads.h"
#include "engine/shared_answers.h"
#include "engine/verdict.h"
#include "engine/zone_release.h"
#include "rules/expression_walk.h"

namespace duenotice {

namespace {

/// One way the clock may run, and whether it counts in every completion in which the duty is owed.
struct Candidate {
    Alternative alternative;
    bool certain = true;
};
/// What a clock or a part of it gives. A part that is a first-of or last-of of its own ends as one: nobody may take the
/// bounds of one of its limbs for those of the part.
struct Candidates {
    std::vector<Candidate> live;
    std::vector<Alternative> dominated;
    bool certain = false;                           ///< some limb of it surely applies
    std::optional<Instant> surely_by, surely_from;  ///< it surely ends, and then not after / surely not before
    std::optional<Instant> by_if, from_if;          ///< the same where any limb of it applies
    std::optional<Instant> floor;                   ///< what has a date, or can be bounded, does not end before
    bool bottomless = false, later = false;         ///< a limb that cannot be counted may bring its end to any time before, after what can
};

ConditionPtr conjunction(std::vector<ConditionPtr> parts) {
    auto result = std::make_shared<Condition>();
    result->kind = Condition::Kind::And;
    result->children = std::move(parts);
    return result;
}
/// Shares the tree without owning it; lives no longer than the call.
ConditionPtr borrowed(const Condition& condition) {
    return ConditionPtr(const_cast<Condition*>(&condition), [](Condition*) {});
}

class ClockEvaluator {
public:
    /// Owed: the duty's condition, or that and the dates of the version.
    ClockEvaluator(const Version& version, std::vector<ConditionPtr> owed, const LimbContext& context)
        : version_(version), parts_(std::move(owed)), owed_(parts_.size() == 1 ? parts_.front() : conjunction(parts_)), context_(context) {
        if (Memo* const memo = context_.evaluation.memo; memo != nullptr && parts_.size() > 1) memo->keep_alive(owed_);
    }

    /// Guard over the completions in which the duty is owed.
    Truth guard(const ConditionPtr& condition) const {
        if (!condition) return Truth::Yes;
        IncidentAnswers* const shared = context_.evaluation.shared;
        std::vector<const Condition*> asked{condition.get()};
        for (const ConditionPtr& part : parts_) asked.push_back(part.get());
        const auto place = shared == nullptr ? std::nullopt : shared->place(IncidentAnswers::Question::Guard, asked, context_.duty.frame);
        if (place)
            if (const auto kept = shared->guard(*place)) return *kept;
        const Truth found = guarded(condition);
        if (place) shared->keep(*place, found);
        return found;
    }

    Candidates node(const ClockNode& node) const {
        if (node.kind == ClockNode::Kind::Limb) return single(*node.limb);
        std::vector<Candidates> parts = children(node);
        merge_readings(parts);
        return choose(std::move(parts), node.kind == ClockNode::Kind::FirstOf);
    }

private:
    Truth guarded(const ConditionPtr& condition) const {
        const Frame& frame = context_.duty.frame;
        const Truth alone = decide(*condition, frame, context_.evaluation).truth;
        if (alone != Truth::Unknown) return alone;
        if (apart(*condition)) return Truth::Unknown;
        if (!beside_owed_) {
            guards_ = {owed_, condition};
            if (version_.clock) walk_limbs(*version_.clock, [this](const Limb& limb) {
                for (const ConditionPtr& guard : {limb.when, limb.extended_when})
                    if (guard && std::find(guards_.begin(), guards_.end(), guard) == guards_.end()) guards_.push_back(guard);
            });
            beside_owed_ = std::make_unique<JointConditions>(guards_, frame, context_.evaluation);
        }
        const auto index = static_cast<std::size_t>(std::find(guards_.begin(), guards_.end(), condition) - guards_.begin());
        if (index == guards_.size()) return JointConditions({owed_, condition}, frame, context_.evaluation).under_the_first(1);
        return beside_owed_->under_the_first(index);
    }

    /// It looks at no fact that the duty's condition, which may hold, looks at: then it may come out either way beside it.
    bool apart(const Condition& condition) const {
        const Frame& frame = context_.duty.frame;
        Memo* const memo = context_.evaluation.memo;
        return memo != nullptr && !memo->looked_at(condition, frame).may_meet(memo->looked_at(*owed_, frame)) &&
               decide(*owed_, frame, context_.evaluation).truth != Truth::No;
    }

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
        return alone(std::move(candidate));
    }

    static Candidates alone(Candidate candidate) {
        Candidates result;
        const Alternative& a = candidate.alternative;
        result.certain = candidate.certain;
        result.later = is_uncounted(candidate) || a.may_end_later;
        result.bottomless = a.may_end_sooner || (is_uncounted(candidate) && !a.at_least);
        if (is_uncounted(candidate)) result.floor = a.at_least;
        else if (a.safe && a.kind != DeadlineKind::NotStarted && !a.may_end_sooner) result.floor = least(a);
        if (a.safe && a.kind == DeadlineKind::DueBy) {
            if (!a.may_end_sooner) result.from_if = least(a);
            if (a.maximum) result.by_if = greatest(a);
            if (candidate.certain) {
                result.surely_from = result.from_if;
                result.surely_by = result.by_if;
            }
        }
        result.live.push_back(std::move(candidate));
        return result;
    }

    void add_questions(Alternative& alternative, const Condition& condition) const {
        const Vocabulary& vocabulary = context_.evaluation.world.law->vocabulary;
        for (const GroundFact& fact : relevant_open_facts(condition, context_.duty.frame, context_.evaluation)) {
            const std::string& id = vocabulary.at(fact.fact).name;
            if (std::find(alternative.questions.begin(), alternative.questions.end(), id) == alternative.questions.end())
                alternative.questions.push_back(id);
        }
        add_also_open(alternative, also_open(condition, context_.duty.frame, context_.evaluation), context_);
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

    /// Limbs of one id with different readings are one alternative: safe is the earliest, maximum the latest. A reading that
    /// cannot be counted stands beside it, and leaves no latest.
    static void merge_readings(std::vector<Candidates>& parts) {
        std::vector<Candidates> merged;
        for (Candidates& part : parts) {
            const bool one = part.live.size() == 1;
            if (one) label_readings(part.live.front().alternative);
            const auto same = !one ? merged.end() : std::find_if(merged.begin(), merged.end(), [&](const Candidates& other) { return other.live.size() == 1 && parallel(other.live.front(), part.live.front()); });
            if (same == merged.end()) {
                merged.push_back(std::move(part));
                continue;
            }
            Candidate both = std::move(same->live.front());
            merge(both.alternative, part.live.front().alternative);
            *same = alone(std::move(both));
        }
        for (std::size_t i = merged.size(); i-- > 0;) {
            if (merged[i].live.size() != 1 || !is_uncounted(merged[i].live.front())) continue;
            const auto counted = std::find_if(merged.begin(), merged.end(), [&](const Candidates& other) { return is_reading_of(merged[i].live.front(), other); });
            if (counted == merged.end()) continue;
            Candidate uncounted = std::move(merged[i].live.front());
            Candidate whole = std::move(counted->live.front());
            leave_open(whole.alternative, uncounted.alternative);
            std::vector<Candidate> others(std::make_move_iterator(counted->live.begin() + 1), std::make_move_iterator(counted->live.end()));
            *counted = alone(std::move(whole));
            if (uncounted.alternative.at_least && counted->floor) counted->floor = std::min(*counted->floor, *uncounted.alternative.at_least);
            counted->live.push_back(std::move(uncounted));
            std::move(others.begin(), others.end(), std::back_inserter(counted->live));
            merged.erase(merged.begin() + static_cast<std::ptrdiff_t>(i));
        }
        parts = std::move(merged);
    }

    /// Of the same limb, with a date.
    static bool is_reading_of(const Candidate& uncounted, const Candidates& other) {
        if (other.live.empty() || uncounted.alternative.reading.empty()) return false;
        const Candidate& dated = other.live.front();
        return dated.alternative.safe && dated.alternative.kind == DeadlineKind::DueBy && !dated.alternative.reading.empty() && dated.alternative.limb == uncounted.alternative.limb && dated.certain == uncounted.certain;
    }

    static void leave_open(Alternative& counted, const Alternative& uncounted) {
        counted.may_end_later = true;
        counted.maximum.reset();
        counted.maximum_bounds.reset();
        if (!uncounted.at_least) counted.may_end_sooner = true;
    }

    static bool parallel(const Candidate& a, const Candidate& b) {
        return !b.alternative.reading.empty() && !b.alternative.limb.empty() && a.alternative.limb == b.alternative.limb && a.alternative.reading != b.alternative.reading &&
               !a.alternative.reading.empty() && a.certain == b.certain && a.alternative.safe.has_value() && b.alternative.safe.has_value();
    }

    static void merge(Alternative& into, const Alternative& other) {
        into.readings.insert(into.readings.end(), other.readings.begin(), other.readings.end());
        into.hold_ends.insert(into.hold_ends.end(), other.hold_ends.begin(), other.hold_ends.end());
        if (into.hold.empty()) into.hold = other.hold;
        const Bounds safe{std::min(least(into), least(other)), std::min(safe_latest(into), safe_latest(other))};
        const std::optional<Bounds> maximum = into.maximum && other.maximum ? std::optional(Bounds{std::max(maximum_earliest(into), maximum_earliest(other)), std::max(greatest(into), greatest(other))}) : std::nullopt;
        if (*other.safe < *into.safe) {
            into.last_day = other.last_day;
            into.citation = other.citation;
            into.start = other.start;
            into.start_span = other.start_span;
        }
        into.may_end_sooner = into.may_end_sooner || other.may_end_sooner;
        if (into.kind == DeadlineKind::NotStarted || other.kind == DeadlineKind::DueBy) into.kind = other.kind;  // a date is never hidden behind a reading without one
        into.safe = safe.earliest;
        into.safe_bounds.reset();
        if (!safe.is_exact()) into.safe_bounds = safe;
        into.maximum.reset();
        into.maximum_bounds.reset();
        if (maximum) into.maximum = maximum->latest;
        if (maximum && !maximum->is_exact()) into.maximum_bounds = maximum;
        into.reading += " / " + other.reading;
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
    static Instant safe_latest(const Alternative& a) { return a.safe_bounds ? a.safe_bounds->latest : *a.safe; }
    static Instant maximum_earliest(const Alternative& a) { return a.maximum_bounds ? a.maximum_bounds->earliest : *a.maximum; }
    static Instant greatest(const Alternative& a) {
        if (a.maximum_bounds) return a.maximum_bounds->latest;
        return a.maximum ? *a.maximum : Instant{INT64_MAX / 4};
    }

    /// Sets aside the limbs that can never bind because another, certain part surely ends before (or after) them; no
    /// reading of one limb allows more than another, certain part of a first-of; none of a last-of asks for it sooner.
    static Candidates choose(std::vector<Candidates> parts, bool first_of) {
        Candidates result = bounds_of(parts, first_of);
        for (std::size_t i = 0; i < parts.size(); ++i) set_aside(parts, i, first_of);
        set_uncounted(result, parts, first_of);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            result.dominated.insert(result.dominated.end(), parts[i].dominated.begin(), parts[i].dominated.end());
            for (Candidate& candidate : parts[i].live) {
                if (!surely_behind(candidate.alternative, parts, i, first_of)) {
                    bind(candidate.alternative, parts, i, first_of);
                    result.live.push_back(std::move(candidate));
                } else {
                    result.dominated.push_back(std::move(candidate.alternative));
                }
            }
        }
        return result;
    }

    /// Of the earlier (or later) of all parts.
    static Candidates bounds_of(const std::vector<Candidates>& parts, bool first_of) {
        Candidates result;
        const auto earlier = [](std::optional<Instant>& into, const std::optional<Instant>& at) { if (at && (!into || *at < *into)) into = at; };
        const auto later = [](std::optional<Instant>& into, const std::optional<Instant>& at) { if (at && (!into || *into < *at)) into = at; };
        std::optional<Instant> every_from, every_by;
        bool all_from = true, all_by = true;
        for (const Candidates& part : parts) {
            if (part.live.empty()) continue;
            result.certain = result.certain || part.certain;
            if (first_of) earlier(result.surely_by, part.surely_by);
            else later(result.surely_from, part.surely_from);
            earlier(every_from, part.from_if);
            later(every_by, part.by_if);
            all_from = all_from && part.from_if;
            all_by = all_by && part.by_if;
        }
        if (!all_from) every_from.reset();
        if (!all_by) every_by.reset();
        if (first_of) {
            result.from_if = every_from;
            result.by_if = result.surely_by ? result.surely_by : every_by;
            if (result.certain) result.surely_from = every_from;
        } else {
            result.by_if = every_by;
            result.from_if = result.surely_from ? result.surely_from : every_from;
            if (result.certain) result.surely_by = every_by;
        }
        return result;
    }

    /// Limbs that cannot be counted, of a part that as a whole surely ends not before (or not after) another.
    static void set_aside(std::vector<Candidates>& parts, std::size_t part, bool first_of) {
        Candidates& own = parts[part];
        const std::optional<Instant> end = !first_of ? own.by_if : own.bottomless ? std::nullopt : own.floor;
        const bool behind = end && std::any_of(parts.begin(), parts.end(), [&](const Candidates& other) {
            const std::optional<Instant>& bound = first_of ? other.surely_by : other.surely_from;
            return &other != &own && bound && (first_of ? *bound <= *end : *end <= *bound);
        });
        if (!behind || std::none_of(own.live.begin(), own.live.end(), is_uncounted)) return;
        for (const Candidate& candidate : own.live)
            if (is_uncounted(candidate)) own.dominated.push_back(candidate.alternative);
        std::erase_if(own.live, is_uncounted);
        own.later = false;
    }

    static bool is_uncounted(const Candidate& candidate) { return candidate.alternative.kind == DeadlineKind::BeyondCalendar; }

    /// Whether a limb that cannot be counted may bring the end before or after what can: another part that surely ends by
    /// then (or not before) may say no.
    static void set_uncounted(Candidates& whole, const std::vector<Candidates>& parts, bool first_of) {
        std::optional<Instant> least_floor, sure_floor;
        bool bottomless = false, later = false, held = false;
        for (const Candidates& part : parts) {
            if (part.floor && (!least_floor || *part.floor < *least_floor)) least_floor = part.floor;
            if (part.floor && part.certain && !part.bottomless && (!sure_floor || *sure_floor < *part.floor)) sure_floor = part.floor;
            bottomless = bottomless || part.bottomless;
            later = later || part.later;
            held = held || (part.surely_by && !part.later);
        }
        const bool by_the_sure = !first_of && sure_floor;
        whole.floor = by_the_sure ? sure_floor : least_floor;
        whole.bottomless = bottomless && !by_the_sure;
        whole.later = later && !(first_of && held);
    }

    static bool surely_behind(const Alternative& a, const std::vector<Candidates>& parts, std::size_t part, bool first_of) {
        if (!a.safe || (a.kind != DeadlineKind::DueBy && a.kind != DeadlineKind::Open) || (first_of && a.may_end_sooner)) return false;
        for (std::size_t j = 0; j < parts.size(); ++j) {
            if (j == part) continue;
            const std::optional<Instant>& bound = first_of ? parts[j].surely_by : parts[j].surely_from;
            if (bound && (first_of ? *bound < least(a) : greatest(a) < *bound)) return true;
            const bool twin = j < part && parts[part].live.size() == 1 && parts[j].surely_from == least(a) && parts[j].surely_by == greatest(a);
            if (twin) return true;
        }
        return false;
    }

    static void bind(Alternative& a, const std::vector<Candidates>& parts, std::size_t part, bool first_of) {
        if (!a.safe || a.kind != DeadlineKind::DueBy) return;
        for (std::size_t j = 0; j < parts.size(); ++j) {
            if (j == part) continue;
            if (first_of && parts[j].surely_by) {
                const Instant most = *parts[j].surely_by;
                if (a.maximum_bounds) a.maximum_bounds = Bounds{std::min(a.maximum_bounds->earliest, most), std::min(a.maximum_bounds->latest, most)};
                if (!a.maximum || most < *a.maximum) a.maximum = most;
            } else if (!first_of && parts[j].surely_from) {
                const Instant least_of_other = *parts[j].surely_from;
                if (a.safe_bounds) a.safe_bounds = Bounds{std::max(a.safe_bounds->earliest, least_of_other), std::max(a.safe_bounds->latest, least_of_other)};
                if (*a.safe < least_of_other) {
                    a.safe = least_of_other;
                    a.last_day.reset();
                }
            }
        }
    }

    const Version& version_;
    std::vector<ConditionPtr> parts_;
    ConditionPtr owed_;
    const LimbContext& context_;
    mutable std::vector<ConditionPtr> guards_;  ///< owed, then what may guard a limb
    mutable std::unique_ptr<JointConditions> beside_owed_;
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

/// What ends where the zone data in use are known to be wrong.
void mark_old_zone_data(std::vector<Alternative>& alternatives, std::string_view release) {
    for (Alternative& alternative : alternatives) {
        const std::optional<Instant> from = wrong_from(alternative.zone, release);
        const std::optional<Instant> end = alternative.maximum_bounds ? alternative.maximum_bounds->latest : alternative.maximum ? alternative.maximum : alternative.safe;
        alternative.old_zone_data = from && end && *end >= *from;
    }
}

/// The ends of the whole, from those of its limbs and from how early what cannot be counted may end.
void set_ends(Deadline& deadline, const Candidates& floors) {
    deadline.counted.reset();
    bool no_last_moment = deadline.may_end_later;
    for (const Alternative& alternative : deadline.alternatives) {
        if (!alternative.safe || alternative.kind == DeadlineKind::NotStarted) continue;
        const Instant safe = alternative.safe_bounds ? std::min(*alternative.safe, alternative.safe_bounds->earliest) : *alternative.safe;
        if (!deadline.counted || safe < *deadline.counted) deadline.counted = safe;
        if (!alternative.maximum) no_last_moment = true;
        const auto maximum = alternative.maximum_bounds ? std::optional<Instant>(alternative.maximum_bounds->latest) : alternative.maximum;
        if (maximum && (!deadline.last || *deadline.last < *maximum)) deadline.last = maximum;
    }
    if (no_last_moment) deadline.last.reset();
    const bool uncounted = std::any_of(deadline.alternatives.begin(), deadline.alternatives.end(), [](const Alternative& a) { return a.may_end_sooner || a.kind == DeadlineKind::BeyondCalendar; });
    deadline.may_end_sooner = deadline.counted && uncounted && (floors.bottomless || (floors.floor && *floors.floor < *deadline.counted));
    if (!deadline.may_end_sooner) deadline.safe = deadline.counted;
    // The latest that an open start allows is a bound; beside what cannot be counted nothing is.
    const bool open_start = std::none_of(deadline.alternatives.begin(), deadline.alternatives.end(), [](const Alternative& a) { return a.kind == DeadlineKind::BeyondCalendar || (a.may_end_sooner && a.kind != DeadlineKind::Open); });
    if (!deadline.may_end_sooner || open_start) deadline.maximum = deadline.last;
}

}  // namespace

Deadline evaluate_clock(const Obligation& obligation, const Duty& duty, const Condition& condition, const Evaluation& evaluation,
                        const OtherDuties& others) {
    Deadline deadline;
    const LimbContext context{obligation, duty, evaluation, others};
    const CompiledObligation& compiled = evaluation.world.law->compiled[duty.obligation];
    Candidates floors;  ///< of all versions
    for (std::size_t v = 0; v < obligation.versions.size(); ++v) {
        const Version& version = obligation.versions[v];
        const ConditionPtr in_range = v < compiled.versions.size() ? compiled.versions[v].in_range : nullptr;
        if (in_range && in_range->kind == Condition::Kind::False) continue;
        const ClockEvaluator all(version, {borrowed(condition)}, context);
        const Truth applies = all.guard(in_range);
        if (applies == Truth::No || !version.clock) continue;
        std::vector<ConditionPtr> owed{borrowed(condition)};
        if (applies != Truth::Yes) owed.push_back(in_range);
        const ClockEvaluator evaluator(version, std::move(owed), context);
        Candidates candidates = evaluator.node(version.clock->root);
        for (Candidate& candidate : candidates.live) {
            if (obligation.versions.size() > 1 && version.from) candidate.alternative.version_from = version.from->iso();
            if (version.until) candidate.alternative.until = version.until->iso();
            if (applies == Truth::Unknown && candidate.alternative.condition.empty()) candidate.alternative.condition = print(*in_range);
            deadline.alternatives.push_back(std::move(candidate.alternative));
        }
        floors.bottomless = floors.bottomless || candidates.bottomless;
        if (candidates.floor && (!floors.floor || *candidates.floor < *floors.floor)) floors.floor = candidates.floor;
        deadline.may_end_later = deadline.may_end_later || candidates.later;
        for (Alternative& other : candidates.dominated) deadline.other_limbs.push_back(std::move(other));
        set_lower_bounds(deadline, *version.clock, evaluator, context);
        for (const Alternative& alternative : deadline.alternatives) {
            if (alternative.kind == DeadlineKind::Promptly && alternative.start_span && !deadline.since)
                deadline.since = alternative.start_span->earliest;
        }
        if (applies != Truth::Yes) continue;
        std::sort(deadline.alternatives.begin(), deadline.alternatives.end(), before);
        if (!deadline.alternatives.empty() && deadline.alternatives.front().safe && deadline.alternatives.front().kind != DeadlineKind::NotStarted)
            deadline.counted = deadline.alternatives.front().safe;
        set_repeats(deadline, *version.clock, context);
        set_lasts(deadline, *version.clock, [&](const ConditionPtr& when) { return evaluator.guard(when); }, context);
    }
    std::sort(deadline.alternatives.begin(), deadline.alternatives.end(), before);
    std::sort(deadline.other_limbs.begin(), deadline.other_limbs.end(), before);
    mark_old_zone_data(deadline.alternatives, evaluation.world.zones.release());
    mark_old_zone_data(deadline.other_limbs, evaluation.world.zones.release());
    set_ends(deadline, floors);
    deadline.empty_window = deadline.not_before && deadline.maximum && *deadline.maximum < *deadline.not_before;
    return deadline;
}

}  // namespace duenotice
