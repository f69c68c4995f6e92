#pragma once
// What a count rests on, whole: the offsets of the zones between its start and its end, and every day of the calendar
// that it looked at. With the request and the parameters of the law's readings somebody can count again by hand or with
// another program and needs neither this one nor its data (tools/verify_derivation.py does). Steps (engine/counting.h)
// say what was done; a derivation says on what. It is made on demand and costs nothing to who does not ask.

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/counting.h"

namespace duenotice {

struct OffsetChange {
    Instant at;
    std::int32_t offset = 0;  ///< from then on, seconds east of UTC
};
/// The offsets of a zone in [from, until]: `offset` from the beginning, then each change.
struct ZoneUse {
    std::string_view zone;
    Instant from;
    Instant until;
    std::int32_t offset = 0;
    std::vector<OffsetChange> changes;
};
/// One day of the calendar as it stands there; a working day has no flag.
struct DerivationDay {
    Date day;
    bool weekend = false;
    bool holiday = false;
    bool estimated = false;
    std::string_view name;  ///< of the holiday, the half day or the day worked in spite of it
};
struct Derivation {
    std::string_view tzdata;     ///< release of the zone data
    std::vector<ZoneUse> zones;  ///< that of the request; then the one whose clock closes the day, where it is another
    std::vector<DerivationDay> days;  ///< in order; empty when no reading asks a calendar
    bool days_cut = false;            ///< there were more than `most_days`: the later ones are left out
    static constexpr std::size_t most_days = 30000;
};

/// For a result that is Ok, of the request that gave it, with the release of its zones. Points into all three.
Derivation derive(const CountRequest& request, const CountResult& result, std::string_view tzdata);

}  // namespace duenotice
