#pragma once
// What tests of approvals, confirmations and decisions have in common: a key of a person, and the decision that takes two.

#include <string>

#include "engine/record/matter_decision.h"
#include "engine/record/signature.h"

namespace duenotice::test {

/// One key for each letter.
inline SigningKey person_key(char letter) { return SigningKey::from_seed(std::string(32, letter)); }

/// To drop a duty that is owed; nobody has signed it yet.
inline MatterDecision dropped_duty() {
    MatterDecision decision;
    decision.what = "drop-duty";
    decision.duty = "eu.gdpr.33-1@shop";
    decision.owed = "owed";
    decision.reasons = "the authority said that it needs no notice";
    decision.look_again_on = "2026-12-01";
    return decision;
}

}  // namespace duenotice::test
