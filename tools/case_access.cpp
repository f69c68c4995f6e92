// `case grant`, `case revoke`, `case accounts`, `case own-key`: who may do what, by role, and the keys of persons.
#include <algorithm>
#include <ostream>

#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/access.h"
#include "engine/record/base64.h"
#include "reports/escape.h"
#include "tools/case_command.h"

namespace duenotice {

namespace {

struct AccessOptions {
    CaseWriterOptions writer;
    std::string account, person, public_key, reason;
    std::vector<std::string> roles;
    std::string own_key;
};

std::string key_words(const PublicKey& key) { return base64({reinterpret_cast<const char*>(key.data()), key.size()}); }

bool administers(const Account& account) { return std::find(account.roles.begin(), account.roles.end(), Role::Administrator) != account.roles.end(); }

/// Whether somebody besides this account keeps the accounts.
bool another_administers(const Access& access, const std::string& account) {
    const auto accounts = access.accounts();
    return std::any_of(accounts.begin(), accounts.end(), [&](const Account* other) { return other->account != account && administers(*other); });
}

int run_grant(const AccessOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Grant);
    Account account{asked.account, asked.person.empty() ? asked.account : asked.person, {}, {}, 0};
    for (const std::string& text : asked.roles) {
        const auto role = parse_role(text);
        if (!role) refuse(asked.writer.file, fmt::format("`{}` is no role", text), "reporter, investigator, counsel, approver, filer, auditor, administrator, witness");
        account.roles.push_back(*role);
    }
    if (!asked.public_key.empty()) {
        const auto bytes = parse_base64(asked.public_key);
        if (!bytes || bytes->size() != 32) refuse(asked.writer.file, "--public-key is not 32 bytes in base 64", "`case own-key FILE` makes a key and shows its public part");
        account.key.emplace();
        std::copy(bytes->begin(), bytes->end(), account.key->begin());
    }
    if (writing.access().open() && !administers(account)) refuse(asked.writer.file, "the first account is an administrator's, or nobody could grant anything afterwards");
    const Account* before = writing.access().find(asked.account);
    if (before != nullptr && administers(*before) && !administers(account) && !another_administers(writing.access(), asked.account)) refuse(asked.writer.file, "it is the last administrator's, and nobody could grant anything afterwards", "give another account the role first");
    writing.record({grant_entry(account, writing.writer())}, program.out);
    auto entries = writing.file().entries(writing.file().size());
    for (const std::string& words : Access(entries).doubles()) program.err << fmt::format("one person with several accounts: {}\n", escape_terminal(words));
    return exit_code::done;
}

int run_revoke(const AccessOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Grant);
    const Account* account = writing.access().find(asked.account);
    if (account == nullptr) refuse(asked.writer.file, fmt::format("there is no account `{}`", asked.account));
    if (!another_administers(writing.access(), asked.account)) refuse(asked.writer.file, "it is the last administrator's, and nobody could grant anything afterwards");
    writing.record({revoke_entry(asked.account, asked.reason, writing.writer())}, program.out);
    return exit_code::done;
}

int run_accounts(const AccessOptions& asked, const CaseProgram& program) {
    const ReadCase read = read_case_file(asked.writer.file, Deed::Verify, program.options);
    const auto& entries = read.entries;
    const Access access(entries);
    if (access.open()) program.out << "No accounts: whoever holds the file and its key may read and write everything.\n";
    for (const Account* account : access.accounts()) {
        std::string roles;
        for (const Role role : account->roles) roles += fmt::format("{}{}", roles.empty() ? "" : ", ", name(role));
        program.out << fmt::format("{}  {}  {}{}\n", account->account, account->person, roles, account->key ? "  key " + key_words(*account->key) : "");
    }
    std::size_t denied = 0;
    for (const RecordedEntry& entry : entries) denied += entry.leaf.kind == "denied" ? 1 : 0;
    if (denied > 0) program.out << fmt::format("denied attempts: {}\n", denied);
    if (!access.open()) program.out << "Roles are the program's promise: whoever can read the file can read what is not encrypted, and whoever holds its key can write as any account. A hard wall is a file of its own.\n";
    return exit_code::done;
}

int run_own_key(const AccessOptions& asked, const CaseProgram& program) {
    bool made = false;
    const SigningKey key = read_or_make_key(asked.own_key, made);
    program.out << fmt::format("{}\n", key_words(key.public_key()));
    program.err << fmt::format("private key {}: {}; it signs as you, keep it to yourself\n", made ? "made" : "is there", asked.own_key);
    return exit_code::done;
}

}  // namespace

void add_case_access(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<AccessOptions>();
    CLI::App* grant = matter.add_subcommand("grant", "give an account its roles; from the first grant on all is denied that no role allows");
    add_writer_options(*grant, asked->writer);
    grant->add_option("ACCOUNT", asked->account, "code of the account")->required();
    grant->add_option("--person", asked->person, "the person behind it: two accounts of one person are one in every four-eyes rule; default: the account");
    grant->add_option("--role", asked->roles, "reporter, investigator, counsel, approver, filer, auditor, administrator (keeps accounts, sees no content), witness; repeatable")->required();
    grant->add_option("--public-key", asked->public_key, "the person's own key for approvals, as `case own-key` shows it");
    on_chosen(*grant, program, asked->writer.file, [asked, program] { return run_grant(*asked, program); });
    CLI::App* revoke = matter.add_subcommand("revoke", "take an account away");
    add_writer_options(*revoke, asked->writer);
    revoke->add_option("ACCOUNT", asked->account, "code of the account")->required();
    revoke->add_option("--reason", asked->reason, "why")->required();
    on_chosen(*revoke, program, asked->writer.file, [asked, program] { return run_revoke(*asked, program); });
    CLI::App* accounts = matter.add_subcommand("accounts", "accounts, persons, roles and keys; what a single file cannot promise");
    accounts->add_option("FILE", asked->writer.file, "case file")->required();
    on_chosen(*accounts, program, asked->writer.file, [asked, program] { return run_accounts(*asked, program); });
    CLI::App* own_key = matter.add_subcommand("own-key", "make a key with which a person signs approvals, and show its public part");
    own_key->add_option("KEYFILE", asked->own_key, "file of the private key, 0600; one that is there is read")->required();
    on_chosen(*own_key, program, asked->own_key, [asked, program] { return run_own_key(*asked, program); });
}

}  // namespace duenotice
