#pragma once
// Composes the whole condition of an obligation from its parts: versions or-ed, each with its dates, who, when and the
// exceptions that bar; readings multiply. Evaluation reads only these trees.

#include "rules/book_parts.h"
#include "rules/rulebook.h"

namespace duenotice {

/// `detected` is the default relevant fact; `zone` that of the law's place (empty: the frame's).
CompiledObligation compose(const Obligation& obligation, const Vocabulary& vocabulary, const std::string& zone,
                           bool include_proposed);

}  // namespace duenotice
