#include "engine/recount.h"

#include <algorithm>

#include <fmt/format.h>

namespace duenotice {

namespace {

CountRequest request_of(const CountBasis& basis, const World& world) {
    CountRequest request;
    request.start = basis.start;
    request.period = basis.period;
    request.law = world.law->counting.find(basis.counting);
    request.zone = world.zones.find(basis.zone);
    request.calendar = world.calendars && !basis.calendar.empty() ? world.calendars->find(basis.calendar) : nullptr;
    if (request.law && !request.law->clock_zone.empty()) request.clock_zone = world.zones.find(request.law->clock_zone);
    request.ends_at_seconds = basis.ends_at_seconds;
    return request;
}

/// Whether the limit lies where the count does: each of its readings, and the whole when all readings are of one count.
bool moved(const Alternative& limit, const CountBasis* basis, const CountResult& result) {
    std::size_t at = 0;
    for (const ReadingLimit& reading : limit.readings) {
        if (reading.basis.get() != basis) continue;
        if (at == result.readings.size() || reading.end != result.readings[at].end) return true;
        ++at;
    }
    const bool whole = at == limit.readings.size();
    return whole && (limit.safe != result.safe || limit.maximum != result.maximum);
}

}  // namespace

std::vector<Recount> recounts_of(const Duty& duty, const World& world) {
    std::vector<Recount> found;
    for (const auto* limits : {&duty.deadline.alternatives, &duty.deadline.other_limbs}) {
        for (const Alternative& limit : *limits) {
            std::vector<const CountBasis*> seen;
            for (const ReadingLimit& reading : limit.readings) {
                const CountBasis* basis = reading.basis.get();
                if (!basis || std::find(seen.begin(), seen.end(), basis) != seen.end()) continue;
                seen.push_back(basis);
                Recount one;
                one.request = request_of(*basis, world);
                if (!one.request.law || !one.request.zone) continue;
                one.result = count_period(one.request);
                if (one.result.status != CountStatus::Ok) continue;
                one.id = fmt::format("{} {}{}", duty.id, limit.limb.empty() ? "limit" : limit.limb, found.empty() ? std::string() : fmt::format(" ({})", found.size() + 1));
                one.limit = &limit;
                one.moved = moved(limit, basis, one.result);
                one.derivation = derive(one.request, one.result, world.zones.release());
                found.push_back(std::move(one));
            }
        }
    }
    return found;
}

}  // namespace duenotice
