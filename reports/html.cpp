#include "reports/html.h"

#include <algorithm>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/plain_words.h"

namespace duenotice {

namespace {

constexpr std::size_t everything = 100000;

std::string not_covered_list(const ReportContext& context) {
    std::string text;
    for (const NotCovered& line : context.assessment.not_covered)
        if (!line.sector.empty()) text += "<li>" + h(line.place + ": " + line.sector + " (" + line.why + ")") + "</li>\n";
    return text.empty() ? text : "<ul id=\"omissions\" class=\"small\">\n" + text + "</ul>\n";
}

/// Short names first; who they are in full can be opened.
std::string recipients_cell(const TimetableRow& row) {
    std::string full;
    std::size_t count = 0;
    for (const Recipient& recipient : row.duty->recipients) {
        if (recipient.freed || recipient.owed == Truth::No || recipient.passed_on) continue;
        ++count;
        full += "<li>" + h(recipient.title.empty() ? recipient.id : recipient.title) + (recipient.owed == Truth::Unknown ? " (cannot be told yet)" : "") + (recipient.copy ? " (copy)" : "") + "</li>";
    }
    if (count == 0) return "-";
    return h(row.to_brief) + (full == "<li>" + h(row.to_brief) + "</li>" ? "" : "<details><summary class=\"small\">in full</summary><ul class=\"small\">" + full + "</ul></details>");
}

/// `2026-11-20 15:14 UTC`.
std::string utc_words(Instant at) {
    const std::string iso = iso_utc(at);
    return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

std::string row_table(const std::vector<TimetableRow>& rows, TimetableGroup group, const ReportContext& context) {
    std::string body;
    for (const TimetableRow& row : rows) {
        if (row.group != group) continue;
        body += "<tr id=\"" + h(file_name(row.duty->id)) + "\"><td class=\"time\">" + h(row.by) + (row.duty->deadline.counted ? "<br><span class=\"small\">" + utc_words(*row.duty->deadline.counted) + "</span>" : "") + "</td><td class=\"one\">" + h(row.left) +
                "</td><td class=\"word " + owed_class(*row.duty) + "\">" + h(row.owed) + "</td><td>" + h(row.who) + "</td><td><b>" + h(row.what) + "</b><br><span class=\"small\">" + h(row.basis) + "</span><br><span class=\"small\">" + h(row.duty->id) + "</span>";
        for (const std::string& note : row.notes) body += "<br><span class=\"small\">" + h(note) + "</span>";
        if (!row.duty->because.empty()) {
            body += "<details><summary class=\"small\">rests on</summary><ul class=\"small\">";
            for (const Because& because : row.duty->because) body += "<li>" + h(because_words(because, row.duty, context)) + "</li>";
            body += "</ul></details>";
        }
        if (!row.duty->deadline.alternatives.empty()) {
            std::string steps;
            for (const Alternative& alternative : row.duty->deadline.alternatives)
                for (const ReadingLimit& reading : alternative.readings) {
                    steps += "<li>" + h(reading.label.empty() ? "the text" : reading.label) + (reading.citation.empty() ? "" : " [" + h(reading.citation) + "]");
                    bool first = true;
                    for (const Step& step : reading.steps) {
                        steps += (first ? ": " : "; ") + h(step.what);
                        first = false;
                    }
                    steps += "</li>";
                }
            if (!steps.empty()) body += "<details><summary class=\"small\">how the date was counted</summary><ul class=\"small\">" + steps + "</ul></details>";
        }
        body += "</td><td>" + recipients_cell(row) + "</td><td>" + h(done_word(row.duty->done)) + "<br><span class=\"small\">" + h(timing_words(*row.duty)) + "</span></td></tr>\n";
    }
    if (body.empty()) return {};
    return table_head({"By (safe), " + zone_city(context.main_zone().name()), "Left", "Owed", "Who", "What", "To", "Done, late"}, {13, 7, 7, 11, 41, 12, 9}) + body + "</tbody></table>\n";
}

std::string not_owed_table(const std::vector<TimetableRow>& rows, const ReportContext& context) {
    std::string body;
    for (const TimetableRow& row : rows) {
        if (row.group != TimetableGroup::NotOwed) continue;
        std::string why;
        for (const ExceptionState& state : row.duty->exceptions)
            if (state.holds == Truth::Yes && row.duty->when != Truth::No) why += (why.empty() ? "exception " : ", ") + (state.citation.empty() ? state.id : state.citation);
        for (const Because& because : row.duty->because) why += (why.empty() ? "" : "; ") + because_words(because, row.duty, context);
        body += "<tr><td>" + h(row.who) + "</td><td>" + h(row.what) + "<br><span class=\"small\">" + h(row.duty->id) + "</span></td><td>" + h(why) + "</td><td class=\"small\">" + h(row.basis) + "</td></tr>\n";
    }
    return body.empty() ? body : table_head({"Who", "What", "Not owed on these facts: rests on", "Basis"}, {14, 32, 34, 20}) + body + "</tbody></table>\n";
}

}  // namespace

std::string page_html(const ReportContext& context) {
    const std::vector<TimetableRow> rows = timetable(context);
    std::string text = html_head(context.assessment.incident->id, context) + head_block(context) + outlook_box(rows, context, true);
    text += section("Now: the law gives no number", row_table(rows, TimetableGroup::Now, context));
    text += section("By time", row_table(rows, TimetableGroup::ByTime, context));
    text += section("Clock not started, or no date yet", row_table(rows, TimetableGroup::NotStarted, context));
    text += section("Allowed, not owed", row_table(rows, TimetableGroup::Optional, context));
    text += section("Set aside: owed by its own law, and something lies on top", row_table(rows, TimetableGroup::SetAside, context));
    text += section("Questions, in the order in which asking pays", questions_table(context, everything));
    text += section("People and places", people_list(context, everything));
    text += section("Told so far", told_so_far(context, everything));
    text += section("Decisions so far", judgements_made(context, everything));
    text += section("Known omissions of the law on file", not_covered_list(context));
    text += section("Not owed", not_owed_table(rows, context));
    return text + foot(context) + "</body></html>\n";
}

}  // namespace duenotice
