#pragma once
// Who may do what in one record: accounts with the person behind each, their roles, and the public key by which a person
// signs approvals. A record in which nobody was granted anything is open to whoever holds the file and its key, and says
// so; from the first grant on everything is denied that no role allows.
//
// What a single file cannot promise: whoever can read it can read what is not encrypted, and whoever holds its key can
// write as any account. Inside one file roles are the program's promise alone; a hard wall is a file of its own.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/account_entries.h"
#include "engine/record/signature.h"

namespace duenotice {

enum class Role : std::uint8_t { Reporter, Investigator, Counsel, Approver, Filer, Auditor, Administrator, Witness };
inline constexpr std::size_t role_count = 8;
std::string_view name(Role role);
std::optional<Role> parse_role(std::string_view text);

/// What a command does to a record or learns from it.
enum class Deed : std::uint8_t { Verify, Read, ReadPrivileged, State, Import, Assess, Replay, Judge, Decide, Drop, Draft, Approve, BreakGlass, File, Deliver, Request, Close, Reopen, Grant, Redact, Hold, Export };
inline constexpr std::size_t deed_count = 22;
std::string_view name(Deed deed);
/// Whether anybody in the role may; the table is in access.cpp, row by row.
bool may(Role role, Deed deed);
/// Whether the deed adds to the record.
bool writes(Deed deed);
/// Whether the deed leaves a closed matter as it is: accounts, copies for auditors, legal holds, erasure, reopening.
bool open_when_closed(Deed deed);

struct Account {
    std::string account, person;
    std::vector<Role> roles;
    std::optional<PublicKey> key;
    std::uint64_t entry = 0;  ///< that granted it
};

class Access {
public:
    explicit Access(const std::vector<RecordedEntry>& entries);
    /// The next entry of the record; only those of kind `access` change anything.
    void add(const RecordedEntry& entry);

    /// Nobody was granted anything yet.
    bool open() const { return !begun_; }
    const Account* find(std::string_view account) const;
    std::vector<const Account*> accounts() const;
    /// The person behind an account; of one that nobody registered the account itself.
    std::string person(const std::string& account) const;
    /// Whether one person stands, or ever stood, behind both accounts: an account that was revoked or given to another
    /// person still counts, or two accounts of one person would be four eyes once one of them is gone.
    bool same_person(const std::string& a, const std::string& b) const;
    bool allows(std::string_view account, Deed deed) const;
    /// Whether the account is an auditor's and has no role that sees more of the content.
    bool only_audits(std::string_view account) const;
    /// Persons who have several accounts, with these.
    std::vector<std::string> doubles() const;

private:
    std::map<std::string, Account, std::less<>> accounts_;
    std::map<std::string, std::set<std::string>, std::less<>> persons_;  ///< whoever stood behind each, revoked ones too
    bool begun_ = false;
};

Entry grant_entry(const Account& account, const Writer& writer);
Entry revoke_entry(const std::string& account, const std::string& reason, const Writer& writer);
/// `target` is what was asked for, without content.
Entry denied_entry(const std::string& account, Deed deed, const Writer& writer);

}  // namespace duenotice
