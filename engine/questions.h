#pragma once
// Which open fact to ask next: four numbers for each, no weight. The order is (1) the earliest safe instant among
// undetermined duties to which the fact is relevant, (2) duties that every answer settles, (3) duties that some answer
// settles, (4) duties to which it is relevant; ties by vocabulary order and frame.

#include "engine/assessment.h"
#include "engine/evaluator.h"

namespace duenotice {

std::vector<Question> order_questions(const std::vector<Duty>& duties, const Evaluation& evaluation);

/// The lists of relations on which verdicts or limits rest, the most urgent first.
std::vector<RelationQuestion> relation_questions(const std::vector<Duty>& duties, const Incident& incident);

}  // namespace duenotice
