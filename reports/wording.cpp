#include "reports/wording.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "reports/plain_words.h"

namespace duenotice {

const Zone& ReportContext::main_zone() const {
    for (const std::string& name : show_zones)
        if (const Zone* zone = zones.find(name)) return *zone;
    return zones.zones().front();
}

std::string zone_city(std::string_view zone) {
    const auto slash = zone.rfind('/');
    std::string city(slash == std::string_view::npos ? zone : zone.substr(slash + 1));
    std::replace(city.begin(), city.end(), '_', ' ');
    return city;
}

std::string_view weekday_short(Date day) {
    constexpr std::string_view names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return names[static_cast<std::size_t>(day.weekday())];
}

std::string_view month_short(int month) {
    constexpr std::string_view names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[static_cast<std::size_t>(month - 1)];
}

std::string date_words(Date day) {
    const YearMonthDay ymd = day.ymd();
    return fmt::format("{} {} {} {}", weekday_short(day), ymd.day, month_short(ymd.month), ymd.year);
}

std::string local_words(Instant at, const Zone& zone, bool end_of_day, bool with_year) {
    LocalTime local = zone.local(at);
    if (end_of_day && local.seconds == 0) {
        local.date = local.date.plus_days(-1);
        local.seconds = 86400;
    }
    const YearMonthDay ymd = local.date.ymd();
    std::string text = fmt::format("{} {} {}", weekday_short(local.date), ymd.day, month_short(ymd.month));
    if (with_year) text += fmt::format(" {}", ymd.year);
    return text + fmt::format(" {:02}:{:02}", local.seconds / 3600, local.seconds / 60 % 60);
}

std::string iso_local(Instant at, const Zone& zone) {
    const LocalTime local = zone.local(at);
    const int minutes = local.offset / 60;
    std::string text = fmt::format("{}T{:02}:{:02}", local.date.iso(), local.seconds / 3600, local.seconds / 60 % 60);
    if (local.seconds % 60 != 0) text += fmt::format(":{:02}", local.seconds % 60);
    return text + fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string left_words(std::int64_t seconds) {
    const std::int64_t minutes = std::abs(seconds) / 60;
    const std::string sign = seconds < 0 ? "-" : "";
    if (minutes >= 48 * 60) return fmt::format("{}{}d{:02}h", sign, minutes / 1440, minutes / 60 % 24);
    return fmt::format("{}{}h{:02}", sign, minutes / 60, minutes % 60);
}

std::string duration_words(std::int64_t seconds) {
    const std::int64_t minutes = std::abs(seconds) / 60;
    if (minutes >= 48 * 60) return fmt::format("{} d {} h", minutes / 1440, minutes / 60 % 24);
    if (minutes >= 60) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
    return fmt::format("{} min", minutes);
}

std::vector<std::string> limits_beside(const Duty& duty, const ReportContext& context) {
    std::vector<std::string> words;
    for (const LimitOnRecord& limit : context.limits_on_record)
        if (limit.duty == duty.id)
            words.push_back(fmt::format("{} by {} {} {} {} on record (entry {}); the law's own limit stands beside it", limit.kind, limit.by, limit.kind == "extension" ? "until" : "with the limit", local_words(limit.until, context.main_zone(), true), zone_city(context.main_zone().name()), limit.entry));
    return words;
}

std::string range_words(std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
    if (!low && !high) return "not known yet";
    if (!high) return low.value_or(0) == 0 ? "not known yet" : fmt::format("at least {}", *low);
    if (low.value_or(0) == *high) return fmt::format("{}", *high);
    return fmt::format("{} to {}", low.value_or(0), *high);
}

std::string_view owed_word(Verdict verdict) {
    return verdict == Verdict::Owed ? "OWED" : verdict == Verdict::NotOwed ? "NOT OWED" : "OPEN";
}

std::string modifier_kind_word(const std::string& kind) {
    return kind == "displaced" ? "DISPLACED" : kind == "suspended" ? "ON HOLD" : kind == "prohibited" ? "FORBIDDEN" : kind == "delegated" ? "DELEGATED" : "in CONFLICT";
}

std::string modifier_words(const Modifier& modifier, const ReportContext& context) {
    std::string text;
    if (modifier.kind == "displaced") text = "DISPLACED" + (modifier.by.empty() ? std::string() : " by " + modifier.by);
    else if (modifier.kind == "suspended") text = "ON HOLD" + (modifier.until ? " until " + local_words(*modifier.until, context.main_zone()) : std::string()) + (modifier.by.empty() ? "" : " by " + modifier.by);
    else if (modifier.kind == "prohibited") text = "FORBIDDEN" + (modifier.by.empty() ? std::string() : " by " + modifier.by);
    else if (modifier.kind == "delegated") text = "DELEGATED" + (modifier.by.empty() ? std::string() : " to " + modifier.by);
    else text = "CONFLICT: " + (modifier.by.empty() ? std::string("one law forbids what another orders") : modifier.by + " forbids what this law orders");
    if (modifier.holds == Truth::Unknown) text = "PERHAPS " + text + " (cannot be told yet)";
    if (!modifier.citation.empty()) text += ", " + modifier.citation;
    return text;
}

std::string_view done_word(Done done) {
    return done == Done::Nothing ? std::string_view("nothing on record") : name(done);
}

std::string timing_words(const Duty& duty) {
    switch (duty.timing) {
        case Timing::NoClock: return "no clock";
        case Timing::Running: return duty.timing_note.empty() ? "running" : "running, " + duty.timing_note;
        case Timing::PastSafe: return "past the safe instant";
        case Timing::PastAll: return "past every reading";
        case Timing::Met: return "met";
        case Timing::MetAfter: return duty.timing_note.starts_with("late") ? "done " + duty.timing_note : "met " + duty.timing_note;
    }
    return "no clock";
}

std::string what_may_move(const Alternative& alternative) {
    std::string text = alternative.estimated ? "rests on days of the calendar that are not confirmed" : "";
    if (alternative.old_zone_data) text += std::string(text.empty() ? "" : "; ") + "the clock there may have changed since the zone data in use: the instant may be wrong";
    return text;
}

std::string open_relation_words(const OpenRelation& list, const Assessment& assessment) {
    const EntityFrame& entity = assessment.incident->entities[static_cast<std::size_t>(list.entity)];
    return "whether all are listed that are " + list.relation + " of " + short_entity(entity.id, assessment);
}

std::string standards_beside(const Deadline& deadline, const RuleBook* law) {
    if (deadline.alternatives.empty() || deadline.alternatives.front().without_number) return {};
    std::string text;
    const auto add = [&](const Alternative& alternative) {
        if (alternative.words.empty() || (!alternative.without_number && alternative.amount.empty())) return;
        const std::string words = alternative.words + (alternative.condition.empty() || !alternative.without_number || law == nullptr ? "" : " if " + in_plain_words(alternative.condition, *law));
        if (text.find(words) == std::string::npos) text += (text.empty() ? "" : ", ") + words;
    };
    for (const Alternative& alternative : deadline.alternatives) add(alternative);
    for (const Alternative& alternative : deadline.other_limbs) add(alternative);
    return text;
}

std::string what_is_not_counted(const Deadline& deadline) {
    if (!deadline.counted || (!deadline.may_end_sooner && !deadline.may_end_later)) return {};
    std::string text = deadline.may_end_sooner ? "a limit that cannot be counted may end sooner" : "a limit that cannot be counted may end later";
    if (deadline.may_end_sooner && deadline.may_end_later) text += ", or later";
    for (const Alternative& alternative : deadline.alternatives)
        if (alternative.kind == DeadlineKind::BeyondCalendar) return text + ": " + (alternative.amount.empty() ? "" : alternative.amount + ", ") + alternative.reason;
    if (std::any_of(deadline.alternatives.begin(), deadline.alternatives.end(), [](const Alternative& alternative) { return alternative.may_end_sooner && alternative.kind == DeadlineKind::Open; }))
        return "the start may lie earlier: this is the latest that it can be";
    return text;
}

std::string standing_words(const Duty& duty) {
    switch (duty.standing) {
        case Standing::None: return {};
        case Standing::Discharged: return "discharged by " + duty.standing_by;
        case Standing::Revived: return "stands again: " + duty.standing_by + " was withdrawn";
        case Standing::Withdrawn: return "its filing was withdrawn";
        case Standing::ElectedAway: return "another way was chosen (" + duty.standing_by + ")";
        case Standing::OwedUnless: return "owed unless " + duty.standing_by + " is filed";
    }
    return {};
}

std::string_view act_word(Act act) {
    switch (act) {
        case Act::Tell: return "notify";
        case Act::Assess: return "assess";
        case Act::Decide: return "decide";
        case Act::AskLeave: return "ask leave";
        case Act::Record: return "record";
        case Act::Keep: return "keep";
        case Act::Offer: return "offer";
        case Act::Publish: return "publish";
        case Act::Update: return "update";
        case Act::Withdraw: return "withdraw";
        case Act::TellNotTold: return "tell that we do not tell";
    }
    return "notify";
}

const Obligation& obligation_of(const Duty& duty, const Assessment& assessment) { return assessment.law->obligations[duty.obligation]; }
const Law* law_of(const Duty& duty, const Assessment& assessment) { return assessment.law->find_law(obligation_of(duty, assessment).law); }

std::string entity_name(const std::string& id, const Assessment& assessment) {
    const std::int32_t index = assessment.incident->entity_index(id);
    if (index < 0) return id;
    const EntityFrame& entity = assessment.incident->entities[static_cast<std::size_t>(index)];
    return entity.name.empty() ? id : entity.name;
}

std::string recipient_names(const Duty& duty, std::size_t most) {
    std::string text;
    std::size_t shown = 0, all = 0;
    for (const Recipient& recipient : duty.recipients) {
        if (recipient.freed || recipient.owed == Truth::No || recipient.passed_on) continue;
        ++all;
        if (shown == most) continue;
        ++shown;
        text += (text.empty() ? "" : ", ") + (recipient.title.empty() ? recipient.id : recipient.title) +
                (recipient.owed == Truth::Unknown ? " (cannot be told yet)" : "") + (recipient.copy ? " (copy)" : "");
    }
    if (all > shown) text += fmt::format(" and {} more", all - shown);
    return text.empty() ? "-" : text;
}

std::string question_of(const GroundFact& ground, const Assessment& assessment) {
    const FactDeclaration& declaration = assessment.law->vocabulary.at(ground.fact);
    const std::string where = assessment.incident->words(ground.frame);
    return (declaration.question.empty() ? declaration.name : declaration.question) + (where.empty() ? "" : " [" + where + "]");
}

std::string fact_name(const GroundFact& ground, const Assessment& assessment) {
    const std::string where = assessment.incident->words(ground.frame);
    return assessment.law->vocabulary.at(ground.fact).name + (where.empty() ? "" : " (" + where + ")");
}

std::string_view own_word(const Duty& duty) { return duty.grade != 'O' ? "" : duty.frame.contract >= 0 ? "by contract" : "house rule"; }

std::string asked_by_words(const Duty& duty) {
    const auto own = own_word(duty);
    return own.empty() ? "law" : own == "house rule" ? "house rule (own rule, not law)" : "contract (own promise, not law)";
}

std::vector<std::string> owner_fields_of(const Duty& duty, const Assessment& assessment) {
    if (const auto own = own_word(duty); !own.empty()) return {own == "house rule" ? "house_rules" : "contracts"};
    const Law* law = law_of(duty, assessment);
    return law == nullptr ? std::vector<std::string>{} : law->regimes;
}

FieldOwner owner_of(const Duty& duty, const Assessment& assessment) { return assessment.incident->owner_of(duty.frame.entity, owner_fields_of(duty, assessment)); }

std::string_view log_in_word(const Duty& duty, const Assessment& assessment) {
    bool needed = false;
    for (const Recipient& recipient : duty.recipients) {
        if (recipient.freed || recipient.owed == Truth::No || recipient.passed_on || !is_behind_log_in(recipient)) continue;
        const Contact* contact = assessment.incident->contact(duty.entity, recipient.id);
        if (contact != nullptr && contact->log_in == "not_needed") continue;
        if (contact == nullptr || !contact->holds_log_in()) return "no";
        needed = true;
    }
    return needed ? "yes" : "not needed";
}

bool is_behind_log_in(const Recipient& recipient) { return !recipient.channels.empty() && (recipient.channels.front().kind == "portal" || recipient.channels.front().kind == "api"); }

std::string grade_word(const Duty& duty) { return std::string(1, duty.grade) + (duty.counsel_reviewed ? "+" : ""); }

std::string basis_sentence(const ReportContext& context) {
    return "On the facts recorded up to " + local_words(context.assessment.moment.as_of, context.main_zone()) + " " +
           zone_city(context.main_zone().name()) + " and the law edition of " + context.assessment.law->edition +
           ". A working aid, not legal advice; people decide.";
}

std::vector<std::pair<std::string, std::string>> provenance(const ReportContext& context) {
    const Assessment& assessment = context.assessment;
    std::vector<std::pair<std::string, std::string>> result{
        {"program", context.program},
        {"rule language", std::to_string(rule_language)},
        {"law edition", assessment.law->edition + " " + assessment.law->fingerprint.substr(0, 7)},
        {"zone data", assessment.tzdata},
        {"facts", assessment.incident->hash.substr(0, 7)},
        {"as of", iso_utc(assessment.moment.as_of)},
        {"result key", assessment.key.substr(0, 12)},
    };
    if (assessment.moment.known_at) result.emplace_back("known at", iso_utc(*assessment.moment.known_at));
    for (const CalendarUsed& calendar : assessment.calendars_used) result.emplace_back("calendar " + calendar.id, calendar.title);
    for (const std::string& note : assessment.notes) result.emplace_back("note", note);
    return result;
}

}  // namespace duenotice
