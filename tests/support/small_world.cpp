#include "tests/support/small_world.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/oracle/condition_generator.h"
#include "tests/support/system_zones.h"

namespace duenotice::test {

SmallWorld::SmallWorld() : book(oracle::small_book()), zone(&test::zone("Europe/Berlin")) {
    std::ifstream file(DUENOTICE_SOURCE_DIR "/jurisdictions/_shared/counting.xml");
    std::stringstream text;
    text << file.rdbuf();
    auto laws = parse_counting_laws(std::make_shared<SourceText>("counting.xml", text.str()));
    if (laws) book->counting = std::move(*laws);
    world_.law = book;
    world_.zones = system_zones();
    incident.zone = "Europe/Berlin";
}

Instant SmallWorld::as_of() const { return {oracle::small_start() + 12}; }

void SmallWorld::clear() { incident.facts.clear(); }

void SmallWorld::state(const GroundFact& ground, const Known& value, bool unless_empty) {
    if (unless_empty && value.is_empty()) return;
    const auto at = std::lower_bound(incident.facts.begin(), incident.facts.end(), ground, [](const FactRecord& record, const GroundFact& key) { return record.ground < key; });
    Statement statement;
    statement.value = value;
    if (at != incident.facts.end() && at->ground == ground) at->history = {statement};
    else incident.facts.insert(at, FactRecord{ground, {statement}});
}

Known wide_open(const FactDeclaration& declaration) {
    Known known = Known::open(declaration);
    if (declaration.type == ValueType::Instant) {
        known.low = oracle::small_start() - 1;
        known.high = oracle::small_start() + 12;
    }
    if (declaration.type == ValueType::Date) {
        known.low = 20409;
        known.high = 20422;
    }
    return known;
}

}  // namespace duenotice::test
