#pragma once
// All escaping of text that goes into an output format. Text never becomes markup, a formula, a header, a control
// sequence of a terminal or a path.

#include <string>
#include <string_view>

namespace duenotice {

/// Text for HTML element content and double-quoted attributes.
std::string escape_html(std::string_view text);
/// RFC 5545 TEXT value: backslash, comma, semicolon, newline.
std::string escape_ical(std::string_view text);
/// One content line folded at 75 octets (never inside a code point), ended with CRLF.
std::string fold_ical(std::string_view line);
/// One CSV field (RFC 4180); a text that a spreadsheet would take for a formula gets an apostrophe in front (ASVS 1.2.10).
std::string escape_csv(std::string_view text);
/// Whether a spreadsheet would take the text for a formula.
bool looks_like_formula(std::string_view text);
/// `_xHHHH_` in cell text would be read as an escape: its underscore is escaped.
std::string escape_cell(std::string_view text);
/// Control characters (but newline and tab) and direction overrides become visible.
std::string escape_terminal(std::string_view text);
/// A file name made of an id: letters, digits, `.`, `_`, `-`, `@` becomes `--`, `/` becomes `_`; anything else is dropped.
std::string file_name(std::string_view id);

}  // namespace duenotice
