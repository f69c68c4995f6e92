#include "tools/case_file_door.h"

#include <filesystem>
#include <fstream>
#include <map>

#include <sys/stat.h>

#include "engine/record/account_entries.h"
#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "engine/record/matter_decision.h"
#include "engine/record/profile_entries.h"
#include "engine/record/request.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/edition_choice.h"
#include "tools/input_mistakes.h"

namespace duenotice {

namespace {
constexpr std::size_t most_key_bytes = 4096;
}

bool is_case_file(const std::string& path) {
    std::error_code ignored;
    if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return false;
    std::ifstream file(path, std::ios::binary);
    std::string begin(16, '\0');
    file.read(begin.data(), 16);
    return file.gcount() == 16 && looks_like_case(begin);
}

CaseAccount account_of_entries(const std::vector<RecordedEntry>& entries, const std::string& name, std::optional<Instant> known_at) {
    CaseAccount account{std::make_shared<const SourceText>(name, account_text(entries, known_at)), nullptr, nullptr, loud_notes(entries), limits_on_record(entries)};
    if (const auto group = recorded_text(entries, "group", known_at)) account.group = std::make_shared<const SourceText>(group->name, group->text);
    if (const auto contracts = recorded_text(entries, "contracts", known_at)) account.contracts = std::make_shared<const SourceText>(contracts->name, contracts->text);
    return account;
}

void deny(CaseFile& file, const std::string& account, Deed deed, const std::string& key_file, std::int64_t now) {
    std::string kept = "the attempt is recorded";
    try {
        const Entry entry = denied_entry(account.empty() ? "nobody" : account, deed, {"duenotice", fresh_key_of_idempotency()});
        file.append({&entry, 1}, read_key(key_file), now);
    } catch (const std::runtime_error&) {
        kept = "the attempt could not be recorded";
    }
    Diagnostics mistakes;
    mistakes.error("DN0713", {std::make_shared<const SourceText>(file.path(), ""), 0, 0}, "not allowed; " + kept, account.empty() ? "this record has accounts: --account says who asks" : "");
    throw InputMistakes{mistakes};
}

ReadCase read_case_file(const std::string& path, Deed deed, const Options& options) {
    try {
        ReadCase made{CaseFile::open(path, false), {}};
        made.entries = made.file.entries(made.file.size());
        if (Access(made.entries).allows(options.account, deed)) return made;
        CaseFile writable = CaseFile::open(path, true);
        deny(writable, options.account, deed, key_path(path, {}), options.clock());
    } catch (const RecordError& error) {
        throw FileError(path, error.plain());
    }
}

std::vector<std::uint64_t> withhold_privileged(std::vector<RecordedEntry>& entries, const Options& options) {
    const Access access(entries);
    std::map<FieldOfEntry, std::string> hidden;
    if (access.only_audits(options.account)) {
        hidden = left_out(edition_subject({"auditor", {}, {}}), entries);
    } else if (!access.allows(options.account, Deed::ReadPrivileged)) {
        for (const RecordedEntry& entry : entries)
            for (const auto& [field, value] : entry.fields)
                if (field_text(entry, "label") == "privileged" && !stays(field)) hidden[{entry.leaf.seq, field}] = "privileged";
    }
    std::vector<std::uint64_t> withheld;
    for (const auto& [place, ground] : hidden) {
        const auto& [seq, field] = place;
        if (names_artefacts(field)) continue;  // a digest says nothing
        entries[static_cast<std::size_t>(seq)].fields[field] = json_text("withheld: " + ground);
        if (field == "statement") withheld.push_back(seq);
    }
    return withheld;
}

CaseAccount case_account(const std::string& path, const Options& options) {
    ReadCase read = read_case_file(path, Deed::Read, options);
    if (options.at_entry >= 0) {
        const auto last = static_cast<std::uint64_t>(options.at_entry);
        if (last >= read.entries.size()) throw FileError(path, "has no entry " + std::to_string(last) + "; its last is " + std::to_string(read.entries.size() - 1));
        read.entries.resize(static_cast<std::size_t>(last) + 1);
    }
    return account_of_entries(read.entries, path, options.known_at);
}

std::string key_path(const std::string& case_path, const std::string& named) { return named.empty() ? case_path + ".key" : named; }

SigningKey read_key(const std::string& path) {
    const std::string pem = read_file(path, most_key_bytes);
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077U) != 0) throw FileError(path, "can be read by others; a private key is for its owner alone (chmod 600)");
    const auto key = SigningKey::from_pem(pem);
    if (!key) throw FileError(path, "holds no Ed25519 private key in PEM without a passphrase");
    return *key;
}

SigningKey read_or_make_key(const std::string& path, bool& made) {
    struct stat status {};
    made = ::lstat(path.c_str(), &status) != 0;
    if (!made) return read_key(path);
    const SigningKey key = SigningKey::generate();
    write_file(path, key.pem());
    return key;
}

std::string fresh_key_of_idempotency() {
    // Hashed, so that it is hex; 32 digits are 128 bits.
    return sha256_hex(random_bytes(32)).substr(0, 32);
}

}  // namespace duenotice
