#include "tests/support/reader_book.h"

#include <vector>

#include <catch2/catch.hpp>

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
  <authority id="de.bafin" title="Supervisor" place="DE" competences="dora" source="tests" checked="2026-11-25" grade="U"/>
</authorities>)";
constexpr const char* law = R"(<law language="1" id="test" title="Test law" number="1" address="http://example.test/law" place="DE" published="2020-01-01">
  <obligation id="test.tell" title="Tell the supervisor" each="entity" was="test.old-tell">
    <version from="2020-01-01" checked="2026-11-25" grade="U"><cite provision="1">tell the supervisor</cite><when>entity.affected is yes</when></version>
    <example name="affected" owed="yes">incident.detected_at is 2026-03-02T10:00+01:00</example>
    <example name="not affected" owed="no">entity.affected is no; incident.detected_at is 2026-03-02T10:00+01:00</example>
  </obligation>
</law>)";

std::shared_ptr<const RuleBook> load() {
    std::vector<SourcePtr> sources{source_file("jurisdictions/_shared/vocabulary.xml")};
    int number = 0;
    for (const char* text : {places, american, asian, authorities, law}) sources.push_back(std::make_shared<const SourceText>("part-" + std::to_string(++number), text));
    const auto book = load_rulebook(sources);
    INFO(print(book.diagnostics));
    REQUIRE(book);
    return *book;
}

}  // namespace

const RuleBook& reader_book() {
    static const std::shared_ptr<const RuleBook> book = load();
    return *book;
}

}  // namespace duenotice::test
