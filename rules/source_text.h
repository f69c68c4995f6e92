#pragma once
// A named text from outside (a law file, an incident, a request line) and places in it.
// Offsets are bytes; lines and columns are counted from 1, columns in code points.
// The text is checked to be UTF-8 by whoever reads it (xml_reader, json_reader), not here.
// One line of a long file (JSONL) is a text of its own that knows which line of the file it was.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

struct LineColumn {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// A named text with an index of its lines; cheap to share, never changed.
class SourceText {
public:
    SourceText(std::string name, std::string text, std::uint32_t first_line = 1);

    const std::string& name() const { return name_; }
    std::string_view text() const { return text_; }

    /// Line and column (code points) of a byte offset; offsets past the end give the end.
    LineColumn line_column(std::size_t offset) const;
    /// The whole line (without its end) that holds the offset.
    std::string_view line_at(std::size_t offset) const;

private:
    std::string name_;
    std::string text_;
    std::uint32_t first_line_;
    std::vector<std::size_t> line_starts_;
};

using SourcePtr = std::shared_ptr<const SourceText>;

/// A half-open byte range of one source; a default Span has no source and prints no place.
struct Span {
    SourcePtr source;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// First offset that is not valid UTF-8 (or is NUL), or npos.
std::size_t first_invalid_utf8(std::string_view text);

}  // namespace duenotice
