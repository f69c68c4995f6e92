#include "engine/incident_reader.h"

#include <fstream>
#include <map>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/support/reader_book.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

struct MistakeCase {
    std::string name;
    std::map<std::string, std::string> parts;  ///< incident, group, contracts, says
};

/// `== name`, the incident, then `-- group`, `-- contracts`, `-- says` and what follows each.
std::vector<MistakeCase> mistake_cases() {
    std::istringstream text(std::string(source_file("tests/tables/account_mistakes.txt")->text()));
    std::vector<MistakeCase> cases;
    std::string line, part;
    while (std::getline(text, line)) {
        if (line.starts_with("== ")) {
            cases.push_back({line.substr(3), {}});
            part = "incident";
        } else if (line.starts_with("-- ")) {
            part = line.substr(3);
        } else {
            cases.back().parts[part] += line + "\n";
        }
    }
    return cases;
}

SourcePtr source(std::string name, std::string text) { return std::make_shared<const SourceText>(std::move(name), std::move(text)); }

Checked<Incident> read(std::string json, std::string_view as_of = "2026-11-25T12:00Z", bool known_at = false) {
    IncidentSources sources;
    sources.incident = source("x.json", std::move(json));
    sources.as_of = parse_instant(as_of);
    sources.known_at_given = known_at;
    return read_incident(sources, reader_book(), system_zones());
}

Checked<Incident> sample() {
    IncidentSources sources;
    sources.incident = source_file("tests/cases/samples/payroll.json");
    sources.group = source_file("tests/cases/samples/group.json");
    sources.contracts = source_file("tests/cases/samples/contracts.csv");
    sources.as_of = parse_instant("2026-11-23T12:00Z");
    return read_incident(sources, reader_book(), system_zones());
}

Checked<Incident> short_facts(std::string text, std::string_view place = "US-TX") {
    const SourcePtr facts = source("facts", text);
    return read_short_facts(facts->text(), {facts, 0, text.size()}, place, reader_book(), system_zones());
}

/// The fact as people read it, in the frame of the first entity, population, contract and event, and of the place.
std::string fact(const Checked<Incident>& incident, std::string_view name, std::string_view place = {}, std::int32_t entity = 0, std::int32_t population = 0) {
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    const FactDeclaration* declaration = reader_book().vocabulary.find(name);
    REQUIRE(declaration != nullptr);
    Frame frame{entity, population, place.empty() ? -1 : incident->place_index(place), 0, 0, 0, 0};
    return words(incident->known({declaration->id, frame.restricted(bindings(declaration->frame))}, reader_book().vocabulary), *declaration);
}

const EntityPlace& link(const Incident& incident, std::string_view entity, std::string_view place) {
    const EntityPlace* found = incident.entity_place(incident.entity_index(entity), incident.place_index(place));
    REQUIRE(found != nullptr);
    return *found;
}

std::string account(std::string_view facts) { return R"({"duenotice": "incident/1", "id": "x", "zone": "Europe/Berlin", "facts": {)" + std::string(facts) + "}}"; }

}  // namespace

TEST_CASE("every mistake of an account is shown with its place, its code and help") {
    const auto cases = mistake_cases();
    CHECK(cases.size() >= 50);
    for (const MistakeCase& one : cases) {
        IncidentSources sources;
        const auto part = [&one](const char* name) { return one.parts.contains(name) ? one.parts.at(name) : std::string(); };
        sources.incident = source("x.json", part("incident"));
        if (one.parts.contains("group")) sources.group = source("group.json", part("group"));
        if (one.parts.contains("contracts")) sources.contracts = source("contracts.csv", part("contracts"));
        sources.as_of = parse_instant("2026-11-25T12:00Z");
        const auto incident = read_incident(sources, reader_book(), system_zones());
        INFO(one.name);
        CHECK_FALSE(incident);
        CHECK(print(incident.diagnostics) == part("says"));
    }
}

TEST_CASE("an account with a group and contracts is read whole") {
    const auto incident = sample();
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    CHECK(incident->id == "INC-2026-0042");
    CHECK(incident->entities.size() == 3);
    CHECK(incident->populations.size() == 2);
    CHECK(incident->contracts.size() == 3);
    CHECK(incident->contracts[2].contact == "service desk, second level");
    CHECK(incident->hash.size() == 64);
    CHECK(incident->zone == "Europe/Berlin");
    CHECK(incident->entities[0].owner == "privacy counsel");
    CHECK_FALSE(incident->entities[0].in_group_only);
    CHECK(incident->contacts.at(0).last_login_test == Date::parse("2026-09-30"));
    REQUIRE(incident->rates.size() == 1);
    CHECK(incident->rates[0].numerator == 6821);
    CHECK(incident->rates[0].denominator == 10000);
    CHECK(incident->holds.at(0).recipients == std::vector<std::string>{"individuals"});
    CHECK(incident->texts == std::vector<std::pair<std::string, std::string>>{{"text.what_happened", "The host that runs payroll was encrypted; a note demands money."}});
    CHECK(fact(incident, "contract.limit") == "24 hours");
    CHECK(fact(incident, "data.categories") == "name, tax_number, bank_account, income; not genetic, biometric_template; others open");
    CHECK(fact(incident, "service.clients_hit") == "40 (estimate), 25 to 60");
    CHECK(fact(incident, "judged.gdpr_risk") == "risk (provisional)");
    CHECK(fact(incident, "judged.gdpr_risk.decided_at") == "not yet");
    CHECK(fact(incident, "judged.dora_major.decided_at") == "2026-11-20T20:30:00Z");
    CHECK(fact(incident, "event.due_at") == "not yet");
}

TEST_CASE("the simple file needs no populations") {
    IncidentSources sources;
    sources.incident = source_file("tests/cases/samples/simple.json");
    sources.as_of = parse_instant("2026-11-23T12:00Z");
    const auto incident = read_incident(sources, reader_book(), system_zones());
    CHECK(fact(incident, "people.affected", "DE") == "110 to 130");
    CHECK(fact(incident, "entity.role_here") == "decides_alone");
    REQUIRE(incident);
    CHECK(incident->populations.size() == 1);
    CHECK(incident->populations[0].implicit);
    CHECK(incident->populations_complete);
}

TEST_CASE("a contract's limit in working days keeps its words and has no length in seconds") {
    const auto incident = sample();
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    const FactDeclaration* limit = reader_book().vocabulary.find("contract.limit");
    Frame frame;
    frame.contract = 1;
    const Known known = incident->known({limit->id, frame}, reader_book().vocabulary);
    CHECK(known.period == Period::working_days(5));
    CHECK(known.low < known.high);
    frame.contract = 0;
    CHECK(incident->known({limit->id, frame}, reader_book().vocabulary).low == 24 * 3600);
}

TEST_CASE("relations are known from both sides") {
    const auto incident = sample();
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    const std::int32_t bank = incident->entity_index("bank-de"), trust = incident->entity_index("trust-ny");
    CHECK(incident->entities[static_cast<std::size_t>(trust)].relations == std::vector<std::pair<std::string, std::int32_t>>{{"parent", bank}});
}

TEST_CASE("links of entities to places follow from the facts") {
    const auto incident = sample();
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    CHECK(link(*incident, "bank-de", "DE").established == Truth::Yes);
    CHECK(link(*incident, "bank-de", "DE-HE").established == Truth::Yes);
    CHECK(link(*incident, "bank-de", "PL").established == Truth::No);
    CHECK(link(*incident, "branch-sg", "PL").established == Truth::Unknown);
    CHECK(link(*incident, "branch-sg", "FR").does_business == Truth::No);
    CHECK(link(*incident, "bank-de", "IT").does_business == Truth::Unknown);
    CHECK(link(*incident, "bank-de", "FR").lives == Truth::Yes);
    CHECK(link(*incident, "bank-de", "US-CT").lives == Truth::Unknown);
    CHECK(link(*incident, "bank-de", "US-TX").lives == Truth::Unknown);
    CHECK(link(*incident, "trust-ny", "US-NY").lives == Truth::Yes);
}

TEST_CASE("people counted as none do not live there; a count in a part is one in the whole") {
    const auto incident = read(R"({"duenotice": "incident/1", "id": "x", "complete": ["places"], "entities": [{"id": "e"}],
      "places": [{"place": "DE", "facts": {"people.affected": 0}}, {"place": "US-TX", "facts": {"people.affected": 3}}, {"place": "US"},
                 {"place": "FR", "facts": {"people.affected": {"at_most": 4}}}, {"place": "SG", "listed": "no"}]})");
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    CHECK(link(*incident, "e", "DE").lives == Truth::No);
    CHECK(link(*incident, "e", "US").lives == Truth::Yes);
    CHECK(link(*incident, "e", "US-TX").lives == Truth::Yes);
    CHECK(link(*incident, "e", "FR").lives == Truth::Unknown);
    CHECK(link(*incident, "e", "SG").served == Truth::No);
    CHECK(incident->places[static_cast<std::size_t>(incident->place_index("SG"))].listed == Truth::No);
}

TEST_CASE("a population with which the entity has nothing to do links it to no place") {
    const auto incident = read(R"({"duenotice": "incident/1", "id": "x", "complete": ["places", "populations"],
      "populations": [{"id": "p", "places": [{"place": "FR", "facts": {"people.affected": 9}}]}],
      "entities": [{"id": "e", "populations": [{"id": "p", "facts": {"entity.role_here": "not_involved"}}]}, {"id": "f"}]})");
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    CHECK(link(*incident, "e", "FR").lives == Truth::No);
    CHECK(link(*incident, "f", "FR").lives == Truth::Yes);
}

TEST_CASE("a day is the whole day in the zone of the entity, of its country, or of the group") {
    const auto incident = read(R"({"duenotice": "incident/1", "id": "x", "zone": "Asia/Singapore", "facts": {"incident.started_at": "2026-11-20"},
      "entities": [{"id": "a", "facts": {"entity.told_at": "2026-11-20", "entity.country": "US-TX"}},
                   {"id": "b", "zone": "Europe/Berlin", "facts": {"entity.told_at": "2026-11-20"}},
                   {"id": "c", "facts": {"entity.told_at": "2026-11-20"}}]})");
    CHECK(fact(incident, "incident.started_at") == "2026-11-19T16:00:00Z to 2026-11-20T15:59:59Z");
    CHECK(fact(incident, "entity.told_at", {}, 0) == "2026-11-20T06:00:00Z to 2026-11-21T05:59:59Z");
    CHECK(fact(incident, "entity.told_at", {}, 1) == "2026-11-19T23:00:00Z to 2026-11-20T22:59:59Z");
    CHECK(fact(incident, "entity.told_at", {}, 2) == "2026-11-19T16:00:00Z to 2026-11-20T15:59:59Z");
}

TEST_CASE("the day on which the clocks change has 23 or 25 hours") {
    CHECK(fact(read(account(R"("incident.started_at": "2026-03-29")")), "incident.started_at") == "2026-03-28T23:00:00Z to 2026-03-29T21:59:59Z");
    CHECK(fact(read(account(R"("incident.started_at": "2026-10-25")")), "incident.started_at") == "2026-10-24T22:00:00Z to 2026-10-25T22:59:59Z");
}

TEST_CASE("today lasts until as-of, and tomorrow is refused") {
    CHECK(fact(read(account(R"("incident.started_at": "2026-11-25")")), "incident.started_at") == "2026-11-24T23:00:00Z to 2026-11-25T12:00:00Z");
    CHECK_FALSE(read(account(R"("incident.started_at": "2026-11-26")")));
    CHECK(fact(read(account(R"("incident.ended_at": {"value": "2026-11-26", "planned": true})")), "incident.ended_at") == "not yet");
    CHECK(fact(read(account(R"("incident.ended_at": {"value": "2026-11-25T11:59Z", "planned": true})")), "incident.ended_at") == "not known yet");
}

TEST_CASE("not yet, unknown whether and unknown when are three things") {
    CHECK(fact(read(account(R"("incident.ended_at": {"not_yet": true})")), "incident.ended_at") == "not yet");
    CHECK(fact(read(account("")), "incident.ended_at") == "not known yet");
    CHECK(fact(read(account(R"("incident.ended_at": {"happened": true})")), "incident.ended_at") == "happened, not known when");
    CHECK(fact(read(account(R"("incident.ended_at": {"from": "2026-11-20T10:00Z", "until": "2026-11-20T12:00Z"})")), "incident.ended_at") ==
          "2026-11-20T10:00:00Z to 2026-11-20T11:59:59Z");
}

TEST_CASE("a list is open unless it is closed") {
    CHECK(fact(read(account(R"("incident.kinds": ["service_down"])")), "incident.kinds") == "service_down; others open");
    CHECK(fact(read(account(R"("incident.kinds": {"exactly": ["service_down"]})")), "incident.kinds") == "service_down");
    CHECK(fact(read(account(R"("data.otherwise_unreadable": "none")")), "data.otherwise_unreadable") == "nothing");
    CHECK(fact(read(account(R"("data.otherwise_unreadable": ["none"])")), "data.otherwise_unreadable") == "nothing");
    CHECK(fact(read(account(R"("data.otherwise_unreadable": {"exactly": []})")), "data.otherwise_unreadable") == "nothing");
}

TEST_CASE("a choice may be one of several, and one that rises may be at least so much") {
    CHECK(fact(read(account(R"("incident.cause": {"one_of": ["mistake", "system_fault"]})")), "incident.cause") == "mistake or system_fault");
    CHECK(fact(read(account(R"("incident.harm_to_health": {"at_least": "injury"})")), "incident.harm_to_health") == "injury or serious_injury or death");
}

TEST_CASE("a history keeps what was known when") {
    const auto incident = read(account(R"("people.total": {"history": [{"estimate": 90, "learned_at": "2026-11-21T10:00Z"},
        {"value": 96, "learned_at": "2026-11-22T10:00Z", "by": "human resources"}, {"not_known": true, "learned_at": "2026-11-23T10:00Z"}]})"));
    CHECK(fact(incident, "people.total") == "not known yet");
    REQUIRE(incident);
    Checked<Incident> earlier;
    earlier.value = incident->as_known_at(*parse_instant("2026-11-22T12:00Z"));
    CHECK(fact(earlier, "people.total") == "96");
    earlier.value = incident->as_known_at(*parse_instant("2026-11-21T12:00Z"));
    CHECK(fact(earlier, "people.total") == "90 (estimate)");
}

TEST_CASE("the account wins over the standing facts of the group, and both stay in the history") {
    IncidentSources sources;
    sources.incident = source("x.json", R"({"duenotice": "incident/1", "id": "x", "entities": [{"id": "e", "facts": {"entity.size": "large"}}]})");
    sources.group = source("group.json", R"({"duenotice": "group/1", "id": "g", "entities": [{"id": "e", "facts": {"entity.size": "medium"}}, {"id": "f"}]})");
    const auto incident = read_incident(sources, reader_book(), system_zones());
    CHECK(fact(incident, "entity.size") == "large");
    REQUIRE(incident);
    Frame frame;
    frame.entity = 0;
    CHECK(incident->find({reader_book().vocabulary.find("entity.size")->id, frame})->history.size() == 2);
    CHECK_FALSE(incident->entities[0].in_group_only);
    CHECK(incident->entities[1].in_group_only);
}

TEST_CASE("constraints narrow facts that are stated and facts that are not") {
    const auto incident = read(R"({"duenotice": "incident/1", "id": "x", "facts": {"incident.kinds": ["money_demanded"], "incident.detected_at": "2026-11-20T10:00Z"},
      "entities": [{"id": "e", "facts": {"entity.aware_at": "2026-11-21T10:00Z", "entity.told_at": {"from": "2026-11-19T00:00Z", "until": "2026-11-23T00:00Z"}}}]})");
    CHECK(fact(incident, "incident.extortion") == "yes");
    CHECK(fact(incident, "entity.told_at") == "2026-11-20T10:00:00Z to 2026-11-21T10:00:00Z");
    CHECK(fact(incident, "entity.suspected_at") == "2026-11-20T10:00:00Z to 2026-11-21T10:00:00Z");
    CHECK(fact(incident, "incident.started_at") == "until 2026-11-20T10:00:00Z");
    CHECK(fact(incident, "judged.sec_material.decided_at") == "not known yet");
    REQUIRE(incident);
    Frame frame;
    frame.entity = 0;
    CHECK(incident->find({reader_book().vocabulary.find("judged.sec_material.decided_at")->id, frame}) == nullptr);
}

TEST_CASE("what was learned later is allowed when known-at is given") {
    const std::string json = account(R"("incident.extortion": {"value": "no", "learned_at": "2026-11-26T10:00Z"})");
    CHECK_FALSE(read(json));
    CHECK(read(json, "2026-11-25T12:00Z", true));
    const std::string later = account(R"("incident.ended_at": {"value": "2026-11-26T09:00Z", "learned_at": "2026-11-26T10:00Z"})");
    CHECK_FALSE(read(later));
    CHECK(fact(read(later, "2026-11-25T12:00Z", true), "incident.ended_at") == "2026-11-26T09:00:00Z");
}

TEST_CASE("the first authority told comes from the filings") {
    const auto with = [](std::string_view filings) {
        return read(R"({"duenotice": "incident/1", "id": "x", "entities": [{"id": "e"}], "filings": [)" + std::string(filings) + "]}");
    };
    CHECK(fact(with(""), "told.any_authority_at") == "not yet");
    CHECK(fact(with(R"({"id": "f", "obligation": "test.old-tell", "entity": "e", "recipient": "de.bafin", "submitted_at": "2026-11-21T10:00Z"},
                       {"id": "g", "obligation": "test.tell", "entity": "e", "recipient": "individuals", "dispatched_at": "2026-11-20T10:00Z"})"),
               "told.any_authority_at") == "2026-11-21T10:00:00Z");
}

TEST_CASE("the same sources give the same hash, and another byte another") {
    CHECK(read(account("")).value->hash == read(account("")).value->hash);
    CHECK(read(account("")).value->hash != read(account(" ")).value->hash);
}

TEST_CASE("the group is named by the account") {
    CHECK(group_file_of(source_file("tests/cases/samples/payroll.json")) == "group.json");
    CHECK(group_file_of(source_file("tests/cases/samples/simple.json")).empty());
    CHECK(group_file_of(source("x.json", "{")).empty());
}

TEST_CASE("short facts are an account of one entity and one population") {
    const auto incident = short_facts(
        "data.categories has name, social_security; data.categories has not biometric_template;\n people.affected is 200 to 300 learned 2026-03-02T10:00Z;"
        "entity.role_here is owner_or_licensee_of_the_data; service.cost is at most EUR 100000.01; service.clients_hit_share is at least 10.5 %; entity.aware_at is between 2026-03-02T09:00Z and "
        "2026-03-02T12:00Z; judged.us_breach_determined is yes; judged.us_breach_determined.decided_at is 2026-03-03; incident.contained_at is not yet;"
        "entity.classes is exactly nothing; incident.cause is one of (mistake, system_fault); incident.started_at cannot be determined; contract.limit is 24 hours");
    CHECK(fact(incident, "data.categories") == "name, social_security; not biometric_template; others open");
    CHECK(fact(incident, "people.affected", "US-TX") == "200 to 300");
    CHECK(fact(incident, "entity.affected") == "yes");
    CHECK(fact(incident, "entity.role_here") == "owner_or_licensee_of_the_data");
    CHECK(fact(incident, "service.cost") == "at most EUR 100000.01");
    CHECK(fact(incident, "service.clients_hit_share") == "at least 10.5 %");
    CHECK(fact(incident, "entity.aware_at") == "2026-03-02T09:00:00Z to 2026-03-02T12:00:00Z");
    CHECK(fact(incident, "judged.us_breach_determined") == "yes");
    CHECK(fact(incident, "judged.us_breach_determined.decided_at") == "2026-03-03T06:00:00Z to 2026-03-04T05:59:59Z");
    CHECK(fact(incident, "incident.contained_at") == "not yet");
    CHECK(fact(incident, "entity.classes") == "nothing");
    CHECK(fact(incident, "incident.cause") == "mistake or system_fault");
    CHECK(fact(incident, "incident.started_at") == "cannot be determined");
    CHECK(fact(incident, "contract.limit") == "24 hours");
    CHECK(link(*incident, "e", "US-TX").served == Truth::Yes);
    CHECK(link(*incident, "e", "US-TX").does_business == Truth::Yes);
    CHECK_FALSE(incident->places_complete);
}

TEST_CASE("short facts name filings, holds, events and further places") {
    const auto incident = short_facts(
        "filed test.tell act received to de.bafin at 2026-03-02T10:00Z; hold police_request by fbi in written from 2026-03-02T10:00Z until 2026-03-09T10:00Z;"
        "place US-OH linked lives; people.affected is 10000; places complete; event payment at 2026-03-02T09:00Z; event.amount is USD 5; entity.affected is not known yet");
    CHECK(fact(incident, "people.affected", "US-OH") == "10000");
    CHECK(fact(incident, "people.affected", "US-TX") == "not known yet");
    CHECK(fact(incident, "event.at") == "2026-03-02T09:00:00Z");
    CHECK(fact(incident, "event.amount") == "USD 5");
    CHECK(fact(incident, "entity.affected") == "not known yet");
    CHECK(fact(incident, "told.any_authority_at") == "2026-03-02T10:00:00Z");
    CHECK(incident->holds.at(0).form == "written");
    CHECK(incident->places_complete);
    CHECK(link(*incident, "e", "US-OH").lives == Truth::Yes);
    CHECK(link(*incident, "e", "US-OH").does_business == Truth::Unknown);
}

TEST_CASE("a hold begins and ends at an instant, on a day or between two bounds, and may be unconfirmed") {
    const auto incident = read(R"({"duenotice": "incident/1", "id": "x", "zone": "Europe/Berlin", "entities": [{"id": "e"}], "holds": [
      {"kind": "police_request", "from": "2026-11-20T10:00Z", "until": "2026-12-20T10:00Z"},
      {"kind": "police_request", "from": "2026-11-20", "until": "2026-12-20", "confirmed": "no"},
      {"kind": "police_request", "from": {"from": "2026-11-20", "until": "2026-11-22T10:00Z"}},
      {"kind": "police_request", "from": "2026-11-25"}]})");
    INFO(print(incident.diagnostics));
    REQUIRE(incident);
    const auto at = [](const std::optional<Instant>& instant) { return instant ? iso_utc(*instant) : std::string("-"); };
    const std::vector<Hold>& holds = incident->holds;
    CHECK(at(holds[0].from) + " " + at(holds[0].from_latest) + " " + at(holds[0].until) + " " + at(holds[0].until_latest) == "2026-11-20T10:00:00Z - 2026-12-20T10:00:00Z -");
    CHECK(at(holds[1].from) + " " + at(holds[1].from_latest) + " " + at(holds[1].until) + " " + at(holds[1].until_latest) == "2026-11-19T23:00:00Z 2026-11-20T22:59:59Z 2026-12-19T23:00:00Z 2026-12-20T22:59:59Z");
    CHECK(holds[0].confirmed);
    CHECK_FALSE(holds[1].confirmed);
    CHECK(at(holds[2].from) + " " + at(holds[2].from_latest) == "2026-11-19T23:00:00Z 2026-11-22T09:59:59Z");
    CHECK(at(holds[3].from) + " " + at(holds[3].from_latest) == "2026-11-24T23:00:00Z 2026-11-25T12:00:00Z");  // it is on record, so it has begun
    CHECK_FALSE(read(R"({"duenotice": "incident/1", "id": "x", "entities": [{"id": "e"}], "holds": [{"kind": "police_request", "from": {"from": "2026-11-22T10:00Z", "until": "2026-11-22T10:00Z"}}]})"));
    CHECK_FALSE(read(R"({"duenotice": "incident/1", "id": "x", "entities": [{"id": "e"}], "holds": [{"kind": "police_request", "from": "2026-11-26T10:00Z"}]})"));
}

TEST_CASE("mistakes in short facts are shown in their text") {
    const auto incident = short_facts("data.personel is yes; people.affected about 5; entity.aware_at is 2026-03-02 to yesterday; hold; filed x", "");
    CHECK_FALSE(incident);
    CHECK(print(incident.diagnostics) == R"(facts:1:1: error[DN0518]: there is no fact `data.personel`
  data.personel is yes; people.affected about 5; entity.aware_at is 2026-03-02 to yesterday; hold; filed x
  ^^^^^^^^^^^^^
  did you mean `data.personal`?
facts:1:23: error[DN0536]: `people.affected about 5` is not a statement of a fact
  data.personel is yes; people.affected about 5; entity.aware_at is 2026-03-02 to yesterday; hold; filed x
                        ^^^^^^^^^^^^^^^^^^^^^^^
  help: FACT is VALUE, FACT is A to B, FACT has A, B, FACT is not yet, FACT has happened, ...
facts:1:92: error[DN0536]: this is not a hold
  data.personel is yes; people.affected about 5; entity.aware_at is 2026-03-02 to yesterday; hold; filed x
                                                                                             ^^^^
  help: hold KIND [by ISSUER] [in FORM] [from T] [until T]
facts:1:98: error[DN0536]: this is not a filing
  data.personel is yes; people.affected about 5; entity.aware_at is 2026-03-02 to yesterday; hold; filed x
                                                                                                   ^^^^^^^
  help: filed OBLIGATION [act ACT] [to RECIPIENT] at T
)");
    const auto place = short_facts("people.affected is 5; entity.aware_at is 2026-03-02; entity.aware_at is 2026-03-03", "");
    CHECK(print(place.diagnostics) == R"(facts:1:1: error[DN0536]: `people.affected` belongs to a place, and none is named before it
  people.affected is 5; entity.aware_at is 2026-03-02; entity.aware_at is 2026-03-03
  ^^^^^^^^^^^^^^^
  help: write `place CODE linked lives` first, or the example as a whole incident
facts:1:54: error[DN0536]: `entity.aware_at` is stated twice
  people.affected is 5; entity.aware_at is 2026-03-02; entity.aware_at is 2026-03-03
                                                       ^^^^^^^^^^^^^^^
)");
}
