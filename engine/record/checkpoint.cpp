#include "engine/record/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "engine/record/base64.h"
#include "rules/source_text.h"
#include "rules/text_parts.h"

namespace duenotice {

namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // an em dash and a space begin a signature line
constexpr std::size_t most_signatures = 100;

bool is_note_text(std::string_view note) {
    return first_invalid_utf8(note) == std::string_view::npos &&
           std::all_of(note.begin(), note.end(), [](char c) { return c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F); });
}

struct SignatureLine {
    std::string_view name;
    std::string bytes;  ///< key id and signature
};

std::optional<SignatureLine> parse_signature(std::string_view line) {
    if (!line.starts_with(dash)) return {};
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_note_name(line.substr(0, space))) return {};
    auto bytes = parse_base64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5) return {};
    return SignatureLine{line.substr(0, space), std::move(*bytes)};
}

/// Empty when one of the lines is a signature of this key, each such line holds and every line is well-formed.
std::string check_signatures(std::string_view text, std::string_view lines, const NoteKey& key) {
    const auto all = text_parts(lines, '\n');
    if (all.size() > most_signatures) return "the note has more than 100 signatures";
    bool found = false;
    for (const std::string_view line : all) {
        const auto signature = parse_signature(line);
        if (!signature) return "a line after the empty one is no signature";
        if (signature->name != key.name || !signature->bytes.starts_with(key.id())) continue;
        if (!signature_holds(key.key, text, std::string_view(signature->bytes).substr(4))) return "the signature does not hold";
        found = true;
    }
    return found ? "" : "the note bears no signature of this key";
}

}  // namespace

bool is_note_name(std::string_view name) {
    // WHY: besides ASCII space these are the white space of Unicode, as the signed note forbids them all.
    constexpr std::string_view spaces[] = {"\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    if (name.empty() || name.find_first_of(" +") != std::string_view::npos || name.find('\n') != std::string_view::npos || !is_note_text(name)) return false;
    return std::none_of(std::begin(spaces), std::end(spaces), [&](std::string_view space) { return name.find(space) != std::string_view::npos; });
}

std::string NoteKey::id() const {
    const Digest digest = sha256(name + '\n' + '\x01' + std::string(view(key)));
    return {reinterpret_cast<const char*>(digest.data()), 4};
}

std::string NoteKey::text() const {
    Digest padded{};
    const std::string four = id();
    std::copy(four.begin(), four.end(), padded.begin());
    return name + '+' + hex_digits(padded).substr(0, 8) + '+' + base64('\x01' + std::string(view(key)));
}

std::optional<NoteKey> parse_note_key(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return {};
    const auto bytes = parse_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 33 || bytes->front() != '\x01' || !is_note_name(text.substr(0, first))) return {};
    NoteKey made;
    made.name = text.substr(0, first);
    std::copy(bytes->begin() + 1, bytes->end(), made.key.begin());
    if (made.text() != text) return {};
    return made;
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
    std::string text = checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' + base64(view(checkpoint.root)) + '\n';
    for (const std::string& extension : checkpoint.extensions) text += extension + '\n';
    return text;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const std::string& key_name, const SigningKey& key) {
    const std::string text = checkpoint_text(checkpoint);
    const NoteKey signer{key_name, key.public_key()};
    return text + '\n' + std::string(dash) + key_name + ' ' + base64(signer.id() + key.sign(text)) + '\n';
}

std::variant<Checkpoint, std::string> parse_checkpoint(std::string_view text) {
    if (text.empty() || text.back() != '\n') return "the checkpoint does not end with a line end";
    if (!is_note_text(text)) return "the checkpoint is no text";
    const auto lines = text_parts(text, '\n');
    if (lines.size() < 3) return "the checkpoint has fewer than three lines";
    if (std::any_of(lines.begin(), lines.end(), [](std::string_view line) { return line.empty(); })) return "a line of the checkpoint is empty";
    Checkpoint made;
    made.origin = lines[0];
    const std::string_view size = lines[1];
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), made.size);
    if (error != std::errc() || end != size.data() + size.size() || std::to_string(made.size) != size) return "the size is not a whole number in its one spelling";
    const auto root = parse_base64(lines[2]);
    if (!root || root->size() != made.root.size()) return "the root is not 32 bytes in base 64";
    std::copy(root->begin(), root->end(), made.root.begin());
    for (std::size_t i = 3; i < lines.size(); ++i) made.extensions.emplace_back(lines[i]);
    return made;
}

std::variant<Checkpoint, std::string> open_checkpoint(std::string_view note, const NoteKey& key, std::string_view origin) {
    if (!is_note_text(note)) return "the note is no text";
    const std::size_t split = note.rfind("\n\n");
    if (split == std::string_view::npos || note.back() != '\n') return "the note has no signatures after an empty line";
    const std::string_view text = note.substr(0, split + 1);
    if (std::string mistake = check_signatures(text, note.substr(split + 2), key); !mistake.empty()) return mistake;
    auto checkpoint = parse_checkpoint(text);
    if (const auto* read = std::get_if<Checkpoint>(&checkpoint); read != nullptr && !origin.empty() && read->origin != origin) return "the checkpoint is of another origin";
    return checkpoint;
}

}  // namespace duenotice
