// A day is not a moment: it takes a zone to compare the two.
#include "rules/date.h"
#include "rules/instant.h"

using namespace duenotice;

bool before(Date day, Date other, Instant moment) {
    (void)moment;
#ifdef DUENOTICE_BAD_LINE
    return day < moment;  // BAD LINE
#endif
    return day < other;
}
