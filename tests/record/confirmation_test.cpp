// A decision that takes two persons has no effect until the second one signs it, with a key of their own and every word of
// it under the signature.
#include <catch2/catch.hpp>

#include "engine/record/closing.h"
#include "engine/record/confirmation.h"
#include "engine/record/request.h"
#include "tests/record/case_world.h"
#include "tests/record/people.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// A record on the disk, so that leaves bind their content: counsel decides; head and deputy may agree, press may not.
class Matter {
public:
    explicit Matter(bool accounts = true) : file_(new_case(folder_.file("a.case"))) {
        if (!accounts) return;
        grant("admin", "p0", Role::Administrator, '0');
        grant("counsel", "p1", Role::Counsel, '1');
        grant("counsel-2", "p1", Role::Approver, '2');
        grant("head", "p3", Role::Approver, '3');
        grant("deputy", "p4", Role::Approver, '4');
        grant("press", "p5", Role::Reporter, '5');
    }
    void grant(const std::string& account, const std::string& person, Role role, char letter) { add(grant_entry({account, person, {role}, person_key(letter).public_key(), 0}, {"admin", next()})); }
    void revoke(const std::string& account) { add(revoke_entry(account, "left", {"admin", next()})); }
    std::uint64_t decide(const std::string& what, const std::string& owed = "owed", const std::string& second = "", const std::vector<std::string>& items = {}) {
        MatterDecision decision;
        decision.what = what;
        decision.duty = what == "close" || what == "reopen" ? "" : "eu.gdpr.33-1@shop";
        decision.owed = owed;
        decision.second = second;
        decision.reasons = "reasons";
        decision.items = items;
        decision.look_again_on = what == "drop-duty" ? "2026-12-01" : "";
        return add(decision_entry(decision, {"counsel", next()}));
    }
    std::uint64_t confirm(std::uint64_t decision, const std::string& account, char letter) { return add(confirmation_entry(entries()[decision], "2026-11-20T10:00:00.000000Z", person_key(letter), Access(entries()), {account, next()})); }
    std::uint64_t add(const Entry& entry) { return file_.append({&entry, 1}, case_key(), began).seqs.front(); }
    std::string next() { return "k" + std::to_string(file_.size()); }
    std::vector<RecordedEntry> entries() const { return file_.entries(file_.size()); }
    StandingDecision::State state(std::uint64_t decision) const {
        for (const StandingDecision& each : standing_decisions(entries()))
            if (each.decision.entry == decision) return each.state;
        throw std::runtime_error("no decision");
    }
    std::string why_void(std::uint64_t confirmation) const {
        for (const Confirmation& each : confirmations_of(entries()))
            if (each.entry == confirmation) return each.void_because;
        return "no confirmation";
    }
    std::string note() const {
        const auto notes = loud_notes(entries());
        return notes.empty() ? "" : notes.front();
    }

private:
    Folder folder_;
    CaseFile file_;
};

using State = StandingDecision::State;

}  // namespace

TEST_CASE("a duty that is owed is set aside only once a second person has signed") {
    Matter matter;
    const auto drop = matter.decide("drop-duty");
    CHECK(matter.state(drop) == State::NotSigned);
    CHECK(matter.note() == "NOT SET ASIDE: eu.gdpr.33-1@shop (entry 7, counsel): no second person has signed, and the decision has no effect: reasons");
    const auto signed_by = matter.confirm(drop, "head", '3');
    CHECK(matter.why_void(signed_by).empty());
    CHECK(matter.state(drop) == State::InForce);
    CHECK(matter.note() == "SET ASIDE by decision: eu.gdpr.33-1@shop (entry 7, counsel) with head, to be looked at again on 2026-12-01: reasons");
    // Who signed and has left since takes nothing from it; to notify takes one person and takes it back.
    matter.revoke("head");
    CHECK(matter.state(drop) == State::InForce);
    matter.decide("notify");
    CHECK(matter.state(drop) == State::TakenBack);
    CHECK(matter.note().empty());
}

TEST_CASE("not to notify of what is not owed takes one person") {
    Matter matter;
    CHECK(matter.state(matter.decide("do-not-notify", "not_owed")) == State::InForce);
    CHECK(matter.state(matter.decide("do-not-notify", "undetermined")) == State::NotSigned);
    CHECK(matter.state(matter.decide("do-not-notify", "owed")) == State::NotSigned);
}

TEST_CASE("the second person is another one, who may, with the own key, and the one that was named") {
    Matter matter;
    const auto drop = matter.decide("drop-duty"), named = matter.decide("drop-duty", "owed", "deputy"), free = matter.decide("notify");
    CHECK(matter.why_void(matter.confirm(drop, "counsel", '1')) == "who decided it is the same person: it takes two");
    CHECK(matter.why_void(matter.confirm(drop, "counsel-2", '2')) == "who decided it is the same person: it takes two");
    CHECK(matter.why_void(matter.confirm(drop, "press", '5')) == "`press` may not agree to that");
    CHECK(matter.why_void(matter.confirm(drop, "stranger", '9')) == "`stranger` may not agree to that");
    CHECK(matter.why_void(matter.confirm(drop, "head", '4')) == "this is not the key of `head`");
    CHECK(matter.why_void(matter.confirm(named, "head", '3')) == "the decision names `deputy` as the second person");
    CHECK(matter.why_void(matter.confirm(free, "head", '3')) == "the decision of entry " + std::to_string(free) + " takes one person");
    CHECK(matter.state(named) == State::TakenBack);
    const auto again = matter.decide("drop-duty", "owed", "deputy");
    CHECK(matter.why_void(matter.confirm(again, "deputy", '4')).empty());
    CHECK(matter.state(again) == State::InForce);
}

TEST_CASE("a confirmation that was forged, moved, lent or bent confirms nothing") {
    Matter matter;
    const auto first = matter.decide("drop-duty"), second = matter.decide("do-not-notify");
    Entry moved = confirmation_entry(matter.entries()[first], "2026-11-20T10:00:00.000000Z", person_key('3'), Access(matter.entries()), {"head", "moved"});
    moved.refs["decision"] = static_cast<std::int64_t>(second);
    CHECK(matter.why_void(matter.add(moved)) == "it was signed for another decision");
    Entry lent = confirmation_entry(matter.entries()[first], "2026-11-20T10:00:00.000000Z", person_key('3'), Access(matter.entries()), {"head", "lent"});
    lent.actor = "deputy";
    CHECK(matter.why_void(matter.add(lent)) == "it was signed by another account");
    Entry bent = confirmation_entry(matter.entries()[first], "2026-11-20T10:00:00.000000Z", person_key('3'), Access(matter.entries()), {"head", "bent"});
    bent.fields["statement"].text.replace(bent.fields["statement"].text.find("head"), 4, "haed");
    CHECK(matter.why_void(matter.add(bent)) == "its signature does not hold");
    Entry early = confirmation_entry(matter.entries()[first], "2026-11-20T10:00:00.000000Z", person_key('3'), Access(matter.entries()), {"head", "early"});
    early.refs["decision"] = 99;
    CHECK(matter.why_void(matter.add(early)) == "it names no decision of this record");
    CHECK(matter.state(first) == State::NotSigned);
    CHECK(matter.state(second) == State::NotSigned);
}

TEST_CASE("a record without accounts asks for another name and a key all the same") {
    Matter matter(false);
    const auto drop = matter.decide("drop-duty");
    CHECK_FALSE(matter.why_void(matter.confirm(drop, "counsel", '1')).empty());
    CHECK(matter.state(drop) == State::NotSigned);
    matter.confirm(drop, "head", '3');
    CHECK(matter.state(drop) == State::InForce);
}

TEST_CASE("a matter with open items is closed by two, one with nothing but what is to be kept by one") {
    Matter matter;
    CHECK(matter.state(matter.decide("close", "", "", {"to be kept: eu.gdpr.33-5@shop"})) == State::InForce);
    CHECK(closed_by(matter.entries()));
    matter.decide("reopen", "");
    CHECK_FALSE(closed_by(matter.entries()));
    const auto close = matter.decide("close", "", "", {"hold alive: police-1"});
    CHECK_FALSE(closed_by(matter.entries()));
    const auto confirmed = matter.confirm(close, "head", '3');
    CHECK(closed_by(matter.entries()) == confirmed);
    matter.decide("reopen", "");
    CHECK_FALSE(closed_by(matter.entries()));
}

TEST_CASE("a duty that was added is said first until somebody says that it was done") {
    Matter matter;
    const auto added = matter.decide("add-duty", "");
    CHECK(matter.note() == "ADDED by decision, beside the law: eu.gdpr.33-1@shop (entry 7, counsel): reasons");
    matter.add(answer_entry(added, "2026-11-20T10:00Z", "", "told by phone", {"desk", "a"}));
    CHECK(matter.note().empty());
}
