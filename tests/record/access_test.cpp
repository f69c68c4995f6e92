// Roles and deeds against a table that was written by hand; in every state of a record.
#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <sstream>

#include "engine/record/access.h"
#include "engine/record/matter_decision.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

struct Cell {
    std::string deed, role;
    bool yes = false;
};

std::vector<Cell> table() {
    std::ifstream file(std::string(DUENOTICE_SOURCE_DIR) + "/tests/tables/roles.csv");
    std::vector<std::string> roles;
    std::vector<Cell> cells;
    for (std::string line; std::getline(file, line);) {
        std::istringstream row(line);
        std::string deed;
        std::getline(row, deed, ',');
        for (std::string cell; std::getline(row, cell, ',');) {
            if (deed == "deed") roles.push_back(cell);
            else cells.push_back({deed, roles[(cells.size()) % roles.size()], cell == "yes"});
        }
    }
    return cells;
}

Deed deed_of(const std::string& text) {
    for (std::size_t i = 0; i < deed_count; ++i)
        if (name(static_cast<Deed>(i)) == text) return static_cast<Deed>(i);
    throw std::runtime_error("no deed " + text);
}

std::vector<RecordedEntry> with(std::vector<RecordedEntry> entries, const Entry& entry) { return with_entries(std::move(entries), {entry}, began); }

}  // namespace

TEST_CASE("every role may do what the table says and nothing else, alone, revoked, unknown and beside others") {
    const auto cells = table();
    REQUIRE(cells.size() == role_count * deed_count);
    std::size_t count = 0;
    for (const Cell& cell : cells) {
        INFO(cell.deed << " " << cell.role);
        const Deed deed = deed_of(cell.deed);
        const Account admin{"admin", "p0", {Role::Administrator}, {}, 0};
        const Account account{"a", "p1", {*parse_role(cell.role)}, {}, 0};
        std::vector<RecordedEntry> entries = with(with({}, grant_entry(admin, {"admin", "g0"})), grant_entry(account, {"admin", "g1"}));
        CHECK(Access(entries).allows("a", deed) == cell.yes);
        CHECK_FALSE(Access(entries).allows("b", deed));    // granted in another record only
        CHECK_FALSE(Access(entries).allows("", deed));     // nobody said who asks
        CHECK_FALSE(Access(entries).allows("A", deed));
        CHECK(Access(with(entries, revoke_entry("a", "left", {"admin", "r"}))).allows("a", deed) == false);
        CHECK(Access(with(entries, grant_entry({"a", "p1", {}, {}, 0}, {"admin", "g2"}))).allows("a", deed) == false);
        CHECK(Access({}).allows("a", deed));               // a record without accounts
        // Who has two roles may what either may.
        for (const Cell& other : cells)
            if (other.deed == cell.deed) CHECK(Access(with(entries, grant_entry({"a", "p1", {*parse_role(cell.role), *parse_role(other.role)}, {}, 0}, {"admin", "g3"}))).allows("a", deed) == (cell.yes || other.yes));
        count += 7 + role_count;
    }
    CHECK(count >= 1500);
}

TEST_CASE("keys, persons and refusals are read back from the record") {
    Account account{"head", "p1", {Role::Approver, Role::Counsel}, case_key().public_key(), 0};
    const auto entries = with(with({}, grant_entry(account, {"admin", "g"})), denied_entry("press", Deed::Read, {"duenotice", "d"}));
    const Access access(entries);
    REQUIRE(access.find("head") != nullptr);
    CHECK(access.find("head")->key == case_key().public_key());
    CHECK(access.person("head") == "p1");
    CHECK(access.person("press") == "press");
    CHECK_FALSE(access.open());
    CHECK(entries.back().leaf.kind == "denied");
    CHECK(entries.back().fields.at("deed").text == "read");
}

TEST_CASE("deeds that read add nothing") {
    std::set<std::string> reading;
    for (std::size_t i = 0; i < deed_count; ++i)
        if (!writes(static_cast<Deed>(i))) reading.insert(std::string(name(static_cast<Deed>(i))));
    CHECK(reading == std::set<std::string>{"read", "read-privileged", "replay", "verify"});
}
