#pragma once
// The signed head of a record as text: a checkpoint (C2SP tlog-checkpoint) in a signed note (C2SP signed-note) with an
// Ed25519 key. Anybody can read, print and keep it, and check it with openssl alone:
//
//     duenotice.case/INC-2026-0042
//     17
//     <root, base64>
//
//     — duenotice.case/INC-2026-0042 <key id and signature, base64>
//
// The signed bytes are the lines before the empty one, each with its line end. A key id is the first four bytes of
// SHA-256(name || 0x0A || 0x01 || public key). Signatures of other keys are passed over; one of the asked key must be
// there and hold. Refused: another origin, bytes after the last signature, a size with leading zeros, base 64 that is not
// in its one spelling, control characters, a text that is not UTF-8.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/record/signature.h"
#include "rules/fingerprint.h"

namespace duenotice {

/// Who signs: a name and a key. `name+hex id+base64(0x01 || public key)` as text.
struct NoteKey {
    std::string name;
    PublicKey key{};
    /// Four bytes.
    std::string id() const;
    std::string text() const;
};
/// Empty when the text is none, or its id does not belong to its name and key.
std::optional<NoteKey> parse_note_key(std::string_view text);
/// Whether a name may sign: not empty, no white space and no `+`.
bool is_note_name(std::string_view name);

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root{};
    std::vector<std::string> extensions;  ///< further lines, none of them empty
};
/// The lines that are signed.
std::string checkpoint_text(const Checkpoint& checkpoint);
std::string sign_checkpoint(const Checkpoint& checkpoint, const std::string& key_name, const SigningKey& key);

/// The lines of a checkpoint, or what is wrong with them.
std::variant<Checkpoint, std::string> parse_checkpoint(std::string_view text);
/// The checkpoint of a note that this key signed, or why it is not one. An empty origin stands for any.
std::variant<Checkpoint, std::string> open_checkpoint(std::string_view note, const NoteKey& key, std::string_view origin);

}  // namespace duenotice
