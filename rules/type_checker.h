#pragma once
// Resolves the names of a parsed condition or term in place and checks types, units and frames. Comparing unlike things
// is an error with both places; a fact that needs more than the frame binds is an error with help. A word after `is`
// becomes a choice or a place by the type of the other side, and `A plus 2 hours` on a duration becomes a sum.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "rules/diagnostic.h"
#include "rules/expression.h"

namespace duenotice {

/// What the rule book knows, as far as conditions may name it. A function that is not set is not asked.
struct Names {
    const Vocabulary* vocabulary = nullptr;
    std::function<std::optional<std::uint32_t>(std::string_view)> definition, presumption, obligation;
    std::function<unsigned(std::uint32_t)> definition_frame, presumption_frame;
    std::function<bool(std::string_view)> is_place;  ///< code or group
    std::function<bool(std::string_view)> is_group;
    std::function<bool(std::string_view)> is_hold_kind, is_counting_law;
    std::function<std::string(std::string_view)> suggest;  ///< nearest definition, presumption or obligation
};

/// `content`: `is known` is allowed, of texts too.
void check_condition(Condition& condition, unsigned bindings, const Names& names, Diagnostics& diagnostics,
                     bool content = false);
/// `wanted`: the type that the place of the term asks for; instants and dates stand for each other.
void check_term(Term& term, std::optional<ValueType> wanted, unsigned bindings, const Names& names,
                Diagnostics& diagnostics);
/// A selection such as that of `<each>`, seen from a frame.
void check_selection(const Selection& selection, unsigned bindings, const Names& names, Diagnostics& diagnostics);
/// The frame inside a selection's `where`.
unsigned inside(const Selection& selection, unsigned bindings);

}  // namespace duenotice
