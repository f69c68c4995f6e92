#pragma once
// Why a duty is owed, not owed or open, in words and without any format, so that `explain` and the basis page of a packet
// cannot disagree. Facts, definitions and entities stand by their words; what does not decide is left out and counted.

#include <string>
#include <utility>
#include <vector>

#include "engine/explanation.h"
#include "reports/wording.h"

namespace duenotice {

/// One condition of the law with its answer: `yes  country of registration within EEA, on record: DE`.
struct ExplainedNode {
    Truth truth = Truth::Unknown;
    std::string words, citation, on_record;
    std::vector<ExplainedNode> children;
    std::size_t left_out = 0;  ///< further parts that do not decide
};

struct ExplainedReading {
    std::string label, end, citation;
    std::vector<std::string> steps;
};

/// One way in which the limit may run.
struct ExplainedLimit {
    std::string words, safe, latest, only_if, citation;
    bool binds = true;
    std::vector<ExplainedReading> readings;
};

struct ExplanationView {
    std::string id, title, who, law, grade, owed, timing;
    std::vector<std::string> why;
    std::vector<ExplainedNode> parts;
    std::vector<ExplainedLimit> limits;
    std::vector<std::string> recipients;
    std::vector<std::string> table_facts;  ///< what each column of the decision table asks
    std::vector<std::pair<std::string, std::vector<std::string>>> table;
    std::string table_note;
};

/// `whole` keeps the parts of the law that do not decide.
ExplanationView explanation_view(const Explanation& explanation, const Duty& duty, const ReportContext& context, bool whole = false);
/// The same as HTML for a page of ours; no head, no foot.
std::string explanation_html(const ExplanationView& view);

}  // namespace duenotice
