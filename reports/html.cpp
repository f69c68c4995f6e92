#include "reports/html.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/timetable.h"

namespace duenotice {

namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light}
body{font:15px/1.4 "Liberation Sans",Arial,sans-serif;color:#111;margin:0 auto;max-width:1080px;padding:16px 20px}
h1{font-size:21px;margin:0 0 4px}h2{font-size:16px;margin:20px 0 6px;border-bottom:2px solid #111;padding-bottom:2px}
p{margin:4px 0}table{border-collapse:collapse;width:100%;margin:4px 0 10px}
th{text-align:left;font-size:12px;text-transform:uppercase;letter-spacing:.03em;border-bottom:1px solid #111;padding:3px 8px 3px 0;vertical-align:bottom}
td{border-bottom:1px solid #ccc;padding:5px 8px 5px 0;vertical-align:top}
td.time{white-space:nowrap;font-variant-numeric:tabular-nums}
.small{font-size:12.5px;color:#333}.word{font-weight:bold;white-space:nowrap}
.owed{color:#8a1c00}.open{color:#7a4b00}.notowed{color:#444}
.box{border:2px solid #111;padding:6px 10px;margin:8px 0}.exercise{border:4px double #111;text-align:center;font-weight:bold;padding:6px;letter-spacing:.2em}
details{margin:2px 0}summary{cursor:pointer}
ul{margin:2px 0 2px 18px;padding:0}.foot{margin-top:18px;border-top:1px solid #111;padding-top:4px;font-size:12px;color:#333}
.cols{display:grid;grid-template-columns:1fr 1fr;gap:0 24px}
@media print{body{max-width:none;padding:0;font-size:10.5px}h1{font-size:15px}h2{font-size:12px;margin:8px 0 3px}td,th{padding:2px 5px 2px 0}.small{font-size:9px}a{color:inherit}
@page{size:A4;margin:12mm}details{display:block}summary{list-style:none}tr{break-inside:avoid}}
)";

std::string h(std::string_view text) { return escape_html(text); }

std::string owed_class(const Duty& duty) { return duty.verdict == Verdict::Owed ? "owed" : duty.verdict == Verdict::Undetermined ? "open" : "notowed"; }

std::string as_of_line(const ReportContext& context) {
    std::string text = "As of ";
    bool first = true;
    for (const std::string& name : context.show_zones) {
        const Zone* zone = context.zones.find(name);
        if (zone == nullptr) continue;
        text += (first ? "" : " | ") + local_words(context.assessment.moment.as_of, *zone) + " " + zone_city(name);
        first = false;
    }
    return text + " | " + iso_utc(context.assessment.moment.as_of);
}

std::string head_block(const ReportContext& context) {
    const Incident& incident = *context.assessment.incident;
    std::string text;
    if (incident.drill) text += "<p class=\"exercise\">EXERCISE: nothing here happened; send nothing</p>\n";
    text += "<h1>" + h(incident.id) + (incident.title.empty() ? "" : " &middot; " + h(incident.title)) + "</h1>\n<p>" + h(as_of_line(context)) + "</p>\n";
    text += "<p class=\"small\">Facts " + h(incident.hash.substr(0, 7)) + " &middot; law edition " + h(context.assessment.law->edition) + " &middot; edition of this paper: " + h(context.edition) + "</p>\n";
    for (const std::string& note : context.assessment.notes) text += "<p class=\"small\"><b>" + h(note) + "</b></p>\n";
    return text;
}

std::string not_covered_block(const ReportContext& context) {
    const Assessment& assessment = context.assessment;
    if (assessment.not_covered.empty() && assessment.families.empty()) return {};
    std::string text = "<div class=\"box\"><b>Not covered</b><ul>\n";
    for (const NotCovered& line : assessment.not_covered)
        text += "<li>" + h(line.place) + ": " + h(line.sector.empty() ? line.why : line.sector + " (" + line.why + ")") +
                (line.sector.empty() ? ", " + h(range_words(line.people_low, line.people_high)) + " people. Ask local counsel." : "") + "</li>\n";
    for (const FamilyLine& line : assessment.families) text += "<li>" + h(line.family) + ": " + h(line.question) + "</li>\n";
    return text + "</ul></div>\n";
}

std::string foot(const ReportContext& context) {
    std::string text = "<p class=\"foot\">" + h(basis_sentence(context)) + " Filings and holds that are not recorded did not happen.<br>";
    bool first = true;
    for (const auto& [key, value] : provenance(context)) {
        text += (first ? "" : " &middot; ") + h(key) + " " + h(value);
        first = false;
    }
    return text + "</p>\n</body></html>\n";
}

std::string table_head(const std::vector<std::string>& names) {
    std::string text = "<table><thead><tr>";
    for (const std::string& name : names) text += "<th>" + h(name) + "</th>";
    return text + "</tr></thead><tbody>\n";
}

std::string row_table(const std::vector<TimetableRow>& rows, TimetableGroup group, const ReportContext& context, bool details) {
    std::string body;
    for (const TimetableRow& row : rows) {
        if (row.group != group) continue;
        body += "<tr id=\"" + h(file_name(row.duty->id)) + "\"><td class=\"time\">" + h(row.by) + (row.duty->deadline.safe ? "<br><span class=\"small\">" + iso_utc(*row.duty->deadline.safe) + "</span>" : "") + "</td><td class=\"time\">" + h(row.left) +
                "</td><td class=\"word " + owed_class(*row.duty) + "\">" + h(row.owed) + "</td><td>" + h(row.who) + "</td><td><b>" + h(row.what) + "</b><br><span class=\"small\">" + h(row.basis) + "</span>";
        for (const std::string& note : row.notes) body += "<br><span class=\"small\">" + h(note) + "</span>";
        if (details && !row.duty->because.empty()) {
            body += "<details><summary class=\"small\">rests on</summary><ul class=\"small\">";
            for (const Because& because : row.duty->because) body += "<li>" + h(because.needed) + " <i>(" + h(because.value) + ")</i></li>";
            body += "</ul></details>";
        }
        if (details && !row.duty->deadline.alternatives.empty()) {
            std::string steps;
            for (const Alternative& alternative : row.duty->deadline.alternatives)
                for (const ReadingLimit& reading : alternative.readings) {
                    steps += "<li>" + h(reading.label.empty() ? "the text" : reading.label) + " [" + h(reading.citation) + "]: ";
                    for (const Step& step : reading.steps) steps += h(step.what) + "; ";
                    steps += "</li>";
                }
            if (!steps.empty()) body += "<details><summary class=\"small\">how the date was counted</summary><ul class=\"small\">" + steps + "</ul></details>";
        }
        body += "</td><td>" + h(row.to) + "</td><td>" + h(done_word(row.duty->done)) + "<br><span class=\"small\">" + h(timing_words(*row.duty)) + "</span></td></tr>\n";
    }
    if (body.empty()) return {};
    return table_head({"By (safe), " + zone_city(context.main_zone().name()), "Left", "Owed", "Who", "What", "To", "Done, late"}) + body + "</tbody></table>\n";
}

std::string section(const std::string& title, const std::string& body) { return body.empty() ? std::string() : "<h2>" + h(title) + "</h2>\n" + body; }

std::string not_owed_table(const std::vector<TimetableRow>& rows) {
    std::string body;
    for (const TimetableRow& row : rows) {
        if (row.group != TimetableGroup::NotOwed) continue;
        std::string why;
        for (const ExceptionState& state : row.duty->exceptions)
            if (state.holds == Truth::Yes && row.duty->when != Truth::No) why += (why.empty() ? "exception " : ", ") + (state.citation.empty() ? state.id : state.citation);
        for (const Because& because : row.duty->because) why += (why.empty() ? "" : "; ") + because.needed;
        body += "<tr><td>" + h(row.who) + "</td><td>" + h(row.what) + "<br><span class=\"small\">" + h(row.duty->id) + "</span></td><td>" + h(why) + "</td><td class=\"small\">" + h(row.basis) + "</td></tr>\n";
    }
    return body.empty() ? body : table_head({"Who", "What", "Not owed on these facts: rests on", "Basis"}) + body + "</tbody></table>\n";
}

std::string questions_table(const ReportContext& context, std::size_t most) {
    std::string body;
    std::size_t number = 0;
    for (const Question& question : context.assessment.questions) {
        if (++number > most) break;
        body += fmt::format("<tr><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td><td class=\"time\">{}</td></tr>\n", number, h(question.question), question.frame.empty() ? "" : " <span class=\"small\">[" + h(question.frame) + "]</span>",
                            h(question.asked_of.empty() ? "nobody named" : question.asked_of), question.relevant,
                            question.earliest_safe ? h(local_words(*question.earliest_safe, context.main_zone(), true)) : "-");
    }
    return body.empty() ? body : table_head({"#", "Question", "Asked of", "Duties", "Nearest limit, " + zone_city(context.main_zone().name())}) + body + "</tbody></table>\n";
}

std::string judgements_waiting(const ReportContext& context) {
    std::string body;
    for (const Question& question : context.assessment.questions) {
        const FactDeclaration& declaration = context.assessment.law->vocabulary.at(question.ground.fact);
        if (declaration.type != ValueType::Judgement) continue;
        body += "<li>" + h(question.question) + (question.frame.empty() ? "" : " [" + h(question.frame) + "]") + ": " + std::to_string(question.relevant) + " duties" +
                (question.earliest_safe ? ", first by " + h(local_words(*question.earliest_safe, context.main_zone(), true)) : "") + "</li>\n";
    }
    return body.empty() ? "<p>None.</p>" : "<ul>" + body + "</ul>";
}

std::string told_so_far(const ReportContext& context) {
    std::string body;
    for (const Filing& filing : context.assessment.incident->filings) {
        const auto at = filing.submitted_at ? filing.submitted_at : filing.dispatched_at;
        if (!at) continue;
        body += "<li>" + h(local_words(*at, context.main_zone())) + ": " + h(filing.obligation) + ", " + h(entity_name(filing.entity, context.assessment)) + " to " + h(filing.recipient.empty() ? "all recipients" : filing.recipient) +
                (filing.withdrawn_at ? ", withdrawn" : filing.received_at ? ", acknowledged" : ", no acknowledgement on record") + "</li>\n";
    }
    return body.empty() ? "<p>Nothing on record.</p>" : "<ul>" + body + "</ul>";
}

std::string people_table(const ReportContext& context) {
    const Incident& incident = *context.assessment.incident;
    const FactDeclaration* affected = context.assessment.law->vocabulary.find("people.affected");
    if (affected == nullptr) return {};
    std::string body;
    for (const FactRecord& record : incident.facts) {
        if (record.ground.fact != affected->id || record.history.empty()) continue;
        const PopulationFrame& population = incident.populations[static_cast<std::size_t>(record.ground.frame.population)];
        body += "<tr><td>" + h(population.implicit ? "people" : population.id) + "</td><td>" + h(incident.places[static_cast<std::size_t>(record.ground.frame.place)].code) + "</td><td>" + h(words(record.current().value, *affected)) + "</td></tr>\n";
    }
    return body.empty() ? "<p>No counts on record.</p>" : table_head({"Population", "Place", "People"}) + body + "</tbody></table>\n";
}

std::string next_day_table(const std::vector<TimetableRow>& rows, const ReportContext& context) {
    std::string body;
    std::size_t shown = 0, all = 0;
    for (const TimetableRow& row : rows) {
        const bool now = row.group == TimetableGroup::Now && row.duty->verdict == Verdict::Owed;
        const bool soon = row.group == TimetableGroup::ByTime && row.duty->deadline.safe->seconds - context.assessment.moment.as_of.seconds <= 86400 && row.duty->timing != Timing::Met && row.duty->timing != Timing::MetAfter;
        if (!now && !soon) continue;
        if (++all > 8) continue;
        ++shown;
        body += "<tr><td class=\"time\">" + h(row.by) + "</td><td>" + h(row.left) + "</td><td class=\"word " + owed_class(*row.duty) + "\">" + h(row.owed) + "</td><td>" + h(row.who) + "</td><td>" + h(row.what) + "</td><td>" + h(row.to) + "</td><td>" + h(done_word(row.duty->done)) + "</td></tr>\n";
    }
    if (body.empty()) return "<p>No limit in the next 24 hours.</p>";
    return table_head({"By, " + zone_city(context.main_zone().name()), "Left", "Owed", "Who", "What", "To", "Done"}) + body + "</tbody></table>\n" + (all > shown ? fmt::format("<p>and {} more</p>\n", all - shown) : "");
}

std::string held_line(const ReportContext& context) {
    std::map<std::string, std::size_t> counts;
    for (const Duty& duty : context.assessment.duties)
        for (const Modifier& modifier : duty.modifiers)
            if (modifier.kind != "delegated" && duty.verdict != Verdict::NotOwed) ++counts[modifier_words(modifier, context)];
    std::string text;
    for (const auto& [word, count] : counts) text += (text.empty() ? "" : "; ") + word + " (" + std::to_string(count) + ")";
    return text.empty() ? "nothing" : text;
}

}  // namespace

std::string html_head(const std::string& title, const ReportContext&) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>" + escape_html(title) + "</title><style>" + std::string(style) + "</style></head><body>\n";
}

std::string summary_html(const ReportContext& context) {
    const std::vector<TimetableRow> rows = timetable(context);
    std::string text = html_head(context.assessment.incident->id + " summary", context) + head_block(context);
    const TimetableRow* next = next_row(rows, context);
    std::string places;
    for (const NotCovered& line : context.assessment.not_covered) places += (places.empty() ? "" : ", ") + line.place;
    text += "<div class=\"box\"><p><b>Next limit:</b> " + (next == nullptr ? std::string("none is owed with a date") : h(next->what + ", " + next->who + ", " + next->by + " (" + next->left + ")")) + "</p>\n<p><b>Forbidden or on hold:</b> " + h(held_line(context)) +
            "</p>\n<p><b>Not covered:</b> " + h(places.empty() ? "nothing known" : places) + (context.assessment.families.empty() ? "" : fmt::format("; {} families of law whose places are open", context.assessment.families.size())) + "</p></div>\n";
    text += section("Next 24 hours", next_day_table(rows, context));
    text += "<div class=\"cols\"><div>" + section("Judgements waiting", judgements_waiting(context)) + section("Told so far", told_so_far(context)) + "</div><div>" + section("People and places", people_table(context)) + "</div></div>\n";
    text += section("Open facts that matter", questions_table(context, 6));
    return text + foot(context);
}

std::string page_html(const ReportContext& context) {
    const std::vector<TimetableRow> rows = timetable(context);
    std::string text = html_head(context.assessment.incident->id, context) + head_block(context) + not_covered_block(context);
    text += section("Now: the law gives no number", row_table(rows, TimetableGroup::Now, context, true));
    text += section("By time", row_table(rows, TimetableGroup::ByTime, context, true));
    text += section("Clock not started, or no date yet", row_table(rows, TimetableGroup::NotStarted, context, true));
    text += section("Allowed, not owed", row_table(rows, TimetableGroup::Optional, context, true));
    text += section("Set aside: owed by its own law, and something lies on top", row_table(rows, TimetableGroup::SetAside, context, true));
    text += section("Questions, in the order in which asking pays", questions_table(context, 1000));
    text += section("People and places", people_table(context));
    text += section("Told so far", told_so_far(context));
    text += section("Not owed", not_owed_table(rows));
    return text + foot(context);
}

}  // namespace duenotice
