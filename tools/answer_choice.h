#pragma once
// Answers to questions with choices: by number, by token, by label or by words of the label that fit one choice only.

#include "tools/answer.h"

namespace duenotice {

/// For Choice, Judgement and Set facts.
Answer read_choice_answer(const std::string& text, const FactDeclaration& declaration);

}  // namespace duenotice
