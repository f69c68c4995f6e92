#pragma once
// The time zones of the machine that runs the tests, read once.

#include "engine/zone_set.h"

namespace duenotice::test {

const ZoneSet& system_zones();
/// Stops the test when the machine has no such zone.
const Zone& zone(std::string_view name);
/// Every TZif file under the system's folder.
std::vector<ZoneSource> system_zone_files();

}  // namespace duenotice::test
