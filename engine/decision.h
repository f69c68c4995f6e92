#pragma once
// What was decided about one condition, and the facts it rests on: plain values, for the assessment and all that is
// made of it. How a decision is reached stands in engine/verdict.h.

#include <compare>
#include <cstdint>
#include <string>

#include "engine/frame.h"
#include "engine/knowledge.h"
#include "rules/source_text.h"

namespace duenotice {

enum class Verdict : std::uint8_t { NotOwed, Undetermined, Owed };
constexpr Verdict verdict_of(Truth t) { return static_cast<Verdict>(t); }

enum class DecidedBy : std::uint8_t { Gate, Tree, Split };

struct Decision {
    Truth truth = Truth::Unknown;
    bool exact = true;
    std::string why_inexact;
    DecidedBy by = DecidedBy::Tree;
    std::uint32_t splits = 0;
};

/// Entities that may have a relation to this one and are not listed.
struct OpenRelation {
    std::string relation;
    std::int32_t entity = -1;
    friend auto operator<=>(const OpenRelation&, const OpenRelation&) = default;
};

/// A known fact and the constraint the law needs of it ("at least 500" where the value is 700).
struct Because {
    GroundFact ground;
    std::string needed;  ///< as the law needs it
    std::string value;   ///< as stated
    Span law;            ///< the atom
};

}  // namespace duenotice
