#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/counting.h"
#include "engine/examples.h"
#include "engine/incident_reader.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// A limb that cannot be counted stands beside limbs that can: nothing false is told of the whole. The uncounted limb is
// one of working days in a place without a calendar, of days in a place without a zone, or of a unit that its law refuses.

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr const char* as_of = "2026-03-02T12:00Z";

SourcePtr text(const char* name, const std::string& written) { return std::make_shared<const SourceText>(name, written); }

/// Duties `xf.a`, `xf.b`, ... one a clock.
std::shared_ptr<const RuleBook> book(const std::vector<std::string>& clocks, const std::string& zone = R"( zone="Etc/UTC")") {
    std::string law = R"(<law language="1" id="xf.law" title="Farmland" place="XF">)";
    char letter = 'a';
    for (const std::string& clock : clocks)
        law += std::string("<obligation id=\"xf.") + letter++ + R"(" title="Tell" each="entity"><version checked="2026-11-26" grade="U"><cite provision="1">tell</cite><when>entity.affected is yes</when><clock>)" + clock +
               R"(</clock><recipients><to who="public"/></recipients></version></obligation>)";
    const auto made = load_rulebook(std::vector<SourcePtr>{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"),
                                                           text("place", R"(<jurisdiction language="1" code="XF" title="Farmland")" + zone + R"( languages="en"/>)"), text("law", law + "</law>")});
    INFO(print(made.diagnostics));
    REQUIRE(made);
    return *made;
}

Assessment assessed(const std::shared_ptr<const RuleBook>& law, const std::string& facts = R"("entity.aware_at": "2026-03-02T09:00Z")", const std::string& filings = "", const std::string& at = as_of) {
    const World world{law, system_zones(), std::make_shared<const CalendarSet>()};
    const std::string json = R"({"duenotice": "incident/1", "id": "I", "entities": [{"id": "e", "facts": {"entity.affected": "yes", )" + facts + R"(}}], "filings": [)" + filings + "]}";
    auto read = read_incident({text("i.json", json), nullptr, nullptr, parse_instant(at)}, *law, world.zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return assess(world, std::make_shared<const Incident>(std::move(*read)), {*parse_instant(at), {}, {}});
}

Duty duty(const Assessment& made, const char* id = "xf.a@e") {
    const Duty* found = made.find(id);
    REQUIRE(found != nullptr);
    return *found;
}

std::string timed(const std::string& id, const std::string& amount, const std::string& more = "") {
    return "<limb id=\"" + id + "\" amount=\"" + amount + "\" counting=\"plain\"" + (amount.ends_with("working days") ? " calendar=\"place\"" : "") + "><start>entity.aware_at</start>" + more + "</limb>";
}

const std::string hours = timed("hours", "72 hours"), uncounted = timed("days-off", "2 working days");
std::string first_of(const std::string& limbs) { return "<first-of>" + limbs + "</first-of>"; }
std::string last_of(const std::string& limbs) { return "<last-of>" + limbs + "</last-of>"; }

/// 72 hours after Mon 2 March 2026, 09:00.
const Instant in_three_days = *parse_instant("2026-03-05T09:00Z");

std::string reason(const Deadline& deadline) {
    for (const Alternative& alternative : deadline.alternatives)
        if (alternative.kind == DeadlineKind::BeyondCalendar) return alternative.reason;
    return {};
}

/// Counted anywhere, two working days from Mon 2 March end with Wed 4 March at the least: before the 72 hours.
}  // namespace

TEST_CASE("beside a limb that cannot be counted the earliest of both has no safe limit and no maximum") {
    const Deadline deadline = duty(assessed(book({first_of(hours + uncounted)}))).deadline;
    CHECK_FALSE(deadline.safe);
    CHECK_FALSE(deadline.maximum);
    CHECK(deadline.may_end_sooner);
    CHECK_FALSE(deadline.may_end_later);
    CHECK(deadline.counted == in_three_days);
    CHECK(deadline.last == in_three_days);
    CHECK(reason(deadline) == "no calendar on file for XF");
}

TEST_CASE("beside a limb that cannot be counted the latest of both has a safe limit and no maximum") {
    const Deadline deadline = duty(assessed(book({last_of(hours + uncounted)}))).deadline;
    CHECK(deadline.safe == in_three_days);
    CHECK_FALSE(deadline.maximum);
    CHECK_FALSE(deadline.may_end_sooner);
    CHECK(deadline.may_end_later);
}

TEST_CASE("no zone and a refused unit leave no false maximum either") {
    const auto days = R"(<limb id="days" amount="10 days" counting="plain"><start>entity.aware_at</start></limb>)";
    const Deadline no_zone = duty(assessed(book({first_of(hours + days)}, ""))).deadline;
    CHECK_FALSE(no_zone.safe);
    CHECK_FALSE(no_zone.maximum);
    CHECK(no_zone.counted == in_three_days);
    CHECK(reason(no_zone) == "no time zone is known for the place of the act");
}

TEST_CASE("a guard that is open makes a limb that cannot be counted no surer") {
    const std::string perhaps = timed("days-off", "2 working days", "<when>entity.size is large</when>");
    const Deadline first = duty(assessed(book({first_of(hours + perhaps)}))).deadline;
    CHECK_FALSE(first.safe);
    CHECK_FALSE(first.maximum);
    const std::string never = R"("entity.aware_at": "2026-03-02T09:00Z", "entity.country": "XF")";
    const Deadline without = duty(assessed(book({first_of(hours + timed("days-off", "2 working days", "<when>entity.country is XG</when>"))}), never)).deadline;
    CHECK(without.safe == in_three_days);
    CHECK(without.maximum == in_three_days);
}

// The latest of (24 hours, uncounted), and the earliest of that and 12 hours: 12 hours have passed before 24 can end.
TEST_CASE("a part that another surely outruns cannot belie the whole") {
    const Deadline deadline = duty(assessed(book({first_of(timed("twelve", "12 hours") + last_of(timed("day", "24 hours") + uncounted))}))).deadline;
    CHECK(deadline.safe == parse_instant("2026-03-02T21:00Z"));
    CHECK(deadline.maximum == parse_instant("2026-03-02T21:00Z"));
    const Deadline inside = duty(assessed(book({first_of(hours + last_of(timed("day", "24 hours") + uncounted))}))).deadline;
    CHECK(inside.safe == parse_instant("2026-03-03T09:00Z"));
    CHECK(inside.maximum == in_three_days);
    CHECK_FALSE(inside.may_end_sooner);
}

// Five working days end with Sat 7 March at the least, whatever days are off: 72 hours have passed before.
TEST_CASE("a limb that cannot be counted and surely ends later than another leaves the earliest of both as it is") {
    const std::string five = timed("days-off", "5 working days");
    const Deadline deadline = duty(assessed(book({first_of(hours + five)}))).deadline;
    CHECK(deadline.safe == in_three_days);
    CHECK(deadline.maximum == in_three_days);
    REQUIRE(deadline.other_limbs.size() == 1);
    CHECK(deadline.other_limbs.front().at_least == parse_instant("2026-03-08T00:00Z"));
    const Deadline latest = duty(assessed(book({last_of(hours + five)}))).deadline;
    CHECK(latest.safe == in_three_days);
    CHECK_FALSE(latest.maximum);
    const Deadline alone = duty(assessed(book({five}))).deadline;
    CHECK(alone.kind() == DeadlineKind::BeyondCalendar);
    CHECK_FALSE(alone.safe);  // never a plain date
    CHECK_FALSE(alone.counted);
}

TEST_CASE("a reading that cannot be counted leaves no maximum, and no safe limit unless it surely ends later") {
    const auto reading = [](const char* label, const char* amount) { return std::string("<limb id=\"l\" reading=\"") + label + "\" amount=\"" + amount + "\" counting=\"plain\"" + (std::string(amount).ends_with("working days") ? " calendar=\"place\"" : "") + "><start>entity.aware_at</start></limb>"; };
    const Deadline later = duty(assessed(book({first_of(reading("days", "3 days") + reading("working days", "3 working days"))}))).deadline;
    CHECK(later.safe == parse_instant("2026-03-06T00:00Z"));
    CHECK_FALSE(later.maximum);
    CHECK(later.may_end_later);
    CHECK(reason(later) == "no calendar on file for XF");
    const Deadline open = duty(assessed(book({first_of(reading("days", "4 days") + reading("working days", "3 working days"))}))).deadline;
    CHECK_FALSE(open.safe);
    CHECK_FALSE(open.maximum);
    CHECK(open.counted == parse_instant("2026-03-07T00:00Z"));
}

TEST_CASE("a place that is open is asked for, and is nothing that cannot be counted") {
    const std::string at_place = timed("days-off", "2 working days", "<at-place>entity.country</at-place>");
    const Deadline deadline = duty(assessed(book({at_place}))).deadline;
    CHECK(deadline.kind() == DeadlineKind::Open);
    CHECK(deadline.alternatives.front().questions == std::vector<std::string>{"entity.country"});
}

TEST_CASE("no calendar brings a forward period to an earlier end than no day off does") {
    const Zone& zone = *system_zones().find("Europe/Berlin");
    std::size_t compared = 0, equal = 0;
    for (const CountingLaw& law : counting_laws().laws)
        for (const PeriodUnit unit : {PeriodUnit::Hours, PeriodUnit::Days, PeriodUnit::WorkingDays, PeriodUnit::Weeks, PeriodUnit::Months})
            for (const std::int64_t amount : {1, 2, 5, 14, 40, 72})
                for (std::int64_t start = parse_instant("2026-04-01T20:00Z")->seconds; start < parse_instant("2026-04-15T00:00Z")->seconds; start += 5 * 3600 + 60) {
                    CountRequest request;
                    request.start = StartSpan::at(Instant{start});
                    request.period = {unit, amount, 0, 0};
                    request.law = &law;
                    request.zone = &zone;
                    request.calendar = test_calendar("de");
                    request.clock_zone = law.clock_zone.empty() ? nullptr : system_zones().find(law.clock_zone);
                    request.with_steps = false;
                    const CountResult counted = count_period(request);
                    const auto at_least = ends_at_least(request);
                    if (counted.status != CountStatus::Ok || !at_least) continue;
                    ++compared;
                    equal += *at_least == counted.safe ? 1 : 0;
                    if (counted.safe < *at_least) FAIL(law.id << " " << words(request.period) << " from " << iso_utc(Instant{start}) << ": " << iso_utc(counted.safe) << " before " << iso_utc(*at_least));
                }
    CHECK(compared > 10'000);
    CHECK(equal < compared);
}

TEST_CASE("timing says what is sure beside a limb that cannot be counted") {
    const auto law = book({first_of(hours + uncounted)});
    const std::string facts = R"("entity.aware_at": "2026-03-02T09:00Z")";
    const auto filed = [](const char* at) { return R"({"id": "f", "recipient": "public", "obligation": "xf.a", "entity": "e", "submitted_at": ")" + std::string(at) + R"("})"; };
    CHECK(duty(assessed(law)).timing == Timing::Running);
    CHECK(duty(assessed(law, facts, "", "2026-03-05T09:01Z")).timing == Timing::PastAll);
    const Duty met = duty(assessed(law, facts, filed("2026-03-03T09:00Z"), "2026-03-06T09:00Z"));
    CHECK(met.timing == Timing::Met);
    CHECK(met.timing_note == "a limit that cannot be counted may have ended sooner");
    CHECK(duty(assessed(law, facts, filed("2026-03-05T10:00Z"), "2026-03-06T09:00Z")).timing_note == "late by 1 h 0 min under every reading");
    const auto latest = book({last_of(hours + uncounted)});
    CHECK(duty(assessed(latest, facts, "", "2026-03-05T09:01Z")).timing == Timing::PastSafe);
    CHECK(duty(assessed(latest, facts, filed("2026-03-05T10:00Z"), "2026-03-06T09:00Z")).timing_note == "after the safe instant by 1 h 0 min, and a limit that cannot be counted may end later");
}

TEST_CASE("a start counted past a calendar is told as such through the earliest, the latest and `else`") {
    for (const char* start : {"earliest of (entity.told_at, entity.aware_at plus 2 working days)", "latest of (entity.told_at, entity.aware_at plus 2 working days)",
                              "(entity.aware_at plus 2 working days) else entity.told_at", "(entity.aware_at plus 2 working days) plus 3 hours", "end of year of (entity.aware_at plus 2 working days)"}) {
        INFO(start);
        const std::string limb = std::string("<limb id=\"l\" amount=\"24 hours\" counting=\"plain\"><start>") + start + "</start></limb>";
        const Deadline deadline = duty(assessed(book({limb}), R"("entity.aware_at": "2026-03-02T10:00Z", "entity.told_at": "2026-03-02T09:00Z", "entity.country": "XF")")).deadline;
        CHECK(deadline.kind() == DeadlineKind::BeyondCalendar);
        CHECK(reason(deadline) == "its start is counted past the covered years of a calendar");
    }
    for (const char* kind : {R"(kind="instant")", R"(kind="annual" month="9" day="28")", R"(kind="before")"}) {
        INFO(kind);
        const std::string limb = std::string("<limb id=\"l\" ") + kind + "><start>earliest of (entity.told_at, entity.aware_at plus 2 working days)</start></limb>";
        CHECK(duty(assessed(book({limb}), R"("entity.aware_at": "2026-03-02T10:00Z", "entity.told_at": "2026-03-02T09:00Z", "entity.country": "XF")")).deadline.kind() == DeadlineKind::BeyondCalendar);
    }
}

TEST_CASE("what hangs on a limit that cannot be counted has none itself") {
    const auto law = book({first_of(hours + uncounted), R"(<limb id="l" kind="limit-of" of="xf.a"/>)", R"(<limb id="l" kind="with" of="xf.a"/>)",
                           R"(<limb id="l" amount="24 hours" counting="plain"><start>filed first xf.a</start></limb>)", uncounted, R"(<limb id="l" kind="limit-of" of="xf.e"/>)"});
    const Assessment made = assessed(law);
    for (const char* id : {"xf.b@e", "xf.c@e"}) {
        INFO(id);
        const Deadline deadline = duty(made, id).deadline;
        CHECK_FALSE(deadline.safe);
        CHECK_FALSE(deadline.maximum);
        CHECK(deadline.counted == in_three_days);
    }
    const Deadline chained = duty(made, "xf.d@e").deadline;
    CHECK(chained.kind() == DeadlineKind::NotStarted);
    CHECK_FALSE(chained.alternatives.front().safe);
    CHECK(duty(made, "xf.f@e").deadline.kind() == DeadlineKind::BeyondCalendar);
    CHECK(reason(duty(made, "xf.f@e").deadline) == "the limit of xf.e@e cannot be counted");
}
