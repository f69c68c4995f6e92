// Random sequences of writes against a model that is a few lists: what is recorded, what counts, what is erased, what is
// held. The seed of a sequence that fails is told.
#include <catch2/catch.hpp>

#include <random>

#include "engine/record/account_entries.h"
#include "engine/record/erasure.h"
#include "engine/record/record_verifier.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

struct Model {
    std::vector<std::string> kinds = {"opened"};
    std::vector<std::string> idems = {"open"};
    std::map<std::uint64_t, std::pair<std::string, int>> statements;  ///< fact and value by entry
    std::set<std::uint64_t> erased;
    std::set<std::string> holds;

    /// The value that counts for a fact: the last one, unless that was erased.
    std::optional<int> counts(const std::string& fact) const {
        std::optional<int> value;
        for (const auto& [seq, said] : statements)
            if (said.first == fact) value = erased.count(seq) > 0 ? std::nullopt : std::optional(said.second);
        return value;
    }
};

const std::vector<std::string> facts = {"people.total", "people.affected", "records.total"};

class Sequence {
public:
    Sequence(const std::string& path, unsigned seed) : path_(path), chance_(seed), file_(new_case(path)) {}

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            step(i);
            if (chance_() % 8 == 0) file_ = CaseFile::open(path_, true);
        }
        compare();
    }

private:
    std::size_t pick(std::size_t below) { return chance_() % below; }

    bool append(const Entry& entry) {
        try {
            const Appended done = file_.append({&entry, 1}, case_key(), began + static_cast<RecordClock>(model_.kinds.size()) * 1'000'000);
            CHECK(done.again == (std::find(model_.idems.begin(), model_.idems.end(), entry.idem) != model_.idems.end()));
            if (done.again) return false;
            CHECK(done.seqs.front() == model_.kinds.size());
            model_.kinds.push_back(entry.kind);
            model_.idems.push_back(entry.idem);
            return true;
        } catch (const EntryRefused&) {
            return false;
        }
    }

    void step(int number) {
        const std::string idem = "s" + std::to_string(number);
        switch (pick(6)) {
            case 0:
            case 1: {
                const std::string& fact = facts[pick(facts.size())];
                const int value = static_cast<int>(pick(1000));
                last_ = fact_entry({{}, fact, json_whole(value), {}, {}, {}}, {"soc", idem});
                const std::uint64_t seq = model_.kinds.size();
                if (append(last_)) model_.statements[seq] = {fact, value};
                return;
            }
            case 2:  // the same again, or something else under its key
                if (last_.idem.empty()) return;
                if (pick(2) == 0) last_.actor = "other";
                CHECK_FALSE(append(last_));
                last_.idem.clear();
                return;
            case 3: {
                const std::string name = "hold-" + std::to_string(pick(2));
                const bool place = pick(2) == 0;
                if (append(hold_entry({0, name, {}, place}, "x", {"counsel", idem}))) place ? void(model_.holds.insert(name)) : void(model_.holds.erase(name));
                return;
            }
            default: {
                const std::uint64_t seq = pick(model_.kinds.size());
                const bool can = model_.holds.empty() && model_.statements.count(seq) > 0 && model_.erased.count(seq) == 0;
                CHECK(append(redaction_entry({seq, "statement"}, "x", "dpo", {"clerk", idem})) == can);
                if (can) model_.erased.insert(seq), last_.idem.clear();
            }
        }
    }

    void compare() {
        const auto entries = file_.entries(file_.size());
        REQUIRE(entries.size() == model_.kinds.size());
        for (std::size_t seq = 0; seq < entries.size(); ++seq) {
            CHECK(entries[seq].leaf.kind == model_.kinds[seq]);
            CHECK(entries[seq].leaf.idem == model_.idems[seq]);
            CHECK((entries[seq].erased.count("statement") > 0) == (model_.erased.count(seq) > 0));
        }
        const std::string account = account_text(entries);
        const auto read = read_canonical_source(std::make_shared<const SourceText>("account", account));
        REQUIRE(read);
        const JsonValue* stated = read->find("facts");
        for (const std::string& fact : facts) {
            const JsonValue* statement = stated == nullptr ? nullptr : stated->find(fact);
            if (const auto wanted = model_.counts(fact)) {
                REQUIRE(statement != nullptr);
                const JsonValue* history = statement->find("history");
                CHECK((history == nullptr ? *statement : history->items.back()).text == std::to_string(*wanted));
            } else {
                CHECK(statement == nullptr);
            }
        }
        const RecordVerdict verdict = verify_record(path_);
        INFO((verdict.findings.empty() ? "" : verdict.findings.front().words));
        CHECK(verdict.holds());
    }

    std::string path_;
    std::mt19937 chance_;
    CaseFile file_;
    Model model_;
    Entry last_;
};

}  // namespace

TEST_CASE("random sequences of writes leave what a model of lists says", "[C16]") {
    const auto sequences = static_cast<unsigned>(runs(60, 10'000));
    const Folder folder;
    for (unsigned seed = 1; seed <= sequences; ++seed) {
        INFO("seed " << seed);
        const std::string path = folder.file("m.case");
        Sequence(path, seed).run(14);
        CaseStore::discard(path);
    }
    tell_runs("C16", std::to_string(sequences) + " sequences of 14");
}
