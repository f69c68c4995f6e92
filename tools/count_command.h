#pragma once
// `duenotice count`: request lines in, answer lines out, in order; a refused line is answered and the run goes on.

#include <cstdint>
#include <iosfwd>

#include "engine/count_request.h"

namespace duenotice {

/// How the answers are written: JSON lines, those with their derivations, or text for people.
enum class CountForm : std::uint8_t { Lines, Derivations, Text };

/// Answers every line that is not blank. Returns 0, or 1 when at least one line was refused.
int run_count(std::istream& in, std::ostream& out, const CountWorld& world, CountForm form = CountForm::Lines);
/// `count --rules`: the counting laws with their citations, as text or as JSON lines.
int run_count_rules(std::ostream& out, const CountingLaws& laws, bool json);

}  // namespace duenotice
