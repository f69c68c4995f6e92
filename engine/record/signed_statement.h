#pragma once
// What a person signs with a key of their own (approvals of packets, confirmations of decisions): canonical JSON in the
// field `statement`, the signature and the public key beside it. The statement names the record and the account, so that it
// can be moved to no other record and lent to no other account.

#include <optional>
#include <string>
#include <variant>

#include "engine/record/access.h"

namespace duenotice {

/// Fields statement, signature, public_key.
void sign_statement(Entry& entry, const std::string& statement, const SigningKey& own_key);

struct SignedStatement {
    JsonValue value;
    PublicKey key{};
};
/// What was signed, or why the entry proves nothing: its signature, another record, another account.
std::variant<SignedStatement, std::string> read_signed_statement(const RecordedEntry& entry, const std::string& origin);

/// Why this key does not stand for the account; empty when it does, and in a record without accounts.
std::string own_key_mistake(const Access& access, const std::string& account, const PublicKey& key);

std::string key_base64(const PublicKey& key);

}  // namespace duenotice
