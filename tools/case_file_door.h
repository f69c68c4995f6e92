#pragma once
// A record as other commands meet it: a case file where an incident file is asked for, and private keys on the disk.

#include <optional>
#include <string>

#include "engine/record/signature.h"
#include "rules/instant.h"
#include "rules/source_text.h"

namespace duenotice {

/// Whether the file at the path is a database, and so may be a case file.
bool is_case_file(const std::string& path);
/// The account of a case file, as an incident file that bears its name. FileError when it cannot be opened.
SourcePtr case_account(const std::string& path, std::optional<Instant> known_at);

/// The file named, else the one beside the record: FILE.key.
std::string key_path(const std::string& case_path, const std::string& named);
/// FileError when others may read it, or it holds no Ed25519 private key.
SigningKey read_key(const std::string& path);
/// The key that is there, else a new one in a file 0600.
SigningKey read_or_make_key(const std::string& path, bool& made);

/// 32 hex digits of chance.
std::string fresh_key_of_idempotency();

}  // namespace duenotice
