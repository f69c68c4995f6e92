// `case told`: what was told to whom, beside what is known now and what others were told. `case request`, `case answer`,
// `case requests`, `case all-clear`: what is asked of the organisation, promised by it, and when it is over.
#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/delivery.h"
#include "engine/record/entry_fields.h"
#include "engine/record/matter_decision.h"
#include "engine/record/request.h"
#include "reports/escape.h"
#include "tools/case_command.h"
#include "tools/commands.h"
#include "tools/notice_now.h"
#include "tools/told_lines.h"

namespace duenotice {

namespace {

struct ToldOptions {
    CaseWriterOptions writer;
    bool all = false;
    Request request;
    std::uint64_t entry = 0;
    std::string at, filing, note, by, reasons;
};

int run_told(Session& session, const ToldOptions& asked, const CaseProgram& program) {
    const ReadCase read = read_case_file(asked.writer.file, Deed::Read, program.options);
    const auto notices = told_of(read.entries);
    const Assessment assessment = session.assess(session.read_case(account_of_entries(read.entries, asked.writer.file, {}), asked.writer.file));
    print_told(told_lines(session, read.entries, notices, asked.writer.file), assessment, session.context(assessment), asked.all, program.out);
    return exit_code::done;
}

int run_request(Session& session, const ToldOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Request);
    if (writing.again("request", program.out, [&](const RecordedEntry& entry) { return field_text(entry, "request") == asked.request.kind && field_text(entry, "from") == asked.request.from && field_text(entry, "asks") == asked.request.asks && field_text(entry, "limit") == asked.request.limit; })) return exit_code::done;
    Request request = asked.request;
    if (request.kind == "extension" && (request.duty.empty() || request.limit.empty())) refuse(asked.writer.file, "an extension names the --duty that it extends and the --limit that it grants", "the law's own limit stays; the extension stands beside it");
    if (!request.duty.empty()) {
        const Assessment assessment = session.assess(writing.read_account(session, {}));
        const Duty* duty = find_duty(assessment, request.duty, program.err);
        if (duty == nullptr) return exit_code::usage;
        request.duty = duty->id;
    }
    if (!request.received.empty()) check_past(asked.writer.file, request.received, program.options);
    if (!request.limit.empty()) check_instant(asked.writer.file, request.limit);
    writing.record({request_entry(request, writing.writer())}, program.out);
    return exit_code::done;
}

int run_answer(const ToldOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Request);
    const auto requests = requests_of(writing.entries());
    const auto decisions = standing_decisions(writing.entries());
    const bool request = std::any_of(requests.begin(), requests.end(), [&](const Request& each) { return each.entry == asked.entry; });
    const bool added = std::any_of(decisions.begin(), decisions.end(), [&](const StandingDecision& each) { return each.decision.entry == asked.entry && each.decision.what == "add-duty"; });
    if (!request && !added) refuse(asked.writer.file, fmt::format("entry {} is no request and no added duty", asked.entry), "`case requests` and `case open-items` list them");
    check_past(asked.writer.file, asked.at, program.options);
    const auto filings = filings_of(writing.entries(), program.options.as_of);
    if (!asked.filing.empty() && std::none_of(filings.begin(), filings.end(), [&](const FiledNotice& filing) { return filing.id == asked.filing; })) refuse(asked.writer.file, fmt::format("there is no filing `{}`", asked.filing), "`case deliveries` lists them");
    writing.record({answer_entry(asked.entry, asked.at, asked.filing, asked.note, writing.writer())}, program.out);
    return exit_code::done;
}

int run_requests(const ToldOptions& asked, const CaseProgram& program) {
    const ReadCase read = read_case_file(asked.writer.file, Deed::Read, program.options);
    for (const Request& request : requests_of(read.entries)) {
        const auto limit = parse_instant(request.limit);
        const bool passed = limit && program.options.as_of > *limit;
        const std::string open = request.kind == "extension" ? (passed ? "; has ended" : "; in force beside the law's own limit") : passed ? "; no answer on record, the limit has passed" : "; no answer on record";
        program.out << fmt::format("{:>5}  {} from {}: {}{}{}\n", request.entry, request.kind, escape_terminal(request.from), escape_terminal(request.asks), request.limit.empty() ? "" : ", by " + request.limit,
                                   request.answered_by ? fmt::format("; answered at {} (entry {}{})", request.answered_at, *request.answered_by, request.answer_filing.empty() ? "" : ", filing " + request.answer_filing) : open);
    }
    return exit_code::done;
}

int run_all_clear(const ToldOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Decide);
    check_past(asked.writer.file, asked.at, program.options);
    writing.record({all_clear_entry(asked.by, asked.at, asked.reasons, writing.writer())}, program.out);
    program.out << fmt::format("all-clear decided by {}, at {}\n", escape_terminal(asked.by), asked.at);
    return exit_code::done;
}

}  // namespace

void add_case_told(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<ToldOptions>();
    CLI::App* told = matter.add_subcommand("told", "what was told to whom beside what is known now: same, newer known, contradicts");
    told->add_option("FILE", asked->writer.file, "case file")->required();
    told->add_flag("--all", asked->all, "also what is still the same, and what was told anew since");
    on_chosen_with_law(*told, program, asked->writer.file, [asked, program](Session& session) { return run_told(session, *asked, program); });
    const auto add = [&](const char* name, const char* help, int (*run)(const ToldOptions&, const CaseProgram&), bool writes) {
        CLI::App* command = matter.add_subcommand(name, help);
        if (writes) add_writer_options(*command, asked->writer);
        else command->add_option("FILE", asked->writer.file, "case file")->required();
        on_chosen(*command, program, asked->writer.file, [asked, program, run] { return run(*asked, program); });
        return command;
    };
    CLI::App* request = matter.add_subcommand("request", "what somebody asks or orders, with its own limit; or the next update that was promised");
    add_writer_options(*request, asked->writer);
    on_chosen_with_law(*request, program, asked->writer.file, [asked, program](Session& session) { return run_request(session, *asked, program); });
    request->add_option("KIND", asked->request.kind, "request, direction, extension, next-update")->required()->check(CLI::IsMember(std::vector<std::string>(std::begin(request_kinds), std::end(request_kinds))));
    request->add_option("--from", asked->request.from, "who asks, orders, extends; of a promise to whom")->required();
    request->add_option("--asks", asked->request.asks, "what")->required();
    request->add_option("--limit", asked->request.limit, "until when, with offset");
    request->add_option("--received", asked->request.received, "when it came, with offset");
    request->add_option("--form", asked->request.form, "mail, letter, phone, portal");
    request->add_option("--duty", asked->request.duty, "the duty it is about, by its id or a part that fits one only: its limit is shown beside that of the law");
    request->add_option("--follows", asked->request.follows, "what follows when it ends or passes");
    CLI::App* answer = add("answer", "that a request was answered, a direction followed, an update given, an added duty done", run_answer, true);
    answer->add_option("REQUEST", asked->entry, "its entry, or that of the decision that added a duty")->required();
    answer->add_option("--at", asked->at, "when, with offset")->required();
    answer->add_option("--filing", asked->filing, "the filing that answered it");
    answer->add_option("--note", asked->note, "how");
    add("requests", "requests, directions, extensions and promised updates, with what answered them", run_requests, false);
    CLI::App* clear = add("all-clear", "that people decided that it is over", run_all_clear, true);
    clear->add_option("--by", asked->by, "who decided")->required();
    clear->add_option("--at", asked->at, "when, with offset")->required();
    clear->add_option("--reason", asked->reasons, "why")->required();
}

}  // namespace duenotice
