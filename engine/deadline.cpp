#include "engine/deadline.h"

namespace duenotice {

std::string_view name(DeadlineKind kind) {
    switch (kind) {
        case DeadlineKind::DueBy: return "due_by";
        case DeadlineKind::Promptly: return "promptly";
        case DeadlineKind::NotStarted: return "not_started";
        case DeadlineKind::Open: return "open";
        case DeadlineKind::BeyondCalendar: return "beyond_calendar";
    }
    return "open";
}

}  // namespace duenotice
