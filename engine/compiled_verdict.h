#pragma once
// Exact verdicts of a compiled law for up to 512 frames at once, one bit a frame: gate by index, tree in strong Kleene
// over bit planes, case split only where a frame is undetermined and a column that occurs more than once is open in it
// (the three steps of engine/verdict.h). The split runs over all such frames together where they are many, 64 by 64
// where they are few, and one by one, choosing the column anew in each case, where the cases pass most_cases_together; all
// give the same answer. A frame for which they pass most_cases_of_a_frame stays undetermined and is listed as inexact.
// What comes in is, for each frame and column, the set of pieces that are still possible; a column with no possible
// piece is a contradiction and must not come here.

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/compiled_law.h"

namespace duenotice {

inline constexpr std::uint64_t most_cases_together = 4096, most_cases_of_a_frame = 16384;

using FrameBits = std::array<std::uint64_t, block_words>;  ///< bit i % 64 of word i / 64: frame i
using PieceFrame = const PieceSet*;                        ///< one set for each column

/// Owed where it can hold and cannot fail; undetermined where both. Bits beyond the frames given are 0.
struct VerdictRow {
    std::uint32_t obligation = 0;
    FrameBits can_hold{}, can_fail{};
};

struct VerdictBlock {
    /// By obligation; one left out is not owed in every frame: its gate is impossible.
    std::vector<VerdictRow> rows;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> inexact;  ///< obligation, frame
};

/// Which step decided, over frames and obligations.
struct DecidedShares {
    std::uint64_t gate = 0, tree = 0, split = 0;
};

struct VerdictRunOptions {
    bool use_gate = true;              ///< false: every obligation is visited for every frame
    bool use_split = true;             ///< false: plain Kleene, for the tests that must then fail
    DecidedShares* shares = nullptr;   ///< counts into it; costs time
};

class VerdictRunner {
public:
    /// Keeps a reference to the law. One runner a thread.
    explicit VerdictRunner(const CompiledLaw& law);
    /// At most block_frames frames. `out` is replaced, its memory kept.
    void decide(std::span<const PieceFrame> frames, const VerdictRunOptions& options, VerdictBlock& out);

private:
    void begin(std::span<const PieceFrame> frames);
    void load(ColumnId wanted);
    void candidates(bool use_gate);
    template <class Lanes> void run(const VerdictRunOptions& options, VerdictBlock& out);
    template <class Lanes> void share(const ObligationProgram& program);
    template <class Lanes> void split(std::uint32_t obligation, Lanes& holds, Lanes& fails, Lanes& active, VerdictBlock& out);
    void count(const ObligationProgram& program, std::uint64_t split_frames, DecidedShares& shares) const;

    const CompiledLaw& law_;
    std::span<const PieceFrame> frames_;  ///< of the block at hand
    std::size_t words_ = 0;
    std::uint64_t stamp_ = 0;
    std::vector<std::uint64_t> stamps_;        ///< by shared node: the block for which it was worked out
    std::vector<std::uint64_t> pieces_;        ///< planes by column and piece, block_words words each
    std::vector<std::uint64_t> planes_;        ///< of nodes, block_words words each
    std::vector<std::uint64_t> classes_;       ///< of the split at hand
    std::vector<std::uint64_t> open_after_;    ///< by level: where this or a later column is open
    std::vector<std::uint64_t> counters_;      ///< for "at least k of"
    std::vector<std::uint64_t> candidates_, possible_;  ///< one bit an obligation
    std::vector<std::uint64_t> group_stamps_;  ///< by eight columns: the block for which their planes were made
};

/// Frames with the same gate pieces side by side, so that a block visits few obligations. Stable.
std::vector<PieceFrame> in_gate_order(const CompiledLaw& law, std::span<const PieceFrame> frames);

}  // namespace duenotice
