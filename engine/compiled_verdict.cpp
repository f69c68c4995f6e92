#include "engine/compiled_verdict.h"

#include <algorithm>
#include <bit>

#include "engine/compiled_lanes.h"

namespace duenotice {

namespace {

/// Where this many frames or more need a split of so many cases, they are split together.
constexpr std::uint64_t cases_worth_a_frame = 8;
constexpr std::size_t group_columns = 8;  ///< columns that share a cache line of a frame
constexpr std::size_t few_frames = 8;

/// Bit j of byte i becomes bit i of byte j.
std::uint64_t transposed8(std::uint64_t x) {
    std::uint64_t t = (x ^ (x >> 7U)) & 0x00AA00AA00AA00AAU;
    x ^= t ^ (t << 7U);
    t = (x ^ (x >> 14U)) & 0x0000CCCC0000CCCCU;
    x ^= t ^ (t << 14U);
    t = (x ^ (x >> 28U)) & 0x00000000F0F0F0F0U;
    return x ^ t ^ (t << 28U);
}

void transpose64(std::uint64_t* rows) {
    std::uint64_t mask = 0x00000000FFFFFFFFU;
    for (unsigned width = 32; width != 0; width >>= 1U, mask ^= mask << width)
        for (unsigned i = 0; i < 64; i = ((i | width) + 1) & ~width) {
            const std::uint64_t t = ((rows[i] >> width) ^ rows[i | width]) & mask;
            rows[i] ^= t << width;
            rows[i | width] ^= t;
        }
}

/// 64 sets of one column to the planes of its pieces; `planes` is the word of the first piece.
void planes_of(std::uint64_t* sets, unsigned pieces, std::uint64_t* planes) {
    if (pieces > 8) {
        transpose64(sets);
        for (unsigned piece = 0; piece < pieces; ++piece) planes[piece * block_words] = sets[piece];
        return;
    }
    std::uint64_t by_eight[8];
    for (unsigned i = 0; i < 8; ++i) {
        std::uint64_t bytes = 0;
        for (unsigned j = 0; j < 8; ++j) bytes |= (sets[i * 8 + j] & 0xFFU) << (8 * j);
        by_eight[i] = transposed8(bytes);
    }
    for (unsigned piece = 0; piece < pieces; ++piece) {
        std::uint64_t word = 0;
        for (unsigned i = 0; i < 8; ++i) word |= (by_eight[i] >> (8 * piece) & 0xFFU) << (8 * i);
        planes[piece * block_words] = word;
    }
}

/// The same for few frames.
void planes_of_few(const std::uint64_t* sets, std::size_t frames, unsigned pieces, std::uint64_t* planes) {
    for (unsigned piece = 0; piece < pieces; ++piece) planes[piece * block_words] = 0;
    for (std::size_t frame = 0; frame < frames; ++frame)
        for (std::uint64_t rest = sets[frame]; rest != 0; rest &= rest - 1)
            planes[static_cast<std::size_t>(std::countr_zero(rest)) * block_words] |= std::uint64_t{1} << frame;
}

template <class Lanes>
std::uint64_t frames_in(const Lanes& lanes) {
    std::uint64_t words[block_words] = {};
    store_plane(words, lanes);
    std::uint64_t result = 0;
    for (const std::uint64_t word : words) result += static_cast<std::uint64_t>(std::popcount(word));
    return result;
}

std::size_t most_classes(const CompiledLaw& law) {
    std::size_t result = 1;
    for (const ObligationProgram& program : law.obligations)
        if (!program.split.levels.empty()) result = std::max(result, program.split.levels.back().first_class + program.split.levels.back().classes.size());
    return result;
}

std::size_t most_levels(const CompiledLaw& law) {
    std::size_t result = 1;
    for (const ObligationProgram& program : law.obligations) result = std::max(result, program.split.levels.size());
    return result;
}

std::size_t most_operands(const CompiledLaw& law) {
    std::size_t result = 1;
    for (const SharedNode& node : law.shared) result = std::max<std::size_t>(result, node.step.count);
    for (const ObligationProgram& program : law.obligations)
        for (const PieceStep& step : program.steps) result = std::max<std::size_t>(result, step.count);
    return result;
}

}  // namespace

VerdictRunner::VerdictRunner(const CompiledLaw& law)
    : law_(law), stamps_(law.shared.size(), 0), pieces_(std::size_t{law.piece_planes} * block_words, 0), planes_(std::size_t{law.planes} * block_words, 0),
      classes_(most_classes(law) * block_words, 0), open_after_((most_levels(law) + 1) * block_words, 0), counters_((most_operands(law) + 1) * block_words, 0),
      candidates_(law.obligation_words(), 0), possible_(law.obligation_words(), 0), group_stamps_(law.pieces.size() / group_columns + 1, 0) {}

void VerdictRunner::begin(std::span<const PieceFrame> frames) {
    frames_ = frames;
    words_ = (frames.size() + 63) / 64;
    ++stamp_;
    std::fill(planes_.begin(), planes_.begin() + static_cast<std::ptrdiff_t>(block_words), 0);
    for (std::size_t word = 0; word < words_; ++word) {  // slot 0 is true in every frame
        const std::size_t count = frames.size() - word * 64;
        planes_[word] = count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    }
    for (const ColumnId column : law_.gate_columns) load(column);
}

void VerdictRunner::load(ColumnId wanted) {
    const std::size_t group = wanted / group_columns;
    if (group_stamps_[group] == stamp_) return;
    group_stamps_[group] = stamp_;
    const std::size_t column = group * group_columns, width = std::min(group_columns, law_.pieces.size() - column);
    std::uint64_t sets[group_columns][64];
    for (std::size_t word = 0; word < block_words; ++word) {
        const std::size_t first = word * 64, count = word < words_ ? std::min<std::size_t>(64, frames_.size() - first) : 0;
        if (words_ == 1 && word != 0) return;  // one word is read then
        for (std::size_t frame = 0; frame < count; ++frame)
            for (std::size_t i = 0; i < width; ++i) sets[i][frame] = frames_[first + frame][column + i];
        for (std::size_t i = 0; i < width; ++i) {
            std::uint64_t* const planes = pieces_.data() + std::size_t{law_.first_piece[column + i]} * block_words + word;
            if (count <= few_frames) {
                planes_of_few(sets[i], count, law_.pieces[column + i], planes);
                continue;
            }
            std::fill(sets[i] + count, sets[i] + 64, 0);
            planes_of(sets[i], law_.pieces[column + i], planes);
        }
    }
}

void VerdictRunner::candidates(bool use_gate) {
    std::fill(candidates_.begin(), candidates_.end(), ~std::uint64_t{0});
    if (law_.obligations.size() % 64 != 0) candidates_.back() = (std::uint64_t{1} << (law_.obligations.size() % 64)) - 1;
    for (std::size_t g = 0; use_gate && g < law_.gate_columns.size(); ++g) {
        const ColumnId column = law_.gate_columns[g];
        std::vector<std::uint64_t>& possible = possible_;
        std::fill(possible.begin(), possible.end(), 0);
        for (unsigned piece = 0; piece < law_.pieces[column]; ++piece) {
            const std::uint64_t* const plane = pieces_.data() + std::size_t{law_.first_piece[column] + piece} * block_words;
            if (std::all_of(plane, plane + words_, [](std::uint64_t word) { return word == 0; })) continue;
            for (std::size_t i = 0; i < possible.size(); ++i) possible[i] |= law_.gate_index[g][piece][i];
        }
        for (std::size_t i = 0; i < possible.size(); ++i) candidates_[i] &= possible[i];
    }
}

template <class Lanes>
void VerdictRunner::share(const ObligationProgram& program) {
    std::uint64_t* const planes = planes_.data();
    for (const std::uint32_t slot : program.shared) {
        if (stamps_[slot] == stamp_ || slot == 0) continue;
        stamps_[slot] = stamp_;
        const SharedNode& node = law_.shared[slot];
        if (!node.is_atom) {
            run_steps<Lanes>(&node.step, &node.step + 1, law_.operands.data(), planes, counters_.data());
            continue;
        }
        load(node.column);
        Lanes in{}, out{};
        const std::uint64_t* piece = pieces_.data() + std::size_t{law_.first_piece[node.column]} * block_words;
        for (unsigned i = 0; i < law_.pieces[node.column]; ++i, piece += block_words) {
            if ((node.pieces >> i & 1U) != 0) in |= load_plane<Lanes>(piece);
            else out |= load_plane<Lanes>(piece);
        }
        store_plane(planes + std::size_t{slot} * 2 * block_words, in);
        store_plane(planes + (std::size_t{slot} * 2 + 1) * block_words, out);
    }
}

template <class Lanes>
void VerdictRunner::split(std::uint32_t obligation, Lanes& holds, Lanes& fails, Lanes& active, VerdictBlock& out) {
    const SplitPlan& plan = law_.obligations[obligation].split;
    Lanes open_later{};
    store_plane(open_after_.data() + plan.levels.size() * block_words, open_later);
    for (std::size_t depth = plan.levels.size(); depth-- > 0;) {
        const SplitLevel& level = plan.levels[depth];
        Lanes once{}, twice{};
        for (std::size_t i = 0; i < level.classes.size(); ++i) {
            Lanes possible{};
            for (PieceSet rest = level.classes[i]; rest != 0; rest &= rest - 1)
                possible |= load_plane<Lanes>(pieces_.data() + (law_.first_piece[level.column] + static_cast<std::size_t>(std::countr_zero(rest))) * block_words);
            store_plane(classes_.data() + (level.first_class + i) * block_words, possible);
            twice |= once & possible;
            once |= possible;
        }
        open_later |= twice;
        store_plane(open_after_.data() + depth * block_words, open_later);
    }
    active = holds & fails & open_later;
    if (!any_lane(active)) return;
    if (plan.most_cases <= most_cases_together && plan.most_cases <= cases_worth_a_frame * frames_in(active)) {
        LaneSplit<Lanes> cases(plan, {law_.operands.data(), planes_.data(), classes_.data(), open_after_.data(), counters_.data()}, most_cases_together);
        cases.run(active);
        holds = (holds & ~active) | cases.holds();
        fails = (fails & ~active) | cases.fails();
        return;
    }
    std::uint64_t can_hold[block_words], can_fail[block_words], open[block_words] = {};
    store_plane(can_hold, holds);
    store_plane(can_fail, fails);
    store_plane(open, active);
    for (std::size_t word = 0; word < words_; ++word) {
        if (open[word] == 0) continue;
        const LaneSplit<OneWord>::Planes planes{law_.operands.data(), planes_.data() + word, classes_.data() + word, open_after_.data() + word, counters_.data() + word};
        LaneSplit<OneWord> together(plan, planes, most_cases_together);  // no more cases than one frame after the other
        const auto take = [&](std::uint64_t frames, const auto& cases) {
            can_hold[word] = (can_hold[word] & ~frames) | cases.holds();
            can_fail[word] = (can_fail[word] & ~frames) | cases.fails();
        };
        if (together.run(open[word])) {
            take(open[word], together);
            continue;
        }
        for (std::uint64_t rest = open[word]; rest != 0; rest &= rest - 1) {
            FrameSplit alone(plan, planes, rest & -rest, most_cases_of_a_frame);
            if (alone.run()) take(rest & -rest, alone);
            else out.inexact.emplace_back(obligation, static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(rest))));
        }
    }
    holds = load_plane<Lanes>(can_hold);
    fails = load_plane<Lanes>(can_fail);
}

void VerdictRunner::count(const ObligationProgram& program, std::uint64_t split_frames, DecidedShares& shares) const {
    std::uint64_t possible = 0;
    for (std::size_t word = 0; word < words_; ++word) {
        std::uint64_t bits = planes_[word];
        for (std::size_t g = 0; g < law_.gate_columns.size(); ++g) {
            std::uint64_t met = 0;
            for (PieceSet rest = program.gate[g]; rest != 0; rest &= rest - 1)
                met |= pieces_[(law_.first_piece[law_.gate_columns[g]] + static_cast<std::size_t>(std::countr_zero(rest))) * block_words + word];
            bits &= met;
        }
        possible += static_cast<std::uint64_t>(std::popcount(bits));
    }
    shares.gate -= possible;
    shares.tree += possible - split_frames;
    shares.split += split_frames;
}

template <class Lanes>
void VerdictRunner::run(const VerdictRunOptions& options, VerdictBlock& out) {
    std::size_t rows = 0;
    for (std::size_t i = 0; i < candidates_.size(); ++i)
        for (std::uint64_t rest = candidates_[i]; rest != 0; rest &= rest - 1) {
            const auto obligation = static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
            const ObligationProgram& program = law_.obligations[obligation];
            share<Lanes>(program);
            run_steps<Lanes>(program.steps.data(), program.steps.data() + program.steps.size(), law_.operands.data(), planes_.data(), counters_.data());
            Lanes holds = load_plane<Lanes>(planes_.data() + std::size_t{program.root} * block_words);
            Lanes fails = load_plane<Lanes>(planes_.data() + std::size_t{program.root ^ 1U} * block_words);
            Lanes active{};
            if (options.use_split && !program.split.levels.empty() && any_lane(holds & fails)) split<Lanes>(obligation, holds, fails, active, out);
            if (rows == out.rows.size()) out.rows.emplace_back();
            VerdictRow& row = out.rows[rows++];
            row.obligation = obligation;
            store_plane(row.can_hold.data(), holds);
            store_plane(row.can_fail.data(), fails);
            if (options.shares != nullptr) count(program, frames_in(active), *options.shares);
        }
    out.rows.resize(rows);
}

void VerdictRunner::decide(std::span<const PieceFrame> frames, const VerdictRunOptions& options, VerdictBlock& out) {
    out.inexact.clear();
    if (frames.empty()) return out.rows.clear();
    begin(frames);
    candidates(options.use_gate);
    if (options.shares != nullptr) options.shares->gate += frames.size() * law_.obligations.size();
    if (words_ > 1) return run<EightWords>(options, out);
    out.rows.clear();  // one word is written of each row: the others must be 0
    run<OneWord>(options, out);
}

std::vector<PieceFrame> in_gate_order(const CompiledLaw& law, std::span<const PieceFrame> frames) {
    // WHY: the first two gates stand beside the pointer, so that most comparisons do not touch the frame.
    struct Keyed {
        std::array<PieceSet, 2> key{};
        PieceFrame frame = nullptr;
    };
    const std::vector<ColumnId>& gates = law.gate_columns;
    std::vector<Keyed> keyed;
    keyed.reserve(frames.size());
    for (const PieceFrame frame : frames) keyed.push_back({{gates.empty() ? 0 : frame[gates[0]], gates.size() < 2 ? 0 : frame[gates[1]]}, frame});
    std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
        if (a.key != b.key) return a.key < b.key;
        for (std::size_t g = 2; g < gates.size(); ++g)
            if (a.frame[gates[g]] != b.frame[gates[g]]) return a.frame[gates[g]] < b.frame[gates[g]];
        return false;
    });
    std::vector<PieceFrame> result;
    result.reserve(frames.size());
    for (const Keyed& one : keyed) result.push_back(one.frame);
    return result;
}

}  // namespace duenotice
