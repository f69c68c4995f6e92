// `case backup`: a copy while others write, verified before it appears under its name. `case restore`: a copy back, verified,
// where nothing stands. `case fsck`: what is damaged, from which entry on, and what helps.
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "engine/record/record_verifier.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "tools/atomic_file.h"
#include "tools/held_outside.h"
#include "tools/record_command.h"
#include "tools/verdict_lines.h"

namespace duenotice {

namespace {

struct CopyOptions {
    std::string from, to, held_key, held_checkpoint;
};

void must_be_free(const std::string& path) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
        if (std::filesystem::exists(std::filesystem::symlink_status(path + ending, ignored))) throw FileError(path + ending, "stands there already; move it away first");
}

/// Under its name only when it is whole and verifies.
int copy(const CopyOptions& asked, const char* word, std::ostream& out) {
    must_be_free(asked.to);
    Outside outside = held_outside(asked.from, asked.held_key, asked.held_checkpoint);
    const std::string draft = asked.to + "." + std::to_string(::getpid()) + ".part";
    RecordVerdict verdict;
    try {
        CaseStore::open(asked.from, false).copy_to(draft);
        verdict = verify_record(draft, outside, asked.from);
        if (!verdict.whole()) {
            const Finding& first = verdict.findings.front();
            throw FileError(asked.from, fmt::format("does not verify{}: {}; `case fsck` says more", first.seq ? fmt::format(" at entry {}", *first.seq) : "", first.words));
        }
        // WHY a link: a rename would replace what somebody put there meanwhile.
        if (::link(draft.c_str(), asked.to.c_str()) != 0) throw FileError(asked.to, std::strerror(errno));
    } catch (...) {
        CaseStore::discard(draft);
        throw;
    }
    CaseStore::discard(draft);
    out << fmt::format("{}: {} of {}, {}, root {}\n", asked.to, word, verdict.incident, count_words(verdict.entries, "entry", "entries"), hex_digits(verdict.root));
    if (verdict.sealed) out << "Its content is sealed, and without the key nobody looked at it; the key is in no copy of the record.\n";
    if (outside.checkpoint.empty()) out << "It holds by itself; --held-checkpoint shows that it is not older than the head that you kept.\n";
    return exit_code::done;
}

/// What somebody can do about it, the safest first.
void advise(const RecordVerdict& verdict, const CopyOptions& asked, std::ostream& out) {
    out << "What helps:\n";
    out << "- Write nothing more into this file; keep it and its -wal as they are.\n";
    if (verdict.good_until > 0 && (!verdict.first_bad || *verdict.first_bad >= verdict.good_until)) out << fmt::format("- The first {} are what was signed.\n", count_words(verdict.good_until, "entry", "entries"));
    else if (verdict.first_bad && *verdict.first_bad > 0) out << fmt::format("- No entry before {} was found bad.\n", *verdict.first_bad);
    out << fmt::format("- A backup: `duenotice case restore BACKUP {}` with --held-key and --held-checkpoint, after this file was moved away.\n", asked.from);
    out << "- Without one: `duenotice case show` may still give the account to begin a new record with; say in it why.\n";
    out << "- A file that was changed by hand rather than by the disk is evidence: hand a copy to who examines it.\n";
}

int examine(const CopyOptions& asked, std::ostream& out) {
    const Outside outside = held_outside(asked.from, asked.held_key, asked.held_checkpoint);
    RecordVerdict verdict;
    try {
        verdict = verify_record(asked.from, outside);
    } catch (const RecordError& error) {
        out << fmt::format("{}: {}\nDOES NOT OPEN\n", asked.from, escape_terminal(error.plain()));
        advise(verdict, asked, out);
        return exit_code::failed;
    }
    print_findings(verdict.findings, out);
    print_signatures(verdict.signatures, out);
    out << fmt::format("{}: {} and {}, root {}\n", asked.from, count_words(verdict.entries, "entry", "entries"), count_words(verdict.checkpoints, "checkpoint", "checkpoints"), hex_digits(verdict.root));
    if (verdict.whole()) {
        out << (verdict.sealed ? "sound as far as can be seen: the content is sealed, and the key is not there\n" : "sound\n");
        return signatures_hold(verdict.signatures, out) ? exit_code::done : exit_code::failed;
    }
    out << (verdict.first_bad ? fmt::format("DAMAGED; the first bad entry is {}\n", *verdict.first_bad) : std::string("DAMAGED; no entry is bad by itself\n"));
    advise(verdict, asked, out);
    return exit_code::failed;
}

void add_held(CLI::App& command, CopyOptions& asked) {
    command.add_option("--held-key", asked.held_key, "the key that you were handed: NAME+ID+KEY, or a file with it");
    command.add_option("--held-checkpoint", asked.held_checkpoint, "file of a checkpoint that you kept");
}

}  // namespace

void add_case_copies(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<CopyOptions>();
    CLI::App* backup = matter.add_subcommand("backup", "a verified copy of the record while others write; the private key is not in it");
    backup->add_option("FILE", asked->from, "case file")->required();
    backup->add_option("--out", asked->to, "file to write; nothing may stand there")->required();
    on_chosen(*backup, program, asked->from, [asked, program] { return copy(*asked, "backup", program.out); });
    CLI::App* restore = matter.add_subcommand("restore", "a copy back under a name where nothing stands, verified first");
    restore->add_option("BACKUP", asked->from, "the copy")->required();
    restore->add_option("FILE", asked->to, "case file to make")->required();
    add_held(*restore, *asked);
    on_chosen(*restore, program, asked->from, [asked, program] { return copy(*asked, "restored record", program.out); });
    CLI::App* fsck = matter.add_subcommand("fsck", "what is damaged, from which entry on, and what helps");
    fsck->add_option("FILE", asked->from, "case file")->required();
    add_held(*fsck, *asked);
    on_chosen(*fsck, program, asked->from, [asked, program] { return examine(*asked, program.out); });
}

}  // namespace duenotice
