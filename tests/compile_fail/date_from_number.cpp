// A day number becomes a date only where it is said to be one.
#include "rules/date.h"

using namespace duenotice;

Date epoch() {
#ifdef DUENOTICE_BAD_LINE
    return 0;  // BAD LINE
#endif
    return Date::from_days(0);
}
