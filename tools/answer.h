#pragma once
// Answers as people write them, to one statement of incident JSON: `yes`, `240 to 260`, `at least 240`, `about 250`,
// `22:14`, `yesterday 18:05`, `2026-11-20 22:14`, `not yet`, `name, bank_account; not medical`. Empty, `?` and `not known
// yet` leave the fact open.

#include <optional>
#include <string>

#include "engine/zone_set.h"
#include "rules/vocabulary.h"

namespace duenotice {

struct Answer {
    bool open = false;    ///< not known yet: nothing is stated
    std::string json;     ///< the value as incident JSON: `"yes"`, `{"at_least": 240, "at_most": 260}`
    std::string problem;  ///< why it cannot be read, with what would be; empty when it can
};

/// `now` and `zone` read times without a day and days without an offset.
Answer read_answer(const std::string& text, const FactDeclaration& declaration, const Zone& zone, Instant now);
/// What may be answered, for a prompt: `yes or no`, `a number or a range`, the choices.
std::string answer_help(const FactDeclaration& declaration);

}  // namespace duenotice
