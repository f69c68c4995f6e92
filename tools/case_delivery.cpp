// `case plan`, `case attempt`, `case receipt`, `case mass`, `case deliveries`: what became of what was sent.
#include <algorithm>
#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/assessment_entries.h"
#include "engine/record/canonical_json.h"
#include "engine/record/delivery.h"
#include "engine/record/entry_fields.h"
#include "reports/escape.h"
#include "tools/atomic_file.h"
#include "tools/case_command.h"
#include "tools/case_notice.h"

namespace duenotice {

namespace {

struct DeliveryOptions {
    CaseWriterOptions writer;
    std::uint64_t draft = 0;
    DeliveryPlan plan;
    Attempt attempt;
    Receipt receipt;
    MassRun mass;
    std::string file;
};

const FiledNotice& filing_asked(const std::vector<FiledNotice>& filings, const std::string& id, const std::string& case_file) {
    const auto found = std::find_if(filings.begin(), filings.end(), [&](const FiledNotice& filing) { return filing.id == id; });
    if (found == filings.end()) refuse(case_file, fmt::format("there is no filing `{}`", id), "`case deliveries` lists them");
    return *found;
}

int run_plan(const DeliveryOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Deliver);
    DeliveryPlan plan = asked.plan;
    plan.subject = draft_asked(writing, asked.draft).subject;
    writing.record({plan_entry(plan, writing.writer())}, program.out);
    return exit_code::done;
}

int run_attempt(const DeliveryOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Deliver);
    check_past(asked.writer.file, asked.attempt.at, program.options);
    Attempt attempt = asked.attempt;
    attempt.draft = draft_asked(writing, asked.draft).entry;
    const Entry entry = attempt_entry(attempt, writing.writer());
    writing.record({entry}, program.out);
    const auto entries = with_entries(writing.entries(), {entry}, writing.now());
    bool filed = false;
    for (const FiledNotice& filing : filings_of(entries, program.options.as_of)) {
        filed = filed || filing.draft == attempt.draft;
        if (filing.draft == attempt.draft && !filing.next.empty()) program.out << fmt::format("{} is {}: next {}\n", filing.id, name(filing.state), filing.next);
    }
    if (const std::string next = filed ? "" : next_for_draft(entries, draft_asked(writing, asked.draft)); !next.empty()) program.out << fmt::format("draft {} is not out: next {}\n", attempt.draft, escape_terminal(next));
    return exit_code::done;
}

/// The filing in the account with what the receipt adds.
std::optional<Entry> acknowledged_part(const CaseWriting& writing, const Receipt& receipt) {
    std::optional<JsonValue> members;
    for (const RecordedEntry& entry : writing.entries()) {
        const JsonValue *path = field_value(entry, "path"), *found = field_value(entry, "members");
        if (entry.leaf.kind == "part" && path != nullptr && found != nullptr && path->items.size() == 2 && path->items[0].text == "filings" && path->items[1].text == receipt.filing) members = *found;
    }
    if (!members) return {};
    if (members->find("received_at") == nullptr && !receipt.at.empty()) json_add(*members, "received_at", json_text(receipt.at));
    if (members->find("reference") == nullptr && !receipt.reference.empty()) json_add(*members, "reference", json_text(receipt.reference));
    return part_entry({"filings", receipt.filing}, *members, writing.numbered(1));
}

int run_receipt(Session& session, const DeliveryOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Deliver);
    check_past(asked.writer.file, asked.receipt.at, program.options);
    filing_asked(filings_of(writing.entries(), program.options.as_of), asked.receipt.filing, asked.writer.file);
    const std::string bytes = asked.file.empty() ? std::string() : read_file(asked.file);
    const auto kept = writing.file().store().artefact(sha256_hex(bytes));  // what came back may be what was sent
    std::vector<Entry> entries = {receipt_entry(asked.receipt, kept ? kept->media_type : "application/octet-stream", bytes, writing.numbered(0))};
    if (auto part = acknowledged_part(writing, asked.receipt)) entries.push_back(std::move(*part));
    if (!writing.written(entries.front())) writing.read_account(session, entries);
    writing.record(entries, program.out);
    if (!bytes.empty()) program.out << fmt::format("receipt sha256 {}\n", sha256_hex(bytes));
    return exit_code::done;
}

int run_mass(const DeliveryOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Deliver);
    const MassRun& run = asked.mass;
    filing_asked(filings_of(writing.entries(), program.options.as_of), run.filing, asked.writer.file);
    check_past(asked.writer.file, run.first, program.options);
    if (!run.last.empty()) check_past(asked.writer.file, run.last, program.options);
    if (!run.last.empty() && *parse_instant(run.last) < *parse_instant(run.first)) refuse(asked.writer.file, "the last dispatch is before the first");
    if (run.sent > run.to_send) refuse(asked.writer.file, "more were sent than were to be sent");
    if (run.returned > run.sent || run.unreachable > run.to_send) refuse(asked.writer.file, "the counts do not tie", "returned are among those sent, unreachable among those to send");
    writing.record({mass_entry(run, writing.writer())}, program.out);
    program.out << fmt::format("{} of {} sent, {} still to send, {} returned, {} unreachable\n", run.sent, run.to_send, run.to_send - run.sent, run.returned, run.unreachable);
    return exit_code::done;
}

void show_filing(const FiledNotice& filing, std::ostream& out) {
    out << fmt::format("{}  {}  {} to {}\n", filing.id, name(filing.state), escape_terminal(filing.subject.duty), escape_terminal(filing.subject.recipient));
    out << fmt::format("  {} by {} at {}, {}{}\n", filing.kind, escape_terminal(filing.channel), filing.at, filing.timing.word, filing.timing.safe.empty() ? "" : " (safe " + filing.timing.safe + ")");
    if (!filing.emergency.empty()) out << fmt::format("  EMERGENCY, one person alone: {}{}\n", escape_terminal(filing.emergency), filing.nearness.empty() ? "" : "; " + filing.nearness);
    for (const Attempt& attempt : filing.attempts) out << fmt::format("  attempt {} {} {}{}\n", escape_terminal(attempt.channel), attempt.at, attempt.result, attempt.note.empty() ? "" : ": " + escape_terminal(attempt.note));
    for (const Receipt& receipt : filing.receipts) out << fmt::format("  receipt {} {}{}\n", receipt.at, escape_terminal(receipt.reference), receipt.artefact.empty() ? "" : " " + receipt.artefact);
    if (filing.mass) out << fmt::format("  {} of {} sent, {} returned, {} unreachable, {} to {}\n", filing.mass->sent, filing.mass->to_send, filing.mass->returned, filing.mass->unreachable, filing.mass->first, filing.mass->last);
    if (!filing.next.empty()) out << fmt::format("  next: {}\n", escape_terminal(filing.next));
}

int run_deliveries(const DeliveryOptions& asked, const CaseProgram& program) {
    const ReadCase read = read_case_file(asked.writer.file, Deed::Read, program.options);
    const auto filings = filings_of(read.entries, program.options.as_of);
    for (const FiledNotice& filing : filings) show_filing(filing, program.out);
    for (const Attempt& attempt : attempts_of(read.entries))
        if (std::none_of(filings.begin(), filings.end(), [&](const FiledNotice& filing) { return filing.draft == attempt.draft; }))
            program.out << fmt::format("not filed: draft {}, {} {} {}{}\n", attempt.draft, escape_terminal(attempt.channel), attempt.at, attempt.result, attempt.note.empty() ? "" : ": " + escape_terminal(attempt.note));
    for (const PacketDraft& draft : drafts_of(read.entries))
        if (std::none_of(filings.begin(), filings.end(), [&](const FiledNotice& filing) { return filing.draft == draft.entry; }))
            if (const std::string next = next_for_draft(read.entries, draft); !next.empty()) program.out << fmt::format("draft {} is not out: next {}\n", draft.entry, escape_terminal(next));
    return exit_code::done;
}

}  // namespace

void add_case_delivery(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<DeliveryOptions>();
    const auto add = [&](const char* name, const char* help, int (*run)(const DeliveryOptions&, const CaseProgram&)) {
        CLI::App* command = matter.add_subcommand(name, help);
        add_writer_options(*command, asked->writer);
        on_chosen(*command, program, asked->writer.file, [asked, program, run] { return run(*asked, program); });
        return command;
    };
    CLI::App* plan = add("plan", "how a notice is delivered: the first channel and its fallbacks, contacts, when silence counts", run_plan);
    plan->add_option("DRAFT", asked->draft, "entry of a draft to that recipient")->required();
    plan->add_option("--channel", asked->plan.channels, "in order, repeatable")->required();
    plan->add_option("--contact", asked->plan.contacts, "in order, repeatable");
    plan->add_option("--silent-after", asked->plan.silent_after_minutes, "minutes without an acknowledgement after which the next channel is due");
    CLI::App* attempt = add("attempt", "an attempt to deliver and its result; an oral notice too", run_attempt);
    attempt->add_option("DRAFT", asked->draft, "entry of the draft")->required();
    attempt->add_option("--channel", asked->attempt.channel, "portal, mail, phone, ...")->required();
    attempt->add_option("--at", asked->attempt.at, "when, with offset")->required();
    attempt->add_option("--result", asked->attempt.result, "sent, failed, undelivered, oral")->required()->check(CLI::IsMember(std::vector<std::string>(std::begin(attempt_results), std::end(attempt_results))));
    attempt->add_option("--note", asked->attempt.note, "what happened");
    CLI::App* mass = add("mass", "the count of a mass run", run_mass);
    mass->add_option("FILING", asked->mass.filing, "code of the filing")->required();
    mass->add_option("--to-send", asked->mass.to_send, "how many are to be sent")->required();
    mass->add_option("--sent", asked->mass.sent, "how many went out")->required();
    mass->add_option("--returned", asked->mass.returned, "how many of them came back");
    mass->add_option("--unreachable", asked->mass.unreachable, "how many people nothing can be sent to");
    mass->add_option("--first", asked->mass.first, "first dispatch")->required();
    mass->add_option("--last", asked->mass.last, "last dispatch so far");
    CLI::App* receipt = matter.add_subcommand("receipt", "an acknowledgement: reference, time, and what came back, kept by its hash");
    add_writer_options(*receipt, asked->writer);
    receipt->add_option("FILING", asked->receipt.filing, "code of the filing")->required();
    receipt->add_option("--at", asked->receipt.at, "when it was received, with offset")->required();
    receipt->add_option("--reference", asked->receipt.reference, "reference that the recipient gave");
    receipt->add_option("--note", asked->receipt.note, "what it says");
    receipt->add_option("--file", asked->file, "what came back, as a file");
    on_chosen_with_law(*receipt, program, asked->writer.file, [asked, program](Session& session) { return run_receipt(session, *asked, program); });
    CLI::App* list = matter.add_subcommand("deliveries", "filings with attempts, receipts, counts, and what is next where nobody acknowledged");
    list->add_option("FILE", asked->writer.file, "case file")->required();
    on_chosen(*list, program, asked->writer.file, [asked, program] { return run_deliveries(*asked, program); });
}

}  // namespace duenotice
