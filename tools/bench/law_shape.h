#pragma once
// The conditions of a real law book as raw conditions, to measure verdicts on their true shape and to judge them.
// Choices, numbers against constants and members of sets become facts of their own; a test over populations (places,
// entities ...) is taken for one member; what compares two facts, counts heads or asks the record becomes one number or
// one yes/no fact, the same words the same fact. Frames are drawn by chance, not read from accounts.

#include <cstdint>

#include "rules/rulebook.h"
#include "tools/bench/workload.h"

namespace duenotice {

struct LawShape {
    Workload workload;          ///< fact 0 is the place; gate: place, and the role of the entity where the law asks it
    std::size_t atoms = 0;      ///< comparisons as written, definitions not inlined
    std::size_t opaque = 0;     ///< of them, taken for a yes/no fact
};

LawShape shape_of(const RuleBook& law, std::uint64_t seed, std::size_t frames, std::uint32_t percent_open);

}  // namespace duenotice
