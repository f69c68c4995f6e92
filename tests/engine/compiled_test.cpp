// The compiled verdict path against brute force over raw values, and against a plain tree that is split fact by fact on
// a workload shaped like law. Plain Kleene must get a good share of the small cases wrong, else they test nothing.
#include <catch2/catch.hpp>

#include "engine/compiled_rows.h"
#include "engine/compiled_verdict.h"
#include "tools/bench/workload.h"

using namespace duenotice;

namespace {

/// What one block says of one obligation and frame.
std::string answer(const VerdictBlock& block, std::uint32_t obligation, std::size_t frame = 0) {
    for (const VerdictRow& row : block.rows) {
        if (row.obligation != obligation) continue;
        const bool can_hold = (row.can_hold[frame / 64] >> (frame % 64) & 1U) != 0, can_fail = (row.can_fail[frame / 64] >> (frame % 64) & 1U) != 0;
        return can_hold ? can_fail ? "undetermined" : "owed" : can_fail ? "not owed" : "lost";
    }
    return "gate";
}

VerdictBlock decide(const ConditionPool& pool, NodeRef condition, const std::vector<PieceSet>& frame, bool use_split = true, std::vector<ColumnId> gates = {}) {
    const CompiledLaw law = compile_conditions(pool, std::vector<NodeRef>{condition}, std::move(gates));
    VerdictRunner runner(law);
    VerdictBlock block;
    VerdictRunOptions options;
    options.use_split = use_split;
    runner.decide(std::vector<PieceFrame>{frame.data()}, options, block);
    return block;
}

}  // namespace

TEST_CASE("the compiled path agrees with brute force where plain Kleene does not", "[compiled]") {
    const Agreement found = compare_with_brute_force(20261125, 20000);
    INFO(found.first_wrong);
    CHECK(found.wrong == 0);
    CHECK(found.inexact == 0);
    CHECK(found.owed * 20 >= found.cases);
    CHECK(found.open * 20 >= found.cases);
    CHECK(found.wrong_by_kleene * 20 >= found.cases);  // 5 %
    WARN(found.cases << " cases, " << found.wrong << " wrong; plain Kleene " << found.wrong_by_kleene << " wrong ("
                     << found.wrong_by_kleene * 100 / found.cases << " %)");
}

TEST_CASE("the compiled path agrees with a split tree on law-shaped conditions", "[compiled]") {
    const Agreement found = compare_with_splitting(law_shaped(3, 96), 5, 400);
    INFO(found.first_wrong);
    CHECK(found.wrong == 0);
    CHECK(found.open > 0);
}

TEST_CASE("rows give what the tree gives on conjunctions, and refuse other conditions", "[compiled]") {
    const Agreement found = compare_with_splitting(conjunctions(3, 96), 5, 400);
    INFO(found.first_wrong);
    CHECK(found.wrong == 0);

    ConditionPool pool;
    const ColumnId people = pool.add_column(3), encrypted = pool.add_column(2);
    const NodeRef either = pool.any({pool.atom(people, 4), pool.atom(encrypted, 1)});
    CHECK_FALSE(ConditionRows::make(pool, std::vector<NodeRef>{either}));
    CHECK(ConditionRows::make(pool, std::vector<NodeRef>{opposite(either)}));
}

TEST_CASE("at least 500 or fewer than 500 holds whatever the number", "[compiled]") {
    ConditionPool pool;
    const ColumnId people = pool.add_column(2), encrypted = pool.add_column(2), sector = pool.add_column(3);
    CHECK(pool.any({pool.atom(people, 2), pool.atom(people, 1)}) == always);
    CHECK(pool.all({pool.atom(people, 2), pool.atom(people, 1)}) == never);

    // The two halves stand in different parts of the condition, so that only the split can see it.
    const NodeRef large = pool.all({pool.atom(people, 2), pool.atom(sector, 3)}), small = pool.all({pool.atom(people, 1), pool.atom(sector, 3)});
    const NodeRef condition = pool.all({pool.any({large, small}), pool.atom(encrypted, 1)});
    const std::vector<PieceSet> frame{3, 1, 1};
    CHECK(answer(decide(pool, condition, frame, false), 0) == "undetermined");
    CHECK(answer(decide(pool, condition, frame), 0) == "owed");
    CHECK(answer(decide(pool, condition, {3, 1, 4}), 0) == "not owed");
    CHECK(answer(decide(pool, condition, {3, 3, 1}), 0) == "undetermined");
    CHECK(answer(decide(pool, condition, {3, 1, 5}), 0) == "undetermined");
}

TEST_CASE("a gate leaves out what its place and role make impossible", "[compiled]") {
    ConditionPool pool;
    const ColumnId place = pool.add_column(4), role = pool.add_column(2), taken = pool.add_column(2);
    const NodeRef condition = pool.all({pool.atom(place, 2), pool.atom(role, 1), pool.atom(taken, 1)});
    CHECK(answer(decide(pool, condition, {1, 1, 1}, true, {place, role}), 0) == "gate");
    CHECK(answer(decide(pool, condition, {2, 2, 1}, true, {place, role}), 0) == "gate");
    CHECK(answer(decide(pool, condition, {2, 1, 1}, true, {place, role}), 0) == "owed");
    CHECK(answer(decide(pool, condition, {15, 1, 1}, true, {place, role}), 0) == "undetermined");
    CHECK(answer(decide(pool, condition, {2, 2, 1}), 0) == "not owed");
}

TEST_CASE("too many cases leave a frame undetermined and say so", "[compiled]") {
    // Yes/no facts, each in two disjunctions that no case before the last decides: their parity, two by two.
    const auto hidden_parity = [](ConditionPool& pool, std::size_t count) {
        std::vector<ColumnId> facts;
        for (std::size_t i = 0; i < count; ++i) facts.push_back(pool.add_column(2));
        NodeRef parity = pool.atom(facts[0], 2);
        for (std::size_t i = 1; i < facts.size(); ++i) {
            const NodeRef one = pool.atom(facts[i], 2);
            parity = pool.any({pool.all({parity, opposite(one)}), pool.all({opposite(parity), one})});
        }
        CHECK(pool.any({parity, opposite(parity)}) == always);  // seen while it is put together
        const ColumnId other = pool.add_column(2);
        return pool.any({pool.all({parity, pool.atom(other, 3)}), pool.all({opposite(parity), pool.atom(other, 1)}), pool.all({opposite(parity), pool.atom(other, 2)})});
    };
    ConditionPool pool;
    const NodeRef hidden = hidden_parity(pool, 18);
    const VerdictBlock block = decide(pool, hidden, std::vector<PieceSet>(19, 3));
    CHECK(answer(block, 0) == "undetermined");
    REQUIRE(block.inexact.size() == 1);
    CHECK(block.inexact.front() == std::pair<std::uint32_t, std::uint32_t>{0, 0});
    std::vector<PieceSet> few(19, 1);
    few[18] = few[3] = 3;
    CHECK(answer(decide(pool, hidden, few), 0) == "owed");
    CHECK(decide(pool, hidden, few).inexact.empty());
    // More cases than 64 frames together may have, not more than one may.
    ConditionPool smaller;
    const VerdictBlock alone = decide(smaller, hidden_parity(smaller, 12), std::vector<PieceSet>(13, 3));
    CHECK(answer(alone, 0) == "owed");
    CHECK(alone.inexact.empty());
}

TEST_CASE("a block remembers nothing of the block before it", "[compiled]") {
    const Workload small = law_shaped(11, 512);
    VerdictRunner used(small.law);
    VerdictBlock block, again;
    const std::vector<PieceFrame> frames = small.all_frames();
    used.decide(frames, {}, block);
    for (const std::size_t count : {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{200}}) {
        const std::span<const PieceFrame> some = std::span(frames).subspan(17, count);
        used.decide(some, {}, block);
        VerdictRunner(small.law).decide(some, {}, again);
        REQUIRE(block.rows.size() == again.rows.size());
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            CHECK(block.rows[i].obligation == again.rows[i].obligation);
            CHECK(block.rows[i].can_hold == again.rows[i].can_hold);
            CHECK(block.rows[i].can_fail == again.rows[i].can_fail);
        }
    }
    used.decide({}, {}, block);
    CHECK(block.rows.empty());
}
