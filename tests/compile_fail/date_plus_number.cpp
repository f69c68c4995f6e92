// A bare number has no unit.
#include "rules/date.h"

using namespace duenotice;

Date due(Date start) {
#ifdef DUENOTICE_BAD_LINE
    return start + 30;  // BAD LINE
#endif
    return start.plus_days(30);
}
