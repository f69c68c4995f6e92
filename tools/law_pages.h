#pragma once
// The pages of `duenotice law`: the list of obligations, one obligation in words, what is covered, what is to come, and
// what differs between two books. Facts and definitions stand by their words; ids only where a person types them.

#include <string>

#include "rules/rulebook.h"

namespace duenotice {

std::string law_list_text(const RuleBook& law);   ///< by law, 80 columns
std::string law_list_plain(const RuleBook& law);  ///< one tab-separated line an obligation
/// One obligation, or the obligations of a law or with that part of an id; empty when nothing fits.
std::string law_show_text(const RuleBook& law, const std::string& id);
std::string law_coverage_text(const RuleBook& law);
/// Law with a date still to come, and proposed law.
std::string law_upcoming_text(const RuleBook& law, Date today);
/// What was added, dropped and changed, changes line by line.
std::string law_diff_text(const RuleBook& before, const RuleBook& after);

}  // namespace duenotice
