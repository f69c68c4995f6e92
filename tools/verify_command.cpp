// `verify FOLDER`: whether a bundle holds, and whether its assessments follow from it. `witness`: the head that somebody outside keeps, and refuses to go back from.
#include <filesystem>
#include <optional>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/bundle_verifier.h"
#include "engine/record/leaf_chain.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "tools/atomic_file.h"
#include "tools/bundle_folder.h"
#include "tools/held_outside.h"
#include "tools/record_command.h"
#include "tools/replay_lines.h"
#include "tools/verdict_lines.h"
#include "tools/workbook_lines.h"

namespace duenotice {

namespace {

struct OutsideOptions {
    std::string folder, held_key, held_checkpoint, authorities;  ///< verify
    std::string state;                                           ///< witness
    std::string workbook;
    bool no_replay = false;
    std::size_t sample = 0;  ///< assessments that are made again; 0: all
};

/// The tree of a record that is sound, and its signed head.
struct Seen {
    LeafChain chain{[](const std::string&, std::optional<std::uint64_t>) {}};
    std::string note;
    std::vector<Finding> findings;
};

void look_at_case(const std::string& path, const Outside& outside, Seen& seen) {
    seen.findings = verify_record(path, outside).findings;
    const CaseStore store = CaseStore::open(path, false);
    const auto head = store.last_checkpoint();
    const std::uint64_t size = head ? head->size : 0;
    store.each_leaf([&](const LeafRow& row) {
        if (row.seq < size) seen.chain.add(row.bytes);
    });
    seen.note = head ? head->note : "";
}

void look_at_bundle(const std::string& folder, const Outside& outside, Seen& seen) {
    const BundleFiles files = read_folder(folder);
    seen.findings = verify_bundle(files, {outside, "", false}).findings;
    if (!seen.findings.empty()) return;
    const std::string& lines = files.at("leaves.jsonl");
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = lines.find('\n', at);
        seen.chain.add(std::string_view(lines).substr(at, end - at));
        at = end + 1;
    }
    seen.note = files.at("checkpoint.note");
}

/// What the witness keeps: a line with the key, then the head.
std::string state_text(const std::string& key, const std::string& note) { return key + "\n" + note; }

/// The assessments of a bundle that is whole, made again with the law, calendars and zones in it. False where one was not.
bool assessed_again(const OutsideOptions& asked, const BundleFiles& files, BundleVerdict& verdict, const CaseProgram& program) {
    const auto of_bundle = [&files](const std::string& sha256) {
        const auto found = files.find("artefacts/" + sha256);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    };
    const KeptRecord record{asked.folder, std::move(verdict.content), of_bundle, std::move(verdict.withheld_fields)};
    const auto all = assessments_of(record.entries);
    const auto chosen = spread_sample(all, asked.sample);
    const Replayed replayed = replay_lines(record, chosen, program.options, program.out);
    if (chosen.size() < all.size()) program.out << fmt::format("a sample: {} of {} assessments\n", chosen.size(), all.size());
    if (!replayed.holds()) program.out << "NOT MADE AGAIN: the record is whole; that its assessments follow from it was not shown\n";
    return replayed.holds();
}

int verify_workbook(const OutsideOptions& asked, std::ostream& out) {
    const bool same = same_workbook(asked.workbook, read_file(asked.workbook), asked.folder, read_file(asked.folder), out);
    return same ? exit_code::done : exit_code::failed;
}

/// The workbook in the bundle and one that somebody brings, against the lines of the bundle.
bool workbooks_hold(const OutsideOptions& asked, const BundleFiles& files, std::ostream& out) {
    const auto lines = files.find("evidence.jsonl"), book = files.find("evidence.xlsx");
    const std::string name = asked.folder + "/evidence.jsonl";
    if (lines == files.end() && !asked.workbook.empty()) throw FileError(name, "is not there; the bundle was made without --workbook");
    bool hold = true;
    if (lines != files.end() && book != files.end() && !asked.no_replay) hold = same_workbook(asked.folder + "/evidence.xlsx", book->second, name, lines->second, out);
    if (!asked.workbook.empty()) hold = same_workbook(asked.workbook, read_file(asked.workbook), name, lines->second, out) && hold;
    if (!hold) out << "OTHER WORKBOOK: the record is whole; the workbook does not say what came with it\n";
    return hold;
}

int verify(const OutsideOptions& asked, const CaseProgram& program) {
    std::ostream& out = program.out;
    std::error_code ignored;
    if (!asked.workbook.empty() && std::filesystem::is_regular_file(asked.folder, ignored)) return verify_workbook(asked, out);
    BundleOutside outside;
    outside.kept = held_outside(asked.folder, asked.held_key, asked.held_checkpoint);
    outside.replay = !asked.no_replay;
    if (!asked.authorities.empty()) outside.authorities_pem = read_file(asked.authorities, 1U << 20U);
    const BundleFiles files = read_folder(asked.folder);
    BundleVerdict verdict = verify_bundle(files, outside);
    print_findings(verdict.findings, out);
    print_signatures(verdict.signatures, out);
    out << fmt::format("{}: edition {}, {}, {} given, {} withheld, {} erased, {}, {}, {}, root {}\n", asked.folder, escape_terminal(verdict.edition), count_words(verdict.entries, "entry", "entries"), count_words(verdict.openings, "field", "fields"), verdict.withheld, verdict.erased,
                       count_words(verdict.artefacts, "artefact", "artefacts"), count_words(verdict.proofs, "proof", "proofs"), count_words(verdict.tokens, "time stamp", "time stamps"), hex_digits(verdict.root));
    if (!verdict.whole()) {
        out << (verdict.first_bad ? fmt::format("DOES NOT HOLD; the first bad entry is {}\n", *verdict.first_bad) : std::string("DOES NOT HOLD\n"));
        return exit_code::failed;
    }
    out << "holds: every entry, its order and its content are those that were signed\n";
    if (!outside.kept.key) out << "The key is the one that the record names itself; --held-key gives the one that you were handed.\n";
    if (outside.kept.checkpoint.empty()) out << "Without --held-checkpoint nobody can tell whether the record was cut back or begun anew by who holds its key.\n";
    if (verdict.tokens > 0 && outside.authorities_pem.empty()) out << "Without --tsa-ca the signatures of time stamps are not looked at.\n";
    const bool signatures = signatures_hold(verdict.signatures, out);
    const bool workbooks = workbooks_hold(asked, files, out);
    const bool again = asked.no_replay || assessed_again(asked, files, verdict, program);
    return signatures && workbooks && again ? exit_code::done : exit_code::failed;
}

int witness(const OutsideOptions& asked, std::ostream& out) {
    std::error_code ignored;
    std::string kept_key, kept_note;
    const bool first = !std::filesystem::exists(asked.state, ignored);
    if (!first) {
        const std::string state = read_file(asked.state, 1U << 20U);
        const std::size_t end = state.find('\n');
        kept_key = state.substr(0, end);
        kept_note = end == std::string::npos ? "" : state.substr(end + 1);
        if (!parse_note_key(kept_key) || kept_note.empty()) throw FileError(asked.state, "is no state of a witness");
    }
    if (first && asked.held_key.empty()) refuse(asked.state, "a witness begins with the key that it was handed", "--held-key NAME+ID+KEY");
    Outside outside = held_outside(asked.folder, first ? asked.held_key : kept_key, "");
    outside.checkpoint = kept_note;
    Seen seen;
    if (std::filesystem::is_directory(asked.folder, ignored)) look_at_bundle(asked.folder, outside, seen);
    else look_at_case(asked.folder, outside, seen);
    print_findings(seen.findings, out);
    if (!seen.findings.empty()) {
        out << "REFUSED: the head that is kept stays as it was\n";
        return exit_code::failed;
    }
    write_file(asked.state, state_text(outside.key->text(), seen.note));
    out << fmt::format("{}: {}, root {}, kept in {}\n", first ? "first head" : "goes on from the head that was kept", count_words(seen.chain.size(), "entry", "entries"), hex_digits(seen.chain.root(seen.chain.size())), asked.state);
    return exit_code::done;
}

}  // namespace

void add_verify(CLI::App& app, const CaseProgram& program) {
    const auto asked = std::make_shared<OutsideOptions>();
    CLI::App* command = app.add_subcommand("verify", "whether an evidence bundle is a whole record as it was signed");
    command->add_option("FOLDER", asked->folder, "the bundle; with --workbook also a file of its JSON lines")->required();
    command->add_option("--workbook", asked->workbook, "a workbook or working paper (.xlsx): each cell of evidence is compared, reviewers' columns are passed over");
    command->add_option("--held-key", asked->held_key, "the key that you were handed: NAME+ID+KEY, or a file with it");
    command->add_option("--held-checkpoint", asked->held_checkpoint, "file of a checkpoint that you kept");
    command->add_option("--tsa-ca", asked->authorities, "certificates of stamping authorities (PEM)");
    CLI::Option* none = command->add_flag("--no-replay", asked->no_replay, "do not make the account and the assessments again: what tools/verify_bundle.py and tools/verify_signatures.py do");
    command->add_option("--replay-sample", asked->sample, "make so many of the assessments again, the first, the last and evenly between; default: all")->check(CLI::PositiveNumber)->excludes(none);
    on_chosen(*command, program, asked->folder, [asked, program] { return verify(*asked, program); });
    CLI::App* keep = app.add_subcommand("witness", "keep the newest head of a record, and refuse one that does not go on from it");
    keep->add_option("STATE", asked->state, "file that the witness keeps")->required();
    keep->add_option("RECORD", asked->folder, "case file or bundle")->required();
    keep->add_option("--held-key", asked->held_key, "the first time: the key that you were handed");
    on_chosen(*keep, program, asked->folder, [asked, program] { return witness(*asked, program.out); });
}

}  // namespace duenotice
