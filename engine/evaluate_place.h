#pragma once
// Where comparisons of places and clock times change: which places a law book can tell apart, and at which instants a
// local clock window is entered or left.

#include <vector>

#include "engine/evaluator.h"

namespace duenotice {

/// RuleBook::places and those named here. Sorted.
std::vector<PlaceCode> place_universe(const RuleBook& law, const std::vector<TermPtr>& named);
/// The member of the universe that stands for a code: itself, a part of its country, or any other country.
PlaceCode stand_in(const PlaceCode& code, const std::vector<PlaceCode>& universe);

/// Comparisons of a place or a set of places; `left_at` is where the left side's reads begin in the trace.
Truth compare_place(const Condition& condition, const Frame& frame, const Evaluation& evaluation, const Known& left, std::size_t left_at);

/// Whether a local clock window holds at an instant: [from, until), over midnight when from is later.
bool in_window(const Condition& window, const Zone& zone, std::int64_t instant);
/// `low`, and each instant up to `high` at which the window is entered or left or the local clock is changed.
std::vector<std::int64_t> clock_changes(const Condition& window, const Zone& zone, std::int64_t low, std::int64_t high);

}  // namespace duenotice
