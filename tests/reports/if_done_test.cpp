#include "reports/if_done.h"

#include <catch2/catch.hpp>

#include "tests/support/shipped_world.h"
#include "tests/support/time_tables.h"

// What moves when a report under DORA slips, on the sample of the encrypted payroll host; worked by hand.

using namespace duenotice;
using namespace duenotice::test;

namespace {

const LimitMove* move_of(const IfDone& result, const std::string& duty) {
    for (const LimitMove& move : result.moves)
        if (move.duty == duty) return &move;
    return nullptr;
}

IfDone initial_report_at(const Sample& sample, std::string_view at) {
    return if_done(sample.world(), sample.assessment(), *sample.assessment().find("eu.dora.19-4-a@bank-de"), instant(at), false);
}

}  // namespace

// Its limit was Sat 21 Nov 2026 01:30, 72 hours on is Tue 24 Nov 01:30. Sent on Tue 24 Nov 18:00 the next is due Fri 27
// Nov 18:00, and a month on is Sun 27 Dec, so that the final report is due Mon 28 Dec 12:00.
TEST_CASE("a late report moves the reports that count from it, and theirs") {
    const Sample sample("payroll");
    const IfDone result = initial_report_at(sample, "2026-11-24T18:00:00+01:00");
    CHECK(result.done.timing == Timing::MetAfter);
    CHECK(result.done.deadline.safe == instant("2026-11-21T01:30:00+01:00"));
    const LimitMove* next = move_of(result, "eu.dora.19-4-b@bank-de");
    REQUIRE(next);
    CHECK(next->before == ShownLimit{instant("2026-11-24T01:30:00+01:00"), true});
    CHECK(next->after == ShownLimit{instant("2026-11-27T18:00:00+01:00"), false});
    const LimitMove* last = move_of(result, "eu.dora.19-4-c@bank-de");
    REQUIRE(last);
    CHECK(last->after == ShownLimit{instant("2026-12-28T12:00:00+01:00"), true});
    CHECK(move_of(result, "eu.gdpr.33-1@bank-de/staff") == nullptr);
    const std::string text = if_done_text(result, sample.context());
    INFO(text);
    CHECK(text.find("done late by 3 d 16 h under every reading") != std::string::npos);
    CHECK(text.find("now  Tue 24 Nov 2026 01:30 Berlin (projected)\n    then Fri 27 Nov 2026 18:00 Berlin, 3 d 16 h later") != std::string::npos);
    const std::string json = if_done_json(result);
    CHECK(json.find(R"("duty":"eu.dora.19-4-b@bank-de","before_utc":"2026-11-24T00:30:00Z","before_projected":true,"after_utc":"2026-11-27T17:00:00Z","after_projected":false)") != std::string::npos);
}

TEST_CASE("what was done in time is met, and what hangs on nothing moves nothing") {
    const Sample sample("payroll");
    CHECK(initial_report_at(sample, "2026-11-20T23:00:00+01:00").done.timing == Timing::Met);
    const Duty* last = sample.assessment().find("eu.dora.19-4-c@bank-de");
    REQUIRE(last);
    const IfDone result = if_done(sample.world(), sample.assessment(), *last, instant("2026-11-24T18:00:00+01:00"), false);
    for (const LimitMove& move : result.moves) CHECK(move.before == move.after);
}
