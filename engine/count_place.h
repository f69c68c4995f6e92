#pragma once
// Whose calendar and clock a limb is counted by: the place that its clock names, else that of the duty's frame, else that
// of the law. What is not known yet is told apart from what is known and not on file.

#include "engine/limb_count.h"

namespace duenotice {

/// Where the limb's days are counted.
struct CountPlace {
    const Zone* zone = nullptr;
    const Calendar* calendar = nullptr;
    std::string calendar_id;
    std::string why_not;  ///< the place is open, or its calendar or zone is not on file
    bool open = false;           ///< not known yet: the place, or the fact that names the calendar
    std::vector<std::string> questions;
};

CountPlace count_place(const Limb& limb, const LimbContext& context);

}  // namespace duenotice
