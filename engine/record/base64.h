#pragma once
// Base 64 of RFC 4648: the standard alphabet with padding (section 4), and the one for URLs without (section 5). Strict:
// a text is read only when it is what writing the same bytes gives.

#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

std::string base64(std::string_view bytes);
/// Empty when the text has foreign characters, wrong padding or bits left over.
std::optional<std::string> parse_base64(std::string_view text);
/// With `-` and `_`, without padding.
std::string base64url(std::string_view bytes);

}  // namespace duenotice
