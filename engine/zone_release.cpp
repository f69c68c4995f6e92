#include "engine/zone_release.h"

#include <algorithm>
#include <array>

namespace duenotice {

namespace {

struct ZoneChange {
    std::string_view zone, release;  ///< the first release that has it, or a later one where the release was not looked at alone
    std::int64_t from;               ///< the first instant at which data before it are wrong, 2018 to 2040
};

constexpr std::string_view oldest_compared = "2025b";

// Worked out by reading the zones of releases 2025b and 2026f side by side each half hour of 2018 to 2040; the releases
// as the notes of the releases name them (https://data.iana.org/time-zones/tzdb/NEWS, read as quoted by Debian's tzdata).
constexpr std::array<ZoneChange, 15> known_changes{{
    {"Africa/Casablanca", "2026c", 1789866000},    // Morocco: +00 from 20 September 2026
    {"Africa/El_Aaiun", "2026c", 1789866000},
    {"America/Edmonton", "2026c", 1793520000},     // Alberta: stays on -06 on 1 November 2026
    {"America/Havana", "2026f", 1793509200},       // Cuba: stays on -04 on 1 November 2026
    {"America/Inuvik", "2026e", 1793520000},       // Northwest Territories: stay on -06
    {"America/Rainy_River", "2026e", 1793516400},
    {"America/Vancouver", "2026b", 1793523600},    // British Columbia: stays on -07
    {"America/Winnipeg", "2026e", 1793516400},     // Manitoba: stays on -05
    {"America/Yellowknife", "2026e", 1793520000},
    {"Canada/Central", "2026e", 1793516400},
    {"Canada/Mountain", "2026c", 1793520000},
    {"Canada/Pacific", "2026b", 1793523600},
    {"Cuba", "2026f", 1793509200},
    {"Europe/Chisinau", "2026b", 1648339200},      // Moldova: changes at the hour of the European Union since 2022
    {"Europe/Tiraspol", "2026b", 1648339200},
}};

}  // namespace

bool is_old_zone_release(std::string_view release) { return !release.empty() && release < known_zone_release; }

std::optional<Instant> wrong_from(std::string_view zone, std::string_view release) {
    if (!is_old_zone_release(release)) return {};
    if (release < oldest_compared) return Instant{0};
    const auto found = std::find_if(known_changes.begin(), known_changes.end(), [&](const ZoneChange& change) { return change.zone == zone && release < change.release; });
    if (found == known_changes.end()) return {};
    return Instant{found->from};
}

}  // namespace duenotice
