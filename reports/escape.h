#pragma once
// All escaping of text that goes into an output format.

#include <string>
#include <string_view>

namespace duenotice {

/// Text for HTML element content and double-quoted attributes.
std::string escape_html(std::string_view text);

}  // namespace duenotice
