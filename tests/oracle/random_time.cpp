#include "tests/oracle/random_time.h"

#include <catch2/catch.hpp>
#include <vector>

#include "tests/support/time_tables.h"

namespace duenotice::test {

std::int64_t pick(RandomTime& random, std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
}

CalendarPair random_calendar(RandomTime& random, std::string id) {
    CalendarSpec spec;
    spec.id = std::move(id);
    spec.from_year = 2019;
    spec.until_year = 2027;
    const std::int64_t first = day("2019-01-01").days_since_1970();
    const std::int64_t last = day("2027-12-31").days_since_1970();
    NaiveCalendar naive;
    naive.first = first;
    naive.last = last;
    WeekendSpec weekend;
    for (const std::int64_t weekday :
         random() % 4 == 0 ? std::vector<std::int64_t>{4, 5} : std::vector<std::int64_t>{5, 6}) {
        if (random() % 8 == 0) continue;
        naive.weekend.insert(static_cast<int>(weekday));
        weekend.days = static_cast<WeekdaySet>(weekend.days | 1U << weekday);
    }
    spec.weekends.push_back(weekend);
    const std::int64_t clusters = pick(random, 0, 150);
    for (std::int64_t i = 0; i < clusters; ++i) {
        const std::int64_t begin = pick(random, first, last);
        for (std::int64_t d = begin; d <= std::min(last, begin + pick(random, 0, 3)); ++d) {
            if (!naive.holidays.insert(d).second) continue;
            spec.listed.push_back(
                {Date::from_days(static_cast<std::int32_t>(d)), "holiday", false, ObservedRule::None, {}});
        }
    }
    for (std::int64_t i = 0; i < 20; ++i) {
        const std::int64_t d = pick(random, first, last);
        naive.worked.insert(d);
        spec.worked.push_back({Date::from_days(static_cast<std::int32_t>(d)), "worked", false, ObservedRule::None, {}});
    }
    auto compiled = compile_calendar(spec, nullptr);
    REQUIRE(compiled);
    return {*std::move(compiled.value), std::move(naive)};
}

std::int64_t random_start(RandomTime& random, const Zone& place) {
    const std::int64_t t = pick(random, 1546300800, 1830297599);  // 2019-2027
    if (random() % 2 == 0) return t;
    const auto change = place.next_change({t});
    if (change && change->seconds < 1830297599 && random() % 2 == 0) return change->seconds + pick(random, -7200, 7200);
    return place.start_of_day(place.date({t})).instant.seconds + (random() % 4 == 0 ? 0 : pick(random, -90, 90));
}

}  // namespace duenotice::test
