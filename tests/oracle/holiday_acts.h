#pragma once
// Days off worked out from what acts say (tests/tables/holiday_acts.csv, whose head tells the form), by nothing of the engine but its dates.

#include <string>
#include <vector>

#include "rules/date.h"

namespace duenotice::test {

struct ActYear {
    std::string calendar;
    int year = 0;
    std::vector<Date> off;  ///< weekdays, in order
    std::string act;
};
std::vector<ActYear> years_of_holiday_acts();

}  // namespace duenotice::test
