// `case bundle`: the evidence of a record as one folder, entered in its register of exports. `case timestamp`: a request
// for a stamping authority, and its reply attached.
#include <charconv>
#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "engine/record/bundle.h"
#include "engine/record/timestamp.h"
#include "reports/evidence_lines.h"
#include "reports/outlook.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"
#include "tools/evidence_command.h"
#include "tools/record_command.h"
#include "tools/replay_lines.h"

namespace duenotice {

namespace {

constexpr std::size_t most_token_bytes = 1U << 20U;

struct BundleOptions {
    CaseWriterOptions writer;
    std::string out_folder, recipient, ground, group;
    EditionChoice edition;
    std::vector<std::string> withheld;  ///< ENTRY:FIELD
    bool workbook = false, no_replay = false;
};

struct TimestampOptions {
    CaseWriterOptions writer;
    std::string request, reply, authorities;
};

class Bundling {
public:
    Bundling(const BundleOptions& asked, const CaseProgram& program)
        : asked_(asked), program_(program), writing_(asked.writer, program.clock(), Deed::Export), edition_(settled(asked.edition, writing_.entries(), asked.writer.actor, asked.writer.file)) {}

    int run() {
        std::error_code ignored;
        const bool there = std::filesystem::exists(std::filesystem::symlink_status(asked_.out_folder, ignored));
        if (there && !(std::filesystem::is_directory(asked_.out_folder, ignored) && std::filesystem::is_empty(asked_.out_folder, ignored)))
            throw FileError(asked_.out_folder, "stands there already; a bundle goes into a folder of its own");
        BundleRequest request{edition_.edition, {}, {}};
        request.withheld = withheld(request);
        const BundleFiles files = make_bundle(writing_.file(), request);
        Export made{0, writing_.entries().size(), edition_.edition, sha256_hex(files.at("manifest.json")), asked_.recipient, "", {}};
        for (const auto& [field, ground] : request.withheld) made.withheld.insert(field);
        // WHY first: an export that is in the register and was never made does no harm; the other way about does.
        writing_.record({export_entry(made, writing_.writer())}, program_.out);
        write_bundle(asked_.out_folder, files);
        program_.out << fmt::format("{}: {}, edition {}, {} withheld, {}\n", asked_.out_folder, count_words(made.entries, "entry", "entries"), edition_.edition, made.withheld.size(), count_words(files.size(), "file", "files"));
        program_.out << "Hand it over, and by another way the line of the key: " << writing_.file().key().text() << "\n";
        if (!asked_.no_replay) replayed(made.withheld);
        return exit_code::done;
    }

private:
    /// What whoever verifies it will see; the bundle is written all the same, for it is the record as it is.
    void replayed(const std::set<FieldOfEntry>& withheld) {
        KeptRecord record = kept_record(writing_.file(), writing_.entries());
        for (const auto& [seq, field] : withheld) record.entries[static_cast<std::size_t>(seq)].fields.erase(field);
        record.withheld = withheld;
        if (!replay_lines(record, assessments_of(record.entries), program_.options, program_.out).holds()) program_.err << "beware: `verify` will not make every assessment of this bundle again\n";
    }

    /// By the edition, whose workbook is made on the way where one is asked for, and by hand.
    std::map<FieldOfEntry, std::string> withheld(BundleRequest& request) const {
        std::map<FieldOfEntry, std::string> fields = left_out(asked_.workbook || !edition_.needs_no_law() ? workbook(request) : edition_subject(edition_), writing_.entries());
        for (const std::string& text : asked_.withheld) {
            const std::size_t colon = text.find(':');
            std::uint64_t seq = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + std::min(colon, text.size()), seq);
            if (colon == std::string::npos || error != std::errc() || end != text.data() + colon) refuse(asked_.writer.file, fmt::format("`{}` names no field to withhold", text), "ENTRY:FIELD, as 12:statement");
            if (asked_.ground.empty()) refuse(asked_.writer.file, "what is withheld has a --ground");
            fields[{seq, text.substr(colon + 1)}] = asked_.ground;
        }
        return fields;
    }

    /// The sheets over the account as it stands, made beside the target; whom they are about.
    EditionSubject workbook(BundleRequest& request) const {
        if (asked_.workbook && !asked_.withheld.empty()) refuse(asked_.writer.file, "a workbook would show what --withhold leaves out", "an edition alone, or no --workbook");
        Options options = program_.options;
        options.account = asked_.writer.actor;
        Session session(options);
        const EvidenceCopy made = make_evidence(session, {asked_.writer.file, asked_.group, {}, {}, {}, edition_});
        if (asked_.workbook) {
            request.beside["evidence.xlsx"] = workbook_bytes(made.sheets, made.meta, asked_.out_folder + "." + std::to_string(::getpid()) + ".xlsx");
            request.beside["evidence.jsonl"] = evidence_lines(made.sheets);
        }
        return made.subject;
    }

    const BundleOptions& asked_;
    const CaseProgram& program_;
    CaseWriting writing_;
    EditionChoice edition_;
};

/// The lines that are stamped, for a head of so many entries.
std::string stamped_text(const CaseFile& file, std::uint64_t size) {
    const CaseStore& store = file.store();
    return checkpoint_text({file.origin(), size, tree_root(size, [&store](unsigned level, std::uint64_t index) { return store.node(level, index); }), {}});
}

int attach(const TimestampOptions& asked, const CaseProgram& program) {
    if (asked.writer.actor.empty()) refuse(asked.writer.file, "an entry has an --actor");
    CaseWriting writing(asked.writer, program.clock(), Deed::Export);
    const CaseFile& file = writing.file();
    const ArtefactBytes token{std::string(timestamp_type), read_file(asked.reply, most_token_bytes)};
    Stamped stamped;
    if (const std::string mistake = read_reply(token.bytes, stamped); !mistake.empty()) refuse(asked.reply, mistake, "the reply to a request that `case timestamp --request` wrote");
    std::uint64_t covered = 0;
    for (std::uint64_t size = file.size(); size > 0 && covered == 0; --size) {
        const Digest digest = sha256(stamped_text(file, size));
        if (stamped.imprint == std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size())) covered = size;
    }
    if (covered == 0) refuse(asked.reply, "it stamps no head of this record");
    if (!asked.authorities.empty())
        if (const std::string mistake = check_reply(token.bytes, stamped_text(file, covered), read_file(asked.authorities, most_token_bytes)); !mistake.empty()) refuse(asked.reply, "its signature does not hold: " + mistake);
    Entry entry;
    entry.kind = "timestamp";
    entry.actor = writing.writer().actor;
    entry.idem = writing.writer().idem;
    entry.refs = {{"size", static_cast<std::int64_t>(covered)}, {"token_artefact", token.reference()}};
    entry.artefacts = {token};
    writing.record({entry}, program.out);
    program.out << fmt::format("the first {} were there by {}{}\n", count_words(covered, "entry", "entries"), stamped.time, asked.authorities.empty() ? "; the signature was not looked at (--tsa-ca)" : "");
    return exit_code::done;
}

int timestamp(const TimestampOptions& asked, const CaseProgram& program) {
    if (asked.request.empty() == asked.reply.empty()) refuse(asked.writer.file, "either --request, a file to write, or --attach, a reply to record");
    if (!asked.reply.empty()) return attach(asked, program);
    const CaseFile file = CaseFile::open(asked.writer.file, false);
    write_file(asked.request, timestamp_query(stamped_text(file, file.size())));
    program.out << fmt::format("{}: a request for a time stamp over {}; send it to a stamping authority and --attach its reply\n", asked.request, count_words(file.size(), "entry", "entries"));
    return exit_code::done;
}

}  // namespace

void add_case_bundle(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<BundleOptions>();
    CLI::App* bundle = matter.add_subcommand("bundle", "the evidence as one folder that an auditor verifies alone; entered in the register of exports");
    add_writer_options(*bundle, asked->writer);
    bundle->add_option("--out", asked->out_folder, "folder to write, new or empty")->required();
    bundle->add_option("--recipient", asked->recipient, "who is given it, for the register")->required();
    add_edition_options(*bundle, asked->edition);
    bundle->add_option("--withhold", asked->withheld, "ENTRY:FIELD that is left out, repeatable");
    bundle->add_option("--ground", asked->ground, "why it is left out");
    bundle->add_option("--group", asked->group, "group profile for the workbook; default: the one that the account names");
    bundle->add_flag("--no-replay", asked->no_replay, "do not make the assessments again to see what `verify` will say of them");
    bundle->add_flag("--workbook", asked->workbook, "with the evidence workbook (evidence.xlsx) and the same values as JSON lines (evidence.jsonl)");
    on_chosen(*bundle, program, asked->writer.file, [asked, program] { return Bundling(*asked, program).run(); });
    const auto stamp = std::make_shared<TimestampOptions>();
    CLI::App* command = matter.add_subcommand("timestamp", "a time stamp by an authority (RFC 3161): the request for it, and its reply recorded; nothing is sent");
    command->add_option("FILE", stamp->writer.file, "case file")->required();
    command->add_option("--actor", stamp->writer.actor, "who records it: a code of a person or system");
    command->add_option("--key", stamp->writer.key_file, "file of the private key; default: FILE.key");
    command->add_option("--idem", stamp->writer.idem, "key of idempotency");
    command->add_option("--request", stamp->request, "file to write the request into");
    command->add_option("--attach", stamp->reply, "file of the authority's reply");
    command->add_option("--tsa-ca", stamp->authorities, "certificates of the authority (PEM): its signature is looked at");
    on_chosen(*command, program, stamp->writer.file, [stamp, program] { return timestamp(*stamp, program); });
}

}  // namespace duenotice
