#pragma once
// What the files of a law book hold, before names are resolved and lists are sorted: the workbench of file_parser,
// checker and compose. Nobody else sees it; a RuleBook is made of it.

#include <string>
#include <vector>

#include "rules/counting_law.h"
#include "rules/jurisdiction.h"
#include "rules/obligation.h"
#include "rules/vocabulary.h"

namespace duenotice {

struct BookParts {
    Vocabulary vocabulary;
    std::vector<Law> laws;
    std::vector<Obligation> obligations;
    std::vector<Definition> definitions;
    std::vector<Presumption> presumptions;
    std::vector<Jurisdiction> jurisdictions;
    std::vector<PlaceGroup> groups;
    std::vector<Authority> authorities;
    CountingLaws counting;
};

}  // namespace duenotice
