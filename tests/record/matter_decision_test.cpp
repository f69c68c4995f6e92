// Decisions have a direction: to add takes one person, to drop takes two, a reason and a day.
#include <catch2/catch.hpp>

#include "engine/record/matter_decision.h"
#include "tests/record/case_world.h"
#include "tests/record/people.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::vector<RecordedEntry> record(const std::vector<Account>& accounts = {}) {
    std::vector<RecordedEntry> entries;
    for (const Account& account : accounts) entries = with_entries(entries, {grant_entry(account, {"admin", "a" + account.account})}, began);
    return entries;
}

MatterDecision drop() {
    MatterDecision decision = dropped_duty();
    decision.actor = "counsel-1";
    decision.second = "head";
    return decision;
}

std::string mistake(const MatterDecision& decision, std::optional<Verdict> verdict, const std::vector<RecordedEntry>& entries = {}) { return decision_mistake(decision, verdict, Access(entries), "2026-11-23"); }

}  // namespace

TEST_CASE("an owed duty is dropped by two persons with a reason and a day, and not otherwise") {
    CHECK(mistake(drop(), Verdict::Owed).empty());
    MatterDecision one = drop();
    one.second.clear();  // whoever may signs it then
    CHECK(mistake(one, Verdict::Owed).empty());
    CHECK(one.takes_two());
    one = drop();
    one.second = "counsel-1";
    CHECK(mistake(one, Verdict::Owed) == "the second person is the first one");
    one = drop();
    one.reasons.clear();
    CHECK(mistake(one, Verdict::Owed) == "a decision to `drop-duty` has reasons for the record");
    one = drop();
    one.look_again_on.clear();
    CHECK(mistake(one, Verdict::Owed) == "to drop a duty that is owed or may be takes a day on which it is looked at again");
    one = drop();
    one.look_again_on = "2026-11-23";
    CHECK(mistake(one, Verdict::Owed) == "the day on which it is looked at again lies before tomorrow");
    one = drop();
    one.look_again_on = "2026-02-30";
    CHECK(mistake(one, Verdict::Owed) == "`2026-02-30` is not a day; write it as 2026-12-01");
}

TEST_CASE("not to notify of what is surely not owed takes one person, of what may be owed two") {
    MatterDecision decision = drop();
    decision.what = "do-not-notify";
    decision.second.clear();
    decision.look_again_on.clear();
    decision.owed = "not_owed";
    CHECK(mistake(decision, Verdict::NotOwed).empty());
    for (const char* owed : {"owed", "undetermined"}) {
        decision.owed = owed;
        CHECK_FALSE(mistake(decision, owed == std::string("owed") ? Verdict::Owed : Verdict::Undetermined).empty());
    }
}

TEST_CASE("the second person is another person, not another account of the first") {
    const auto accounts = record({{"admin", "p0", {Role::Administrator}, {}, 0}, {"counsel-1", "p1", {Role::Counsel}, {}, 0}, {"head", "p1", {Role::Approver}, {}, 0}, {"head-2", "p2", {Role::Approver}, {}, 0}, {"press", "p3", {Role::Reporter}, {}, 0}});
    CHECK(mistake(drop(), Verdict::Owed, accounts) == "the second person is the first one");
    MatterDecision other = drop();
    other.second = "head-2";
    CHECK(mistake(other, Verdict::Owed, accounts).empty());
    other.second = "press";
    CHECK(mistake(other, Verdict::Owed, accounts) == "`press` may not agree to that");
    CHECK(Access(accounts).doubles() == std::vector<std::string>{"p1: counsel-1 head"});
}

TEST_CASE("the words say which way a decision goes") {
    MatterDecision decision;
    decision.what = "notify";
    CHECK(mistake(decision, Verdict::Owed).empty());
    CHECK(mistake(decision, Verdict::NotOwed) == "the duty is NOT OWED on the facts recorded: `notify-though-not-owed` says so");
    decision.what = "notify-though-not-owed";
    decision.reasons = "the customers ask";
    CHECK(mistake(decision, Verdict::NotOwed).empty());
    CHECK(mistake(decision, Verdict::Undetermined).empty());
    CHECK(mistake(decision, Verdict::Owed) == "the duty is OWED on the facts recorded: `notify` says so");
    decision = drop();
    CHECK(mistake(decision, Verdict::NotOwed) == "the duty is NOT OWED on the facts recorded: there is nothing to drop");
}

TEST_CASE("what was decided is read back") {
    std::vector<RecordedEntry> entries = record();
    const auto add = [&](MatterDecision decision) { entries = with_entries(entries, {decision_entry(decision, {"head", "d" + std::to_string(entries.size())})}, began); };
    MatterDecision decision;
    decision.what = "close";
    decision.items = {"hold alive: police-1"};
    decision.second = "other";
    add(drop());
    add(decision);
    decision.what = "reopen";
    add(decision);
    const auto read = decisions_of(entries);
    REQUIRE(read.size() == 3);
    CHECK(read[0].duty == "eu.gdpr.33-1@shop");
    CHECK(read[0].look_again_on == "2026-12-01");
    CHECK(read[0].drops());
    CHECK(read[1].items == std::vector<std::string>{"hold alive: police-1"});
    CHECK(read[1].actor == "head");
}
