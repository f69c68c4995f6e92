#include "engine/record/merkle_tree.h"

#include <bit>
#include <cassert>

namespace duenotice {

namespace {

/// The hash of the leaves from `begin` until `end`, of which the first subtree of every split is complete.
Digest range_hash(std::uint64_t begin, std::uint64_t end, const TreeNodes& nodes) {
    const std::uint64_t size = end - begin;
    if (std::has_single_bit(size)) {
        const auto level = static_cast<unsigned>(std::countr_zero(size));
        return nodes(level, begin >> level);
    }
    const std::uint64_t half = std::bit_floor(size);
    return node_hash(range_hash(begin, begin + half, nodes), range_hash(begin + half, end, nodes));
}

/// The largest power of two below `size`, which is 2 at least.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

/// PATH(m, D[n]) of RFC 6962 section 2.1.1.
void path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, const TreeNodes& nodes, std::vector<Digest>& proof) {
    if (end - begin == 1) return;
    const std::uint64_t middle = begin + split(end - begin);
    if (index < middle) {
        path(index, begin, middle, nodes, proof);
        proof.push_back(range_hash(middle, end, nodes));
    } else {
        path(index, middle, end, nodes, proof);
        proof.push_back(range_hash(begin, middle, nodes));
    }
}

/// SUBPROOF(m, D[n], b) of RFC 6962 section 2.1.2; `whole` is b.
void subproof(std::uint64_t first, std::uint64_t begin, std::uint64_t end, bool whole, const TreeNodes& nodes, std::vector<Digest>& proof) {
    if (first == end) {
        if (!whole) proof.push_back(range_hash(begin, end, nodes));
        return;
    }
    const std::uint64_t middle = begin + split(end - begin);
    if (first <= middle) {
        subproof(first, begin, middle, whole, nodes, proof);
        proof.push_back(range_hash(middle, end, nodes));
    } else {
        subproof(first, middle, end, false, nodes, proof);
        proof.push_back(range_hash(begin, middle, nodes));
    }
}

}  // namespace

Digest leaf_hash(std::string_view entry) {
    std::string bytes;
    bytes.reserve(entry.size() + 1);
    bytes += '\0';
    bytes += entry;
    return sha256(bytes);
}

Digest node_hash(const Digest& left, const Digest& right) {
    std::array<char, 1 + 2 * 32> bytes{1};
    for (std::size_t i = 0; i < left.size(); ++i) {
        bytes[1 + i] = static_cast<char>(left[i]);
        bytes[1 + left.size() + i] = static_cast<char>(right[i]);
    }
    return sha256({bytes.data(), bytes.size()});
}

Digest tree_root(std::uint64_t size, const TreeNodes& nodes) { return size == 0 ? sha256({}) : range_hash(0, size, nodes); }

std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, const TreeNodes& nodes) {
    assert(index < size);
    std::vector<Digest> proof;
    path(index, 0, size, nodes, proof);
    return proof;
}

std::vector<Digest> consistency_proof(std::uint64_t first, std::uint64_t second, const TreeNodes& nodes) {
    assert(0 < first && first <= second);
    std::vector<Digest> proof;
    if (first < second) subproof(first, 0, second, true, nodes, proof);
    return proof;
}

std::vector<TreeNode> nodes_completed(std::uint64_t index, const Digest& leaf, const TreeNodes& nodes) {
    std::vector<TreeNode> made{{0, index, leaf}};
    while ((made.back().index & 1U) != 0) {
        const TreeNode right = made.back();
        made.push_back({right.level + 1, right.index >> 1U, node_hash(nodes(right.level, right.index - 1), right.hash)});
    }
    return made;
}

std::string check_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf, const std::vector<Digest>& proof, const Digest& root) {
    if (index >= size) return "the leaf lies beyond the tree";
    std::uint64_t at = index, last = size - 1;
    Digest hash = leaf;
    for (const Digest& sibling : proof) {
        if (last == 0) return "the proof is too long";
        if ((at & 1U) != 0 || at == last) {
            hash = node_hash(sibling, hash);
            while ((at & 1U) == 0 && at != 0) at >>= 1U, last >>= 1U;
        } else {
            hash = node_hash(hash, sibling);
        }
        at >>= 1U;
        last >>= 1U;
    }
    if (last != 0) return "the proof is too short";
    return hash == root ? "" : "the proof leads to another root";
}

std::string check_consistency(std::uint64_t first, std::uint64_t second, const std::vector<Digest>& proof, const Digest& first_root, const Digest& second_root) {
    if (first > second) return "the earlier tree is the larger one";
    if (first == 0) return "an empty tree proves nothing";
    if (first == second) {
        if (!proof.empty()) return "the proof is too long";
        return first_root == second_root ? "" : "trees of one size have different roots";
    }
    std::vector<Digest> steps;
    if (std::has_single_bit(first)) steps.push_back(first_root);
    steps.insert(steps.end(), proof.begin(), proof.end());
    if (proof.empty()) return "the proof is too short";
    std::uint64_t at = first - 1, last = second - 1;
    while ((at & 1U) != 0) at >>= 1U, last >>= 1U;
    Digest old_hash = steps.front(), new_hash = steps.front();
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (last == 0) return "the proof is too long";
        if ((at & 1U) != 0 || at == last) {
            old_hash = node_hash(steps[i], old_hash);
            new_hash = node_hash(steps[i], new_hash);
            while ((at & 1U) == 0 && at != 0) at >>= 1U, last >>= 1U;
        } else {
            new_hash = node_hash(new_hash, steps[i]);
        }
        at >>= 1U;
        last >>= 1U;
    }
    if (last != 0) return "the proof is too short";
    if (old_hash != first_root) return "the proof leads to another earlier root";
    return new_hash == second_root ? "" : "the proof leads to another later root";
}

}  // namespace duenotice
