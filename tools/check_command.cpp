#include <ostream>

#include "reports/json.h"
#include "reports/text.h"
#include "tools/commands.h"

namespace duenotice {

int verdict_code(const Assessment& assessment, const Options& options) {
    if (options.fail_on.empty()) return exit_code::done;
    bool open = !assessment.families.empty();
    for (const Duty& duty : assessment.duties) {
        const bool done = duty.done >= Done::Submitted && duty.done <= Done::Acknowledged;
        const bool lifted = duty.standing == Standing::Discharged || duty.standing == Standing::ElectedAway;
        if (duty.verdict == Verdict::Owed && !done && !lifted) return exit_code::due;
        open = open || duty.verdict == Verdict::Undetermined;
    }
    return options.fail_on == "unknown" && open ? exit_code::unknown : exit_code::done;
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
