#include "tools/case_writing.h"

#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/matter_decision.h"
#include "reports/escape.h"
#include "tools/atomic_file.h"

namespace duenotice {

void add_writer_options(CLI::App& command, CaseWriterOptions& asked) {
    command.add_option("FILE", asked.file, "case file")->required();
    command.add_option("--actor", asked.actor, "who records it: a code of a person or system")->required();
    command.add_option("--key", asked.key_file, "file of the private key; default: FILE.key");
    command.add_option("--idem", asked.idem, "key of idempotency: to try again under it records nothing twice; default: a fresh one");
}

void refuse(const std::string& case_file, const std::string& message, const std::string& help) {
    Diagnostics mistakes;
    mistakes.error("DN0710", {std::make_shared<const SourceText>(case_file, ""), 0, 0}, message, help);
    throw InputMistakes{mistakes};
}

void check_instant(const std::string& case_file, const std::string& text) {
    if (!parse_instant(text)) refuse(case_file, fmt::format("`{}` is not an instant", text), "write it as 2026-11-21T02:10+01:00");
}

void check_past(const std::string& case_file, const std::string& text, const Options& options) {
    check_instant(case_file, text);
    if (*parse_instant(text) > options.as_of) refuse(case_file, fmt::format("`{}` is after {}, as of which this is recorded", text, iso_utc(options.as_of)), "record it once it has happened; --as-of gives another moment");
}

int translated(const std::string& case_file, const std::function<int()>& action) {
    try {
        return action();
    } catch (const EntryRefused& refused) {
        refuse(case_file, refused.plain());
    } catch (const RecordError& error) {
        throw FileError(case_file, error.plain());
    }
}

void on_chosen(CLI::App& command, const CaseProgram& program, const std::string& case_file, std::function<int()> action) {
    command.callback([program, &case_file, action] { program.choose([&case_file, action] { return translated(case_file, action); }); });
}

void on_chosen_with_law(CLI::App& command, const CaseProgram& program, const std::string& case_file, std::function<int(Session&)> action) {
    command.callback([program, &case_file, action] { program.choose_with_law([&case_file, action](Session& session) { return translated(case_file, [&] { return action(session); }); }); });
}

void tell_lookalikes(const std::vector<Lookalike>& found, std::ostream& out) {
    for (const Lookalike& each : found) out << fmt::format("`{}` looks like `{}`, which is there already: {}\n", escape_terminal(each.name), escape_terminal(each.other), escape_terminal(each.letters));
}

std::string entries_words(const std::vector<std::uint64_t>& seqs) { return seqs.size() == 1 ? fmt::format("entry {}", seqs.front()) : fmt::format("entry {} to {}", seqs.front(), seqs.back()); }

CaseWriting::CaseWriting(const CaseWriterOptions& asked, std::int64_t now, Deed deed)
    : asked_(asked), writer_{asked.actor, asked.idem.empty() ? fresh_key_of_idempotency() : asked.idem}, now_(now), file_(CaseFile::open(asked.file, true)), entries_(file_.entries(file_.size())), access_(entries_) {
    must_be_allowed(deed);
    if (const auto closed = closed_by(entries_); closed && !open_when_closed(deed)) refuse(asked.file, fmt::format("the matter is closed (entry {})", *closed), "`case reopen` opens it again");
}

void CaseWriting::must_be_allowed(Deed deed) {
    if (!access_.allows(asked_.actor, deed)) deny(file_, asked_.actor, deed, key_path(asked_.file, asked_.key_file), now_);
}

Writer CaseWriting::numbered(std::size_t number) const { return {writer_.actor, fmt::format("{}.{}", writer_.idem, number)}; }

bool CaseWriting::again(std::string_view kind, std::ostream& out, const std::function<bool(const RecordedEntry&)>& same) const {
    for (const std::string& key : {writer_.idem, numbered(0).idem}) {
        const auto seq = file_.store().seq_of_key(key);
        if (!seq) continue;
        const RecordedEntry& entry = entries_[static_cast<std::size_t>(*seq)];
        if (entry.leaf.kind != kind || entry.leaf.actor != writer_.actor || !same(entry)) throw EntryRefused(path(), fmt::format("the key `{}` stands for entry {}, which says something else", key, *seq));
        out << fmt::format("was recorded before as entry {}\n", *seq);
        return true;
    }
    return false;
}

std::shared_ptr<const Incident> CaseWriting::read_account(Session& session, const std::vector<Entry>& more) const {
    const CaseAccount account = account_of_entries(with_entries(entries_, more, now_), more.empty() ? asked_.file : asked_.file + " (account with it)", {});
    return session.read_case(account, asked_.file);
}

Appended CaseWriting::record(const std::vector<Entry>& entries, std::ostream& out) {
    const SigningKey key = read_key(key_path(asked_.file, asked_.key_file));
    Appended done = file_.append(entries, key, now_, entries_.size());
    out << fmt::format("{} {}\n", done.again ? "was recorded before as" : "recorded as", entries_words(done.seqs));
    tell_lookalikes(new_lookalikes(entries, entries_), out);
    return done;
}

}  // namespace duenotice
