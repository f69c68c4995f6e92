// What a record reads from outside: JSON to be made canonical, leaves, signed checkpoints, workbooks.

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/record/canonical_json.h"
#include "engine/record/checkpoint.h"
#include "engine/record/entry.h"
#include "reports/workbook.h"
#include "reports/workbook_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace duenotice::fuzz {

namespace {

// ---- canonical JSON

std::vector<std::string> canonical_corpus() {
    std::vector<std::string> texts = files("tests/cases/samples", ".json");
    texts.push_back(R"({"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 1e-400, -0, 9007199254740993], "\ud83d\ude00": "\u0000\u000f\n\"\\/", "\ufb33": [null, true, false, {}]})");
    texts.push_back(R"({"v":1,"seq":3,"a":{"b":[1,[2,[3]]]},"c":"é"})");
    return texts;
}

Outcome run_canonical(const std::string& bytes) {
    const Checked<JsonValue> value = read_canonical_source(source("fuzz.json", bytes));
    const std::string codes = codes_of(value.diagnostics);
    require(value.value.has_value() != value.diagnostics.has_errors(), "JSON is read or has a mistake");
    const Checked<JsonValue> strict = read_json(source("fuzz.json", bytes));
    if (!value) {
        const bool by_more = codes == "DN0702 " || codes == "DN0705 ";  // a byte order mark; a number beyond all floats
        require(!strict || by_more, "what an account may say can be made canonical");
        return {false, codes};
    }
    const std::string made = canonical_json(*value);
    const Checked<JsonValue> again = read_canonical_source(source("again.json", made));
    require(again.value.has_value() && canonical_json(*again) == made, "canonical JSON is its own canonical form");
    if (strict) require(canonical_json(*strict) == made, "two readers of JSON see the same value");
    return {true, codes};
}

// ---- leaves

std::vector<std::string> leaf_corpus() {
    Leaf leaf{7, "fact", "INC-2026-0042", "2026-11-20T22:14:00.000123Z", "soc", "k-7", "2026-11-20T20:00:00Z", "", {}, {}};
    leaf.commits = {{"fact", std::string(43, 'a')}, {"statement", std::string(43, 'Z')}};
    Leaf other = leaf;
    other.kind = "correction";
    other.refs = {{"corrects", std::int64_t{3}}, {"was", std::string("x")}};
    return {leaf_bytes(leaf), leaf_bytes(other)};
}

Outcome run_leaf(const std::string& bytes) {
    const auto leaf = parse_leaf(bytes);
    if (const auto* mistake = std::get_if<std::string>(&leaf)) {
        require(printable(*mistake) && !mistake->empty(), "a mistake can be shown");
        return {false, *mistake};
    }
    require(leaf_bytes(std::get<Leaf>(leaf)) == bytes, "a leaf has one spelling");
    return {true, std::get<Leaf>(leaf).kind.substr(0, 1)};
}

// ---- checkpoints

const SigningKey& signing_key() {
    static const SigningKey key = SigningKey::from_seed(std::string(32, 'f'));
    return key;
}
constexpr const char* origin = "duenotice.case/INC-1";

std::vector<std::string> checkpoint_corpus() {
    std::vector<std::string> notes;
    for (const std::uint64_t size : {0U, 1U, 42U}) notes.push_back(sign_checkpoint({origin, size, sha256(std::to_string(size)), {}}, origin, signing_key()));
    notes.push_back(notes.back() + notes.front().substr(notes.front().find("\n\n") + 2));
    return notes;
}

Outcome run_checkpoint(const std::string& bytes) {
    const auto lines = parse_checkpoint(bytes);
    if (const auto* checkpoint = std::get_if<Checkpoint>(&lines)) require(checkpoint_text(*checkpoint) == bytes, "a checkpoint has one spelling");
    const auto opened = open_checkpoint(bytes, {origin, signing_key().public_key()}, origin);
    if (const auto* mistake = std::get_if<std::string>(&opened)) {
        require(printable(*mistake) && !mistake->empty(), "a mistake can be shown");
        return {false, *mistake};
    }
    const std::string text = checkpoint_text(std::get<Checkpoint>(opened));
    bool was_signed = false;
    for (const std::string& note : checkpoint_corpus()) was_signed = was_signed || note.starts_with(text + '\n');
    require(was_signed, "only what was signed opens");
    return {true, ""};
}

// ---- workbooks that somebody brings

std::vector<std::string> workbook_corpus() {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "duenotice-fuzz-workbook";
    std::filesystem::create_directories(folder);
    std::vector<std::string> books;
    for (const char* text : {"x", "_x0041_ & <b>"}) {
        const std::string path = (folder / "book.xlsx").string();
        write_workbook({{"One", {{"row id", 8}, {"what", 20}}, {{std::string("R1"), std::string(text)}, {std::string("R2"), std::int64_t{3}}}, "tie"}}, {"title", "subject", "footer", Instant{0}}, path, folder.string());
        std::ifstream file(path, std::ios::binary);
        books.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    std::filesystem::remove_all(folder);
    return books;
}

Outcome run_workbook(const std::string& bytes) {
    const auto book = read_workbook(bytes);
    if (const auto* mistake = std::get_if<std::string>(&book)) {
        require(printable(*mistake) && !mistake->empty(), "a mistake can be shown");
        return {false, *mistake};
    }
    require(!std::get<ReadWorkbook>(book).sheets.empty(), "a workbook has sheets");
    return {true, std::to_string(std::get<ReadWorkbook>(book).sheets.size())};
}

}  // namespace

std::vector<Target> record_targets() { return {{"canonical", canonical_corpus, run_canonical}, {"checkpoint", checkpoint_corpus, run_checkpoint}, {"leaf", leaf_corpus, run_leaf}, {"workbook", workbook_corpus, run_workbook}}; }

}  // namespace duenotice::fuzz
