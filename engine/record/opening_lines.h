#pragma once
// The contents of one entry as a case file keeps them: a line for each field, in their order, with field, salt and value
// between single spaces and a line feed between lines. Canonical JSON holds no line feed, and neither names nor salts hold
// a space, so that every text of this form is read in one way and gives back its bytes.

#include <string>
#include <string_view>
#include <vector>

#include "engine/record/commitment.h"

namespace duenotice {

std::string opening_lines(const std::vector<Opening>& openings);
/// A line that is not of this form gives an opening without a field, which no entry has.
std::vector<Opening> parse_opening_lines(std::string_view text);

}  // namespace duenotice
