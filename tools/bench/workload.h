#pragma once
// Seeded workloads and the comparison that must pass before anything is timed. The small books are for the judge: few
// facts, raw values 0 to 12, shared definitions, at least k of, nested exceptions, facts that occur again and again.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/compiled_law.h"
#include "tools/bench/raw_condition.h"

namespace duenotice {

struct Workload {
    RawBook book;
    CutBook cut;
    CompiledLaw law;
    std::size_t frames = 0;
    std::vector<RawValues> raw;      ///< frames x facts
    std::vector<PieceSet> pieces;    ///< frames x facts
    const RawValues* raw_frame(std::size_t frame) const { return raw.data() + frame * book.domains.size(); }
    const PieceSet* frame(std::size_t frame) const { return pieces.data() + frame * book.domains.size(); }
    std::vector<const PieceSet*> all_frames() const;
};

/// 2,000 obligations over 40 shared definitions and 160 facts, 60 % of them open; place (of 64, known) and role gates.
Workload law_shaped(std::uint64_t seed, std::size_t frames);
/// 500 obligations of six predicates, one of them the jurisdiction (of 50); 40 facts, 30 % open, the jurisdiction 10 %.
Workload conjunctions(std::uint64_t seed, std::size_t incidents);
/// Draws frames for a book that is written already: fact 0 known, the others open as often as said; then cuts and compiles.
void draw_frames(Workload& workload, std::uint64_t seed, std::size_t frames, std::uint32_t percent_open, std::vector<ColumnId> gates);
/// One small book with its frames.
Workload small_book(std::uint64_t seed);

struct Agreement {
    std::uint64_t cases = 0, wrong = 0, wrong_by_kleene = 0, inexact = 0;
    std::uint64_t owed = 0, open = 0;
    std::string first_wrong;
};
/// Compiled path (gated, ungated, and plain Kleene for the count) against brute force on small books.
Agreement compare_with_brute_force(std::uint64_t seed, std::uint64_t cases);
/// Compiled path against naive splitting on a sample of a large workload.
Agreement compare_with_splitting(const Workload& workload, std::uint64_t seed, std::uint64_t cases);

}  // namespace duenotice
