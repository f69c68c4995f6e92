// `case part`: a frame, hold or filing of the account, written down whole; a later one with the same path takes its place.
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "tools/case_command.h"

namespace duenotice {

namespace {

struct PartOptions {
    CaseWriterOptions writer;
    std::vector<std::string> path;
    std::string members;
};

int run_part(Session& session, const PartOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Import);
    if (asked.path.size() != 2 && asked.path.size() != 4) refuse(asked.writer.file, "a path is list and id, or two of them: `holds police-1`, `entities shop places DE`");
    if (asked.path.front() == "filings") writing.must_be_allowed(Deed::File);
    auto members = read_canonical_source(std::make_shared<const SourceText>("MEMBERS", asked.members));
    if (!members) throw InputMistakes{members.diagnostics};
    if (!members->is_object()) refuse(asked.writer.file, "the members are an object of JSON, as in an incident file without id and facts");
    const Entry entry = part_entry(asked.path, *members, writing.writer());
    if (!writing.written(entry)) writing.read_account(session, {entry});
    writing.record({entry}, program.out);
    return exit_code::done;
}

}  // namespace

void add_case_part(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<PartOptions>();
    CLI::App* command = matter.add_subcommand("part", "a frame, hold or filing of the account: entities, populations, places, contracts, events, series, holds, filings");
    add_writer_options(*command, asked->writer);
    command->add_option("--path", asked->path, "list and id, or two of them: --path holds police-1")->required()->expected(2, 4);
    command->add_option("--members", asked->members, "as in an incident file, without id and facts: '{\"kind\":\"police_request\", ...}'")->required();
    on_chosen_with_law(*command, program, asked->writer.file, [asked, program](Session& session) { return run_part(session, *asked, program); });
}

}  // namespace duenotice
