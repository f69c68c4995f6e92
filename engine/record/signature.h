#pragma once
// Ed25519 (RFC 8032) by OpenSSL 3. A signature has 64 bytes, a public key 32. The private key is kept as PKCS#8 PEM, as
// `openssl genpkey -algorithm ed25519` writes it, so that nobody needs this program to use or to check it.
//
// std::runtime_error where OpenSSL fails; a signature that does not hold is `false`, never an exception.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

using PublicKey = std::array<std::uint8_t, 32>;

class SigningKey {
public:
    static SigningKey generate();
    /// Of the 32 bytes that RFC 8032 calls the private key.
    static SigningKey from_seed(std::string_view seed);
    /// Empty when the text holds no unencrypted Ed25519 private key in PEM.
    static std::optional<SigningKey> from_pem(std::string_view pem);

    std::string pem() const;
    PublicKey public_key() const;
    /// 64 bytes.
    std::string sign(std::string_view message) const;

private:
    struct State;
    explicit SigningKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

bool signature_holds(const PublicKey& key, std::string_view message, std::string_view signature);

/// From the operating system's source, for salts and keys of idempotency.
std::string random_bytes(std::size_t count);

}  // namespace duenotice
