// The lists of `ready` and `told` as they are read, under an invented law: whole texts, accepted after reading.
#include <catch2/catch.hpp>

#include <regex>

#include "tests/support/approval.h"
#include "tests/tools/program_run.h"

using namespace duenotice::test;

namespace {

/// What depends on the machine: the age of its zone data.
std::string without_zone_note(const std::string& text) { return std::regex_replace(text, std::regex(R"(Beware: the zone data[\s\S]*?say\s+so\.\n)"), ""); }

std::string printed(const ProgramFolder& folder, const std::string& law, const std::string& command) {
    for (const char* shared : {"vocabulary.xml", "counting.xml"}) folder.copy("jurisdictions/_shared/" + std::string(shared), "law/_shared/" + std::string(shared));
    for (const std::string& file : {std::string("places.xml"), std::string("ready_authorities.xml"), law}) folder.copy("tests/tools/law/" + file, "law/" + file);
    const ProgramRun run = run_in(folder, "duenotice --law law --as-of 2026-11-25T02:05+01:00 " + command);
    INFO(run.err);
    CHECK(run.code == 0);
    return without_zone_note(run.out);
}

}  // namespace

TEST_CASE("the list of what is not prepared is as approved", "[program]") {
    const ProgramFolder folder;
    folder.copy("tests/tools/ready_group.json", "group.json");
    CHECK(approval_difference("tests/tools/transcripts/ready.txt", printed(folder, "ready.xml", "ready")) == "");
}

TEST_CASE("what was told beside what is known now is as approved", "[program]") {
    const ProgramFolder folder;
    folder.write("told.json", R"({"duenotice": "incident/1", "id": "T-1", "zone": "Europe/Berlin", "facts": {"incident.detected_at": "2026-11-24T22:00+01:00"},
      "entities": [{"id": "bank", "name": "The bank", "zone": "Europe/Berlin", "facts": {"entity.affected": "yes", "entity.aware_at": "2026-11-24T23:00+01:00", "service.critical_hit": "yes",
        "service.clients_hit": {"history": [{"value": 1200, "learned_at": "2026-11-25T01:00+01:00"}, {"value": 1480, "learned_at": "2026-11-25T02:04+01:00"}]}}}],
      "filings": [{"id": "L-1", "obligation": "told.first", "entity": "bank", "recipient": "de.super", "submitted_at": "2026-11-25T02:00+01:00"},
                  {"id": "L-2", "obligation": "told.first", "entity": "bank", "recipient": "de.market", "submitted_at": "2026-11-25T02:00+01:00"}]})");
    CHECK(approval_difference("tests/tools/transcripts/told.txt", printed(folder, "told.xml", "told told.json")) == "");
}
