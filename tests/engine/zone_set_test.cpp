#include "engine/zone_set.h"

#include <date/tz.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "tests/support/system_zones.h"

using namespace duenotice;
using duenotice::test::system_zones;
using duenotice::test::zone;

namespace {

constexpr std::int64_t from_1970 = 0;
constexpr std::int64_t until_2037 =
    2114380800;  // 2037-01-01: the library does not read footers, files list changes until 2037

Instant at(const char* text) {
    const auto instant = parse_instant(text);
    REQUIRE(instant);
    return *instant;
}

Date day(const char* text) {
    const auto date = Date::parse(text);
    REQUIRE(date);
    return *date;
}

std::string show(const Zone& place, Instant instant) {
    const LocalTime local = place.local(instant);
    char text[64];
    std::snprintf(text, sizeof text, "%s %02d:%02d:%02d %s", local.date.iso().c_str(), local.seconds / 3600,
                  local.seconds / 60 % 60, local.seconds % 60, std::string(local.abbreviation).c_str());
    return text;
}

/// The library's answer for one instant, as one comparable value.
bool agrees(const Zone& ours, const date::time_zone& theirs, std::int64_t seconds) {
    const auto info = theirs.get_info(date::sys_seconds{std::chrono::seconds{seconds}});
    const LocalTime local = ours.local({seconds});
    const std::int64_t local_seconds = std::int64_t{local.date.days_since_1970()} * 86400 + local.seconds;
    return local.offset == info.offset.count() && local.abbreviation == info.abbrev &&
           local_seconds == seconds + info.offset.count();
}

bool agrees_locally(const Zone& ours, const date::time_zone& theirs, std::int64_t local_seconds) {
    const auto info = theirs.get_info(date::local_seconds{std::chrono::seconds{local_seconds}});
    const std::int64_t days = (local_seconds - (local_seconds % 86400 + 86400) % 86400) / 86400;
    const Date date = Date::from_days(static_cast<std::int32_t>(days));
    const auto seconds = static_cast<std::int32_t>(local_seconds - days * 86400);
    const auto early = ours.resolve(date, seconds, {GapPolicy::InstantOfChange, OverlapPolicy::Earlier});
    const auto late = ours.resolve(date, seconds, {GapPolicy::KeepOffsetBefore, OverlapPolicy::Later});
    const std::int64_t first = local_seconds - info.first.offset.count();
    const std::int64_t second = local_seconds - info.second.offset.count();
    switch (info.result) {
        case date::local_info::unique:
            return early.kind == ResolvedLocal::Kind::Unique && early.instant.seconds == first &&
                   late.instant == early.instant;
        case date::local_info::ambiguous:
            return early.kind == ResolvedLocal::Kind::Overlap && early.instant.seconds == first &&
                   late.instant.seconds == second;
        default:
            return early.kind == ResolvedLocal::Kind::Gap &&
                   early.instant.seconds == info.first.end.time_since_epoch().count() && late.instant.seconds == first;
    }
}

}  // namespace

TEST_CASE("every zone reads every sampled instant from 1970 to 2037 as the date library does") {
    std::ostringstream report;
    std::size_t compared = 0;
    std::size_t different = 0;
    for (const auto& theirs : date::get_tzdb().zones) {
        const Zone* ours = system_zones().find(theirs.name());
        if (!ours) continue;
        std::vector<std::int64_t> moments;
        for (std::int64_t t = from_1970; t < until_2037; t += 86400 * 41 + 4217) moments.push_back(t);
        for (auto change = ours->next_change({from_1970}); change && change->seconds < until_2037;
             change = ours->next_change(*change)) {
            for (const std::int64_t delta : {-5400, -1800, -1, 0, 1, 1800, 5400})
                moments.push_back(change->seconds + delta);
        }
        for (const std::int64_t t : moments) {
            const bool both = agrees(*ours, theirs, t) && agrees_locally(*ours, theirs, t + ours->offset({t})) &&
                              agrees_locally(*ours, theirs, t);
            if (!both && ++different < 10) report << theirs.name() << " at " << iso_utc({t}) << '\n';
            ++compared;
        }
    }
    INFO(report.str());
    CHECK(different == 0);
    CHECK(compared > 200000);
}

TEST_CASE("after the last listed year the footer rule repeats: a year 28 years later has the same changes until 2099") {
    // INVARIANT: the Gregorian calendar repeats every 28 years between 1901 and 2099; 28 years are 10,227 days.
    constexpr std::int64_t years_28 = 10227LL * 86400;
    for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"}) {
        const Zone& place = zone(name);
        for (std::int64_t t = at("2021-01-01T00:00Z").seconds; t < at("2036-12-31T00:00Z").seconds;
             t += 86400 * 3 + 1733) {
            CHECK(place.offset({t}) == place.offset({t + years_28}));
            CHECK(place.offset({t}) == place.offset({t + 2 * years_28}));
        }
    }
}

TEST_CASE("the rule also answers beyond the table, in the year 2400 as in 2000") {
    // 400 years are 146,097 days, a whole number of weeks.
    const Zone& berlin = zone("Europe/Berlin");
    CHECK(show(berlin, {at("2428-03-26T00:59:59Z").seconds}) == "2428-03-26 01:59:59 CET");
    CHECK(show(berlin, {at("2428-03-26T01:00:00Z").seconds}) == "2428-03-26 03:00:00 CEST");
    CHECK(berlin.next_change(at("2428-03-26T01:00:00Z")) == at("2428-10-29T01:00:00Z"));
    CHECK(berlin.resolve(day("2428-10-29"), 2 * 3600 + 1800, {}).kind == ResolvedLocal::Kind::Overlap);
    CHECK(berlin.next_change(at("2099-12-01T00:00Z")) == at("2100-03-28T01:00:00Z"));
}

TEST_CASE("a local midnight that does not exist starts the day at the change of clocks") {
    // Cairo put the clock from 00:00 to 01:00 on Friday 26 April 2024; Beirut and Santiago do the like.
    const Zone& cairo = zone("Africa/Cairo");
    const auto start = cairo.start_of_day(day("2024-04-26"));
    CHECK(start.kind == ResolvedLocal::Kind::Gap);
    CHECK(start.instant == at("2024-04-25T22:00:00Z"));
    CHECK(show(cairo, start.instant) == "2024-04-26 01:00:00 EEST");
    const auto shifted = cairo.resolve(day("2024-04-26"), 1800, {GapPolicy::KeepOffsetBefore, OverlapPolicy::Earlier});
    CHECK(show(cairo, shifted.instant) == "2024-04-26 01:30:00 EEST");
}

TEST_CASE("Lord Howe changes by half an hour") {
    const Zone& lord_howe = zone("Australia/Lord_Howe");
    // 5 April 2026: 02:00 LHDT (+11) back to 01:30 LHST (+10:30).
    const auto early = lord_howe.resolve(day("2026-04-05"), 6300, {GapPolicy::InstantOfChange, OverlapPolicy::Earlier});
    const auto late = lord_howe.resolve(day("2026-04-05"), 6300, {GapPolicy::InstantOfChange, OverlapPolicy::Later});
    CHECK(early.kind == ResolvedLocal::Kind::Overlap);
    CHECK(early.instant == at("2026-04-04T14:45:00Z"));
    CHECK(late.instant == at("2026-04-04T15:15:00Z"));
}

TEST_CASE("a calendar day that a place skipped is empty") {
    // Apia went from Thursday 29 to Saturday 31 December 2011.
    const Zone& apia = zone("Pacific/Apia");
    CHECK(apia.start_of_day(day("2011-12-30")).instant == apia.start_of_day(day("2011-12-31")).instant);
    CHECK(apia.date(apia.start_of_day(day("2011-12-31")).instant.plus_seconds(-1)) == day("2011-12-29"));
}

TEST_CASE("damaged zone files are refused by name") {
    const auto problem = [](std::string bytes) {
        std::vector<ZoneSource> sources;
        sources.push_back({"X/Y", std::move(bytes)});
        const auto loaded = load_zones(std::move(sources), "2026f");
        CHECK_FALSE(loaded);
        return loaded.diagnostics.items().empty() ? std::string() : loaded.diagnostics.items().front().message;
    };
    const auto files = test::system_zone_files();
    const auto berlin =
        std::find_if(files.begin(), files.end(), [](const auto& f) { return f.name == "Europe/Berlin"; });
    REQUIRE(berlin != files.end());
    const std::string good = berlin->bytes;
    CHECK(problem("") == "the zone file `X/Y` has no TZif header");
    CHECK(problem(good.substr(0, good.size() - 5)) == "the zone file `X/Y` has no footer line");
    CHECK(problem(good.substr(0, 200)) == "the zone file `X/Y` has less data than its header announces");
    std::string leap = good;
    const std::size_t second_header = good.find("TZif", 4);
    leap[second_header + 31] = 1;
    CHECK(problem(leap) == "the zone file `X/Y` has leap seconds, which this program does not count");
    // The last change of the 64-bit block moved to 3 * 10^18 seconds; the first one moved before all history is harmless.
    std::string late = good;
    const auto count = static_cast<std::size_t>(static_cast<unsigned char>(good[second_header + 35]));
    late[second_header + 44 + (count - 1) * 8] = 0x2c;
    CHECK(problem(late) == "the zone file `X/Y` has a transition beyond the year 9999");
    std::string early = good.substr(0, second_header + 44);
    early[second_header + 35] = 1;
    early += std::string("\xf8\0\0\0\0\0\0\0", 8) + good.substr(second_header + 44 + count * 8, 1) + good.substr(second_header + 44 + count * 9);
    const auto loaded = load_zones({{"X/Y", early}}, "2026f");
    REQUIRE(loaded);
    CHECK(loaded->find("X/Y")->offset(at("2026-07-01T00:00Z")) == 7200);
    CHECK(loaded->find("X/Y")->offset(at("1400-01-01T00:00Z")) == 3600);
    std::string name = good;
    name.replace(name.rfind("CEST", name.rfind("CET-1") - 1), 4, "C\x1bST");
    CHECK(problem(name) == "the zone file `X/Y` has an abbreviation that is not made of printable letters");
    std::string footer = good;
    footer.replace(footer.rfind("CET-1"), 5, "CET+x");
    CHECK(problem(footer) == "the zone file `X/Y` has a footer that is no rule: `CET+xCEST,M3.5.0,M10.5.0/3`");
    const auto twice = load_zones({{"A", good}, {"A", good}}, "");
    CHECK_FALSE(twice);
    CHECK(twice.diagnostics.items().front().message == "the zone `A` is given twice");
}

TEST_CASE("no bytes whatever make the reader fail otherwise than by a sentence") {
    const auto files = test::system_zone_files();
    const auto apia = std::find_if(files.begin(), files.end(), [](const auto& f) { return f.name == "Pacific/Apia"; });
    REQUIRE(apia != files.end());
    std::mt19937 random(20261125);
    int refused = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string bytes = apia->bytes;
        for (int k = 0; k < 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        const auto loaded = load_zones({{"fuzz", bytes}}, "");
        if (!loaded) ++refused;
        if (loaded) loaded->find("fuzz")->local({at("2026-01-01T00:00Z").seconds});
    }
    CHECK(refused > 500);
}

TEST_CASE("the release is the first line of tzdata.zi") {
    CHECK(tzdata_release("# version 2026f\n# redo\n") == "2026f");
    CHECK(tzdata_release("Rule a").empty());
    CHECK(system_zones().release().size() >= 5);
}

TEST_CASE("footer rules of every form are read, others are refused") {
    CHECK(parse_posix_rule("<+0330>-3:30"));
    CHECK(parse_posix_rule("EST5EDT,0/0,J365/25"));
    CHECK(parse_posix_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"));
    CHECK(parse_posix_rule("IST-2IDT,M3.4.4/26,M10.5.0"));
    CHECK_FALSE(parse_posix_rule(""));
    CHECK_FALSE(parse_posix_rule("CE-1"));
    CHECK_FALSE(parse_posix_rule("CET-1CEST"));
    CHECK_FALSE(parse_posix_rule("CET-1CEST,M13.5.0,M10.5.0"));
    CHECK_FALSE(parse_posix_rule("CET-1CEST,M3.5.0,M10.5.0 "));
    CHECK_FALSE(parse_posix_rule("CET-1:60"));
}
