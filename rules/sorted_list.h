#pragma once
// Lists that are sorted by the text of a key.

#include <algorithm>
#include <string>
#include <string_view>

namespace duenotice {

inline constexpr auto by_id = [](const auto& item) -> const std::string& { return item.id; };

/// The one whose key is `id`; null when there is none.
template <class List, class Key>
const typename List::value_type* find_in(const List& list, std::string_view id, Key key) {
    const auto found = std::lower_bound(list.begin(), list.end(), id,
                                        [&](const auto& item, std::string_view wanted) { return key(item) < wanted; });
    return found != list.end() && key(*found) == id ? &*found : nullptr;
}

}  // namespace duenotice
