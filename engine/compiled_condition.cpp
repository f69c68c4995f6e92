#include "engine/compiled_condition.h"

#include <algorithm>
#include <cassert>

namespace duenotice {

std::size_t ConditionPool::Hash::operator()(const PieceNode& node) const {
    std::uint64_t hash = static_cast<std::uint64_t>(node.kind) * 0x9E3779B97F4A7C15U + node.k;
    const auto mix = [&hash](std::uint64_t value) {
        hash = (hash ^ value) * 0xFF51AFD7ED558CCDU;
        hash ^= hash >> 32U;
    };
    mix(node.column);
    mix(node.pieces);
    for (const NodeRef child : node.children) mix(child);
    return static_cast<std::size_t>(hash);
}

ConditionPool::ConditionPool() { intern(PieceNode{}); }

ColumnId ConditionPool::add_column(unsigned pieces) {
    assert(pieces >= 1 && pieces <= most_pieces);
    pieces_.push_back(pieces);
    return static_cast<ColumnId>(pieces_.size() - 1);
}

NodeRef ConditionPool::intern(PieceNode node) {
    const auto [found, added] = known_.try_emplace(node, static_cast<std::uint32_t>(nodes_.size()));
    if (added) nodes_.push_back(std::move(node));
    return found->second * 2;
}

NodeRef ConditionPool::atom(ColumnId column, PieceSet pieces) {
    const PieceSet every = every_piece(column);
    pieces &= every;
    if (pieces == 0) return never;
    if (pieces == every) return always;
    // WHY: an atom and its negation are one node; the form without piece 0 stands for both.
    const bool negated = (pieces & 1U) != 0;
    return intern({PieceNode::Kind::Atom, 0, column, negated ? every & ~pieces : pieces, {}}) ^ (negated ? 1U : 0U);
}

PieceSet ConditionPool::pieces_of(NodeRef atom) const {
    const PieceNode& found = node(atom);
    return (atom & 1U) != 0 ? every_piece(found.column) & ~found.pieces : found.pieces;
}

bool ConditionPool::merge_atoms(std::vector<NodeRef>& children) {
    std::vector<std::pair<ColumnId, PieceSet>> merged;
    std::erase_if(children, [&](NodeRef child) {
        if (node(child).kind != PieceNode::Kind::Atom) return false;
        merged.emplace_back(node(child).column, pieces_of(child));
        return true;
    });
    std::sort(merged.begin(), merged.end());
    for (std::size_t i = 0; i < merged.size();) {
        const ColumnId column = merged[i].first;
        PieceSet pieces = every_piece(column);
        for (; i < merged.size() && merged[i].first == column; ++i) pieces &= merged[i].second;
        if (pieces == 0) return false;
        children.push_back(atom(column, pieces));
    }
    return true;
}

NodeRef ConditionPool::all(std::vector<NodeRef> children) {
    std::vector<NodeRef> flat;
    for (const NodeRef child : children) {
        if (child == never) return never;
        if (child == always) continue;
        if ((child & 1U) == 0 && node(child).kind == PieceNode::Kind::All)
            flat.insert(flat.end(), node(child).children.begin(), node(child).children.end());
        else
            flat.push_back(child);
    }
    if (!merge_atoms(flat)) return never;
    std::sort(flat.begin(), flat.end());
    flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
    for (std::size_t i = 1; i < flat.size(); ++i)
        if (flat[i] == opposite(flat[i - 1])) return never;
    for (const NodeRef child : flat) {  // `a and b and not (a and b)`
        const std::vector<NodeRef>& inner = node(child).children;
        if ((child & 1U) != 0 && node(child).kind == PieceNode::Kind::All && std::includes(flat.begin(), flat.end(), inner.begin(), inner.end())) return never;
    }
    if (flat.empty()) return always;
    if (flat.size() == 1) return flat.front();
    return intern({PieceNode::Kind::All, 0, 0, 0, std::move(flat)});
}

NodeRef ConditionPool::any(std::vector<NodeRef> children) {
    for (NodeRef& child : children) child = opposite(child);
    return opposite(all(std::move(children)));
}

NodeRef ConditionPool::at_least(std::uint32_t k, std::vector<NodeRef> children) {
    std::erase(children, never);
    const auto certain = static_cast<std::uint32_t>(std::erase(children, always));
    k = k > certain ? k - certain : 0;
    if (k == 0) return always;
    if (k > children.size()) return never;
    if (k == children.size()) return all(std::move(children));
    if (k == 1) return any(std::move(children));
    std::sort(children.begin(), children.end());
    return intern({PieceNode::Kind::AtLeast, k, 0, 0, std::move(children)});
}

}  // namespace duenotice
