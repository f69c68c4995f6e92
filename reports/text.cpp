#include "reports/text.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/text_layout.h"
#include "reports/timetable.h"

namespace duenotice {

namespace {

constexpr std::size_t line_width = 80;
constexpr std::size_t fold_from = 5;
const std::string rule_line(line_width - 1, '-');

class Timetable {
public:
    Timetable(const ReportContext& context, const TextOptions& options)
        : context_(context), options_(options), assessment_(context.assessment), rows_(timetable(context)) {}

    std::string run() {
        head();
        not_covered();
        next_and_ask();
        number_rows();
        group(TimetableGroup::Now, "NOW: the law gives no number");
        group(TimetableGroup::ByTime, "BY TIME");
        group(TimetableGroup::NotStarted, "CLOCK NOT STARTED, OR NO DATE YET");
        group(TimetableGroup::Optional, "MAY: allowed, not owed");
        set_aside();
        foot();
        return std::move(text_);
    }

private:
    void line(std::string_view text) { text_ += indented(text, 0, line_width); }
    void after(std::string_view label, std::string_view text) { text_ += columns({{std::string(label), 12}, {std::string(text), line_width - 13}}); }

    void head() {
        const Incident& incident = *assessment_.incident;
        line(fmt::format("DUENOTICE  {}  {}  facts {}", incident.id, incident.title.empty() ? "" : "\"" + incident.title + "\"", incident.hash.substr(0, 7)));
        if (incident.drill) line("EXERCISE  EXERCISE  EXERCISE: nothing here happened; send nothing.");
        std::string as_of = "As of ";
        bool first = true;
        for (const std::string& name : context_.show_zones) {
            const Zone* zone = context_.zones.find(name);
            if (zone == nullptr) continue;
            as_of += (first ? "" : " | ") + local_words(assessment_.moment.as_of, *zone, false, first) + " " + zone_city(name);
            first = false;
        }
        const std::string utc = iso_utc(assessment_.moment.as_of);
        line(as_of + " | " + utc.substr(11, 5) + " UTC");
        std::size_t secondary = 0;
        for (const Duty& duty : assessment_.duties) secondary += duty.verdict != Verdict::NotOwed && (duty.grade == 'S' || duty.grade == 'U') ? 1 : 0;
        line(fmt::format("Law edition {}. {}", assessment_.law->edition,
                         secondary == 0 ? "" : fmt::format("{} rows rest on secondary or unverified sources (S, U).", secondary)));
        for (const std::string& note : assessment_.notes) line(note);
        line("On the facts recorded. A working aid, not legal advice; people decide.");
        text_ += "\n";
    }

    void not_covered() {
        if (assessment_.not_covered.empty() && assessment_.families.empty()) return;
        std::string none;
        std::vector<std::string> other;
        std::map<std::string, std::size_t> omissions;
        for (const NotCovered& place : assessment_.not_covered) {
            if (place.sector.empty()) none += (none.empty() ? "" : ", ") + place.place + ": " + (place.people_low || place.people_high ? (place.people_low.value_or(0) == 0 && !place.people_high ? std::string("people not known") : range_words(place.people_low, place.people_high) + " people") : "people not known");
            else ++omissions[place.place];
        }
        std::string left_out;
        for (const auto& [place, count] : omissions) left_out += (left_out.empty() ? "" : ", ") + place + " " + std::to_string(count);
        if (!left_out.empty()) other.push_back("Known omissions of the law on file (in the page and the workbook): " + left_out);
        bool first = true;
        const auto say = [&](const std::string& text) {
            after(first ? "NOT COVERED" : "", text);
            first = false;
        };
        if (!none.empty()) say(none + ": no law on file. Ask local counsel.");
        for (const std::string& text : other) say(text);
        for (const FamilyLine& family : assessment_.families) say("OPEN " + family.family + ": " + family.question);
        text_ += "\n";
    }

    void next_and_ask() {
        if (const TimetableRow* next = next_row(rows_, context_)) {
            const std::int64_t left = next->duty->deadline.safe->seconds - assessment_.moment.as_of.seconds;
            after("NEXT", next->what + ", " + next->who + ", " + (left < 0 ? "passed " + duration_words(left) + " ago" : "in " + duration_words(left)));
        }
        for (std::size_t i = 0; i < assessment_.questions.size() && i < 3; ++i) {
            const Question& question = assessment_.questions[i];
            after(i == 0 ? "ASK" : "", fmt::format("{} {}{}  settles {}{}", i + 1, question.question, question.frame.empty() ? "" : " [" + question.frame + "]",
                                                 question.settles_all, question.settles_all == 1 ? " duty" : " duties"));
        }
        text_ += "\n";
    }

    void number_rows() {
        const std::string city = zone_city(context_.main_zone().name());
        text_ += columns({{" #", 3}, {"BY (safe), " + city, 20}, {"LEFT", 7}, {"OWED", 5}, {"WHO", 9}, {"WHAT", 18}, {"TO", 12}});
        text_ += rule_line + "\n";
    }

    /// Rows that wait for the same answer, when there are at least five of them.
    std::map<std::string, std::size_t> folds(TimetableGroup wanted) const {
        std::map<std::string, std::size_t> counts;
        for (const TimetableRow& row : rows_)
            if (row.group == wanted && !row.fold.empty()) ++counts[row.fold];
        std::erase_if(counts, [](const auto& entry) { return entry.second < fold_from; });
        return counts;
    }

    void group(TimetableGroup wanted, std::string_view title) {
        const auto folded = options_.unfold ? std::map<std::string, std::size_t>() : folds(wanted);
        bool titled = false;
        std::map<std::string, const TimetableRow*> first_of_fold;
        for (const TimetableRow& row : rows_) {
            if (row.group != wanted) continue;
            if (!titled) line(title);
            titled = true;
            if (folded.count(row.fold) != 0) {
                first_of_fold.emplace(row.fold, &row);
                continue;
            }
            one(row);
        }
        for (const auto& [fold, row] : first_of_fold) {
            const std::string limit = row->duty->deadline.safe ? " (nearest limit if owed: " + local_words(*row->duty->deadline.safe, context_.main_zone(), true) + ")" : "";
            text_ += indented(fmt::format("{} duties wait for the same answer: {}{}. --unfold", folded.at(fold), question(fold), limit), 2, line_width);
        }
    }

    std::string question(const std::string& fact) const {
        const FactDeclaration* declaration = assessment_.law->vocabulary.find(fact);
        return declaration == nullptr || declaration->question.empty() ? fact : "\"" + declaration->question + "\" (" + fact + ")";
    }

    void one(const TimetableRow& row) {
        ++number_;
        text_ += columns({{fmt::format("{:>3}", number_), 3}, {row.by, 20}, {row.left, 7}, {row.owed, 5}, {row.who, 9}, {row.what, 18}, {row.to, 12}});
        text_ += indented(row.basis, 4, line_width);
        for (const std::string& note : row.notes) text_ += indented(note, 4, line_width);
    }

    void set_aside() {
        std::size_t shown = 0;
        for (const TimetableRow& row : rows_) {
            if (row.group != TimetableGroup::SetAside) continue;
            if (shown++ == 0) line("SET ASIDE: owed by its own law, and something lies on top");
            one(row);
        }
        std::size_t by_fact = 0, by_judgement = 0, by_exception = 0;
        for (const TimetableRow& row : rows_) {
            if (row.group != TimetableGroup::NotOwed) continue;
            const bool exception = std::any_of(row.duty->exceptions.begin(), row.duty->exceptions.end(), [](const ExceptionState& state) { return state.holds == Truth::Yes; });
            const bool judged = std::any_of(row.duty->because.begin(), row.duty->because.end(), [&](const Because& because) {
                return assessment_.law->vocabulary.at(because.ground.fact).type == ValueType::Judgement;
            });
            ++(exception && row.duty->when != Truth::No ? by_exception : judged ? by_judgement : by_fact);
        }
        const std::size_t all = by_fact + by_judgement + by_exception;
        if (all > 0) line(fmt::format("NOT OWED  {}  by facts {}, by exception {}, by judgement {}{}", all, by_fact, by_exception, by_judgement, options_.show_not_owed ? "" : "   --not-owed"));
        if (options_.show_not_owed)
            for (const TimetableRow& row : rows_)
                if (row.group == TimetableGroup::NotOwed) not_owed(row);
    }

    void not_owed(const TimetableRow& row) {
        std::string why;
        for (const ExceptionState& state : row.duty->exceptions)
            if (state.holds == Truth::Yes && row.duty->when != Truth::No) why += (why.empty() ? "exception " : ", ") + (state.citation.empty() ? state.id : state.citation);
        for (const Because& because : row.duty->because) why += (why.empty() ? "rests on " : "; ") + because.needed;
        text_ += indented(row.who + ": " + row.what + ". NOT OWED on these facts: " + why, 2, line_width);
    }

    void foot() {
        std::size_t sent = 0, waiting = 0;
        for (const Duty& duty : assessment_.duties) {
            sent += duty.done >= Done::Submitted && duty.done <= Done::Acknowledged ? 1 : 0;
            waiting += duty.done >= Done::Submitted && duty.done < Done::Acknowledged ? 1 : 0;
        }
        line(fmt::format("SENT  {}  waiting for acknowledgement {}", sent, waiting));
        line("Filings and holds that are not recorded did not happen.");
        text_ += rule_line + "\n";
        if (options_.input.empty()) return;
        line("duenotice explain " + options_.input + " DUTY");
        line("duenotice ask " + options_.input);
    }

    const ReportContext& context_;
    const TextOptions& options_;
    const Assessment& assessment_;
    std::vector<TimetableRow> rows_;
    std::string text_;
    int number_ = 0;
};

std::string truth_word(Truth truth) { return truth == Truth::Yes ? "yes" : truth == Truth::No ? "no" : "open"; }

void trace_lines(std::string& text, const TraceNode& node, std::size_t depth) {
    std::string line = pad(truth_word(node.truth), 5);
    if (!node.label.empty() && node.text.empty()) line += node.label;
    else line += node.text + (node.label.empty() ? "" : " (" + node.label + ")");
    if (!node.citation.empty()) line += " [" + node.citation + "]";
    if (!node.value.empty()) line += "  <- " + node.value;
    text += indented(line, 2 * depth, line_width);
    for (const TraceNode& child : node.children) trace_lines(text, child, depth + 1);
}

std::string alternative_text(const Alternative& alternative, const ReportContext& context) {
    std::string text;
    const Zone* zone = context.zones.find(alternative.zone);
    const Zone& show = zone == nullptr ? context.main_zone() : *zone;
    std::string head = "limb " + alternative.limb + ": ";
    if (alternative.safe) head += local_words(*alternative.safe, show, true) + " " + zone_city(show.name()) + " = " + iso_utc(*alternative.safe);
    else head += std::string(name(alternative.kind)) + (alternative.reason.empty() ? "" : ": " + alternative.reason);
    if (alternative.maximum && alternative.maximum != alternative.safe) head += ", latest " + local_words(*alternative.maximum, show, true);
    if (!alternative.citation.empty()) head += " [" + alternative.citation + "]";
    text += indented(head, 2, line_width);
    const std::string steps = steps_line(alternative, context);
    if (!steps.empty()) text += indented(steps, 4, line_width);
    if (!alternative.condition.empty()) text += indented("only if " + alternative.condition, 4, line_width);
    for (const ReadingLimit& reading : alternative.readings) {
        text += indented("reading " + (reading.label.empty() ? std::string("of the text") : reading.label) + ": " + local_words(reading.end, show, true) +
                             (reading.citation.empty() ? "" : " [" + reading.citation + "]"), 4, line_width);
        for (const Step& step : reading.steps) text += indented("- " + step.what + (step.provision.empty() ? "" : " [" + step.provision + "]"), 6, line_width);
    }
    return text;
}

}  // namespace

std::string timetable_text(const ReportContext& context, const TextOptions& options) { return escape_terminal(Timetable(context, options).run()); }

std::string timetable_plain(const ReportContext& context) {
    std::string text = "duty\towed\tsafe_utc\tmaximum_utc\ttiming\tdone\tentity\twhat\tto\tbasis\topen\n";
    const auto field = [](std::string value) {
        for (char& c : value)
            if (c == '\t' || c == '\n' || c == '\r') c = ' ';
        return value;
    };
    for (const TimetableRow& row : timetable(context)) {
        std::string open;
        for (const GroundFact& ground : row.duty->open_facts) open += (open.empty() ? "" : ", ") + fact_name(ground, context.assessment);
        text += row.duty->id + "\t" + std::string(name(row.duty->verdict)) + "\t" + (row.duty->deadline.safe ? iso_utc(*row.duty->deadline.safe) : "-") + "\t" +
                (row.duty->deadline.maximum ? iso_utc(*row.duty->deadline.maximum) : "-") + "\t" + std::string(name(row.duty->timing)) + "\t" +
                std::string(name(row.duty->done)) + "\t" + field(row.who) + "\t" + field(row.what) + "\t" + field(row.to) + "\t" + field(row.basis) + "\t" +
                (open.empty() ? "-" : field(open)) + "\n";
    }
    return escape_terminal(text);
}

std::string questions_text(const ReportContext& context) {
    std::string text = "Open questions, in the order in which asking pays:\n\n";
    std::size_t number = 0;
    for (const Question& question : context.assessment.questions) {
        text += columns({{fmt::format("{:>3}", ++number), 3}, {question.question + (question.frame.empty() ? "" : " [" + question.frame + "]"), 76}});
        text += indented(fmt::format("{}: every answer settles {}, some answer {}, bears on {}{}", context.assessment.law->vocabulary.at(question.ground.fact).name,
                                     question.settles_all, question.settles_some, question.relevant,
                                     question.earliest_safe ? "; nearest limit " + local_words(*question.earliest_safe, context.main_zone(), true) : ""), 4, line_width);
        if (!question.asked_of.empty()) text += indented("asked of " + question.asked_of + (question.expected_at ? ", answer expected " + local_words(*question.expected_at, context.main_zone()) : ""), 4, line_width);
    }
    if (number == 0) text += "Nothing open decides a duty.\n";
    return escape_terminal(text);
}

std::string explanation_text(const Explanation& explanation, const ReportContext& context) {
    const Duty* duty = context.assessment.find(explanation.duty);
    if (duty == nullptr) return {};
    const Obligation& obligation = obligation_of(*duty, context.assessment);
    const Law* law = law_of(*duty, context.assessment);
    std::string text = indented(duty->id, 0, line_width) + indented(obligation.title + ", " + entity_name(duty->entity, context.assessment), 0, line_width);
    text += indented((law == nullptr ? "" : law->title + ", ") + [&] {
        std::string provisions;
        for (const std::string& citation : duty->citations) provisions += (provisions.empty() ? "" : "; ") + citation;
        return provisions;
    }() + "  (reading grade " + grade_word(*duty) + ")", 0, line_width);
    text += "\n" + std::string(owed_word(duty->verdict)) + "\n";
    for (const Because& because : duty->because) text += indented("because " + because.needed + "  (" + fact_name(because.ground, context.assessment) + ": " + because.value + ")", 2, line_width);
    for (const GroundFact& ground : duty->open_facts) text += indented("would be decided by: " + question_of(ground, context.assessment), 2, line_width);
    if (duty->when == Truth::Yes && duty->verdict == Verdict::NotOwed)
        for (const ExceptionState& state : duty->exceptions)
            if (state.holds == Truth::Yes) text += indented("would be owed, but: " + (state.citation.empty() ? state.id : state.citation), 2, line_width);
    for (const Modifier& modifier : duty->modifiers) text += indented(modifier_words(modifier, context), 2, line_width);
    if (!standing_words(*duty).empty()) text += indented(standing_words(*duty), 2, line_width);
    text += "\nThe law, part by part\n";
    for (const TraceNode& part : explanation.parts) trace_lines(text, part, 1);
    text += "\nThe clock: " + timing_words(*duty) + "\n";
    for (const Alternative& alternative : duty->deadline.alternatives) text += alternative_text(alternative, context);
    for (const Alternative& alternative : duty->deadline.other_limbs) text += indented("counted too, but does not bind:", 2, line_width) + alternative_text(alternative, context);
    text += "\nTo: " + recipient_names(*duty, 50) + "\n";
    if (!explanation.decision_table.empty()) {
        text += "\nDecision table\n";
        for (const DecisionRow& row : explanation.decision_table) {
            std::string cells;
            for (const auto& [fact, piece] : row.cells) cells += (cells.empty() ? "" : "; ") + fact + " " + piece;
            text += indented(std::string(row.truth == Truth::Yes ? "OWED" : row.truth == Truth::No ? "NOT OWED" : "OPEN") + ": " + cells, 2, line_width);
        }
    }
    if (explanation.table_cut) text += "\nThe decision table has more than 4,096 rows and is left out.\n";
    return escape_terminal(text);
}

std::string diff_text(const std::vector<DutyChange>& changes, bool with_same) {
    constexpr std::string_view kinds[] = {"ADDED", "DROPPED", "MOVED", "SAME", "RENAMED"};
    std::string text;
    std::size_t same = 0;
    for (const DutyChange& change : changes) {
        if (change.kind == DutyChange::Kind::Same) {
            ++same;
            if (!with_same) continue;
        }
        text += pad(kinds[static_cast<std::size_t>(change.kind)], 8) + change.duty + (change.was.empty() ? "" : " (was " + change.was + ")") + "\n";
        for (const std::string& what : change.what) text += indented(what, 8, line_width);
        std::string causes;
        for (const std::string& cause : change.causes) causes += (causes.empty() ? "" : ", ") + cause;
        if (change.by_time) causes = "the passing of time alone";
        if (!causes.empty()) text += indented("by: " + causes + (change.other_causes > 0 ? fmt::format(" (or {} other changes alone)", change.other_causes) : ""), 8, line_width);
    }
    return escape_terminal(text + fmt::format("{} duties are the same.\n", same));
}

}  // namespace duenotice
