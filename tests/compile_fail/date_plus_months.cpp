// A month has no fixed length and every law its own rule for short months: only a counting law adds one to a date.
#include "rules/date.h"
#include "rules/period.h"

using namespace duenotice;

Date due(Date start) {
#ifdef DUENOTICE_BAD_LINE
    return start + Period::of_months(1);  // BAD LINE
#endif
    return start.plus_days(30);
}
