#pragma once
// Resolves the names of a parsed condition or term in place and checks types, units and frames. Comparing unlike things
// is an error with both places; a fact that needs more than the frame binds is an error with help.

#include <functional>
#include <optional>
#include <string_view>

#include "rules/diagnostic.h"
#include "rules/expression.h"

namespace duenotice {

/// What the rule book knows, as far as conditions may name it.
struct Names {
    const Vocabulary* vocabulary = nullptr;
    std::function<std::optional<std::uint32_t>(std::string_view)> definition, presumption, obligation;
    std::function<unsigned(std::uint32_t)> definition_frame, presumption_frame;
    std::function<bool(std::string_view)> is_place;  ///< code or group
    std::function<bool(std::string_view)> is_hold_kind, is_counting_law;
    std::function<std::string(std::string_view)> suggest;  ///< nearest definition, presumption or obligation
};

/// `content`: `is known` is allowed.
void check_condition(Condition& condition, unsigned bindings, const Names& names, Diagnostics& diagnostics, bool content = false);
/// `wanted`: the type that the place of the term asks for; instants and dates stand for each other.
void check_term(Term& term, std::optional<ValueType> wanted, unsigned bindings, const Names& names, Diagnostics& diagnostics);
/// The frame inside a selection's `where`.
unsigned inside(const Selection& selection, unsigned bindings);

}  // namespace duenotice
