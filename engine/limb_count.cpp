#include "engine/limb_count.h"

#include <algorithm>

#include "engine/count_place.h"
#include "engine/local_day.h"
#include "engine/reads.h"
#include "engine/verdict.h"

namespace duenotice {

namespace {

const AmountCase* amount_of(const Limb& limb, const LimbContext& context, bool& open) {
    for (const AmountCase& amount : limb.amounts) {
        if (!amount.when) return &amount;
        const Decision holds = decide(*amount.when, context.duty.frame, context.evaluation);
        if (holds.truth == Truth::Yes) return &amount;
        if (holds.truth == Truth::Unknown) {
            open = true;
            return &amount;
        }
    }
    return nullptr;
}

Alternative blank(const Limb& limb, const LimbContext& context) {
    Alternative result;
    result.limb = limb.id;
    result.reading = limb.reading;
    result.words = limb.words;
    result.counting = limb.counting;
    result.citation = limb.citation.provision;
    result.act = limb.act.empty() ? "submitted" : limb.act;
    if (limb.start) result.start = print(*limb.start);
    (void)context;
    return result;
}

void ask(Alternative& result, const std::string& fact) {
    if (std::find(result.questions.begin(), result.questions.end(), fact) == result.questions.end()) result.questions.push_back(fact);
}

void ask_for_start(Alternative& result, const Limb& limb, const LimbContext& context) {
    for (const std::string& fact : open_facts_of(*limb.start, context)) ask(result, fact);
    add_also_open(result, also_open(*limb.start, context.duty.frame, context.evaluation), context);
}

/// Where no zone is known the country of the entity would tell.
void ask_for_country(Alternative& result, const LimbContext& context) {
    const Unknown unknown = no_zone(context.duty.frame, context.evaluation);
    AlsoOpen also;
    if (unknown.ground.frame.entity >= 0 && !context.evaluation.known(unknown.ground).is_exact(context.evaluation.world.law->vocabulary.at(unknown.ground.fact))) also.countries.push_back(unknown.ground);
    add_also_open(result, std::move(also), context);
}

Alternative beyond(Alternative result, std::string reason) {
    result.kind = DeadlineKind::BeyondCalendar;
    result.reason = std::move(reason);
    return result;
}

/// What is open is asked for; what is known and not on file is beyond the calendar.
Alternative not_counted(Alternative result, const CountPlace& place, std::string reason) {
    if (!place.open) return beyond(std::move(result), std::move(reason));
    result.kind = DeadlineKind::Open;
    result.reason = std::move(reason);
    result.questions = place.questions;
    return result;
}

void set_bounds(Alternative& result, const CountResult& count, const std::shared_ptr<const CountBasis>& basis) {
    result.safe = count.safe;
    result.maximum = count.maximum;
    result.last_day = count.last_day;
    if (!count.safe_bounds.is_exact()) result.safe_bounds = count.safe_bounds;
    if (!count.maximum_bounds.is_exact()) result.maximum_bounds = count.maximum_bounds;
    result.estimated = count.estimated;
    for (const ReadingResult& reading : count.readings)
        result.readings.push_back({std::string(reading.label), std::string(reading.citation), reading.end, reading.last_day, reading.steps, basis});
}

/// Earlier into the window in which the act is possible: its own end of that day, or the end of the window before.
Instant into_window(Instant end, const std::pair<int, int>& window, const Zone& zone) {
    const LocalTime local = zone.local(end);
    if (local.seconds >= window.first && local.seconds <= window.second) return end;
    const Date day = local.seconds > window.second ? local.date : local.date.plus_days(-1);
    return zone.resolve(day, window.second, {}).instant;
}

/// Time that elapses alike on every clock is counted and shown in UTC where the place has no zone. Null for every other count.
const Zone* zone_for_hours(const CountingLaw& counting, const Period& period, const Limb& limb, const Evaluation& evaluation) {
    if (limb.window_seconds || limb.cut_off_seconds || !counting.elapses(period.unit, period.amount)) return nullptr;
    return evaluation.world.zones.find("Etc/UTC");
}

Alternative count_span(const Limb& limb, StartSpan start, const Period& period, const CountPlace& place, Alternative result,
                       const LimbContext& context) {
    const RuleBook& law = *context.evaluation.world.law;
    result.start_span = start;
    result.calendar = place.calendar_id;
    const CountingLaw* counting = law.counting.find(limb.counting.empty() ? "plain" : limb.counting);
    if (counting == nullptr) return beyond(std::move(result), "no counting law `" + limb.counting + "` on file");
    const Zone* zone = place.zone != nullptr ? place.zone : zone_for_hours(*counting, period, limb, context.evaluation);
    if (zone == nullptr) {
        result = not_counted(std::move(result), place, place.why_not);
        if (!place.open) ask_for_country(result, context);
        return result;
    }
    result.zone = zone->name();
    CountRequest request;
    request.start = start;
    request.period = period;
    request.law = counting;
    request.calendar = place.calendar;
    request.zone = zone;
    if (limb.cut_off_seconds) request.ends_at_seconds = *limb.cut_off_seconds;
    request.clock_zone = counting->clock_zone.empty() ? nullptr : context.evaluation.world.zones.find(counting->clock_zone);
    const CountResult count = count_period(request);
    if (count.status != CountStatus::Ok) {
        const bool named = count.status == CountStatus::NeedsCalendar && !place.why_not.empty();
        if (!limb.window_seconds) result.at_least = ends_at_least(request);
        return named ? not_counted(std::move(result), place, place.why_not) : beyond(std::move(result), count.message);
    }
    set_bounds(result, count, std::make_shared<const CountBasis>(CountBasis{counting->id, zone->name(), place.calendar_id, start, period, request.ends_at_seconds}));
    if (limb.window_seconds) {
        const auto move = [&](Instant& end) { end = into_window(end, *limb.window_seconds, *zone); };  // a later end never moves further back
        move(*result.safe);
        move(*result.maximum);
        for (std::optional<Bounds>* bounds : {&result.safe_bounds, &result.maximum_bounds}) {
            if (!*bounds) continue;
            move((*bounds)->earliest);
            move((*bounds)->latest);
        }
    }
    result.kind = DeadlineKind::DueBy;
    return result;
}

/// The amount as a period and in words; false when it is a fact that is not known.
bool resolve_amount(const Limb& limb, const LimbContext& context, Period& period, Alternative& result) {
    bool open = false;
    const AmountCase* amount = amount_of(limb, context, open);
    if (amount == nullptr) {
        result.kind = DeadlineKind::Open;
        result.reason = "no amount of this limit applies";
        return false;
    }
    period = amount->period;
    if (amount->fact) {
        const auto stated = period_of(*amount->fact, context);
        if (stated) period = *stated;
        if (!stated) {
            result.kind = DeadlineKind::Open;
            result.reason = "how long is not known yet";
            result.questions = open_facts_of(*amount->fact, context);
            return false;
        }
    }
    result.amount = words(period);
    return true;
}

/// The span in which a start may lie; the kind says whether it has started.
struct StartState {
    enum class Kind : std::uint8_t { At, Range, Open, NotYet } kind = Kind::Open;
    StartSpan span;
    bool planned = false;  ///< not yet, but somebody plans it: counted from the plan, and marked
};

StartState start_state(const TermValue& value, const Evaluation& evaluation, const Zone* zone) {
    const Known known = as_instants(value.known, zone);
    const bool planned = !known.happened_possible;
    if (planned && (known.low <= Known::lowest / 2 || known.high >= Known::highest / 2)) return {StartState::Kind::NotYet, {}};
    const std::int64_t low = known.low;
    std::int64_t high = known.high;
    if (high == Known::highest) high = std::max(low, evaluation.moment.as_of.seconds);
    if (low <= Known::lowest / 2) return {StartState::Kind::Open, {Instant{0}, Instant{high}}};
    const StartSpan span{Instant{low}, Instant{high}};
    if (known.not_yet_possible && !planned) return {StartState::Kind::Open, span};
    return {low == high ? StartState::Kind::At : StartState::Kind::Range, span, planned};
}

bool unbounded(const StartState& state) { return state.span.earliest == Instant{0}; }

const Term* filed_term(const Term& term) {
    if (term.kind == Term::Kind::Filed) return &term;
    for (const TermPtr& child : term.terms)
        if (const Term* found = filed_term(*child)) return found;
    return nullptr;
}

/// A limit at the end of a day is the following 00:00; days count from that day, not from the one after.
Instant last_moment(Instant limit, const Period& period, const CountPlace& place) {
    const bool by_clock = period.unit == Period::Unit::Minutes || period.unit == Period::Unit::Hours;
    const bool midnight = place.zone != nullptr && place.zone->local(limit).seconds == 0;
    return !by_clock && midnight ? limit.plus_seconds(-1) : limit;
}

/// Whether what can be counted of a deadline is not its limit: nothing may be reckoned from it.
bool is_uncounted(const Deadline& deadline) {
    return deadline.may_end_sooner || (!deadline.counted && !deadline.alternatives.empty() && deadline.kind() == DeadlineKind::BeyondCalendar);
}

std::string uncounted_limit(const Duty& other) { return "the limit of " + other.id + " cannot be counted"; }

/// A start that waits for a filing: counted from that duty's own limit, and marked.
Alternative project(const Limb& limb, const Period& period, const CountPlace& place, Alternative result, const LimbContext& context) {
    result.kind = DeadlineKind::NotStarted;
    if (const Term* filed = limb.start ? filed_term(*limb.start) : nullptr) {
        for (const Duty* other : context.others.find(filed->name, filed->of_entity, context.duty.frame)) {
            if (other->verdict == Verdict::NotOwed) continue;
            if (is_uncounted(other->deadline)) result.reason = uncounted_limit(*other);
            if (!other->deadline.safe) continue;
            Alternative counted = count_span(limb, StartSpan::at(last_moment(*other->deadline.safe, period, place)), period, place, result, context);
            counted.projected = true;
            counted.projected_from = other->id;
            counted.start_span.reset();
            if (counted.kind == DeadlineKind::DueBy) counted.kind = DeadlineKind::NotStarted;
            return counted;
        }
    }
    if (limb.start) ask_for_start(result, limb, context);
    return result;
}

constexpr const char* start_beyond = "its start is counted past the covered years of a calendar";

Alternative count_period_limb(const Limb& limb, const LimbContext& context, std::optional<StartSpan> moved) {
    Alternative result = blank(limb, context);
    Period period;
    if (!resolve_amount(limb, context, period, result)) return result;
    const CountPlace place = count_place(limb, context);
    if (moved) return count_span(limb, *moved, period, place, std::move(result), context);
    const TermValue value = context.evaluation.value(*limb.start, context.duty.frame);
    if (value.beyond_calendar) return beyond(std::move(result), start_beyond);
    const StartState start = start_state(value, context.evaluation, place.zone);
    if (start.kind == StartState::Kind::NotYet) return project(limb, period, place, std::move(result), context);
    if (start.kind == StartState::Kind::Open && unbounded(start)) {
        const bool surely_started = !value.known.not_yet_possible && start.span.latest < context.evaluation.moment.as_of;  // and not just by now
        if (surely_started) result = count_span(limb, StartSpan::at(start.span.latest), period, place, std::move(result), context);
        result.may_end_sooner = surely_started && result.kind == DeadlineKind::DueBy;
        result.start_span.reset();
        result.kind = DeadlineKind::Open;
        result.reason = "the start of the clock is not known";
        ask_for_start(result, limb, context);
        if (place.zone != nullptr) result.zone = place.zone->name();
        return result;
    }
    result = count_span(limb, start.span, period, place, std::move(result), context);
    result.projected = start.planned;
    if (start.kind == StartState::Kind::Open && result.kind == DeadlineKind::DueBy) result.kind = DeadlineKind::Open;
    if (start.kind != StartState::Kind::At) ask_for_start(result, limb, context);
    if (value.known.type == ValueType::Date && place.zone == nullptr) ask_for_country(result, context);
    for (const std::string& question : limb.calendar_place ? place.questions : std::vector<std::string>()) ask(result, question);
    return result;
}

Alternative at_instant(const Limb& limb, const LimbContext& context, std::int64_t lead) {
    Alternative result = blank(limb, context);
    const CountPlace place = count_place(limb, context);
    if (place.zone != nullptr) result.zone = place.zone->name();
    const TermValue value = context.evaluation.value(*limb.start, context.duty.frame);
    if (value.beyond_calendar) return beyond(std::move(result), "it is counted past the covered years of a calendar");
    const StartState start = start_state(value, context.evaluation, place.zone);
    if (start.kind == StartState::Kind::NotYet || (start.kind == StartState::Kind::Open && unbounded(start))) {
        result.kind = start.kind == StartState::Kind::NotYet ? DeadlineKind::NotStarted : DeadlineKind::Open;
        ask_for_start(result, limb, context);
        return result;
    }
    result.kind = start.kind == StartState::Kind::Open ? DeadlineKind::Open : DeadlineKind::DueBy;
    result.projected = start.planned && limb.kind == Limb::Kind::Before;  // `instant`: a limit that somebody set, no plan of ours
    const Instant low = start.span.earliest.plus_seconds(-lead);
    const Instant high = start.span.latest.plus_seconds(-lead);
    result.safe = low;
    result.maximum = high;
    result.start_span = start.span;
    if (low != high) {
        result.safe_bounds = Bounds{low, high};
        result.maximum_bounds = Bounds{low, high};
        ask_for_start(result, limb, context);
    }
    if (place.zone != nullptr) result.last_day = place.zone->date(low);
    return result;
}

/// The instant of another duty's filing, by the act that counts there.
std::optional<Instant> filing_instant(const Duty& other, const std::string& act, const Incident& incident, Instant as_of) {
    std::optional<Instant> first;
    for (const Filing& filing : incident.filings) {
        if (std::find(other.filings.begin(), other.filings.end(), filing.id) == other.filings.end()) continue;
        const auto at = filing.at(act.empty() ? "submitted" : act);
        if (at && *at <= as_of && (!first || *at < *first)) first = at;
    }
    return first;
}

std::optional<Instant> planned_instant(const Obligation& other, const Duty& duty, const Incident& incident) {
    std::optional<Instant> first;
    for (const Filing& filing : incident.filings)
        if (filing.obligation == other.id && filing.entity == duty.entity && filing.planned_at && (!first || *filing.planned_at < *first))
            first = filing.planned_at;
    return first;
}

Alternative relative(const Limb& limb, const LimbContext& context) {
    Alternative result = blank(limb, context);
    result.kind = DeadlineKind::NotStarted;
    const Evaluation& evaluation = context.evaluation;
    const CountPlace place = count_place(limb, context);
    if (place.zone != nullptr) result.zone = place.zone->name();
    result.before_act = limb.kind == Limb::Kind::Before;
    std::string uncounted;
    const auto take = [&](Instant at, bool projected, const std::string& from) {
        at = at.plus_seconds(-limb.lead_seconds);
        if (result.safe && *result.safe <= at) return;
        result.kind = DeadlineKind::DueBy;
        result.safe = result.maximum = at;
        result.projected = projected;
        result.projected_from = projected ? from : std::string();
        if (place.zone != nullptr) result.last_day = place.zone->date(at);
    };
    for (const Duty* other : context.others.find(limb.of, limb.of_entity, context.duty.frame)) {
        if (limb.kind == Limb::Kind::LimitOf) {
            if (other->verdict == Verdict::NotOwed || other->id == context.duty.id) continue;
            if (!limb.recipients.empty() &&
                std::none_of(other->recipients.begin(), other->recipients.end(),
                             [&](const Recipient& recipient) { return recipient.who == limb.recipients || recipient.id == limb.recipients; }))
                continue;
            if (is_uncounted(other->deadline)) uncounted = uncounted_limit(*other);
            if (!other->deadline.counted) continue;
            take(*other->deadline.counted, false, other->id);
            if (other->deadline.last && result.maximum && *result.maximum < *other->deadline.last && *result.safe == *other->deadline.counted)
                result.maximum = other->deadline.last;
            continue;
        }
        const Obligation& definition = evaluation.world.law->obligations[other->obligation];
        if (const auto filed = filing_instant(*other, "dispatched", evaluation.incident, evaluation.moment.as_of)) {
            take(*filed, false, other->id);
        } else if (const auto submitted = filing_instant(*other, "submitted", evaluation.incident, evaluation.moment.as_of)) {
            take(*submitted, false, other->id);
        } else if (const auto planned = planned_instant(definition, *other, evaluation.incident)) {
            take(*planned, true, other->id);
        } else if (other->verdict != Verdict::NotOwed) {
            if (is_uncounted(other->deadline)) uncounted = uncounted_limit(*other);
            if (other->deadline.counted) take(*other->deadline.counted, true, other->id);
        }
    }
    result.may_end_sooner = !uncounted.empty();
    if (!uncounted.empty() && !result.safe) return beyond(std::move(result), std::move(uncounted));
    if (result.kind == DeadlineKind::NotStarted && result.words.empty())
        result.words = (limb.kind == Limb::Kind::Before ? "before " : limb.kind == Limb::Kind::With ? "not later than " : "the limit of ") + limb.of;
    return result;
}

/// `days_after` days after the end of the year of the start, or a fixed day of a later year.
Instant annual_end(const Limb& limb, Date event, const Zone& zone) {
    const int year = event.ymd().year + limb.years_after;
    Date last = Date::from_ymd(year, 12, 31).value_or(event).plus_days(limb.days_after_year_end);
    if (limb.days_after_year_end == 0) last = Date::from_ymd(year, limb.month, std::min(limb.day, days_in_month(year, limb.month))).value_or(event);
    return zone.start_of_day(last.plus_days(1)).instant;
}

Alternative annual(const Limb& limb, const LimbContext& context) {
    Alternative result = blank(limb, context);
    const CountPlace place = count_place(limb, context);
    if (place.zone == nullptr) {
        ask_for_country(result, context);
        return beyond(std::move(result), place.why_not);
    }
    result.zone = place.zone->name();
    const TermValue value = context.evaluation.value(*limb.start, context.duty.frame);
    if (value.beyond_calendar) return beyond(std::move(result), start_beyond);
    const StartState start = start_state(value, context.evaluation, place.zone);
    if (start.kind == StartState::Kind::NotYet || (start.kind == StartState::Kind::Open && unbounded(start))) {
        result.kind = start.kind == StartState::Kind::NotYet ? DeadlineKind::NotStarted : DeadlineKind::Open;
        ask_for_start(result, limb, context);
        return result;
    }
    const Instant low = annual_end(limb, place.zone->date(start.span.earliest), *place.zone);
    const Instant high = annual_end(limb, place.zone->date(start.span.latest), *place.zone);
    result.safe = low;
    result.maximum = high;
    result.last_day = place.zone->date(low.plus_seconds(-1));
    result.kind = DeadlineKind::DueBy;
    if (low != high) {
        result.safe_bounds = result.maximum_bounds = Bounds{low, high};
        ask_for_start(result, limb, context);
    }
    return result;
}

Alternative promptly(const Limb& limb, const LimbContext& context) {
    Alternative result = blank(limb, context);
    result.kind = DeadlineKind::Promptly;
    result.without_number = true;
    const CountPlace place = count_place(limb, context);
    if (place.zone != nullptr) result.zone = place.zone->name();
    if (!limb.start) return result;
    const StartState start = start_state(context.evaluation.value(*limb.start, context.duty.frame), context.evaluation, place.zone);
    if (start.kind == StartState::Kind::NotYet) {
        result.kind = DeadlineKind::NotStarted;
        ask_for_start(result, limb, context);
    } else if (!unbounded(start)) {
        result.start_span = start.span;
        if (start.kind != StartState::Kind::At) ask_for_start(result, limb, context);
    } else {
        ask_for_start(result, limb, context);
    }
    return result;
}

}  // namespace

void add_also_open(Alternative& alternative, AlsoOpen&& also, const LimbContext& context) {
    alternative.open_relations.insert(alternative.open_relations.end(), also.relations.begin(), also.relations.end());
    for (const GroundFact& country : also.countries) ask(alternative, context.evaluation.world.law->vocabulary.at(country.fact).name);
}

std::optional<Period> period_of(const Term& fact, const LimbContext& context) {
    const Known known = context.evaluation.value(fact, context.duty.frame).known;
    if (known.period) return known.period;
    if (known.low != known.high) return {};
    if (known.low % 3600 != 0) return Period::minutes((known.low + 59) / 60);
    return Period::hours(known.low / 3600);
}

std::vector<std::string> open_facts_of(const Term& term, const LimbContext& context) {
    std::vector<std::string> result;
    const Vocabulary& vocabulary = context.evaluation.world.law->vocabulary;
    for (const Occurrence& occurrence : ground_facts(term, context.duty.frame, context.evaluation)) {
        const FactDeclaration& declaration = vocabulary.at(occurrence.ground.fact);
        if (context.evaluation.known(occurrence.ground).is_exact(declaration)) continue;
        if (std::find(result.begin(), result.end(), declaration.name) == result.end()) result.push_back(declaration.name);
    }
    return result;
}

Alternative count_limb(const Limb& limb, const LimbContext& context) {
    switch (limb.kind) {
        case Limb::Kind::Period: return count_period_limb(limb, context, {});
        case Limb::Kind::Prompt: return promptly(limb, context);
        case Limb::Kind::Instant: return at_instant(limb, context, limb.lead_seconds);
        case Limb::Kind::Annual: return annual(limb, context);
        case Limb::Kind::Before:
            if (limb.start) {
                Alternative result = at_instant(limb, context, limb.lead_seconds);
                result.before_act = limb.lead_seconds == 0;
                return result;
            }
            return relative(limb, context);
        case Limb::Kind::With:
        case Limb::Kind::LimitOf: return relative(limb, context);
    }
    return blank(limb, context);
}

Alternative count_limb_from(const Limb& limb, StartSpan start, const LimbContext& context) {
    return count_period_limb(limb, context, start);
}

std::optional<Instant> count_from(const Limb& limb, Instant start, const Period& period, std::string_view counting, const LimbContext& context) {
    Limb other = limb;
    other.counting = std::string(counting.empty() ? std::string_view(limb.counting) : counting);
    other.cut_off_seconds.reset();
    const Alternative result = count_span(other, StartSpan::at(start), period, count_place(other, context), Alternative{}, context);
    return result.kind == DeadlineKind::DueBy ? result.safe : std::nullopt;
}

std::optional<Instant> last_working_moment(const Limb& limb, Instant end, const LimbContext& context) {
    const RuleBook& law = *context.evaluation.world.law;
    const CountPlace place = count_place(limb, context);
    const CountingLaw* counting = law.counting.find(limb.counting.empty() ? "plain" : limb.counting);
    if (place.calendar == nullptr || place.zone == nullptr || counting == nullptr) return {};
    const Zone* zone = counting->clock_zone.empty() ? place.zone : context.evaluation.world.zones.find(counting->clock_zone);
    std::optional<int> closes = limb.cut_off_seconds;
    for (const CountingReading& reading : counting->readings)
        if (!closes && reading.covers(PeriodUnit::WorkingDays)) closes = reading.ends_at_seconds;
    if (zone == nullptr) return {};
    // An end of day in the zone of the limb, and one in the zone of the closing hour: the earlier of what they leave.
    for (const Zone* of : {place.zone, zone}) {
        const auto open = place.calendar->on_or_before(of->date(end.plus_seconds(-1)));
        if (!open) return {};
        end = std::min(end, closes ? zone->resolve(*open, *closes, {}).instant : zone->start_of_day(open->plus_days(1)).instant);
    }
    return end;
}

}  // namespace duenotice
