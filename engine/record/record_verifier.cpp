#include "engine/record/record_verifier.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "engine/record/canonical_json.h"
#include "engine/record/case_file.h"
#include "engine/record/checkpoint_opener.h"
#include "engine/record/leaf_chain.h"

namespace duenotice {

namespace {

class RecordVerifier {
public:
    RecordVerifier(const CaseStore& store, const Outside& outside, bool sealed) : store_(store), outside_(outside) { verdict_.sealed = sealed; }

    RecordVerdict run() {
        const CaseStore::Snapshot snapshot(store_);
        guarded([this] { begin_checkpoints(); });
        guarded([this] {
            if (const std::string found = store_.damage(); !found.empty()) tell("the database is damaged: " + found);
        });
        guarded([this] { store_.each_leaf([this](const LeafRow& row) { leaf(row); }); });
        chain_.finish();
        verdict_.entries = chain_.size();
        verdict_.root = chain_.root(chain_.size());
        verdict_.incident = chain_.incident();
        verdict_.origin = chain_.origin();
        verdict_.key = chain_.key_text();
        if (outside_.key && outside_.key->text() != verdict_.key) tell("the record names another key than the one that was given", 0);
        std::vector<Finding> later;
        std::swap(later, verdict_.findings);
        guarded([this] { nodes(); });
        guarded([this] { erasures(); });
        if (!verdict_.sealed) guarded([this] { contents(); });
        guarded([this] { keys(); });
        guarded([this] { artefacts(); });
        if (!verdict_.sealed) verdict_.signatures = check_signatures(chain_, signed_content_);
        std::swap(later, verdict_.findings);
        // Last, since their signatures are still looked at; told before those, since they bound what is good.
        guarded([this] { checkpoints(); });
        for (Finding& finding : later)
            if (verdict_.findings.size() < most_findings) verdict_.findings.push_back(std::move(finding));
        outside();
        return std::move(verdict_);
    }

private:
    /// A part that the database cannot give is a finding, and the other parts are still looked at.
    template <class Part>
    void guarded(const Part& part) {
        try {
            part();
        } catch (const RecordError& error) {
            tell(error.what());
        }
    }

    void tell(std::string words, std::optional<std::uint64_t> seq = {}) {
        if (seq && (!verdict_.first_bad || *seq < *verdict_.first_bad)) verdict_.first_bad = seq;
        if (verdict_.findings.size() < most_findings) verdict_.findings.push_back({seq, std::move(words)});
    }

    void leaf(const LeafRow& row) {
        const std::uint64_t place = chain_.size();
        if (row.seq != place) tell("entry " + std::to_string(place) + " is not there; entry " + std::to_string(row.seq) + " stands in its place", place);
        const Digest hash = leaf_hash(row.bytes);
        if (row.hash != std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size())) tell("its bytes are not those of its hash", place);
        chain_.add(row.bytes);
    }

    /// Their signatures, by the key and for the origin that entry 0 names.
    void begin_checkpoints() {
        std::vector<CheckpointRow> rows;
        store_.each_checkpoint([&](const CheckpointRow& row) { rows.push_back(row); });
        verdict_.checkpoints = rows.size();
        newest_ = rows.empty() ? 0 : rows.back().size;
        LeafChain first([](const std::string&, std::optional<std::uint64_t>) {});
        try {
            if (store_.leaf_count() > 0) first.add(store_.leaf(0).bytes);
        } catch (const RecordError&) {
            // What is wrong with it is told when the leaves are read.
        }
        if (const auto key = outside_.key ? outside_.key : first.key()) opener_.emplace(std::move(rows), *key, first.origin());
    }

    /// Each checkpoint against the tree and the key.
    void checkpoints() {
        if (opener_) {
            const auto& opened = opener_->finish();
            for (std::size_t i = 0; i < opened.size(); ++i) checkpoint(opener_->rows()[i].size, opened[i]);
        }
        if (newest_ != chain_.size() && chain_.size() > 0) tell("the newest checkpoint is of " + std::to_string(newest_) + " entries, and " + std::to_string(chain_.size()) + " are there");
    }

    /// The first that fails, after one that holds, bounds the first bad entry.
    void checkpoint(std::uint64_t size, const OpenedCheckpoint& opened) {
        const std::string name = "the checkpoint of " + std::to_string(size) + " entries";
        if (const auto* mistake = std::get_if<std::string>(&opened)) return tell(name + ": " + *mistake);
        const Checkpoint& checkpoint = std::get<Checkpoint>(opened);
        if (checkpoint.size != size) return tell(name + " says that it is of " + std::to_string(checkpoint.size));
        if (size > chain_.size()) return tell(name + " covers entries that are not there", chain_.size());
        if (chain_.root(size) == checkpoint.root) {
            good_ = size;
            if (!bounded_) verdict_.good_until = size;
        } else if (!bounded_) {
            bounded_ = true;
            tell(name + " was signed over another tree: an entry from " + std::to_string(good_) + " to " + std::to_string(size - 1) + " is not what was signed", std::min(verdict_.first_bad.value_or(good_), good_));
        }
    }

    void nodes() {
        std::uint64_t count = 0, wanted = 0;
        for (std::size_t level = 1; level < chain_.tree().size(); ++level) wanted += chain_.tree()[level].size();
        std::string wrong;
        store_.each_node([&](const TreeNode& node) {
            ++count;
            const bool right = node.level > 0 && node.level < chain_.tree().size() && node.index < chain_.tree()[node.level].size() && chain_.tree()[node.level][node.index] == node.hash;
            if (!right && wrong.empty()) wrong = node.level == 0 ? "the leaf of entry " + std::to_string(node.index) + " is kept with other nodes of the tree than it completes" : "node " + std::to_string(node.index) + " at level " + std::to_string(node.level) + " of the stored tree is not that of the entries";
        });
        if (!wrong.empty()) tell(wrong);
        if (count != wanted) tell("the stored tree has " + std::to_string(count) + " nodes and should have " + std::to_string(wanted));
    }

    /// What is kept of erasures and holds is what the entries say.
    void erasures() {
        std::map<std::uint64_t, Redaction> wanted = chain_.redactions();
        store_.each_redaction([&](const Redaction& row) {
            const auto found = wanted.find(row.seq);
            if (found == wanted.end() || found->second.entry != row.entry || found->second.field != row.field) return tell("there is a redaction that no entry made, of `" + row.field + "` of entry " + std::to_string(row.entry), row.seq);
            wanted.erase(found);
        });
        for (const auto& [seq, redaction] : wanted) tell("its redaction is not kept", seq);
        const auto same = [](const LegalHold& a, const LegalHold& b) { return a.seq == b.seq && a.hold == b.hold && a.entry == b.entry && a.placed == b.placed; };
        const std::vector<LegalHold> kept = store_.holds(), &said = chain_.holds();
        if (!std::equal(kept.begin(), kept.end(), said.begin(), said.end(), same)) tell("the legal holds that are kept are not those of the entries");
    }

    void contents() {
        std::vector<std::size_t> opened(chain_.size());
        store_.each_opening([&](std::uint64_t seq, const Opening& opening) {
            if (seq >= chain_.size()) return tell("there is content for an entry " + std::to_string(seq) + " that is not there");
            if (!chain_.leaf(seq)) return;
            if (const auto gone = chain_.erased().find({seq, opening.field}); gone != chain_.erased().end()) return tell("the content of `" + opening.field + "` is there, though entry " + std::to_string(gone->second) + " says that it was erased", seq);
            if (opening.field.empty()) return tell("content is kept in another form than this program writes", seq);
            ++opened[seq];
            const auto commit = chain_.leaf(seq)->commits.find(opening.field);
            if (commit == chain_.leaf(seq)->commits.end()) return tell("the content of `" + opening.field + "` was never recorded", seq);
            if (commit->second != commitment(opening)) return tell("the content of `" + opening.field + "` is not what was recorded", seq);
            const auto value = read_canonical_source(std::make_shared<const SourceText>("content", opening.value));
            if (!value) return tell("the content of `" + opening.field + "` is no JSON", seq);
            std::vector<ArtefactName> named;
            if (names_artefacts(opening.field) && !collect_artefacts(*value, named)) tell("the content of `" + opening.field + "` names no artefact", seq);
            for (ArtefactName& name : named) named_.emplace(std::move(name.sha256), Named{std::move(name.media_type), seq});
            if (bears_on_signatures(chain_.leaf(seq)->kind)) signed_content_.emplace(FieldOfEntry(seq, opening.field), *value);
        });
        for (const auto& [field, by] : chain_.erased()) ++opened[field.first];
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq)
            if (chain_.leaf(seq) && opened[seq] < chain_.leaf(seq)->commits.size()) tell("content is missing", seq);
    }

    void keys() {
        std::map<std::string, std::uint64_t> wanted = chain_.keys();
        store_.each_key([&](const KeyRow& row) {
            const auto found = wanted.find(row.key);
            if (found == wanted.end() || found->second != row.seq) return tell("the key `" + row.key + "` is kept for an entry that does not bear it");
            wanted.erase(found);
        });
        for (const auto& [key, seq] : wanted) tell("its key of idempotency is not kept", seq);
    }

    /// What a list names; nothing where it is not what was recorded, which is told of the artefact itself.
    std::map<std::string, ArtefactName> list_of(const std::string& sha256) const {
        try {
            const auto list = store_.artefact(sha256);
            return list ? parse_artefact_list(list->bytes).value_or(std::map<std::string, ArtefactName>{}) : std::map<std::string, ArtefactName>{};
        } catch (const RecordError&) {
            return {};
        }
    }

    /// Every one that is named is there with its bytes, every one that is there is named.
    void artefacts() {
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq)
            if (chain_.leaf(seq))
                for (ArtefactName& name : artefacts_of(chain_.leaf(seq)->refs)) named_.emplace(std::move(name.sha256), Named{std::move(name.media_type), seq});
        for (const auto& [sha256, named] : std::map(named_))
            if (named.media_type == artefact_list_type)
                for (auto& [path, name] : list_of(sha256)) named_.emplace(name.sha256, Named{name.media_type, named.seq});
        std::map<std::string, Named> missing = named_;
        store_.each_artefact([&](const Artefact& artefact) {
            const auto found = named_.find(artefact.sha256);
            if (found == named_.end() && verdict_.sealed) return;  // content that cannot be read may name it
            if (found == named_.end()) return tell("there is an artefact that no entry names: " + artefact.sha256);
            missing.erase(artefact.sha256);
            if (sha256_hex(artefact.bytes) != artefact.sha256) tell("the artefact " + artefact.sha256 + " has other bytes than those that were recorded", found->second.seq);
            if (artefact.media_type != found->second.media_type) tell("the artefact " + artefact.sha256 + " is kept as another type than was recorded", found->second.seq);
        });
        for (const auto& [sha256, named] : missing)
            if (!verdict_.sealed || !store_.has_artefact(sha256)) tell("an artefact that it names is not there: " + sha256, named.seq);
    }

    /// What somebody kept: the record must go on from there.
    void outside() {
        if (outside_.checkpoint.empty()) return;
        const std::optional<NoteKey> key = outside_.key ? outside_.key : chain_.key();
        if (!key) return;
        const auto opened = open_checkpoint(outside_.checkpoint, *key, verdict_.origin);
        if (const auto* mistake = std::get_if<std::string>(&opened)) return tell("the checkpoint that was given: " + *mistake);
        const Checkpoint& kept = std::get<Checkpoint>(opened);
        if (kept.size > chain_.size())
            tell("the record was cut back: the checkpoint that was given covers " + std::to_string(kept.size) + " entries, and " + std::to_string(chain_.size()) + " are there", chain_.size());
        else if (chain_.root(kept.size) != kept.root)
            tell("the record was rewritten: its first " + std::to_string(kept.size) + " entries are not those of the checkpoint that was given");
    }

    const CaseStore& store_;
    const Outside& outside_;
    std::optional<CheckpointOpener> opener_;
    std::uint64_t newest_ = 0;  ///< size of the newest checkpoint
    std::uint64_t good_ = 0;  ///< under the newest checkpoint that holds so far
    bool bounded_ = false;
    RecordVerdict verdict_;
    LeafChain chain_{[this](std::string words, std::optional<std::uint64_t> seq) { tell(std::move(words), seq); }};
    struct Named {
        std::string media_type;
        std::uint64_t seq = 0;  ///< of an entry that names it
    };
    std::map<std::string, Named> named_;         ///< artefacts by their hash
    std::map<FieldOfEntry, JsonValue> signed_content_;  ///< of entries that bear on the signatures of persons
};

/// Empty where there is none that can be read: what is wrong with it is told when the leaves are.
Leaf first_leaf(const CaseStore& store) {
    try {
        const auto leaf = parse_leaf(store.leaf(0).bytes);
        if (const auto* read = std::get_if<Leaf>(&leaf)) return *read;
    } catch (const RecordError&) {
        return {};
    }
    return {};
}

}  // namespace

RecordVerdict verify_record(const std::string& path, const Outside& outside, const std::string& kept_as) {
    CaseStore store = CaseStore::open(path, false);
    const Leaf first = first_leaf(store);
    const std::string id = content_key_id(first);
    if (auto key = id.empty() ? std::nullopt : find_content_key(kept_as.empty() ? path : kept_as, id)) store.use_content_key(std::move(*key), record_origin(first.incident));
    return RecordVerifier(store, outside, !id.empty() && !store.has_content_key()).run();
}

}  // namespace duenotice
