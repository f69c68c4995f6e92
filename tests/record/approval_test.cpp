// Approvals bind two persons to exact bytes; whatever else happens to a record, nothing goes out on one that is void.
#include <catch2/catch.hpp>

#include <random>

#include "engine/record/approval.h"
#include "engine/record/record_tables.h"
#include "engine/record/base64.h"
#include "tests/record/case_world.h"
#include "tests/record/people.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const std::string origin = "duenotice.case/INC-1";

/// A record in memory with accounts: admin; desk and desk-2 (one person) draft; head, deputy approve.
class Matter {
public:
    Matter() {
        grant("admin", "p0", Role::Administrator, '0');
        grant("desk", "p1", Role::Filer, '1');
        grant("desk-2", "p1", Role::Approver, '2');
        grant("head", "p3", Role::Approver, '3');
        grant("deputy", "p4", Role::Approver, '4');
    }
    void grant(const std::string& account, const std::string& person, Role role, char letter) { add(grant_entry({account, person, {role}, person_key(letter).public_key(), 0}, {"admin", next()})); }
    void revoke(const std::string& account) { add(revoke_entry(account, "left", {"admin", next()})); }
    std::uint64_t draft(const std::string& author, const std::string& bytes, const std::string& recipient = "hbdi") {
        PacketDraft made;
        made.subject = {"eu.gdpr.33-1@shop", "eu.gdpr.33-1", "shop", recipient};
        return add(draft_entry(made, {{"form.json", bytes}}, {author, next()}));
    }
    ApprovalStatement statement(std::uint64_t draft, const std::string& account) const {
        const auto read = read_draft(entries_[draft]);
        REQUIRE(read);
        return {origin, draft, read->subject, read->send_sha256, state, account, Access(entries_).person(account), "2026-11-20T10:00:00.000000Z", {}, {}};
    }
    std::uint64_t approve(const ApprovalStatement& statement, char letter) { return add(approval_entry(statement, person_key(letter), {statement.account, next()})); }
    std::uint64_t withdraw(std::uint64_t approval) { return add(withdraw_approval_entry(approval, "wrong", {"head", next()})); }
    std::string void_because(std::uint64_t approval, const std::string& of_origin = origin) const {
        for (const Approval& each : approvals_of(entries_, of_origin, [this](const PacketSubject&) { return state; }))
            if (each.entry == approval) return each.void_because;
        return "no approval";
    }
    std::uint64_t add(const Entry& entry) {
        entries_ = with_entries(entries_, {entry}, began);
        return entries_.size() - 1;
    }
    std::vector<RecordedEntry>& entries() { return entries_; }
    std::string state = "s1";

private:
    std::string next() const { return "k" + std::to_string(entries_.size()); }
    std::vector<RecordedEntry> entries_;
};

std::string mistake(Matter& matter, std::uint64_t draft, const std::string& account, char letter, const std::vector<std::string>& contradictions = {}, const std::vector<std::string>& not_yet = {}, const std::vector<std::string>& gaps = {}) {
    ApprovalStatement statement = matter.statement(draft, account);
    statement.not_yet_known = not_yet;
    PacketDraft read = *read_draft(matter.entries()[draft]);
    read.gaps = gaps;
    return approval_mistake(statement, read, contradictions, person_key(letter).public_key(), Access(matter.entries()));
}

}  // namespace

TEST_CASE("an approval holds while bytes, facts, person and key stay what they were") {
    Matter matter;
    const auto draft = matter.draft("desk", "a");
    const auto approval = matter.approve(matter.statement(draft, "head"), '3');
    CHECK(matter.void_because(approval).empty());
    matter.state = "s2";
    CHECK(matter.void_because(approval) == "facts or law that the notice rests on have changed since");
    matter.state = "s1";
    matter.draft("desk", "b", "bfdi");
    CHECK(matter.void_because(approval).empty());
    const auto later = matter.draft("desk", "b");
    CHECK(matter.void_because(approval) == "a later draft takes its place (entry " + std::to_string(later) + ")");
}

TEST_CASE("an approval that was withdrawn, or whose account lost its role or key, is void") {
    Matter matter;
    const auto draft = matter.draft("desk", "a");
    const auto approval = matter.approve(matter.statement(draft, "head"), '3');
    SECTION("withdrawn") {
        matter.withdraw(approval);
        CHECK(matter.void_because(approval) == "withdrawn: wrong");
    }
    SECTION("revoked") {
        matter.revoke("head");
        CHECK(matter.void_because(approval) == "who approved may no longer approve");
    }
    SECTION("another key") {
        matter.grant("head", "p3", Role::Approver, '9');
        CHECK(matter.void_because(approval) == "its key is not that of the account");
    }
    SECTION("the same person as the author") {
        matter.grant("head", "p1", Role::Approver, '3');
        CHECK(matter.void_because(approval) == "who drafted it is the same person");
    }
}

TEST_CASE("two accounts of one person stay one person when one of them is taken away or given to somebody else") {
    Matter matter;
    const auto draft = matter.draft("desk", "a");
    matter.approve(matter.statement(draft, "desk-2"), '2');
    SECTION("revoked") { matter.revoke("desk"); }
    SECTION("given away") { matter.grant("desk", "p9", Role::Filer, '1'); }
    const auto approval = matter.approve(matter.statement(draft, "desk-2"), '2');
    CHECK(matter.void_because(approval) == "who drafted it is the same person");
    CHECK(mistake(matter, draft, "desk-2", '2') == "who drafted it is the same person: four eyes are of two persons");
    CHECK_FALSE(Access(matter.entries()).same_person("desk", "head"));
    CHECK_FALSE(Access(matter.entries()).same_person("stranger", "desk"));
}

TEST_CASE("an approval that was forged, moved or replayed is refused") {
    Matter matter;
    const auto first = matter.draft("desk", "a", "hbdi"), second = matter.draft("desk", "b", "bfdi");
    const auto good = matter.approve(matter.statement(first, "head"), '3');
    CHECK(matter.void_because(good).empty());
    CHECK(matter.void_because(good, "duenotice.case/INC-2") == "it was signed for another record");
    ApprovalStatement moved = matter.statement(first, "head");
    moved.draft = second;
    CHECK(matter.void_because(matter.approve(moved, '3')) == "it was signed for other bytes");
    ApprovalStatement elsewhere = matter.statement(first, "head");
    elsewhere.origin = "duenotice.case/INC-2";
    CHECK(matter.void_because(matter.approve(elsewhere, '3')) == "it was signed for another record");
    CHECK(matter.void_because(matter.approve(matter.statement(first, "head"), '4')) == "its key is not that of the account");
    ApprovalStatement lent = matter.statement(first, "head");
    Entry entry = approval_entry(lent, person_key('3'), {"deputy", "lent"});
    CHECK(matter.void_because(matter.add(entry)) == "it was signed by another account");
    entry = approval_entry(lent, person_key('3'), {"head", "bent"});
    std::string signature = entry.fields["signature"].text;
    signature[3] = signature[3] == 'A' ? 'B' : 'A';
    entry.fields["signature"] = json_text(signature);
    CHECK(matter.void_because(matter.add(entry)) == "its signature does not hold");
    entry = approval_entry(lent, person_key('3'), {"head", "text"});
    entry.fields["statement"] = json_text(statement_bytes(matter.statement(second, "head")));
    CHECK(matter.void_because(matter.add(entry)) == "its signature does not hold");
}

TEST_CASE("what may not be approved says why") {
    Matter matter;
    const auto draft = matter.draft("desk", "a");
    CHECK(mistake(matter, draft, "head", '3').empty());
    CHECK(mistake(matter, draft, "desk-2", '2') == "who drafted it is the same person: four eyes are of two persons");
    CHECK(mistake(matter, draft, "head", '4') == "this is not the key of `head`");
    CHECK(mistake(matter, draft, "stranger", '4') == "no key of `stranger` is on record: `case grant --public-key` registers one");
    CHECK(mistake(matter, draft, "head", '3', {}, {}, {"measures"}) == "a raw gap in send/: `measures`");
    CHECK(mistake(matter, draft, "head", '3', {}, {"measures"}, {"measures"}).empty());
    CHECK(mistake(matter, draft, "head", '3', {"form.html"}) == "`form.html` says something else than form.json, of which statements are made, and nobody explained it");
    CHECK(mistake(matter, draft, "head", '3', {"people-number"}) == "`people-number` contradicts what was told before or the facts, and nobody explained it");
}

TEST_CASE("10,000 random orders: an approval is valid exactly when a model of four eyes says so", "[E3]") {
    std::mt19937 random(20261121);
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    const std::string accounts[] = {"desk", "desk-2", "head", "deputy"};
    const char letters[] = {'1', '2', '3', '4'};
    std::size_t valid = 0, all = 0, sent = 0, kept_back = 0;
    const Matter begin;
    for (int round = 0; round < 10'000; ++round) {
        Matter matter = begin;
        struct Made {
            std::uint64_t entry, draft;
            std::string author, account;
            bool right_key, withdrawn;
            std::string state;
        };
        std::vector<Made> made;
        std::uint64_t draft = 0;
        std::string author;
        // By the model: who drafted and who approved are two persons, and nothing that the approval rests on is another.
        const auto expected = [&](const Made& one) {
            const Access access(matter.entries());
            const bool approver = access.find(one.account) != nullptr && one.account != "desk";
            const std::string person = one.account == "desk-2" ? "p1" : one.account == "head" ? "p3" : "p4";
            const std::string author_person = one.author == "desk" ? "p1" : "p3";
            return approver && one.right_key && !one.withdrawn && one.draft == draft && one.state == matter.state && person != author_person;
        };
        for (int step = 0; step < 7; ++step) {
            const std::size_t what = below(9);
            if (draft == 0 || what == 0) {
                author = accounts[below(2) * 2];  // desk or head
                draft = matter.draft(author, std::string(1, static_cast<char>('a' + step)));
            } else if (what <= 4) {
                const std::size_t who = below(4), key = below(5) == 0 ? below(4) : who;
                made.push_back({matter.approve(matter.statement(draft, accounts[who]), letters[key]), draft, author, accounts[who], key == who, false, matter.state});
            } else if (what == 5 && !made.empty()) {
                Made& one = made[below(made.size())];
                one.withdrawn = true;
                matter.withdraw(one.entry);
            } else if (what == 6) {
                matter.revoke(accounts[2 + below(2)]);
            } else if (what == 7) {
                matter.state = matter.state == "s1" ? "s2" : "s1";
            } else if (what == 8) {
                const auto approvals = approvals_of(matter.entries(), origin, [&](const PacketSubject&) { return matter.state; });
                const bool goes_out = !valid_for(approvals, draft).empty();
                CHECK(goes_out == std::any_of(made.begin(), made.end(), expected));
                ++(goes_out ? sent : kept_back);
            }
        }
        for (const Made& one : made) {
            const bool holds = expected(one);
            CHECK(matter.void_because(one.entry).empty() == holds);
            valid += holds ? 1 : 0;
            ++all;
        }
    }
    tell_runs("E3", "10000 orders: " + std::to_string(all) + " approvals, " + std::to_string(valid) + " valid; " + std::to_string(sent + kept_back) + " filings tried, " + std::to_string(sent) + " went out, each on two persons");
    CHECK(sent > 300);
    CHECK(kept_back > 300);
    CHECK(valid > 1000);
    CHECK(valid < all / 2);
}

TEST_CASE("an approval keeps what it let out as not yet known and what it explained, also on its sheet") {
    Matter matter;
    const std::uint64_t draft = matter.draft("desk", "{}");
    ApprovalStatement statement = matter.statement(draft, "head");
    statement.not_yet_known = {"consequences"};
    statement.explained = {{"count", "counted anew"}};
    matter.approve(statement, '3');
    const auto approvals = approvals_of(matter.entries(), origin);
    REQUIRE(approvals.size() == 1);
    RecordFindings findings;
    findings.approvals = approvals;
    for (const RecordTable& table : record_tables(matter.entries(), *parse_instant("2026-11-22T00:00:00Z"), findings)) {
        if (table.name != "Approvals") continue;
        const auto cell = [&](const char* column) { return table.rows.at(0).at(static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), column) - table.columns.begin())); };
        CHECK(cell("sent as not yet known") == "consequences");
        CHECK(cell("contradictions explained") == "count: counted anew");
    }
}
