#include <catch2/catch.hpp>

#include "engine/count_request.h"
#include "engine/zone_release.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;

TEST_CASE("zone data older than the newest release that was looked at are old, others and unknown ones are not") {
    CHECK(is_old_zone_release("2025b"));
    CHECK(is_old_zone_release("2026e"));
    CHECK_FALSE(is_old_zone_release(known_zone_release));
    CHECK_FALSE(is_old_zone_release("2026g"));
    CHECK_FALSE(is_old_zone_release("2027a"));
    CHECK_FALSE(is_old_zone_release(""));
}

TEST_CASE("old zone data are wrong for the zones whose clocks changed since, from that change on") {
    CHECK(iso_utc(*wrong_from("America/Vancouver", "2025b")) == "2026-11-01T09:00:00Z");
    CHECK(iso_utc(*wrong_from("Africa/Casablanca", "2026b")) == "2026-09-20T01:00:00Z");
    CHECK(iso_utc(*wrong_from("America/Havana", "2026e")) == "2026-11-01T05:00:00Z");
    CHECK_FALSE(wrong_from("America/Vancouver", "2026b"));
    CHECK_FALSE(wrong_from("Europe/Berlin", "2025b"));
    CHECK_FALSE(wrong_from("America/Havana", known_zone_release));
    CHECK(wrong_from("Europe/Berlin", "2024b") == Instant{0});  // not compared
}

TEST_CASE("system zone data as new as the release that was looked at show what the table says has changed", "[zones]") {
    const ZoneSet& zones = test::system_zones();
    if (is_old_zone_release(zones.release()) || zones.release().empty()) {
        WARN("zone data " << zones.release() << " are older than " << known_zone_release << ": not looked at");
        return;
    }
    const auto offset_at = [&](const char* zone) { return zones.find(zone)->offset({wrong_from(zone, "2025b")->seconds + 3600}) / 3600; };
    CHECK(offset_at("America/Vancouver") == -7);
    CHECK(offset_at("America/Edmonton") == -6);
    CHECK(offset_at("America/Winnipeg") == -5);
    CHECK(offset_at("America/Havana") == -4);
    CHECK(offset_at("Africa/Casablanca") == 0);
}
