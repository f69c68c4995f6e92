#include <ostream>

#include "engine/recount.h"
#include "reports/count_json.h"
#include "reports/if_done.h"
#include "reports/json.h"
#include "reports/text.h"
#include "tools/commands.h"

namespace duenotice {

const Duty* find_duty(const Assessment& assessment, const std::string& part, std::ostream& err) {
    if (const Duty* exact = assessment.find(part)) return exact;
    std::vector<const Duty*> fits;
    for (const Duty& duty : assessment.duties)
        if (duty.id.find(part) != std::string::npos) fits.push_back(&duty);
    if (fits.size() == 1) return fits.front();
    // An obligation id that one entity owes is meant, not its longer namesakes.
    std::vector<const Duty*> by_obligation;
    for (const Duty* duty : fits)
        if (assessment.law->obligations[duty->obligation].id == part) by_obligation.push_back(duty);
    if (by_obligation.size() == 1) return by_obligation.front();
    err << "duenotice: " << (fits.empty() ? "no duty fits" : "several duties fit") << " `" << part << "`\n";
    std::size_t shown = 0;
    for (const Duty* duty : fits)
        if (++shown <= 20) err << "  " << duty->id << "\n";
    if (fits.empty()) err << "help: `duenotice check --format plain` lists the duty ids\n";
    return nullptr;
}

int run_explain(Session& session, const ExplainOptions& explain_options, std::ostream& out, std::ostream& err) {
    AssessOptions asked;
    asked.questions = false;
    const bool derivation = explain_options.derivation && explain_options.if_done.empty();
    asked.explain = asked.because = asked.content = !derivation;  // a limit is counted alike without
    const Assessment assessment = session.assess(session.read(explain_options.input, explain_options.group), asked);
    const Duty* duty = find_duty(assessment, explain_options.duty, err);
    if (duty == nullptr) return exit_code::usage;
    if (!explain_options.if_done.empty()) {
        const auto at = parse_instant(explain_options.if_done);
        if (!at) {
            err << "duenotice: --if-done: `" << explain_options.if_done << "` is not an instant; write it as 2026-11-21T02:10+01:00\n";
            return exit_code::usage;
        }
        const IfDone done = if_done(session.world(), assessment, *duty, *at, session.options().proposed);
        out << (session.options().format == "json" ? if_done_json(done) : if_done_text(done, session.context(assessment)));
        return exit_code::done;
    }
    if (derivation) {
        const std::vector<Recount> recounts = recounts_of(*duty, session.world());
        for (const Recount& recount : recounts) out << recount_line(recount) << '\n';
        if (recounts.empty()) err << "duenotice: no limit of `" << duty->id << "` is counted\n";
        return exit_code::done;
    }
    const ReportContext context = session.context(assessment);
    const Explanation explanation = explain(session.world(), assessment, *duty, explain_options.decision_table);
    out << (session.options().format == "json" ? explanation_json(explanation, context) : explanation_text(explanation, context, explain_options.whole));
    return exit_code::done;
}

int run_diff(Session& session, const DiffOptions& diff_options, std::ostream& out) {
    const Assessment before = session.assess(session.read(diff_options.old_input, diff_options.group));
    const auto new_incident = session.read(diff_options.new_input, diff_options.group);
    const Assessment after = session.assess(new_incident);
    if (diff_options.old_law.empty()) {
        const auto changes = diff(session.world(), before, session.world(), after);
        out << (session.options().format == "json" ? diff_json(changes) : diff_text(changes, diff_options.same));
        return exit_code::done;
    }
    Options old_options = session.options();
    old_options.law_folder = diff_options.old_law;
    Session old_session(old_options);
    const Assessment old_before = old_session.assess(old_session.read(diff_options.old_input, diff_options.group));
    const auto changes = diff(old_session.world(), old_before, session.world(), after);
    out << (session.options().format == "json" ? diff_json(changes) : diff_text(changes, diff_options.same));
    return exit_code::done;
}

}  // namespace duenotice
