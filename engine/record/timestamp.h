#pragma once
// Time stamps of a stamping authority (RFC 3161) over the head of a record: proof by somebody outside that the first so
// many entries were there by then. The request and the reply are files that people carry; the program sends nothing.
// Stamped are the lines of the checkpoint (origin, size, root), without signatures, so that a token can be checked with
// `openssl ts -verify -in SEQ.tsr -data SEQ.text -CAfile CA`.
//
//     timestamp    refs size (entries covered), token_artefact (application/timestamp-reply)
//
// std::runtime_error where OpenSSL fails.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/record/entry.h"

namespace duenotice {

inline constexpr std::string_view timestamp_type = "application/timestamp-reply";

struct Timestamp {
    std::uint64_t seq = 0, size = 0;
    ArtefactName token;
};
std::optional<Timestamp> read_timestamp(const Leaf& leaf);

/// A request (DER) for a stamp over SHA-256 of the text, with a nonce, asking for the certificate.
std::string timestamp_query(std::string_view text);

struct Stamped {
    std::string imprint;  ///< the SHA-256 that was stamped, 32 bytes
    std::string time;     ///< as the token says it, UTC
};
/// What a granted reply (DER) stamps, or why it stamps nothing.
std::string read_reply(std::string_view reply, Stamped& stamped);

/// Empty when the reply stamps the text and its signature leads to one of the certificates (PEM); else why not.
std::string check_reply(std::string_view reply, std::string_view text, const std::string& authorities_pem);

}  // namespace duenotice
