#include "engine/record/content_key.h"

#include <fstream>
#include <iterator>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "engine/record/base64.h"
#include "engine/record/openssl.h"
#include "engine/record/record_error.h"
#include "engine/record/signature.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

using openssl::check;
using CipherPtr = openssl::Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

constexpr std::string_view head = "duenotice-content-key/1 ";
constexpr std::size_t key_bytes = 32, nonce_bytes = 12, tag_bytes = 16;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
int length_of(std::string_view text) { return static_cast<int>(text.size()); }

std::string& key_folder() {
    static std::string folder;
    return folder;
}

}  // namespace

struct ContentKey::State {
    explicit State(std::string_view from) : bytes(from) {}
    ~State() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    std::string bytes;
};

ContentKey ContentKey::generate() { return ContentKey(std::make_shared<const State>(random_bytes(key_bytes))); }

std::optional<ContentKey> ContentKey::parse(std::string_view text) {
    if (!text.starts_with(head) || !text.ends_with('\n')) return {};
    const auto bytes = parse_base64(text.substr(head.size(), text.size() - head.size() - 1));
    return bytes && bytes->size() == key_bytes ? std::optional(ContentKey(std::make_shared<const State>(*bytes))) : std::nullopt;
}

std::string ContentKey::text() const { return std::string(head) + base64(state_->bytes) + '\n'; }
std::string ContentKey::id() const { return sha256_hex(state_->bytes); }
std::string ContentKey::file_name() const { return "content-" + id().substr(0, 16) + ".key"; }

std::string ContentKey::seal(std::string_view plain, std::string_view about) const {
    const std::string nonce = random_bytes(nonce_bytes);
    std::string sealed = nonce + std::string(plain.size() + tag_bytes, '\0');
    const CipherPtr context(EVP_CIPHER_CTX_new());
    int written = 0, ignored = 0;
    check(context != nullptr && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_of(std::string_view(state_->bytes)), bytes_of(std::string_view(nonce))) == 1 &&
              EVP_EncryptUpdate(context.get(), nullptr, &ignored, bytes_of(about), length_of(about)) == 1 &&
              EVP_EncryptUpdate(context.get(), bytes_of(sealed) + nonce_bytes, &written, bytes_of(plain), length_of(plain)) == 1 &&
              EVP_EncryptFinal_ex(context.get(), bytes_of(sealed) + nonce_bytes + written, &ignored) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_bytes), bytes_of(sealed) + nonce_bytes + plain.size()) == 1,
          "seal content");
    return sealed;
}

std::optional<std::string> ContentKey::open(std::string_view sealed, std::string_view about) const {
    if (sealed.size() < nonce_bytes + tag_bytes) return {};
    const std::string_view body = sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
    std::string plain(body.size(), '\0'), tag(sealed.substr(sealed.size() - tag_bytes));
    const CipherPtr context(EVP_CIPHER_CTX_new());
    int written = 0, ignored = 0;
    check(context != nullptr && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_of(std::string_view(state_->bytes)), bytes_of(sealed)) == 1 &&
              EVP_DecryptUpdate(context.get(), nullptr, &ignored, bytes_of(about), length_of(about)) == 1 &&
              EVP_DecryptUpdate(context.get(), bytes_of(plain), &written, bytes_of(body), length_of(body)) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_bytes), tag.data()) == 1,
          "open sealed content");
    if (EVP_DecryptFinal_ex(context.get(), bytes_of(plain) + written, &ignored) != 1) return {};
    return plain;
}

void keep_content_keys_in(std::string folder) { key_folder() = std::move(folder); }

std::string content_key_path(const std::string& case_path, const std::string& file_name) {
    if (!key_folder().empty()) return key_folder() + "/" + file_name;
    const std::size_t slash = case_path.rfind('/');
    return (slash == std::string::npos ? std::string() : case_path.substr(0, slash + 1)) + file_name;
}

std::optional<ContentKey> find_content_key(const std::string& case_path, const std::string& id) {
    const std::string path = content_key_path(case_path, "content-" + id.substr(0, 16) + ".key");
    std::ifstream file(path, std::ios::binary);
    if (!file) return {};
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto key = ContentKey::parse(text);
    if (!key || key->id() != id) throw RecordError(path, "is not the key to the content of " + case_path);
    return key;
}

}  // namespace duenotice
