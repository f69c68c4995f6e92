#include "rules/fingerprint.h"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace duenotice {

namespace {

std::string hex_of(const unsigned char* bytes, std::size_t length) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 15U];
    }
    return text;
}

void check(int done) {
    if (done != 1) throw std::runtime_error("OpenSSL cannot make SHA-256 fingerprints");
}

/// WHY not EVP_sha256(): OpenSSL 3 looks up what that stands for anew in each call.
const EVP_MD* method() {
    static const std::unique_ptr<EVP_MD, void (*)(EVP_MD*)> fetched{EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free};
    return fetched.get();
}

}  // namespace

struct Fingerprint::State {
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Fingerprint::Fingerprint() : state_(std::make_unique<State>()) { check(EVP_DigestInit_ex(state_->context.get(), method(), nullptr)); }
Fingerprint::~Fingerprint() = default;

void Fingerprint::add(std::string_view part) {
    const std::string length = std::to_string(part.size()) + ":";
    check(EVP_DigestUpdate(state_->context.get(), length.data(), length.size()));
    check(EVP_DigestUpdate(state_->context.get(), part.data(), part.size()));
}

std::string Fingerprint::hex() const {
    const State copy;
    check(EVP_MD_CTX_copy_ex(copy.context.get(), state_->context.get()));
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    check(EVP_DigestFinal_ex(copy.context.get(), digest.data(), &length));
    return hex_of(digest.data(), length);
}

Digest sha256(std::string_view bytes) {
    // WHY kept: OpenSSL 3 makes and fills a context anew for each EVP_Digest, which costs more than a short text.
    thread_local const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    Digest digest{};
    check(context != nullptr ? 1 : 0);
    check(EVP_DigestInit_ex(context.get(), method(), nullptr));
    check(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()));
    check(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr));
    return digest;
}

std::string hex_digits(const Digest& digest) { return hex_of(digest.data(), digest.size()); }

std::string sha256_hex(std::string_view bytes) { return hex_digits(sha256(bytes)); }

}  // namespace duenotice
