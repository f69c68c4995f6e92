#include "engine/record/signature_check.h"

#include "engine/record/approval.h"
#include "engine/record/confirmation.h"
#include "engine/record/entry_fields.h"
#include "engine/record/signed_statement.h"

namespace duenotice {

namespace {

class SignatureCheck {
public:
    SignatureCheck(const LeafChain& chain, const std::map<FieldOfEntry, JsonValue>& content) : chain_(chain), content_(content) {}

    SignatureVerdict run() {
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq) {
            if (!chain_.leaf(seq)) continue;
            const std::string& kind = chain_.leaf(seq)->kind;
            if (kind == "access") account(seq);
            if (kind != "approval" && kind != "confirmation") continue;
            unjudged_.clear();
            const std::string mistake = mistake_of(recorded(seq));
            if (!mistake.empty()) verdict_.wrong.push_back({seq, "this " + kind + " proves nothing: " + mistake});
            else if (!unjudged_.empty()) verdict_.unjudged.push_back({seq, "the signature of this " + kind + " cannot be judged: " + unjudged_});
            else ++verdict_.good;
        }
        return std::move(verdict_);
    }

private:
    RecordedEntry recorded(std::uint64_t seq) const {
        RecordedEntry entry{*chain_.leaf(seq), {}, {}};
        for (auto at = content_.lower_bound({seq, ""}); at != content_.end() && at->first.first == seq; ++at) entry.fields.emplace(at->first.second, at->second);
        return entry;
    }

    /// Whether all of these fields that the entry has are given; says what is not.
    bool given(const RecordedEntry& entry, std::initializer_list<const char*> fields, const std::string& whose = "") {
        for (const char* field : fields) {
            if (entry.leaf.commits.count(field) == 0 || entry.fields.count(field) > 0) continue;
            unjudged_ = std::string("`") + field + "`" + whose + (chain_.erased().count({entry.leaf.seq, field}) > 0 ? " was erased" : " is withheld");
            return false;
        }
        return true;
    }

    void account(std::uint64_t seq) {
        const RecordedEntry entry = recorded(seq);
        if (given(entry, {"account", "revoked", "public_key"})) access_.add(entry);
        else hidden_grant_ = seq;
    }

    std::string mistake_of(const RecordedEntry& entry) {
        if (!given(entry, {"statement", "signature", "public_key"})) return {};
        const auto read = read_signed_statement(entry, chain_.origin());
        if (const auto* mistake = std::get_if<std::string>(&read)) return *mistake;
        const SignedStatement& made = std::get<SignedStatement>(read);
        std::string mistake = entry.leaf.kind == "approval" ? of_approval(entry, made) : of_confirmation(entry, made);
        if (!mistake.empty()) return mistake;
        if (!hidden_grant_) return own_key_mistake(access_, entry.leaf.actor, made.key);
        unjudged_ = "whose key it is stands in entry " + std::to_string(*hidden_grant_) + ", which is withheld";
        return {};
    }

    /// The entry before this one that its reference names, if it is of the kind.
    std::optional<RecordedEntry> named(const RecordedEntry& entry, const char* kind) const {
        const auto seq = ref_entry(entry.leaf, kind);
        return seq && *seq < entry.leaf.seq && chain_.leaf(*seq) && chain_.leaf(*seq)->kind == kind ? std::optional(recorded(*seq)) : std::nullopt;
    }

    std::string of_approval(const RecordedEntry& entry, const SignedStatement& made) {
        const auto draft = named(entry, "draft");
        if (!draft) return "it names no draft of this record";
        if (!given(*draft, {"subject", "send_sha256"}, " of its draft")) return {};
        const PacketDraft read = *read_draft(*draft);
        if (draft->fields.count("send_artefact") > 0 && send_digest_of_names(read.files) != read.send_sha256) return "the files of its draft are not those of the digest that was signed";
        return approved_something_else(made, read);
    }

    std::string of_confirmation(const RecordedEntry& entry, const SignedStatement& made) const {
        const auto decision = named(entry, "decision");
        if (!decision) return "it names no decision of this record";
        return confirmed_something_else(made, *decision);
    }

    const LeafChain& chain_;
    const std::map<FieldOfEntry, JsonValue>& content_;
    SignatureVerdict verdict_;
    Access access_{std::vector<RecordedEntry>{}};  ///< as of the entry that is looked at
    std::optional<std::uint64_t> hidden_grant_;  ///< whose account nobody can tell
    std::string unjudged_;                      ///< why the entry that is looked at cannot be judged
};

}  // namespace

bool bears_on_signatures(const std::string& kind) { return kind == "access" || kind == "draft" || kind == "approval" || kind == "confirmation"; }

SignatureVerdict check_signatures(const LeafChain& chain, const std::map<FieldOfEntry, JsonValue>& content) { return SignatureCheck(chain, content).run(); }

}  // namespace duenotice
