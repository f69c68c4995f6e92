// Working days beside QuantLib, clocks beside Howard Hinnant's zone library: the same holidays and the same zones in one
// run. Both are compared with ours over random cases before anything is timed (bench_main).
#include "tools/bench/bench_peers.h"

#include <benchmark/benchmark.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <vector>

#ifdef DUENOTICE_QUANTLIB
#include <ql/time/calendars/bespokecalendar.hpp>
#include <ql/time/date.hpp>
#endif

#include "tools/bench/dice.h"
#include "tools/bench/shipped.h"
#include "tools/session.h"

namespace duenotice {

namespace {

constexpr const char* zone_names[] = {"Europe/Berlin", "America/New_York", "Europe/London", "Australia/Sydney", "Australia/Lord_Howe",
                                      "Africa/Cairo",  "America/Santiago", "Asia/Singapore", "Antarctica/Troll", "Pacific/Apia"};
// WHY: the library does not read the rule in the footer of a zone file, by which the years from 2037 go on.
constexpr std::int64_t first_second = 0, seconds_drawn = 2'114'380'800;  // 1970 to 2036

#ifdef DUENOTICE_QUANTLIB
struct Ask {
    Date day;
    int days = 0;
};

std::vector<Ask> asks(std::uint64_t seed, std::size_t count) {
    std::vector<Ask> result(count);
    Dice dice(seed);
    for (Ask& ask : result) ask = {Date::from_days(20000 + static_cast<std::int32_t>(dice.below(1000))), static_cast<int>(dice.between(1, 60))};
    return result;
}

constexpr std::int32_t quantlib_epoch = 25569;  // serial number of 1 January 1970
QuantLib::Date to_quantlib(Date day) { return QuantLib::Date(day.days_since_1970() + quantlib_epoch); }
std::int32_t days_of(const QuantLib::Date& date) { return static_cast<std::int32_t>(date.serialNumber()) - quantlib_epoch; }

/// The days off of one of our calendars, in QuantLib's.
QuantLib::BespokeCalendar same_days(const Calendar& calendar) {
    QuantLib::BespokeCalendar result("the same");
    result.addWeekend(QuantLib::Saturday);
    result.addWeekend(QuantLib::Sunday);
    for (Date day = calendar.first_day(); day <= calendar.last_day(); day = day.plus_days(1))
        if (calendar.is_holiday(day)) result.addHoliday(to_quantlib(day));
    return result;
}

void working_days_agree(PeerAgreement& found, std::uint64_t cases) {
    for (const char* id : {"de", "us.sec", "sg"}) {
        const Calendar* const calendar = shipped_session()->world().calendars->find(id);
        if (calendar == nullptr) continue;
        const QuantLib::BespokeCalendar theirs = same_days(*calendar);
        for (const Ask& ask : asks(found.cases + 7, cases / 3)) {
            const auto ours = calendar->advance(ask.day, ask.days);
            ++found.cases;
            if (ours && ours->days_since_1970() == days_of(theirs.advance(to_quantlib(ask.day), ask.days, QuantLib::Days))) continue;
            if (++found.different == 1) found.first = fmt::format("{}: {} working days from {}", id, ask.days, ask.day.iso());
        }
    }
}

void quantlib_advance_working_days(benchmark::State& state) {
    const Calendar* const calendar = shipped_session()->world().calendars->find("de");
    const QuantLib::BespokeCalendar theirs = same_days(*calendar);
    const std::vector<Ask> asked = asks(1, 4096);
    std::int64_t sum = 0;
    for (auto unused : state) {
        (void)unused;
        for (const Ask& ask : asked) sum += theirs.advance(to_quantlib(ask.day), ask.days, QuantLib::Days).serialNumber();
    }
    benchmark::DoNotOptimize(sum);
    state.counters["advances/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(asked.size()), benchmark::Counter::kIsRate);
}
BENCHMARK(quantlib_advance_working_days)->Unit(benchmark::kMicrosecond);
#else
void working_days_agree(PeerAgreement&, std::uint64_t) {}
#endif

Instant drawn(Dice& dice) { return Instant{first_second + static_cast<std::int64_t>(dice.below(static_cast<std::uint32_t>(seconds_drawn)))}; }

void clocks_agree(PeerAgreement& found, std::uint64_t cases) {
    Dice dice(11);
    for (const char* name : zone_names) {
        const Zone* const ours = shipped_session()->world().zones.find(name);
        const date::time_zone* const theirs = date::locate_zone(name);
        for (std::uint64_t i = 0; ours != nullptr && i < cases / std::size(zone_names); ++i) {
            const Instant at = drawn(dice);
            const LocalTime local = ours->local(at);
            const auto other = theirs->to_local(date::sys_seconds(std::chrono::seconds(at.seconds))).time_since_epoch().count();
            const auto back = theirs->to_sys(date::local_seconds(std::chrono::seconds(other)), date::choose::earliest).time_since_epoch().count();
            const bool same = std::int64_t{local.date.days_since_1970()} * 86400 + local.seconds == other &&
                              ours->resolve(local.date, local.seconds, {}).instant.seconds == back;
            ++found.cases;
            if (!same && ++found.different == 1) found.first = fmt::format("{} at {}", name, iso_utc(at));
        }
    }
}

void library_clock(benchmark::State& state, bool to_local) {
    const date::time_zone* const zone = date::locate_zone("America/New_York");
    std::array<date::sys_seconds, 4096> instants;
    std::array<date::local_seconds, 4096> locals;
    Dice dice(1);
    for (std::size_t i = 0; i < instants.size(); ++i) {
        instants[i] = date::sys_seconds(std::chrono::seconds(1'500'000'000 + static_cast<std::int64_t>(dice.below(600'000'000))));
        locals[i] = zone->to_local(instants[i]);
    }
    std::int64_t sum = 0;
    for (auto unused : state) {
        (void)unused;
        if (to_local)
            for (const date::sys_seconds at : instants) sum += zone->to_local(at).time_since_epoch().count();
        else
            for (const date::local_seconds at : locals) sum += zone->to_sys(at, date::choose::earliest).time_since_epoch().count();
    }
    benchmark::DoNotOptimize(sum);
    state.counters["conversions/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * instants.size(), benchmark::Counter::kIsRate);
}
void library_utc_to_local(benchmark::State& state) { library_clock(state, true); }
void library_local_to_utc(benchmark::State& state) { library_clock(state, false); }
BENCHMARK(library_utc_to_local)->Unit(benchmark::kMicrosecond);
BENCHMARK(library_local_to_utc)->Unit(benchmark::kMicrosecond);

}  // namespace

PeerAgreement compare_working_days(std::uint64_t cases) {
    PeerAgreement found;
    if (shipped_session() != nullptr) working_days_agree(found, cases);
    return found;
}

PeerAgreement compare_clocks(std::uint64_t cases) {
    PeerAgreement found;
    if (shipped_session() != nullptr) clocks_agree(found, cases);
    return found;
}

}  // namespace duenotice
