// Accounts as entries and back: what is recorded of an incident file is that file, and its history is kept.
#include <catch2/catch.hpp>

#include "engine/record/account_entries.h"
#include "engine/record/profile_entries.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

JsonValue json(const std::string& text) {
    const auto value = read_json(std::make_shared<const SourceText>("x.json", text));
    REQUIRE(value);
    return *value;
}

/// A record in memory: entries as they would be recorded, without a file.
class Account {
public:
    Account() {
        Entry opened;
        opened.kind = "opened";
        entries_.push_back({{0, "opened", "INC-1", record_time(began), "soc", "open", {}, {}, {}, {}}, {}});
    }
    std::uint64_t state(const std::string& statement, RecordClock now, std::optional<std::uint64_t> corrects = {}, const std::string& fact = "people.affected", const AccountPath& path = {}) {
        const FactEntry said{path, fact, json("{\"s\":" + statement + "}").members.front().value, corrects ? "wrong" : "", {}, corrects};
        entries_ = with_entries(entries_, {fact_entry(said, {"soc", "k" + std::to_string(entries_.size())})}, now);
        return entries_.size() - 1;
    }
    Import import(const std::string& file) {
        Import found = import_account(json(file), entries_, {"soc", "i" + std::to_string(entries_.size())});
        entries_ = with_entries(entries_, found.entries, began);
        return found;
    }
    std::string text(std::optional<Instant> known_at = {}) const { return canonical_json(json(account_text(entries_, known_at))); }
    std::string fact(std::optional<Instant> known_at = {}, const std::string& name = "people.affected") const {
        const JsonValue account = json(account_text(entries_, known_at));
        const JsonValue* facts = account.find("facts");
        const JsonValue* value = facts == nullptr ? nullptr : facts->find(name);
        return value == nullptr ? "-" : canonical_json(*value);
    }
    const std::vector<RecordedEntry>& entries() const { return entries_; }

private:
    std::vector<RecordedEntry> entries_;
};

constexpr RecordClock hour = 3'600'000'000;
Instant at(RecordClock microseconds) { return {microseconds / 1'000'000}; }

/// Lists sorted by their key, so that their order does not count; members are sorted by canonical JSON.
std::string sorted(JsonValue value) {
    const std::function<void(JsonValue&)> visit = [&](JsonValue& each) {
        for (JsonMember& member : each.members) visit(member.value);
        for (JsonValue& item : each.items) visit(item);
        std::erase_if(each.members, [](const JsonMember& member) { return member.value.is_array() && member.value.items.empty(); });
        std::erase_if(each.members, [](const JsonMember& member) { return member.name == "facts" && member.value.members.empty(); });
    };
    visit(value);
    return canonical_json(value);
}

}  // namespace

TEST_CASE("each sample incident is itself again after it was recorded, and nothing is new the second time") {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(DUENOTICE_SOURCE_DIR) / "tests/cases/samples")) {
        if (entry.path().extension() != ".json" || entry.path().filename().string().starts_with("group")) continue;
        const std::string text = file_bytes(entry.path().string());
        JsonValue original = json(text);
        if (original.find("id") == nullptr) continue;
        INFO(entry.path().string());
        for (JsonMember& member : original.members)
            if (member.name == "id") member.value.text = "INC-1";
        Account account;
        account.import(text);
        CHECK(account.entries().size() > 3);
        CHECK(sorted(json(account.text())) == sorted(original));
        CHECK(account.import(text).entries.empty());
        ++files;
    }
    CHECK(files >= 2);
}

TEST_CASE("a later statement follows the earlier one and both stay") {
    Account account;
    const auto first = account.state("{\"value\":240,\"learned_at\":\"2026-11-20T22:20:00Z\"}", began);
    CHECK(account.fact() == "{\"learned_at\":\"2026-11-20T22:20:00Z\",\"value\":240}");
    CHECK(current_statement(account.entries(), {}, "people.affected") == first);
    const auto second = account.state("{\"value\":260,\"learned_at\":\"2026-11-21T08:00:00Z\"}", began + hour);
    CHECK(account.fact() == "{\"history\":[{\"learned_at\":\"2026-11-20T22:20:00Z\",\"value\":240},{\"learned_at\":\"2026-11-21T08:00:00Z\",\"value\":260}]}");
    CHECK(current_statement(account.entries(), {}, "people.affected") == second);
    // Recorded late, learned between the two: it goes where it was learned, and what counts stays.
    account.state("{\"value\":250,\"learned_at\":\"2026-11-20T23:00:00Z\"}", began + 2 * hour);
    CHECK(account.fact().find("250") < account.fact().find("260"));
    CHECK(current_statement(account.entries(), {}, "people.affected") == second);
}

TEST_CASE("what does not say when it was learned is followed by what was recorded later") {
    Account account;
    account.state("240", began);
    const auto second = account.state("{\"value\":260,\"learned_at\":\"2026-11-20T08:00:00Z\"}", began + hour);
    CHECK(current_statement(account.entries(), {}, "people.affected") == second);
    const auto third = account.state("250", began + 2 * hour);
    CHECK(current_statement(account.entries(), {}, "people.affected") == third);
}

TEST_CASE("known at: what does not say when it was learned counts from when it was recorded") {
    Account account;
    account.state("240", began);
    account.state("260", began + 2 * hour);
    CHECK(account.fact(at(began - hour)) == "-");
    CHECK(account.fact(at(began)) == "240");
    CHECK(account.fact(at(began + 2 * hour - 1'000'000)) == "240");
    CHECK(account.fact(at(began + 2 * hour)) == "{\"history\":[240,260]}");
    // One that says so counts from then, also when it was recorded later.
    account.state("{\"value\":250,\"learned_at\":\"2026-11-20T22:20:00Z\"}", began + 5 * hour, {}, "people.total");
    CHECK(account.fact(at(began), "people.total") == "-");
    CHECK(account.fact(at(began + hour), "people.total") != "-");
}

TEST_CASE("a correction names what it puts right, and one that was learned earlier takes its place") {
    Account account;
    const auto wrong = account.state("{\"value\":240,\"learned_at\":\"2026-11-20T23:00:00Z\"}", began);
    const auto right = account.state("{\"value\":260,\"learned_at\":\"2026-11-21T08:00:00Z\"}", began + hour, wrong);
    const auto read = read_fact(account.entries()[right]);
    REQUIRE(read);
    CHECK(read->corrects == wrong);
    CHECK(read->reason == "wrong");
    CHECK(account.entries()[right].leaf.kind == "correction");
    CHECK(account.fact().starts_with("{\"history\":[{\"learned_at\":\"2026-11-20T23:00:00Z\""));
    account.state("{\"value\":260,\"learned_at\":\"2026-11-20T22:30:00Z\"}", began + 2 * hour, right);
    CHECK(account.fact().find("T08:00") == std::string::npos);
}

TEST_CASE("frames, filings and holds are parts of their own, and the latest of a part counts") {
    Account account;
    account.import(R"({"duenotice":"incident/1","id":"INC-1","title":"a","populations":[{"id":"staff","places":[{"place":"US-TX","facts":{"people.affected":240}}]}],"filings":[{"id":"L-1","stage":"first"}],"complete":["places"]})");
    CHECK(has_part(account.entries(), {"populations", "staff", "places", "US-TX"}));
    CHECK(has_part(account.entries(), {"filings", "L-1"}));
    CHECK(has_part(account.entries(), {}));
    CHECK_FALSE(has_part(account.entries(), {"populations", "stuff"}));
    const Import second = account.import(R"({"duenotice":"incident/1","id":"INC-1","title":"b","populations":[{"id":"staff","places":[{"place":"US-TX","facts":{"people.affected":260}}]}],"filings":[{"id":"L-1","stage":"second"}]})");
    CHECK(second.entries.size() == 3);
    CHECK(account.text() == R"({"duenotice":"incident/1","filings":[{"id":"L-1","stage":"second"}],"id":"INC-1","populations":[{"id":"staff","places":[{"facts":{"people.affected":{"history":[240,260]}},"place":"US-TX"}]}],"title":"b"})");
    const Import third = account.import(R"({"duenotice":"incident/1","id":"INC-1","title":"b"})");
    CHECK(third.entries.empty());
    CHECK(third.only_here == std::vector<std::string>{"people.affected of populations staff, places US-TX"});
    // A value that comes back is a new statement.
    account.state("240", began + hour, {}, "people.affected", {"populations", "staff", "places", "US-TX"});
    CHECK(account.text().find("[240,260,240]") != std::string::npos);
}

TEST_CASE("when it was true stands in the leaf, in UTC") {
    const FactEntry fact{{}, "entity.aware_at", json(R"({"value":"2026-11-20T22:14:00+08:00","true_since":"2026-11-20T22:14:00+08:00"})"), {}, {}, {}};
    CHECK(fact_entry(fact, {"soc", "k"}).valid_from == "2026-11-20T14:14:00Z");
}

TEST_CASE("the profile of its time is the latest recorded by then, and the earliest before any was") {
    Account account;
    std::vector<RecordedEntry> entries = account.entries();
    CHECK_FALSE(recorded_text(entries, "group"));
    entries = with_entries(entries, {text_entry("group", "group.json", "first", {"soc", "g1"})}, began + hour);
    entries = with_entries(entries, {text_entry("group", "group.json", "second", {"soc", "g2"}), text_entry("contracts", "contracts.csv", "id", {"soc", "c"})}, began + 3 * hour);
    const auto text = [&](std::optional<Instant> known_at) { return recorded_text(entries, "group", known_at)->text; };
    CHECK(text({}) == "second");
    CHECK(text(at(began)) == "first");
    CHECK(text(at(began + hour)) == "first");
    CHECK(text(at(began + 3 * hour - 1'000'000)) == "first");
    CHECK(text(at(began + 3 * hour)) == "second");
    CHECK(recorded_text(entries, "contracts", at(began))->seq == 3);
    CHECK(recorded_text(entries, "contracts")->name == "contracts.csv");
}
