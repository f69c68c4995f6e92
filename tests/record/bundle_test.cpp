// A bundle shows its reader that it is whole; what was done to it is reported, and where.
#include <catch2/catch.hpp>

#include <random>

#include "engine/record/account_entries.h"
#include "engine/record/bundle_verifier.h"
#include "engine/record/erasure.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const ArtefactBytes law{"application/xml", "<law>33(1)</law>"}, output{"application/json", "{\"owed\":[\"gdpr\"]}"};

/// Facts, artefacts, a list, an erasure and a legal hold.
void make_story(const std::string& path) {
    CaseFile file = new_case(path);
    for (int i = 0; i < 6; ++i) {
        const Entry entry = fact_entry({{}, "people.total", json_whole(100 + i), {}, {}, {}}, {"soc", "f" + std::to_string(i)});
        file.append({&entry, 1}, case_key(), began + i * 1'000'000);
    }
    const ArtefactBytes list = artefact_list({{"EU/gdpr.xml", law.reference()}});
    Entry assessed;
    assessed.kind = "assessment";
    assessed.actor = "soc";
    assessed.idem = "assess";
    assessed.refs["law_artefact"] = list.reference();
    assessed.fields["output_artefact"] = json_text(output.reference());
    assessed.artefacts = {list, law, output};
    const std::vector<Entry> entries = {assessed, hold_entry({0, "suit-7", 3, true}, "suit", {"counsel", "h"})};
    file.append(entries, case_key(), began + 20'000'000);
    const Entry redaction = redaction_entry({2, "statement"}, "GDPR 17(1)(d)", "dpo", {"clerk", "r"});
    erase(file, {&redaction, 1}, case_key(), began + 30'000'000);
    file.scrub();
}

BundleFiles bundle_of(const std::string& path, const BundleRequest& request = {"counsel", {}, {}}) { return make_bundle(CaseFile::open(path, false), request); }

/// The sums made anew, as somebody who hides a change would.
BundleFiles resummed(BundleFiles files) {
    auto manifest = *read_canonical_source(std::make_shared<const SourceText>("manifest", files.at("manifest.json")));
    for (JsonMember& member : manifest.members)
        if (member.name == "files") {
            member.value = json_object();
            for (const auto& [name, bytes] : files)
                if (name != "manifest.json" && name != "SHA256SUMS") json_add(member.value, name, json_text(sha256_hex(bytes)));
        }
    files["manifest.json"] = canonical_json(manifest) + "\n";
    files["SHA256SUMS"] = bundle_sums(files);
    return files;
}

std::string first_finding(const BundleFiles& files, const BundleOutside& outside = {}) {
    const BundleVerdict verdict = verify_bundle(files, outside);
    return verdict.holds() ? "" : (verdict.findings.front().seq ? std::to_string(*verdict.findings.front().seq) + ": " : "") + verdict.findings.front().words;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a bundle holds, counts what it has, and is made the same twice") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_story(path);
    const BundleFiles files = bundle_of(path);
    const CaseFile file = CaseFile::open(path, false);
    const BundleVerdict verdict = verify_bundle(files, {{file.key(), file.checkpoint()}, "", true});
    INFO((verdict.findings.empty() ? "" : verdict.findings.front().words));
    CHECK(verdict.holds());
    CHECK(verdict.entries == 10);
    CHECK(verdict.erased == 1);
    CHECK(verdict.artefacts == 3);
    CHECK(verdict.proofs == 4);  // opened, assessment, hold, redaction
    CHECK(verdict.withheld == 0);
    CHECK(files.count("account.json") == 1);
    CHECK(files == bundle_of(path));
    CHECK(files.at("openings.jsonl").find("\"101\"") == std::string::npos);  // erased
}

TEST_CASE("what is withheld is listed with its ground and nowhere in the files") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_story(path);
    const BundleFiles files = bundle_of(path, {"auditor", {{{7, "output_artefact"}, "advice"}, {{4, "statement"}, "third party"}}, {}});
    const BundleVerdict verdict = verify_bundle(files);
    CHECK(verdict.holds());
    CHECK(verdict.withheld == 2);
    CHECK(verdict.artefacts == 2);
    CHECK(files.count("account.json") == 0);
    CHECK(files.count("artefacts/" + sha256_hex(output.bytes)) == 0);
    for (const auto& [name, bytes] : files) CHECK(bytes.find(sha256_hex(output.bytes)) == std::string::npos);
    const CaseFile file = CaseFile::open(path, false);
    for (const FieldOfEntry& field : {FieldOfEntry{2, "statement"}, FieldOfEntry{99, "statement"}, FieldOfEntry{4, "other"}}) CHECK_THROWS_AS(make_bundle(file, {"auditor", {{field, "x"}}, {}}), EntryRefused);
}

TEST_CASE("a change that is hidden by new sums is found where it was made") {
    const Folder folder;
    const std::string path = folder.file("a.case"), other = folder.file("b.case");
    make_story(path);
    make_story(other);
    const BundleFiles good = bundle_of(path), foreign = bundle_of(other);
    REQUIRE(first_finding(resummed(good)).empty());
    const auto changed = [&](const std::function<void(BundleFiles&)>& change) {
        BundleFiles files = good;
        change(files);
        return first_finding(resummed(files));
    };
    CHECK(changed([](BundleFiles& f) { replace(f["leaves.jsonl"], "\"soc\"", "\"sOc\""); }) == "0: its bytes are not those of its hash");
    CHECK(changed([](BundleFiles& f) { replace(f["openings.jsonl"], "103", "104"); }) == "4: the content of `statement` is not what was recorded");
    CHECK(changed([](BundleFiles& f) { f["openings.jsonl"].erase(0, f["openings.jsonl"].find('\n') + 1); }).find("is left out without a word") != std::string::npos);
    CHECK(changed([](BundleFiles& f) { f["leaves.jsonl"].erase(f["leaves.jsonl"].rfind('\n', f["leaves.jsonl"].size() - 2) + 1); }) == "9: there are 9 leaves and 10 hashes");
    CHECK(changed([](BundleFiles& f) {
              f["leaves.jsonl"].erase(f["leaves.jsonl"].rfind('\n', f["leaves.jsonl"].size() - 2) + 1);
              f["leafhashes.bin"].resize(9 * 32);
          }) == "9: the head is of 10 entries, and 9 are there");
    CHECK(changed([&](BundleFiles& f) { f["checkpoint.note"] = foreign.at("checkpoint.note"); }) == "the head was signed over another tree");
    CHECK(changed([](BundleFiles& f) { f.erase("artefacts/" + sha256_hex(law.bytes)); }) == "7: an artefact that it names is not there: EU/gdpr.xml " + sha256_hex(law.bytes));
    CHECK(changed([](BundleFiles& f) { f["artefacts/" + sha256_hex(law.bytes)] += " "; }) == "7: the artefact " + sha256_hex(law.bytes) + " has other bytes than those that were recorded");
    CHECK(changed([](BundleFiles& f) { f["artefacts/" + std::string(64, '0')] = "x"; }) == "there is an artefact that no entry names: artefacts/" + std::string(64, '0'));
    CHECK(changed([](BundleFiles& f) { replace(f["proofs/7.tlog-proof"], "index 7", "index 8"); }) == "`proofs/7.tlog-proof`: it is of no entry");
    CHECK(changed([](BundleFiles& f) { f["proofs/8.tlog-proof"] = f["proofs/9.tlog-proof"], replace(f["proofs/8.tlog-proof"], "index 9", "index 8"); }).find("`proofs/8.tlog-proof`: the proof leads to another root") != std::string::npos);
    CHECK(changed([](BundleFiles& f) { f["withheld.jsonl"] = "{\"field\":\"fact\",\"ground\":\"x\",\"seq\":1}\n"; }) == "1: `fact` is withheld and also given or erased");
    CHECK(changed([](BundleFiles& f) { replace(f["manifest.json"], "\"openings\":", "\"openings\":1"); }).find("the manifest counts other openings") != std::string::npos);
    CHECK(changed([](BundleFiles& f) { f["account.json"] = "{}\n"; }) == "`account.json` is not the account that the entries make");
    // Everything of another record with the same code and key holds, but not against what somebody kept.
    CHECK(first_finding(foreign).empty());
    const CaseFile file = CaseFile::open(path, false);
    CHECK(first_finding(foreign, {{file.key(), file.checkpoint()}, "", true}) == "the record was rewritten: its first 10 entries are not those of the checkpoint that was given");
    CHECK(first_finding(good, {{NoteKey{file.key().name, SigningKey::generate().public_key()}, ""}, "", true}) == "0: the record names another key than the one that was given");
}

TEST_CASE("every bit of every file counts, and no file may come or go") {
    const Folder folder;
    const std::string path = folder.file("a.case");
    make_story(path);
    BundleFiles files = bundle_of(path);
    std::mt19937 chance(6);
    for (auto& [name, bytes] : files) {
        for (int run = 0; run < 12 && !bytes.empty(); ++run) {
            const std::size_t at = chance() % bytes.size();
            const char flipped = static_cast<char>(1 << (chance() % 8));
            bytes[at] = static_cast<char>(bytes[at] ^ flipped);
            INFO(name << " byte " << at);
            CHECK_FALSE(verify_bundle(files).holds());
            bytes[at] = static_cast<char>(bytes[at] ^ flipped);
        }
        BundleFiles without = files;
        without.erase(name);
        CHECK_FALSE(verify_bundle(without).holds());
    }
    BundleFiles more = files;
    more["extra.txt"] = "x";
    CHECK_FALSE(verify_bundle(more).holds());
    CHECK(verify_bundle(files).holds());
}
