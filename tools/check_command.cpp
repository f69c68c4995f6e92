#include <ostream>

#include "reports/json.h"
#include "reports/text.h"
#include "tools/commands.h"

namespace duenotice {

int fail_code(const Pending& pending, const Options& options) {
    if (options.fail_on.empty()) return exit_code::done;
    const bool law_alone = options.fail_on.rfind("law-", 0) == 0;
    if (pending.law_due + (law_alone ? 0 : pending.own_due) > 0) return exit_code::due;
    const bool open = pending.law_open + (law_alone ? 0 : pending.own_open) > 0;
    return open && (options.fail_on == "unknown" || options.fail_on == "law-unknown") ? exit_code::unknown : exit_code::done;
}

int verdict_code(const Assessment& assessment, const Options& options) {
    Pending pending;
    pending.law_open = assessment.families.size();
    for (const Duty& duty : assessment.duties) {
        const bool done = duty.done >= Done::Submitted && duty.done <= Done::Acknowledged;
        const bool lifted = duty.standing == Standing::Discharged || duty.standing == Standing::ElectedAway, law = own_word(duty).empty();
        if (duty.verdict == Verdict::Owed && !done && !lifted) ++(law ? pending.law_due : pending.own_due);
        if (duty.verdict == Verdict::Undetermined) ++(law ? pending.law_open : pending.own_open);
    }
    return fail_code(pending, options);
}

int run_check(Session& session, const CheckOptions& check, std::ostream& out, std::ostream& err) {
    const auto incident = session.read(check.input, check.group, check.contracts);
    const Assessment assessment = session.assess(incident);
    const ReportContext context = session.context(assessment);
    const std::string& format = session.options().format;
    if (format == "json") {
        out << assessment_json(context);
    } else if (format == "plain") {
        out << timetable_plain(context);
    } else {
        TextOptions text;
        text.unfold = check.unfold;
        text.show_not_owed = check.not_owed;
        text.colour = session.options().colour;
        text.input = check.input;
        out << timetable_text(context, text);
    }
    if (!check.out_folder.empty()) write_check_folder(context, check.out_folder, err);
    return verdict_code(assessment, session.options());
}

int run_ask(Session& session, const CheckOptions& ask, std::ostream& out) {
    const Assessment assessment = session.assess(session.read(ask.input, ask.group, ask.contracts));
    const ReportContext context = session.context(assessment);
    out << (session.options().format == "json" ? questions_json(context) : questions_text(context));
    return verdict_code(assessment, session.options());
}

}  // namespace duenotice
