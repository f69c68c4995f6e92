#pragma once
// Names that a reader takes for each other and that are two: `раураl` and `paypal`, `INC-10` and `INC-1O`, `soc` and
// `s0c`. Whoever grants, approves or tells by such a name may do it to somebody else, so that a new name which looks like
// one that is on record is said when it is made, with the letters that differ. It is never refused: two people may be
// called alike.
//
// Alike is what Unicode calls confusable (UTS #39, by the tables of ICU), also when only capitals, invisible characters or
// the width of spaces tell the names apart. Names that are the same, letter by letter, are one.

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/case_file.h"

namespace duenotice {

struct Lookalike {
    std::string name, other;
    std::string letters;  ///< `о` U+043E CYRILLIC SMALL LETTER O for `o` U+006F LATIN SMALL LETTER O
};
/// Those of `others` that look like `name` and are not it; names are UTF-8.
std::vector<Lookalike> lookalikes(std::string_view name, const std::set<std::string>& others);

/// Names that `made` brings, with those on record, or brought beside them, that look like them. Compared are accounts and
/// persons; who is told or asks; ids of one list of the account; holds.
std::vector<Lookalike> new_lookalikes(std::span<const Entry> made, const std::vector<RecordedEntry>& entries);

}  // namespace duenotice
