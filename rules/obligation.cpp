#include "rules/obligation.h"

namespace duenotice {

std::string_view name(Act act) {
    constexpr std::string_view names[] = {"tell", "assess", "decide", "ask-leave", "record", "keep", "offer", "publish", "update", "withdraw", "tell-not-told"};
    return names[static_cast<std::size_t>(act)];
}
std::string_view name(Modality modality) {
    constexpr std::string_view names[] = {"must", "should", "may", "must-not"};
    return names[static_cast<std::size_t>(modality)];
}
std::string_view name(ModifierKind kind) {
    constexpr std::string_view names[] = {"displaced", "suspended", "prohibited", "delegated"};
    return names[static_cast<std::size_t>(kind)];
}
std::string_view name(ExceptionEffect effect) {
    constexpr std::string_view names[] = {"bars", "replaces", "frees", "carries"};
    return names[static_cast<std::size_t>(effect)];
}
std::string_view name(ItemMode mode) {
    constexpr std::string_view names[] = {"mandatory", "conditional", "if-available", "forbidden", "heading"};
    return names[static_cast<std::size_t>(mode)];
}

}  // namespace duenotice
