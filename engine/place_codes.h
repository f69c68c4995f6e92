#pragma once
// Place codes as they may stand in an account: ISO 3166-1 alpha-2 (`DE`) or ISO 3166-2 (`US-TX`). Countries are checked
// against the whole list; parts are checked for the countries whose law differs by part (US, DE, CA, AU) and only by
// form elsewhere. Groups such as `EEA` are for law files.

#include <string>
#include <string_view>

namespace duenotice {

/// People of unknown residence, a row of its own.
inline constexpr std::string_view unknown_residence = "unknown";

bool is_place_code(std::string_view code);
/// One code a place: a territory of the United States has a country code too, and `PR` is `US-PR`, under which its law stands.
std::string one_place_code(std::string_view code);
/// The nearest code, for "did you mean"; empty when none is near.
std::string nearest_place_code(std::string_view code);

}  // namespace duenotice
