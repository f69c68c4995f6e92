// Whether reading succeeded is a question to be asked, not a number that slips through.
#include "rules/date.h"
#include "rules/diagnostic.h"

using namespace duenotice;

bool read(const Checked<Date>& checked) {
#ifdef DUENOTICE_BAD_LINE
    return checked;  // BAD LINE
#endif
    return checked.value.has_value();
}
