#include "tools/evidence_command.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <set>

#include <CLI/CLI.hpp>

#include "engine/people_tests.h"
#include "engine/record/assessment_entries.h"
#include "engine/record/entry_fields.h"
#include "engine/record/matter_decision.h"
#include "engine/record/record_tables.h"
#include "reports/evidence.h"
#include "reports/evidence_lines.h"
#include "reports/plain_words.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/case_file_door.h"
#include "tools/case_notice.h"
#include "tools/case_writing.h"
#include "tools/commands.h"
#include "tools/kept_world.h"
#include "tools/told_lines.h"

namespace duenotice {

namespace {

constexpr std::size_t most_steps = 12;
constexpr const char* withheld_words = "withheld: not for this account";

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

/// What people did about a value that was told and is another now: the notice that told it anew, else a decision about a
/// duty by which the law asks for more.
std::string decision_about(const ToldLine& line, const std::vector<ToldLine>& lines, const std::vector<StandingDecision>& decisions, const Assessment& assessment) {
    if (!line.newest) {
        const auto anew = std::find_if(lines.rbegin(), lines.rend(), [&](const ToldLine& later) { return later.newest && later.notice->subject.recipient == line.notice->subject.recipient && later.field->fact == line.field->fact && later.field->path == line.field->path; });
        return anew == lines.rend() ? "none on record" : "told anew by " + anew->notice->filing;
    }
    if (line.now == ToldNow::Same) return "not applicable: no difference";
    const auto updates = updates_after(*line.notice, assessment);
    for (const StandingDecision& standing : decisions)
        if (standing.state == StandingDecision::State::InForce && std::any_of(updates.begin(), updates.end(), [&](const Duty* duty) { return duty->id == standing.decision.duty; })) return standing.decision.what + " " + standing.decision.duty + " (entry " + std::to_string(standing.decision.entry) + ")";
    return "none on record";
}

/// A field of a notice on record that was written by hand: no fact says what is known now.
ToldRow by_hand(const ToldNotice& notice, const ToldField& field, const std::string& recipient) {
    const char* none = "not compared: written by hand";
    return {notice.subject.recipient, recipient, notice.filing, "by hand: " + (field.label.empty() ? field.field : field.label), field.value, "as written", none, none, "not applicable: not compared", "none on record", notice.entry};
}

/// Each field of each notice that was filled, in order.
std::vector<ToldRow> told_rows(const std::vector<ToldLine>& lines, const std::vector<ToldNotice>& notices, const std::vector<StandingDecision>& decisions, const ReportContext& context, bool on_record) {
    const auto row_of = [&](const ToldLine& line) {
        const FactDeclaration* declaration = context.assessment.law->vocabulary.find(line.field->fact);
        const auto plain = [&](const std::string& value) { return declaration == nullptr || value == "not known yet" ? value : value_in_words(value, *declaration, context.main_zone()); };
        const std::string told = on_record ? line.field->value : plain(line.field->value);  // of a record: the words of the notice itself
        const bool differs = line.newest && line.now != ToldNow::Same;
        ToldRow row{line.notice->subject.recipient, recipient_name(line.notice->subject.recipient, *context.assessment.law), line.notice->filing, fact_words(line.field->path, line.field->fact), told, line.precision, plain(line.value_now), line.newest ? std::string(name(line.now)) : "told anew since", differs ? update_words(*line.notice, context) : "not applicable: no difference",
                    on_record ? decision_about(line, lines, decisions, context.assessment) : "no case record", {}};
        if (on_record) row.entry = line.notice->entry;
        return row;
    };
    std::vector<ToldRow> rows;
    for (const ToldNotice& notice : notices)
        for (const ToldField& field : notice.fields) {
            const auto line = std::find_if(lines.begin(), lines.end(), [&](const ToldLine& each) { return each.field == &field; });
            if (line != lines.end()) rows.push_back(row_of(*line));
            else if (on_record) rows.push_back(by_hand(notice, field, recipient_name(notice.subject.recipient, *context.assessment.law)));
        }
    return rows;
}

/// The duties of each assessment on record by the first that had them; an answer that was erased has none.
std::map<std::string, std::string> first_seen(const CaseFile& file, const std::vector<RecordedEntry>& entries) {
    std::map<std::string, std::string> found;
    std::size_t number = 0;
    for (const RecordedAssessment& made : assessments_of(entries)) {
        const std::string name = "A-" + std::to_string(++number) + " (entry " + std::to_string(made.seq) + ")";
        const auto artefact = made.output ? parse_artefact_reference(*made.output) : std::nullopt;
        const auto kept = artefact ? file.store().artefact(artefact->sha256) : std::nullopt;
        if (!kept) continue;
        const auto answer = read_json(std::make_shared<const SourceText>(name, kept->bytes));
        const JsonValue* duties = answer && answer->is_object() ? answer->find("duties") : nullptr;
        if (duties == nullptr) continue;
        for (const JsonValue& duty : duties->items) found.emplace(member_text(duty, "id"), name);
    }
    return found;
}

/// Each change of an instant from which a limit may run, with the account assessed before and after it.
std::vector<StartChange> changed_starts(Session& session, const std::vector<RecordedEntry>& entries, const std::vector<std::uint64_t>& hidden, const std::string& path) {
    AssessOptions quick;
    quick.explain = false;
    const auto after_entry = [&](std::uint64_t seq) { return session.assess(session.read_case(hashed_account(entries, seq, session.options().known_at).account, path), quick); };
    std::set<std::pair<AccountPath, std::string>> stated;
    std::vector<StartChange> found;
    for (std::uint64_t seq = 1; seq < entries.size(); ++seq) {
        const auto fact = read_fact(entries[static_cast<std::size_t>(seq)]);
        if (!fact) continue;
        const FactDeclaration* declaration = session.law().vocabulary.find(fact->fact);
        if (declaration == nullptr || !is_time(declaration->type) || stated.insert({fact->path, fact->fact}).second) continue;
        for (StartChange& change : start_changes(entries, seq - 1, seq, after_entry(seq - 1), after_entry(seq))) found.push_back(std::move(change));
    }
    const auto is_hidden = [&](std::uint64_t seq) { return std::find(hidden.begin(), hidden.end(), seq) != hidden.end(); };
    for (StartChange& change : found) {
        if (is_hidden(change.replaced)) change.was = withheld_words;
        if (is_hidden(change.entry)) change.is = change.reason = withheld_words;
    }
    return found;
}

/// What the record says beside the account: up to --at-entry, with approvals and statements as they stand now.
std::vector<RecordTable> tables_of_record(Session& session, const Assessment& assessment, const std::string& path) {
    ReadCase read = read_case_file(path, Deed::Read, session.options());
    if (session.options().at_entry >= 0) read.entries.resize(static_cast<std::size_t>(session.options().at_entry) + 1);
    std::vector<RecordedEntry> shown = read.entries;
    const auto hidden = withhold_privileged(shown, session.options());
    RecordFindings findings{approvals_of(read.entries, read.file.origin(), state_now(session, assessment)), {}, changed_starts(session, read.entries, hidden, path), assessment.incident->holds, verify_record(path), read.file.checkpoint()};
    const auto notices = told_of(read.entries);
    const ReportContext context = session.context(assessment);
    findings.told = told_rows(told_lines(session, read.entries, notices, path), notices, standing_decisions(read.entries), context, true);
    findings.words = [&law = session.law()](const PacketSubject& subject) -> NoticeWords {
        const Obligation* obligation = law.find_obligation(subject.obligation);
        return {recipient_name(subject.recipient, law), obligation == nullptr ? "" : word_as_text(obligation->stage)};
    };
    return record_tables(shown, session.options().as_of, findings);
}

/// What was told, by the filings of an incident file, and its holds; no table where there is nothing.
std::vector<RecordTable> tables_of_account(const Assessment& assessment, const ReportContext& context) {
    std::vector<RecordTable> tables;
    const auto notices = notices_of_filings(assessment);
    if (!notices.empty()) tables.push_back(told_table(told_rows(told_lines(assessment, notices), notices, {}, context, false)));
    if (!assessment.incident->holds.empty()) tables.push_back(requests_table({}, assessment.incident->holds, assessment.moment.as_of));
    return tables;
}

}  // namespace

EvidenceCopy make_evidence(Session& session, const EvidenceOptions& asked) {
    const auto incident = session.read(asked.input, asked.group);
    const Assessment assessment = session.assess(incident);
    ReportContext context = session.context(assessment);
    context.people_tests = people_tests(session.world(), assessment);
    std::vector<RecordedEntry> entries;
    if (is_case_file(asked.input)) {
        ReadCase read = read_case_file(asked.input, Deed::Read, session.options());
        context.first_seen = first_seen(read.file, read.entries);
        entries = std::move(read.entries);
    }
    EditionSubject subject = edition_subject(settled(asked.edition, entries, session.options().account, asked.input), assessment, asked.input);
    subject.privileged = privileged_entries(entries);
    context.edition = subject.name();
    const auto record = is_case_file(asked.input) ? tables_of_record(session, assessment, asked.input) : tables_of_account(assessment, context);
    const auto changes = session.options().known_at ? std::vector<KnownChanges>{} : known_changes(session, incident);
    return {edition_of(evidence_sheets(context, changes, record), subject, session.options().as_of), workbook_meta(context), subject};
}

std::string workbook_bytes(const std::vector<Sheet>& sheets, const WorkbookMeta& meta, const std::string& path) {
    write_sheets(sheets, meta, path);
    std::string bytes = read_file(path);
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return bytes;
}

int run_evidence(Session& session, const EvidenceOptions& asked, std::ostream& out) {
    EvidenceCopy made = make_evidence(session, asked);
    write_sheets(made.sheets, made.meta, asked.out_file);
    out << asked.out_file << "\n";
    if (!asked.lines_file.empty()) {
        write_file(asked.lines_file, evidence_lines(made.sheets));
        out << asked.lines_file << "\n";
    }
    if (!asked.working_paper.empty()) {
        const std::string original = sha256_hex(read_file(asked.out_file));
        made.meta.head = "WORKING PAPER, never evidence; SHA-256 of the original " + original;
        made.meta.title = "Working paper of " + made.meta.title;
        write_sheets(working_paper(std::move(made.sheets), original), made.meta, asked.working_paper);
        out << asked.working_paper << "\n";
    }
    return exit_code::done;
}

void add_evidence(CLI::App& app, const CaseProgram& program) {
    const auto asked = std::make_shared<EvidenceOptions>();
    CLI::App* command = app.add_subcommand("evidence", "the evidence workbook");
    command->add_option("INPUT", asked->input, "incident file or case file")->required();
    command->add_option("--out", asked->out_file, "file to write, .xlsx")->required();
    command->add_option("--group", asked->group, "group profile");
    command->add_option("--lines", asked->lines_file, "also the same values as JSON lines, to this file");
    command->add_option("--working-paper", asked->working_paper, "also a copy with empty columns for a reviewer, to this file; never evidence");
    add_edition_options(*command, asked->edition);
    command->callback([asked, program] { program.choose_with_law([asked, program](Session& session) { return run_evidence(session, *asked, program.out); }); });
}

}  // namespace duenotice
