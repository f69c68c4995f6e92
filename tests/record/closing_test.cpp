// What is open before a matter is closed: one item a duty, grouped so that a large matter reads on a page.
#include <catch2/catch.hpp>

#include "engine/record/closing.h"
#include "engine/record/matter_decision.h"
#include "engine/record/request.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

TEST_CASE("items of one kind and family are one line with the nearest limit, others a line each") {
    const auto at = [](const char* text) { return parse_instant(text); };
    const std::vector<OpenItem> items = {{OpenItem::Kind::NotDone, "a@bank", "DORA", "initial", at("2026-11-22T10:00Z")}, {OpenItem::Kind::NotDone, "b@bank", "DORA", "final", at("2026-11-21T10:00Z")}, {OpenItem::Kind::NotDone, "c@bank", "GDPR", "notice", {}},
                                         {OpenItem::Kind::Open, "d@bank", "DORA", "copy", {}}, {OpenItem::Kind::HoldAlive, "police-1", "", "police_request", at("2026-12-01T10:00Z")}, {OpenItem::Kind::HoldAlive, "police-2", "", "police_request", {}}};
    const auto groups = grouped(items);
    REQUIRE(groups.size() == 5);
    CHECK(groups[0].family == "DORA");
    CHECK(groups[0].items.size() == 2);
    CHECK(iso_utc(*groups[0].nearest) == "2026-11-21T10:00:00Z");
    CHECK(groups[1].family == "GDPR");
    CHECK_FALSE(groups[1].nearest);
    CHECK(groups[2].kind == OpenItem::Kind::Open);
    CHECK(groups[3].family == "police-1");
    CHECK(groups[4].items.size() == 1);
}

TEST_CASE("what is to be kept hinders nobody from closing, everything else does") {
    for (const OpenItem::Kind kind : {OpenItem::Kind::NotDone, OpenItem::Kind::Open, OpenItem::Kind::LookAgain, OpenItem::Kind::NotAcknowledged, OpenItem::Kind::Contradicts, OpenItem::Kind::HoldAlive, OpenItem::Kind::Unanswered}) CHECK(hinders(kind));
    CHECK_FALSE(hinders(OpenItem::Kind::Keep));
}
