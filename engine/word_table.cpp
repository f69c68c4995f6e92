#include "engine/word_table.h"

#include <algorithm>

namespace duenotice {

namespace {

constexpr std::size_t head = 3, first_slots = 1024;

std::uint32_t hash_of(std::span<const std::uint32_t> list) {
    std::uint64_t hash = list.size();
    for (const std::uint32_t word : list) hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL ^ (hash >> 32U);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

}  // namespace

std::size_t WordTable::place(std::span<const std::uint32_t> list) {
    if (2 * used_ >= slots_.size()) grow();
    const std::uint32_t hash = hash_of(list);
    std::size_t slot = hash & (slots_.size() - 1);
    for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
        const std::size_t at = slots_[slot] - 1;
        if (words_[at + 1] == hash && words_[at + 2] == list.size() && std::equal(list.begin(), list.end(), words_.begin() + static_cast<std::ptrdiff_t>(at + head))) return at;
    }
    const std::size_t at = words_.size();
    slots_[slot] = static_cast<std::uint32_t>(at + 1);
    ++used_;
    words_.push_back(0);
    words_.push_back(hash);
    words_.push_back(static_cast<std::uint32_t>(list.size()));
    words_.insert(words_.end(), list.begin(), list.end());
    return at;
}

void WordTable::grow() {
    slots_.assign(std::max(first_slots, 2 * slots_.size()), 0);
    for (std::size_t at = 0; at < words_.size(); at += head + words_[at + 2]) {
        std::size_t slot = words_[at + 1] & (slots_.size() - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = static_cast<std::uint32_t>(at + 1);
    }
}

void WordTable::clear() {
    words_.clear();
    slots_.clear();
    used_ = 0;
}

}  // namespace duenotice
