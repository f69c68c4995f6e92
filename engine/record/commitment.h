#pragma once
// Content stands in no leaf, only its commitment: SHA-256 over base64url(canonical JSON of [salt, name, value]), as a
// disclosure of SD-JWT (RFC 9901). The salt has 128 random bits, fresh for each field. Whoever holds salt and value can
// show that they were recorded; once both are erased the digest can neither be opened nor guessed, and every root and
// signature over it still holds.

#include <string>
#include <string_view>

#include "engine/json_reader.h"

namespace duenotice {

/// One field of an entry that can be opened.
struct Opening {
    std::string field;
    std::string salt;   ///< base64url of 16 random bytes
    std::string value;  ///< canonical JSON
    friend bool operator==(const Opening&, const Opening&) = default;
};

inline constexpr std::size_t salt_bytes = 16;

/// `salt`: fresh random bytes, salt_bytes of them. std::invalid_argument where the value has a number that is not whole or beyond 2^53 - 1, since
/// canonical JSON would round it.
Opening make_opening(std::string_view field, const JsonValue& value, std::string_view salt);

/// 43 characters of base64url.
std::string commitment(const Opening& opening);

}  // namespace duenotice
