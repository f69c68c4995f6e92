#pragma once
// Answers as people write them, to one statement of incident JSON: `yes`, `between 2 and 5 thousand`, `about 250`,
// `last night around 11`, `2026-11-20 22:14`, `not yet`, `name, bank account, not medical`, `Germany and Texas`. Empty,
// `?` and `not known yet` leave the fact open. Every answer comes back in words too, as it was understood.

#include <string>

#include "rules/vocabulary.h"
#include "tools/spoken_moment.h"

namespace duenotice {

struct Answer {
    bool open = false;    ///< not known yet
    std::string json;     ///< the statement as incident JSON: `"yes"`, `{"at_least": 240}`; open: empty, or that it was asked
    std::string words;    ///< what was understood, for people
    std::string problem;  ///< why it cannot be read, with what would be; empty when it can
};

/// The clock reads times without a day or an offset.
Answer read_answer(const std::string& text, const FactDeclaration& declaration, const AnswerClock& clock);
/// What may be answered, in a few words for a prompt: `yes or no`, `a number or a range`.
std::string answer_help(const FactDeclaration& declaration);
/// The ways of answering with an example each, for `?`.
std::string answer_examples(const FactDeclaration& declaration);
/// The choices with their numbers in as many columns as fit; empty when the type has none.
std::string choice_list(const FactDeclaration& declaration);

}  // namespace duenotice
