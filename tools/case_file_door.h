#pragma once
// A record as other commands meet it: a case file where an incident file is asked for, and private keys on the disk.

#include <optional>
#include <string>
#include <vector>

#include "engine/record/access.h"
#include "engine/record/case_file.h"
#include "engine/record/record_view.h"
#include "engine/record/signature.h"
#include "rules/instant.h"
#include "rules/source_text.h"
#include "tools/options.h"

namespace duenotice {

/// Whether the file at the path is a database, and so may be a case file.
bool is_case_file(const std::string& path);
/// What a record says of its incident: the account as an incident file, with the profile and the contracts of its time.
struct CaseAccount {
    SourcePtr incident, group, contracts;  ///< the last two are null where none was recorded
    std::vector<std::string> notes;        ///< for every output: emergencies, duties set aside
    std::vector<LimitOnRecord> limits;     ///< beside those of the law
};
/// Of these entries; `name` is what messages call the account.
CaseAccount account_of_entries(const std::vector<RecordedEntry>& entries, const std::string& name, std::optional<Instant> known_at);

/// A record opened by somebody who may read it.
struct ReadCase {
    CaseFile file;
    std::vector<RecordedEntry> entries;
};
/// By the account that the options name. FileError when it cannot be opened; InputMistakes, and the attempt recorded,
/// where the account may not do it.
ReadCase read_case_file(const std::string& path, Deed deed, const Options& options);
/// Puts `withheld: ` and the ground for what the account that the options name may not read: the content of privileged
/// statements, and for an account that only audits all that edition auditor leaves out; the entries whose statement it was.
std::vector<std::uint64_t> withhold_privileged(std::vector<RecordedEntry>& entries, const Options& options);
/// The account at --known-at and --at-entry.
CaseAccount case_account(const std::string& path, const Options& options);
/// Records the attempt, where the key is at hand, and refuses: in the same words whatever there is to see.
[[noreturn]] void deny(CaseFile& file, const std::string& account, Deed deed, const std::string& key_file, std::int64_t now);

/// The file named, else the one beside the record: FILE.key.
std::string key_path(const std::string& case_path, const std::string& named);
/// FileError when others may read it, or it holds no Ed25519 private key.
SigningKey read_key(const std::string& path);
/// The key that is there, else a new one in a file 0600.
SigningKey read_or_make_key(const std::string& path, bool& made);

/// 32 hex digits of chance.
std::string fresh_key_of_idempotency();

}  // namespace duenotice
