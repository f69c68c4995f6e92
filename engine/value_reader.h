#pragma once
// The values of facts by type: words to choices, members, places, numbers and times, each an error at its place when it
// is not one. Used by statement_reader only.

#include "engine/statement_reader.h"

namespace duenotice {

class ValueReader {
public:
    ValueReader(const FactDeclaration& declaration, const StatementContext& context) : declaration_(declaration), context_(context) {}

    /// The set of values that the statement leaves; empty after an error.
    std::optional<Known> value(const JsonValue& value) const;             ///< `value`, or a bare value
    std::optional<Known> range(const JsonValue* low, const JsonValue* high) const;       ///< at_least, at_most
    std::optional<Known> between(const JsonValue* from, const JsonValue* until) const;   ///< until excluded
    std::optional<Known> members(const JsonValue* in, const JsonValue* out, bool closed) const;
    std::optional<Known> one_of(const JsonValue& list) const;
    Known not_yet() const;
    Known happened() const;
    /// A number of the fact's type: whole, ppm, minor units, seconds.
    struct Number {
        std::int64_t value = 0;
        std::string currency;
        std::optional<Period> period;
        bool exact = true;  ///< false: a period without a fixed length
    };
    std::optional<Number> number(const JsonValue& value) const;
    std::optional<std::uint32_t> choice(const JsonValue& value) const;

private:
    Known open() const { return Known::open(declaration_); }
    std::nullopt_t wrong(const JsonValue& value, std::string_view expected, std::string help = {}) const;
    const JsonValue* text(const JsonValue& value, std::string_view expected, std::string help = {}) const;
    std::optional<Known> time(const JsonValue& value) const;
    std::optional<Known> places(const JsonValue* in, const JsonValue* out, bool closed) const;
    bool tokens(const JsonValue* list, ChoiceSet& set) const;
    bool codes(const JsonValue* list, std::vector<PlaceCode>& places) const;
    bool is_none(const JsonValue& value) const;

    const FactDeclaration& declaration_;
    const StatementContext& context_;
};

/// A time that is not past as of as-of is an error unless planned; the range ends at as-of.
bool settle_time(Known& known, bool planned, const Span& span, const StatementContext& context);

}  // namespace duenotice
