#include "engine/record/signature.h"

#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include "engine/record/openssl.h"

namespace duenotice {

namespace {

using openssl::check;
using KeyPtr = openssl::Owned<EVP_PKEY, EVP_PKEY_free>;
using ContextPtr = openssl::Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using BioPtr = openssl::Owned<BIO, BIO_free_all>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// A key behind a passphrase is refused, never asked for.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

struct SigningKey::State {
    KeyPtr key;
};

SigningKey SigningKey::generate() { return from_seed(random_bytes(32)); }

SigningKey SigningKey::from_seed(std::string_view seed) {
    KeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()));
    check(key != nullptr, "make an Ed25519 key of this seed");
    return SigningKey(std::make_shared<const State>(State{std::move(key)}));
}

std::optional<SigningKey> SigningKey::from_pem(std::string_view pem) {
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    check(bio != nullptr, "read from memory");
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
    if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) return {};
    return SigningKey(std::make_shared<const State>(State{std::move(key)}));
}

std::string SigningKey::pem() const {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    check(bio != nullptr && PEM_write_bio_PKCS8PrivateKey(bio.get(), state_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1, "write a private key");
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

PublicKey SigningKey::public_key() const {
    PublicKey bytes{};
    std::size_t size = bytes.size();
    check(EVP_PKEY_get_raw_public_key(state_->key.get(), bytes.data(), &size) == 1 && size == bytes.size(), "give the public key");
    return bytes;
}

std::string SigningKey::sign(std::string_view message) const {
    const ContextPtr context(EVP_MD_CTX_new());
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    check(context != nullptr && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1 &&
              EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(message), message.size()) == 1 && size == 64,
          "sign");
    return signature;
}

bool signature_holds(const PublicKey& key, std::string_view message, std::string_view signature) {
    if (signature.size() != 64) return false;
    const KeyPtr made(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const ContextPtr context(EVP_MD_CTX_new());
    check(made != nullptr && context != nullptr, "take a public key");
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, made.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    check(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1, "give random bytes");
    return bytes;
}

}  // namespace duenotice
