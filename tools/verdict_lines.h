#pragma once
// What a verifier found, line by line.

#include <iosfwd>

#include "engine/record/record_verifier.h"

namespace duenotice {

void print_findings(const std::vector<Finding>& findings, std::ostream& out);

/// The signatures of persons: those that are wrong, those that cannot be judged, how many hold. Nothing where nobody signed.
void print_signatures(const SignatureVerdict& signatures, std::ostream& out);
/// False, with the line that ends a verdict, where one is wrong.
bool signatures_hold(const SignatureVerdict& signatures, std::ostream& out);

}  // namespace duenotice
