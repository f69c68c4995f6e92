// `case draft`, `case approve`, `case withdraw-approval`, `case approvals`: the exact bytes that may go out, and who said so.
#include <algorithm>
#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/approval.h"
#include "engine/record/entry_fields.h"
#include "engine/record/judgement.h"
#include "engine/record/matter_decision.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "reports/packet.h"
#include "tools/atomic_file.h"
#include "tools/case_command.h"
#include "tools/case_notice.h"
#include "tools/notice_now.h"

namespace duenotice {

namespace {

struct DraftOptions {
    CaseWriterOptions writer;
    std::string folder;
    bool page = false;
};

/// The page anew from form.json, as somebody has filled it in.
void remake_page(const std::string& folder, const std::string& case_file) {
    const std::string page = page_of_form(read_file(folder + "/send/form.json"));
    if (page.empty()) refuse(case_file, folder + "/send/form.json is no form");
    write_file(folder + "/send/" + std::string(form_page), page);
}

/// Whose packet lies in the folder, by internal/manifest.json.
PacketSubject subject_of_folder(const std::string& folder, const Assessment& assessment, const std::string& case_file) {
    const SourcePtr source = read_source(folder + "/internal/manifest.json");
    const auto manifest = read_json(source);
    if (!manifest) throw InputMistakes{manifest.diagnostics};
    if (member_text(*manifest, "duenotice") != "packet/1") refuse(case_file, fmt::format("{} holds no packet", folder), "`packet FILE DUTY --out FOLDER` makes one");
    if (member_text(*manifest, "incident") != assessment.incident->id) refuse(case_file, "the packet is of another incident");
    const Duty* duty = assessment.find(member_text(*manifest, "duty"));
    if (duty == nullptr) refuse(case_file, fmt::format("there is no duty `{}` on the facts recorded", member_text(*manifest, "duty")));
    return {duty->id, assessment.law->obligations[duty->obligation].id, duty->entity, member_text(*manifest, "recipient")};
}

bool decided_to_send(const std::vector<RecordedEntry>& entries, const std::string& duty) {
    bool send = false;
    for (const StandingDecision& standing : standing_decisions(entries))
        if (standing.decision.duty == duty && standing.state == StandingDecision::State::InForce) send = standing.decision.what == "notify" || standing.decision.what == "notify-though-not-owed";
    return send;
}

/// What stands against sending it, gaps apart; a person's decision to notify answers for duty and hold.
std::vector<std::string> draft_problems(const NoticeNow& notice, const std::map<std::string, std::string>& send, const std::vector<ToldField>& fields, const std::vector<RecordedEntry>& entries) {
    std::vector<std::string> problems;
    if (!decided_to_send(entries, notice.duty->id)) {
        if (notice.duty->verdict != Verdict::Owed) problems.push_back(fmt::format("the duty is {}: a decision to notify comes first", owed_word(notice.duty->verdict)));
        for (const Modifier& modifier : notice.duty->modifiers)
            if ((modifier.kind == "prohibited" || modifier.kind == "conflict") && modifier.holds != Truth::No) problems.push_back(fmt::format("{} {}: a decision to notify comes first", modifier_kind_word(modifier.kind), modifier.by));
    }
    for (const PacketField& forbidden : notice.packet.forbidden) {
        for (const auto& [name, bytes] : send)
            if (holds_text(bytes, forbidden.value)) problems.push_back(fmt::format("a forbidden item stands in send/{}: {}", name, forbidden.label));
        for (const ToldField& field : fields)
            if (holds_text(field.value, forbidden.value)) problems.push_back(fmt::format("a forbidden item stands in `{}`: {}", field.label, forbidden.label));
    }
    for (const ToldField& field : fields)
        if (!field.fact.empty() && field_text(entries[field.entry], "label") == "privileged") problems.push_back(fmt::format("privileged: {} never goes out", field.label));
    return problems;
}

int run_draft(Session& session, const DraftOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Draft);
    if (asked.page) remake_page(asked.folder, asked.writer.file);
    const auto send = read_send_folder(asked.folder);
    if (writing.again("draft", program.out, [&](const RecordedEntry& entry) { return field_text(entry, "send_sha256") == send_digest(send); })) return exit_code::done;
    const auto incident = writing.read_account(session, {});
    const Assessment assessment = session.assess(incident);
    PacketDraft draft;
    draft.subject = subject_of_folder(asked.folder, assessment, asked.writer.file);
    const auto notice = notice_now(session, assessment, draft.subject);
    if (!notice) refuse(asked.writer.file, "the law sends nothing to that recipient on the facts recorded");
    const auto form = send.find("form.json");
    if (form == send.end()) refuse(asked.writer.file, "send/form.json is missing");
    const auto fields = told_fields(*notice, *incident, sent_fields(form->second, draft.gaps), current_statements(writing.entries()));
    draft.problems = draft_problems(*notice, send, fields, writing.entries());
    const Entry entry = draft_entry(draft, send, writing.writer());
    const Appended done = writing.record({entry}, program.out);
    program.out << fmt::format("draft of {} to {}, sha256 of send/ {}\n", escape_terminal(draft.subject.duty), escape_terminal(draft.subject.recipient), send_digest(send));
    program.out << file_lines(*read_draft(writing.file().entry(done.seqs.front())));
    if (!page_is_of_form(send)) program.out << "  form.html says something else than form.json, of which statements are made: --page makes it anew, or the approver explains it\n";
    for (const std::string& gap : draft.gaps) program.out << fmt::format("  gap: {}\n", escape_terminal(gap));
    for (const std::string& problem : draft.problems) program.out << fmt::format("  {}\n", escape_terminal(problem));
    return exit_code::done;
}

struct ApproveOptions {
    CaseWriterOptions writer;
    std::uint64_t draft = 0;
    std::string own_key, folder, reason;
    std::vector<std::string> not_yet_known, explained;
};

std::map<std::string, std::string> explanations(const ApproveOptions& asked) {
    std::map<std::string, std::string> found;
    for (const std::string& text : asked.explained) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals + 1 == text.size()) refuse(asked.writer.file, fmt::format("`{}` explains nothing", text), "write it as FIELD=REASON");
        found[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return found;
}

int run_approve(Session& session, const ApproveOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Approve);
    if (writing.again("approval", program.out, [&](const RecordedEntry& entry) { return ref_entry(entry.leaf, "draft") == asked.draft; })) return exit_code::done;
    const PacketDraft draft = draft_asked(writing, asked.draft);
    if (!asked.folder.empty() && send_digest(read_send_folder(asked.folder)) != draft.send_sha256) refuse(asked.writer.file, fmt::format("{}/send is not what entry {} drafted", asked.folder, draft.entry));
    for (const PacketDraft& later : drafts_of(writing.entries()))
        if (later.entry > draft.entry && later.subject == draft.subject) refuse(asked.writer.file, fmt::format("a later draft takes its place (entry {})", later.entry));
    const Assessment assessment = session.assess(writing.read_account(session, {}));
    const auto notice = notice_now(session, assessment, draft.subject);
    if (!notice) refuse(asked.writer.file, "the law sends nothing to that recipient on the facts recorded");
    const SigningKey own = read_key(asked.own_key);
    const ApprovalStatement statement{writing.file().origin(), draft.entry, draft.subject, draft.send_sha256, notice->state_sha256, asked.writer.actor, writing.access().person(asked.writer.actor), record_time(writing.now()), asked.not_yet_known, explanations(asked)};
    const auto contradictions = contradicting_fields(session, writing, draft, *notice, *assessment.incident);
    if (const std::string mistake = approval_mistake(statement, draft, contradictions, own.public_key(), writing.access()); !mistake.empty()) refuse(asked.writer.file, mistake);
    writing.record({approval_entry(statement, own, writing.writer())}, program.out);
    program.out << fmt::format("approved by {}: {} to {}, send/ {}\n", asked.writer.actor, escape_terminal(draft.subject.duty), escape_terminal(draft.subject.recipient), draft.send_sha256);
    program.out << file_lines(draft);
    for (const std::string& problem : notice->packet.problems)
        if (problem.starts_with("forbidden, to be looked for")) program.out << fmt::format("  {}\n", escape_terminal(problem));
    return exit_code::done;
}

int run_withdraw(const ApproveOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Approve);
    const auto& entries = writing.entries();
    if (asked.draft >= entries.size() || entries[asked.draft].leaf.kind != "approval") refuse(asked.writer.file, fmt::format("entry {} is no approval", asked.draft), "`case approvals` lists them");
    if (writing.access().person(entries[asked.draft].leaf.actor) != writing.access().person(asked.writer.actor)) refuse(asked.writer.file, "only who approved withdraws it");
    writing.record({withdraw_approval_entry(asked.draft, asked.reason, writing.writer())}, program.out);
    return exit_code::done;
}

int run_approvals(Session& session, const ApproveOptions& asked, const CaseProgram& program) {
    const ReadCase read = read_case_file(asked.writer.file, Deed::Read, program.options);
    const Assessment assessment = session.assess(session.read_case(account_of_entries(read.entries, asked.writer.file, {}), asked.writer.file));
    const auto approvals = approvals_of(read.entries, read.file.origin(), state_now(session, assessment));
    for (const Approval& approval : approvals)
        program.out << fmt::format("{:>5}  {}  draft {} by {}, approved by {} at {}  {} to {}\n       send/ {}\n", approval.entry, approval.valid() ? "valid" : "void: " + escape_terminal(approval.void_because), approval.draft, approval.author, approval.actor, approval.signed_at, escape_terminal(approval.subject.duty),
                                   escape_terminal(approval.subject.recipient), approval.send_sha256);
    program.out << count_words(approvals.size(), "approval", "approvals") << "\n";
    return exit_code::done;
}

}  // namespace

void add_case_approve(CLI::App& matter, const CaseProgram& program) {
    const auto drafting = std::make_shared<DraftOptions>();
    CLI::App* draft = matter.add_subcommand("draft", "record a packet as it is to go out: the bytes of send/ are kept");
    add_writer_options(*draft, drafting->writer);
    draft->add_option("PACKET", drafting->folder, "folder of the packet, with send/ and internal/manifest.json")->required();
    draft->add_flag("--page", drafting->page, "make send/form.html anew from send/form.json first, as somebody has filled it in");
    on_chosen_with_law(*draft, program, drafting->writer.file, [drafting, program](Session& session) { return run_draft(session, *drafting, program); });

    const auto asked = std::make_shared<ApproveOptions>();
    CLI::App* approve = matter.add_subcommand("approve", "a second person signs that exactly these bytes may go out");
    add_writer_options(*approve, asked->writer);
    approve->add_option("DRAFT", asked->draft, "entry of the draft")->required();
    approve->add_option("--own-key", asked->own_key, "file of the approver's own private key")->required();
    approve->add_option("--packet", asked->folder, "folder that was looked at: refused when its send/ is not what was drafted");
    approve->add_option("--not-yet-known", asked->not_yet_known, "field that goes out without a value, knowingly; repeatable");
    approve->add_option("--explain", asked->explained, "FIELD=REASON: why it says something else than was told before, or than the facts; repeatable");
    on_chosen_with_law(*approve, program, asked->writer.file, [asked, program](Session& session) { return run_approve(session, *asked, program); });
    CLI::App* withdraw = matter.add_subcommand("withdraw-approval", "take an approval back");
    add_writer_options(*withdraw, asked->writer);
    withdraw->add_option("APPROVAL", asked->draft, "its entry")->required();
    withdraw->add_option("--reason", asked->reason, "why")->required();
    on_chosen(*withdraw, program, asked->writer.file, [asked, program] { return run_withdraw(*asked, program); });
    CLI::App* list = matter.add_subcommand("approvals", "which approvals are valid, which are void and why");
    list->add_option("FILE", asked->writer.file, "case file")->required();
    on_chosen_with_law(*list, program, asked->writer.file, [asked, program](Session& session) { return run_approvals(session, *asked, program); });
}

}  // namespace duenotice
