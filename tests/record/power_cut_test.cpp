// Power is cut at every kind of moment: nothing that was acknowledged is lost, and what is left verifies. A disk that
// does not sync the log is noticed, so that the test can fail.
#include <catch2/catch.hpp>

#include "engine/record/account_entries.h"
#include "engine/record/record_verifier.h"
#include "tests/record/case_world.h"
#include "tests/record/power_cut.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// What the writer had been told when so many steps were on their way to the disk.
struct Told {
    std::size_t steps = 0;
    std::string checkpoint;
};

struct Life {
    std::vector<DiskStep> steps;
    std::vector<Told> told;
    std::string path;
    NoteKey key;
};

/// A record that is begun, written one by one and in groups, closed and opened again.
Life lived(const Folder& folder) {
    Life life;
    life.path = folder.file("a.case");
    const RecordedDisk disk;
    const auto tell = [&](const std::string& checkpoint) { life.told.push_back({disk.steps().size(), checkpoint}); };
    {
        const CaseFile file = new_case(life.path);
        life.key = file.key();
        tell(file.checkpoint());
    }
    for (int round = 0; round < 6; ++round) {
        CaseFile file = CaseFile::open(life.path, true);
        for (int i = 0; i < 12; ++i) {
            std::vector<Entry> entries;
            for (int k = 0; k <= (i % 5 == 0 ? 7 : 0); ++k)
                entries.push_back(entry_of("r" + std::to_string(round) + "." + std::to_string(i) + "." + std::to_string(k), std::string(static_cast<std::size_t>(i * 400), 'x')));
            tell(file.append(entries, case_key(), began + (round * 100 + i) * 1'000'000).checkpoint);
        }
    }
    // Artefacts, a hold, and an erasure with all its work on the file.
    CaseFile file = CaseFile::open(life.path, true);
    Entry law = entry_of("law");
    law.artefacts = {{"application/xml", std::string(9000, 'l')}};
    law.refs["law_artefact"] = law.artefacts.front().reference();
    for (const Entry& entry : {law, hold_entry({0, "suit-7", 2, true}, "suit", {"counsel", "hold"}), redaction_entry({5, "statement"}, "x", "dpo", {"clerk", "gone"})})
        tell(file.append({&entry, 1}, case_key(), began + 900'000'000).checkpoint);
    file.scrub();
    tell(file.checkpoint());
    life.steps = disk.steps();
    return life;
}

struct Cuts {
    int runs = 0, lost_or_broken = 0;
    std::string first;
};

Cuts cut(const Life& life, bool syncs_log, int runs, const Folder& folder) {
    Cuts cuts;
    std::mt19937 chance(2);
    for (; cuts.runs < runs; ++cuts.runs) {
        const std::size_t until = chance() % (life.steps.size() + 1);
        std::string told;
        for (const Told& each : life.told)
            if (each.steps <= until) told = each.checkpoint;
        if (told.empty()) continue;  // nobody had been told that there is a record
        const std::string path = folder.file("cut.case");
        for (const char* ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + ending);
        for (const auto& [name, bytes] : after_cut(life.steps, until, syncs_log, chance)) write_bytes(path + name.substr(life.path.size()), bytes);
        std::string found;
        try {
            const RecordVerdict verdict = verify_record(path, {life.key, told});
            if (!verdict.holds()) found = verdict.findings.front().words;
        } catch (const RecordError& error) {
            found = error.plain();
        }
        if (found.empty()) continue;
        ++cuts.lost_or_broken;
        if (cuts.first.empty()) cuts.first = "step " + std::to_string(until) + ": " + found;
    }
    return cuts;
}

}  // namespace

TEST_CASE("a power cut loses nothing that was acknowledged", "[A2][A3]") {
    const Folder folder;
    const Life life = lived(folder);
    REQUIRE(life.steps.size() > 300);
    const Cuts cuts = cut(life, true, runs(600, 5000), folder);
    tell_runs("A2", std::to_string(cuts.runs) + " cuts, " + std::to_string(cuts.lost_or_broken) + " lost or broken");
    INFO(cuts.first);
    CHECK(cuts.lost_or_broken == 0);
    // The mutant: without the sync of the log the same cuts lose what was acknowledged.
    const Cuts weak = cut(life, false, 200, folder);
    tell_runs("A3", std::to_string(weak.runs) + " cuts without the sync, " + std::to_string(weak.lost_or_broken) + " lost or broken as they must be");
    CHECK(weak.lost_or_broken >= 100);
}

TEST_CASE("one durable append syncs the disk once") {
    const Folder folder;
    const RecordedDisk disk;
    CaseFile file = new_case(folder.file("a.case"));
    const Entry first = entry_of("first");
    file.append({&first, 1}, case_key(), began);
    const std::size_t before = disk.steps().size();
    const Entry entry = entry_of("second");
    file.append({&entry, 1}, case_key(), began);
    std::size_t syncs = 0;
    for (std::size_t i = before; i < disk.steps().size(); ++i) syncs += disk.steps()[i].kind == DiskStep::Kind::Sync;
    CHECK(syncs == 1);
}
