#pragma once
// Words to trees: conditions, terms and periods as rules/LANGUAGE.md gives them. Names stay as they are written; what
// they mean is for rules/type_checker.h. All mistakes of one text come in one run: after a mistake reading goes on at
// the next `and`, `or`, `;` or `)`. Nesting stops at 64 and a text may hold 4,000 conditions and terms.

#include <optional>
#include <string_view>

#include "rules/expression.h"
#include "rules/expression_token.h"
#include "rules/period.h"

namespace duenotice {

inline constexpr int most_expression_depth = 64;
inline constexpr int most_expression_nodes = 4000;

Checked<ConditionPtr> parse_condition(const ExpressionText& text);
Checked<TermPtr> parse_term(const ExpressionText& text);
/// `SELECTION [where test]`, as in `<each>`.
struct SelectionText {
    Selection selection;
    ConditionPtr test;  ///< null: all
};
Checked<SelectionText> parse_selection(const ExpressionText& text);
/// `72 hours`, `1 month`, `5 working days`, `1 year, 2 months and 10 days`; with `before` behind it it runs backward.
/// Empty when the text is no period, is zero or passes 400 years.
std::optional<Period> parse_period(std::string_view text);

}  // namespace duenotice
