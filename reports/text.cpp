#include "reports/text.h"

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/plain_words.h"
#include "reports/text_layout.h"
#include "reports/timetable.h"

namespace duenotice {

namespace {

constexpr std::size_t line_width = 80;
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
    if (!alternative.condition.empty()) text += indented("only if " + in_plain_words(alternative.condition, *context.assessment.law), 4, line_width);
    for (const ReadingLimit& reading : alternative.readings) {
        text += indented("reading " + (reading.label.empty() ? std::string("of the text") : reading.label) + ": " + local_words(reading.end, show, true) +
                             (reading.citation.empty() ? "" : " [" + reading.citation + "]"), 4, line_width);
        for (const Step& step : reading.steps) text += indented("- " + step.what + (step.provision.empty() ? "" : " [" + step.provision + "]"), 6, line_width);
    }
    return text;
}

}  // namespace

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
        const std::string where = frame_words(question.ground, nullptr, context.assessment);
        text += columns({{fmt::format("{:>3}", ++number), 3}, {question.question + (where.empty() ? "" : "  [" + where + "]"), 76}});
        text += indented(fmt::format("{}: touches {} {}, can settle {}, settles {} whatever the answer{}", short_fact(context.assessment.law->vocabulary.at(question.ground.fact)) + " (" + context.assessment.law->vocabulary.at(question.ground.fact).name + ")",
                                     question.relevant, question.relevant == 1 ? "duty" : "duties", question.settles_some, question.settles_all,
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
    for (const Because& because : duty->because) text += indented("because " + in_plain_words(because.needed, *context.assessment.law) + "  (" + fact_name(because.ground, context.assessment) + ": " + because.value + ")", 2, line_width);
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
