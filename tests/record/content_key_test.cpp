// Sealed content: nothing of it stands in the file, it opens for its own entry alone, and the record verifies without the key.
#include <catch2/catch.hpp>

#include <random>

#include "engine/record/account_entries.h"
#include "engine/record/erasure.h"
#include "engine/record/record_verifier.h"
#include "engine/record/redaction.h"
#include "rules/fingerprint.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const ContentKey& content_key() {
    static const ContentKey made = ContentKey::generate();
    return made;
}

void keep_key(const std::string& case_path) { write_bytes(content_key_path(case_path, content_key().file_name()), content_key().text()); }

/// A sealed record of `count` facts whose words are `marker 0`, `marker 1`, ...; its key beside it.
void make_sealed(const std::string& path, int count) {
    keep_key(path);
    Entry opened;
    opened.actor = "soc";
    opened.idem = "open";
    opened.fields["members"] = json_text("marker of the title");
    CaseFile file = CaseFile::create(path, "INC-1", case_key(), opened, began, content_key());
    for (int i = 0; i < count; ++i) {
        const Entry entry = entry_of("e" + std::to_string(i), "marker " + std::to_string(i));
        file.append({&entry, 1}, case_key(), began + (i + 1) * 1'000'000);
    }
}

std::string first_finding(const std::string& path) {
    const RecordVerdict verdict = verify_record(path);
    return verdict.findings.empty() ? "" : verdict.findings.front().words;
}

bool in_file(const std::string& path, const std::string& text) { return !files_holding(path, std::vector<std::string>{text}).empty(); }

}  // namespace

TEST_CASE("a sealed text opens with its key, about what it was sealed, and unchanged alone") {
    const ContentKey key = ContentKey::generate();
    for (const std::string& plain : {std::string(), std::string("x"), std::string(70'000, 'y')}) {
        const std::string sealed = key.seal(plain, "duenotice.case/INC-1 4");
        CHECK(sealed.size() == plain.size() + 28);
        CHECK(key.open(sealed, "duenotice.case/INC-1 4") == plain);
        CHECK_FALSE(key.open(sealed, "duenotice.case/INC-1 5"));
        CHECK_FALSE(key.open(sealed, "duenotice.case/INC-2 4"));
        CHECK_FALSE(ContentKey::generate().open(sealed, "duenotice.case/INC-1 4"));
        CHECK(key.seal(plain, "a") != key.seal(plain, "a"));
        CHECK_FALSE(key.open(sealed.substr(0, sealed.size() - 1), "duenotice.case/INC-1 4"));
        for (std::size_t at = 0; at < std::min<std::size_t>(sealed.size(), 64); ++at) {
            std::string changed = sealed;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            CHECK_FALSE(key.open(changed, "duenotice.case/INC-1 4"));
        }
    }
    CHECK_FALSE(key.open("", "a"));
    CHECK(ContentKey::parse(key.text())->id() == key.id());
    for (const std::string& text : {std::string(), key.text().substr(1), key.text() + "\n", key.text().substr(0, key.text().size() - 1), std::string("duenotice-content-key/1 AAAA\n")}) CHECK_FALSE(ContentKey::parse(text));
}

TEST_CASE("nothing of sealed content stands in the file, and with the key it reads and verifies as ever") {
    const Folder folder;
    const std::string path = folder.file("a.case"), open = folder.file("open.case");
    make_sealed(path, 5);
    CHECK_FALSE(in_file(path, "marker"));
    make_case(open, 5);
    CHECK(in_file(open, "statement 3"));  // so that the search can find something
    const CaseFile file = CaseFile::open(path, false);
    CHECK(file.entry(3).fields.at("statement").text == "marker 2");
    const RecordVerdict verdict = verify_record(path);
    CHECK(verdict.holds());
    CHECK_FALSE(verdict.sealed);
}

TEST_CASE("without the key a sealed record verifies as far as it can be seen, and gives no content") {
    const Folder folder;
    const std::string path = folder.file("a.case"), key_file = content_key_path(path, content_key().file_name()), copy = folder.file("elsewhere-copy");
    make_sealed(path, 3);
    std::filesystem::create_directory(copy);
    CaseStore::open(path, false).copy_to(copy + "/b.case");
    CHECK(verify_record(copy + "/b.case").sealed);
    CHECK_FALSE(verify_record(copy + "/b.case", {}, path).sealed);
    std::filesystem::remove(key_file);
    const RecordVerdict verdict = verify_record(path);
    CHECK(verdict.sealed);
    CHECK(verdict.holds());
    CHECK(thrown([&] { CaseFile::open(path, false); }).starts_with("its content is sealed, and its key is not at " + key_file));
    CHECK(thrown([&] { CaseStore::open(path, false).openings(1); }) == "its content is sealed, and the key is not there");
    // What the key does not cover is still found.
    const std::string bad = folder.file("bad.case");
    std::filesystem::copy_file(path, bad);
    tamper(bad, "UPDATE leaf SET bytes = cast(replace(bytes, 'soc', 'sOc') AS BLOB) WHERE seq = 2");
    CHECK(first_finding(bad) == "its bytes are not those of its hash");
    write_bytes(key_file, ContentKey::generate().text());
    CHECK(thrown([&] { verify_record(path); }) == "is not the key to the content of " + path);
    // One folder for all keys.
    std::filesystem::remove(key_file);
    const std::string keys = folder.file("keys");
    std::filesystem::create_directory(keys);
    keep_content_keys_in(keys);
    keep_key(path);
    CHECK(std::filesystem::exists(keys + "/" + content_key().file_name()));
    CHECK(CaseFile::open(path, false).entry(1).fields.at("statement").text == "marker 0");
    keep_content_keys_in("");
}

TEST_CASE("sealed content that was moved, swapped for open text or changed is reported") {
    const Folder folder;
    const std::string good = folder.file("good.case");
    make_sealed(good, 4);
    const std::string form = "content is kept in another form than this program writes";
    const std::pair<const char*, std::string> rows[] = {{"UPDATE opening SET content = (SELECT content FROM opening WHERE seq = 3) WHERE seq = 2", form},
                                                        {"UPDATE opening SET content = 'statement AAAA 1' WHERE seq = 2", form},
                                                        {"UPDATE opening SET content = x'00' WHERE seq = 2", form},
                                                        {"DELETE FROM opening WHERE seq = 2", "content is missing"}};
    int number = 0;
    for (const auto& [sql, words] : rows) {
        const std::string path = folder.file(std::to_string(number++) + ".case");
        std::filesystem::copy_file(good, path);
        tamper(path, sql);
        INFO(sql);
        CHECK(first_finding(path) == words);
        CHECK_FALSE(thrown([&] { CaseFile::open(path, false).entry(2); }).empty());
    }
    std::mt19937 chance(11);
    const CaseStore store = CaseStore::open(good, false);
    for (int run = 0; run < 40; ++run) {
        const std::uint64_t seq = 1 + chance() % 4;
        std::string sealed = store.sealed_content(seq);
        const std::size_t at = chance() % sealed.size();
        sealed[at] = static_cast<char>(sealed[at] ^ (1 << (chance() % 8)));
        std::string sql = "UPDATE opening SET content = x'";
        constexpr std::string_view digits = "0123456789abcdef";
        for (const char c : sealed) sql += {digits[static_cast<unsigned char>(c) >> 4U], digits[static_cast<unsigned char>(c) & 15U]};
        const std::string path = folder.file("flip.case");
        std::filesystem::remove(path);
        std::filesystem::copy_file(good, path);
        tamper(path, sql + "' WHERE seq = " + std::to_string(seq));
        CHECK(verify_record(path).first_bad == seq);
    }
}

TEST_CASE("sealed content is erased like any other, with the artefacts that it alone names; what everybody may know stays open") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_sealed(path, 2);
    CaseFile file = CaseFile::open(path, true);
    const ArtefactBytes personal{"text/plain", "marker of a letter"}, law{"application/xml", "<law>open words</law>"};
    std::vector<Entry> entries = {entry_of("a"), entry_of("b", "other")};
    entries[0].fields["output_artefact"] = json_text(personal.reference());
    entries[0].refs["law_artefact"] = law.reference();
    entries[0].artefacts = {personal, law};
    file.append(entries, case_key(), began + 10'000'000);
    CHECK_FALSE(in_file(path, "marker"));
    CHECK(in_file(path, "open words"));
    CHECK(file.store().artefact(sha256_hex(personal.bytes))->bytes == personal.bytes);
    CHECK(verify_record(path).holds());
    for (const char* field : {"statement", "output_artefact"}) {
        const std::string before = file.store().sealed_content(3);
        REQUIRE(in_file(path, before));
        const Entry erasure = redaction_entry({3, std::string(field)}, "GDPR 17(1)(d)", "dpo", Writer{"clerk", std::string("r-") + field});
        const Erased done = erase(file, {&erasure, 1}, case_key(), began + 20'000'000);
        file.scrub();
        CHECK(files_holding(path, done.needles).empty());
        CHECK_FALSE(in_file(path, before));
        CHECK(verify_record(path).holds());
    }
    CHECK_FALSE(file.store().has_artefact(sha256_hex(personal.bytes)));
    CHECK(file.store().has_artefact(sha256_hex(law.bytes)));
    CHECK(file.entry(3).fields.size() == 1);  // `fact` places the entry
    CHECK(file.entry(4).fields.at("statement").text == "other");
    // The key goes, and with it everything that was sealed; what was signed still holds.
    std::filesystem::remove(content_key_path(path, content_key().file_name()));
    CHECK(verify_record(path).holds());
}
