// Unknown is neither yes nor no: whoever asks must say which it counts as.
#include "engine/knowledge.h"

using namespace duenotice;

bool owed(Truth truth) {
#ifdef DUENOTICE_BAD_LINE
    if (truth) return true;  // BAD LINE
#endif
    return truth == Truth::Yes;
}
