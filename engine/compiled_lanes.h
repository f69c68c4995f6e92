#pragma once
// The inner loops of the compiled verdict path over bit lanes: 64 frames (one word) or 512 (eight words). For
// the files compiled_*.cpp only. A plane is block_words words, whatever the number of lanes in use.

#include <cstdint>
#include <cstring>
#include <vector>

#include "engine/compiled_law.h"

namespace duenotice {

using OneWord = std::uint64_t;

/// Eight words as four registers of the smallest vector unit that every 64-bit x86 has; plain words elsewhere.
// WHY: four members and not an array: g++ 12 keeps an array in memory.
class EightWords {
public:
    EightWords() = default;
    explicit EightWords(std::uint64_t word) : a_{word, word}, b_(a_), c_(a_), d_(a_) {}
    explicit EightWords(const std::uint64_t* from) : a_(part(from)), b_(part(from + 2)), c_(part(from + 4)), d_(part(from + 6)) {}
    void store(std::uint64_t* to) const {
        std::memcpy(to, &a_, sizeof a_);
        std::memcpy(to + 2, &b_, sizeof b_);
        std::memcpy(to + 4, &c_, sizeof c_);
        std::memcpy(to + 6, &d_, sizeof d_);
    }
    EightWords& operator&=(const EightWords& other) { return *this = *this & other; }
    EightWords& operator|=(const EightWords& other) { return *this = *this | other; }
    friend EightWords operator&(const EightWords& x, const EightWords& y) { return {x.a_ & y.a_, x.b_ & y.b_, x.c_ & y.c_, x.d_ & y.d_}; }
    friend EightWords operator|(const EightWords& x, const EightWords& y) { return {x.a_ | y.a_, x.b_ | y.b_, x.c_ | y.c_, x.d_ | y.d_}; }
    EightWords operator~() const { return {~a_, ~b_, ~c_, ~d_}; }
    bool any() const {
        const Part all = (a_ | b_) | (c_ | d_);
        return (all[0] | all[1]) != 0;
    }

private:
    using Part = std::uint64_t __attribute__((vector_size(16)));
    EightWords(const Part& a, const Part& b, const Part& c, const Part& d) : a_(a), b_(b), c_(c), d_(d) {}
    static Part part(const std::uint64_t* from) {
        Part result;
        std::memcpy(&result, from, sizeof result);
        return result;
    }
    Part a_{}, b_{}, c_{}, d_{};
};

template <class Lanes>
inline Lanes load_plane(const std::uint64_t* from) {
    if constexpr (sizeof(Lanes) == sizeof(std::uint64_t)) return *from;
    else return Lanes(from);
}
inline void store_plane(std::uint64_t* to, OneWord lanes) { *to = lanes; }
inline void store_plane(std::uint64_t* to, const EightWords& lanes) { lanes.store(to); }
inline bool any_lane(OneWord lanes) { return lanes != 0; }
inline bool any_lane(const EightWords& lanes) { return lanes.any(); }

/// Lanes in which at least k of the operands (each read with `flip`) are set.
template <class Lanes>
inline Lanes at_least(std::uint32_t k, const std::uint32_t* operands, std::uint32_t count, std::uint32_t flip, const std::uint64_t* planes, std::uint64_t* counters) {
    for (std::uint32_t i = 0; i < k; ++i) store_plane(counters + i * block_words, Lanes{});
    for (std::uint32_t c = 0; c < count; ++c) {
        const Lanes one = load_plane<Lanes>(planes + std::size_t{operands[c] ^ flip} * block_words);
        for (std::uint32_t i = k < c + 1 ? k : c + 1; i-- > 0;) {
            std::uint64_t* const counter = counters + i * block_words;
            const Lanes before = i == 0 ? one : Lanes(one & load_plane<Lanes>(counter - block_words));
            store_plane(counter, Lanes(load_plane<Lanes>(counter) | before));
        }
    }
    return load_plane<Lanes>(counters + std::size_t{k - 1} * block_words);
}

/// Works out steps in order: planes of "can be true" and "can be false" of each.
template <class Lanes>
inline void run_steps(const PieceStep* step, const PieceStep* end, const std::uint32_t* operands, std::uint64_t* planes, std::uint64_t* counters) {
    for (; step != end; ++step) {
        const std::uint32_t* const from = operands + step->first;
        Lanes holds, fails;
        if (step->k != 0) {
            holds = at_least<Lanes>(step->k, from, step->count, 0, planes, counters);
            fails = at_least<Lanes>(step->count - step->k + 1, from, step->count, 1, planes, counters);
        } else {
            holds = load_plane<Lanes>(planes + std::size_t{from[0]} * block_words);
            fails = load_plane<Lanes>(planes + std::size_t{from[0] ^ 1U} * block_words);
            for (std::uint32_t i = 1; i < step->count; ++i) {
                holds &= load_plane<Lanes>(planes + std::size_t{from[i]} * block_words);
                fails |= load_plane<Lanes>(planes + std::size_t{from[i] ^ 1U} * block_words);
            }
        }
        store_plane(planes + std::size_t{step->target} * block_words, holds);
        store_plane(planes + std::size_t{step->target + 1} * block_words, fails);
    }
}

/// The case split of one condition over the lanes that need it. Depth first; a lane leaves as soon as two of its cases
/// differ, or when what is left undetermined reads no open column twice and therefore can come out both ways.
template <class Lanes>
class LaneSplit {
public:
    struct Planes {
        const std::uint32_t* operands;
        std::uint64_t* nodes;
        const std::uint64_t* classes;
        const std::uint64_t* open_after;
        std::uint64_t* counters;
    };
    LaneSplit(const SplitPlan& plan, const Planes& planes, std::uint64_t most_cases) : plan_(plan), planes_(planes), most_cases_(most_cases) {}

    /// False when a lane is left open because the cases were too many.
    bool run(const Lanes& active) {
        for (const SplitLevel& level : plan_.levels) forget(level);
        descend(0, active);
        return cases_ <= most_cases_;
    }
    const Lanes& holds() const { return holds_; }
    const Lanes& fails() const { return fails_; }

private:
    std::uint64_t* node(std::size_t plane) const { return planes_.nodes + plane * block_words; }

    void forget(const SplitLevel& level) const {
        for (const SplitAtom& atom : level.atoms) {
            store_plane(node(atom.target), load_plane<Lanes>(node(atom.shared)));
            store_plane(node(atom.target + 1), load_plane<Lanes>(node(atom.shared + 1)));
        }
    }

    void assume(const SplitLevel& level, PieceSet one_class) const {
        for (const SplitAtom& atom : level.atoms) {
            const Lanes in((atom.pieces & one_class) != 0 ? ~std::uint64_t{0} : std::uint64_t{0});
            store_plane(node(atom.target), in);
            store_plane(node(atom.target + 1), Lanes(~in));
        }
    }

    void descend(std::size_t depth, Lanes active) {
        const SplitLevel& level = plan_.levels[depth];
        const PieceStep* const end = plan_.steps.data() + plan_.steps.size();
        const Lanes open_later = load_plane<Lanes>(planes_.open_after + (depth + 1) * block_words);
        for (std::size_t i = 0; i < level.classes.size(); ++i) {
            const Lanes here = active & load_plane<Lanes>(planes_.classes + (level.first_class + i) * block_words);
            if (!any_lane(here)) continue;
            if (++cases_ > most_cases_) return;
            assume(level, level.classes[i]);
            run_steps<Lanes>(plan_.steps.data() + level.first_step, end, planes_.operands, planes_.nodes, planes_.counters);
            const Lanes holds = here & load_plane<Lanes>(node(plan_.root)), fails = here & load_plane<Lanes>(node(plan_.root ^ 1U));
            const Lanes open = holds & fails & open_later;
            holds_ |= holds & ~open;
            fails_ |= fails & ~open;
            const Lanes rest = open & ~(holds_ & fails_);
            if (any_lane(rest)) descend(depth + 1, rest);
            active &= ~(holds_ & fails_);
            if (!any_lane(active) || cases_ > most_cases_) break;
        }
        forget(level);
    }

    const SplitPlan& plan_;
    const Planes planes_;
    const std::uint64_t most_cases_;
    std::uint64_t cases_ = 0;
    Lanes holds_{}, fails_{};
};

/// The same for one frame whose cases were too many: looks one case ahead and splits next where most of them are decided.
class FrameSplit {
public:
    FrameSplit(const SplitPlan& plan, const LaneSplit<OneWord>::Planes& planes, std::uint64_t frame, std::uint64_t most_cases)
        : plan_(plan), planes_(planes), frame_(frame), most_cases_(most_cases), chosen_(plan.levels.size(), 0) {}

    /// False when it is left open because the cases were too many.
    bool run() { return evaluate() != Outcome::Open || search(); }
    std::uint64_t holds() const { return holds_ ? frame_ : 0; }
    std::uint64_t fails() const { return fails_ ? frame_ : 0; }

private:
    enum class Outcome : std::uint8_t { Holds, Fails, Open };

    std::uint64_t* node(std::size_t plane) const { return planes_.nodes + plane * block_words; }
    bool done() const { return holds_ && fails_; }

    /// Under the classes chosen; what is decided is kept.
    Outcome evaluate() {
        for (std::size_t i = 0; i < chosen_.size(); ++i)
            for (const SplitAtom& atom : plan_.levels[i].atoms) {
                const bool in = (atom.pieces & chosen_[i]) != 0;
                *node(atom.target) = chosen_[i] == 0 ? *node(atom.shared) : in ? frame_ : 0;
                *node(atom.target + 1) = chosen_[i] == 0 ? *node(atom.shared + 1) : in ? 0 : frame_;
            }
        run_steps<OneWord>(plan_.steps.data(), plan_.steps.data() + plan_.steps.size(), planes_.operands, planes_.nodes, planes_.counters);
        const bool can_hold = (*node(plan_.root) & frame_) != 0, can_fail = (*node(plan_.root ^ 1U) & frame_) != 0;
        if (can_hold && can_fail) return Outcome::Open;
        (can_hold ? holds_ : fails_) = true;
        return can_hold ? Outcome::Holds : Outcome::Fails;
    }

    std::vector<PieceSet> possible(const SplitLevel& level) const {
        std::vector<PieceSet> result;
        for (std::size_t i = 0; i < level.classes.size(); ++i)
            if ((planes_.classes[(level.first_class + i) * block_words] & frame_) != 0) result.push_back(level.classes[i]);
        return result;
    }

    /// What is chosen leaves it open.
    bool search() {
        if (++cases_ > most_cases_) return false;
        std::size_t best = chosen_.size();
        std::vector<PieceSet> left, best_left;
        for (std::size_t i = 0; i < chosen_.size() && !done(); ++i) {
            if (chosen_[i] != 0) continue;
            const std::vector<PieceSet> classes = possible(plan_.levels[i]);
            if (classes.size() < 2) continue;
            left.clear();
            for (const PieceSet one : classes) {
                chosen_[i] = one;
                if (evaluate() == Outcome::Open) left.push_back(one);
            }
            chosen_[i] = 0;
            if (best < chosen_.size() && left.size() >= best_left.size()) continue;
            best = i;
            best_left = left;
        }
        if (best == chosen_.size()) holds_ = fails_ = true;  // nothing is read twice
        for (const PieceSet one : best_left) {
            if (done()) break;
            chosen_[best] = one;
            const bool counted = search();
            chosen_[best] = 0;
            if (!counted) return false;
        }
        return true;
    }

    const SplitPlan& plan_;
    const LaneSplit<OneWord>::Planes planes_;
    const std::uint64_t frame_, most_cases_;
    std::vector<PieceSet> chosen_;  ///< of each level; 0: none
    std::uint64_t cases_ = 0;
    bool holds_ = false, fails_ = false;
};

}  // namespace duenotice
