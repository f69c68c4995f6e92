#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/incident_reader.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Duties that come again: the next times, the one that was missed, and filings that say which series they are about.

using namespace duenotice;
using namespace duenotice::test;

namespace {

using Instants = std::vector<Instant>;

SourcePtr source(const char* name, const std::string& text) { return std::make_shared<const SourceText>(name, text); }

std::shared_ptr<const RuleBook> book(const std::string& clock, const std::string& each = "entity") {
    auto made = load_rulebook(std::vector<SourcePtr>{
        source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"), source("place", R"(<jurisdiction language="1" code="XF" title="Farmland" zone="Etc/UTC" languages="en"/>)"),
        source("law", R"(<law language="1" id="t" title="Farmland" place="XF"><obligation id="t.a" title="Look" each=")" + each + R"(" affected="any"><version checked="2026-11-26" grade="U"><cite provision="1">look</cite><when>true</when><clock>)" + clock +
                          R"(</clock><recipients><to who="public"/></recipients></version></obligation></law>)")});
    INFO(print(made.diagnostics));
    REQUIRE(made);
    return *made;
}

Assessment assessed(const std::shared_ptr<const RuleBook>& law, const std::string& as_of, const std::string& filings = "", const std::string& more = "") {
    const std::string json = R"({"duenotice": "incident/1", "id": "I", "entities": [{"id": "e", "facts": {"entity.aware_at": "2026-03-02T09:00Z"}}], "filings": [)" + filings + "]" + more + "}";
    const World world{law, system_zones(), std::make_shared<const CalendarSet>()};
    auto read = read_incident({source("i.json", json), nullptr, nullptr, parse_instant(as_of)}, *law, world.zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return assess(world, std::make_shared<const Incident>(std::move(*read)), {*parse_instant(as_of), {}, {}});
}

std::string filed(const char* at, const std::string& covers = "") { return R"({"id": "f)" + std::to_string(parse_instant(at)->seconds) + R"(", "recipient": "public", "obligation": "t.a", "entity": "e", "submitted_at": ")" + std::string(at) + "\"" + covers + "}"; }
Instants times(std::initializer_list<const char*> texts) {
    Instants result;
    for (const char* text : texts) result.push_back(*parse_instant(text));
    return result;
}

const std::string limb = R"(<limb words="again and again"><start>entity.aware_at</start></limb>)";
/// 1 January 2025, 12:00, and every day after it.
const std::string daily = limb + R"(<repeat every="24 hours" counting="plain"><start>2025-01-01T12:00Z</start></repeat>)";

}  // namespace

TEST_CASE("a fixed grid tells the next three times, however long ago it began") {
    const auto law = book(daily);
    const Deadline deadline = assessed(law, "2026-03-10T13:00Z").duties.front().deadline;
    CHECK(deadline.repeats == times({"2026-03-11T12:00Z", "2026-03-12T12:00Z", "2026-03-13T12:00Z"}));
    CHECK(assessed(law, "2026-03-10T12:00Z").duties.front().deadline.repeats.front() == parse_instant("2026-03-10T12:00Z"));  // at the very instant it is still in time
    const auto by_minute = book(limb + R"(<repeat every="5 minutes" counting="plain"><start>2025-01-01T12:00Z</start></repeat>)");
    CHECK(assessed(by_minute, "2026-03-10T13:01Z").duties.front().deadline.repeats == times({"2026-03-10T13:05Z", "2026-03-10T13:10Z", "2026-03-10T13:15Z"}));
    CHECK(assessed(book(limb + R"(<repeat every="24 hours" counting="plain"><start>2026-04-01T12:00Z</start></repeat>)"), "2026-03-10T12:00Z").duties.front().deadline.repeats.front() == parse_instant("2026-04-02T12:00Z"));
}

TEST_CASE("the last time of a grid is missed unless something was done since the one before") {
    const auto law = book(daily);
    const auto missed = [&](const std::string& filings) { return assessed(law, "2026-03-10T13:00Z", filings).duties.front().deadline.repeat_missed; };
    CHECK(missed("") == parse_instant("2026-03-10T12:00Z"));
    CHECK(missed(filed("2026-03-09T12:00Z")) == parse_instant("2026-03-10T12:00Z"));  // that one met the time before
    CHECK_FALSE(missed(filed("2026-03-09T12:01Z")));
    CHECK_FALSE(missed(filed("2026-03-10T12:30Z")));  // late, and done
    CHECK_FALSE(assessed(book(limb + R"(<repeat every="24 hours" counting="plain"><start>2026-03-10T12:00Z</start></repeat>)"), "2026-03-10T13:00Z").duties.front().deadline.repeat_missed);
}

TEST_CASE("without a grid the next time counts from the last act, and is missed when it passes") {
    const auto law = book(R"(<limb id="first" amount="24 hours" counting="plain"><start>entity.aware_at</start></limb><repeat every="72 hours" counting="plain"/>)");
    const Deadline before = assessed(law, "2026-03-03T00:00Z").duties.front().deadline;
    CHECK(before.repeats.front() == parse_instant("2026-03-06T09:00Z"));  // from the first limit while nothing is done
    CHECK_FALSE(before.repeat_missed);
    CHECK_FALSE(assessed(law, "2026-03-20T00:00Z").duties.front().deadline.repeat_missed);  // the first limit itself has passed
    const Deadline done = assessed(law, "2026-03-05T00:00Z", filed("2026-03-02T12:00Z") + "," + filed("2026-03-03T12:00Z")).duties.front().deadline;
    CHECK(done.repeats == times({"2026-03-06T12:00Z", "2026-03-09T12:00Z", "2026-03-12T12:00Z"}));
    CHECK_FALSE(done.repeat_missed);
    CHECK(assessed(law, "2026-03-20T00:00Z", filed("2026-03-03T12:00Z")).duties.front().deadline.repeat_missed == parse_instant("2026-03-06T12:00Z"));
}

TEST_CASE("a repetition that has ended comes no more, and what was missed before stays") {
    const auto law = book(limb + R"(<repeat every="24 hours" counting="plain"><start>2026-03-01T12:00Z</start><until>incident.ended_at</until></repeat>)");
    const std::string ended = R"(, "facts": {"incident.ended_at": "2026-03-05T12:00Z"})";
    const Deadline deadline = assessed(law, "2026-03-10T13:00Z", "", ended).duties.front().deadline;
    CHECK(deadline.repeats.empty());
    CHECK(deadline.repeat_missed == parse_instant("2026-03-05T12:00Z"));
    CHECK_FALSE(assessed(law, "2026-03-10T13:00Z", filed("2026-03-05T11:00Z"), ended).duties.front().deadline.repeat_missed);
}

TEST_CASE("a filing says which series it is about, or covers all") {
    const auto law = book(R"(<limb id="day" amount="24 hours" counting="plain"><start>entity.aware_at</start></limb>)", "entity series");
    const std::string series = R"(, "series": [{"id": "s1", "incidents": ["i1"]}, {"id": "s2", "incidents": ["i2"]}])";
    const auto done = [&](const std::string& filing) {
        const Assessment made = assessed(law, "2026-03-10T13:00Z", filing, series);
        return std::pair(made.find("t.a@e/s1")->done, made.find("t.a@e/s2")->done);
    };
    CHECK(done(filed("2026-03-03T08:00Z", R"(, "covers": {"series": "s2"})")) == std::pair(Done::Nothing, Done::Submitted));
    CHECK(done(filed("2026-03-03T08:00Z")) == std::pair(Done::Submitted, Done::Submitted));
}
