#include "engine/evaluate_place.h"

#include <algorithm>

namespace duenotice {

std::vector<PlaceCode> place_universe(const RuleBook& law, const std::vector<TermPtr>& named) {
    std::vector<PlaceCode> codes;
    for (const Jurisdiction& jurisdiction : law.jurisdictions) codes.push_back(jurisdiction.code);
    for (const PlaceGroup& group : law.groups)
        for (const GroupMember& member : group.members) codes.push_back(member.code);
    for (const TermPtr& term : named)
        if (term->kind == Term::Kind::Token && law.find_group(term->name) == nullptr) codes.push_back(term->name);
    const std::size_t count = codes.size();
    for (std::size_t i = 0; i < count; ++i)
        if (codes[i].size() == 2) codes.push_back(codes[i] + "-?");
    codes.push_back("??");
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

PlaceCode stand_in(const PlaceCode& code, const std::vector<PlaceCode>& universe) {
    if (std::binary_search(universe.begin(), universe.end(), code)) return code;
    const PlaceCode part = code.substr(0, 2) + "-?";
    return std::binary_search(universe.begin(), universe.end(), part) ? part : "??";
}

bool in_window(const Condition& window, const Zone& zone, std::int64_t instant) {
    const std::int32_t minutes = zone.local(Instant{instant}).seconds / 60;
    const bool over_midnight = window.clock_from_minutes > window.clock_until_minutes;
    const bool after_from = minutes >= window.clock_from_minutes, before_until = minutes < window.clock_until_minutes;
    return over_midnight ? after_from || before_until : after_from && before_until;
}

std::vector<std::int64_t> clock_changes(const Condition& window, const Zone& zone, std::int64_t low, std::int64_t high) {
    std::vector<std::int64_t> result{low};
    const auto add = [&](std::int64_t at) {
        if (at > low && at <= high) result.push_back(at);
    };
    const Date last = zone.date(Instant{high});
    for (Date day = zone.date(Instant{low}); day <= last; day = day.plus_days(1))
        for (const std::int32_t minutes : {window.clock_from_minutes, window.clock_until_minutes})
            for (const OverlapPolicy overlap : {OverlapPolicy::Earlier, OverlapPolicy::Later})
                add(zone.resolve(day, minutes % 1440 * 60, {GapPolicy::InstantOfChange, overlap}).instant.seconds);
    for (auto change = zone.next_change(Instant{low}); change && change->seconds <= high; change = zone.next_change(*change)) add(change->seconds);
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

}  // namespace duenotice
