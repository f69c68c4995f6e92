#include "engine/witness.h"

#include <algorithm>

namespace duenotice {

namespace {

/// Questions asked for one case: a case that is not found soon is left to the split.
constexpr int most_questions = 600, most_questions_an_atom = 80;

class Witness {
public:
    Witness(Residual& residual, std::uint32_t root, Residual::State from) : residual_(residual), root_(root), state_(std::move(from)) {}

    bool found(Truth wanted) { return reach(root_, wanted) && residual_.evaluate(root_, state_, nullptr) == wanted; }

private:
    using Kind = Residual::Kind;

    Truth ask(std::uint32_t node) {
        --left_;
        return residual_.evaluate(node, state_, nullptr);
    }

    /// Narrows the state until the node comes out as wanted; what was narrowed in vain is taken back by who tries another way.
    bool reach(std::uint32_t index, Truth wanted) {
        if (left_ <= 0) return false;
        const Truth truth = ask(index);
        if (truth != Truth::Unknown) return truth == wanted;
        const Residual::Node node = residual_.node(index);
        switch (node.kind) {
            case Kind::Constant: return false;
            case Kind::Not: return reach(residual_.child(node, 0), !wanted);
            case Kind::And: return wanted == Truth::Yes ? all(node, wanted) : one(node, wanted);
            case Kind::Or: return wanted == Truth::Yes ? one(node, wanted) : all(node, wanted);
            case Kind::AtLeast: return enough(node, index, wanted);
            case Kind::Atom: return by_atom(node.atom, index, wanted);
        }
        return false;
    }

    bool all(const Residual::Node& node, Truth wanted) {
        for (std::uint32_t i = 0; i < node.count; ++i)
            if (!reach(residual_.child(node, i), wanted)) return false;
        return true;
    }

    bool one(const Residual::Node& node, Truth wanted) {
        for (std::uint32_t i = 0; i < node.count; ++i)
            if (tried(residual_.child(node, i), wanted)) return true;
        return false;
    }

    bool tried(std::uint32_t index, Truth wanted) {
        const Residual::State before = state_;
        if (reach(index, wanted)) return true;
        state_ = before;
        return false;
    }

    bool enough(const Residual::Node& node, std::uint32_t index, Truth wanted) {
        for (std::uint32_t i = 0; i < node.count; ++i) {
            tried(residual_.child(node, i), wanted);
            if (ask(index) == wanted) return true;
        }
        return false;
    }

    bool by_atom(std::uint32_t atom, std::uint32_t node, Truth wanted) {
        if (const auto column = residual_.table_of(atom)) {
            state_[*column] = residual_.where(atom, wanted, state_[*column]);
            return state_[*column].any();
        }
        for (const Truth tests : {wanted, !wanted}) {
            const Residual::State before = state_;
            for (const std::uint32_t test : residual_.tests_of(atom)) tried(test, tests);
            int questions = most_questions_an_atom;
            if (by_values(node, wanted, questions)) return true;
            state_ = before;
            if (residual_.tests_of(atom).empty()) break;
        }
        return false;
    }

    /// The facts of an atom one after the other, each at the ends of what it can be.
    bool by_values(std::uint32_t node, Truth wanted, int& questions) {
        std::vector<Residual::Reading> reads;
        --questions;
        --left_;
        const Truth truth = residual_.evaluate(node, state_, &reads);
        if (truth != Truth::Unknown) return truth == wanted;
        for (const Residual::Reading& read : reads) {
            if (read.column >= residual_.columns()) continue;
            std::vector<PieceBits> values = residual_.values(read.column);
            std::erase_if(values, [&](const PieceBits& value) { return !state_[read.column].has(value) || value == state_[read.column]; });
            if (values.empty()) continue;
            const PieceBits before = state_[read.column];
            for (const PieceBits& value : values) {
                if (questions <= 0 || left_ <= 0) break;
                state_[read.column] = value;
                if (by_values(node, wanted, questions)) return true;
            }
            state_[read.column] = before;
            return false;
        }
        return false;
    }

    Residual& residual_;
    std::uint32_t root_;
    Residual::State state_;
    int left_ = most_questions;
};

}  // namespace

bool comes_out_both_ways(Residual& residual, std::uint32_t node, const Residual::State& from) {
    return Witness(residual, node, from).found(Truth::Yes) && Witness(residual, node, from).found(Truth::No);
}

}  // namespace duenotice
