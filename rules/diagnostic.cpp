#include "rules/diagnostic.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include <fmt/format.h>

namespace duenotice {

namespace {

bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// A message quotes what it is about, which may be a cell of many megabytes.
constexpr std::size_t longest_message = 8000, kept_at_each_end = 400;

void shorten(std::string& message) {
    if (message.size() <= longest_message) return;
    std::size_t end = kept_at_each_end, begin = message.size() - kept_at_each_end;
    while (end > 0 && !begins_letter(message[end])) --end;
    while (begin < message.size() && !begins_letter(message[begin])) ++begin;
    message.replace(end, begin - end, " ... ");
}

}  // namespace

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
    shorten(diagnostic.message);
    if (diagnostic.severity == Severity::Error) ++errors_;
    if (items_.size() >= limit) {
        ++dropped_;
        // INVARIANT: an error is never dropped in favour of a warning that was stored earlier.
        if (diagnostic.severity != Severity::Error) return not_kept_ = std::move(diagnostic);
        const auto softer = std::find_if(items_.rbegin(), items_.rend(),
                                         [](const Diagnostic& d) { return d.severity != Severity::Error; });
        if (softer == items_.rend()) return not_kept_ = std::move(diagnostic);
        return *softer = std::move(diagnostic);
    }
    return items_.emplace_back(std::move(diagnostic));
}

namespace {

Diagnostic make(Severity severity, std::string code, Span span, std::string message, std::string help) {
    Diagnostic d;
    d.severity = severity;
    d.code = std::move(code);
    d.span = std::move(span);
    d.message = std::move(message);
    d.help = std::move(help);
    return d;
}

}  // namespace

const Diagnostic* Diagnostics::first_error() const {
    const auto found = std::find_if(items_.begin(), items_.end(), [](const Diagnostic& d) { return d.severity == Severity::Error; });
    return found != items_.end() ? &*found : nullptr;
}

Diagnostic& Diagnostics::error(std::string code, Span span, std::string message, std::string help) {
    return add(make(Severity::Error, std::move(code), std::move(span), std::move(message), std::move(help)));
}

Diagnostic& Diagnostics::warning(std::string code, Span span, std::string message, std::string help) {
    return add(make(Severity::Warning, std::move(code), std::move(span), std::move(message), std::move(help)));
}

Diagnostic& Diagnostics::note(std::string code, Span span, std::string message, std::string help) {
    return add(make(Severity::Note, std::move(code), std::move(span), std::move(message), std::move(help)));
}

void Diagnostics::append(const Diagnostics& other) {
    const auto same = [](const Diagnostic& a, const Diagnostic& b) {
        return a.code == b.code && a.span.source == b.span.source && a.span.begin == b.span.begin && a.span.end == b.span.end &&
               a.message == b.message;
    };
    for (const Diagnostic& d : other.items_) {
        const bool known = std::any_of(items_.begin(), items_.end(), [&](const Diagnostic& item) { return same(item, d); });
        if (!known) add(d);
    }
    const std::size_t stored = static_cast<std::size_t>(
        std::count_if(other.items_.begin(), other.items_.end(), [](const Diagnostic& d) { return d.severity == Severity::Error; }));
    errors_ += other.errors_ - stored;
    dropped_ += other.dropped_;
}

void Diagnostics::sort() {
    std::stable_sort(items_.begin(), items_.end(), [](const Diagnostic& a, const Diagnostic& b) {
        const std::string_view a_name = a.span.source ? std::string_view(a.span.source->name()) : std::string_view();
        const std::string_view b_name = b.span.source ? std::string_view(b.span.source->name()) : std::string_view();
        return std::tie(a_name, a.span.begin, a.code, a.message) < std::tie(b_name, b.span.begin, b.code, b.message);
    });
}

namespace {

struct Letter {
    std::size_t bytes = 1;
    bool seemly = false;  ///< no control, no mark of direction that would steer a terminal, and UTF-8
};

Letter first_letter(std::string_view text) {
    const unsigned char c = static_cast<unsigned char>(text[0]);
    if (c < 0x80) return {1, c >= 0x20 && c != 0x7F};
    const std::string_view point = text.substr(0, c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2);
    if (first_invalid_utf8(point) != std::string_view::npos) return {1, false};
    const bool direction = (point >= "\xE2\x80\xA8" && point <= "\xE2\x80\xAE") || (point >= "\xE2\x81\xA0" && point <= "\xE2\x81\xAF");
    return {point.size(), !direction && (c != 0xC2 || point > "\xC2\x9F")};
}

/// A message may quote any text: what is unseemly in it is shown as its bytes, `\x1b`.
std::string shown(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const Letter letter = first_letter(text.substr(i));
        for (const char c : text.substr(i, letter.bytes)) out += letter.seemly ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        i += letter.bytes;
    }
    return out;
}

/// A line of the source in as many columns as it has: one `?` for what is unseemly.
std::string shown_line(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const Letter letter = first_letter(text.substr(i));
        if (letter.seemly) out += text.substr(i, letter.bytes);
        else out += text[i] == '\t' ? ' ' : '?';
        i += letter.bytes;
    }
    return out;
}

std::string place(const Span& span) {
    if (!span.source) return {};
    const LineColumn at = span.source->line_column(span.begin);
    return fmt::format("{}:{}:{}: ", shown(span.source->name()), at.line, at.column);
}

/// A line longer than this is shown in part, from a little before the place. In letters.
constexpr std::size_t longest_line = 200, before_place = 60, shown_part = 160;

std::size_t letters(std::string_view text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter)); }

/// The byte where the letter stands that is `count` letters before `at`.
std::size_t letters_back(std::string_view line, std::size_t at, std::size_t count) {
    while (at > 0 && count > 0)
        if (begins_letter(line[--at])) --count;
    return at;
}

/// The byte where the letter stands that is `count` letters after `at`.
std::size_t letters_on(std::string_view line, std::size_t at, std::size_t count) {
    for (; at < line.size() && count > 0; --count)
        do ++at;
        while (at < line.size() && !begins_letter(line[at]));
    return at;
}

/// Reads the part that is shown only: a file may be one line of many megabytes, with a message for each of its words.
std::string caret_lines(const Span& span) {
    if (!span.source) return {};
    const std::string_view line = span.source->line_at(span.begin);
    const std::size_t start = static_cast<std::size_t>(line.data() - span.source->text().data());
    const std::size_t begin = std::min(span.begin - start, line.size());
    std::size_t from = 0, until = letters_on(line, 0, longest_line);
    if (until < line.size()) {
        from = letters_back(line, begin, before_place);
        until = letters_on(line, from, shown_part);
    }
    const std::size_t end = span.end <= start + line.size() ? std::clamp(span.end - start, begin, until) : begin;
    const std::string_view left = from > 0 ? "..." : "", right = until < line.size() ? "..." : "";
    const std::size_t before = left.size() + letters(shown_line(line.substr(from, begin - from)));
    const std::size_t width = std::max<std::size_t>(letters(shown_line(line.substr(begin, end - begin))), 1);
    return fmt::format("  {}{}{}\n  {}{}\n", left, shown_line(line.substr(from, until - from)), right, std::string(before, ' '), std::string(width, '^'));
}

}  // namespace

std::string print(const Diagnostic& d) {
    const char* severity = d.severity == Severity::Error ? "error" : d.severity == Severity::Warning ? "warning" : "note";
    std::string out = fmt::format("{}{}[{}]: {}\n{}", place(d.span), severity, d.code, shown(d.message), caret_lines(d.span));
    if (!d.suggestion.empty()) out += fmt::format("  did you mean `{}`?\n", shown(d.suggestion));
    if (!d.help.empty()) out += fmt::format("  help: {}\n", shown(d.help));
    for (const auto& [span, words] : d.related) out += fmt::format("  {}{}\n{}", place(span), shown(words), caret_lines(span));
    return out;
}

std::string print(const Diagnostics& diagnostics) {
    std::string out;
    for (const Diagnostic& d : diagnostics.items()) out += print(d);
    if (diagnostics.dropped() > 0) out += fmt::format("{} more messages are not shown\n", diagnostics.dropped());
    return out;
}

}  // namespace duenotice
