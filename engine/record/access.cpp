#include "engine/record/access.h"

#include <algorithm>
#include <array>

#include "engine/record/base64.h"
#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

constexpr std::array<std::string_view, role_count> role_names = {"reporter", "investigator", "counsel", "approver", "filer", "auditor", "administrator", "witness"};
constexpr std::array<std::string_view, deed_count> deed_names = {"verify", "read", "read-privileged", "state", "import", "assess", "replay", "judge", "decide", "drop", "draft", "approve", "break-glass", "file", "deliver", "request", "close", "reopen", "grant", "redact", "hold", "export"};

// One line a deed; roles in the order of the enumeration: reporter, investigator, counsel, approver, filer, auditor,
// administrator, witness. The administrator keeps accounts and sees no content; the witness keeps heads.
constexpr std::array<std::string_view, deed_count> allowed = {
    "RICPFAMW",  // verify
    "RICPFA..",  // read
    "..C.....",  // read-privileged
    "RIC.....",  // state
    ".IC.....",  // import
    ".ICPFA..",  // assess
    ".ICPFA..",  // replay
    "..CP....",  // judge
    "..CP....",  // decide
    "..CP....",  // drop
    ".IC.F...",  // draft
    "...P....",  // approve
    "..CPF...",  // break-glass
    "....F...",  // file
    "....F...",  // deliver
    "..C.F...",  // request
    "...P....",  // close
    "...P....",  // reopen
    "......M.",  // grant
    "..CP....",  // redact
    "..C.....",  // hold
    "..C..A..",  // export
};

}  // namespace

std::string_view name(Role role) { return role_names[static_cast<std::size_t>(role)]; }
std::string_view name(Deed deed) { return deed_names[static_cast<std::size_t>(deed)]; }

std::optional<Role> parse_role(std::string_view text) {
    const auto found = std::find(role_names.begin(), role_names.end(), text);
    return found == role_names.end() ? std::nullopt : std::optional(static_cast<Role>(found - role_names.begin()));
}

bool may(Role role, Deed deed) { return allowed[static_cast<std::size_t>(deed)][static_cast<std::size_t>(role)] != '.'; }

bool writes(Deed deed) { return deed != Deed::Verify && deed != Deed::Read && deed != Deed::ReadPrivileged && deed != Deed::Replay; }

bool open_when_closed(Deed deed) { return deed == Deed::Reopen || deed == Deed::Grant || deed == Deed::Export || deed == Deed::Hold || deed == Deed::Redact; }

Access::Access(const std::vector<RecordedEntry>& entries) {
    for (const RecordedEntry& entry : entries) add(entry);
}

void Access::add(const RecordedEntry& entry) {
    if (entry.leaf.kind != "access") return;
    begun_ = true;
    const std::string account = field_text(entry, "account");
    if (!field_text(entry, "revoked").empty()) {
        accounts_.erase(account);
        return;
    }
    Account made{account, field_text(entry, "person"), {}, {}, entry.leaf.seq};
    persons_[account].insert(made.person.empty() ? account : made.person);
    for (const std::string& role : field_texts(entry, "roles"))
        if (const auto read = parse_role(role)) made.roles.push_back(*read);
    if (const auto key = parse_base64(field_text(entry, "public_key")); key && key->size() == 32) {
        made.key.emplace();
        std::copy(key->begin(), key->end(), made.key->begin());
    }
    accounts_[account] = std::move(made);
}

const Account* Access::find(std::string_view account) const {
    const auto found = accounts_.find(account);
    return found == accounts_.end() ? nullptr : &found->second;
}

std::vector<const Account*> Access::accounts() const {
    std::vector<const Account*> all;
    for (const auto& [name, account] : accounts_) all.push_back(&account);
    return all;
}

std::string Access::person(const std::string& account) const {
    const Account* found = find(account);
    return found == nullptr || found->person.empty() ? account : found->person;
}

bool Access::same_person(const std::string& a, const std::string& b) const {
    const auto persons_of = [this](const std::string& account) {
        const auto found = persons_.find(account);
        return found == persons_.end() ? std::set<std::string>{account} : found->second;
    };
    const auto of_a = persons_of(a), of_b = persons_of(b);
    return a == b || std::any_of(of_a.begin(), of_a.end(), [&](const std::string& person) { return of_b.count(person) > 0; });
}

bool Access::allows(std::string_view account, Deed deed) const {
    if (open()) return true;
    const Account* found = find(account);
    return found != nullptr && std::any_of(found->roles.begin(), found->roles.end(), [&](Role role) { return may(role, deed); });
}

bool Access::only_audits(std::string_view account) const {
    const Account* found = find(account);
    const auto has = [found](Role role) { return std::find(found->roles.begin(), found->roles.end(), role) != found->roles.end(); };
    return found != nullptr && has(Role::Auditor) && std::all_of(found->roles.begin(), found->roles.end(), [](Role role) { return role == Role::Auditor || !may(role, Deed::Read); });
}

std::vector<std::string> Access::doubles() const {
    std::map<std::string, std::vector<std::string>> by_person;
    for (const auto& [name, account] : accounts_) by_person[account.person].push_back(name);
    std::vector<std::string> found;
    for (const auto& [person, names] : by_person) {
        if (names.size() < 2) continue;
        std::string words = person + ":";
        for (const std::string& name : names) words += " " + name;
        found.push_back(words);
    }
    return found;
}

Entry grant_entry(const Account& account, const Writer& writer) {
    Entry entry = entry_by("access", writer);
    entry.fields["account"] = json_text(account.account);
    entry.fields["person"] = json_text(account.person);
    std::vector<std::string> roles;
    for (const Role role : account.roles) roles.emplace_back(name(role));
    entry.fields["roles"] = json_texts(roles);
    if (account.key) entry.fields["public_key"] = json_text(base64({reinterpret_cast<const char*>(account.key->data()), account.key->size()}));
    return entry;
}

Entry revoke_entry(const std::string& account, const std::string& reason, const Writer& writer) {
    Entry entry = entry_by("access", writer);
    entry.fields["account"] = json_text(account);
    entry.fields["revoked"] = json_text("yes");
    entry.fields["reason"] = json_text(reason);
    return entry;
}

Entry denied_entry(const std::string& account, Deed deed, const Writer& writer) {
    Entry entry = entry_by("denied", writer);
    entry.fields["account"] = json_text(account);
    entry.fields["deed"] = json_text(std::string(name(deed)));
    return entry;
}

}  // namespace duenotice
