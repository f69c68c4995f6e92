// What the interview says back: what an answer changed, the timetable, and what to do next.

#include <ostream>

#include <fmt/format.h>

#include "reports/outlook.h"
#include "reports/text.h"
#include "reports/text_layout.h"
#include "tools/interview.h"

namespace duenotice {

namespace {

constexpr std::size_t most_named = 3;

std::string shell_quoted(const std::string& text) {
    const bool plain = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/@-+=") == std::string::npos;
    return plain ? text : "'" + text + "'";
}

}  // namespace

/// One line of the state and up to three duties that this answer made owed.
void Interview::show_change(const std::shared_ptr<const Incident>& incident) {
    if (incident->entities.empty()) return;
    AssessOptions quick;
    quick.explain = quick.questions = quick.content = false;
    const Assessment assessment = session_.assess(incident, quick);
    if (assessment.duties.empty()) return;
    const ReportContext context = session_.context(assessment);
    std::set<std::string> owed;
    std::size_t open = 0, fresh = 0;
    std::string names;
    for (const Duty& duty : assessment.duties) {
        open += duty.verdict == Verdict::Undetermined ? 1 : 0;
        if (duty.verdict != Verdict::Owed) continue;
        owed.insert(duty.id);
        if (owed_.count(duty.id) != 0 || ++fresh > most_named) continue;
        names += indented("+ OWED: " + obligation_of(duty, assessment).title + (account_.entities().size() > 1 ? " (" + entity_name(duty.entity, assessment) + ")" : ""), 5, 80);
    }
    if (fresh > most_named) names += fmt::format("     + and {} more\n", fresh - most_named);
    std::string now = fmt::format("{} owed, {} open. NEXT ", owed.size(), open);
    const std::vector<std::string> next = next_lines(timetable(context), context);
    for (std::size_t i = 0; i < next.size(); ++i) now += (i == 0 ? "" : "; ") + next[i];
    if (now != last_change_ || fresh > 0) out_ << indented("-> " + now, 2, 80) << names;
    last_change_ = now;
    owed_ = std::move(owed);
}

void Interview::show_timetable() {
    if (account_.get("id").empty()) {
        out_ << "  nothing to show yet\n";
        return;
    }
    const auto incident = read_account();
    if (incident->entities.empty()) {
        out_ << "  nothing to show yet: no company or body is named\n";
        return;
    }
    const Assessment assessment = session_.assess(incident);
    TextOptions options;
    options.input = intake_.output;
    out_ << "\n" << timetable_text(session_.context(assessment), options) << "\n";
}

void Interview::finish() {
    if (!saved_) {
        out_ << "\nNothing was answered; no file was written.\n";
        return;
    }
    if (intake_.now) session_.set_as_of(intake_.now());
    std::set<int> open;
    for (const Inquiry& step : agenda(account_, session_.law().vocabulary, with_profile()))
        if (!step.stated && step.number > 0) open.insert(step.number);
    const auto incident = read_account();
    std::string duty;
    if (!incident->entities.empty()) {
        const Assessment assessment = session_.assess(incident);
        for (const TimetableRow& row : timetable(session_.context(assessment)))
            if (duty.empty() && row.duty != nullptr && row.duty->verdict == Verdict::Owed) duty = row.duty->id;
        TextOptions options;
        options.input = intake_.output;
        out_ << "\n" << timetable_text(session_.context(assessment), options);
    }
    const std::string file = shell_quoted(intake_.output);
    out_ << "\nSaved: " << intake_.output;
    if (!open.empty()) out_ << fmt::format("  ({} of the twelve not answered yet)", open.size());
    out_ << "\nNext\n  duenotice new " << file << "\n      go on with these questions\n  duenotice ask " << file << "\n      what to find out next, and what each answer settles\n  duenotice check " << file
         << " --out pages\n      the timetable, with page, summary and calendar in pages/\n";
    if (!duty.empty()) out_ << "  duenotice packet " << file << " " << shell_quoted(duty) << " --out packet\n      what to send for the first duty that is owed\n";
}

}  // namespace duenotice
