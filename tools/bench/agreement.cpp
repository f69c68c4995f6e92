#include <algorithm>
#include <optional>

#include "engine/compiled_rows.h"
#include "engine/compiled_verdict.h"
#include "tools/bench/dice.h"
#include "tools/bench/workload.h"

namespace duenotice {

namespace {

/// Answers by obligation and frame; what a block leaves out is No.
class Answers {
public:
    Answers(const VerdictBlock& block, std::size_t obligations) : rows_(obligations, nullptr) {
        for (const VerdictRow& row : block.rows) rows_[row.obligation] = &row;
    }
    Answer at(std::size_t obligation, std::size_t frame) const {
        const VerdictRow* const row = rows_[obligation];
        if (row == nullptr) return Answer::No;
        const bool can_hold = (row->can_hold[frame / 64] >> (frame % 64) & 1U) != 0, can_fail = (row->can_fail[frame / 64] >> (frame % 64) & 1U) != 0;
        if (!can_hold && !can_fail) return static_cast<Answer>(9);  // lost: never a right answer
        return can_hold && can_fail ? Answer::Open : can_hold ? Answer::Yes : Answer::No;
    }

private:
    std::vector<const VerdictRow*> rows_;
};

VerdictBlock decide(VerdictRunner& runner, std::span<const PieceFrame> frames, bool use_gate, bool use_split) {
    VerdictBlock block;
    VerdictRunOptions options;
    options.use_gate = use_gate;
    options.use_split = use_split;
    runner.decide(frames, options, block);
    return block;
}

void note(Agreement& agreement, Answer expected, std::span<const Answer> found, const std::string& where) {
    ++agreement.cases;
    agreement.owed += expected == Answer::Yes ? 1 : 0;
    agreement.open += expected == Answer::Open ? 1 : 0;
    for (const Answer answer : found) {
        if (answer == expected) continue;
        ++agreement.wrong;
        if (agreement.first_wrong.empty()) agreement.first_wrong = where + ": " + std::to_string(static_cast<int>(answer)) + " instead of " + std::to_string(static_cast<int>(expected));
        break;
    }
}

}  // namespace

Agreement compare_with_brute_force(std::uint64_t seed, std::uint64_t cases) {
    constexpr std::uint64_t most_completions = 3000;
    Agreement agreement;
    for (std::uint64_t book = 0; agreement.cases < cases; ++book) {
        const Workload small = small_book(seed + book);
        const std::vector<PieceFrame> frames = small.all_frames();
        VerdictRunner runner(small.law);
        const VerdictBlock gated = decide(runner, frames, true, true), ungated = decide(runner, frames, false, true), kleene = decide(runner, frames, true, false);
        const Answers by_gate(gated, 8), by_tree(ungated, 8), by_kleene(kleene, 8);
        agreement.inexact += gated.inexact.size();
        for (std::size_t obligation = 0; obligation < small.book.conditions.size(); ++obligation)
            for (std::size_t frame = 0; frame < small.frames; ++frame) {
                if (completions(small.book, small.book.conditions[obligation], small.raw_frame(frame)) > most_completions) continue;
                const Answer expected = by_brute_force(small.book, small.book.conditions[obligation], small.raw_frame(frame));
                const Answer found[] = {by_gate.at(obligation, frame), by_tree.at(obligation, frame)};
                note(agreement, expected, found, "book " + std::to_string(seed + book) + " obligation " + std::to_string(obligation) + " frame " + std::to_string(frame));
                agreement.wrong_by_kleene += by_kleene.at(obligation, frame) != expected ? 1 : 0;
            }
    }
    return agreement;
}

Agreement compare_with_splitting(const Workload& workload, std::uint64_t seed, std::uint64_t cases) {
    Agreement agreement;
    Dice dice(seed);
    const std::vector<NaiveTree> trees = naive_trees(workload.book);
    std::vector<PieceFrame> frames = workload.all_frames();
    frames.resize(std::min(frames.size(), block_frames));
    VerdictRunner runner(workload.law);
    const VerdictBlock gated = decide(runner, frames, true, true), ungated = decide(runner, frames, false, true), kleene = decide(runner, frames, false, false);
    const Answers by_gate(gated, trees.size()), by_tree(ungated, trees.size()), by_kleene(kleene, trees.size());
    const std::optional<ConditionRows> rows = ConditionRows::make(workload.cut.pool, workload.cut.conditions);
    agreement.inexact = gated.inexact.size();
    std::vector<std::uint64_t> can(rows ? rows->words() : 0), must(can.size());
    while (agreement.cases < cases) {
        const std::size_t frame = dice.below(static_cast<std::uint32_t>(frames.size()));
        if (rows) rows->decide(frames[frame], can.data(), must.data());
        // Half of the obligations are chosen among those whose gate is possible: the others are easy.
        for (int i = 0; i < 16; ++i) {
            std::size_t obligation = dice.below(static_cast<std::uint32_t>(trees.size()));
            if (i % 2 == 0)
                for (int tries = 0; tries < 200 && by_kleene.at(obligation, frame) == Answer::No; ++tries) obligation = dice.below(static_cast<std::uint32_t>(trees.size()));
            const RawValues* const raw = workload.raw_frame(frame);
            const Answer expected = by_splitting(trees[obligation], facts_read(workload.book, workload.book.conditions[obligation]), {raw, raw + workload.book.domains.size()});
            std::vector<Answer> found{by_gate.at(obligation, frame), by_tree.at(obligation, frame)};
            if (rows) {
                const bool can_hold = (can[obligation / 64] >> (obligation % 64) & 1U) != 0, must_hold = (must[obligation / 64] >> (obligation % 64) & 1U) != 0;
                found.push_back(must_hold ? Answer::Yes : can_hold ? Answer::Open : Answer::No);
            }
            note(agreement, expected, found, "obligation " + std::to_string(obligation) + " frame " + std::to_string(frame));
            agreement.wrong_by_kleene += by_kleene.at(obligation, frame) != expected ? 1 : 0;
        }
    }
    return agreement;
}

}  // namespace duenotice
