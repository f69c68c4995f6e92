#pragma once
// Composes the whole condition of an obligation from its parts: versions or-ed, each with its dates, who, when and the
// exceptions that bar; readings multiply. Evaluation reads only these trees. Nobody changes them, so that the trees of a
// book share what they have in common.

#include "rules/book_parts.h"
#include "rules/rulebook.h"

namespace duenotice {

class Composer {
public:
    Composer(const Vocabulary& vocabulary, bool include_proposed);

    /// `zone` is that of the law's place (empty: the frame's).
    CompiledObligation compose(const Obligation& obligation, const std::string& zone) const;

private:
    ConditionPtr affected_;  ///< `entity.affected is yes`; null when there is no such fact
    TermPtr detected_;       ///< the default relevant fact; null when there is no such fact
    bool include_proposed_;
};

}  // namespace duenotice
