#include "engine/local_day.h"

#include "engine/reads.h"

namespace duenotice {

namespace {

constexpr std::int64_t furthest_east = 14 * hour_seconds, furthest_west = 12 * hour_seconds;  ///< a day begins first at UTC+14 and last at UTC-12

std::int64_t day_number(std::int64_t seconds) { return seconds >= 0 ? seconds / day_seconds : -((-seconds + day_seconds - 1) / day_seconds); }

}  // namespace

Range days_of(std::int64_t seconds, const Zone* zone) {
    if (zone == nullptr) return {day_number(seconds - furthest_west), day_number(seconds + furthest_east)};
    const std::int64_t day = zone->date(Instant{seconds}).days_since_1970();
    return {day, day};
}

Range begins_of(std::int64_t day, const Zone* zone) {
    if (zone == nullptr) return {day * day_seconds - furthest_east, day * day_seconds + furthest_west};
    const std::int64_t begin = zone->start_of_day(Date::from_days(static_cast<std::int32_t>(day))).instant.seconds;
    return {begin, begin};
}

Known as_instants(const Known& known, const Zone* zone) {
    if (known.type != ValueType::Date) return known;
    Known result = known;
    result.type = ValueType::Instant;
    if (known.low > Known::lowest / 2) result.low = begins_of(known.low, zone).first;
    if (known.high < Known::highest / 2) result.high = begins_of(known.high + 1, zone).last - 1;
    return result;
}

Unknown no_zone(const Frame& frame, const Evaluation& evaluation) {
    const FactDeclaration* country = evaluation.world.law->vocabulary.find("entity.country");
    const GroundFact ground = country == nullptr || frame.entity < 0 ? GroundFact{} : evaluation.ground(country->id, frame);
    return {Unknown::Kind::Opaque, ground, -1, "no zone"};
}

}  // namespace duenotice
