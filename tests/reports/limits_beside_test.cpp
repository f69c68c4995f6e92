#include <catch2/catch.hpp>

#include <algorithm>

#include "engine/assess.h"
#include "engine/explanation.h"
#include "engine/incident_reader.h"
#include "reports/batch_report.h"
#include "reports/html.h"
#include "reports/ics.h"
#include "reports/json.h"
#include "reports/packet.h"
#include "reports/text.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// What stands beside a date: a standard in words, and a limit that cannot be counted. No output may show the date alone.

using namespace duenotice;
using namespace duenotice::test;

namespace {

SourcePtr source(const char* name, const std::string& text) { return std::make_shared<const SourceText>(name, text); }

std::string one_line(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\r';
        if (!blank) result += c;
        else if (!result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
}

std::string unfolded(std::string text) {
    for (std::size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
    return text;
}

/// Aware on Mon 2 March 2026 at 09:00, and 72 hours from then.
struct Outputs {
    explicit Outputs(const std::string& limbs) {
        const auto law = load_rulebook(std::vector<SourcePtr>{
            source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"), source("place", R"(<jurisdiction language="1" code="XF" title="Farmland" zone="Etc/UTC" languages="en"/>)"),
            source("law", R"(<law language="1" id="xf.law" title="Farmland" place="XF"><obligation id="xf.a" title="Tell" each="entity"><version checked="2026-11-26" grade="U"><cite provision="1">tell</cite><when>entity.affected is yes</when><clock><first-of>)" +
                              limbs + R"(</first-of></clock><recipients><to who="public"/></recipients></version></obligation></law>)")});
        INFO(print(law.diagnostics));
        REQUIRE(law);
        const World world{*law, system_zones(), std::make_shared<const CalendarSet>()};
        auto read = read_incident({source("i.json", R"({"duenotice": "incident/1", "id": "I", "entities": [{"id": "e", "facts": {"entity.affected": "yes", "entity.aware_at": "2026-03-02T09:00Z"}}]})"), nullptr, nullptr, parse_instant("2026-03-05T00:00Z")}, **law, world.zones);
        INFO(print(read.diagnostics));
        REQUIRE(read);
        made = assess(world, std::make_shared<const Incident>(std::move(*read)), {*parse_instant("2026-03-05T00:00Z"), {}, {}});
        const ReportContext context{made, system_zones(), {"Etc/UTC"}, "duenotice test", "counsel"};
        BatchRun run;
        run.as_of = made.moment.as_of;
        add_assessment(run, context);
        const Duty& duty = made.duties.front();
        std::string packet;
        for (const Packet& one : make_packets(duty, explain(world, made, duty), context))
            for (const auto& [name, bytes] : one.files) packet += bytes;
        all = {{"timetable", timetable_text(context)}, {"page", page_html(context)}, {"summary", summary_html(context)}, {"calendar", unfolded(deadlines_ics(context))}, {"packet", packet}, {"batch", batch_csv(run)}};
        json = assessment_json(context, true);
    }
    Assessment made;
    std::vector<std::pair<std::string, std::string>> all;
    std::string json;
};

const std::string hours = R"(<limb id="hours" amount="72 hours" counting="plain"><start>entity.aware_at</start></limb>)";

}  // namespace

TEST_CASE("a standard in words stands beside the date in every output") {
    for (const std::string& limbs : {hours + R"(<limb id="soon" words="without undue haste"><start>entity.aware_at</start></limb>)",
                                     hours + R"(<limb id="soon" words="without undue haste"><start>incident.contained_at</start></limb>)",
                                     hours + R"(<limb id="soon" words="without undue haste"><start>entity.aware_at</start><when>entity.size is large</when></limb>)",
                                     hours + R"(<limb id="month" amount="30 days" counting="plain" words="without undue haste"><start>entity.aware_at</start></limb>)",
                                     std::string(R"(<limb id="hours" amount="72 hours" counting="plain" words="without undue haste"><start>entity.aware_at</start></limb>)")}) {
        INFO(limbs);
        const Outputs outputs(limbs);
        CHECK(outputs.made.duties.front().deadline.safe == parse_instant("2026-03-05T09:00Z"));
        for (const auto& [name, text] : outputs.all) {
            INFO(name << "\n" << text);
            CHECK(one_line(text).find("without undue haste") != std::string::npos);
        }
        CHECK(outputs.json.find("without undue haste") != std::string::npos);
    }
}

TEST_CASE("a limit that cannot be counted stands beside the date in every output, and the date is not called safe") {
    const Outputs outputs(hours + R"(<limb id="off" amount="2 working days" counting="plain" calendar="place"><start>entity.aware_at</start></limb>)");
    for (const auto& [name, text] : outputs.all) {
        INFO(name << "\n" << text);
        CHECK(one_line(text).find("a limit that cannot be counted may end sooner: 2 working days") != std::string::npos);
        CHECK(one_line(text).find("safe limit") == std::string::npos);
    }
    for (const char* name : {"timetable", "page", "summary"}) {
        INFO(name);
        const auto found = std::find_if(outputs.all.begin(), outputs.all.end(), [&](const auto& one) { return one.first == name; });
        CHECK(one_line(found->second).find("at latest Thu 5 Mar") != std::string::npos);
    }
    const std::string json = outputs.json;
    CHECK(json.find(R"("safe_utc":null,"maximum_utc":null,"counted_utc":"2026-03-05T09:00:00Z","may_end":["sooner"])") != std::string::npos);
}
