#pragma once
// The entry points: assess one incident at one moment, compare two assessments. Pure: same inputs, same answer.

#include <string>
#include <vector>

#include "engine/assessment.h"
#include "engine/verdict.h"

namespace duenotice {

class SharedAnswers;

struct AssessOptions {
    bool explain = true;    ///< open facts, and what `because` says
    bool because = true;    ///< what a verdict rests on
    bool questions = true;  ///< the order in which asking pays
    bool content = true;    ///< the content items of each duty
    bool include_proposed = false;
    const std::vector<bool>* only = nullptr;  ///< of each obligation whether its duties are listed; null: all. What is not covered is then not told
    DecideOptions decide;
    SharedAnswers* shared = nullptr;  ///< for many incidents in a row (engine/shared_answers.h); changes no answer
};

/// The order in which clocks and standings are evaluated; kept in World::order where many incidents are assessed.
std::vector<std::uint32_t> duty_order(const RuleBook& law);
Assessment assess(const World& world, std::shared_ptr<const Incident> incident, const Moment& moment, const AssessOptions& options = {});

}  // namespace duenotice
