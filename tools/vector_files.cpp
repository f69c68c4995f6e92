#include "tools/vector_files.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <ostream>
#include <vector>

#include "engine/record/base64.h"
#include "engine/record/canonical_json.h"
#include "engine/record/checkpoint.h"
#include "engine/record/merkle_tree.h"
#include "tools/atomic_file.h"

namespace duenotice {

namespace {

namespace fs = std::filesystem;

/// `pass`, `fail` or `skip`, and why.
struct Outcome {
    std::string word, reason;
};

Outcome judged(const std::string& mistake, bool wants_mistake) {
    if (mistake.empty() == !wants_mistake) return {"pass", ""};
    return {"fail", wants_mistake ? "was accepted and should be refused" : mistake};
}

std::optional<std::uint64_t> whole(const JsonValue& probe, std::string_view name) {
    const JsonValue* value = probe.find(name);
    std::uint64_t number = 0;
    if (value == nullptr || value->kind != JsonValue::Kind::Number) return {};
    const auto [end, error] = std::from_chars(value->text.data(), value->text.data() + value->text.size(), number);
    return error == std::errc() && end == value->text.data() + value->text.size() ? std::optional(number) : std::nullopt;
}

std::optional<Digest> hash(const JsonValue* value) {
    if (value == nullptr || !value->is_string()) return {};
    const auto bytes = parse_base64(value->text);
    Digest digest{};
    if (!bytes || bytes->size() != digest.size()) return {};
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

/// Null or left out is a proof of no hashes.
std::optional<std::vector<Digest>> proof_of(const JsonValue& probe) {
    const JsonValue* list = probe.find("proof");
    if (list == nullptr || list->kind == JsonValue::Kind::Null) return std::vector<Digest>{};
    std::vector<Digest> proof;
    for (const JsonValue& item : list->items) {
        const auto digest = hash(&item);
        if (!digest) return {};
        proof.push_back(*digest);
    }
    return list->is_array() ? std::optional(proof) : std::nullopt;
}

std::string inclusion_mistake(const JsonValue& probe) {
    const auto index = whole(probe, "leafIdx"), size = whole(probe, "treeSize");
    const auto root = hash(probe.find("root")), leaf = hash(probe.find("leafHash"));
    const auto proof = proof_of(probe);
    if (!index || !size) return "`leafIdx` or `treeSize` is not a whole number";
    if (!root || !leaf || !proof) return "a hash is not 32 bytes in base 64";
    return check_inclusion(*index, *size, *leaf, *proof, *root);
}

std::string consistency_mistake(const JsonValue& probe) {
    const auto first = whole(probe, "size1"), second = whole(probe, "size2");
    const auto first_root = hash(probe.find("root1")), second_root = hash(probe.find("root2"));
    const auto proof = proof_of(probe);
    if (!first || !second) return "`size1` or `size2` is not a whole number";
    // WHY: between trees of one size only the equality of the roots is judged, and published probes put any bytes there.
    const JsonValue *first_text = probe.find("root1"), *second_text = probe.find("root2");
    if (*first == *second && *first > 0 && proof && proof->empty() && first_text != nullptr && second_text != nullptr && !first_root && !second_root)
        return !first_text->text.empty() && first_text->text == second_text->text ? "" : "trees of one size have different roots";
    if (!first_root || !second_root || !proof) return "a hash is not 32 bytes in base 64";
    return check_consistency(*first, *second, *proof, *first_root, *second_root);
}

/// Public keys in a text: verifier keys, one a line, or one in PEM, which signs under the origin of the note.
std::vector<NoteKey> keys_in(const std::string& text, const std::string& origin) {
    constexpr std::string_view pem_begin = "-----BEGIN PUBLIC KEY-----", pem_end = "-----END PUBLIC KEY-----";
    constexpr std::string_view ed25519 = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21";  // and 00: DER of RFC 8410
    std::vector<NoteKey> keys;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        if (const auto key = parse_note_key(line)) keys.push_back(*key);
        at = end + 1;
    }
    const std::size_t begin = text.find(pem_begin), end = text.find(pem_end);
    if (begin == std::string::npos || end == std::string::npos || end < begin) return keys;
    std::string body = text.substr(begin + pem_begin.size(), end - begin - pem_begin.size());
    std::erase_if(body, [](char c) { return c == '\n' || c == '\r'; });
    const auto der = parse_base64(body);
    if (!der || der->size() != 44 || !der->starts_with(ed25519)) return keys;
    NoteKey key{origin, {}};
    std::copy(der->end() - 32, der->end(), key.key.begin());
    keys.push_back(key);
    return keys;
}

std::string note_mistake(const std::string& note, const std::vector<NoteKey>& keys, const std::string& origin) {
    std::string mistake = keys.empty() ? "no key stands beside it" : "";
    for (const NoteKey& key : keys) {
        const auto opened = open_checkpoint(note, key, origin);
        if (std::holds_alternative<Checkpoint>(opened)) return "";
        // One that has a say is told before one that is only not there.
        const std::string& why = std::get<std::string>(opened);
        if (mistake.empty() || why.find("bears no signature") == std::string::npos) mistake = why;
    }
    return mistake;
}

bool is_note(const std::string& bytes) { return bytes.find("\n\n\xE2\x80\x94 ") != std::string::npos && !bytes.starts_with('{'); }

class Walk {
public:
    Walk(const std::string& folder, std::ostream& out) : root_(folder), out_(out) {}

    int run() {
        std::vector<std::string> files;
        std::error_code error;
        for (fs::recursive_directory_iterator it(root_, error), end; !error && it != end; it.increment(error))
            if (it->is_regular_file()) files.push_back(it->path().string());
        if (error) throw FileError(root_.string(), error.message());
        std::sort(files.begin(), files.end());
        for (const std::string& file : files) tell(file, look(file));
        out_ << passed_ << " passed, " << failed_ << " failed, " << skipped_ << " skipped\n";
        return passed_ > 0 && failed_ == 0 ? 0 : 1;
    }

private:
    Outcome look(const fs::path& path) const {
        const std::string folder = path.parent_path().filename().string();
        if (folder == "output" && fs::is_regular_file(path.parent_path().parent_path() / "input" / path.filename())) return {"skip", "belongs to input/" + path.filename().string()};
        const fs::path output = path.parent_path().parent_path() / "output" / path.filename();
        if (folder == "input" && fs::is_regular_file(output)) return pair(path, output);
        const std::string bytes = read_file(path.string(), json_most_bytes);
        if (is_note(bytes)) return note(path, bytes);
        if (path.extension() == ".json") return probe(path, bytes);
        return {"skip", "no vector"};
    }

    static Outcome pair(const fs::path& input, const fs::path& output) {
        const auto value = read_canonical_source(std::make_shared<const SourceText>(input.string(), read_file(input.string())));
        if (!value) return {"fail", value.diagnostics.items().front().message};
        const std::string made = canonical_json(*value), wanted = read_file(output.string());
        return judged(made == wanted || made + '\n' == wanted ? "" : "canonical bytes differ from " + output.string(), false);
    }

    Outcome probe(const fs::path& path, const std::string& bytes) const {
        const auto value = read_json(std::make_shared<const SourceText>(path.string(), bytes));
        if (!value || !value->is_object()) return {"skip", "no object of JSON"};
        const JsonValue* wants = value->find("wantErr");
        const bool wants_mistake = wants != nullptr && wants->kind == JsonValue::Kind::Bool && wants->boolean;
        if (value->find("treeSize") != nullptr) return judged(inclusion_mistake(*value), wants_mistake);
        if (value->find("size2") != nullptr) return judged(consistency_mistake(*value), wants_mistake);
        const JsonValue* note = value->find("checkpoint");
        if (note == nullptr || !note->is_string()) return {"skip", "no vector that is known here"};
        const JsonValue* origin = value->find("origin");
        std::vector<NoteKey> keys = keys_beside(path, note->text);
        for (const char* name : {"key", "vkey"})
            if (const JsonValue* key = value->find(name); key != nullptr && key->is_string()) keys = keys_in(key->text, origin_of(note->text));
        return judged(note_mistake(note->text, keys, origin != nullptr ? origin->text : ""), wants_mistake);
    }

    /// A note named `bad...` or in a folder of that name must be refused.
    Outcome note(const fs::path& path, const std::string& bytes) const {
        bool bad = false;
        for (const fs::path& part : fs::relative(path, root_)) bad = bad || part.string().starts_with("bad") || part.string().starts_with("invalid");
        return judged(note_mistake(bytes, keys_beside(path, bytes), ""), bad);
    }

    static std::string origin_of(const std::string& note) { return note.substr(0, note.find('\n')); }

    /// Keys in the other files of the folder, then of those around it.
    std::vector<NoteKey> keys_beside(const fs::path& path, const std::string& note) const {
        std::vector<NoteKey> keys;
        for (fs::path folder = path.parent_path();; folder = folder.parent_path()) {
            std::vector<fs::path> files;
            for (const auto& entry : fs::directory_iterator(folder))
                if (entry.is_regular_file() && entry.path() != path && entry.file_size() < 65536) files.push_back(entry.path());
            std::sort(files.begin(), files.end());
            for (const fs::path& file : files)
                for (NoteKey& key : keys_in(read_file(file.string()), origin_of(note))) keys.push_back(std::move(key));
            if (folder == root_ || folder == folder.parent_path()) return keys;
        }
    }

    void tell(const std::string& file, const Outcome& outcome) {
        ++(outcome.word == "pass" ? passed_ : outcome.word == "fail" ? failed_ : skipped_);
        out_ << outcome.word << "  " << fs::relative(file, root_).string() << (outcome.reason.empty() ? "" : ": " + outcome.reason) << "\n";
    }

    fs::path root_;
    std::ostream& out_;
    std::size_t passed_ = 0, failed_ = 0, skipped_ = 0;
};

}  // namespace

int verify_vectors(const std::string& folder, std::ostream& out) {
    fs::path path(folder);
    if (!path.has_filename()) path = path.parent_path();
    if (!fs::is_directory(path)) throw FileError(folder, "is not a folder");
    return Walk(path.string(), out).run();
}

}  // namespace duenotice
