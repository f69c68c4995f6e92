#include <fmt/format.h>

#include "reports/html.h"
#include "reports/html_parts.h"
#include "reports/plain_words.h"

namespace duenotice {

namespace {

constexpr std::size_t rows_shown = 8;
constexpr std::size_t questions_shown = 5;

/// What is owed without a number, what has passed, and what falls due within a day; rows of one duty together.
std::string next_day(const std::vector<TimetableRow>& rows, const ReportContext& context) {
    std::string body;
    std::size_t shown = 0, left_out = 0;
    for (const TimetableGroup group : {TimetableGroup::ByTime, TimetableGroup::Now})
        for (const std::vector<const TimetableRow*>& alike : rows_alike(rows, group)) {
            const TimetableRow& row = *alike.front();
            const bool now = group == TimetableGroup::Now && row.duty->verdict == Verdict::Owed;
            const bool soon = group == TimetableGroup::ByTime && row.duty->deadline.safe->seconds - context.assessment.moment.as_of.seconds <= 86400 && row.duty->timing != Timing::Met && row.duty->timing != Timing::MetAfter;
            if (!now && !soon) continue;
            if (shown == rows_shown) {
                left_out += alike.size();
                continue;
            }
            ++shown;
            const std::string& owner = context.assessment.incident->entities[static_cast<std::size_t>(row.duty->frame.entity)].owner;
            body += "<tr><td class=\"time\">" + h(row.by) + "</td><td class=\"one\">" + h(row.left) + "</td><td class=\"word " + owed_class(*row.duty) + "\">" + h(row.owed) + "</td><td>" + h(row.who_brief) + "</td><td>" + h(what_of(alike)) + "</td><td>" + h(row.to_brief) + "</td><td>" + h(owner.empty() ? "nobody named" : owner) + "</td><td>" + h(done_word(row.duty->done)) + "</td></tr>\n";
        }
    if (body.empty()) return "<p>No limit in the next 24 hours.</p>";
    return table_head({"By, " + zone_city(context.main_zone().name()), "Left", "Owed", "Who", "What", "To", "Owner", "Done"}, {14, 7, 6, 9, 28, 11, 15, 10}) + body + "</tbody></table>\n" +
           (left_out > 0 ? "<p>and " + count_words(left_out, "more duty", "more duties") + ": on the page</p>\n" : "");
}

std::string judgements_waiting(const ReportContext& context) {
    std::string body;
    for (const AskedQuestion& asked : asked_questions(context)) {
        const FactDeclaration& declaration = context.assessment.law->vocabulary.at(asked.question->ground.fact);
        if (declaration.type != ValueType::Judgement) continue;
        body += "<li><b>" + h(short_fact(declaration)) + "</b>" + (asked.where.empty() ? "" : " [" + h(asked.where_words()) + "]") + ": " + h(asked.effect()) + "; decided by " + h(asked.question->asked_of.empty() ? "nobody named yet" : asked.question->asked_of) +
                (asked.question->earliest_safe ? "; first by " + h(local_words(*asked.question->earliest_safe, context.main_zone(), true, false)) : "") + "</li>\n";
    }
    return body.empty() ? "<p>None.</p>" : "<ul>" + body + "</ul>";
}

}  // namespace

std::string summary_html(const ReportContext& context) {
    const std::vector<TimetableRow> rows = timetable(context);
    std::string text = html_head(context.assessment.incident->id + " summary", context) + head_block(context) + outlook_box(rows, context, false);
    text += section("Passed, now, and the next 24 hours", next_day(rows, context));
    text += "<div class=\"cols\"><div>" + section("Judgements waiting", judgements_waiting(context)) + "</div><div>" + section("Decisions so far", judgements_made(context)) + section("Told so far", told_so_far(context)) + "</div></div>\n";
    text += section("Open facts that matter", questions_table(context, questions_shown));
    text += section("People and places", people_list(context));
    return text + foot(context);
}

}  // namespace duenotice
