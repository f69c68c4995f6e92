#pragma once
// What the recognised holds do to a counted limit. Every hold is laid on both ends of every bound, with the completion of
// the hold that ends soonest on the lower and the one that ends latest on the upper end: the safe instant is never later
// than any completion allows. A hold that begins after a limit has passed does not move it.

#include "engine/limb_count.h"

namespace duenotice {

/// The limb's result after the holds that its law recognises for the duty.
Alternative apply_holds(const Limb& limb, Alternative counted, const LimbContext& context);

}  // namespace duenotice
