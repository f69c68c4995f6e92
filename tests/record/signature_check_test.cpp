// Whoever holds the key of a record can write under any account; that a person did not sign is seen by both verifiers.
#include <catch2/catch.hpp>

#include <functional>

#include "engine/record/approval.h"
#include "engine/record/bundle_verifier.h"
#include "engine/record/confirmation.h"
#include "engine/record/erasure.h"
#include "tests/record/case_world.h"
#include "tests/record/people.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const std::string signed_at = "2026-11-20T10:00:00.000000Z";

/// A record on the disk, written with its own key: desk drafts, counsel decides, head and deputy sign.
class SignedMatter {
public:
    explicit SignedMatter(bool accounts = true) : file_(new_case(folder_.file("a.case"))) {
        if (accounts) {
            grant("admin", Role::Administrator, '0');
            grant("desk", Role::Filer, '1');
            grant("counsel", Role::Counsel, '2');
            grant("head", Role::Approver, '3');
            grant("deputy", Role::Approver, '4');
        }
        first = draft("a");
        other = draft("b");
        decision = decide();
    }
    std::uint64_t grant(const std::string& account, Role role, char letter) { return add(grant_entry({account, account, {role}, person_key(letter).public_key(), 0}, {"admin", next()})); }
    std::uint64_t draft(const std::string& bytes) {
        PacketDraft made;
        made.subject = {"eu.gdpr.33-1@shop", "eu.gdpr.33-1", "shop", "hbdi"};
        return add(draft_entry(made, {{"form.json", bytes}}, {"desk", next()}));
    }
    std::uint64_t decide() { return add(decision_entry(dropped_duty(), {"counsel", next()})); }
    ApprovalStatement statement(std::uint64_t of, const std::string& account = "head") const {
        const PacketDraft read = *read_draft(file_.entry(of));
        return {file_.origin(), of, read.subject, read.send_sha256, "s1", account, account, signed_at, {}, {}};
    }
    Entry approval(const ApprovalStatement& statement, char letter) const { return approval_entry(statement, person_key(letter), {statement.account, next()}); }
    Entry approval(char letter = '3') const { return approval(statement(first), letter); }
    Entry confirmation(char letter = '3') const { return confirmation_entry(file_.entry(decision), signed_at, person_key(letter), Access(file_.entries(file_.size())), {"head", next()}); }
    std::uint64_t add(Entry entry) {
        entry.idem = next();  // others may have been added since it was made
        return file_.append({&entry, 1}, case_key(), began).seqs.front();
    }
    void erase_field(std::uint64_t seq, const std::string& field) {
        const Entry entry = redaction_entry({seq, field}, "GDPR 17(1)(d)", "dpo", {"clerk", next()});
        erase(file_, {&entry, 1}, case_key(), began);
    }

    /// Of both verifiers, which must agree.
    SignatureVerdict judged(const std::map<FieldOfEntry, std::string>& withheld = {}) const {
        const BundleVerdict bundle = verify_bundle(make_bundle(file_, {"counsel", withheld, {}}));
        CHECK(bundle.whole());
        CHECK(bundle.holds() == bundle.signatures.wrong.empty());
        if (withheld.empty()) {
            const RecordVerdict record = verify_record(file_.path());
            CHECK(record.whole());
            CHECK(record.holds() == record.signatures.wrong.empty());
            CHECK(words(record.signatures.wrong) == words(bundle.signatures.wrong));
            CHECK(words(record.signatures.unjudged) == words(bundle.signatures.unjudged));
            CHECK(record.signatures.good == bundle.signatures.good);
        }
        return bundle.signatures;
    }
    static std::vector<std::string> words(const std::vector<Finding>& findings) {
        std::vector<std::string> all;
        for (const Finding& finding : findings) all.push_back(std::to_string(finding.seq.value_or(0)) + ": " + finding.words);
        return all;
    }
    std::uint64_t size() const { return file_.size(); }

    std::uint64_t first = 0, other = 0, decision = 0;

private:
    std::string next() const { return "k" + std::to_string(file_.size()); }
    Folder folder_;
    CaseFile file_;
};

void bend(Entry& entry, const char* field, const std::string& from, const std::string& to) {
    std::string& text = entry.fields.at(field).text;
    REQUIRE(text.find(from) != std::string::npos);
    text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("signatures of approvals and confirmations hold, also once the account has another key or is gone") {
    SignedMatter matter;
    matter.add(matter.approval());
    matter.add(matter.confirmation());
    matter.grant("head", Role::Approver, '9');
    matter.add(matter.approval('9'));
    matter.add(revoke_entry("head", "left", {"admin", "r"}));
    const SignatureVerdict verdict = matter.judged();
    CHECK(verdict.good == 3);
    CHECK(verdict.wrong.empty());
    CHECK(verdict.unjudged.empty());
}

TEST_CASE("what a person did not sign is found with its entry, though the record is whole") {
    struct Forgery {
        const char* words;
        std::function<Entry(SignedMatter&)> make;
    };
    const Forgery forgeries[] = {
        {"this approval proves nothing: this is not the key of `head`", [](SignedMatter& m) { return m.approval('4'); }},
        {"this approval proves nothing: this is not the key of `head`", [](SignedMatter& m) { m.grant("head", Role::Approver, '9'); return m.approval('3'); }},
        {"this approval proves nothing: no key of `head` is on record: `case grant --public-key` registers one", [](SignedMatter& m) { m.add(revoke_entry("head", "left", {"admin", "r"})); return m.approval(); }},
        {"this approval proves nothing: its signature does not hold", [](SignedMatter& m) { Entry e = m.approval(); std::string& text = e.fields.at("signature").text; text[5] = text[5] == 'A' ? 'B' : 'A'; return e; }},
        {"this approval proves nothing: its signature does not hold", [](SignedMatter& m) { Entry e = m.approval(); bend(e, "statement", "\"s1\"", "\"s2\""); return e; }},
        {"this approval proves nothing: its signature does not hold", [](SignedMatter& m) { Entry e = m.approval('4'); e.fields["public_key"] = json_text(key_base64(person_key('3').public_key())); return e; }},
        {"this approval proves nothing: its signature does not hold", [](SignedMatter& m) { Entry e = m.approval(); e.fields.erase("signature"); return e; }},
        {"this approval proves nothing: it was signed by another account", [](SignedMatter& m) { Entry e = m.approval(); e.actor = "deputy"; return e; }},
        {"this approval proves nothing: it was signed for another record", [](SignedMatter& m) { ApprovalStatement s = m.statement(m.first); s.origin = "duenotice.case/INC-2"; return m.approval(s, '3'); }},
        {"this approval proves nothing: it was signed for other bytes", [](SignedMatter& m) { Entry e = m.approval(); e.refs["draft"] = static_cast<std::int64_t>(m.other); return e; }},
        {"this approval proves nothing: it was signed for another draft", [](SignedMatter& m) { Entry e = m.approval(); e.refs["draft"] = static_cast<std::int64_t>(m.draft("a")); return e; }},
        {"this approval proves nothing: it names no draft of this record", [](SignedMatter& m) { Entry e = m.approval(); e.refs["draft"] = static_cast<std::int64_t>(m.decision); return e; }},
        {"this approval proves nothing: the files of its draft are not those of the digest that was signed", [](SignedMatter& m) {
             PacketDraft made;
             made.subject = {"eu.gdpr.33-1@shop", "eu.gdpr.33-1", "shop", "hbdi"};
             Entry e = draft_entry(made, {{"form.json", "c"}}, {"desk", "swapped"});
             e.fields["send_sha256"] = json_text(send_digest({{"form.json", "a"}}));
             return m.approval(m.statement(m.add(e)), '3');
         }},
        {"this confirmation proves nothing: this is not the key of `head`", [](SignedMatter& m) { return m.confirmation('4'); }},
        {"this confirmation proves nothing: its signature does not hold", [](SignedMatter& m) { Entry e = m.confirmation(); bend(e, "statement", "\"head\"", "\"haed\""); return e; }},
        {"this confirmation proves nothing: it was signed for another decision", [](SignedMatter& m) { Entry e = m.confirmation(); e.refs["decision"] = static_cast<std::int64_t>(m.decide()); return e; }},
        {"this confirmation proves nothing: it names no decision of this record", [](SignedMatter& m) { Entry e = m.confirmation(); e.refs["decision"] = 99; return e; }}};
    for (const Forgery& forgery : forgeries) {
        SignedMatter matter;
        matter.add(matter.approval());
        const std::uint64_t forged = matter.add(forgery.make(matter));
        INFO(forgery.words);
        const SignatureVerdict verdict = matter.judged();
        CHECK(verdict.good == 1);
        CHECK(SignedMatter::words(verdict.wrong) == std::vector<std::string>{std::to_string(forged) + ": " + forgery.words});
        CHECK(verdict.unjudged.empty());
    }
}

TEST_CASE("what was erased or is withheld cannot be judged and is no fault") {
    SignedMatter matter;
    const auto approval = matter.add(matter.approval()), confirmation = matter.add(matter.confirmation());
    const std::string a = std::to_string(approval) + ": the signature of this approval cannot be judged: ", c = std::to_string(confirmation) + ": the signature of this confirmation cannot be judged: ";
    const auto unjudged = [&](const std::map<FieldOfEntry, std::string>& withheld) {
        const SignatureVerdict verdict = matter.judged(withheld);
        CHECK(verdict.wrong.empty());
        CHECK(verdict.good + verdict.unjudged.size() == 2);
        return SignedMatter::words(verdict.unjudged);
    };
    using Words = std::vector<std::string>;
    CHECK(unjudged({}).empty());
    CHECK(unjudged({{{approval, "signature"}, "x"}}) == Words{a + "`signature` is withheld"});
    CHECK(unjudged({{{matter.first, "send_sha256"}, "x"}}) == Words{a + "`send_sha256` of its draft is withheld"});
    CHECK(unjudged({{{matter.first, "send_artefact"}, "x"}, {{matter.decision, "reasons"}, "x"}}).empty());
    CHECK(unjudged({{{1, "public_key"}, "x"}}) == Words{a + "whose key it is stands in entry 1, which is withheld", c + "whose key it is stands in entry 1, which is withheld"});
    CHECK(unjudged({{{1, "roles"}, "x"}}).empty());
    matter.erase_field(confirmation, "statement");
    CHECK(unjudged({}) == Words{c + "`statement` was erased"});
}

TEST_CASE("in a record without accounts a signature is held against the key beside it") {
    SignedMatter matter(false);
    matter.add(matter.approval('7'));
    CHECK(matter.judged().good == 1);
    Entry bent = matter.approval();
    bend(bent, "statement", "\"s1\"", "\"s2\"");
    matter.add(bent);
    CHECK(matter.judged().wrong.size() == 1);
}
