// The tree against the definition of RFC 6962 written as it stands there, and against its published roots.
#include <catch2/catch.hpp>

#include <map>

#include "engine/record/merkle_tree.h"

using namespace duenotice;

namespace {

using Hashes = std::vector<Digest>;

/// MTH of RFC 6962 section 2.1, by its own recursion over leaf hashes.
Digest naive_root(const Hashes& leaves) {
    if (leaves.empty()) return sha256({});
    if (leaves.size() == 1) return leaves[0];
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    std::string bytes = "\x01";
    for (const Digest& half : {naive_root({leaves.begin(), leaves.begin() + static_cast<long>(k)}), naive_root({leaves.begin() + static_cast<long>(k), leaves.end()})})
        bytes.append(reinterpret_cast<const char*>(half.data()), half.size());
    return sha256(bytes);
}

/// A tree that grows leaf by leaf and keeps complete nodes only.
struct Grown {
    std::map<std::pair<unsigned, std::uint64_t>, Digest> kept;
    std::uint64_t size = 0;
    TreeNodes nodes = [this](unsigned level, std::uint64_t index) { return kept.at({level, index}); };

    void add(const Digest& leaf) {
        for (const TreeNode& node : nodes_completed(size, leaf, nodes)) {
            REQUIRE(kept.count({node.level, node.index}) == 0);  // append only
            kept[{node.level, node.index}] = node.hash;
        }
        ++size;
    }
};

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

}  // namespace

TEST_CASE("roots are those that Certificate Transparency publishes for its eight test leaves") {
    const char* leaves[] = {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const char* roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Grown tree;
    CHECK(hex_digits(tree_root(0, tree.nodes)) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t i = 0; i < 8; ++i) {
        tree.add(leaf_hash(bytes_of(leaves[i])));
        CHECK(hex_digits(tree_root(tree.size, tree.nodes)) == roots[i]);
    }
}

TEST_CASE("roots and proofs of every size until 200 are those of the definition") {
    Grown tree;
    Hashes leaves;
    std::vector<Digest> roots{sha256({})};
    for (int i = 0; i < 200; ++i) {
        leaves.push_back(leaf_hash("entry " + std::to_string(i)));
        tree.add(leaves.back());
        roots.push_back(naive_root(leaves));
    }
    std::size_t failures = 0;
    for (std::uint64_t size = 0; size <= 200; ++size) {
        if (tree_root(size, tree.nodes) != roots[size]) ++failures;
        for (std::uint64_t index = 0; index < size; ++index) {
            const Hashes proof = inclusion_proof(index, size, tree.nodes);
            if (!check_inclusion(index, size, leaves[index], proof, roots[size]).empty()) ++failures;
            if (size > 1 && check_inclusion((index + 1) % size, size, leaves[index], proof, roots[size]).empty()) ++failures;
        }
        for (std::uint64_t first = 1; first <= size; ++first)
            if (!check_consistency(first, size, consistency_proof(first, size, tree.nodes), roots[first], roots[size]).empty()) ++failures;
    }
    CHECK(failures == 0);
}

TEST_CASE("a proof with anything changed, added or left out is refused") {
    Grown tree;
    Hashes leaves;
    std::vector<Digest> roots{sha256({})};
    for (int i = 0; i < 40; ++i) {
        leaves.push_back(leaf_hash(std::to_string(i)));
        tree.add(leaves.back());
        roots.push_back(naive_root(leaves));
    }
    std::size_t accepted = 0, tried = 0;
    const auto mutants = [](const Hashes& proof) {
        std::vector<Hashes> made;
        for (std::size_t i = 0; i < proof.size(); ++i) {
            made.push_back(proof);
            made.back()[i][5] ^= 1U;
            made.push_back(proof);
            made.back().erase(made.back().begin() + static_cast<long>(i));
            made.push_back(proof);
            made.back().insert(made.back().begin() + static_cast<long>(i), Digest{});
        }
        made.push_back(proof);
        made.back().push_back(Digest{});
        return made;
    };
    for (std::uint64_t size = 1; size <= 40; ++size) {
        for (std::uint64_t index = 0; index < size; ++index)
            for (const Hashes& proof : mutants(inclusion_proof(index, size, tree.nodes))) accepted += check_inclusion(index, size, leaves[index], proof, roots[size]).empty(), ++tried;
        for (std::uint64_t first = 1; first <= size; ++first)
            for (const Hashes& proof : mutants(consistency_proof(first, size, tree.nodes))) accepted += check_consistency(first, size, proof, roots[first], roots[size]).empty(), ++tried;
    }
    CHECK(accepted == 0);
    CHECK(tried > 10000);
}

TEST_CASE("a proof between the right later root and a wrong earlier one is refused") {
    const Digest a = leaf_hash("a"), b = leaf_hash("b"), c = leaf_hash("c"), d = leaf_hash("d");
    const Digest ab = node_hash(a, b), cd = node_hash(c, d), three = node_hash(ab, c), four = node_hash(ab, cd);
    CHECK(check_consistency(3, 4, {c, d, ab}, three, four).empty());
    CHECK(check_consistency(3, 4, {c, d, ab}, ab, four) == "the proof leads to another earlier root");
    CHECK(check_consistency(3, 4, {c, d, ab}, three, ab) == "the proof leads to another later root");
}

TEST_CASE("proofs of nothing and of what lies beyond are refused with a reason") {
    const Digest leaf = leaf_hash("a"), other = leaf_hash("b");
    CHECK(check_inclusion(0, 1, leaf, {}, leaf).empty());
    CHECK(check_inclusion(0, 0, leaf, {}, sha256({})) == "the leaf lies beyond the tree");
    CHECK(check_inclusion(1, 1, leaf, {}, leaf) == "the leaf lies beyond the tree");
    CHECK(check_inclusion(0, 2, leaf, {}, leaf) == "the proof is too short");
    CHECK(check_inclusion(0, 1, leaf, {other}, leaf) == "the proof is too long");
    CHECK(check_inclusion(0, 1, leaf, {}, other) == "the proof leads to another root");
    CHECK(check_consistency(2, 1, {}, leaf, leaf) == "the earlier tree is the larger one");
    CHECK(check_consistency(1, 1, {}, leaf, other) == "trees of one size have different roots");
    CHECK(check_consistency(1, 1, {leaf}, leaf, leaf) == "the proof is too long");
    CHECK(check_consistency(0, 2, {}, sha256({}), other) == "an empty tree proves nothing");
    CHECK(check_consistency(0, 0, {}, sha256({}), sha256({})) == "an empty tree proves nothing");
    CHECK(check_consistency(1, 2, {}, leaf, other) == "the proof is too short");
}
