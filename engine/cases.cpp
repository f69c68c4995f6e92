#include "engine/cases.h"

#include <algorithm>

namespace duenotice {

namespace {

constexpr std::uint64_t mixed(std::uint64_t seed, std::int64_t part) {
    seed = (seed ^ static_cast<std::uint64_t>(part)) * 0x9e3779b97f4a7c15ULL;
    return seed ^ (seed >> 29U);
}

std::uint64_t mixed(const GroundFact& ground) {
    std::uint64_t result = mixed(1, ground.fact);
    const Frame& frame = ground.frame;
    for (const std::int32_t part : {frame.entity, frame.population, frame.place, frame.contract, frame.event, frame.series, frame.member}) result = mixed(result, part);
    return result;
}

template <class Entries>
auto position(Entries& entries, const GroundFact& ground) {
    return std::lower_bound(entries.begin(), entries.end(), ground, [](const auto& entry, const GroundFact& wanted) { return entry.first < wanted; });
}

}  // namespace

void GroundSet::add(const GroundFact& ground) {
    const std::uint64_t hash = mixed(ground);
    const std::uint64_t first = hash % (half * 64), second = (hash >> 32U) % (half * 64);
    bits_[first / 64] |= std::uint64_t{1} << (first % 64);
    bits_[half + second / 64] |= std::uint64_t{1} << (second % 64);
}

void GroundSet::add(const GroundSet& other) {
    for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= other.bits_[i];
}

bool GroundSet::may_meet(const GroundSet& other) const {
    std::uint64_t first = 0, second = 0;
    for (std::size_t i = 0; i < half; ++i) {
        first |= bits_[i] & other.bits_[i];
        second |= bits_[half + i] & other.bits_[half + i];
    }
    return first != 0 && second != 0;
}

bool GroundSet::empty() const {
    return std::all_of(bits_.begin(), bits_.end(), [](std::uint64_t word) { return word == 0; });
}

const Known* Cases::find(const GroundFact& ground) const {
    if (entries_.empty()) return nullptr;
    const auto at = position(entries_, ground);
    return at != entries_.end() && at->first == ground ? &at->second : nullptr;
}

void Cases::set(const GroundFact& ground, Known value) {
    const auto at = position(entries_, ground);
    if (at != entries_.end() && at->first == ground) {
        at->second = std::move(value);
        return;
    }
    entries_.insert(at, {ground, std::move(value)});
    grounds_.add(ground);
}

void Cases::erase(const GroundFact& ground) {
    const auto at = position(entries_, ground);
    if (at == entries_.end() || at->first != ground) return;
    entries_.erase(at);
    grounds_ = {};
    for (const auto& [stated, value] : entries_) grounds_.add(stated);
}

std::optional<Known> Cases::saved(const GroundFact& ground) const {
    const Known* known = find(ground);
    return known == nullptr ? std::nullopt : std::optional<Known>(*known);
}

void Cases::restore(const GroundFact& ground, std::optional<Known> saved) {
    if (saved) set(ground, std::move(*saved));
    else erase(ground);
}

}  // namespace duenotice
