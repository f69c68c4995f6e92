#pragma once
// What the product says to the author of a law file or an incident: every mistake of a run, each with its place,
// a stable code and help. A mistake is a value and never an exception; Checked<T> is a T or the mistakes.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/source_text.h"

namespace duenotice {

enum class Severity { Error, Warning, Note };

/// One message. `code` is stable (`DN0123`); `message` starts in lower case, has user text in backticks and no full stop.
struct Diagnostic {
    Severity severity = Severity::Error;
    std::string code;
    Span span;
    std::string message;
    std::string help;        ///< what to do; may be empty
    std::string suggestion;  ///< "did you mean `x`?" name; may be empty
    std::vector<std::pair<Span, std::string>> related;  ///< other places, each with a few words
};

/// Collects diagnostics up to a named limit; past it only counts.
class Diagnostics {
public:
    static constexpr std::size_t limit = 200;

    /// The stored message; past the limit one that is not kept, so that what is set on it is lost with it.
    Diagnostic& add(Diagnostic diagnostic);
    Diagnostic& error(std::string code, Span span, std::string message, std::string help = {});
    Diagnostic& warning(std::string code, Span span, std::string message, std::string help = {});
    Diagnostic& note(std::string code, Span span, std::string message, std::string help = {});
    /// A message that is there already (same code, place and words) is not repeated.
    void append(const Diagnostics& other);

    bool has_errors() const { return errors_ > 0; }
    std::size_t error_count() const { return errors_; }
    /// Null when there is none.
    const Diagnostic* first_error() const;
    const std::vector<Diagnostic>& items() const { return items_; }
    std::size_t dropped() const { return dropped_; }
    /// Sorts by source name, offset, code; call before printing.
    void sort();

private:
    std::vector<Diagnostic> items_;
    Diagnostic not_kept_;
    std::size_t errors_ = 0;
    std::size_t dropped_ = 0;
};

/// `file:line:column: error[DN0123]: message`, the source line, a caret line, `help:` and `did you mean`.
std::string print(const Diagnostic& diagnostic);
std::string print(const Diagnostics& diagnostics);

/// A value with warnings, or no value and at least one error.
template <class T>
struct Checked {
    std::optional<T> value;
    Diagnostics diagnostics;

    explicit operator bool() const { return value.has_value(); }
    T& operator*() { return *value; }
    const T& operator*() const { return *value; }
    T* operator->() { return &*value; }
    const T* operator->() const { return &*value; }
};

}  // namespace duenotice
