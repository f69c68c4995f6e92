#pragma once
// Letters, digits and blanks of ASCII, whatever the locale.

#include <algorithm>
#include <string_view>

namespace duenotice {

constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

}  // namespace duenotice
