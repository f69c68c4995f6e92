#pragma once
// The shipped vocabulary with a law of one duty and four places: enough to read accounts against.

#include <memory>

#include "rules/rulebook.h"

namespace duenotice::test {

const RuleBook& reader_book();

}  // namespace duenotice::test
