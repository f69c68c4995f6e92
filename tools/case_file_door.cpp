#include "tools/case_file_door.h"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

#include "engine/record/account_entries.h"
#include "engine/record/profile_entries.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"

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
    CaseAccount account{std::make_shared<const SourceText>(name, account_text(entries, known_at)), nullptr, nullptr};
    if (const auto group = recorded_text(entries, "group", known_at)) account.group = std::make_shared<const SourceText>(group->name, group->text);
    if (const auto contracts = recorded_text(entries, "contracts", known_at)) account.contracts = std::make_shared<const SourceText>(contracts->name, contracts->text);
    return account;
}

CaseAccount case_account(const std::string& path, std::optional<Instant> known_at, std::optional<std::uint64_t> last_entry) {
    try {
        const CaseFile file = CaseFile::open(path, false);
        if (last_entry && *last_entry >= file.size()) throw FileError(path, "has no entry " + std::to_string(*last_entry) + "; its last is " + std::to_string(file.size() - 1));
        return account_of_entries(file.entries(last_entry ? *last_entry + 1 : file.size()), path, known_at);
    } catch (const RecordError& error) {
        throw FileError(path, error.plain());
    }
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
