#pragma once
// The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1): SHA-256, leaves hashed behind 0x00 and nodes behind
// 0x01. One tree stands over all entries of a record and nothing beside it: its root with its size fixes every entry and
// their order.
//
// Only complete subtrees are stored: node (level, index) covers the 2^level leaves from index * 2^level on and never
// changes once it is there. Root and proofs of any size that was ever reached are made of O(log size) of them.
// The verifying functions need no tree: they follow RFC 9162 sections 2.1.3.2 and 2.1.4.2.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/fingerprint.h"

namespace duenotice {

/// SHA-256(0x00 || entry).
Digest leaf_hash(std::string_view entry);
/// SHA-256(0x01 || left || right).
Digest node_hash(const Digest& left, const Digest& right);

/// The hash of the complete subtree at (level, index); level 0 holds the leaf hashes. Asked only for what is complete.
using TreeNodes = std::function<Digest(unsigned level, std::uint64_t index)>;

/// The root of the first `size` leaves; of none it is SHA-256 of nothing.
Digest tree_root(std::uint64_t size, const TreeNodes& nodes);
/// From the leaf's sibling up. `index` must lie below `size`.
std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, const TreeNodes& nodes);
/// That the first `first` leaves of a tree of `second` are the tree of `first`; empty for equal sizes. 0 < `first`.
std::vector<Digest> consistency_proof(std::uint64_t first, std::uint64_t second, const TreeNodes& nodes);

struct TreeNode {
    unsigned level = 0;
    std::uint64_t index = 0;
    Digest hash{};
};
/// The nodes that become complete when a leaf is added at `index`, lowest first; the leaf itself is the first.
std::vector<TreeNode> nodes_completed(std::uint64_t index, const Digest& leaf, const TreeNodes& nodes);

/// Empty when the proof holds, else why not. A proof of the wrong length is refused whatever it says, and so is one from
/// an empty tree, which would prove nothing (RFC 9162 has 0 < first).
std::string check_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf, const std::vector<Digest>& proof, const Digest& root);
std::string check_consistency(std::uint64_t first, std::uint64_t second, const std::vector<Digest>& proof, const Digest& first_root, const Digest& second_root);

}  // namespace duenotice
