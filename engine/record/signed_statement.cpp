#include "engine/record/signed_statement.h"

#include <algorithm>

#include "engine/record/base64.h"
#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

std::optional<PublicKey> key_of(const std::string& text) {
    const auto bytes = parse_base64(text);
    PublicKey key{};
    if (!bytes || bytes->size() != key.size()) return {};
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

}  // namespace

std::string key_base64(const PublicKey& key) { return base64({reinterpret_cast<const char*>(key.data()), key.size()}); }

void sign_statement(Entry& entry, const std::string& statement, const SigningKey& own_key) {
    entry.fields["statement"] = json_text(statement);
    entry.fields["signature"] = json_text(base64(own_key.sign(statement)));
    entry.fields["public_key"] = json_text(key_base64(own_key.public_key()));
}

std::variant<SignedStatement, std::string> read_signed_statement(const RecordedEntry& entry, const std::string& origin) {
    const std::string statement = field_text(entry, "statement");
    const auto key = key_of(field_text(entry, "public_key"));
    const auto signature = parse_base64(field_text(entry, "signature"));
    if (!key || !signature || !signature_holds(*key, statement, *signature)) return "its signature does not hold";
    auto value = read_canonical_source(std::make_shared<const SourceText>("statement", statement));
    if (!value || !value->is_object()) return "what was signed cannot be read";
    if (member_text(*value, "origin") != origin) return "it was signed for another record";
    if (member_text(*value, "account") != entry.leaf.actor) return "it was signed by another account";
    return SignedStatement{std::move(*value), *key};
}

std::string own_key_mistake(const Access& access, const std::string& account, const PublicKey& key) {
    if (access.open()) return {};
    const Account* found = access.find(account);
    if (found == nullptr || !found->key) return "no key of `" + account + "` is on record: `case grant --public-key` registers one";
    return *found->key == key ? "" : "this is not the key of `" + account + "`";
}

}  // namespace duenotice
