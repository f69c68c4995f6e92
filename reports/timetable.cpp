#include "reports/timetable.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "reports/plain_words.h"

namespace duenotice {

namespace {

class RowMaker {
public:
    RowMaker(const Duty& duty, const ReportContext& context) : duty_(duty), context_(context), obligation_(obligation_of(duty, context.assessment)) {}

    TimetableRow make() {
        row_.duty = &duty_;
        row_.owed = obligation_.modality == Modality::May && duty_.verdict == Verdict::Owed ? "MAY" : std::string(owed_word(duty_.verdict));
        row_.who = entity_name(duty_.entity, context_.assessment);
        row_.who_brief = short_entity(duty_.entity, context_.assessment);
        row_.title = obligation_.title;
        row_.of_whom = duty_frame_words(duty_, context_.assessment);
        row_.what = row_.title + (row_.of_whom.empty() ? "" : " (" + row_.of_whom + ")");
        row_.to = recipient_names(duty_);
        row_.to_brief = recipients_brief(duty_, context_.assessment);
        row_.law_brief = law_brief(duty_, context_.assessment);
        basis();
        place_in_time();
        notes();
        return std::move(row_);
    }

private:
    const RuleBook& law() const { return *context_.assessment.law; }
    void say(std::string text) {
        row_.brief.push_back(text);
        row_.notes.push_back(std::move(text));
    }

    void basis() {
        const Law* law = law_of(duty_, context_.assessment);
        std::string provision = duty_.citations.empty() ? std::string() : duty_.citations.front();
        if (!duty_.deadline.alternatives.empty() && !duty_.deadline.alternatives.front().citation.empty()) provision = duty_.deadline.alternatives.front().citation;
        row_.basis = (law == nullptr ? obligation_.law : law->title) + (provision.empty() ? "" : ", " + provision) + "  " + grade_word(duty_);
        if (const auto own = own_word(duty_); !own.empty()) row_.basis += ", " + std::string(own) + ", not law";
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
        } else if (deadline.counted) {
            row_.group = TimetableGroup::ByTime;
        } else if (deadline.alternatives.empty() || deadline.kind() == DeadlineKind::Promptly) {
            row_.group = TimetableGroup::Now;
        } else {
            row_.group = TimetableGroup::NotStarted;
        }
        if (deadline.counted) {
            row_.by = (deadline.may_end_sooner ? "at latest " : "") + local_words(*deadline.counted, context_.main_zone(), true, far(*deadline.counted));
            row_.left = left_words(deadline.counted->seconds - as_of.seconds);
        } else if (row_.group == TimetableGroup::Now) {
            row_.by = deadline.alternatives.empty() || deadline.alternatives.front().words.empty() ? "no number" : deadline.alternatives.front().words;
            if (deadline.since) row_.left = "(" + left_words(as_of.seconds - deadline.since->seconds) + ")";
        } else if (!deadline.alternatives.empty()) {
            row_.by = waits_for(deadline.alternatives.front());
        }
    }

    bool far(Instant at) const {
        return context_.main_zone().local(at).date.ymd().year != context_.main_zone().local(context_.assessment.moment.as_of).date.ymd().year;
    }

    std::string waits_for(const Alternative& alternative) const {
        if (alternative.kind == DeadlineKind::BeyondCalendar) return "no date: " + alternative.reason;
        if (!alternative.hold.empty()) return "when the hold ends";
        if (alternative.start.rfind("filed", 0) == 0) return "when " + in_plain_words(alternative.start, law());
        if (!alternative.words.empty() && alternative.start.empty()) return alternative.words;
        const std::string start = alternative.questions.empty() ? in_plain_words(alternative.start, law()) : facts(alternative.questions);
        return (alternative.kind == DeadlineKind::Open ? "not known when: " : "not yet: ") + start;
    }

    std::string facts(const std::vector<std::string>& names) const {
        std::string text;
        for (const std::string& name : names) text += (text.empty() ? "" : ", ") + in_plain_words(name, law());
        return text.empty() ? "-" : text;
    }

    bool open_start() const {
        return std::any_of(duty_.deadline.alternatives.begin(), duty_.deadline.alternatives.end(), [](const Alternative& alternative) { return alternative.start_span && !alternative.start_span->is_exact(); });
    }

    void clock_notes() {
        const Deadline& deadline = duty_.deadline;
        std::string line = deadline.alternatives.empty() ? std::string() : steps_line(deadline.alternatives.front(), context_);
        const std::string standards = standards_beside(deadline, &law()), uncounted = what_is_not_counted(deadline);
        row_.beside = standards + (standards.empty() || uncounted.empty() ? "" : "; ") + uncounted;
        if (!standards.empty()) line = standards + (line.empty() ? "" : ", " + line);
        if (!line.empty() && line != row_.by) say(line);
        if (deadline.safe && deadline.maximum && *deadline.maximum != *deadline.safe)
            say((open_start() ? "up to " : "latest reading ") + local_words(*deadline.maximum, context_.main_zone(), true, far(*deadline.maximum)) + (open_start() ? ", as the start is open" : other_reading()));
        if (!uncounted.empty()) say(uncounted);
        else if (deadline.safe && !deadline.maximum) say("the number may be exceeded with recorded reasons; no last moment in the law");
        for (std::size_t i = 1; i < deadline.alternatives.size(); ++i) other_alternative(deadline.alternatives[i]);
        repeats();
        recipients_clock();
        if (deadline.not_before) say("not before " + local_words(*deadline.not_before, context_.main_zone(), false, far(*deadline.not_before)));
        if (deadline.empty_window) say("the earliest and the latest moment exclude each other: for a person to decide");
    }

    /// Certain modifiers in full; those that may yet come in full on the page, in a word on the terminal.
    void modifier_notes() {
        std::string yet;
        for (const Modifier& modifier : duty_.modifiers) {
            if (modifier.holds != Truth::Unknown) {
                say(modifier_words(modifier, context_));
                continue;
            }
            row_.notes.push_back(modifier_words(modifier, context_));
            const std::string word = modifier_kind_word(modifier.kind);
            if (yet.find(word) == std::string::npos) yet += (yet.empty() ? "" : " or ") + word;
        }
        if (!yet.empty()) row_.brief.push_back("may yet be " + yet);
    }

    void notes() {
        clock_notes();
        for (std::string& limit : limits_beside(duty_, context_)) say(std::move(limit));
        modifier_notes();
        if (!standing_words(duty_).empty()) say(standing_words(duty_));
        if (duty_.done != Done::Nothing) say("done: " + std::string(done_word(duty_.done)) + "; " + timing_words(duty_));
        if (duty_.timing == Timing::PastAll && duty_.verdict != Verdict::NotOwed)
            say(duty_.verdict == Verdict::Owed ? "past every reading; nothing on record: send now" : "if OWED: send now");
        if (duty_.timing == Timing::PastSafe) say(std::string("past the safe instant") + (duty_.deadline.may_end_later ? "" : ", before the latest reading") + "; nothing on record");
        std::string readings;
        for (const ReadingVerdict& reading : duty_.readings) readings += (readings.empty() ? "readings differ: " : ", ") + reading.label + " " + std::string(owed_word(reading.verdict));
        if (!readings.empty()) say(readings);
        if (duty_.verdict == Verdict::Owed && duty_.done == Done::Nothing && obligation_.act == Act::Tell && log_in_word(duty_, context_.assessment) == "no") say("no log-in on file");
        if (duty_.presumed) say("presumed: nothing to the contrary is shown");
        if (!duty_.exact) {
            row_.notes.push_back(inexact_words(duty_));
            row_.brief.push_back("OPEN to be safe*");
        }
        if (duty_.flips_at) say("changes at " + local_words(*duty_.flips_at, context_.main_zone(), false, far(*duty_.flips_at)) + " if nothing else does");
        for (const std::string& judgement : duty_.look_again) say("judgement needs another look: " + in_plain_words(judgement, law()));
        if ((duty_.verdict == Verdict::Undetermined && !duty_.open_facts.empty()) || !duty_.open_relations.empty()) row_.notes.push_back("open: " + open_words({&duty_}, context_.assessment, 6));
    }

    std::string other_reading() const {
        for (const Alternative& alternative : duty_.deadline.alternatives)
            for (const ReadingLimit& reading : alternative.readings)
                if (reading.end == *duty_.deadline.maximum && !reading.label.empty()) return " (" + reading.label + ")";
        return {};
    }

    /// Another limb that may bind; the same one under several versions of the text is said once.
    void other_alternative(const Alternative& alternative) {
        const Alternative& first = duty_.deadline.alternatives.front();
        std::string text = "or ";
        if (alternative.without_number && (!first.without_number || (alternative.condition.empty() && alternative.words == first.words))) return;
        if (alternative.without_number) text = "also ";
        if (alternative.safe) text += local_words(*alternative.safe, context_.main_zone(), true, far(*alternative.safe)) + (alternative.kind == DeadlineKind::NotStarted ? " (projected)" : "");
        if (!alternative.amount.empty() && !alternative.start.empty() && (alternative.amount != first.amount || alternative.start != first.start))
            text += (alternative.safe ? ": " : "") + alternative.amount + " from " + in_plain_words(alternative.start, law()) + (alternative.kind == DeadlineKind::NotStarted && !alternative.safe ? ", not yet" : "");
        else if (!alternative.safe && alternative.amount.empty()) text += alternative.words.empty() ? waits_for(alternative) : alternative.words;
        else if (!alternative.safe && alternative.condition.empty() && alternative.kind != DeadlineKind::BeyondCalendar) return;
        else if (!alternative.safe) text += "the same";
        if (alternative.kind == DeadlineKind::BeyondCalendar) text += ", no date: " + alternative.reason;
        if (!alternative.condition.empty()) text += " if " + in_plain_words(alternative.condition, law());
        if (const std::string caveat = what_may_move(alternative); !caveat.empty()) text += "; " + caveat;
        if (std::find(row_.notes.begin(), row_.notes.end(), text) == row_.notes.end()) say(text);
    }

    /// The next times of a duty that comes again, beside its first limit.
    void repeats() {
        std::string text;
        for (const Instant at : duty_.deadline.repeats)
            text += (text.empty() ? "" : ", ") + local_words(at, context_.main_zone(), false, far(at));
        if (const auto& missed = duty_.deadline.repeat_missed) say("came again " + local_words(*missed, context_.main_zone(), false, far(*missed)) + ", and nothing is on record since the time before");
        if (!text.empty()) say("comes again: " + text);
    }

    /// The recipient reads another clock than the first zone.
    void recipients_clock() {
        if (!duty_.deadline.counted || duty_.deadline.alternatives.empty()) return;
        const std::string& zone_name = duty_.deadline.alternatives.front().zone;
        const Zone* zone = context_.zones.find(zone_name);
        if (zone == nullptr || zone->offset(*duty_.deadline.counted) == context_.main_zone().offset(*duty_.deadline.counted)) return;
        say("= " + local_words(*duty_.deadline.counted, *zone, true, far(*duty_.deadline.counted)) + " " + zone_city(zone_name));
    }

    const Duty& duty_;
    const ReportContext& context_;
    const Obligation& obligation_;
    TimetableRow row_;
};

}  // namespace

std::string steps_line(const Alternative& alternative, const ReportContext& context) {
    if (alternative.amount.empty() && alternative.start.empty()) return alternative.words;
    const auto when = [&](Instant at) { return local_words(at, context.main_zone(), false, false); };
    std::string text = alternative.amount;
    const bool filing = alternative.start.rfind("filed ", 0) == 0;
    if (!alternative.start.empty()) text += (text.empty() ? "since " : " from ") + std::string(filing ? "when " : "") + in_plain_words(alternative.start, *context.assessment.law);
    if (alternative.start_span && alternative.start_span->is_exact()) text += ", " + when(alternative.start_span->earliest);
    else if (alternative.start_span && alternative.start_span->earliest.seconds > 0)
        text += alternative.start_span->latest < context.assessment.moment.as_of ? " (between " + when(alternative.start_span->earliest) + " and " + when(alternative.start_span->latest) + ")"
                                                                                : " (not stated; " + when(alternative.start_span->earliest) + " at the earliest)";
    text += what_may_move(alternative);
    if (alternative.projected) text += "; projected: that duty at its own limit";
    if (alternative.at_once) text += "; due at once: this limb arose after its own limit";
    if (!alternative.hold.empty()) text += "; moved by hold " + in_plain_words(alternative.hold, *context.assessment.law);
    if (alternative.before_act) text += "; before that act, not at it";
    return text;
}

std::vector<TimetableRow> timetable(const ReportContext& context) {
    std::vector<TimetableRow> rows;
    for (const Duty& duty : context.assessment.duties) rows.push_back(RowMaker(duty, context).make());
    std::stable_sort(rows.begin(), rows.end(), [](const TimetableRow& a, const TimetableRow& b) {
        const auto key = [](const TimetableRow& row) {
            const auto& end = row.duty->deadline.counted;
            return std::tuple(static_cast<int>(row.group), end ? end->seconds : INT64_MAX, row.duty->verdict == Verdict::Owed ? 0 : 1, row.duty->id);
        };
        return key(a) < key(b);
    });
    return rows;
}

std::vector<std::vector<const TimetableRow*>> rows_alike(const std::vector<TimetableRow>& rows, TimetableGroup group) {
    std::vector<std::vector<const TimetableRow*>> result;
    std::map<std::vector<std::string>, std::size_t> places;
    for (const TimetableRow& row : rows) {
        if (row.group != group) continue;
        std::vector<std::string> key{row.duty->entity, row.title, row.owed, row.by, row.left, row.to_brief, row.law_brief};
        key.insert(key.end(), row.brief.begin(), row.brief.end());
        const auto [found, fresh] = places.emplace(std::move(key), result.size());
        if (fresh) result.emplace_back();
        result[found->second].push_back(&row);
    }
    return result;
}

std::string what_of(const std::vector<const TimetableRow*>& alike) {
    std::string of_whom;
    for (const TimetableRow* row : alike)
        if (!row->of_whom.empty()) of_whom += (of_whom.empty() ? "" : "; ") + row->of_whom;
    return alike.front()->title + (of_whom.empty() ? "" : " (" + of_whom + ")") + (alike.size() > 1 ? fmt::format(" {} duties", alike.size()) : "");
}

const TimetableRow* next_row(const std::vector<TimetableRow>& rows, const ReportContext& context) {
    const TimetableRow* passed = nullptr;
    for (const TimetableRow& row : rows) {
        if (row.group != TimetableGroup::ByTime || row.duty->verdict != Verdict::Owed || row.duty->timing == Timing::Met || row.duty->timing == Timing::MetAfter) continue;
        if (*row.duty->deadline.counted >= context.assessment.moment.as_of) return &row;
        if (passed == nullptr) passed = &row;
    }
    return passed;
}

}  // namespace duenotice
