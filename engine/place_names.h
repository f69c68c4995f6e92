#pragma once
// Places by the names that people use: `Ohio`, `South Korea`, `Bayern`, `D.C.`, to codes of ISO 3166 and back. Case,
// accents, dots and a leading "the" do not count. One name of two places (`Georgia`) gives both: the asker decides.
// Parts are named for the countries whose law differs by part (place_codes.h) and for the United Kingdom.

#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

/// `Ohio` of `US-OH`; the code itself where no name is on file.
std::string place_name(std::string_view code);
/// The codes that the text names, sorted: a code in capitals (`US-OH`; `us-oh` too), or a name. Empty: none.
std::vector<std::string> places_named(std::string_view text);
/// As above, but of this country only, where `OH` is a part: `places_named_in("US", "OH")` is `US-OH`.
std::vector<std::string> places_named_in(std::string_view country, std::string_view text);
/// The nearest name of a place for "did you mean", of this country when it is not empty; empty when none is near.
std::string nearest_place_name(std::string_view text, std::string_view country = {});

}  // namespace duenotice
