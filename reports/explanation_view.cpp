#include "reports/explanation_view.h"

#include <algorithm>

#include <fmt/format.h>

#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "reports/step_words.h"
#include "reports/timetable.h"

namespace duenotice {

namespace {

constexpr std::size_t most_recipients = 60;

bool is_group(const TraceNode& node) { return node.text == "all of" || node.text == "any of" || node.text.rfind("at least ", 0) == 0; }
bool is_definition(const TraceNode& node) { return !node.label.empty() && !node.text.empty() && node.children.size() == 1; }
bool is_part(const TraceNode& node) { return !node.label.empty() && node.text.empty(); }

std::string group_words(const TraceNode& node) {
    return node.text == "all of" ? "all of these" : node.text == "any of" ? "any of these" : node.text + " these";
}

std::string part_words(const std::string& label) {
    constexpr std::pair<std::string_view, std::string_view> plain[] = {
        {"in force", "in force on the day that counts"}, {"who", "who is bound"}, {"when", "the condition"},
        {"unless (bars)", "unless"}, {"unless (replaces)", "unless another duty takes its place"},
        {"unless (frees)", "unless, for some recipients"}, {"unless (carries)", "unless, with something to do instead"}};
    for (const auto& [token, words] : plain) {
        if (label == token) return std::string(words);
        if (label.rfind(std::string(token) + ", reading ", 0) == 0) return std::string(words) + label.substr(token.size());
    }
    return label;
}

class Explained {
public:
    Explained(const Duty& duty, const ReportContext& context, bool whole) : duty_(duty), context_(context), law_(*context.assessment.law), whole_(whole) {}

    ExplainedNode node(const TraceNode& trace) const {
        ExplainedNode result;
        result.truth = trace.truth;
        result.citation = trace.citation;
        if (is_part(trace) || is_definition(trace)) {
            result.words = is_part(trace) ? part_words(trace.label) : trace.label.empty() ? trace.text : trace.label;
            absorb(result, trace.children.front());
        } else if (is_group(trace)) {
            result.words = group_words(trace);
            children(result, trace);
        } else if (trace.text == "not" && trace.children.size() == 1) {
            negation(result, trace.children.front());
        } else {
            result.words = atom(trace.text);
            result.on_record = on_record(trace);
            for (const TraceNode& child : trace.children) result.children.push_back(node(child));
        }
        return result;
    }

private:
    void negation(ExplainedNode& result, const TraceNode& child) const {
        if (is_group(child)) {
            result.words = child.text == "any of" ? "none of these" : "not " + group_words(child);
            children(result, child);
        } else if (is_definition(child)) {
            result.words = "not: " + child.label;
            if (result.citation.empty()) result.citation = child.citation;
            absorb(result, child.children.front());
        } else {
            result.words = "not: " + atom(child.text);
            result.on_record = on_record(child);
        }
    }

    /// The parts of a condition go under its own line, without a line that only says "all of".
    void absorb(ExplainedNode& result, const TraceNode& child) const {
        if (!is_group(child)) {
            result.children.push_back(node(child));
            return;
        }
        result.words += ": " + group_words(child);
        children(result, child);
    }

    /// Of "all of" that fails, what fails; of "any of" that holds, what holds; of what is open, what is open.
    void children(ExplainedNode& result, const TraceNode& group) const {
        const bool counted = group.text.rfind("at least ", 0) == 0;
        const bool all_matter = whole_ || counted || (group.text == "all of" && group.truth == Truth::Yes) || (group.text == "any of" && group.truth == Truth::No);
        for (const TraceNode& child : group.children) {
            if (all_matter || child.truth == group.truth) result.children.push_back(node(child));
            else ++result.left_out;
        }
    }

    /// `X in force from D until any day` is about the day by which the version of the law is chosen.
    std::string atom(const std::string& text) const {
        constexpr std::string_view mark = " in force from ", open_end = " until any day";
        std::string words = in_plain_words(text, law_);
        const auto at = words.find(mark);
        if (at == std::string::npos) return words;
        std::string days = words.substr(at + mark.size());
        if (days.size() > open_end.size() && days.compare(days.size() - open_end.size(), open_end.size(), open_end) == 0) days = "on or after " + days.substr(0, days.size() - open_end.size());
        else days = "from " + days;
        return words.substr(0, at) + " " + days;
    }

    std::string on_record(const TraceNode& trace) const {
        std::string text;
        for (const Because& fact : trace.facts) {
            const FactDeclaration& declaration = law_.vocabulary.at(fact.ground.fact);
            const std::string where = frame_words(fact.ground, &duty_, context_.assessment);
            text += (text.empty() ? "" : "; ") + (trace.facts.size() > 1 ? short_fact(declaration) + " " : std::string()) + (where.empty() ? "" : "(" + where + ") ") + value_in_words(fact.value, declaration, context_.main_zone());
        }
        return text;
    }

    const Duty& duty_;
    const ReportContext& context_;
    const RuleBook& law_;
    bool whole_;
};

std::string grade_meaning(const Duty& duty) {
    switch (duty.grade) {
        case 'T': return "text read at the official address";
        case 'C': return "text read in a copy";
        case 'S': return "two secondary sources";
        case 'O': return "no law: " + std::string(own_word(duty));
        default: return "unverified";
    }
}

std::vector<std::string> why(const Duty& duty, const ReportContext& context) {
    std::vector<std::string> lines;
    for (const Because& because : duty.because) lines.push_back("because " + because_words(because, &duty, context));
    for (const GroundFact& ground : duty.open_facts) {
        const std::string where = frame_words(ground, nullptr, context.assessment);
        const FactDeclaration& declaration = context.assessment.law->vocabulary.at(ground.fact);
        lines.push_back("would be decided by: " + (declaration.question.empty() ? short_fact(declaration) : declaration.question) + (where.empty() ? "" : " [" + where + "]"));
    }
    for (const OpenRelation& list : duty.open_relations) lines.push_back("rests on: " + open_relation_words(list, context.assessment));
    if (duty.when == Truth::Yes && duty.verdict == Verdict::NotOwed)
        for (const ExceptionState& state : duty.exceptions)
            if (state.holds == Truth::Yes) lines.push_back("would be owed, but: " + (state.citation.empty() ? state.id : state.citation));
    for (const ReadingVerdict& reading : duty.readings) lines.push_back("reading " + reading.label + ": " + std::string(owed_word(reading.verdict)) + (reading.citation.empty() ? "" : " [" + reading.citation + "]"));
    for (const Modifier& modifier : duty.modifiers) lines.push_back(modifier_words(modifier, context));
    if (!standing_words(duty).empty()) lines.push_back(standing_words(duty));
    if (!duty.exact) lines.push_back(inexact_words(duty));
    return lines;
}

ExplainedLimit limit_view(const Alternative& alternative, bool binds, const ReportContext& context) {
    ExplainedLimit limit;
    const Zone* zone = context.zones.find(alternative.zone);
    const Zone& show = zone == nullptr ? context.main_zone() : *zone;
    const auto both = [&](Instant at) {
        const std::string iso = iso_utc(at);
        return local_words(at, show, true) + " " + zone_city(show.name()) + " = " + iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
    };
    limit.binds = binds;
    limit.words = steps_line(alternative, context);
    if (!alternative.words.empty() && limit.words.find(alternative.words) == std::string::npos) limit.words = alternative.words + (limit.words.empty() ? "" : ", " + limit.words);
    if (alternative.safe) limit.safe = both(*alternative.safe);
    if (alternative.maximum && alternative.maximum != alternative.safe) limit.latest = both(*alternative.maximum);
    if (!alternative.safe && !alternative.reason.empty()) limit.words += (limit.words.empty() ? "" : "; ") + ("no date: " + alternative.reason);
    else if (!alternative.safe && alternative.kind != DeadlineKind::Promptly) limit.words += alternative.kind == DeadlineKind::NotStarted ? "; not started" : "; not known yet";
    if (!alternative.condition.empty()) limit.only_if = in_plain_words(alternative.condition, *context.assessment.law);
    limit.citation = alternative.citation;
    for (const ReadingLimit& reading : alternative.readings) {
        ExplainedReading one{reading.label.empty() ? "the text" : reading.label, local_words(reading.end, show, true) + " " + zone_city(show.name()), reading.citation, step_lines(reading.steps, reading.citation)};
        limit.readings.push_back(std::move(one));
    }
    return limit;
}

void table(ExplanationView& view, const Explanation& explanation, const ReportContext& context) {
    if (explanation.table_cut) view.table_note = "The decision table has more than 4,096 rows and is left out.";
    if (explanation.decision_table.empty()) return;
    const Vocabulary& vocabulary = context.assessment.law->vocabulary;
    for (const auto& [fact, piece] : explanation.decision_table.front().cells) {
        const FactDeclaration* declaration = vocabulary.find(fact);
        view.table_facts.push_back(declaration == nullptr ? fact : short_fact(*declaration));
    }
    std::size_t owed = 0, open = 0;
    for (const DecisionRow& row : explanation.decision_table) {
        owed += row.truth == Truth::Yes ? 1 : 0;
        open += row.truth == Truth::Unknown ? 1 : 0;
        std::vector<std::string> cells;
        for (const auto& [fact, piece] : row.cells) {
            const FactDeclaration* declaration = vocabulary.find(fact);
            cells.push_back(declaration == nullptr ? piece : value_in_words(piece, *declaration, context.main_zone()));
        }
        view.table.emplace_back(row.truth == Truth::Yes ? "OWED" : row.truth == Truth::No ? "NOT OWED" : "OPEN", std::move(cells));
    }
    view.table_note = fmt::format("{}: {} OWED, {} NOT OWED{}", count_words(view.table.size(), "case", "cases"), owed, view.table.size() - owed - open, open == 0 ? "" : fmt::format(", {} OPEN", open));
}

}  // namespace

ExplanationView explanation_view(const Explanation& explanation, const Duty& duty, const ReportContext& context, bool whole) {
    ExplanationView view;
    const Obligation& obligation = obligation_of(duty, context.assessment);
    const Law* law = law_of(duty, context.assessment);
    view.id = duty.id;
    const std::string whose = duty_frame_words(duty, context.assessment);
    view.title = obligation.title + (whose.empty() ? "" : " (" + whose + ")");
    view.who = entity_name(duty.entity, context.assessment);
    view.law = law == nullptr ? obligation.law : law->title;
    for (std::size_t i = 0; i < duty.citations.size(); ++i) view.law += (i == 0 ? ", " : "; ") + duty.citations[i];
    view.grade = "reading grade " + grade_word(duty) + ": " + grade_meaning(duty);
    view.owed = owed_word(duty.verdict);
    view.why = why(duty, context);
    const Explained explained(duty, context, whole);
    for (const TraceNode& part : explanation.parts) view.parts.push_back(explained.node(part));
    view.timing = timing_words(duty);
    if (const std::string beside = what_is_not_counted(duty.deadline); !beside.empty()) view.timing += "; " + beside;
    for (const std::string& limit : limits_beside(duty, context)) view.timing += "; " + limit;
    for (const Alternative& alternative : duty.deadline.alternatives) view.limits.push_back(limit_view(alternative, true, context));
    for (const Alternative& alternative : duty.deadline.other_limbs) view.limits.push_back(limit_view(alternative, false, context));
    std::size_t more = 0;
    for (const Recipient& recipient : duty.recipients) {
        if (recipient.freed || recipient.owed == Truth::No || recipient.passed_on) continue;
        if (view.recipients.size() == most_recipients) ++more;
        else view.recipients.push_back((recipient.title.empty() ? recipient.id : recipient.title) + (recipient.owed == Truth::Unknown ? " (cannot be told yet)" : "") + (recipient.copy ? " (copy)" : ""));
    }
    if (more > 0) view.recipients.push_back(fmt::format("and {} more", more));
    table(view, explanation, context);
    return view;
}

}  // namespace duenotice
