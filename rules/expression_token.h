#pragma once
// The words of a condition or term: how its text falls into words, numbers, dates and marks, each with its place.
// There are no escapes and no quotes, so that a place in the text is a place in the file. Signs that other languages
// use (`>=`, `&&`) are refused with the words to write and then read as those words, so that one slip gives one
// message.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"
#include "rules/source_text.h"

namespace duenotice {

/// The text of one condition or term and where it stands. `place` maps a byte range of `text` to a place of the file;
/// without it the text is the whole source.
struct ExpressionText {
    SourcePtr source;
    std::string_view text;
    std::function<Span(std::size_t, std::size_t)> place;

    Span span(std::size_t begin, std::size_t end) const { return place ? place(begin, end) : Span{source, begin, end}; }
};

struct ExpressionToken {
    enum class Kind : std::uint8_t {
        Word,
        Number,
        Date,
        Instant,
        ClockTime,
        Percent,
        Open,
        Close,
        Semicolon,
        Comma,
        End
    };
    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
    Kind kind = Kind::End;
    bool language_word = false;      ///< Word: is_language_word(text)
    std::uint32_t begin = 0, end = 0;  ///< bytes of the text
    std::uint32_t partner = none;    ///< Open: position of its Close; none when it is never closed
    std::string_view text;
};

/// Always ends with one End token; mistakes are added and the text is read on.
std::vector<ExpressionToken> read_tokens(const ExpressionText& text, Diagnostics& diagnostics);

/// Words with a meaning of their own; a definition, presumption or obligation may not be called so.
bool is_language_word(std::string_view word);
/// Words that can never be read as a value after `is`; a choice may not be called so.
bool is_reserved_choice(std::string_view word);

}  // namespace duenotice
