#pragma once
// What `explain` shows for one duty beyond the Assessment: the verdict of each part by itself, the tree with each atom's
// answer, and for law engineers the full decision table. Computed on demand.

#include <string>
#include <vector>

#include "engine/assessment.h"

namespace duenotice {

/// One node of the condition as evaluated; children in the order of the law.
struct TraceNode {
    std::string text;     ///< in words of the language
    Truth truth = Truth::Unknown;
    std::string value;    ///< atoms: the fact's value in words
    std::vector<Because> facts;  ///< atoms: each fact that it reads and its value; `needed` stays empty
    std::string citation; ///< definitions and versions
    std::string label;    ///< when, unless, definition id
    Span span;
    std::vector<TraceNode> children;
};

struct DecisionRow {
    std::vector<std::pair<std::string, std::string>> cells;  ///< question, piece
    Truth truth = Truth::Unknown;
};

struct Explanation {
    std::string duty;
    std::vector<TraceNode> parts;        ///< who, when, each unless, modifiers
    std::vector<DecisionRow> decision_table;  ///< only when asked for
    bool table_cut = false;              ///< more than 4,096 rows
};

Explanation explain(const World& world, const Assessment& assessment, const Duty& duty, bool decision_table = false);

/// What changed between two assessments at one as-of; key is the duty id.
struct DutyChange {
    enum class Kind : std::uint8_t { Added, Dropped, Moved, Same, Renamed };
    Kind kind = Kind::Same;
    std::string duty, was;
    std::vector<std::string> what;    ///< `owed: undetermined -> owed`, `safe: ... -> ...`
    std::vector<std::string> causes;  ///< changed facts or law versions, subset-minimal
    std::uint32_t other_causes = 0;
    bool by_time = false;             ///< the old input at the new as-of gives the same
};
std::vector<DutyChange> diff(const World& old_world, const Assessment& old_assessment, const World& new_world,
                             const Assessment& new_assessment);

}  // namespace duenotice
