#include "reports/html_parts.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/html.h"
#include "reports/plain_words.h"

namespace duenotice {

namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light}
body{font:15px/1.4 "Liberation Sans",Arial,sans-serif;color:#111;margin:0 auto;max-width:1080px;padding:16px 20px}
h1{font-size:21px;margin:0 0 4px}h2{font-size:16px;margin:20px 0 6px;border-bottom:2px solid #111;padding-bottom:2px}
p{margin:4px 0}table{border-collapse:collapse;width:100%;margin:4px 0 10px}table.fixed{table-layout:fixed}
th{text-align:left;font-size:12px;text-transform:uppercase;letter-spacing:.03em;border-bottom:1px solid #111;padding:3px 8px 3px 0;vertical-align:bottom}
td{border-bottom:1px solid #ccc;padding:5px 8px 5px 0;vertical-align:top;overflow-wrap:break-word}
td.time{font-variant-numeric:tabular-nums}td.left,th.left{text-align:right}
.small{font-size:12.5px;color:#333}.word{font-weight:bold;white-space:nowrap}.one{white-space:nowrap}
.owed{color:#8a1c00}.open{color:#7a4b00}.notowed{color:#444}
.box{border:2px solid #111;padding:6px 10px;margin:8px 0}.exercise{border:4px double #111;text-align:center;font-weight:bold;padding:6px;letter-spacing:.2em}
details{margin:2px 0}summary{cursor:pointer}
ul,ol{margin:2px 0 2px 18px;padding:0}ul.tree ul{border-left:1px solid #ccc;padding-left:4px}.foot{margin-top:18px;border-top:1px solid #111;padding-top:4px;font-size:12px;color:#333}
.cols{display:grid;grid-template-columns:1fr 1fr;gap:0 24px}
@media print{body{max-width:none;padding:0;font-size:10.5px;line-height:1.3}h1{font-size:15px}h2{font-size:12px;margin:8px 0 3px}td,th{padding:2px 5px 2px 0}th{font-size:8.5px}.small{font-size:9px}.foot{font-size:8.5px;margin-top:8px}.box{padding:3px 8px;margin:4px 0}a{color:inherit}
.sheet{font-size:9.2px;line-height:1.2}.sheet .exercise{padding:1px}.sheet h1{font-size:13px}.sheet h2{font-size:11px;margin:5px 0 2px}.sheet p{margin:2px 0}.sheet td,.sheet th{padding:1px 5px 1px 0}.sheet .small{font-size:8.4px}.sheet .foot{margin-top:4px;font-size:7.8px}
@page{size:A4;margin:11mm}details::details-content{content-visibility:visible;display:block}summary{list-style:none}tr,li:not(:has(ul)){break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}}
)";

}  // namespace

std::string html_head(const std::string& title, const ReportContext&) { return html_head(title); }

std::string html_head(const std::string& title) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>" + escape_html(title) + "</title><style>" + std::string(style) + "</style></head><body>\n";
}

std::string h(std::string_view text) { return escape_html(text); }

std::string owed_class(const Duty& duty) { return duty.verdict == Verdict::Owed ? "owed" : duty.verdict == Verdict::Undetermined ? "open" : "notowed"; }

std::string head_block(const ReportContext& context) {
    const Incident& incident = *context.assessment.incident;
    std::string text;
    if (incident.drill) text += "<p class=\"exercise\">EXERCISE: nothing here happened; send nothing</p>\n";
    text += "<h1>" + h(incident.id) + (incident.title.empty() ? "" : " &middot; " + h(incident.title)) + "</h1>\n<p>" + h(as_of_words(context)) + "</p>\n";
    text += "<p class=\"small\">Facts " + h(incident.hash.substr(0, 7)) + " &middot; law edition " + h(context.assessment.law->edition) + " &middot; edition of this paper: " + h(context.edition) + "</p>\n";
    for (const std::string& note : context.assessment.notes) text += "<p class=\"small\"><b>" + h(note) + "</b></p>\n";
    return text;
}

namespace {

/// What lies on top of duties, with how many; what may yet lie there is a count of its own.
std::string held_line(const ReportContext& context) {
    std::map<std::string, std::size_t> counts;
    std::size_t yet = 0;
    for (const Duty& duty : context.assessment.duties) {
        if (duty.verdict == Verdict::NotOwed) continue;
        bool may = false;
        for (const Modifier& modifier : duty.modifiers) {
            if (modifier.holds == Truth::Unknown) may = true;
            else if (modifier.kind != "delegated") ++counts[modifier_words(modifier, context)];
        }
        yet += may ? 1 : 0;
    }
    std::string text;
    for (const auto& [word, count] : counts) text += (text.empty() ? "" : "; ") + word + " (" + std::to_string(count) + ")";
    if (text.empty()) text = "nothing for certain";
    if (yet > 0) text += "; for " + count_words(yet, "duty", "duties") + " it cannot be told yet";
    return text;
}

}  // namespace

/// A list cut at a comma, with the number of entries that were left out.
std::string shortened(const std::string& list, std::size_t most) {
    if (list.size() <= most) return list;
    std::size_t cut = list.rfind(", ", most);
    if (cut == std::string::npos) cut = list.rfind(' ', most);
    if (cut == std::string::npos) return list;
    std::size_t left_out = 0;
    for (std::size_t at = cut; at != std::string::npos; at = list.find(", ", at + 1)) ++left_out;
    return list.substr(0, cut) + fmt::format(" and {} more on the page", left_out);
}

std::string outlook_box(const std::vector<TimetableRow>& rows, const ReportContext& context, bool omissions_below) {
    constexpr std::size_t most_text = 300;
    std::string text = "<div class=\"box\">";
    bool first = true;
    for (const std::string& line : next_lines(rows, context)) {
        text += "<p>" + std::string(first ? "<b>Next:</b> " : "") + h(line) + "</p>\n";
        first = false;
    }
    text += "<p><b>Displaced, forbidden or on hold:</b> " + h(held_line(context)) + "</p>\n";
    const std::size_t most = omissions_below ? std::string::npos : most_text;
    const std::string places = shortened(places_without_law(context.assessment), most), omissions = shortened(omissions_by_place(context.assessment), most);
    text += "<p><b>Not covered:</b> " + (places.empty() ? std::string("no place without law on file") : h(places) + ": no law on file, ask local counsel") +
            (omissions.empty() ? "" : "; known omissions of the law on file: " + h(omissions) + (omissions_below ? " (<a href=\"#omissions\">in words below</a>)" : "")) + "</p>\n";
    const std::string open = laws_of_open_places(context.assessment, !omissions_below);
    if (!open.empty()) text += "<p><b>Open:</b> laws that bind if people, services or business there are touched, which is not known: " + h(open) + (omissions_below ? "" : " (names on the page)") + "</p>\n";
    return text + "</div>\n";
}

std::string foot(const ReportContext& context, const std::string& page) {
    std::string text = "<p class=\"foot\">" + h(basis_sentence(context)) + " Filings and holds that are not recorded did not happen.<br>";
    bool first = true;
    for (const auto& [key, value] : provenance(context)) {
        text += (first ? "" : " &middot; ") + h(key) + " " + h(value);
        first = false;
    }
    return text + (page.empty() ? "" : " &middot; " + page) + "</p>\n";
}

std::string table_head(const std::vector<std::string>& names, const std::vector<int>& widths) {
    std::string text = widths.empty() ? "<table>" : "<table class=\"fixed\"><colgroup>";
    for (const int width : widths) text += fmt::format("<col style=\"width:{}%\">", width);
    text += widths.empty() ? "<thead><tr>" : "</colgroup><thead><tr>";
    for (const std::string& name : names) text += "<th>" + h(name) + "</th>";
    return text + "</tr></thead><tbody>\n";
}

std::string section(const std::string& title, const std::string& body) { return body.empty() ? std::string() : "<h2>" + h(title) + "</h2>\n" + body; }

/// At most so many entries, then a count of the rest.
std::string bullets(const std::vector<std::string>& lines, std::size_t most, const std::string& none) {
    if (lines.empty()) return "<p>" + none + "</p>";
    std::string body;
    for (std::size_t i = 0; i < lines.size() && i < most; ++i) body += "<li>" + lines[i] + "</li>\n";
    if (lines.size() > most) body += "<li>" + fmt::format("and {} more on the page", lines.size() - most) + "</li>\n";
    return "<ul>" + body + "</ul>";
}

std::string people_list(const ReportContext& context, std::size_t most) {
    const Incident& incident = *context.assessment.incident;
    const FactDeclaration* affected = context.assessment.law->vocabulary.find("people.affected");
    if (affected == nullptr) return {};
    std::map<std::string, std::string> counts;
    for (const FactRecord& record : incident.facts) {
        if (record.ground.fact != affected->id || record.history.empty()) continue;
        const PopulationFrame& population = incident.populations[static_cast<std::size_t>(record.ground.frame.population)];
        std::string& line = counts[population.implicit ? "people" : population.name.empty() ? population.id : population.name];
        line += (line.empty() ? "" : ", ") + incident.places[static_cast<std::size_t>(record.ground.frame.place)].code + " " + words(record.current().value, *affected);
    }
    if (counts.empty()) return "<p>No counts on record.</p>";
    const std::size_t most_text = most > 20 ? std::string::npos : 230;
    std::vector<std::string> lines;
    for (const auto& [population, line] : counts) lines.push_back("<b>" + h(population) + "</b>: " + h(shortened(line, most_text)));
    std::string places;
    for (const PlaceFrame& place : incident.places)
        if (place.listed != Truth::No) places += (places.empty() ? "" : ", ") + place.code;
    return bullets(lines, most, "") + "\n<p class=\"small\">Other places on record, without a count: not known yet. All places on record: " + h(shortened(places, most_text)) + ".</p>\n";
}

std::string told_so_far(const ReportContext& context, std::size_t most) {
    std::vector<std::string> lines;
    for (const Filing& filing : context.assessment.incident->filings) {
        const auto at = filing.submitted_at ? filing.submitted_at : filing.dispatched_at;
        if (!at) continue;
        const Obligation* obligation = context.assessment.law->find_obligation(filing.obligation);
        const Authority* authority = context.assessment.law->find_authority(filing.recipient);
        lines.push_back(h(local_words(*at, context.main_zone()) + " " + zone_city(context.main_zone().name())) + ": " + h(obligation == nullptr ? filing.obligation : obligation->title) + ", " + h(short_entity(filing.entity, context.assessment)) + " to " +
                h(filing.recipient.empty() ? "all recipients" : authority == nullptr ? word_as_text(filing.recipient) : authority->short_title.empty() ? authority->title : authority->short_title) + (filing.withdrawn_at ? ", withdrawn" : filing.received_at ? ", acknowledged" : ", no acknowledgement on record"));
    }
    std::reverse(lines.begin(), lines.end());  // the newest first
    return bullets(lines, most, "Nothing on record.");
}

std::string judgements_made(const ReportContext& context, std::size_t most) {
    const Incident& incident = *context.assessment.incident;
    std::vector<std::string> lines;
    for (const FactRecord& record : incident.facts) {
        const FactDeclaration& declaration = context.assessment.law->vocabulary.at(record.ground.fact);
        if (declaration.type != ValueType::Judgement || record.history.empty()) continue;
        const Statement& made = record.current();
        const FactRecord* decided = declaration.decided_at ? incident.find({*declaration.decided_at, record.ground.frame}) : nullptr;
        const std::string where = frame_words(record.ground, nullptr, context.assessment);
        std::string body = h(short_fact(declaration)) + (where.empty() ? "" : " [" + h(where) + "]") + ": <b>" + h(value_in_words(words(made.value, declaration), declaration, context.main_zone())) + "</b>" + ", " + h(made.by.empty() ? "by whom is not stated" : made.by);
        if (decided != nullptr && decided->current().value.low == decided->current().value.high) body += ", " + h(local_words(Instant{decided->current().value.low}, context.main_zone()) + " " + zone_city(context.main_zone().name()));
        const auto& duties = context.assessment.duties;
        if (std::any_of(duties.begin(), duties.end(), [&](const Duty& duty) { return std::find(duty.look_again.begin(), duty.look_again.end(), declaration.name) != duty.look_again.end(); })) body += ", needs another look";
        lines.push_back(std::move(body));
    }
    return bullets(lines, most, "Nothing on record.");
}

std::string questions_table(const ReportContext& context, std::size_t most) {
    const std::vector<AskedQuestion> asked = asked_questions(context);
    std::string body;
    for (std::size_t i = 0; i < asked.size() && i < most; ++i) {
        const Question& question = *asked[i].question;
        const std::string where = asked[i].where_words(most > 20 ? 100 : 3);
        body += fmt::format("<tr><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td><td class=\"time\">{}</td></tr>\n", i + 1, h(question.question), where.empty() ? "" : " <span class=\"small\">[" + h(where) + "]</span>",
                            h(question.asked_of.empty() ? "nobody named" : question.asked_of) + (question.expected_at ? "<br><span class=\"small\">expected " + h(local_words(*question.expected_at, context.main_zone(), false, false)) + "</span>" : ""), h(asked[i].effect()),
                            question.earliest_safe ? h(local_words(*question.earliest_safe, context.main_zone(), true, false)) : "no date");
    }
    if (body.empty()) return body;
    return table_head({"#", "Question", "Asked of", "An answer", "Nearest limit, " + zone_city(context.main_zone().name())}, {4, 46, 15, 17, 18}) + body + "</tbody></table>\n" +
           (asked.size() > most ? "<p class=\"small\">" + count_words(asked.size() - most, "more question", "more questions") + " on the page.</p>\n" : "");
}

}  // namespace duenotice
