#pragma once
// Deadlines as calendar entries (RFC 5545) with alarms; stable UIDs by duty; no recipient, people, cause or data kind in a
// title. A duty that is done or no longer owed is CANCELLED, never silently removed.

#include <string>

#include "reports/wording.h"

namespace duenotice {

std::string deadlines_ics(const ReportContext& context);
/// The VEVENTs of one assessment, for a calendar that holds several.
std::string deadline_events(const ReportContext& context);
std::string ics_calendar(const std::string& events);

}  // namespace duenotice
