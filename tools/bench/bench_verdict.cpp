// Verdicts a second of CPU: one for each frame and obligation, from the sets of possible pieces of each fact to owed, not
// owed or undetermined. Sorting by gate and turning frames into planes are inside; making pieces from an account is not.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "engine/compiled_rows.h"
#include "engine/compiled_verdict.h"
#include "tools/bench/shipped.h"
#include "tools/bench/workload.h"

namespace duenotice {

namespace {

const Workload& law_workload() {
    static const Workload made = law_shaped(7, 20480);
    return made;
}
const Workload& conjunction_workload() {
    static const Workload made = conjunctions(5, 20000);
    return made;
}

void set_rate(benchmark::State& state, std::size_t frames, std::size_t obligations) {
    state.counters["verdicts/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(frames) * static_cast<double>(obligations), benchmark::Counter::kIsRate);
}

std::uint64_t pass(VerdictRunner& runner, const std::vector<PieceFrame>& frames, std::size_t block_size, const VerdictRunOptions& options, VerdictBlock& block) {
    std::uint64_t inexact = 0;
    for (std::size_t i = 0; i < frames.size(); i += block_size) {
        runner.decide(std::span(frames).subspan(i, std::min(block_size, frames.size() - i)), options, block);
        benchmark::DoNotOptimize(block.rows.data());
        inexact += block.inexact.size();
    }
    return inexact;
}

void compiled(benchmark::State& state, const Workload& workload, bool use_gate, bool sort, std::size_t block_size) {
    VerdictRunner runner(workload.law);
    VerdictBlock block;
    DecidedShares shares;
    VerdictRunOptions options;
    options.use_gate = use_gate;
    options.shares = &shares;
    const std::vector<PieceFrame> frames = workload.all_frames();
    const std::uint64_t inexact = pass(runner, frames, block_size, options, block);
    options.shares = nullptr;
    for (auto unused : state) {
        (void)unused;
        if (sort) pass(runner, in_gate_order(workload.law, frames), block_size, options, block);
        else pass(runner, frames, block_size, options, block);
    }
    set_rate(state, frames.size(), workload.law.obligations.size());
    const double all = static_cast<double>(shares.gate + shares.tree + shares.split) / 100;
    state.counters["gate%"] = static_cast<double>(shares.gate) / all;
    state.counters["tree%"] = static_cast<double>(shares.tree) / all;
    state.counters["split%"] = static_cast<double>(shares.split) / all;
    state.counters["inexact"] = static_cast<double>(inexact);
}

void law_gated(benchmark::State& state) { compiled(state, law_workload(), true, true, block_frames); }
void law_ungated(benchmark::State& state) { compiled(state, law_workload(), false, false, block_frames); }
void law_ten_frames_gated(benchmark::State& state) { compiled(state, law_workload(), true, false, 10); }
void law_one_frame_gated(benchmark::State& state) { compiled(state, law_workload(), true, false, 1); }
void conjunction_gated(benchmark::State& state) { compiled(state, conjunction_workload(), true, true, block_frames); }
void conjunction_ungated(benchmark::State& state) { compiled(state, conjunction_workload(), false, false, block_frames); }
void conjunction_one_frame_gated(benchmark::State& state) { compiled(state, conjunction_workload(), true, false, 1); }

/// The conditions of the shipped law book, frames by chance.
void shipped_law(benchmark::State& state, bool use_gate) {
    const LawShape* const shape = shipped_shape();
    if (shape == nullptr) return state.SkipWithError("the shipped law has mistakes");
    compiled(state, shape->workload, use_gate, use_gate, block_frames);
    state.counters["obligations"] = static_cast<double>(shape->workload.law.obligations.size());
    state.counters["atoms"] = static_cast<double>(shape->atoms);
    state.counters["opaque"] = static_cast<double>(shape->opaque);
}
void shipped_law_gated(benchmark::State& state) { shipped_law(state, true); }
void shipped_law_ungated(benchmark::State& state) { shipped_law(state, false); }

void naive(benchmark::State& state, const Workload& workload, std::size_t frames) {
    const std::vector<NaiveTree> trees = naive_trees(workload.book);
    for (auto unused : state) {
        (void)unused;
        std::uint64_t owed = 0;
        for (std::size_t frame = 0; frame < frames; ++frame)
            for (const NaiveTree& tree : trees) owed += static_cast<std::uint64_t>(tree->evaluate(workload.raw_frame(frame)));
        benchmark::DoNotOptimize(owed);
    }
    set_rate(state, frames, trees.size());
}
/// Strong Kleene only: not exact, and still the slower one.
void law_naive_kleene(benchmark::State& state) { naive(state, law_workload(), 1024); }
void shipped_law_naive_kleene(benchmark::State& state) {
    const LawShape* const shape = shipped_shape();
    if (shape == nullptr) return state.SkipWithError("the shipped law has mistakes");
    naive(state, shape->workload, 4096);
}
void conjunction_naive_tree(benchmark::State& state) { naive(state, conjunction_workload(), 4096); }

void law_naive_exact(benchmark::State& state) {
    const Workload& workload = law_workload();
    const std::vector<NaiveTree> trees = naive_trees(workload.book);
    std::vector<std::vector<std::uint32_t>> facts;
    for (const RawCondition& condition : workload.book.conditions) facts.push_back(facts_read(workload.book, condition));
    constexpr std::size_t frames = 8;
    for (auto unused : state) {
        (void)unused;
        std::uint64_t owed = 0;
        for (std::size_t frame = 0; frame < frames; ++frame)
            for (std::size_t i = 0; i < trees.size(); ++i)
                owed += static_cast<std::uint64_t>(by_splitting(trees[i], facts[i], {workload.raw_frame(frame), workload.raw_frame(frame) + workload.book.domains.size()}));
        benchmark::DoNotOptimize(owed);
    }
    set_rate(state, frames, trees.size());
}

void conjunction_rows(benchmark::State& state) {
    const Workload& workload = conjunction_workload();
    const auto rows = ConditionRows::make(workload.cut.pool, workload.cut.conditions);
    std::vector<std::uint64_t> can(rows->words()), must(rows->words());
    for (auto unused : state) {
        (void)unused;
        for (std::size_t frame = 0; frame < workload.frames; ++frame) {
            rows->decide(workload.frame(frame), can.data(), must.data());
            benchmark::DoNotOptimize(can.data());
            benchmark::ClobberMemory();
        }
    }
    set_rate(state, workload.frames, workload.law.obligations.size());
}

void compile_law_shaped(benchmark::State& state) {
    const RawBook& book = law_workload().book;
    const CutBook cut = cut_into_pieces(book);
    for (auto unused : state) {
        (void)unused;
        const CompiledLaw law = compile_conditions(cut.pool, cut.conditions, {0, 1});
        benchmark::DoNotOptimize(law.planes);
    }
}

BENCHMARK(law_gated)->Unit(benchmark::kMillisecond);
BENCHMARK(law_ungated)->Unit(benchmark::kMillisecond);
BENCHMARK(law_ten_frames_gated)->Unit(benchmark::kMillisecond);
BENCHMARK(law_one_frame_gated)->Unit(benchmark::kMillisecond);
BENCHMARK(law_naive_kleene)->Unit(benchmark::kMillisecond);
BENCHMARK(law_naive_exact)->Unit(benchmark::kMillisecond);
BENCHMARK(shipped_law_gated)->Unit(benchmark::kMillisecond);
BENCHMARK(shipped_law_ungated)->Unit(benchmark::kMillisecond);
BENCHMARK(shipped_law_naive_kleene)->Unit(benchmark::kMillisecond);
BENCHMARK(conjunction_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(conjunction_gated)->Unit(benchmark::kMillisecond);
BENCHMARK(conjunction_ungated)->Unit(benchmark::kMillisecond);
BENCHMARK(conjunction_one_frame_gated)->Unit(benchmark::kMillisecond);
BENCHMARK(conjunction_naive_tree)->Unit(benchmark::kMillisecond);
BENCHMARK(compile_law_shaped)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace duenotice
