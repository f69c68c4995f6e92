// `case import`: what an incident file says and the record does not, with the group profile and the contracts beside it.
#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/profile_entries.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "tools/case_command.h"
#include "tools/case_writing.h"

namespace duenotice {

namespace {

struct ImportCaseOptions {
    CaseWriterOptions writer;
    std::string input, group, contracts;
};

/// An entry where the record has none of this kind or another text.
void add_text_entry(std::vector<Entry>& entries, const char* kind, const SourcePtr& text, const CaseWriting& writing) {
    if (!text) return;
    const auto there = recorded_text(writing.entries(), kind);
    if (there && there->text == text->text()) return;
    entries.push_back(text_entry(kind, std::filesystem::path(text->name()).filename().string(), std::string(text->text()), writing.numbered(entries.size())));
}

/// What a file brings besides facts takes the role that it takes elsewhere: else an import would judge, or file without four eyes.
void check_deeds(CaseWriting& writing, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
        const auto fact = entry.fields.find("fact"), path = entry.fields.find("path"), statement = entry.fields.find("statement");
        const bool made = statement != entry.fields.end() && !(statement->second.is_object() && statement->second.find("not_yet") != nullptr);
        if (fact != entry.fields.end() && made && fact->second.text.starts_with("judged.")) writing.must_be_allowed(Deed::Judge);
        if (entry.kind == "part" && path != entry.fields.end() && !path->second.items.empty() && path->second.items.front().text == "filings") writing.must_be_allowed(Deed::File);
    }
}

int run_case_import(Session& session, const ImportCaseOptions& asked, std::int64_t now, std::ostream& out, std::ostream& err) {
    CaseWriting writing(asked.writer, now, Deed::Import);
    const SourcePtr source = read_source(asked.input);
    const auto incident = read_json(source);
    if (!incident) throw InputMistakes{incident.diagnostics};
    const JsonValue* id = incident->find("id");
    if (id == nullptr || id->text != writing.file().incident()) {
        Diagnostics mistakes;
        mistakes.error("DN0711", id == nullptr ? Span{source, 0, 1} : id->span, fmt::format("the file is not of {}, whose record this is", writing.file().incident()));
        throw InputMistakes{mistakes};
    }
    Import import = import_account(*incident, writing.entries(), writing.writer());
    for (const std::string& fact : import.only_here) err << fmt::format("stays, though the file lacks it: {}\n", escape_terminal(fact));
    const Session::Beside beside = session.beside(source, asked.input, asked.group, asked.contracts);
    add_text_entry(import.entries, "group", beside.group, writing);
    add_text_entry(import.entries, "contracts", beside.contracts, writing);
    if (import.entries.empty()) {
        out << fmt::format("nothing new: {} known\n", count_words(import.known, "statement", "statements"));
        return exit_code::done;
    }
    check_deeds(writing, import.entries);
    if (!writing.written(import.entries.front())) writing.read_account(session, import.entries);
    writing.record(import.entries, out);
    return exit_code::done;
}

}  // namespace

void add_case_import(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<ImportCaseOptions>();
    CLI::App* command = matter.add_subcommand("import", "what an incident file says and the record does not, with its group profile and contracts");
    add_writer_options(*command, asked->writer);
    command->add_option("INCIDENT", asked->input, "incident file")->required();
    command->add_option("--group", asked->group, "group profile; default: the one that the incident names");
    command->add_option("--contracts", asked->contracts, "contracts.csv; default: the one beside the group profile");
    on_chosen_with_law(*command, program, asked->writer.file, [asked, program](Session& session) { return run_case_import(session, *asked, program.clock(), program.out, program.err); });
}

}  // namespace duenotice
