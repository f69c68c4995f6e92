#include "reports/ics.h"

#include <algorithm>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/plain_words.h"

namespace duenotice {

namespace {

std::string stamp(Instant at) {
    std::string text = iso_utc(at);  // 2026-11-21T02:10:00Z
    std::erase(text, '-');
    std::erase(text, ':');
    return text;
}

std::vector<std::string> alarms(std::int64_t amount_seconds) {
    constexpr std::int64_t hour = 3600;
    if (amount_seconds <= 4 * hour) return {"-PT60M", "-PT30M", "PT0M"};
    if (amount_seconds <= 24 * hour) return {"-PT12H", "-PT4H", "-PT1H"};
    if (amount_seconds <= 96 * hour) return {"-PT48H", "-PT24H", "-PT4H"};
    return {"-P14D", "-P7D", "-P2D", "-P1D"};
}

class EventMaker {
public:
    EventMaker(const Duty& duty, const ReportContext& context) : duty_(duty), context_(context), obligation_(obligation_of(duty, context.assessment)) {}

    std::string make() {
        if (duty_.verdict == Verdict::NotOwed && duty_.filings.empty()) return {};
        const bool cancelled = duty_.verdict == Verdict::NotOwed || duty_.done >= Done::Submitted || duty_.standing == Standing::Discharged || duty_.standing == Standing::ElectedAway;
        const Deadline& deadline = duty_.deadline;
        if (deadline.counted) event("", *deadline.counted, cancelled, "due");
        else if (!cancelled && duty_.verdict == Verdict::Owed && deadline.kind() == DeadlineKind::Promptly) daily();
        if (deadline.lasts_until) event("-until", *deadline.lasts_until, false, "kept until");
        for (std::size_t i = 0; i < deadline.repeats.size(); ++i)
            event(fmt::format("-repeat{}", i + 1), deadline.repeats[i], false, "next update");
        for (const Modifier& modifier : duty_.modifiers)
            if (modifier.until) event("-hold", *modifier.until, false, "hold ends");
        return std::move(text_);
    }

private:
    void line(const std::string& text) { text_ += fold_ical(text); }

    std::string title(const std::string& what) const {
        const std::string open = duty_.verdict == Verdict::Undetermined ? "OPEN " : "";
        return open + (context_.assessment.incident->drill ? "EXERCISE " : "") + context_.assessment.incident->id + " " + obligation_.id + " " + what + " (" + short_entity(duty_.entity, context_.assessment) + ")";
    }

    std::string description() const {
        const Deadline& deadline = duty_.deadline;
        const auto both = [&](Instant at) { return local_words(at, context_.main_zone(), true) + " " + zone_city(context_.main_zone().name()) + " = " + iso_utc(at); };
        std::string text = std::string(act_word(obligation_.act)) + ": " + obligation_.title + "; " + law_name_brief(duty_, context_.assessment) + (duty_.citations.empty() ? "" : " " + duty_.citations.front()) + (own_word(duty_).empty() ? "; reading grade " + grade_word(duty_) : "; not law: " + std::string(own_word(duty_)));
        if (deadline.safe) text += "; safe limit " + both(*deadline.safe);
        if (deadline.maximum && deadline.maximum != deadline.safe) text += "; latest reading " + both(*deadline.maximum);
        if (const std::string standards = standards_beside(deadline, nullptr); !standards.empty()) text += "; " + standards;
        if (deadline.may_end_sooner) text += "; at the latest " + both(*deadline.counted);
        if (const std::string beside = what_is_not_counted(deadline); !beside.empty()) text += "; " + beside;
        const std::string owner = owner_of(duty_, context_.assessment).owner;
        text += "; owner: " + (owner.empty() ? "nobody named" : owner);
        return text + "; duenotice explain " + context_.assessment.incident->id + " " + duty_.id;
    }

    void head(const std::string& suffix, const std::string& what, bool cancelled) {
        line("BEGIN:VEVENT");
        line("UID:" + escape_ical(context_.assessment.incident->id + "/" + duty_.id + suffix) + "@duenotice");
        line("DTSTAMP:" + stamp(context_.assessment.moment.as_of));
        line(fmt::format("SEQUENCE:{}", std::max<std::int64_t>(0, context_.assessment.moment.as_of.seconds / 60 - 26297280)));
        line(std::string("STATUS:") + (cancelled ? "CANCELLED" : "CONFIRMED"));
        line("SUMMARY:" + escape_ical(title(what)));
        line("DESCRIPTION:" + escape_ical(description()));
    }

    void event(const std::string& suffix, Instant at, bool cancelled, const std::string& what) {
        head(suffix, what, cancelled);
        line("DTSTART:" + stamp(at));  // no end: of length 0 (RFC 5545, 3.6.1: an end must be later than the start)
        const auto& alternatives = duty_.deadline.alternatives;
        const std::int64_t amount = !alternatives.empty() && alternatives.front().start_span ? at.seconds - alternatives.front().start_span->earliest.seconds : at.seconds - context_.assessment.moment.as_of.seconds;
        if (!cancelled)
            for (const std::string& trigger : alarms(amount)) {
                line("BEGIN:VALARM");
                line("ACTION:DISPLAY");
                line("TRIGGER:" + trigger);
                line("DESCRIPTION:" + escape_ical(title(what)));
                line("END:VALARM");
            }
        line("END:VEVENT");
    }

    /// A standard without a number: every day until it is done.
    void daily() {
        head("-asap", "asap", false);
        line("DTSTART:" + stamp(context_.assessment.moment.as_of));
        line("RRULE:FREQ=DAILY;COUNT=60");
        line("END:VEVENT");
    }

    const Duty& duty_;
    const ReportContext& context_;
    const Obligation& obligation_;
    std::string text_;
};

}  // namespace

std::string deadline_events(const ReportContext& context) {
    std::string text;
    for (const Duty& duty : context.assessment.duties) text += EventMaker(duty, context).make();
    return text;
}

std::string ics_calendar(const std::string& events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Duenotice//Deadlines//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n" + events + "END:VCALENDAR\r\n";
}

std::string deadlines_ics(const ReportContext& context) { return ics_calendar(deadline_events(context)); }

}  // namespace duenotice
