#include "engine/record/leaf_chain.h"

#include "engine/record/case_file.h"
#include "engine/record/timestamp.h"

namespace duenotice {

Digest LeafChain::add(std::string_view bytes) {
    const std::uint64_t place = leaves_.size();
    const Digest hash = leaf_hash(bytes);
    for (const TreeNode& node : nodes_completed(place, hash, [this](unsigned level, std::uint64_t index) { return tree_[level][index]; })) {
        if (tree_.size() <= node.level) tree_.emplace_back();
        tree_[node.level].push_back(node.hash);
    }
    auto parsed = parse_leaf(bytes);
    leaves_.emplace_back();
    if (const auto* mistake = std::get_if<std::string>(&parsed)) {
        tell_(*mistake, place);
        return hash;
    }
    leaves_.back() = std::get<Leaf>(std::move(parsed));
    check_order(*leaves_.back(), place);
    return hash;
}

Digest LeafChain::root(std::uint64_t size) const {
    return tree_root(size, [this](unsigned level, std::uint64_t index) { return tree_[level][index]; });
}

void LeafChain::check_order(const Leaf& leaf, std::uint64_t place) {
    if (leaf.seq != place) tell_("it says that it is entry " + std::to_string(leaf.seq), place);
    if (place == 0) return check_opening(leaf);
    const auto& before = leaves_[place - 1];
    if (leaf.kind == "opened") tell_("only entry 0 opens a record", place);
    if (leaf.incident != incident_) tell_("it is of another incident", place);
    if (before && leaf.rec < before->rec && leaf.kind != "clock") tell_("it was recorded before the entry that stands before it, and no entry says that the clock went back", place);
}

void LeafChain::check_opening(const Leaf& leaf) {
    const auto text = [&](const char* name) {
        const auto found = leaf.refs.find(name);
        const auto* value = found == leaf.refs.end() ? nullptr : std::get_if<std::string>(&found->second);
        return value == nullptr ? std::string() : *value;
    };
    incident_ = leaf.incident;
    origin_ = text("origin");
    key_text_ = text("key");
    key_ = parse_note_key(key_text_);
    if (leaf.kind != "opened" || !key_ || origin_ != record_origin(leaf.incident) || key_->name != origin_) tell_("it does not open a record", 0);
}

void LeafChain::finish() {
    if (leaves_.empty()) tell_("the record holds no entry", 0);
    for (std::uint64_t seq = 0; seq < leaves_.size(); ++seq) {
        if (!leaves_[seq]) continue;
        const Leaf& leaf = *leaves_[seq];
        check_artefacts(leaf, seq);
        if (!keys_.emplace(leaf.idem, seq).second) tell_("its key of idempotency stands for an earlier entry", seq);
        if (leaf.kind == "redaction") check_erasure(leaf, seq);
        if (leaf.kind != "legal-hold") continue;
        const auto hold = read_hold(leaf);
        if (hold) holds_.push_back(*hold);
        else tell_("it does not say what it holds", seq);
    }
}

void LeafChain::check_artefacts(const Leaf& leaf, std::uint64_t seq) {
    for (const auto& [name, reference] : leaf.refs) {
        const auto* text = std::get_if<std::string>(&reference);
        if (names_artefacts(name) && (text == nullptr || !parse_artefact_reference(*text))) tell_("`" + name + "` names no artefact", seq);
    }
    if (leaf.kind == "timestamp" && !read_timestamp(leaf)) tell_("it does not say what was stamped", seq);
}

void LeafChain::check_erasure(const Leaf& leaf, std::uint64_t seq) {
    const auto said = read_redaction(leaf);
    const bool there = said && said->entry < seq && said->entry < leaves_.size() && leaves_[said->entry];
    const std::string mistake = there ? redaction_mistake(leaf, *leaves_[said->entry]) : "it erases what is not there";
    if (!mistake.empty()) tell_(mistake, seq);
    if (!there) return;
    if (!holds_in_force(holds_, said->entry).empty()) tell_("it erased what a legal hold kept", seq);
    if (!erased_.emplace(FieldOfEntry(said->entry, said->field), seq).second) tell_("it erases what was erased before", seq);
    redactions_.emplace(seq, *said);
}

}  // namespace duenotice
