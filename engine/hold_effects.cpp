#include "engine/hold_effects.h"

#include <algorithm>

#include "engine/holds.h"

namespace duenotice {

namespace {

/// Stands for a limit that does not come while a hold without an end lasts.
constexpr Instant no_limit{INT64_MAX / 4};

/// More holds of one effect than these are not tried out one by one: they move the maximum only.
constexpr std::size_t most_holds = 4;

/// Bounds of the safe and of the latest instant of a limb.
struct Limits {
    Bounds safe, maximum;
    friend bool operator==(const Limits&, const Limits&) = default;
};

Limits limits_of(const Alternative& a) {
    const Bounds safe = a.safe_bounds.value_or(Bounds{*a.safe, *a.safe});
    const Instant most = a.maximum.value_or(no_limit);
    return {safe, a.maximum_bounds.value_or(Bounds{most, most})};
}

Bounds united(const Bounds& a, const Bounds& b) { return {std::min(a.earliest, b.earliest), std::max(a.latest, b.latest)}; }
Limits united(const Limits& a, const Limits& b) { return {united(a.safe, b.safe), united(a.maximum, b.maximum)}; }
std::optional<Limits> united(const std::optional<Limits>& a, const std::optional<Limits>& b) { return !a ? b : !b ? a : united(*a, *b); }

template <class Move>
Bounds each_end(const Bounds& bounds, const Move& move) {
    return {move(bounds.earliest), move(bounds.latest)};
}

/// An end of day is the following 00:00: days after it count from that day itself.
std::optional<Instant> counted_on(const Limb& limb, Instant end, const Period& period, std::string_view counting, const LimbContext& context) {
    if (end >= no_limit) return {};
    return count_from(limb, is_elapsed(period.unit) ? end : end.plus_seconds(-1), period, counting.empty() ? std::string_view("plain") : counting, context);
}

bool filed_in_time(const std::string& obligation, const LimbContext& context, Instant limit) {
    for (const Filing& filing : context.evaluation.incident.filings)
        if (filing.obligation == obligation && filing.entity == context.duty.entity && filing.submitted_at && !filing.withdrawn_at &&
            *filing.submitted_at <= limit && *filing.submitted_at <= context.evaluation.moment.as_of)
            return true;
    return false;
}

/// One instant on its way through the delays. `end` is where the delay ends; `limit` the last moment to act by then.
struct Track {
    Instant limit, end, base;
    bool late = false;     ///< upper end of a bound: the hold in its longest completion
    bool maximum = false;  ///< later readings count
    const HoldRule* by_reading = nullptr;  ///< the rule whose later reading set `limit`
    void start_rule() { base = end; }
};

class HoldEffects {
public:
    HoldEffects(const Limb& limb, Alternative counted, const LimbContext& context) : limb_(limb), context_(context), result_(std::move(counted)) {}

    Alternative apply(const std::vector<RecognisedHold>& holds) {
        if (!result_.safe || holds.empty()) return std::move(result_);
        restart(holds);
        toll(holds);
        open_tracks();
        for (const RecognisedHold& held : holds)
            if (held.rule->effect == HoldRule::Effect::Extends) extend(held);
        const HoldRule* rule = nullptr;
        for (const RecognisedHold& held : holds) {
            if (held.rule->effect != HoldRule::Effect::Delays) continue;
            if (rule != held.rule) std::for_each(tracks_.begin(), tracks_.end(), [](Track& track) { track.start_rule(); });
            rule = held.rule;
            delay(held);
        }
        close_tracks();
        return std::move(result_);
    }

private:
    // Restarting and tolling change how the period runs: the limb is counted again over each part of an open start, in every
    // completion of the holds that gives a bound.

    /// A hold in one completion.
    struct ExactHold {
        Instant from, end;
        friend bool operator<(const ExactHold& a, const ExactHold& b) { return a.from < b.from || (a.from == b.from && a.end < b.end); }
    };
    using ExactHolds = std::vector<ExactHold>;

    /// A part of an open start, and the instant from which its period runs instead.
    struct Part {
        std::optional<StartSpan> span;
        Limits limits;
        std::optional<Instant> runs_from;
    };

    static std::vector<RecognisedHold> with_effect(const std::vector<RecognisedHold>& holds, HoldRule::Effect effect) {
        std::vector<RecognisedHold> result;
        std::copy_if(holds.begin(), holds.end(), std::back_inserter(result), [effect](const RecognisedHold& held) { return held.rule->effect == effect; });
        return result;
    }
    static bool exact(const RecognisedHold& held) { return held.certain && held.from.is_exact() && (!held.until || held.until->is_exact()); }

    /// The completions that give bounds: each hold absent where it may be, and with both ends of its bounds.
    static std::vector<ExactHolds> completions_of(const std::vector<RecognisedHold>& holds) {
        std::vector<ExactHolds> all{{}};
        for (const RecognisedHold& held : holds) {
            std::vector<ExactHolds> next;
            for (const ExactHolds& before : all) {
                if (!held.certain || held.from.earliest == lowest()) next.push_back(before);
                for (const Instant from : {held.from.earliest, held.from.latest})
                    for (const bool late : {false, true}) {
                        const Instant end = !held.until ? no_limit : late ? held.until->latest : held.until->earliest;
                        if ((from != held.from.earliest && held.from.is_exact()) || (late && (!held.until || held.until->is_exact()))) continue;
                        next.push_back(before);
                        if (from < end) next.back().push_back({from, end});
                    }
            }
            all = std::move(next);
        }
        for (ExactHolds& holds_of_one : all) std::sort(holds_of_one.begin(), holds_of_one.end());
        return all;
    }

    void restart(const std::vector<RecognisedHold>& holds) {
        const std::vector<RecognisedHold> restarting = with_effect(holds, HoldRule::Effect::Restarts);
        if (restarting.empty() || limb_.kind != Limb::Kind::Period || result_.kind == DeadlineKind::Promptly) return;
        over_completions(restarting, "the period begins when the hold ends; no end on record", [this](const ExactHolds& one) { return restarted(one); });
    }

    void toll(const std::vector<RecognisedHold>& holds) {
        const std::vector<RecognisedHold> tolling = with_effect(holds, HoldRule::Effect::Tolls);
        if (tolling.empty() || !result_.safe) return;
        if (over_completions(tolling, "time does not run while the hold lasts; no end on record", [this](const ExactHolds& one) { return tolled(one); })) result_.tolled = true;
    }

    template <class Count>
    bool over_completions(const std::vector<RecognisedHold>& holds, const char* reason, const Count& count) {
        const Limits before = limits_of(result_);
        std::optional<Limits> after;
        if (holds.size() > most_holds) {
            after = Limits{{before.safe.earliest, no_limit}, {before.maximum.earliest, no_limit}};
        } else {
            for (const ExactHolds& one : completions_of(holds)) after = united(after, std::optional(count(one)));
            if (!std::all_of(holds.begin(), holds.end(), exact)) widen(*after, holds);
        }
        if (*after == before) return false;
        result_.hold = holds.back().hold->kind;
        move_readings(holds, before, *after);
        put(*after, reason);
        return true;
    }

    /// Ends of a hold within its bounds may give more than those at both sides: a period counted anew is not always later for
    /// a later start, and time that stands still adds most where the hold begins with the clock.
    void widen(Limits& after, const std::vector<RecognisedHold>& holds) const {
        const bool tolls = holds.front().rule->effect == HoldRule::Effect::Tolls;
        const auto longest = [&](const RecognisedHold& held) -> std::int64_t {
            if (!held.until || held.from.earliest == lowest()) return no_limit.seconds;
            const Instant from = result_.start_span ? std::max(held.from.earliest, result_.start_span->earliest) : held.from.earliest;
            return std::max<std::int64_t>(0, held.until->latest.seconds - from.seconds);
        };
        std::int64_t all = 0;
        if (tolls)
            for (const RecognisedHold& held : holds) all = std::min(no_limit.seconds, all + longest(held));
        const auto later = [](Instant at, std::int64_t seconds) { return at.seconds >= no_limit.seconds - seconds ? no_limit : at.plus_seconds(seconds); };
        const Limits before = limits_of(result_);
        after.safe.latest = std::max(after.safe.latest, later(before.safe.latest, all));
        after.maximum.latest = std::max(after.maximum.latest, later(before.maximum.latest, all));
        for (const RecognisedHold& held : holds) {
            if (!held.until || limb_.kind != Limb::Kind::Period) continue;
            const std::optional<Limits> from_end = counted({held.until->earliest, held.until->latest});
            if (!from_end) continue;
            const std::int64_t others = tolls ? all - longest(held) : 0;
            after.safe = united(after.safe, {from_end->safe.earliest, later(from_end->safe.latest, others)});
            after.maximum = united(after.maximum, {from_end->maximum.earliest, later(from_end->maximum.latest, others)});
        }
    }

    std::vector<Part> parts() const {
        return {{limb_.kind == Limb::Kind::Period ? result_.start_span : std::nullopt, limits_of(result_), {}}};
    }

    /// The starts before an instant, and those from it on.
    std::vector<Part> split(const Part& part, Instant at) const {
        if (!part.span || part.runs_from || part.span->latest < at || part.span->earliest >= at) return {part};
        const StartSpan first{part.span->earliest, at.plus_seconds(-1)}, second{at, part.span->latest};
        const std::optional<Limits> one = counted(first), two = counted(second);
        if (!one || !two) return {part};
        return {{first, *one, {}}, {second, *two, {}}};
    }

    Limits anew(Instant from, const Limits& otherwise) const {
        if (from >= no_limit) return {{no_limit, no_limit}, {no_limit, no_limit}};
        return counted(StartSpan::at(from)).value_or(otherwise);
    }

    Limits restarted(const ExactHolds& holds) const {
        std::vector<Part> all = parts();
        for (const ExactHold& hold : holds) {
            std::vector<Part> next;
            for (const Part& part : all)
                for (Part& piece : split(part, hold.end)) {
                    const bool runs = piece.runs_from ? *piece.runs_from < hold.end : !piece.span || piece.span->latest < hold.end;
                    if (runs && piece.limits.maximum.latest >= hold.from) {
                        piece.limits = anew_after(piece.limits, hold.from, anew(hold.end, piece.limits));
                        piece.runs_from = hold.end;
                    }
                    next.push_back(piece);
                }
            all = std::move(next);
        }
        return together(all);
    }

    /// Time that several holds stop stands still once: what overlaps is one.
    Limits tolled(const ExactHolds& holds) const {
        std::vector<Part> all = parts();
        for (std::size_t i = 0; i < holds.size(); ++i) {
            ExactHold hold = holds[i];
            while (i + 1 < holds.size() && holds[i + 1].from <= hold.end) hold.end = std::max(hold.end, holds[++i].end);
            std::vector<Part> next;
            for (const Part& part : all)
                for (const Part& late : split(part, hold.end))
                    for (Part& piece : split(late, hold.from.plus_seconds(1))) {
                        const bool over = piece.span && !piece.runs_from && piece.span->earliest >= hold.end;
                        const bool inside = piece.span && !piece.runs_from && piece.span->earliest > hold.from && !over;
                        if (inside) {
                            piece.limits = anew(hold.end, piece.limits);
                            piece.runs_from = hold.end;
                        } else if (!over) {
                            piece.limits = shifted(piece.limits, hold.from, hold.end);
                        }
                        next.push_back(piece);
                    }
            all = std::move(next);
        }
        return together(all);
    }

    static Limits together(const std::vector<Part>& all) {
        std::optional<Limits> result;
        for (const Part& part : all) result = united(result, std::optional(part.limits));
        return *result;
    }

    /// Where the limit had not passed when the hold began, the period counted anew.
    static Limits anew_after(const Limits& limits, Instant from, const Limits& anew) {
        const auto part = [&](const Bounds& old, const Bounds& next) {
            if (old.latest < from) return old;
            return old.earliest >= from ? next : united(Bounds{old.earliest, from.plus_seconds(-1)}, next);
        };
        return {part(limits.safe, anew.safe), part(limits.maximum, anew.maximum)};
    }

    /// Where the limit had not passed when the hold began, later by as long as it lasts.
    static Limits shifted(const Limits& limits, Instant from, Instant end) {
        const auto move = [&](Instant at) { return at <= from || at >= no_limit ? at : end >= no_limit ? no_limit : at.plus_seconds(end.seconds - from.seconds); };
        return {each_end(limits.safe, move), each_end(limits.maximum, move)};
    }

    std::optional<Limits> counted(StartSpan span) const {
        const Alternative again = count_limb_from(limb_, span, context_);
        return again.safe ? std::optional(limits_of(again)) : std::nullopt;
    }

    /// Where all is exact the readings are those of the start from which the period now runs, or as much later as it is.
    void move_readings(const std::vector<RecognisedHold>& holds, const Limits& before, const Limits& after) {
        const bool all_exact = std::all_of(holds.begin(), holds.end(), exact) && result_.start_span && result_.start_span->is_exact() && after.maximum.latest < no_limit;
        if (!all_exact) return;
        for (const RecognisedHold& held : holds) {
            if (!held.until) continue;
            const Alternative again = count_limb_from(limb_, StartSpan::at(held.until->earliest), context_);
            if (!again.safe || !(limits_of(again) == after)) continue;
            result_.readings = again.readings;
            return;
        }
        const std::int64_t later = after.safe.earliest.seconds - before.safe.earliest.seconds;
        for (ReadingLimit& reading : result_.readings) reading.end = reading.end.plus_seconds(later);
    }

    // Extensions and delays move the limit itself.

    void open_tracks() {
        if (!result_.safe) return;
        const Limits limits = limits_of(result_);
        for (const Instant at : {limits.safe.earliest, limits.safe.latest, limits.maximum.earliest, limits.maximum.latest}) {
            const bool odd = tracks_.size() % 2 == 1;
            tracks_.push_back({at, at, at, odd, tracks_.size() >= 2});
        }
        for (const ReadingLimit& reading : result_.readings) tracks_.push_back({reading.end, reading.end, reading.end});
        before_ = limits;
    }

    /// Whether the hold is there and begins before the limit has passed, in the completion of the track.
    static bool in_time(const RecognisedHold& held, const Track& track) {
        return track.late ? held.from.earliest <= track.limit : held.certain && held.from.latest <= track.limit;
    }

    void extend(const RecognisedHold& held) {
        const HoldRule& rule = *held.rule;
        for (Track& track : tracks_) {
            if (track.limit >= no_limit || !in_time(held, track)) continue;
            if (!rule.only_if_filed.empty() && !filed_in_time(rule.only_if_filed, context_, track.limit)) continue;
            const auto later = counted_on(limb_, track.limit, rule.amount, rule.counting, context_);
            if (!later) continue;
            track.limit = track.end = *later;
            result_.hold = held.hold->kind;
        }
    }

    void delay(const RecognisedHold& held) {
        const Instant lowest_maximum = tracks_.empty() ? no_limit : tracks_[2].end;
        for (std::size_t i = 0; i < tracks_.size(); ++i) {
            Track& track = tracks_[i];
            if (!in_time(held, track)) continue;
            const Instant end = end_of(held, track);
            if (end <= track.end) {
                // A later reading is counted from the end: an earlier limit within the bounds may reach further than the latest.
                if (i == 3 && lowest_maximum < end) then_from(*held.rule, end, track);
                continue;
            }
            result_.hold = held.hold->kind;
            auto& ends = result_.hold_ends;
            const bool new_hold = std::none_of(ends.begin(), ends.end(), [&](const auto& one) { return one.first == held.hold->id; });
            if (new_hold && end < no_limit) ends.emplace_back(held.hold->id, end);
            lay(*held.rule, end, track);
        }
    }

    /// Moves a limit to the end of a delay.
    void lay(const HoldRule& rule, Instant end, Track& track) const {
        track.end = end;
        if (end >= no_limit) {
            track.limit = no_limit;
            return;
        }
        const Instant at = rule.ends_on_working_day ? last_working_moment(limb_, end, context_).value_or(end) : end;
        track.limit = std::max(track.limit, at);
        then_from(rule, end, track);
    }

    void then_from(const HoldRule& rule, Instant end, Track& track) const {
        if (rule.then.amount == 0 || !track.maximum) return;
        const auto then = counted_on(limb_, end, rule.then, limb_.counting, context_);
        if (!then || *then <= track.limit) return;
        track.limit = *then;
        track.by_reading = &rule;
    }

    /// Where the delay of a limit ends; `no_limit` while there is no end.
    Instant end_of(const RecognisedHold& held, const Track& track) const {
        const HoldRule& rule = *held.rule;
        const std::optional<Instant> named = held.until ? std::optional(track.late ? held.until->latest : held.until->earliest) : std::nullopt;
        if (!named && rule.named_term && !track.late) return track.end;
        if (!rule.cap_from_due || rule.cap.amount == 0) return named.value_or(no_limit);
        const auto cap = counted_on(limb_, track.base, rule.cap, rule.counting, context_);
        if (!cap) return track.end;  // beyond a calendar: nothing is added
        return named ? std::min(*named, *cap) : *cap;
    }

    void close_tracks() {
        if (tracks_.empty()) return;
        const Limits after{{tracks_[0].limit, tracks_[1].limit}, {tracks_[2].limit, tracks_[3].limit}};
        for (std::size_t i = 0; i < result_.readings.size(); ++i) {
            ReadingLimit& reading = result_.readings[i];
            if (reading.end == tracks_[4 + i].limit || tracks_[4 + i].limit >= no_limit) continue;
            reading.end = tracks_[4 + i].limit;
            reading.last_day.reset();
        }
        if (after == before_) return;
        if (const HoldRule* rule = tracks_[3].by_reading; rule != nullptr && after.maximum.is_exact())
            result_.readings.push_back({rule->then_reading, rule->citation.provision, after.maximum.latest, {}, {}});
        put(after, "on hold, no end on record");
    }

    void put(Limits after, const char* reason) {
        // A delay in its shortest completion may not pass the same delay in its longest.
        after.safe.latest = std::max(after.safe.latest, after.safe.earliest);
        after.maximum.latest = std::max(after.maximum.latest, after.maximum.earliest);
        if (after.safe.earliest >= no_limit) {
            result_.kind = DeadlineKind::NotStarted;
            result_.reason = reason;
            result_.safe.reset();
            result_.maximum.reset();
            result_.safe_bounds.reset();
            result_.maximum_bounds.reset();
            result_.last_day.reset();
            return;
        }
        if (after.safe.earliest != *result_.safe) result_.last_day.reset();
        result_.safe = after.safe.earliest;
        result_.safe_bounds.reset();
        if (!after.safe.is_exact() && after.safe.latest < no_limit) result_.safe_bounds = after.safe;
        result_.maximum.reset();
        result_.maximum_bounds.reset();
        if (after.maximum.latest >= no_limit) return;
        result_.maximum = after.maximum.latest;
        if (!after.maximum.is_exact()) result_.maximum_bounds = after.maximum;
    }

    static constexpr Instant lowest() { return Instant{INT64_MIN / 4}; }

    const Limb& limb_;
    const LimbContext& context_;
    Alternative result_;
    Limits before_;
    std::vector<Track> tracks_;  ///< the two ends of safe, the two of maximum, then the readings
};

}  // namespace

Alternative apply_holds(const Limb& limb, Alternative counted, const LimbContext& context) {
    return HoldEffects(limb, std::move(counted), context).apply(recognised_holds(context.obligation, context.duty, context.evaluation));
}

}  // namespace duenotice
