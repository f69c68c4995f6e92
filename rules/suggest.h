#pragma once
// "Did you mean": the nearest known name within a bounded edit distance.

#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

/// Insertions, deletions, replacements and swaps of neighbours; stops at `limit` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The name nearest to the word, at most a third of its length away; the first in order on ties; empty when none is near.
template <class Names>
std::string nearest(std::string_view word, const Names& names) {
    std::size_t best = word.size() / 3 + 1;
    std::string found;
    for (const auto& name : names) {
        const std::size_t distance = edit_distance(word, name, best);
        if (distance < best || (distance == best && found.empty() && best <= word.size() / 3)) {
            best = distance;
            found = std::string(name);
        }
    }
    return found;
}

}  // namespace duenotice
