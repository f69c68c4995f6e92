// `case assert`, `case correct`: one statement of a fact, read as the account would be with it before it is recorded.
#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/case_command.h"
#include "tools/case_frame.h"
#include "tools/case_writing.h"

namespace duenotice {

namespace {

struct StatementOptions {
    CaseWriterOptions writer;
    FrameOptions frame;
    std::string fact, value, learned_at, true_since, said_by, source, document, reason, second;
    bool privileged = false;
    std::int64_t entry = -1;
};

/// A word, a whole number, or JSON as in an incident file.
JsonValue value_asked(const std::string& text) {
    const bool whole = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    if (!whole && (text.empty() || std::string_view("{[\"").find(text.front()) == std::string_view::npos)) return json_text(text);
    auto value = read_canonical_source(std::make_shared<const SourceText>("VALUE", text));
    if (!value) throw InputMistakes{value.diagnostics};
    return std::move(*value);
}

/// The value with what the options say about it.
JsonValue statement_asked(const StatementOptions& asked) {
    JsonValue statement = value_asked(asked.value);
    const std::pair<const char*, const std::string*> options[] = {{"learned_at", &asked.learned_at}, {"true_since", &asked.true_since}, {"by", &asked.said_by}, {"source", &asked.source}};
    for (const auto& [name, text] : options) {
        if (text->empty()) continue;
        if (!statement.is_object()) {
            JsonValue object = json_object();
            json_add(object, "value", std::move(statement));
            statement = std::move(object);
        }
        if (statement.find(name) != nullptr) refuse(asked.writer.file, fmt::format("`{}` stands in the value and in an option", name));
        json_add(statement, name, json_text(*text));
    }
    return statement;
}

JsonValue document_of(const std::string& path) {
    const std::string bytes = read_file(path);
    JsonValue document = json_object();
    json_add(document, "name", json_text(std::filesystem::path(path).filename().string()));
    json_add(document, "bytes", json_whole(static_cast<std::int64_t>(bytes.size())));
    json_add(document, "sha256", json_text(sha256_hex(bytes)));
    return document;
}

/// The entry that is put right: the one named, which must be what counts now.
std::uint64_t corrected(const StatementOptions& asked, const FactEntry& fact, const CaseWriting& writing, const CaseFile& file) {
    if (const auto again = file.store().seq_of_key(writing.writer().idem))
        if (const auto written = read_fact(file.entry(*again)); written && written->corrects) return *written->corrects;
    const auto current = current_statement(writing.entries(), fact.path, fact.fact);
    if (!current) refuse(asked.writer.file, fmt::format("the record says nothing of {}", fact_words(fact.path, fact.fact)), "`case assert` states it");
    if (asked.entry >= 0 && static_cast<std::uint64_t>(asked.entry) != *current) refuse(asked.writer.file, fmt::format("entry {} is not what counts now for {}; entry {} is", asked.entry, fact_words(fact.path, fact.fact), *current));
    return *current;
}

int run_statement(Session& session, const StatementOptions& asked, bool correction, std::int64_t now, std::ostream& out) {
    CaseWriting writing(asked.writer, now, Deed::State);
    if (asked.fact.starts_with("judged.")) refuse(asked.writer.file, fmt::format("`{}` is a judgement", asked.fact), "`case judge` records it, with who decided and why");
    FactEntry fact{path_asked(asked.frame, asked.writer.file), asked.fact, statement_asked(asked), asked.reason, {}, {}};
    if (!asked.document.empty()) fact.document = document_of(asked.document);
    if (correction) fact.corrects = corrected(asked, fact, writing, writing.file());
    if (!has_part(writing.entries(), fact.path)) refuse(asked.writer.file, fmt::format("the account has no {}", fact_words(fact.path, "frame")), "`case import` brings frames with an incident file");
    Entry entry = fact_entry(fact, writing.writer());
    if (asked.privileged) entry.fields["label"] = json_text("privileged");
    set_text(entry, "second", asked.second);
    if (!writing.written(entry)) writing.read_account(session, {entry});
    writing.record({entry}, out);
    return exit_code::done;
}

void add_statement(CLI::App& matter, const CaseProgram& program, bool correction) {
    const auto asked = std::make_shared<StatementOptions>();
    CLI::App* command = matter.add_subcommand(correction ? "correct" : "assert", correction ? "put a statement right: the old one stays, and why it was wrong" : "state a fact");
    add_writer_options(*command, asked->writer);
    command->add_option("FACT", asked->fact, "name of the fact: people.affected")->required();
    command->add_option("VALUE", asked->value, "a word, a number, an instant, or JSON as in an incident file: '{\"at_least\":240}'")->required();
    add_frame_options(*command, asked->frame);
    command->add_option("--learned-at", asked->learned_at, "when it was learned; left out: not known when, by the time of recording at the latest");
    command->add_option("--true-since", asked->true_since, "since when it was so");
    command->add_option("--said-by", asked->said_by, "who says so");
    command->add_option("--source", asked->source, "ticket, page, list");
    command->add_option("--document", asked->document, "file that it was taken from: its name, size and SHA-256 are recorded");
    command->add_flag("--privileged", asked->privileged, "the statement is under legal privilege: no packet with it can be drafted");
    if (correction) command->add_option("--second", asked->second, "who agreed to the correction");
    if (correction) command->add_option("--reason", asked->reason, "why the old statement was wrong")->required();
    if (correction) command->add_option("--entry", asked->entry, "the entry that is put right; default: what counts now")->check(CLI::NonNegativeNumber);
    on_chosen_with_law(*command, program, asked->writer.file, [asked, program, correction](Session& session) { return run_statement(session, *asked, correction, program.clock(), program.out); });
}

}  // namespace

void add_case_statements(CLI::App& matter, const CaseProgram& program) {
    add_statement(matter, program, false);
    add_statement(matter, program, true);
}

}  // namespace duenotice
