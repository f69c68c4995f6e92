// `told INPUT`: what was told to whom beside what is known now, of an incident file or a record, with what the law asks
// for each difference.
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "reports/escape.h"
#include "tools/commands.h"
#include "tools/ready_command.h"
#include "tools/told_lines.h"

namespace duenotice {

namespace {

struct ToldInput {
    std::string input, group;
    bool all = false;
};

/// A value told that is no longer possible, or newer where the law surely asks for an update, is due; newer alone is open.
Pending pending_of(const std::vector<ToldLine>& lines, const Assessment& assessment) {
    Pending pending;
    for (const ToldLine& line : lines) {
        if (!line.newest || line.now == ToldNow::Same) continue;
        bool asked = line.now == ToldNow::Contradicts;
        for (const Duty* duty : updates_after(*line.notice, assessment)) {
            const Obligation& obligation = assessment.law->obligations[duty->obligation];
            asked = asked || (duty->verdict == Verdict::Owed && obligation.act == Act::Update && obligation.modality != Modality::May);
        }
        ++(asked ? pending.law_due : pending.law_open);
    }
    return pending;
}

void print_plain(const std::vector<ToldLine>& lines, const ReportContext& context, bool all, std::ostream& out) {
    for (const ToldLine& line : lines)
        if (all || (line.newest && line.now != ToldNow::Same))
            out << escape_terminal(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", line.notice->filing, line.notice->at, line.notice->subject.recipient, fact_words(line.field->path, line.field->fact), line.field->value, line.value_now, name(line.now), update_words(*line.notice, context))) << "\n";
}

void print_json(const std::vector<ToldLine>& lines, const Assessment& assessment, bool all, std::ostream& out) {
    JsonValue list = json_list();
    for (const ToldLine& line : lines) {
        if (!all && (!line.newest || line.now == ToldNow::Same)) continue;
        JsonValue item = json_object();
        json_add(item, "filing", json_text(line.notice->filing));
        json_add(item, "at_utc", json_text(line.notice->at));
        json_add(item, "entity", json_text(line.notice->subject.entity));
        json_add(item, "recipient", json_text(line.notice->subject.recipient));
        json_add(item, "obligation", json_text(line.notice->subject.obligation));
        json_add(item, "fact", json_text(line.field->fact));
        json_add(item, "path", json_texts(line.field->path));
        json_add(item, "told", json_text(line.field->value));
        json_add(item, "now", json_text(line.value_now));
        json_add(item, "difference", json_text(std::string(name(line.now))));
        json_add(item, "newest", json_text(line.newest ? "yes" : "no"));
        std::vector<std::string> updates;
        for (const Duty* duty : updates_after(*line.notice, assessment)) updates.push_back(duty->id);
        json_add(item, "law_asks", json_texts(updates));
        list.items.push_back(std::move(item));
    }
    JsonValue document = json_object();
    json_add(document, "duenotice", json_text("told/1"));
    json_add(document, "incident", json_text(assessment.incident->id));
    json_add(document, "as_of_utc", json_text(iso_utc(assessment.moment.as_of)));
    json_add(document, "told", std::move(list));
    out << canonical_json(document) << "\n";
}

int run_told(Session& session, const ToldInput& asked, const CaseProgram& program) {
    const bool is_case = is_case_file(asked.input);
    const std::vector<RecordedEntry> entries = is_case ? read_case_file(asked.input, Deed::Read, session.options()).entries : std::vector<RecordedEntry>{};
    const Assessment assessment = session.assess(session.read(asked.input, asked.group));
    const ReportContext context = session.context(assessment);
    const auto notices = is_case ? told_of(entries) : notices_of_filings(assessment);
    const auto lines = is_case ? told_lines(session, entries, notices, asked.input) : told_lines(assessment, notices);
    const std::string& format = session.options().format;
    if (format == "json") print_json(lines, assessment, asked.all, program.out);
    else if (format == "plain") print_plain(lines, context, asked.all, program.out);
    else print_told(lines, assessment, context, asked.all, program.out);
    if (!is_case && format == "human" && !notices.empty()) program.out << "What went out is not in an incident file: the account as it stood then stands\nfor it.\n";
    return fail_code(pending_of(lines, assessment), session.options());
}

}  // namespace

void add_told(CLI::App& app, const CaseProgram& program) {
    const auto asked = std::make_shared<ToldInput>();
    CLI::App* command = app.add_subcommand("told", "what was told to whom beside what is known now: same, newer known, contradicts; and what the law asks for it");
    command->add_option("INPUT", asked->input, "incident file or case file")->required();
    command->add_option("--group", asked->group, "group profile; default: the one that the incident names");
    command->add_flag("--all", asked->all, "also what is still the same, and what was told anew since");
    on_chosen_with_law(*command, program, asked->input, [asked, program](Session& session) { return run_told(session, *asked, program); });
}

}  // namespace duenotice
