#include "tools/case_command.h"

#include <filesystem>
#include <map>
#include <ostream>
#include <set>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/account_entries.h"
#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "engine/record/record_verifier.h"
#include "engine/record/statement_words.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "reports/text_layout.h"
#include "tools/atomic_file.h"
#include "tools/case_file_door.h"
#include "tools/held_outside.h"
#include "tools/verdict_lines.h"

namespace duenotice {

namespace {

struct RecordOptions {
    CaseWriterOptions writer;
    std::string incident, title, group;           ///< init
    bool sealed = false;                          ///< init
    std::int64_t entries = -1;                    ///< show, log: only the first so many
    std::string fact;                             ///< log
    std::string held_key, held_checkpoint;        ///< verify
};

std::uint64_t size_asked(const CaseFile& file, const RecordOptions& asked, const Options& options) {
    const std::uint64_t size = file.size();
    const std::int64_t most = options.at_entry < 0 ? asked.entries : options.at_entry + 1;
    return most < 0 ? size : std::min(size, static_cast<std::uint64_t>(most));
}

/// Codes of the records in the same folder; one that cannot be read has none.
std::set<std::string> codes_beside(const std::string& case_file) {
    std::set<std::string> codes;
    std::error_code stopped;
    const std::filesystem::path path = std::filesystem::absolute(case_file, stopped);
    std::vector<std::string> names;
    try {
        names = files_within(path.parent_path().string());
    } catch (const FileError&) {  // what cannot be listed holds no name that looks like another
    }
    for (const std::string& name : names) {
        const std::string beside = (path.parent_path() / name).string();
        if (name == path.filename() || !is_case_file(beside)) continue;
        try {
            codes.insert(CaseFile::open(beside, false).incident());
        } catch (const RecordError&) {
            continue;
        }
    }
    return codes;
}

int init(const RecordOptions& asked, const CaseProgram& program) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(asked.writer.file, ignored))) throw FileError(asked.writer.file, "stands there already");
    JsonValue members = json_object();
    if (!asked.title.empty()) json_add(members, "title", json_text(asked.title));
    if (!asked.group.empty()) json_add(members, "group", json_text(asked.group));
    bool made = false;
    const std::string key_file = key_path(asked.writer.file, asked.writer.key_file);
    const SigningKey key = read_or_make_key(key_file, made);
    Entry opened;
    opened.actor = asked.writer.actor;
    opened.idem = asked.writer.idem.empty() ? fresh_key_of_idempotency() : asked.writer.idem;
    opened.fields["path"] = JsonValue{JsonValue::Kind::Array, false, {}, {}, {}, {}};
    opened.fields["members"] = members;
    const auto content_key = asked.sealed ? std::optional(ContentKey::generate()) : std::nullopt;
    const std::string content_key_file = content_key ? content_key_path(asked.writer.file, content_key->file_name()) : "";
    // WHY first: content whose key is on no disk would be lost.
    if (content_key) write_file(content_key_file, content_key->text());
    const CaseFile file = [&] {
        try {
            return CaseFile::create(asked.writer.file, asked.incident, key, opened, program.clock(), content_key);
        } catch (...) {
            if (content_key) ::unlink(content_key_file.c_str());  // made just now, and of no use
            throw;
        }
    }();
    program.out << fmt::format("record of {} begun: {}\nsigned by {} (private key {}: {})\n", file.incident(), asked.writer.file, file.key().text(), made ? "made" : "used", key_file);
    program.out << "Give the line with the key to whoever will verify; keep the private key apart from the record.\n";
    if (content_key)
        program.out << indented(fmt::format("content sealed by {}: whoever lacks this file reads nothing of the content, and no backup of the record has it. Keep two copies, apart from the record. Once the last one is destroyed the content is gone, and the record still verifies.", escape_terminal(content_key_file)), 0, line_width);
    tell_lookalikes(lookalikes(file.incident(), codes_beside(asked.writer.file)), program.out);
    return exit_code::done;
}

std::string counted(const std::map<std::string, std::size_t>& kinds) {
    std::string words;
    for (const auto& [kind, count] : kinds) words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, kind);
    return words;
}

int status(const RecordOptions& asked, const CaseProgram& program) {
    const CaseFile file = CaseFile::open(asked.writer.file, false);
    std::map<std::string, std::size_t> kinds;
    const auto entries = file.entries(file.size());
    for (const RecordedEntry& entry : entries) ++kinds[entry.leaf.kind];
    program.out << fmt::format("incident   {}\nentries    {}\n{}last       {} by {}\norigin     {}\nkey        {}\ncheckpoint\n\n{}", file.incident(), entries.size(), indented(counted(kinds), 11, line_width), entries.back().leaf.rec, entries.back().leaf.actor, file.origin(), file.key().text(), file.checkpoint());
    return exit_code::done;
}

int open_case(const RecordOptions& asked, const CaseProgram& program) {
    const CaseFile file = CaseFile::open(asked.writer.file, true);
    program.out << fmt::format("{}: record of {}, {} under a checkpoint that holds (`case verify` looks at each)\n", asked.writer.file, file.incident(), count_words(file.size(), "entry", "entries"));
    return exit_code::done;
}

constexpr std::size_t most_listed = 12;  ///< of one field in a line of the log

/// `2026-11-20 22:14:00` of the time that the record has, UTC.
std::string log_time(const std::string& recorded) { return recorded.substr(0, 10) + " " + recorded.substr(11, 8); }

std::string log_words(const RecordedEntry& entry) {
    if (const auto fact = read_fact(entry)) {
        std::string words = fact_words(fact->path, fact->fact) + ": " + statement_words(fact->statement), about;
        for (const auto& [name, said] : {std::pair("by", "said by "), {"learned_at", "learned "}, {"second", "with "}, {"reasons", "because "}})
            if (const std::string text = fact->statement.is_object() ? member_text(fact->statement, name) : ""; !text.empty()) about += (about.empty() ? "" : ", ") + std::string(said) + text;
        if (const std::string advice = field_text(entry, "advice"); !advice.empty()) about += (about.empty() ? "" : ", ") + std::string("advice ") + advice;
        if (!about.empty()) words += " (" + about + ")";
        if (fact->corrects) words += fmt::format(" puts right {}: {}", *fact->corrects, fact->reason);
        if (fact->document) words += " from " + canonical_json(*fact->document);
        return words;
    }
    std::string words;
    for (const auto& [field, by] : entry.erased) words += fmt::format("{}{} erased by entry {}", words.empty() ? "" : ", ", field, by);
    for (const auto& [field, value] : entry.fields) {
        const bool long_list = value.is_array() && value.items.size() > most_listed;
        words += (words.empty() ? "" : " ") + field + " " + (long_list ? fmt::format("({} items; --format json has them)", value.items.size()) : canonical_json(value));
    }
    for (const auto& [name, reference] : entry.leaf.refs) {
        const auto* text = std::get_if<std::string>(&reference);
        words += (words.empty() ? "" : " ") + name + " " + (text != nullptr ? *text : std::to_string(std::get<std::int64_t>(reference)));
    }
    return words;
}

std::string log_line(const RecordedEntry& entry) {
    JsonValue object = json_object(), fields = json_object(), refs = json_object();
    const Leaf& leaf = entry.leaf;
    json_add(object, "seq", json_whole(static_cast<std::int64_t>(leaf.seq)));
    for (const auto& [name, text] : {std::pair<const char*, std::string>{"kind", leaf.kind}, {"rec", leaf.rec}, {"actor", leaf.actor}, {"idem", leaf.idem}, {"valid_from", leaf.valid_from}, {"valid_to", leaf.valid_to}})
        if (!text.empty()) json_add(object, name, json_text(text));
    for (const auto& [field, value] : entry.fields) json_add(fields, field, value);
    for (const auto& [name, reference] : leaf.refs) {
        const auto* text = std::get_if<std::string>(&reference);
        json_add(refs, name, text != nullptr ? json_text(*text) : json_whole(std::get<std::int64_t>(reference)));
    }
    json_add(object, "fields", std::move(fields));
    json_add(object, "refs", std::move(refs));
    return canonical_json(object);
}

int log(const RecordOptions& asked, const CaseProgram& program) {
    ReadCase read = read_case_file(asked.writer.file, Deed::Read, program.options);
    withhold_privileged(read.entries, program.options);
    read.entries.resize(size_asked(read.file, asked, program.options));
    for (const RecordedEntry& entry : read.entries) {
        const auto fact = read_fact(entry);
        if (!asked.fact.empty() && (!fact || fact->fact != asked.fact)) continue;
        if (program.options.format == "json") program.out << log_line(entry) << "\n";
        else program.out << fmt::format("{:>5}  {}  {:<10}  {:<12}  {}\n", entry.leaf.seq, log_time(entry.leaf.rec), entry.leaf.kind, entry.leaf.actor, escape_terminal(log_words(entry)));
    }
    return exit_code::done;
}

constexpr const char* sealed_words = "holds as far as can be seen: every entry and its order are those that were\nsigned. The content is sealed: without its key neither content nor signatures of\npersons were looked at.\n";

int verify(const RecordOptions& asked, const CaseProgram& program) {
    const Outside outside = held_outside(asked.writer.file, asked.held_key, asked.held_checkpoint);
    const RecordVerdict verdict = verify_record(asked.writer.file, outside);
    print_findings(verdict.findings, program.out);
    print_signatures(verdict.signatures, program.out);
    program.out << fmt::format("{}: {} and {}, root {}\n", asked.writer.file, count_words(verdict.entries, "entry", "entries"), count_words(verdict.checkpoints, "checkpoint", "checkpoints"), hex_digits(verdict.root));
    if (!verdict.whole()) {
        program.out << (verdict.first_bad ? fmt::format("DOES NOT HOLD; the first bad entry is {}\n", *verdict.first_bad) : std::string("DOES NOT HOLD\n"));
        return exit_code::failed;
    }
    program.out << (verdict.sealed ? sealed_words : "holds: every entry, its content and its order are those that were signed\n");
    if (!outside.key) program.out << "The key is the one that the record names itself; --held-key gives the one that you were handed.\n";
    if (outside.checkpoint.empty()) program.out << "Without --held-checkpoint nobody can tell whether the record was cut back or begun anew by who holds its key.\n";
    return signatures_hold(verdict.signatures, program.out) ? exit_code::done : exit_code::failed;
}

int show(const RecordOptions& asked, const CaseProgram& program) {
    ReadCase read = read_case_file(asked.writer.file, Deed::Read, program.options);
    // WHY as erased: the account of somebody who may not read a statement leaves its fact open, and states nothing else.
    for (const std::uint64_t seq : withhold_privileged(read.entries, program.options)) {
        read.entries[static_cast<std::size_t>(seq)].fields.erase("statement");
        read.entries[static_cast<std::size_t>(seq)].erased["statement"] = seq;
        program.err << fmt::format("withheld: the statement of entry {} is not for this account, and its fact is left open here\n", seq);
    }
    read.entries.resize(size_asked(read.file, asked, program.options));
    program.out << account_text(read.entries, program.options.known_at);
    return exit_code::done;
}

}  // namespace

void add_case_record(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<RecordOptions>();
    const auto add = [&](const char* name, const char* help, int (*run)(const RecordOptions&, const CaseProgram&)) {
        CLI::App* command = matter.add_subcommand(name, help);
        on_chosen(*command, program, asked->writer.file, [asked, program, run] { return run(*asked, program); });
        return command;
    };
    const auto reads = [&](CLI::App* command) {
        command->add_option("FILE", asked->writer.file, "case file")->required();
        return command;
    };
    CLI::App* init_command = add("init", "begin a record, with a key that signs it", init);
    add_writer_options(*init_command, asked->writer);
    init_command->add_option("--id", asked->incident, "code of the incident")->required();
    init_command->add_option("--title", asked->title, "title of the incident");
    init_command->add_flag("--sealed", asked->sealed, "encrypt the content with a key of its own, a file beside the case file or in the folder DUENOTICE_CONTENT_KEYS");
    init_command->add_option("--group", asked->group, "group profile that the account will name");
    reads(add("open", "whether it opens: tables, newest signature, tree", open_case));
    reads(add("status", "how many entries of which kind, key, newest checkpoint", status));
    CLI::App* show_command = reads(add("show", "the account as an incident file; with --known-at as it stood then", show));
    show_command->add_option("--entries", asked->entries, "of the first so many entries")->check(CLI::NonNegativeNumber);
    CLI::App* log_command = reads(add("log", "the entries in order; --format json for one line of JSON each", log));
    log_command->add_option("--entries", asked->entries, "only the first so many")->check(CLI::NonNegativeNumber);
    log_command->add_option("--fact", asked->fact, "only those on this fact");
    CLI::App* verify_command = reads(add("verify", "whether every entry, its content and the order are those that were signed", verify));
    verify_command->add_option("--held-key", asked->held_key, "the key that you were handed: NAME+ID+KEY, or a file with it");
    verify_command->add_option("--held-checkpoint", asked->held_checkpoint, "file of a checkpoint that you kept");
}

}  // namespace duenotice
