#pragma once
// The map of the law book: places by fields of law, with what is on file in each: encoded (worst reading grade, oldest
// reading), encoded at a wider place that binds there, only proposed, knowingly left out, or not looked at.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/rulebook.h"

namespace duenotice {

struct CoverageCell {
    enum class State { NotLookedAt, KnownOmission, Proposed, Wider, Encoded };
    State state = State::NotLookedAt;
    char grade = ' ';             ///< the worst of the versions in force
    std::map<char, std::size_t> grades;  ///< how many of them have which
    std::optional<Date> checked;  ///< the oldest of them
    std::vector<std::string> laws;
    std::string wider;            ///< the place whose law it is
    std::vector<std::string> left_out;  ///< known omissions of this field, also where law is encoded
};

struct CoverageRow {
    std::string code, title;
    std::vector<CoverageCell> cells;  ///< parallel to Coverage::regimes
};

struct Coverage {
    std::vector<std::string> regimes;
    std::vector<CoverageRow> rows;              ///< places by code
    std::vector<std::string> without_regime;    ///< laws of a place that do not say theirs
    std::vector<std::string> own;               ///< packs: own promises and rules
};

Coverage coverage_of(const RuleBook& law);
std::string_view regime_words(std::string_view regime);
/// At most 80 columns.
std::string coverage_text(const Coverage& coverage);
/// A page that stands alone and prints; words say what colours say.
std::string coverage_html(const Coverage& coverage, const RuleBook& law);

}  // namespace duenotice
