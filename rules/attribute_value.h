#pragma once
// The small values that stand in attributes of law files, exact or refused: ids, times of day, windows, numbers, names
// of zones, codes of places. Dates, instants and periods have their own files.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duenotice {

/// Words between blanks.
std::vector<std::string> split_words(std::string_view text);
/// Words with single blanks between them and none around.
std::string single_blanks(std::string_view text);
/// Letters, digits, `.`, `_`, `-`; no dot at either end or twice in a row; at most 96 letters.
bool is_law_id(std::string_view text);
/// By shape: ISO 3166-1 alpha-2 or ISO 3166-2.
bool has_place_shape(std::string_view text);
/// By shape: `UTC` or `Area/City`.
bool is_zone_name(std::string_view text);
/// Digits only.
std::optional<int> parse_number(std::string_view text, int low, int high);
/// `HH:MM` in seconds of the day; 24:00 only when `end_of_day`.
std::optional<int> parse_time_of_day(std::string_view text, bool end_of_day = false);
/// `07:00-16:00` in seconds of the day, the end after the begin.
std::optional<std::pair<int, int>> parse_window(std::string_view text);

}  // namespace duenotice
