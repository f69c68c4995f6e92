#pragma once
// The answers of `duenotice count` as JSON lines, and the list of counting laws that `count --rules` prints. The same
// result gives the same bytes.

#include <string>
#include <string_view>

#include "engine/counting.h"
#include "engine/derivation.h"
#include "engine/recount.h"
#include "rules/counting_law.h"

namespace duenotice {

/// One answer line without its line end: `id`, `end_utc` (the safe end), `maximum_utc` where it differs, `last_day`,
/// `bounds` where the start is open, `estimated` where it is so, `readings` where there are several, `steps`; and
/// `derivation`, where it is given, with all that is needed to count again.
std::string count_answer_line(std::string_view id, bool id_is_number, const CountRequest& request,
                              const CountResult& result, const Derivation* derivation = nullptr);
/// The same line for a limit of a duty, counted again, and `limit`: which, where it lies, and whether something moved it
/// after the count.
std::string recount_line(const Recount& recount);
/// One refused line: `id` (null when it could not be read) and `error` with `code` and `message`.
std::string count_error_line(std::string_view id, bool id_is_number, std::string_view code, std::string_view message);

/// Every counting law with its readings and citations, for people.
std::string counting_laws_text(const CountingLaws& laws);
/// The same as one JSON object a line.
std::string counting_laws_json_lines(const CountingLaws& laws);

}  // namespace duenotice
