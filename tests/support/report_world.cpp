#include "tests/support/report_world.h"

#include <vector>

#include <catch2/catch.hpp>

#include "engine/incident_reader.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

namespace duenotice::test {

namespace {

constexpr const char* places = R"(<jurisdiction language="1" code="DE" title="Germany" zone="Europe/Berlin" languages="de">
  <region code="DE-HE" title="Hessen"/>
</jurisdiction>)";
constexpr const char* american = R"(<jurisdiction language="1" code="US" title="United States" zone="America/New_York" languages="en">
  <region code="US-TX" title="Texas" zone="America/Chicago"/>
</jurisdiction>)";
constexpr const char* asian = R"(<jurisdiction language="1" code="SG" title="Singapore" zone="Asia/Singapore" languages="en"/>)";
constexpr const char* authorities = R"(<authorities language="1" place="DE">
  <authority id="de.he.hbdi" title="Der Hessische Beauftragte für Datenschutz und Informationsfreiheit" place="DE-HE" source="tests" checked="2026-11-25" grade="U"/>
  <authority id="de.bafin" title="Bundesanstalt für Finanzdienstleistungsaufsicht" short="BaFin" place="DE" source="tests" checked="2026-11-25" grade="U"/>
  <authority id="de.attorney-general" title="Attorney General" place="DE" source="tests" checked="2026-11-25" grade="U"/>
</authorities>)";

std::string six_alike() {
    std::string text;
    for (const char letter : std::string("abcdef"))
        text += std::string(R"(<obligation id="test.alike-)") + letter + R"(" title="Tell bureau )" + letter + R"(" each="entity">
    <version from="2020-01-01" checked="2026-11-25" grade="U"><cite provision="3">tell the bureau</cite><when>entity.affected is yes and any population where (data.taken is yes)</when>
      <clock><limb id="days" amount="30 days" counting="plain"><start>entity.aware_at</start></limb></clock></version>
  </obligation>)";
    return text;
}

std::string law() {
    return R"(<law language="1" id="test" title="Land Data Act, of an invented country" number="1" address="http://example.test/law" place="DE" published="2020-01-01">
  <obligation id="test.notify" title="Notify the supervisor" each="entity population">
    <version from="2020-01-01" checked="2026-11-25" grade="C"><cite provision="Article 1">within 72 hours</cite>
      <when>data.personal is yes and not (judged.gdpr_risk is unlikely) and entity.role_here is decides_alone</when>
      <clock><first-of>
        <limb id="soon" kind="prompt" words="without undue delay"><start>entity.aware_personal_data_at</start></limb>
        <limb id="hours" amount="72 hours" counting="plain"><start>earliest of (entity.aware_at, entity.aware_personal_data_at)</start></limb>
      </first-of></clock>
      <delegated by="another controller" provision="Article 9">entity.joint_notifier is another</delegated>
      <recipients><to authority="de.he.hbdi"/></recipients></version>
  </obligation>
  <obligation id="test.board" title="Tell the market" each="entity">
    <version from="2020-01-01" checked="2026-11-25" grade="S"><cite provision="Article 2">four days after the decision</cite>
      <when>entity.affected is yes and judged.sec_material is material</when>
      <clock><limb id="days" amount="4 days" counting="plain"><start>judged.sec_material.decided_at</start></limb></clock>
      <recipients><to authority="de.bafin"/></recipients></version>
  </obligation>
  <obligation id="test.now" title="Tell the clients" each="entity">
    <version from="2020-01-01" checked="2026-11-25" grade="C"><cite provision="Article 4">at once</cite>
      <when>service.critical_hit is yes</when>
      <clock><limb id="soon" kind="prompt" words="as soon as possible"><start>entity.aware_at</start></limb></clock></version>
  </obligation>
  )" + six_alike() + "</law>";
}

std::shared_ptr<const RuleBook> load() {
    std::vector<SourcePtr> sources{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"), source_file("jurisdictions/_shared/groups.xml")};
    int number = 0;
    for (const std::string& text : {std::string(places), std::string(american), std::string(asian), std::string(authorities), law()}) sources.push_back(std::make_shared<const SourceText>("part-" + std::to_string(++number), text));
    const auto book = load_rulebook(sources);
    INFO(print(book.diagnostics));
    REQUIRE(book);
    return *book;
}

const World& world() {
    static const World made{load(), system_zones(), std::make_shared<const CalendarSet>()};
    return made;
}

}  // namespace

std::string report_account(const std::string& more_facts) {
    return R"({"duenotice": "incident/1", "id": "INC-1", "title": "Host encrypted", "zone": "Europe/Berlin",
  "facts": {"incident.detected_at": "2026-11-20T15:14+01:00")" + more_facts + R"(},
  "populations": [{"id": "staff", "facts": {"data.personal": "yes"}}, {"id": "customers", "facts": {"data.personal": "yes"}}],
  "entities": [
    {"id": "bank", "name": "The bank of the tests", "short": "AG", "zone": "Europe/Berlin",
     "facts": {"entity.affected": "yes", "entity.told_at": "2026-11-20T15:31+01:00", "entity.aware_at": "2026-11-20T19:05+01:00", "service.critical_hit": "yes"},
     "populations": [{"id": "staff", "facts": {"entity.role_here": "decides_alone"}}, {"id": "customers", "facts": {"entity.role_here": "decides_alone"}}]},
    {"id": "branch", "name": "The branch", "short": "SG branch", "zone": "Asia/Singapore", "facts": {"entity.affected": "yes", "service.critical_hit": "no"}},
    {"id": "other", "name": "The other company", "zone": "Europe/Berlin", "facts": {"service.critical_hit": "no"}}
  ],
  "complete": ["entities", "populations", "contracts", "places"]})";
}

Reported::Reported(const std::string& incident_json, std::string_view as_of) {
    IncidentSources sources;
    sources.incident = std::make_shared<const SourceText>("account", incident_json);
    sources.as_of = instant(as_of);
    Checked<Incident> read = read_incident(sources, *world().law, world().zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    assessment_ = assess(world(), std::make_shared<const Incident>(std::move(*read)), {instant(as_of), {}, {}});
}

ReportContext Reported::context() const { return {assessment_, world().zones, {"Europe/Berlin", "Asia/Singapore"}, "duenotice test"}; }

}  // namespace duenotice::test
