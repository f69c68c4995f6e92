// Compares the compiled verdict path with brute force first and times nothing when they differ (exit 1). Then Google
// Benchmark's usual options apply: --benchmark_filter, --benchmark_repetitions, --benchmark_format.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>

#include "tools/bench/bench_peers.h"
#include "tools/bench/shipped.h"
#include "tools/bench/workload.h"

namespace {

using duenotice::Agreement;

bool report(const char* what, const Agreement& found) {
    const auto hundredths = found.cases == 0 ? 0 : found.wrong_by_kleene * 10000 / found.cases;
    std::fprintf(stderr, "%s: %llu cases, %llu wrong, %llu inexact; owed %llu, undetermined %llu; plain Kleene alone wrong in %llu.%02llu %%\n", what,
                 static_cast<unsigned long long>(found.cases), static_cast<unsigned long long>(found.wrong), static_cast<unsigned long long>(found.inexact),
                 static_cast<unsigned long long>(found.owed), static_cast<unsigned long long>(found.open), static_cast<unsigned long long>(hundredths / 100),
                 static_cast<unsigned long long>(hundredths % 100));
    if (found.wrong != 0) std::fprintf(stderr, "  first: %s\n", found.first_wrong.c_str());
    return found.wrong == 0;
}

bool report(const char* what, const duenotice::PeerAgreement& found) {
    if (found.cases == 0) std::fprintf(stderr, "%s: not there to compare with\n", what);
    else std::fprintf(stderr, "%s: %llu cases, %llu different\n", what, static_cast<unsigned long long>(found.cases), static_cast<unsigned long long>(found.different));
    if (found.different != 0) std::fprintf(stderr, "  first: %s\n", found.first.c_str());
    return found.different == 0;
}

}  // namespace

int main(int argc, char** argv) {
    bool agree = report("brute force, small books", duenotice::compare_with_brute_force(1, 250000));
    agree = report("split tree, law-shaped", duenotice::compare_with_splitting(duenotice::law_shaped(7, 512), 3, 20000)) && agree;
    agree = report("split tree, conjunctions", duenotice::compare_with_splitting(duenotice::conjunctions(5, 512), 3, 20000)) && agree;
    if (const duenotice::LawShape* const shape = duenotice::shipped_shape())
        agree = report("split tree, shipped law", duenotice::compare_with_splitting(shape->workload, 3, 20000)) && agree;
    else
        std::fprintf(stderr, "the shipped law has mistakes: its benches are left out\n");
    agree = report("working days, QuantLib", duenotice::compare_working_days(300000)) && agree;
    agree = report("clocks, date library", duenotice::compare_clocks(300000)) && agree;
    if (!agree) return 1;
    benchmark::AddCustomContext("compiler", DUENOTICE_COMPILER);
    benchmark::AddCustomContext("build", DUENOTICE_BUILD);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
