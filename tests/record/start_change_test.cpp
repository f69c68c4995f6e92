// Changes of starts: the fact, both values, both limits, and on which side of the old limit it was changed.
#include <catch2/catch.hpp>

#include "engine/record/start_change.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Duty duty_from(const std::string& id, const std::string& entity, const std::string& start, const char* safe, Verdict verdict = Verdict::Owed) {
    Duty duty;
    duty.id = id;
    duty.entity = entity;
    duty.verdict = verdict;
    Alternative alternative;
    alternative.start = start;
    alternative.safe = parse_instant(safe);
    duty.deadline.alternatives.push_back(alternative);
    return duty;
}

Assessment with(std::vector<Duty> duties) {
    Assessment assessment;
    assessment.duties = std::move(duties);
    return assessment;
}

std::vector<RecordedEntry> record(const std::vector<std::pair<std::string, std::string>>& statements) {
    std::vector<RecordedEntry> entries = {{{0, "opened", "INC-1", record_time(began), "soc", "open", {}, {}, {}, {}}, {}}};
    for (const auto& [fact, value] : statements) {
        Entry entry = fact_entry({{"entities", "bank"}, fact, json_text(value), {}, {}, {}}, {"soc", "k" + std::to_string(entries.size())});
        entry.fields["second"] = json_text("head");
        entries = with_entries(entries, {entry}, began);
    }
    return entries;
}

const Assessment before = with({duty_from("a@bank", "bank", "entity.aware_at", "2026-11-21T10:00Z"), duty_from("b@bank", "bank", "earliest of entity.aware_at, entity.told_at", "2026-11-20T10:00Z"),
                                duty_from("c@other", "other", "entity.aware_at", "2026-11-19T10:00Z"), duty_from("d@bank", "bank", "entity.aware_at_last", "2026-11-18T10:00Z"),
                                duty_from("e@bank", "bank", "entity.aware_at", "2026-11-17T10:00Z", Verdict::NotOwed)});
const Assessment after = with({duty_from("a@bank", "bank", "entity.aware_at", "2026-11-22T10:00Z")});

}  // namespace

TEST_CASE("a start that was put right is listed with the earliest limit of the duties that run from it") {
    const auto entries = record({{"entity.aware_at", "2026-11-18T10:00Z"}, {"entity.name", "Bank"}, {"entity.aware_at", "2026-11-19T10:00Z"}, {"entity.name", "The bank"}});
    const auto changes = start_changes(entries, 1, 4, before, after);
    REQUIRE(changes.size() == 1);
    const StartChange& change = changes.front();
    CHECK(change.entry == 3);
    CHECK(change.replaced == 1);
    CHECK(change.was == "\"2026-11-18T10:00Z\"");
    CHECK(change.is == "\"2026-11-19T10:00Z\"");
    CHECK(iso_utc(*change.old_limit) == "2026-11-20T10:00:00Z");
    CHECK(iso_utc(*change.new_limit) == "2026-11-22T10:00:00Z");
    CHECK(change.duties == std::vector<std::string>{"a@bank", "b@bank"});
    CHECK(change.second == "head");
    CHECK(change.when() == "after");  // recorded on 20 November 22:14, the limit was at 10:00
}

TEST_CASE("changes before the first entry, first statements and repetitions are none") {
    const auto entries = record({{"entity.aware_at", "2026-11-18T10:00Z"}, {"entity.aware_at", "2026-11-19T10:00Z"}, {"entity.aware_at", "2026-11-19T10:00Z"}, {"entity.told_at", "2026-11-19T10:00Z"}});
    CHECK(start_changes(entries, 2, 4, before, after).empty());
    CHECK(start_changes(entries, 0, 1, before, after).empty());
    CHECK(start_changes(entries, 1, 2, before, after).size() == 1);
}

TEST_CASE("a change before the old limit and one from which no limit was counted say so") {
    const auto entries = record({{"entity.aware_at", "2026-11-18T10:00Z"}, {"entity.aware_at", "2026-11-19T10:00Z"}});
    const Assessment later = with({duty_from("a@bank", "bank", "entity.aware_at", "2026-11-21T10:00Z")});
    CHECK(start_changes(entries, 1, 2, later, after).front().when() == "before");
    CHECK(start_changes(entries, 1, 2, with({}), after).front().when() == "no limit");
}
