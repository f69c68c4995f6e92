#include "engine/clock_ends.h"

#include <algorithm>
#include <utility>

#include "engine/limb_count.h"
#include "engine/verdict.h"

namespace duenotice {

namespace {

enum class Side : std::uint8_t { Earliest, Latest, EndOfLatestDay };

/// When something surely happened, at the earliest or at the latest; a day counts from its first moment, or to its last.
std::optional<Instant> sure_instant(const Term& term, const LimbContext& context, Side side) {
    const Known known = context.evaluation.value(term, context.duty.frame).known;
    const std::int64_t value = side == Side::Earliest ? known.low : known.high;
    if (!known.happened_possible || known.not_yet_possible || value <= Known::lowest / 2 || value >= Known::highest / 2) return {};
    if (known.type != ValueType::Date) return Instant{value};
    const Zone* zone = context.evaluation.zone(context.duty.frame);
    if (zone == nullptr) return {};
    const Date day = Date::from_days(static_cast<std::int32_t>(value));
    return side == Side::EndOfLatestDay ? zone->start_of_day(day.plus_days(1)).instant.plus_seconds(-1) : zone->start_of_day(day).instant;
}

/// The acts of the duty that count, in time order.
std::vector<Instant> acts_of(const Deadline& deadline, const LimbContext& context) {
    const std::string act = deadline.alternatives.empty() ? "submitted" : deadline.alternatives.front().act;
    std::vector<Instant> acts;
    for (const Filing& filing : context.evaluation.incident.filings)
        if (std::find(context.duty.filings.begin(), context.duty.filings.end(), filing.id) != context.duty.filings.end())
            if (const auto at = filing.at(act); at && *at <= context.evaluation.moment.as_of) acts.push_back(*at);
    std::sort(acts.begin(), acts.end());
    return acts;
}

/// The times of a duty that comes again: the n-th is n periods after the base, which itself is none of them.
class Grid {
public:
    Grid(const Recurrence& repeat, Instant base, Period every, const LimbContext& context) : repeat_(repeat), base_(base), every_(every), context_(context) {
        limb_.counting = repeat.counting;
        limb_.calendar = repeat.calendar;
    }

    /// Empty beyond the calendar; for 0 the base.
    std::optional<Instant> at(std::int64_t n) const {
        if (n == 0) return base_;
        Period period = every_;
        period.amount *= n;
        return count_from(limb_, base_, period, repeat_.counting, context_);
    }

    /// The first that is not before the instant; what cannot be counted lies after it.
    std::int64_t first_from(Instant instant) const {
        std::int64_t low = 0, high = 1;
        const auto is_before = [&](std::int64_t n) { const auto end = at(n); return end && *end < instant; };
        while (high < most && is_before(high)) low = std::exchange(high, 2 * high);
        while (low + 1 < high) {
            const std::int64_t middle = low + (high - low) / 2;
            (is_before(middle) ? low : high) = middle;
        }
        return high;
    }

private:
    static constexpr std::int64_t most = std::int64_t{1} << 22;  ///< minutes of eight years
    const Recurrence& repeat_;
    Instant base_;
    Period every_;
    const LimbContext& context_;
    Limb limb_;
};

constexpr std::int64_t most_repeats = 3;

std::optional<Instant> repetition_end(const Recurrence& repeat, const LimbContext& context) {
    const bool may_end = !repeat.ended_when || decide(*repeat.ended_when, context.duty.frame, context.evaluation).truth == Truth::Yes;
    return repeat.until && may_end ? sure_instant(*repeat.until, context, Side::EndOfLatestDay) : std::nullopt;
}

/// Limbs that may apply, in the order of the file.
void collect_limbs(const ClockNode& node, const LimbApplies& guard, std::vector<const Limb*>& into) {
    for (const ClockNode& child : node.children) collect_limbs(child, guard, into);
    if (node.kind == ClockNode::Kind::Limb && node.limb && guard(node.limb->when) != Truth::No) into.push_back(&*node.limb);
}

std::optional<Instant> first_act(const std::string& act, const LimbContext& context) {
    std::optional<Instant> first;
    for (const Filing& filing : context.evaluation.incident.filings)
        if (std::find(context.duty.filings.begin(), context.duty.filings.end(), filing.id) != context.duty.filings.end())
            if (const auto at = filing.at(act.empty() ? "submitted" : act); at && (!first || *at < *first)) first = at;
    return first;
}

/// Counted where the limb is, by the calendar that `<lasts>` names; empty beyond it.
std::optional<Instant> kept_until(const Limb& limb, Instant from, const Clock& clock, const LimbContext& context) {
    Limb kept = limb;
    kept.calendar = clock.lasts_calendar;
    return count_from(kept, from, clock.lasts, clock.lasts_counting, context);
}

}  // namespace

void set_repeats(Deadline& deadline, const Clock& clock, const LimbContext& context) {
    if (!clock.repeat) return;
    const Instant as_of = context.evaluation.moment.as_of;
    const std::vector<Instant> acts = acts_of(deadline, context);
    std::optional<Instant> base;
    if (clock.repeat->start) base = sure_instant(*clock.repeat->start, context, Side::Earliest);
    else base = acts.empty() ? deadline.counted : std::optional(acts.back());
    const std::optional<Instant> end = repetition_end(*clock.repeat, context);
    const Period every = clock.repeat->every_fact ? period_of(*clock.repeat->every_fact, context).value_or(Period::hours(0)) : clock.repeat->every;
    if (!base || every.amount <= 0) return;
    const Grid grid(*clock.repeat, *base, every, context);
    const std::int64_t next = grid.first_from(as_of);
    for (std::int64_t n = next; n < next + most_repeats; ++n) {
        const std::optional<Instant> at = grid.at(n);
        if (!at || (end && *end < *at)) break;
        deadline.repeats.push_back(*at);
    }
    const std::int64_t last = std::min(next, end ? grid.first_from(end->plus_seconds(1)) : next) - 1;
    if (last < 1 || (!clock.repeat->start && acts.empty())) return;
    const std::int64_t missed = clock.repeat->start ? last : 1;  // from the last act only the next one is sure
    const std::optional<Instant> due = grid.at(missed), before = grid.at(missed - 1);
    const bool met = std::any_of(acts.begin(), acts.end(), [&](Instant act) { return before && *before < act; });
    if (due && !met) deadline.repeat_missed = due;
}

/// Kept so long from the act, or before it from the start of the clock. Of several limbs that may apply the longest time
/// is told, and none while one of them has no start or no end that can be counted: what is kept too short is lost.
void set_lasts(Deadline& deadline, const Clock& clock, const LimbApplies& guard, const LimbContext& context) {
    if (clock.keep_until) deadline.lasts_until = sure_instant(*clock.keep_until, context, Side::EndOfLatestDay);
    if (clock.lasts.amount == 0 && clock.lasts.months == 0 && clock.lasts.days == 0) return;
    std::vector<const Limb*> limbs;
    collect_limbs(clock.root, guard, limbs);
    const auto longest = [&](const auto& start_of, bool every) {
        std::optional<Instant> end;
        for (const Limb* limb : limbs) {
            const std::optional<Instant> from = start_of(*limb);
            if (!from && every) return std::optional<Instant>();
            if (!from) continue;
            const std::optional<Instant> until = kept_until(*limb, *from, clock, context);
            if (!until) return until;
            if (!end || *end < *until) end = until;
        }
        return end;
    };
    std::optional<Instant> end = longest([&](const Limb& limb) { return first_act(limb.act, context); }, false);
    if (!end) end = longest([&](const Limb& limb) { return limb.start ? sure_instant(*limb.start, context, Side::Latest) : std::nullopt; }, true);
    if (end) deadline.lasts_until = end;
}

}  // namespace duenotice
