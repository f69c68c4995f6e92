#pragma once
// Recesses: ranges of days of every year in which periods of some laws stand still, or off which their end moves
// (Switzerland, Norway, Türkiye). A range is one of the civil calendar and may run over the turn of the year, or is
// counted from Easter Sunday of the Western churches. Which days they are is data of a counting law; what they do to a
// period says its reading.

#include <optional>
#include <vector>

#include "rules/date.h"

namespace duenotice {

struct Recess {
    bool by_easter = false;
    int from = 0;   ///< month * 100 + day; by Easter: days after Easter Sunday, before it less than nothing
    int until = 0;  ///< the same, included; earlier in the year than `from`: in the next year
};
/// The days of a recess of one year, both included.
struct RecessDays {
    Date from;
    Date until;
};

/// The recess in which a day lies.
std::optional<RecessDays> recess_of(const std::vector<Recess>& recesses, Date day);

}  // namespace duenotice
