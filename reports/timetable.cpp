#include "reports/timetable.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace duenotice {

namespace {

class RowMaker {
public:
    RowMaker(const Duty& duty, const ReportContext& context) : duty_(duty), context_(context), obligation_(obligation_of(duty, context.assessment)) {}

    TimetableRow make() {
        row_.duty = &duty_;
        row_.owed = obligation_.modality == Modality::May && duty_.verdict == Verdict::Owed ? "MAY" : std::string(owed_word(duty_.verdict));
        row_.who = entity_name(duty_.entity, context_.assessment);
        row_.what = obligation_.title;
        row_.to = recipient_names(duty_);
        basis();
        place_in_time();
        notes();
        return std::move(row_);
    }

private:
    void basis() {
        const Law* law = law_of(duty_, context_.assessment);
        std::string provision = duty_.citations.empty() ? std::string() : duty_.citations.front();
        if (!duty_.deadline.alternatives.empty() && !duty_.deadline.alternatives.front().citation.empty()) provision = duty_.deadline.alternatives.front().citation;
        row_.basis = (law == nullptr ? obligation_.law : law->title) + (provision.empty() ? "" : ", " + provision) + "  " + grade_word(duty_);
    }

    bool set_aside() const {
        const bool moved = std::any_of(duty_.modifiers.begin(), duty_.modifiers.end(), [](const Modifier& modifier) {
            return modifier.holds == Truth::Yes && modifier.recipients.empty() && modifier.kind != "delegated" && modifier.kind != "conflict";
        });
        return moved || duty_.standing == Standing::Discharged || duty_.standing == Standing::ElectedAway;
    }

    void place_in_time() {
        const Instant as_of = context_.assessment.moment.as_of;
        const Deadline& deadline = duty_.deadline;
        if (duty_.verdict == Verdict::NotOwed) {
            row_.group = TimetableGroup::NotOwed;
        } else if (set_aside()) {
            row_.group = TimetableGroup::SetAside;
        } else if (obligation_.modality == Modality::May) {
            row_.group = TimetableGroup::Optional;
        } else if (deadline.safe) {
            row_.group = TimetableGroup::ByTime;
        } else if (deadline.alternatives.empty() || deadline.kind() == DeadlineKind::Promptly) {
            row_.group = TimetableGroup::Now;
        } else {
            row_.group = TimetableGroup::NotStarted;
        }
        if (deadline.safe) {
            row_.by = local_words(*deadline.safe, context_.main_zone(), true, far(*deadline.safe));
            row_.left = left_words(deadline.safe->seconds - as_of.seconds);
        } else if (row_.group == TimetableGroup::Now) {
            row_.by = deadline.alternatives.empty() || deadline.alternatives.front().words.empty() ? "no number" : deadline.alternatives.front().words;
            if (deadline.since) row_.left = "(" + left_words(as_of.seconds - deadline.since->seconds) + ")";
        } else if (!deadline.alternatives.empty()) {
            row_.by = waits_for(deadline.alternatives.front());
        }
        if (duty_.verdict == Verdict::Undetermined && !duty_.open_facts.empty()) row_.fold = context_.assessment.law->vocabulary.at(duty_.open_facts.front().fact).name;
    }

    bool far(Instant at) const {
        return context_.main_zone().local(at).date.ymd().year != context_.main_zone().local(context_.assessment.moment.as_of).date.ymd().year;
    }

    std::string waits_for(const Alternative& alternative) const {
        if (alternative.kind == DeadlineKind::BeyondCalendar) return "no date: " + alternative.reason;
        if (alternative.kind == DeadlineKind::Open) return "start not known: " + facts(alternative.questions);
        if (!alternative.hold.empty()) return "when the hold ends";
        if (alternative.start.rfind("filed", 0) == 0) return "when filed: " + filed_title(alternative.start);
        if (!alternative.words.empty() && alternative.start.empty()) return alternative.words;
        return "when known: " + (alternative.questions.empty() ? alternative.start : facts(alternative.questions));
    }

    std::string filed_title(const std::string& start) const {
        for (const Obligation& obligation : context_.assessment.law->obligations) {
            const auto at = start.find(" " + obligation.id);
            if (at == std::string::npos) continue;
            const char after = start.size() > at + 1 + obligation.id.size() ? start[at + 1 + obligation.id.size()] : ' ';
            if (after == ' ' || after == ')' || after == ',') return obligation.title;
        }
        return start;
    }

    std::string facts(const std::vector<std::string>& names) const {
        std::string text;
        for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
        return text.empty() ? "-" : text;
    }

    void notes() {
        const Deadline& deadline = duty_.deadline;
        if (!deadline.alternatives.empty()) {
            const std::string line = steps_line(deadline.alternatives.front(), context_);
            if (!line.empty()) row_.notes.push_back(line);
        }
        if (deadline.safe && deadline.maximum && *deadline.maximum != *deadline.safe)
            row_.notes.push_back("latest reading " + local_words(*deadline.maximum, context_.main_zone(), true, far(*deadline.maximum)) + other_reading());
        if (deadline.safe && !deadline.maximum) row_.notes.push_back("the number may be exceeded with recorded reasons; no last moment in the law");
        for (std::size_t i = 1; i < deadline.alternatives.size(); ++i) other_alternative(deadline.alternatives[i]);
        recipients_clock();
        if (deadline.not_before) row_.notes.push_back("not before " + local_words(*deadline.not_before, context_.main_zone(), false, far(*deadline.not_before)));
        if (deadline.empty_window) row_.notes.push_back("the earliest and the latest moment exclude each other: for a person to decide");
        for (const Modifier& modifier : duty_.modifiers) row_.notes.push_back(modifier_words(modifier, context_));
        if (!standing_words(duty_).empty()) row_.notes.push_back(standing_words(duty_));
        if (duty_.done != Done::Nothing) row_.notes.push_back("done: " + std::string(done_word(duty_.done)) + "; " + timing_words(duty_));
        if (duty_.timing == Timing::PastAll && duty_.verdict != Verdict::NotOwed)
            row_.notes.push_back(duty_.verdict == Verdict::Owed ? "past every reading; nothing on record: send now" : "if OWED: send now");
        if (duty_.timing == Timing::PastSafe) row_.notes.push_back("past the safe instant, before the latest reading; nothing on record");
        for (const ReadingVerdict& reading : duty_.readings) row_.notes.push_back("reading \"" + reading.label + "\": " + std::string(owed_word(reading.verdict)));
        if (duty_.presumed) row_.notes.push_back("presumed: nothing to the contrary is shown");
        if (!duty_.exact) row_.notes.push_back("cannot be decided exactly: " + duty_.why_inexact);
        if (duty_.flips_at) row_.notes.push_back("changes at " + local_words(*duty_.flips_at, context_.main_zone(), false, far(*duty_.flips_at)) + " if nothing else does");
        for (const std::string& judgement : duty_.look_again) row_.notes.push_back("judgement needs another look: " + judgement);
        open_note();
    }

    std::string other_reading() const {
        for (const Alternative& alternative : duty_.deadline.alternatives)
            for (const ReadingLimit& reading : alternative.readings)
                if (reading.end == *duty_.deadline.maximum && !reading.label.empty()) return " (" + reading.label + ")";
        return {};
    }

    void other_alternative(const Alternative& alternative) {
        std::string text = "or ";
        if (alternative.kind == DeadlineKind::NotStarted && !alternative.safe) text += waits_for(alternative);
        else if (alternative.safe) text += local_words(*alternative.safe, context_.main_zone(), true, far(*alternative.safe)) + (alternative.kind == DeadlineKind::NotStarted ? " (projected)" : "");
        else text += alternative.words.empty() ? std::string(name(alternative.kind)) : alternative.words;
        if (!alternative.condition.empty()) text += " if " + alternative.condition;
        else if (!alternative.amount.empty()) text += ": " + alternative.amount + (alternative.start.empty() ? "" : " from " + alternative.start);
        row_.notes.push_back(text);
    }

    /// The recipient reads another clock than the first zone.
    void recipients_clock() {
        if (!duty_.deadline.safe || duty_.deadline.alternatives.empty()) return;
        const std::string& zone_name = duty_.deadline.alternatives.front().zone;
        const Zone* zone = context_.zones.find(zone_name);
        if (zone == nullptr || zone->offset(*duty_.deadline.safe) == context_.main_zone().offset(*duty_.deadline.safe)) return;
        row_.notes.push_back("= " + local_words(*duty_.deadline.safe, *zone, true, far(*duty_.deadline.safe)) + " " + zone_city(zone_name));
    }

    void open_note() {
        if (duty_.verdict != Verdict::Undetermined) return;
        std::string text;
        for (std::size_t i = 0; i < duty_.open_facts.size() && i < 3; ++i) text += (i == 0 ? "" : ", ") + fact_name(duty_.open_facts[i], context_.assessment);
        if (duty_.open_facts.size() > 3) text += fmt::format(" and {} more", duty_.open_facts.size() - 3);
        if (!text.empty()) row_.notes.push_back("open: " + text);
    }

    const Duty& duty_;
    const ReportContext& context_;
    const Obligation& obligation_;
    TimetableRow row_;
};

}  // namespace

std::string steps_line(const Alternative& alternative, const ReportContext& context) {
    if (alternative.amount.empty() && alternative.start.empty()) return alternative.words;
    std::string text = alternative.amount;
    if (!alternative.start.empty()) text += (text.empty() ? "since " : " from ") + alternative.start;
    if (alternative.start_span && alternative.start_span->is_exact()) text += " " + local_words(alternative.start_span->earliest, context.main_zone(), false, false);
    else if (alternative.start_span && alternative.start_span->earliest.seconds > 0)
        text += " between " + local_words(alternative.start_span->earliest, context.main_zone(), false, false) + " and " +
                local_words(alternative.start_span->latest, context.main_zone(), false, false);
    if (alternative.projected) text += "; projected: that duty at its own limit";
    if (alternative.at_once) text += "; due at once: this limb arose after its own limit";
    if (!alternative.hold.empty()) text += "; moved by hold " + alternative.hold;
    if (alternative.before_act) text += "; before that act, not at it";
    return text;
}

std::vector<TimetableRow> timetable(const ReportContext& context) {
    std::vector<TimetableRow> rows;
    for (const Duty& duty : context.assessment.duties) rows.push_back(RowMaker(duty, context).make());
    std::stable_sort(rows.begin(), rows.end(), [](const TimetableRow& a, const TimetableRow& b) {
        const auto key = [](const TimetableRow& row) {
            const auto& safe = row.duty->deadline.safe;
            return std::tuple(static_cast<int>(row.group), safe ? safe->seconds : INT64_MAX, row.duty->verdict == Verdict::Owed ? 0 : 1, row.duty->id);
        };
        return key(a) < key(b);
    });
    return rows;
}

const TimetableRow* next_row(const std::vector<TimetableRow>& rows, const ReportContext& context) {
    const TimetableRow* passed = nullptr;
    for (const TimetableRow& row : rows) {
        if (row.group != TimetableGroup::ByTime || row.duty->verdict != Verdict::Owed || row.duty->timing == Timing::Met || row.duty->timing == Timing::MetAfter) continue;
        if (*row.duty->deadline.safe >= context.assessment.moment.as_of) return &row;
        if (passed == nullptr) passed = &row;
    }
    return passed;
}

}  // namespace duenotice
