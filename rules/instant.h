#pragma once
// An instant on the UTC time line in whole seconds (leap seconds do not exist here, as in POSIX time).
// Local time always goes through a Zone (engine/zone_set.h); an Instant never knows a zone.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

inline constexpr std::int64_t hour_seconds = 3600, day_seconds = 24 * hour_seconds;

struct Instant {
    std::int64_t seconds = 0;  ///< since 1970-01-01T00:00:00Z
    friend constexpr auto operator<=>(Instant, Instant) = default;
    constexpr Instant plus_seconds(std::int64_t s) const { return {seconds + s}; }
};

/// `YYYY-MM-DDTHH:MM[:SS]` followed by `Z` or `+HH:MM`; an offset is required. Years 1400-9999. 24:00 and :60 are refused.
std::optional<Instant> parse_instant(std::string_view text);
/// `YYYY-MM-DDTHH:MM:SSZ`.
std::string iso_utc(Instant instant);

}  // namespace duenotice
