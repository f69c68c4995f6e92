#pragma once
// Conditions and terms of tests as text, read and checked against the vocabulary that ships.

#include <string>

#include "rules/expression_parser.h"
#include "rules/type_checker.h"

namespace duenotice::test {

/// The vocabulary of jurisdictions/_shared, read once.
const Vocabulary& shipped_vocabulary();
/// Names of a small book: definitions `us.tx.sensitive` (population) and `eu.dora.criterion` (entity), presumption
/// `us.hipaa.compromised` (population), obligation `eu.gdpr.33`, groups EU and EEA, holds of kind `police_request`,
/// counting laws `plain` and `eu.1182-71`; places are all codes in capitals.
Names small_book();
ExpressionText whole_text(const std::string& text);

/// All messages of reading, or of checking when it could be read, as printed.
std::string condition_mistakes(const std::string& text, unsigned bindings = ~0U, bool content = false);
std::string term_mistakes(const std::string& text, std::optional<ValueType> wanted = {}, unsigned bindings = ~0U);

}  // namespace duenotice::test
