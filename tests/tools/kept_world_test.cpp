// Assessments of a record asked again after the program, the law or the record changed: the same bytes, or what is missing
// by its name. The record is held in memory, so that each thing can be missing alone.
#include <catch2/catch.hpp>

#include "engine/record/canonical_json.h"
#include "reports/json.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/kept_world.h"
#include "tools/replay_lines.h"

using namespace duenotice;

namespace {

/// The sample incident with one assessment behind its statements.
struct AssessedRecord {
    std::vector<RecordedEntry> entries;
    std::map<std::string, std::string> artefacts;
    Options options;

    AssessedRecord() {
        options.law_folder = DUENOTICE_SOURCE_DIR "/jurisdictions";
        options.as_of_text = "2026-11-20T08:00:00Z";
        options.as_of = *parse_instant(options.as_of_text);
        const auto incident = read_json(std::make_shared<const SourceText>("simple.json", read_file(DUENOTICE_SOURCE_DIR "/tests/cases/samples/simple.json")));
        REQUIRE(incident);
        entries.push_back({{0, "opened", "INC-1", record_time(0), "soc", "open", {}, {}, {}, {}}, {}});
        entries = with_entries(entries, import_account(*incident, entries, {"soc", "import"}).entries, 1);
        Session session(options);
        RecordedAssessment made;
        made.program = "duenotice " + program_version();
        made.program_sha256 = running_program_sha256();
        made.last_entry = entries.size() - 1;
        made.asked = {options.as_of_text, {}, {}, false, options.max_age_days, {}};
        const HashedAccount account = hashed_account(entries, made.last_entry, {});
        made.account_sha256 = account.sha256;
        const Assessment assessment = session.assess(session.read_case(account.account, "record"));
        const Entry entry = assessment_entry(made, files_read(session), assessment_json(session.context(assessment)), {"soc", "assess"});
        for (const ArtefactBytes& artefact : entry.artefacts) artefacts[sha256_hex(artefact.bytes)] = artefact.bytes;
        entries = with_entries(entries, {entry}, 2);
    }

    /// The first entry with a statement.
    std::uint64_t statement() const {
        for (const RecordedEntry& entry : entries)
            if (entry.fields.count("statement") > 0) return entry.leaf.seq;
        FAIL("no statement");
        return 0;
    }
    RecordedAssessment assessment() const { return assessments_of(entries).at(0); }
    KeptRecord kept() const {
        return {"record", entries, [this](const std::string& sha256) {
                    const auto found = artefacts.find(sha256);
                    return found == artefacts.end() ? std::nullopt : std::optional(found->second);
                }};
    }
    Replay again(const RecordedAssessment& changed) const { return replay(kept(), changed, options); }
    /// The name of the artefact that a list of the assessment has at this path.
    std::string sha_of(const std::string& list, const std::string& path) const { return parse_artefact_list(artefacts.at(parse_artefact_reference(list)->sha256))->at(path).sha256; }
};

const AssessedRecord& sample() {
    static const AssessedRecord record;
    return record;
}

const std::string other_bytes = "application/json;sha256=" + std::string(64, '0');

}  // namespace

TEST_CASE("an assessment made again by the program that made it, or by a later one that answers alike, is the same bytes") {
    CHECK(sample().again(sample().assessment()).outcome == Replay::Outcome::Same);
    RecordedAssessment older = sample().assessment();
    older.program = "duenotice 0.0.1";
    CHECK(sample().again(older).outcome == Replay::Outcome::Same);
}

TEST_CASE("a program that answers otherwise than the one of then says that the program is missing, never that nothing changed") {
    RecordedAssessment older = sample().assessment();
    older.program = "duenotice 0.0.1";
    older.program_sha256.clear();
    older.output = other_bytes;
    const Replay made = sample().again(older);
    CHECK(made.outcome == Replay::Outcome::Missing);
    CHECK(made.words == "the program is missing, and another one answers otherwise: it was made by duenotice 0.0.1, and this is duenotice " + program_version() + " (" + running_program_sha256().substr(0, 12) + "): made again with the same law, calendars and zones it is another one");
    older.program = sample().assessment().program;
    CHECK(sample().again(older).outcome == Replay::Outcome::Differs);
}

TEST_CASE("an account that comes out otherwise counts as erased or withheld only where something was") {
    RecordedAssessment changed = sample().assessment();
    changed.account_sha256 = std::string(64, '1');
    CHECK(sample().again(changed).words == "the account that its entries make is not the one that was assessed");
    changed.program = "duenotice 0.0.1";
    CHECK(sample().again(changed).outcome == Replay::Outcome::Missing);

    const std::uint64_t seq = sample().statement();
    KeptRecord gone = sample().kept();
    gone.entries[seq].fields.erase("statement");
    gone.entries[seq].erased["statement"] = changed.seq + 1;
    Replay made = replay(gone, sample().assessment(), sample().options);
    CHECK(made.outcome == Replay::Outcome::Erased);
    CHECK(made.words == "input erased: `statement` of entry " + std::to_string(seq) + " was redacted by entry " + std::to_string(changed.seq + 1));

    KeptRecord copy = sample().kept();
    copy.entries[seq].fields.erase("statement");
    copy.withheld = {{seq, "statement"}};
    made = replay(copy, sample().assessment(), sample().options);
    CHECK(made.outcome == Replay::Outcome::Withheld);
    CHECK(made.words == "input withheld: `statement` of entry " + std::to_string(seq) + " is not in this copy");
}

TEST_CASE("each law file, calendar list and zone that is missing has its name in the answer") {
    AssessedRecord less = sample();
    const RecordedAssessment assessment = less.assessment();
    const std::string law = less.sha_of(assessment.law, "eu/gdpr.xml"), zone = less.sha_of(assessment.zones, "Europe/Berlin");
    less.artefacts.erase(law);
    CHECK(less.again(assessment).words == "law is missing: eu/gdpr.xml application/xml;sha256=" + law);
    less = sample();
    less.artefacts.erase(zone);
    CHECK(less.again(assessment).words == "zone data is missing: Europe/Berlin application/octet-stream;sha256=" + zone);
    less = sample();
    less.artefacts.erase(parse_artefact_reference(assessment.calendars)->sha256);
    CHECK(less.again(assessment).words == "the list of calendars is missing: " + assessment.calendars);
    CHECK(less.again(assessment).outcome == Replay::Outcome::Missing);
}

TEST_CASE("law that this program can no longer read is refused with the reason") {
    AssessedRecord record = sample();
    RecordedAssessment older = record.assessment();
    older.program = "duenotice 0.0.1";
    record.artefacts[record.sha_of(older.law, "eu/gdpr.xml")] = "<law";
    const Replay made = record.again(older);
    CHECK(made.outcome == Replay::Outcome::Missing);
    CHECK(made.words.find(": what was kept with it cannot be read: ") != std::string::npos);
}

TEST_CASE("a reference to advice is no part of what is assessed: a copy without it is asked again") {
    AssessedRecord record = sample();
    record.entries[record.statement()].fields["advice"] = json_text("M-311");
    CHECK(record.again(record.assessment()).outcome == Replay::Outcome::Same);
}

TEST_CASE("a sample has the first, the last and some between") {
    std::vector<RecordedAssessment> all(10);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].seq = i;
    const auto seqs = [&](std::size_t most) {
        std::string text;
        for (const RecordedAssessment& one : spread_sample(all, most)) text += std::to_string(one.seq) + " ";
        return text;
    };
    CHECK(seqs(0) == "0 1 2 3 4 5 6 7 8 9 ");
    CHECK(seqs(1) == "9 ");
    CHECK(seqs(2) == "0 9 ");
    CHECK(seqs(4) == "0 3 6 9 ");
    CHECK(seqs(11) == "0 1 2 3 4 5 6 7 8 9 ");
}
