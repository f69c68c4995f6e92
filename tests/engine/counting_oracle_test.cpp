#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>

#include "engine/counting.h"
#include "tests/oracle/naive_count.h"
#include "tests/oracle/random_time.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Period random_period(RandomTime& random, PeriodUnit unit) {
    const std::int64_t sign = random() % 5 == 0 ? -1 : 1;
    switch (unit) {
        case PeriodUnit::Minutes:
            return Period::minutes(sign * pick(random, 0, 9000));
        case PeriodUnit::Hours:
            return Period::hours(sign * (random() % 4 == 0 ? 24 * pick(random, 1, 2) : pick(random, 0, random() % 3 == 0 ? 24 : 200)));
        case PeriodUnit::Days:
            return Period::of_days(sign * pick(random, 0, random() % 4 == 0 ? 200 : 40));
        case PeriodUnit::WorkingDays:
            return Period::working_days(sign * pick(random, 0, 40));
        case PeriodUnit::Weeks:
            return Period::weeks(sign * pick(random, 0, 20));
        case PeriodUnit::Months:
            return Period::of_months(sign * pick(random, 0, 30));
        case PeriodUnit::Years:
            return Period::years(sign * pick(random, 0, 3));
        default:
            return {unit, sign * pick(random, 0, 1), static_cast<int>(sign * pick(random, 0, 14)),
                    static_cast<int>(sign * pick(random, 0, 40))};
    }
}

}  // namespace

TEST_CASE("every reading of every counting law ends where counting day by day ends") {
    RandomTime random(1182);
    std::map<std::string, const date::time_zone*> theirs;
    for (const char* name : places) theirs[name] = date::locate_zone(name);
    const date::time_zone& new_york = *date::locate_zone("America/New_York");
    std::ostringstream report;
    std::size_t compared = 0, beyond = 0, different = 0;
    const int rounds = std::getenv("DUENOTICE_NIGHTLY") == nullptr ? 240 : 2000;
    for (int round = 0; round < rounds; ++round) {
        const CalendarPair calendar = random_calendar(random);
        for (int i = 0; i < 2000; ++i) {
            const CountingLaw& law = counting_laws().laws[random() % counting_laws().laws.size()];
            const auto& reading = law.readings[random() % law.readings.size()];
            const auto unit = static_cast<PeriodUnit>(random() % 8);
            if (!reading.covers(unit) && law.deemed.empty()) continue;
            const char* name = places[random() % std::size(places)];
            CountRequest request;
            request.law = &law;
            request.zone = &zone(name);
            request.clock_zone = law.clock_zone.empty() ? nullptr : &zone(law.clock_zone);
            request.calendar = &calendar.engine;
            request.period = random_period(random, unit);
            request.start = StartSpan::at({random_start(random, *request.zone)});
            request.with_steps = random() % 8 == 0;
            const CountResult result = count_period(request);
            bool any_beyond = false;
            const Period counted = naive_deemed(law, request.period);
            std::size_t at = 0;
            for (const CountingReading& each : law.readings) {
                if (!naive_applies(each, counted)) continue;
                const auto naive = naive_count(each, counted, request.start.earliest.seconds, calendar.naive,
                                               *theirs[name], law.clock_zone.empty() ? *theirs[name] : new_york);
                ++compared;
                if (!naive) {
                    any_beyond = true;
                } else if (result.status == CountStatus::Ok) {
                    const ReadingResult& one = result.readings[at];
                    if (one.end.seconds != naive->end || one.last_day.days_since_1970() != naive->last_day) {
                        if (++different < 10) {
                            report << law.id << " / " << each.label << ": " << words(request.period) << " from "
                                   << iso_utc(request.start.earliest) << " in " << name << " gives " << iso_utc(one.end)
                                   << ", naive " << iso_utc({naive->end}) << '\n';
                        }
                    }
                }
                ++at;
            }
            if (at == 0 ? result.status != CountStatus::Unsupported : result.status == CountStatus::Unsupported) {
                if (++different < 10) report << law.id << ": " << words(request.period) << ": " << at << " readings apply, " << result.message << '\n';
            }
            if (any_beyond) ++beyond;
            if (any_beyond != (result.status == CountStatus::BeyondCalendar)) {
                if (++different < 10)
                    report << law.id << ": " << words(request.period) << " from " << iso_utc(request.start.earliest)
                           << ": " << result.message << '\n';
            }
        }
    }
    INFO(report.str());
    std::printf("counting oracle: %zu readings compared, %zu beyond the calendar, %zu different\n", compared, beyond, different);
    CHECK(different == 0);
    CHECK(compared > 120000);
    CHECK(beyond > 100);
}

TEST_CASE("bounds of an open start are those of every second in it") {
    // Ends change only at the seconds 0, 1 and 59 of a minute; between these they stand still or run with the start. So
    // the least and greatest end over those samples are the bounds over every second.
    RandomTime random(6);
    std::ostringstream report;
    std::size_t ranges = 0, different = 0, not_at_an_end = 0;
    constexpr const char* rolling[] = {"eu.dora.art-5", "us.frcp-6", "us.ny.gcn-25-a", "eu.1182-71"};
    for (int window = 0; window < 460; ++window) {
        const CalendarPair calendar = random_calendar(random);
        const CountingLaw& law = counting_laws().laws[random() % counting_laws().laws.size()];
        const PeriodUnit units[] = {PeriodUnit::Hours, PeriodUnit::Days, PeriodUnit::Months, PeriodUnit::WorkingDays};
        PeriodUnit unit = window % 2 == 0 ? PeriodUnit::Hours : units[random() % 4];
        CountRequest request;
        request.law = window % 2 == 0 ? &counting_law(rolling[window / 2 % 4]) : &law;
        bool covered = false;
        for (const auto& reading : request.law->readings) covered = covered || reading.covers(unit);
        if (!covered) continue;
        request.zone = &zone(places[random() % std::size(places)]);
        request.clock_zone = request.law->clock_zone.empty() ? nullptr : &zone(request.law->clock_zone);
        request.calendar = &calendar.engine;
        request.with_steps = false;
        request.period = random_period(random, unit);
        const std::int64_t begin = random_start(random, *request.zone) / 60 * 60 - pick(random, 0, 500) * 60;
        std::vector<std::int64_t> starts;
        std::vector<CountResult> ends;
        bool ok = true;
        for (std::int64_t t = begin; t < begin + pick(random, 400, 1800) * 60 && ok; t += 60) {
            for (const std::int64_t delta : {0, 1, 59}) {
                request.start = StartSpan::at({t + delta});
                ends.push_back(count_period(request));
                starts.push_back(t + delta);
                ok = ends.back().status == CountStatus::Ok;
            }
        }
        if (!ok) continue;
        for (int i = 0; i < 300; ++i) {
            const auto a = static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(starts.size()) - 1));
            const auto b = std::min(starts.size() - 1,
                                    a + static_cast<std::size_t>(pick(random, 0, random() % 4 == 0 ? 5000 : 200)));
            Bounds safe{ends[a].safe, ends[a].safe};
            Bounds maximum{ends[a].maximum, ends[a].maximum};
            for (std::size_t k = a; k <= b; ++k) {
                safe.earliest = std::min(safe.earliest, ends[k].safe);
                safe.latest = std::max(safe.latest, ends[k].safe);
                maximum.earliest = std::min(maximum.earliest, ends[k].maximum);
                maximum.latest = std::max(maximum.latest, ends[k].maximum);
            }
            request.start = {{starts[a]}, {starts[b]}};
            const CountResult result = count_period(request);
            ++ranges;
            if (maximum.latest != std::max(ends[a].maximum, ends[b].maximum) ||
                safe.earliest != std::min(ends[a].safe, ends[b].safe))
                ++not_at_an_end;
            if (result.status != CountStatus::Ok || !(result.safe_bounds == safe) ||
                !(result.maximum_bounds == maximum)) {
                if (++different < 10) {
                    report << request.law->id << ": " << words(request.period) << " from " << iso_utc({starts[a]})
                           << " to " << iso_utc({starts[b]}) << " in " << request.zone->name() << ": safe "
                           << iso_utc(result.safe) << ".." << iso_utc(result.safe_bounds.latest) << " naive "
                           << iso_utc(safe.earliest) << ".." << iso_utc(safe.latest) << " max "
                           << iso_utc(result.maximum_bounds.earliest) << ".." << iso_utc(result.maximum) << " naive "
                           << iso_utc(maximum.earliest) << ".." << iso_utc(maximum.latest) << '\n';
                }
            }
        }
    }
    INFO(report.str());
    CHECK(different == 0);
    CHECK(ranges > 90000);
    CHECK(not_at_an_end > 200);
}
