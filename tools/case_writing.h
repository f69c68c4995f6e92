#pragma once
// What every subcommand of `case` that writes has in common: who records it, under which key of idempotency, with which
// private key; what the record holds already; refusals as mistakes of whoever wrote the command.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "engine/record/access.h"
#include "engine/record/account_entries.h"
#include "engine/record/lookalike.h"
#include "tools/case_file_door.h"
#include "tools/session.h"

namespace CLI {
class App;
}

namespace duenotice {

/// What a subcommand of `case` needs of the program when it hangs itself up in the command line.
struct CaseProgram {
    const Options& options;
    std::function<std::int64_t()> clock;                              ///< microseconds since 1970, UTC
    std::function<void(std::function<int()>)> choose;                 ///< what runs, without the law
    std::function<void(std::function<int(Session&)>)> choose_with_law;
    std::ostream& out;
    std::ostream& err;
};
/// What runs when the subcommand was chosen, under `translated`. `case_file` is read then.
void on_chosen(CLI::App& command, const CaseProgram& program, const std::string& case_file, std::function<int()> action);
void on_chosen_with_law(CLI::App& command, const CaseProgram& program, const std::string& case_file, std::function<int(Session&)> action);

struct CaseWriterOptions {
    std::string file, actor, key_file, idem;
};
/// FILE, --actor, --key, --idem.
void add_writer_options(CLI::App& command, CaseWriterOptions& asked);

/// What a person typed that cannot be recorded: DN0710 at the case file.
[[noreturn]] void refuse(const std::string& case_file, const std::string& message, const std::string& help = {});

/// Of what is said to have happened: refused where it is no instant, or one after that as of which the command is given.
void check_past(const std::string& case_file, const std::string& text, const Options& options);
/// Of what may lie ahead, a limit: refused where it is no instant.
void check_instant(const std::string& case_file, const std::string& text);

/// A record that fails is a file that fails; an entry that it refuses is a mistake of who wrote it.
int translated(const std::string& case_file, const std::function<int()>& action);

/// One line each: the names, and the letters that differ.
void tell_lookalikes(const std::vector<Lookalike>& found, std::ostream& out);
/// `entry 4`, `entries 4 to 9`.
std::string entries_words(const std::vector<std::uint64_t>& seqs);

class CaseWriting {
public:
    /// Refused, and the attempt recorded, where the account may not do it; refused where the matter is closed, but for deeds
    /// that change nothing of it.
    CaseWriting(const CaseWriterOptions& asked, std::int64_t now, Deed deed);

    /// For a deed that shows only in what is written: refused, and the attempt recorded, where the account may not do it.
    void must_be_allowed(Deed deed);

    CaseFile& file() { return file_; }
    const CaseFile& file() const { return file_; }
    const std::vector<RecordedEntry>& entries() const { return entries_; }
    const Access& access() const { return access_; }
    const std::string& path() const { return asked_.file; }
    std::int64_t now() const { return now_; }
    /// With the key as it is, for a command that writes one entry.
    const Writer& writer() const { return writer_; }
    /// With `.0`, `.1`, ... behind the key, for one that writes several.
    Writer numbered(std::size_t number) const;
    /// Whether this command wrote an entry of the kind under its key before: then it says where, and nothing is judged
    /// again. For entries that hold the time or the state of the record, which a second try would see otherwise; `same`
    /// looks at what a person says of it, and another thing under the key of the first one is refused.
    bool again(std::string_view kind, std::ostream& out, const std::function<bool(const RecordedEntry&)>& same) const;
    /// Whether the entry has been written before under its key: then nothing is judged again.
    bool written(const Entry& entry) const { return file_.store().seq_of_key(entry.idem).has_value(); }

    /// The account with these entries behind those recorded; refuses what it does not read as.
    std::shared_ptr<const Incident> read_account(Session& session, const std::vector<Entry>& more) const;
    /// All or none; refused when somebody wrote since the record was read. Prints where they were recorded, and names in
    /// them that look like others on record.
    Appended record(const std::vector<Entry>& entries, std::ostream& out);

private:
    CaseWriterOptions asked_;
    Writer writer_;
    std::int64_t now_;
    CaseFile file_;
    std::vector<RecordedEntry> entries_;
    Access access_;
};

}  // namespace duenotice
