#include "reports/text.h"

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/plain_words.h"
#include "reports/text_layout.h"
#include "reports/timetable.h"

namespace duenotice {

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
        for (const OpenRelation& list : row.duty->open_relations) open += (open.empty() ? "" : ", ") + open_relation_words(list, context.assessment);
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
    for (const RelationQuestion& question : context.assessment.relation_questions) {
        text += columns({{fmt::format("{:>3}", ++number), 3}, {question.question, 76}});
        text += indented(fmt::format("relations: touches {} {}{}; list them under `relations` of the entity; when these are all, say `\"relations_complete\": [\"{}\"]` there, or `\"complete\": [\"relations\"]` for all of all entities", question.duties.size(), question.duties.size() == 1 ? "duty" : "duties",
                                     question.earliest_safe ? "; nearest limit " + local_words(*question.earliest_safe, context.main_zone(), true) : "", question.list.relation), 4, line_width);
    }
    if (number == 0) text += "Nothing open decides a duty.\n";
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
