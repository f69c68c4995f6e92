#include "engine/record/record_verifier.h"

#include <algorithm>
#include <map>

#include "engine/record/canonical_json.h"
#include "engine/record/case_file.h"

namespace duenotice {

namespace {

constexpr std::size_t most_findings = 100;

class Verifier {
public:
    Verifier(const CaseStore& store, const Outside& outside) : store_(store), outside_(outside) {}

    RecordVerdict run() {
        const CaseStore::Snapshot snapshot(store_);
        guarded([this] {
            if (const std::string found = store_.damage(); !found.empty()) tell("the database is damaged: " + found);
        });
        guarded([this] { store_.each_leaf([this](const LeafRow& row) { leaf(row); }); });
        verdict_.entries = leaves_.size();
        verdict_.root = root(leaves_.size());
        if (leaves_.empty()) tell("the record holds no entry", 0);
        guarded([this] { checkpoints(); });
        guarded([this] { nodes(); });
        guarded([this] { contents(); });
        guarded([this] { keys(); });
        guarded([this] { artefacts(); });
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

    TreeNodes own_nodes() const {
        return [this](unsigned level, std::uint64_t index) { return tree_[level][index]; };
    }
    Digest root(std::uint64_t size) const { return tree_root(size, own_nodes()); }

    void leaf(const LeafRow& row) {
        const std::uint64_t place = leaves_.size();
        if (row.seq != place) tell("entry " + std::to_string(place) + " is not there; entry " + std::to_string(row.seq) + " stands in its place", place);
        const Digest hash = leaf_hash(row.bytes);
        if (row.hash != std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size())) tell("its bytes are not those of its hash", place);
        for (const TreeNode& node : nodes_completed(place, hash, own_nodes())) {
            if (tree_.size() <= node.level) tree_.emplace_back();
            tree_[node.level].push_back(node.hash);
        }
        auto parsed = parse_leaf(row.bytes);
        leaves_.emplace_back();
        if (const auto* mistake = std::get_if<std::string>(&parsed)) {
            tell(*mistake, place);
            return;
        }
        leaves_.back() = std::get<Leaf>(std::move(parsed));
        check_order(*leaves_.back(), place);
    }

    void check_order(const Leaf& leaf, std::uint64_t place) {
        if (leaf.seq != place) tell("it says that it is entry " + std::to_string(leaf.seq), place);
        if (place == 0) return opening_entry(leaf);
        const auto& before = leaves_[place - 1];
        if (leaf.kind == "opened") tell("only entry 0 opens a record", place);
        if (leaf.incident != verdict_.incident) tell("it is of another incident", place);
        if (before && leaf.rec < before->rec && leaf.kind != "clock") tell("it was recorded before the entry that stands before it, and no entry says that the clock went back", place);
    }

    void opening_entry(const Leaf& leaf) {
        const auto text = [&](const char* name) {
            const auto found = leaf.refs.find(name);
            const auto* value = found == leaf.refs.end() ? nullptr : std::get_if<std::string>(&found->second);
            return value == nullptr ? std::string() : *value;
        };
        verdict_.incident = leaf.incident;
        verdict_.origin = text("origin");
        verdict_.key = text("key");
        key_ = parse_note_key(verdict_.key);
        if (leaf.kind != "opened" || !key_ || verdict_.origin != record_origin(leaf.incident) || key_->name != verdict_.origin) tell("it does not open a record", 0);
        if (outside_.key && outside_.key->text() != verdict_.key) tell("the record names another key than the one that was given", 0);
    }

    /// Each checkpoint against the tree and the key. The first that fails, after one that holds, bounds the first bad entry.
    void checkpoints() {
        const std::optional<NoteKey> key = outside_.key ? outside_.key : key_;
        std::uint64_t good = 0, newest = 0;
        bool bounded = false;
        store_.each_checkpoint([&](const CheckpointRow& row) {
            ++verdict_.checkpoints;
            newest = row.size;
            const std::string name = "the checkpoint of " + std::to_string(row.size) + " entries";
            if (!key) return;
            const auto opened = open_checkpoint(row.note, *key, verdict_.origin);
            if (const auto* mistake = std::get_if<std::string>(&opened)) return tell(name + ": " + *mistake);
            const Checkpoint& checkpoint = std::get<Checkpoint>(opened);
            if (checkpoint.size != row.size) return tell(name + " says that it is of " + std::to_string(checkpoint.size));
            if (row.size > leaves_.size()) return tell(name + " covers entries that are not there", leaves_.size());
            if (root(row.size) == checkpoint.root) {
                good = row.size;
            } else if (!bounded) {
                bounded = true;
                tell(name + " was signed over another tree: an entry from " + std::to_string(good) + " to " + std::to_string(row.size - 1) + " is not what was signed", std::min(verdict_.first_bad.value_or(good), good));
            }
        });
        if (newest != leaves_.size() && !leaves_.empty()) tell("the newest checkpoint is of " + std::to_string(newest) + " entries, and " + std::to_string(leaves_.size()) + " are there");
    }

    void nodes() {
        std::uint64_t count = 0, wanted = 0;
        for (std::size_t level = 1; level < tree_.size(); ++level) wanted += tree_[level].size();
        std::string wrong;
        store_.each_node([&](const TreeNode& node) {
            ++count;
            const bool right = node.level > 0 && node.level < tree_.size() && node.index < tree_[node.level].size() && tree_[node.level][node.index] == node.hash;
            if (!right && wrong.empty()) wrong = "node " + std::to_string(node.index) + " at level " + std::to_string(node.level) + " of the stored tree is not that of the entries";
        });
        if (!wrong.empty()) tell(wrong);
        if (count != wanted) tell("the stored tree has " + std::to_string(count) + " nodes and should have " + std::to_string(wanted));
    }

    void contents() {
        std::vector<std::size_t> opened(leaves_.size());
        store_.each_opening([&](std::uint64_t seq, const Opening& opening) {
            if (seq >= leaves_.size()) return tell("there is content for an entry " + std::to_string(seq) + " that is not there");
            if (!leaves_[seq]) return;
            ++opened[seq];
            const auto commit = leaves_[seq]->commits.find(opening.field);
            if (commit == leaves_[seq]->commits.end()) return tell("the content of `" + opening.field + "` was never recorded", seq);
            if (commit->second != commitment(opening)) return tell("the content of `" + opening.field + "` is not what was recorded", seq);
            const auto value = read_canonical_source(std::make_shared<const SourceText>("content", opening.value));
            if (!value) return tell("the content of `" + opening.field + "` is no JSON", seq);
            std::vector<ArtefactName> named;
            if (names_artefacts(opening.field) && !collect_artefacts(*value, named)) tell("the content of `" + opening.field + "` names no artefact", seq);
            for (ArtefactName& name : named) named_.emplace(std::move(name.sha256), Named{std::move(name.media_type), seq});
        });
        for (std::uint64_t seq = 0; seq < leaves_.size(); ++seq)
            if (leaves_[seq] && opened[seq] < leaves_[seq]->commits.size()) tell("content is missing", seq);
    }

    void keys() {
        std::map<std::string, std::uint64_t> wanted;
        for (std::uint64_t seq = 0; seq < leaves_.size(); ++seq)
            if (leaves_[seq] && !wanted.emplace(leaves_[seq]->idem, seq).second) tell("its key of idempotency stands for an earlier entry", seq);
        store_.each_key([&](const KeyRow& row) {
            const auto found = wanted.find(row.key);
            if (found == wanted.end() || found->second != row.seq) return tell("the key `" + row.key + "` is kept for an entry that does not bear it");
            wanted.erase(found);
        });
        for (const auto& [key, seq] : wanted) tell("its key of idempotency is not kept", seq);
    }

    /// Every one that is named is there with its bytes, every one that is there is named.
    void artefacts() {
        for (std::uint64_t seq = 0; seq < leaves_.size(); ++seq)
            if (leaves_[seq])
                for (ArtefactName& name : artefacts_of(leaves_[seq]->refs)) named_.emplace(std::move(name.sha256), Named{std::move(name.media_type), seq});
        for (const auto& [sha256, named] : std::map(named_))
            if (named.media_type == artefact_list_type)
                if (const auto list = store_.artefact(sha256))
                    for (auto& [path, name] : parse_artefact_list(list->bytes).value_or(std::map<std::string, ArtefactName>{})) named_.emplace(name.sha256, Named{name.media_type, named.seq});
        std::map<std::string, Named> missing = named_;
        store_.each_artefact([&](const Artefact& artefact) {
            const auto found = named_.find(artefact.sha256);
            if (found == named_.end()) return tell("there is an artefact that no entry names: " + artefact.sha256);
            missing.erase(artefact.sha256);
            if (sha256_hex(artefact.bytes) != artefact.sha256) tell("the artefact " + artefact.sha256 + " has other bytes than those that were recorded", found->second.seq);
            if (artefact.media_type != found->second.media_type) tell("the artefact " + artefact.sha256 + " is kept as another type than was recorded", found->second.seq);
        });
        for (const auto& [sha256, named] : missing) tell("an artefact that it names is not there: " + sha256, named.seq);
    }

    /// What somebody kept: the record must go on from there.
    void outside() {
        if (outside_.checkpoint.empty()) return;
        const std::optional<NoteKey> key = outside_.key ? outside_.key : key_;
        if (!key) return;
        const auto opened = open_checkpoint(outside_.checkpoint, *key, verdict_.origin);
        if (const auto* mistake = std::get_if<std::string>(&opened)) return tell("the checkpoint that was given: " + *mistake);
        const Checkpoint& kept = std::get<Checkpoint>(opened);
        if (kept.size > leaves_.size())
            tell("the record was cut back: the checkpoint that was given covers " + std::to_string(kept.size) + " entries, and " + std::to_string(leaves_.size()) + " are there", leaves_.size());
        else if (root(kept.size) != kept.root)
            tell("the record was rewritten: its first " + std::to_string(kept.size) + " entries are not those of the checkpoint that was given");
    }

    const CaseStore& store_;
    const Outside& outside_;
    RecordVerdict verdict_;
    std::optional<NoteKey> key_;
    std::vector<std::optional<Leaf>> leaves_;
    std::vector<std::vector<Digest>> tree_;  ///< by level
    struct Named {
        std::string media_type;
        std::uint64_t seq = 0;  ///< of an entry that names it
    };
    std::map<std::string, Named> named_;  ///< artefacts by their hash
};

}  // namespace

RecordVerdict verify_record(const std::string& path, const Outside& outside) {
    const CaseStore store = CaseStore::open(path, false);
    return Verifier(store, outside).run();
}

}  // namespace duenotice
