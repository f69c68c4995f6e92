// Judgements are replaced and never changed; one needs another look once what it relies on says something else.
#include <catch2/catch.hpp>

#include "engine/record/judgement.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

JsonValue json(const std::string& text) {
    const auto value = read_canonical_source(std::make_shared<const SourceText>("x", text));
    REQUIRE(value);
    return *value;
}

class Matter {
public:
    Matter() { entries_.push_back({{0, "opened", "INC-1", record_time(began), "soc", "open", {}, {}, {}, {}}, {}}); }

    std::uint64_t state(const std::string& fact, const std::string& statement, const AccountPath& path = {}) { return add(fact_entry({path, fact, json(statement), {}, {}, {}}, writer())); }
    std::uint64_t judge(const std::string& outcome, const std::vector<ReliedFact>& relied, const std::string& look_again_on = {}) {
        JudgementNotes notes;
        notes.relied = relied;
        notes.look_again_on = look_again_on;
        const AccountPath path = {"entities", "shop"};
        return add(judgement_entry({path, "judged.gdpr_risk", json("{\"outcome\":\"" + outcome + "\"}"), {}, {}, {}}, notes, current_statement(entries_, path, "judged.gdpr_risk"), writer()));
    }
    std::string states(const std::string& today = "2026-11-23") const {
        std::string words;
        for (const RecordedJudgement& judgement : judgements_of(entries_, today)) words += std::to_string(judgement.entry) + " " + std::string(name(judgement.state)) + "; ";
        return words;
    }
    const std::vector<RecordedEntry>& entries() const { return entries_; }

private:
    Writer writer() const { return {"soc", "k" + std::to_string(entries_.size())}; }
    std::uint64_t add(const Entry& entry) {
        entries_ = with_entries(entries_, {entry}, began);
        return entries_.size() - 1;
    }
    std::vector<RecordedEntry> entries_;
};

}  // namespace

TEST_CASE("a judgement stands until what it relies on says something else") {
    Matter matter;
    const auto count = matter.state("people.total", R"({"value":130,"by":"mail room"})");
    const auto form = matter.state("data.encrypted", "\"no\"");
    const auto made = matter.judge("risk", {{{}, "people.total", count}, {{}, "data.encrypted", form}});
    CHECK(matter.states() == std::to_string(made) + " stands; ");
    matter.state("data.recipient", "\"known_other\"");
    matter.state("people.total", R"({"value":130,"by":"head of the mail room","learned_at":"2026-11-22T10:00Z"})");
    CHECK(matter.states() == std::to_string(made) + " stands; ");
    const auto more = matter.state("people.total", "131");
    CHECK(matter.states() == std::to_string(made) + " needs another look; ");
    const auto changed = judgements_of(matter.entries(), "2026-11-23").front().changed;
    REQUIRE(changed.size() == 1);
    CHECK(changed.front().fact == "people.total");
    CHECK(changed.front().entry == more);
    matter.state("people.total", "130");
    CHECK(matter.states() == std::to_string(made) + " stands; ");
}

TEST_CASE("a new judgement replaces the old one, which stays and says so") {
    Matter matter;
    const auto first = matter.judge("risk", {});
    const auto second = matter.judge("unlikely", {}, "2026-12-01");
    const auto all = judgements_of(matter.entries(), "2026-11-30");
    REQUIRE(all.size() == 2);
    CHECK(all[0].state == RecordedJudgement::State::Replaced);
    CHECK(all[1].state == RecordedJudgement::State::Stands);
    CHECK(all[1].replaces == first);
    CHECK(matter.states("2026-12-01") == std::to_string(first) + " replaced; " + std::to_string(second) + " needs another look; ");
    CHECK(account_text(matter.entries()).find("\"outcome\":\"risk\"") < account_text(matter.entries()).find("\"outcome\":\"unlikely\""));
}

TEST_CASE("a judgement that came with an account relies on the facts that it names as they counted then") {
    Matter matter;
    matter.state("service.critical_hit", "\"yes\"", {"entities", "bank"});
    matter.state("service.critical_hit", "\"no\"", {"entities", "branch"});
    const auto made = matter.state("judged.dora_major", R"({"outcome":"major","relies_on":["service.critical_hit"]})", {"entities", "bank"});
    matter.state("service.critical_hit", "\"yes\"", {"entities", "branch"});
    CHECK(matter.states() == std::to_string(made) + " stands; ");
    matter.state("service.critical_hit", "\"no\"", {"entities", "bank"});
    CHECK(matter.states() == std::to_string(made) + " needs another look; ");
    matter.state("judged.dora_major", R"({"not_yet":true})", {"entities", "bank"});
    CHECK(matter.states() == std::to_string(made) + " replaced; ");
}
