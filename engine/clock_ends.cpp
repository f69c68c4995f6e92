#include "engine/clock_ends.h"

#include <algorithm>

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
    const Evaluation& evaluation = context.evaluation;
    const Instant as_of = evaluation.moment.as_of;
    std::optional<Instant> base, end;
    if (clock.repeat->start) {
        base = sure_instant(*clock.repeat->start, context, Side::Earliest);
    } else {
        for (const Filing& filing : evaluation.incident.filings)
            if (std::find(context.duty.filings.begin(), context.duty.filings.end(), filing.id) != context.duty.filings.end())
                if (const auto at = filing.at("submitted"); at && (!base || *base < *at)) base = at;
        if (!base) base = deadline.counted;
    }
    const Period every = clock.repeat->every_fact ? period_of(*clock.repeat->every_fact, context).value_or(Period::hours(0)) : clock.repeat->every;
    const bool may_end = !clock.repeat->ended_when || decide(*clock.repeat->ended_when, context.duty.frame, evaluation).truth == Truth::Yes;
    if (clock.repeat->until && may_end) end = sure_instant(*clock.repeat->until, context, Side::EndOfLatestDay);
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
