#pragma once
// One answer of `duenotice count` for people, at most 80 columns: the ends, what law, calendar and zone they rest on, and
// for each reading how it was counted, one step a line.

#include <string>
#include <string_view>

#include "engine/counting.h"

namespace duenotice {

/// `tzdata` is the release of the zone data.
std::string count_answer_text(std::string_view id, const CountRequest& request, const CountResult& result, std::string_view tzdata);
std::string count_error_text(std::string_view id, std::string_view code, std::string_view message);

}  // namespace duenotice
