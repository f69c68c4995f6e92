#include "rules/source_text.h"

#include <algorithm>
#include <cstring>

namespace duenotice {

SourceText::SourceText(std::string name, std::string text, std::uint32_t first_line)
    : name_(std::move(name)), text_(std::move(text)), first_line_(first_line) {
    line_starts_.push_back(0);
    for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) line_starts_.push_back(at + 1);
}

LineColumn SourceText::line_column(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    const std::size_t line = static_cast<std::size_t>(after - line_starts_.begin());
    std::uint32_t column = 1;
    for (std::size_t i = line_starts_[line - 1]; i < offset; ++i) {
        if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U) ++column;
    }
    return {first_line_ + static_cast<std::uint32_t>(line) - 1, column};
}

std::string_view SourceText::line_at(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    const std::size_t begin = *(after - 1);
    std::size_t end = text_.find('\n', begin);
    if (end == std::string::npos) end = text_.size();
    if (end > begin && text_[end - 1] == '\r') --end;
    return std::string_view(text_).substr(begin, end - begin);
}

namespace {

/// Behind the stretches of eight that hold nothing but ASCII and no NUL.
std::size_t after_plain_letters(std::string_view text, std::size_t i) {
    constexpr std::uint64_t high = 0x8080808080808080U, low = 0x0101010101010101U;
    for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
        std::uint64_t letters = 0;
        std::memcpy(&letters, text.data() + i, sizeof letters);
        if ((letters & high) != 0 || ((letters - low) & ~letters & high) != 0) break;
    }
    return i;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    std::size_t i = 0;
    while (i < text.size()) {
        i = after_plain_letters(text, i);
        if (i == text.size()) break;
        const unsigned lead = byte(i);
        if (lead == 0) return i;
        if (lead < 0x80) {
            ++i;
            continue;
        }
        std::size_t more = 0;
        unsigned low = 0x80, high = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            more = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            more = 2;
            if (lead == 0xE0) low = 0xA0;
            if (lead == 0xED) high = 0x9F;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            more = 3;
            if (lead == 0xF0) low = 0x90;
            if (lead == 0xF4) high = 0x8F;
        } else {
            return i;
        }
        if (i + more >= text.size()) return i;
        for (std::size_t k = 1; k <= more; ++k) {
            const unsigned next = byte(i + k);
            if (next < low || next > high) return i;
            low = 0x80;
            high = 0xBF;
        }
        i += more + 1;
    }
    return std::string_view::npos;
}

}  // namespace duenotice
