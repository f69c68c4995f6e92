#pragma once
// All escaping of text that goes into an output format. Text never becomes markup, a formula, a header, a control
// sequence of a terminal or a path. Input is UTF-8 as the readers let it in; what a format cannot hold becomes U+FFFD.

#include <string>
#include <string_view>

namespace duenotice {

/// Text for HTML element content and double-quoted attributes.
std::string escape_html(std::string_view text);
/// Text for XML 1.0 element content.
std::string escape_xml(std::string_view text);
/// Text for a quoted XML 1.0 attribute: line ends and tabs survive the reader's normalisation.
std::string escape_xml_attribute(std::string_view text);
/// RFC 5545 TEXT value: backslash, comma, semicolon, newline.
std::string escape_ical(std::string_view text);
/// One content line folded at 75 octets (never inside a code point), ended with CRLF; line ends inside are dropped.
std::string fold_ical(std::string_view line);
/// One CSV field (RFC 4180); a text that a spreadsheet would take for a formula gets an apostrophe in front (ASVS
/// 1.2.10), also when it already begins with apostrophes, so that taking one away gives the text back.
std::string escape_csv(std::string_view text);
/// Whether a spreadsheet would take the text for a formula.
bool looks_like_formula(std::string_view text);
/// `_xHHHH_` in cell text would be read as an escape: its underscore is escaped. U+FFFE and U+FFFF become such an escape.
std::string escape_cell(std::string_view text);
/// Control characters (but newline and tab), direction marks and invisible characters become visible.
std::string escape_terminal(std::string_view text);
/// A file name made of an id: letters, digits, `.`, `_`, `-`; `@` becomes `--`, `/` becomes `+`, the rest `=` and hex.
/// Different ids have different names, none has more than 200 bytes, none is reserved, hidden or a path.
std::string file_name(std::string_view id);

}  // namespace duenotice
