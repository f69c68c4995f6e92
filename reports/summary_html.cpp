// The one-page summary. One A4 page holds it because every section has a most and counts what it leaves out.
#include <algorithm>

#include <fmt/format.h>

#include "reports/html.h"
#include "reports/html_parts.h"
#include "reports/plain_words.h"

namespace duenotice {

namespace {

constexpr std::size_t rows_shown = 8;
constexpr std::size_t judgements_shown = 4;
constexpr std::size_t questions_shown = 4;
constexpr std::size_t decisions_shown = 3;
constexpr std::size_t populations_shown = 3;

using Alike = std::vector<const TimetableRow*>;

/// Lower comes first when not all rows fit: owed by law, open and still to come, open and passed, promises, house rules.
int rank(const TimetableRow& row, const ReportContext& context) {
    const bool owed = row.duty->verdict == Verdict::Owed, past = row.duty->deadline.counted && *row.duty->deadline.counted < context.assessment.moment.as_of;
    if (const auto own = own_word(*row.duty); !own.empty()) return (own == "house rule" ? 5 : 3) + (owed ? 0 : 1);
    return owed ? 0 : past ? 2 : 1;
}

/// What is owed without a number, what has passed, and what falls due within a day; rows of one duty together.
std::vector<Alike> pressing_rows(const std::vector<TimetableRow>& rows, const ReportContext& context) {
    std::vector<Alike> found;
    for (const TimetableGroup group : {TimetableGroup::ByTime, TimetableGroup::Now})
        for (Alike& alike : rows_alike(rows, group)) {
            const Duty& duty = *alike.front()->duty;
            const bool now = group == TimetableGroup::Now && duty.verdict == Verdict::Owed && duty.done == Done::Nothing;
            const bool soon = group == TimetableGroup::ByTime && duty.deadline.counted->seconds - context.assessment.moment.as_of.seconds <= day_seconds && duty.timing != Timing::Met && duty.timing != Timing::MetAfter;
            if (now || soon) found.push_back(std::move(alike));
        }
    return found;
}

std::string row_html(const Alike& alike, const ReportContext& context) {
    const TimetableRow& row = *alike.front();
    const std::string owner = owner_of(*row.duty, context.assessment).owner;
    const auto own = own_word(*row.duty);
    return "<tr><td class=\"time\">" + h(row.by) + (row.beside.empty() ? "" : "<br><span class=\"small\">" + h(row.beside) + "</span>") + "</td><td class=\"one\">" + h(row.left) + "</td><td class=\"word " + owed_class(*row.duty) + "\">" + h(row.owed) + "</td><td>" + h(row.who_brief) + "</td><td>" + h(what_of(alike)) + " <span class=\"small\">[" + h(own.empty() ? law_name_brief(*row.duty, context.assessment) : std::string(own) + ", not law") +
           "]</span></td><td>" + h(row.to_brief) + "</td><td>" + h(owner.empty() ? "nobody named" : owner) + "</td><td>" + h(done_word(row.duty->done)) + "</td></tr>\n";
}

std::string next_day(const std::vector<TimetableRow>& rows, const ReportContext& context) {
    const std::vector<Alike> found = pressing_rows(rows, context);
    if (found.empty()) return "<p>No limit in the next 24 hours.</p>";
    std::vector<std::size_t> order(found.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(*found[a].front(), context) < rank(*found[b].front(), context); });
    std::size_t law = 0, own = 0;
    for (std::size_t i = rows_shown; i < order.size(); ++i) (own_word(*found[order[i]].front()->duty).empty() ? law : own) += found[order[i]].size();
    order.resize(std::min(order.size(), rows_shown));
    std::sort(order.begin(), order.end());
    std::string body;
    for (const std::size_t i : order) body += row_html(found[i], context);
    std::string more = law == 0 ? std::string() : count_words(law, "more duty", "more duties");
    if (own > 0) more += (more.empty() ? "" : " and ") + count_words(own, "own rule or promise", "own rules and promises");
    return table_head({"By, " + zone_city(context.main_zone().name()), "Left", "Owed", "Who", "What", "To", "Owner", "Done"}, {14, 7, 7, 9, 26, 11, 15, 11}) + body + "</tbody></table>\n" + (more.empty() ? "" : "<p>and " + more + ": on the page</p>\n");
}

std::string judgements_waiting(const ReportContext& context) {
    std::vector<std::string> lines;
    for (const AskedQuestion& asked : asked_questions(context)) {
        const FactDeclaration& declaration = context.assessment.law->vocabulary.at(asked.question->ground.fact);
        if (declaration.type != ValueType::Judgement) continue;
        lines.push_back("<b>" + h(short_fact(declaration)) + "</b>" + (asked.where.empty() ? "" : " [" + h(asked.where_words(2)) + "]") + ": " + h(asked.effect()) + "; decided by " + h(asked.question->asked_of.empty() ? "nobody named yet" : asked.question->asked_of) +
                        (asked.question->earliest_safe ? "; first by " + h(local_words(*asked.question->earliest_safe, context.main_zone(), true, false)) : ""));
    }
    return bullets(lines, judgements_shown, "None.");
}

}  // namespace

std::string summary_html(const ReportContext& context) {
    const std::vector<TimetableRow> rows = timetable(context);
    std::string text = html_head(context.assessment.incident->id + " summary", context) + "<div class=\"sheet\">\n" + head_block(context) + outlook_box(rows, context, false);
    text += section("Passed, now, and the next 24 hours", next_day(rows, context));
    text += "<div class=\"cols\"><div>" + section("Judgements waiting", judgements_waiting(context)) + "</div><div>" + section("Decisions so far", judgements_made(context, decisions_shown)) + section("Told so far", told_so_far(context, decisions_shown)) + "</div></div>\n";
    text += section("Open facts that matter", questions_table(context, questions_shown));
    text += section("People and places", people_list(context, populations_shown));
    return text + foot(context, "page 1 of 1") + "</div>\n</body></html>\n";
}

}  // namespace duenotice
