#pragma once
// Which zone data are too old. Governments move their clocks at short notice; data of an earlier release then give wrong
// instants for the places concerned, and nothing in the data says so.

#include <optional>
#include <string_view>

#include "rules/instant.h"

namespace duenotice {

/// The newest release of the IANA time zone database that was looked at.
inline constexpr std::string_view known_zone_release = "2026f";

/// Whether data of this release lack what the newest one knows; a release that is not known (empty) is not called old.
bool is_old_zone_release(std::string_view release);
/// From when on data of this release are wrong for a zone; nothing when they are not. Releases before 2025b were not
/// compared: with these any zone may be wrong at any time.
std::optional<Instant> wrong_from(std::string_view zone, std::string_view release);

}  // namespace duenotice
