// Signatures against RFC 8032, base 64, and what a signed checkpoint must be.
#include <catch2/catch.hpp>

#include "engine/record/base64.h"
#include "engine/record/checkpoint.h"

using namespace duenotice;

namespace {

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

std::string hex_of(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
        text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15U];
    }
    return text;
}

const SigningKey& key() {
    static const SigningKey made = SigningKey::from_seed(bytes_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    return made;
}
const std::string name = "duenotice.case/INC-1";
NoteKey note_key() { return {name, key().public_key()}; }
Checkpoint checkpoint() { return {name, 17, sha256("root"), {}}; }

std::string opened(std::string_view note, const NoteKey& with, std::string_view origin = name) {
    const auto result = open_checkpoint(note, with, origin);
    if (const auto* mistake = std::get_if<std::string>(&result)) return *mistake;
    return "size " + std::to_string(std::get<Checkpoint>(result).size);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    return text.replace(text.find(what), what.size(), with);
}

/// Signs any text, also one that is no checkpoint.
std::string note_of(const std::string& text) { return text + "\n\xE2\x80\x94 " + name + ' ' + base64(note_key().id() + key().sign(text)) + '\n'; }

}  // namespace

TEST_CASE("signatures are those of RFC 8032 section 7.1") {
    struct Row {
        const char *seed, *public_key, *message, *signature;
    };
    const Row rows[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}};
    for (const Row& row : rows) {
        const SigningKey made = SigningKey::from_seed(bytes_of(row.seed));
        const PublicKey shown = made.public_key();
        const std::string message = bytes_of(row.message), signature = made.sign(message);
        CHECK(hex_of({reinterpret_cast<const char*>(shown.data()), 32}) == row.public_key);
        CHECK(hex_of(signature) == row.signature);
        CHECK(signature_holds(shown, message, signature));
        CHECK_FALSE(signature_holds(shown, message + "x", signature));
        CHECK_FALSE(signature_holds(shown, message, signature + '\0'));
        CHECK_FALSE(signature_holds(shown, message, std::string_view(signature).substr(1)));
        for (std::size_t bit = 0; bit < 512; bit += 7) {
            std::string flipped = signature;
            flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
            CHECK_FALSE(signature_holds(shown, message, flipped));
        }
    }
}

TEST_CASE("a private key goes through PEM and back, and anything else is no key") {
    const SigningKey made = SigningKey::generate();
    const auto again = SigningKey::from_pem(made.pem());
    REQUIRE(again);
    CHECK(again->public_key() == made.public_key());
    CHECK(SigningKey::generate().public_key() != made.public_key());
    CHECK_FALSE(SigningKey::from_pem("").has_value());
    CHECK_FALSE(SigningKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").has_value());
}

TEST_CASE("base 64 is read in its one spelling only") {
    // RFC 4648 section 10.
    const std::pair<const char*, const char*> rows[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : rows) {
        CHECK(base64(bytes) == text);
        CHECK(parse_base64(text) == std::string(bytes));
    }
    CHECK(base64url("\xFB\xFF\xFE") == "-__-");
    CHECK(base64url("f") == "Zg");
    for (const char* text : {"Zg", "Zg=", "Zh==", "Zm9=", "Zg==\n", " Zg==", "Zg==Zg==", "Z", "=", "-__-", "Zm9v="}) CHECK_FALSE(parse_base64(text).has_value());
}

TEST_CASE("a verifier key is read back only when its id is that of its name and key") {
    const std::string text = note_key().text();
    CHECK(text == "duenotice.case/INC-1+" + hex_of(note_key().id()) + "+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea");
    REQUIRE(parse_note_key(text));
    CHECK(parse_note_key(text)->key == key().public_key());
    // The key of the Go checksum database, published in the Go sources.
    CHECK(parse_note_key("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").has_value());
    CHECK_FALSE(parse_note_key("sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").has_value());
    CHECK_FALSE(parse_note_key("sum.golang.com+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").has_value());
    CHECK_FALSE(parse_note_key(text + "\n").has_value());
    CHECK_FALSE(parse_note_key("a b" + text).has_value());
    CHECK_FALSE(parse_note_key("").has_value());
    for (const char* bad : {"", "a b", "a+b", "a\tb", "a\xC2\xA0" "b", "a\xE3\x80\x80", "\xFF"}) CHECK_FALSE(is_note_name(bad));
}

TEST_CASE("a checkpoint that was signed opens with its key and its origin only") {
    const std::string note = sign_checkpoint(checkpoint(), name, key());
    CHECK(note.starts_with("duenotice.case/INC-1\n17\n"));
    CHECK(opened(note, note_key()) == "size 17");
    CHECK(opened(note, note_key(), "") == "size 17");
    CHECK(opened(note, note_key(), "duenotice.case/INC-2") == "the checkpoint is of another origin");
    CHECK(opened(note, {"other", key().public_key()}) == "the note bears no signature of this key");
    CHECK(opened(note, {name, SigningKey::generate().public_key()}) == "the note bears no signature of this key");
    CHECK(opened(replaced(note, "\n17\n", "\n18\n"), note_key()) == "the signature does not hold");
    CHECK(opened(note + "x", note_key()) == "the note has no signatures after an empty line");
    CHECK(opened(note + "x\n", note_key()) == "a line after the empty one is no signature");
    CHECK(opened(note + "\n", note_key()) == "the note bears no signature of this key");
    CHECK(opened(note + std::string(1, '\0'), note_key()) == "the note is no text");
    CHECK(opened(checkpoint_text(checkpoint()), note_key()) == "the note has no signatures after an empty line");
    CHECK(opened("", note_key()) == "the note has no signatures after an empty line");
}

TEST_CASE("each bit of a note counts") {
    const std::string note = sign_checkpoint(checkpoint(), name, key());
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        std::string flipped = note;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        INFO(bit);
        CHECK_FALSE(opened(flipped, note_key()).starts_with("size"));
    }
}

TEST_CASE("signatures of others are passed over, and one of ours that does not hold is not") {
    const std::string text = checkpoint_text(checkpoint());
    const SigningKey witness = SigningKey::generate();
    const std::string by_witness = "\xE2\x80\x94 witness " + base64(NoteKey{"witness", witness.public_key()}.id() + witness.sign(text)) + "\n";
    const std::string note = sign_checkpoint(checkpoint(), name, key());
    CHECK(opened(note + by_witness, note_key()) == "size 17");
    CHECK(opened(note + by_witness, {"witness", witness.public_key()}) == "size 17");
    const std::string forged = "\xE2\x80\x94 " + name + ' ' + base64(note_key().id() + std::string(64, 'x')) + '\n';
    CHECK(opened(note + forged, note_key()) == "the signature does not hold");
    std::string many = note;
    for (int i = 0; i < 100; ++i) many += by_witness;
    CHECK(opened(many, note_key()) == "the note has more than 100 signatures");
}

TEST_CASE("lines that are no checkpoint are refused even when they are signed") {
    const std::string root = base64(std::string(32, 'r'));
    const auto signed_text = [](const std::string& text) { return opened(note_of(text), note_key()); };
    CHECK(signed_text(name + "\n0\n" + root + "\n") == "size 0");
    CHECK(signed_text(name + "\n5\n" + root + "\nextra line\n") == "size 5");
    for (const char* size : {"05", "-1", "+1", " 1", "1 ", "0x1", "", "18446744073709551616"})
        CHECK_FALSE(signed_text(name + "\n" + size + "\n" + root + "\n").starts_with("size "));
    CHECK(signed_text(name + "\n18446744073709551615\n" + root + "\n") == "size 18446744073709551615");
    CHECK(signed_text(name + "\n5\n" + base64("short") + "\n") == "the root is not 32 bytes in base 64");
    CHECK(signed_text(name + "\n5\n" + root.substr(1) + "\n") == "the root is not 32 bytes in base 64");
    CHECK(signed_text(name + "\n5\n") == "the checkpoint has fewer than three lines");
    CHECK(signed_text("\n5\n" + root + "\n") == "a line of the checkpoint is empty");
    const Checkpoint with{name, 3, sha256("x"), {"one", "two"}};
    CHECK(std::get<Checkpoint>(parse_checkpoint(checkpoint_text(with))).extensions == with.extensions);
}
