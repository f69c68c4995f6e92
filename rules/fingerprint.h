#pragma once
// SHA-256 fingerprints of rule books, incidents and files (FIPS 180-4, by OpenSSL). Where OpenSSL has
// no SHA-256, std::runtime_error: no fingerprint is better than a wrong one.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace duenotice {

using Digest = std::array<std::uint8_t, 32>;
Digest sha256(std::string_view bytes);
std::string hex_digits(const Digest& digest);
/// The 32 bytes as text, of the digest's lifetime.
inline std::string_view view(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

/// 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// The same over several parts, each with its length, so that parts cannot run into each other.
class Fingerprint {
public:
    Fingerprint();
    ~Fingerprint();
    Fingerprint(const Fingerprint&) = delete;
    Fingerprint& operator=(const Fingerprint&) = delete;
    void add(std::string_view part);
    /// Of the parts so far; more may be added afterwards.
    std::string hex() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace duenotice
