#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <set>

#include <unistd.h>

#include "engine/record/account_entries.h"
#include "engine/record/record_tables.h"
#include "reports/evidence.h"
#include "reports/html.h"
#include "reports/ics.h"
#include "reports/json.h"
#include "reports/packet.h"
#include "tools/atomic_file.h"
#include "tools/case_file_door.h"
#include "tools/case_notice.h"
#include "tools/commands.h"
#include "tools/told_lines.h"

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

namespace {

constexpr std::size_t most_steps = 12;

/// The account after each moment at which something was learned, against the account before it; the last steps only.
std::vector<KnownChanges> known_changes(const Session& session, const std::shared_ptr<const Incident>& incident) {
    std::set<Instant> moments;
    for (const FactRecord& record : incident->facts)
        for (const Statement& statement : record.history)
            if (statement.learned_at && *statement.learned_at <= session.options().as_of) moments.insert(*statement.learned_at);
    if (!moments.empty()) moments.insert(Instant{moments.begin()->seconds - 1});  // before anything was learned
    while (moments.size() > most_steps) moments.erase(moments.begin());
    std::vector<KnownChanges> result;
    std::optional<Assessment> before;
    for (const Instant at : moments) {
        AssessOptions quick;  // a difference looks at no explanation
        quick.explain = false;
        Assessment after = assess(session.world(), incident, {session.options().as_of, at, session.options().law_as_of}, quick);
        if (before) result.push_back({*before->moment.known_at, at, diff(session.world(), *before, session.world(), after)});
        before = std::move(after);
    }
    return result;
}

}  // namespace

namespace {

std::vector<ToldRow> told_rows(const std::vector<ToldLine>& lines, const ReportContext& context, bool on_record) {
    std::vector<ToldRow> rows;
    for (const ToldLine& line : lines) {
        const bool differs = line.newest && line.now != ToldNow::Same;
        rows.push_back({line.notice->subject.recipient, line.notice->filing, fact_words(line.field->path, line.field->fact), line.field->value, line.value_now, line.newest ? std::string(name(line.now)) : "told anew since", differs ? update_words(*line.notice, context) : "not applicable: no difference", {}});
        if (on_record) rows.back().entry = line.notice->entry;
    }
    return rows;
}

/// What the record says beside the account: up to --at-entry, with approvals and statements as they stand now.
std::vector<RecordTable> tables_of_record(Session& session, const Assessment& assessment, const std::string& path) {
    ReadCase read = read_case_file(path, Deed::Read, session.options());
    if (session.options().at_entry >= 0) read.entries.resize(static_cast<std::size_t>(session.options().at_entry) + 1);
    std::vector<RecordedEntry> shown = read.entries;
    withhold_privileged(shown, session.options());
    RecordFindings findings{approvals_of(read.entries, read.file.origin(), state_now(session, assessment)), {}};
    const auto notices = told_of(read.entries);
    findings.told = told_rows(told_lines(session, read.entries, notices, path), session.context(assessment), true);
    return record_tables(shown, session.options().as_of, findings);
}

/// What was told, by the filings of an incident file; no table where nothing went out.
std::vector<RecordTable> told_of_account(const Assessment& assessment, const ReportContext& context) {
    const auto notices = notices_of_filings(assessment);
    if (notices.empty()) return {};
    return {told_table(told_rows(told_lines(assessment, notices), context, false))};
}

}  // namespace

int run_evidence(Session& session, const PacketOptions& options, std::ostream& out) {
    const auto incident = session.read(options.input, options.group);
    const Assessment assessment = session.assess(incident);
    const ReportContext context = session.context(assessment);
    const auto record = is_case_file(options.input) ? tables_of_record(session, assessment, options.input) : told_of_account(assessment, context);
    write_sheets(evidence_sheets(context, session.options().known_at ? std::vector<KnownChanges>{} : known_changes(session, incident), record), workbook_meta(context), options.out_folder);
    out << options.out_folder << "\n";
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
