// `case decide`, `case close`, `case reopen`, `case open-items`: what people decided, and what is open before a matter is
// closed.
#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "engine/record/closing.h"
#include "engine/record/matter_decision.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "tools/case_command.h"
#include "tools/case_notice.h"
#include "tools/commands.h"
#include "tools/notice_now.h"
#include "tools/told_lines.h"

namespace duenotice {

namespace {

struct DecideCaseOptions {
    CaseWriterOptions writer;
    MatterDecision decision;
};

/// Whether the entry is this decision, as far as a person says it.
bool said_before(const RecordedEntry& entry, const MatterDecision& decision) {
    const auto before = read_decision(entry);
    return before && before->what == decision.what && before->duty.find(decision.duty) != std::string::npos && before->hold == decision.hold && before->second == decision.second && before->reasons == decision.reasons && before->look_again_on == decision.look_again_on;
}

std::string confirm_words(const std::string& case_file) { return fmt::format("`case confirm {} ENTRY --own-key KEYFILE`", case_file); }

std::string today_of(const Options& options) { return iso_utc(options.as_of).substr(0, 10); }

int run_decide(Session& session, const DecideCaseOptions& asked, const CaseProgram& program) {
    MatterDecision decision = asked.decision;
    const bool drops = decision.what == "drop-duty" || decision.what == "do-not-notify";
    CaseWriting writing(asked.writer, program.clock(), drops ? Deed::Drop : Deed::Decide);
    if (writing.again("decision", program.out, [&](const RecordedEntry& entry) { return said_before(entry, decision); })) return exit_code::done;
    decision.actor = asked.writer.actor;
    std::optional<Verdict> verdict;
    const Assessment assessment = session.assess(writing.read_account(session, {}));
    if (decision.what == "accept-hold") {
        const auto& holds = assessment.incident->holds;
        if (std::none_of(holds.begin(), holds.end(), [&](const Hold& hold) { return hold.id == decision.hold; })) refuse(asked.writer.file, fmt::format("the account has no hold `{}`", decision.hold), "--hold names one that is recorded");
    } else if (decision.what == "add-duty") {
        if (decision.duty.empty()) refuse(asked.writer.file, "add-duty says in words which duty no law on file asks for");
    } else {
        const Duty* duty = find_duty(assessment, decision.duty, program.err);
        if (duty == nullptr) return exit_code::usage;
        decision.duty = duty->id;
        verdict = duty->verdict;
        decision.owed = name(duty->verdict);
    }
    if (const std::string mistake = decision_mistake(decision, verdict, writing.access(), today_of(session.options())); !mistake.empty()) refuse(asked.writer.file, mistake);
    writing.record({decision_entry(decision, writing.writer())}, program.out);
    program.out << fmt::format("{}{}{}\n", decision.what, decision.duty.empty() ? "" : " " + escape_terminal(decision.duty), decision.owed.empty() ? "" : ", on the facts recorded " + decision.owed);
    if (decision.takes_two()) program.out << "It has no effect until a second person signs it: " << confirm_words(asked.writer.file) << "\n";
    return exit_code::done;
}

struct CloseOptions {
    CaseWriterOptions writer;
    std::string second, reasons;
    bool with_items = false, list = false;
};

std::string group_line(const OpenGroup& group) {
    const std::string nearest = group.nearest ? ", nearest limit " + iso_utc(*group.nearest) : "";
    if (group.items.size() == 1) return fmt::format("  {}  {}{}\n", escape_terminal(group.family == group.items.front()->subject ? group.family : group.family + ": " + group.items.front()->subject), escape_terminal(group.items.front()->words), nearest);
    return fmt::format("  {}  {}{}\n", escape_terminal(group.family), count_words(group.items.size(), group.family == places_not_told ? "law" : "duty", group.family == places_not_told ? "laws" : "duties"), nearest);
}

void show_items(const std::vector<OpenItem>& items, bool list, std::ostream& out) {
    std::optional<OpenItem::Kind> kind;
    const auto head = [&](OpenItem::Kind of) {
        if (kind != of) out << fmt::format("{} ({})\n", name(of), std::count_if(items.begin(), items.end(), [&](const OpenItem& item) { return item.kind == of; }));
        kind = of;
    };
    if (list) {
        for (const OpenItem& item : items) {
            head(item.kind);
            out << fmt::format("  {}  {}{}\n", escape_terminal(item.subject), escape_terminal(item.words), item.limit ? "  " + iso_utc(*item.limit) : "");
        }
        return;
    }
    for (const OpenGroup& group : grouped(items)) {
        head(group.kind);
        out << group_line(group);
    }
}

std::string items_json(const std::vector<OpenItem>& items) {
    JsonValue all;
    all.kind = JsonValue::Kind::Array;
    for (const OpenItem& item : items) {
        JsonValue object = json_object();
        json_add(object, "kind", json_text(name(item.kind)));
        json_add(object, "subject", json_text(item.subject));
        if (!item.family.empty()) json_add(object, "family", json_text(item.family));
        json_add(object, "words", json_text(item.words));
        if (item.limit) json_add(object, "limit", json_text(iso_utc(*item.limit)));
        all.items.push_back(std::move(object));
    }
    return canonical_json(all) + "\n";
}

void show(const std::vector<OpenItem>& items, const CloseOptions& asked, const CaseProgram& program) {
    if (program.options.format == "json") program.out << items_json(items);
    else show_items(items, asked.list, program.out);
}

int run_open_items(Session& session, const CloseOptions& asked, const CaseProgram& program) {
    const ReadCase reading = read_case_file(asked.writer.file, Deed::Read, program.options);
    const Assessment assessment = session.assess(session.read_case(account_of_entries(reading.entries, asked.writer.file, {}), asked.writer.file));
    show(open_items_now(session, reading.entries, assessment, asked.writer.file), asked, program);
    return exit_code::done;
}

/// What is missing to close with what is open; empty when nothing is.
std::string missing_to_close(const CloseOptions& asked, const Access& access) {
    if (!asked.with_items) return "--with-items";
    if (asked.reasons.empty()) return "--reason";
    if (asked.second.empty()) return {};  // whoever may signs it
    if (access.same_person(asked.second, asked.writer.actor)) return "--second with another person than the one who closes";
    return access.open() || access.allows(asked.second, Deed::Close) ? "" : "--second with somebody who may close";
}

int run_close(Session& session, const CloseOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Close);
    MatterDecision decision;
    decision.what = "close";
    decision.second = asked.second;
    decision.reasons = asked.reasons;
    if (writing.again("decision", program.out, [&](const RecordedEntry& entry) { return said_before(entry, decision); })) return exit_code::done;
    const auto items = open_items_now(session, writing.entries(), session.assess(writing.read_account(session, {})), asked.writer.file);
    const auto open = static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const OpenItem& item) { return hinders(item.kind); }));
    decision.items = item_words(items);
    if (open > 0)
        if (const std::string missing = missing_to_close(asked, writing.access()); !missing.empty()) {
            show(items, asked, program);
            refuse(asked.writer.file, fmt::format("the matter has {}; it is not closed", count_words(open, "open item", "open items")), fmt::format("closing with open items takes two persons and a reason: {} is missing", missing));
        }
    writing.record({decision_entry(decision, writing.writer())}, program.out);
    show(items, asked, program);
    if (decision.takes_two()) program.out << fmt::format("not closed yet, {}: a second person signs it: {}\n", count_words(open, "open item", "open items"), confirm_words(asked.writer.file));
    else program.out << fmt::format("closed with {}\n", count_words(open, "open item", "open items"));
    return exit_code::done;
}

int run_reopen(const CloseOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Reopen);
    if (!closed_by(writing.entries())) refuse(asked.writer.file, "the matter is open");
    MatterDecision decision;
    decision.what = "reopen";
    decision.reasons = asked.reasons;
    writing.record({decision_entry(decision, writing.writer())}, program.out);
    return exit_code::done;
}

}  // namespace

void add_case_decide(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<DecideCaseOptions>();
    CLI::App* decide = matter.add_subcommand("decide", "what people decided about a duty or a hold; it stands beside what the law says and changes none of it");
    add_writer_options(*decide, asked->writer);
    decide->add_option("WHAT", asked->decision.what, "notify, do-not-notify, notify-though-not-owed, add-duty, drop-duty, accept-hold")->required()->check(CLI::IsMember(std::vector<std::string>(std::begin(decision_kinds), std::end(decision_kinds))));
    decide->add_option("DUTY", asked->decision.duty, "its id or a part that fits one duty only; with add-duty words");
    decide->add_option("--hold", asked->decision.hold, "accept-hold: its id");
    decide->add_option("--reason", asked->decision.reasons, "for the record: what an authority may read");
    decide->add_option("--advice", asked->decision.advice, "number of the matter in which advice was given");
    decide->add_option("--second", asked->decision.second, "the second person, who is to sign it (`case confirm`); left out: whoever else may. To drop a duty that is owed or open takes one");
    decide->add_option("--look-again-on", asked->decision.look_again_on, "the day on which a dropped duty is looked at again");
    on_chosen_with_law(*decide, program, asked->writer.file, [asked, program](Session& session) { return run_decide(session, *asked, program); });

    const auto closing = std::make_shared<CloseOptions>();
    CLI::App* items = matter.add_subcommand("open-items", "what is open before the matter is closed, by kind and family of law");
    items->add_option("FILE", closing->writer.file, "case file")->required();
    items->add_flag("--list", closing->list, "each item on a line of its own");
    on_chosen_with_law(*items, program, closing->writer.file, [closing, program](Session& session) { return run_open_items(session, *closing, program); });
    CLI::App* close = matter.add_subcommand("close", "close the matter; with open items it takes a reason and a second person who signs (`case confirm`)");
    add_writer_options(*close, closing->writer);
    close->add_flag("--list", closing->list, "each item on a line of its own");
    close->add_flag("--with-items", closing->with_items, "close it with what is open");
    close->add_option("--second", closing->second, "the second person, who is to sign it (`case confirm`); left out: whoever else may close");
    close->add_option("--reason", closing->reasons, "why it is closed");
    on_chosen_with_law(*close, program, closing->writer.file, [closing, program](Session& session) { return run_close(session, *closing, program); });
    CLI::App* reopen = matter.add_subcommand("reopen", "open a closed matter again");
    add_writer_options(*reopen, closing->writer);
    reopen->add_option("--reason", closing->reasons, "why")->required();
    on_chosen(*reopen, program, closing->writer.file, [closing, program] { return run_reopen(*closing, program); });
}

}  // namespace duenotice
