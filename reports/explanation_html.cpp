#include <fmt/format.h>

#include "reports/explanation_view.h"
#include "reports/html_parts.h"

namespace duenotice {

namespace {

std::string cited(const std::string& citation) { return citation.empty() ? std::string() : " <span class=\"small\">[" + h(citation) + "]</span>"; }

void node_html(std::string& text, const ExplainedNode& node) {
    const char* answer = node.truth == Truth::Yes ? "yes" : node.truth == Truth::No ? "no" : "open";
    text += "<li><b>" + std::string(answer) + "</b> " + h(node.words) + cited(node.citation);
    if (!node.on_record.empty()) text += " <span class=\"small\">on record: " + h(node.on_record) + "</span>";
    if (!node.children.empty() || node.left_out > 0) {
        text += "<ul>\n";
        for (const ExplainedNode& child : node.children) node_html(text, child);
        if (node.left_out > 0) text += "<li class=\"small\">" + count_words(node.left_out, "further part does", "further parts do") + " not decide</li>";
        text += "</ul>";
    }
    text += "</li>\n";
}

void limit_html(std::string& text, const ExplainedLimit& limit) {
    text += "<tr><td>" + h(limit.words) + (limit.only_if.empty() ? "" : "<br><span class=\"small\">only if " + h(limit.only_if) + "</span>") + (limit.binds ? "" : "<br><span class=\"small\">counted too, but does not bind</span>") + "</td><td>" +
            (limit.safe.empty() ? "no date" : h(limit.safe)) + "</td><td>" + (limit.latest.empty() ? (limit.safe.empty() ? "-" : "the same") : h(limit.latest)) + "</td><td class=\"small\">" + (limit.citation.empty() ? "-" : h(limit.citation)) + "</td></tr>\n";
}

void steps_html(std::string& text, const ExplainedLimit& limit) {
    if (!limit.readings.empty()) text += "<p>" + h(limit.words) + ", counted:</p>\n";
    for (const ExplainedReading& reading : limit.readings) {
        text += "<p class=\"small\"><b>" + h(reading.label) + ": " + h(reading.end) + "</b>" + cited(reading.citation) + "</p>\n<ol class=\"small\">";
        for (const std::string& step : reading.steps) text += "<li>" + h(step) + "</li>";
        text += "</ol>\n";
    }
}

}  // namespace

std::string explanation_html(const ExplanationView& view) {
    std::string text = "<p>" + h(view.who) + "<br>" + h(view.law) + "<br><span class=\"small\">" + h(view.grade) + " &middot; " + h(view.id) + "</span></p>\n";
    text += "<div class=\"box\"><b>" + h(view.owed) + "</b><ul>";
    for (const std::string& line : view.why) text += "<li>" + h(line) + "</li>\n";
    text += (view.why.empty() ? "<li>no fact decides it, but the law with what is filed, asked or on hold on record</li>" : "") + std::string("</ul></div>\n");
    text += "<h2>By when: " + h(view.timing) + "</h2>\n";
    if (view.limits.empty()) text += "<p>No number in the law.</p>\n";
    else {
        text += table_head({"Limit", "Safe", "Latest reading", "Basis"}, {34, 24, 24, 18});
        for (const ExplainedLimit& limit : view.limits) limit_html(text, limit);
        text += "</tbody></table>\n";
    }
    for (const ExplainedLimit& limit : view.limits) steps_html(text, limit);
    text += "<h2>To whom</h2>\n<ul>";
    for (const std::string& recipient : view.recipients) text += "<li>" + h(recipient) + "</li>";
    text += (view.recipients.empty() ? "<li>nobody: something to do or to keep, not to tell</li>" : "") + std::string("</ul>\n");
    text += "<h2>The law, part by part</h2>\n<ul class=\"tree\">";
    for (const ExplainedNode& part : view.parts) node_html(text, part);
    return text + "</ul>\n";
}

}  // namespace duenotice
