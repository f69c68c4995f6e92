#include <algorithm>
#include <filesystem>
#include <ostream>

#include <unistd.h>

#include "engine/record/account_entries.h"
#include "reports/html.h"
#include "reports/ics.h"
#include "reports/json.h"
#include "reports/packet.h"
#include "tools/atomic_file.h"
#include "tools/case_file_door.h"
#include "tools/case_notice.h"
#include "tools/commands.h"

namespace duenotice {

void write_check_folder(const ReportContext& context, const std::string& folder, std::ostream& err) {
    const std::string mark = context.assessment.incident->drill ? "EXERCISE-" : "";
    write_bundle(folder, {{mark + "summary.html", summary_html(context)}, {mark + "page.html", page_html(context)}, {mark + "deadlines.ics", deadlines_ics(context)}, {mark + "assessment.json", assessment_json(context)}});
    err << "written to " << folder << ": " << mark << "summary.html, " << mark << "page.html, " << mark << "deadlines.ics, " << mark << "assessment.json\n";
}

namespace {

/// What is under legal privilege goes out in no packet.
void check_privilege(const Packet& packet, const std::vector<std::string>& privileged, const std::string& input) {
    for (const PacketField& field : packet.fields) {
        if (field.gap || std::find(privileged.begin(), privileged.end(), field.fact) == privileged.end()) continue;
        Diagnostics mistakes;
        mistakes.error("DN0714", {std::make_shared<const SourceText>(input, ""), 0, 0}, "privileged: `" + field.label + "` (" + field.fact + ") never goes out", "state the fact anew without --privileged, in words that may be sent");
        throw InputMistakes{mistakes};
    }
}

}  // namespace

int run_packet(Session& session, const PacketOptions& options, std::ostream& out, std::ostream& err) {
    const Assessment assessment = session.assess(session.read(options.input, options.group));
    const ReportContext context = session.context(assessment);
    std::vector<const Duty*> duties;
    for (const std::string& part : options.duties) {
        const Duty* duty = find_duty(assessment, part, err);
        if (duty == nullptr) return exit_code::usage;
        duties.push_back(duty);
    }
    if (options.duties.empty())
        for (const Duty& duty : assessment.duties)
            if (duty.verdict == Verdict::Owed && duty.standing != Standing::Discharged && duty.standing != Standing::ElectedAway && assessment.law->obligations[duty.obligation].act == Act::Tell) duties.push_back(&duty);
    const std::vector<std::string> privileged = is_case_file(options.input) ? privileged_facts(read_case_file(options.input, Deed::Read, session.options()).entries) : std::vector<std::string>();
    std::size_t written = 0, incomplete = 0;
    for (const Duty* duty : duties) {
        const Explanation explanation = explain(session.world(), assessment, *duty);
        for (const Packet& packet : make_packets(*duty, explanation, context)) {
            check_privilege(packet, privileged, options.input);
            const std::string folder = (std::filesystem::path(options.out_folder) / assessment.incident->id / packet.folder).string();
            write_bundle(folder, packet.files);
            out << folder << "  " << (packet.problems.empty() ? "complete" : std::to_string(packet.problems.size()) + " to resolve before approval") << "\n";
            ++written;
            incomplete += packet.problems.empty() ? 0 : 1;
        }
    }
    out << written << (written == 1 ? " packet, " : " packets, ") << incomplete << " with something to resolve\n";
    return exit_code::done;
}

void write_sheets(const std::vector<Sheet>& sheets, const WorkbookMeta& meta, const std::string& path) {
    // The library writes a path: a private folder beside the target, then the whole file is put in place.
    const std::filesystem::path target(path);
    const std::string folder = (target.parent_path() / (".duenotice-" + std::to_string(::getpid()))).string();
    make_folder(target.parent_path().string());
    make_folder(folder);
    const std::string draft = folder + "/draft.xlsx";
    const std::string failed = write_workbook(sheets, meta, draft, folder);
    std::error_code ignored;
    if (failed.empty()) {
        try {
            write_file(path, read_file(draft));
        } catch (...) {
            std::filesystem::remove_all(folder, ignored);
            throw;
        }
    }
    std::filesystem::remove_all(folder, ignored);
    if (!failed.empty()) throw FileError(path, failed);
}

}  // namespace duenotice
