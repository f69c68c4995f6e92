#pragma once
// A text taken apart at a character.

#include <string_view>
#include <vector>

namespace duenotice {

/// Views of the text. What ends with the character has no part after it; the empty text has none.
std::vector<std::string_view> text_parts(std::string_view text, char between);

}  // namespace duenotice
