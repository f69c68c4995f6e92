#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/explanation_view.h"
#include "reports/outlook.h"
#include "reports/text.h"
#include "reports/text_layout.h"

namespace duenotice {

namespace {

constexpr std::size_t deepest_indent = 24;

void node_text(std::string& text, const ExplainedNode& node, std::size_t depth) {
    const std::size_t indent = std::min(2 * depth, deepest_indent);
    const std::string answer = node.truth == Truth::Yes ? "yes" : node.truth == Truth::No ? "no" : "open";
    const std::string line = node.words + (node.citation.empty() ? "" : " [" + node.citation + "]") + (node.on_record.empty() ? "" : "; on record: " + node.on_record);
    text += columns({{"", indent - 1}, {answer, 4}, {line, line_width - indent - 5}});
    for (const ExplainedNode& child : node.children) node_text(text, child, depth + 1);
    if (node.left_out > 0) text += indented("(" + count_words(node.left_out, "further part does", "further parts do") + " not decide)", indent + 7, line_width);
}

void limit_text(std::string& text, const ExplainedLimit& limit) {
    text += indented((limit.binds ? "" : "counted too, but does not bind: ") + limit.words + (limit.citation.empty() ? "" : " [" + limit.citation + "]"), 2, line_width);
    if (!limit.only_if.empty()) text += indented("only if " + limit.only_if, 4, line_width);
    if (!limit.safe.empty()) text += indented("safe    " + limit.safe, 4, line_width);
    if (!limit.latest.empty()) text += indented("latest  " + limit.latest, 4, line_width);
    for (const ExplainedReading& reading : limit.readings) {
        text += indented(reading.label + ": " + reading.end + (reading.citation.empty() ? "" : " [" + reading.citation + "]"), 4, line_width);
        for (const std::string& step : reading.steps) text += indented("- " + step, 6, line_width);
    }
}

void table_text(std::string& text, const ExplanationView& view) {
    if (view.table.empty() && view.table_note.empty()) return;
    text += "\nDECISION TABLE: every case of the open facts\n";
    for (std::size_t i = 0; i < view.table_facts.size(); ++i) text += indented(fmt::format("({}) {}", i + 1, view.table_facts[i]), 2, line_width);
    for (const auto& [owed, cells] : view.table) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) line += (line.empty() ? "" : "; ") + fmt::format("({}) {}", i + 1, cells[i]);
        text += columns({{"", 1}, {owed, 8}, {line.empty() ? "nothing is open" : line, line_width - 11}});
    }
    text += indented(view.table_note, 2, line_width);
}

}  // namespace

std::string explanation_text(const Explanation& explanation, const ReportContext& context, bool whole) {
    const Duty* duty = context.assessment.find(explanation.duty);
    if (duty == nullptr) return {};
    const ExplanationView view = explanation_view(explanation, *duty, context, whole);
    std::string text = indented(view.title, 0, line_width) + indented(view.who, 0, line_width) + indented(view.law, 0, line_width) + indented(view.grade, 0, line_width) + indented(view.id, 0, line_width);
    text += "\n" + view.owed + "\n";
    for (const std::string& line : view.why) text += indented(line, 2, line_width);
    text += "\nBY WHEN: " + view.timing + "\n";
    if (view.limits.empty()) text += "  no number in the law\n";
    for (const ExplainedLimit& limit : view.limits) limit_text(text, limit);
    text += "\nTO WHOM\n";
    for (const std::string& recipient : view.recipients) text += indented(recipient, 2, line_width);
    if (view.recipients.empty()) text += "  nobody: something to do or to keep, not to tell\n";
    text += std::string("\nTHE LAW, PART BY PART") + (whole ? "" : "  (what does not decide is counted; --whole shows it)") + "\n";
    for (const ExplainedNode& part : view.parts) node_text(text, part, 1);
    table_text(text, view);
    return escape_terminal(text);
}

}  // namespace duenotice
