#pragma once
// What a condition may look at in an account, found from the law book alone: more than it will look at, never less. Two
// accounts that agree in all of it, at one moment, get one answer (engine/shared_answers.h).

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/date.h"
#include "rules/expression.h"
#include "rules/rulebook.h"

namespace duenotice {

/// Lists of frames, as bits.
namespace frames {
inline constexpr unsigned populations = 1, places = 2, links = 4, others = 8;  ///< others: entities, contracts, events, series
}

/// One fact that a condition may look at.
struct FactRead {
    enum class How : std::uint8_t {
        Cells,      ///< in the condition's own frame, alone or the earlier, later or other of several, compared with constants only: where its bounds lie between these is all that counts
        Own,        ///< in the condition's own frame
        Everywhere  ///< in any frame
    };
    /// A constant: the first value on its far side, or the first moment of a day in a zone (empty: that of the frame).
    struct Limit {
        std::int64_t value = 0;
        std::optional<Date> day;
        std::string zone;
    };
    FactId fact = 0;
    How how = How::Cells;
    std::vector<Limit> limits;  ///< Cells
};

struct ConditionReads {
    bool is_all = true;             ///< false: it also looks at what was known when, which stands in no fact
    bool zone = false;              ///< the zone of the frame counts
    unsigned frames = 0;            ///< the lists of frames that it ranges over
    std::set<std::string> counted;  ///< where people are counted: what each place of the account is to that place (engine/memo.h) counts, not which it is
    std::vector<FactRead> facts;    ///< by fact
};

ConditionReads reads_of(const Condition& condition, const RuleBook& law, Instant as_of);

}  // namespace duenotice
