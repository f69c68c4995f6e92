#include "tests/support/clock_world.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

namespace duenotice::test {

namespace {

std::shared_ptr<const RuleBook> book_of(const std::vector<NaiveNode>& clocks, const std::string& rules) {
    std::string text = R"(<law language="1" id="t" title="Clocks" place="DE">
  <fact id="t.owed" frame="entity" type="yes/no"><question>Owed?</question></fact>
  <fact id="t.guard" frame="entity" type="yes/no"><question>Guard?</question></fact>
  <fact id="t.a_at" frame="entity" type="instant"><question>When A?</question></fact>
  <fact id="t.b_at" frame="entity" type="instant"><question>When B?</question></fact>)" + rules;
    for (std::size_t i = 0; i < clocks.size(); ++i)
        text += R"(<obligation id="t.o)" + std::to_string(i) + R"(" title="Tell" each="entity"><version checked="2026-11-25" grade="U"><cite provision="1">tell</cite><when>t.owed is yes</when><clock>)" + clock_xml(clocks[i]) +
                "</clock></version></obligation>";
    const auto place = std::make_shared<const SourceText>("place", R"(<jurisdiction language="1" code="DE" title="Germany" zone="Europe/Berlin" languages="de"/>)");
    const std::vector<SourcePtr> sources{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"), place, std::make_shared<const SourceText>("clocks", text + "</law>")};
    const auto book = load_rulebook(sources);
    INFO(print(book.diagnostics));
    REQUIRE(book);
    return *book;
}

}  // namespace

ClockBook clock_book(RandomTime& random, std::vector<NaiveNode> clocks, const std::string& rules) {
    ClockBook made;
    auto set = std::make_shared<CalendarSet>();
    for (int i = 0; i < 6; ++i) {
        made.calendars.push_back(random_calendar(random, "cal." + std::to_string(i)));
        set->calendars.push_back(std::make_shared<const Calendar>(made.calendars.back().engine));
    }
    made.clocks = std::move(clocks);
    made.world.law = book_of(made.clocks, rules);
    made.world.zones = system_zones();
    made.world.calendars = std::move(set);
    return made;
}

Incident clock_account(const RuleBook& book) {
    Incident incident;
    EntityFrame entity;
    entity.id = "e";
    incident.entities.push_back(std::move(entity));
    incident.zone = "Europe/Berlin";
    state(incident, book, "t.owed", answered(book, "t.owed", "yes"));
    return incident;
}

void state(Incident& incident, const RuleBook& book, std::string_view fact, const Known& value) {
    Frame frame;
    frame.entity = 0;
    const GroundFact ground{book.vocabulary.find(fact)->id, frame};
    Statement statement;
    statement.value = value;
    const auto at = std::lower_bound(incident.facts.begin(), incident.facts.end(), ground, [](const FactRecord& record, const GroundFact& key) { return record.ground < key; });
    if (at != incident.facts.end() && at->ground == ground) at->history = {statement};
    else incident.facts.insert(at, FactRecord{ground, {statement}});
}

Known between(const RuleBook& book, std::string_view fact, std::int64_t low, std::int64_t high) {
    Known known = Known::open(*book.vocabulary.find(fact));
    known.low = low;
    known.high = high;
    known.not_yet_possible = false;
    return known;
}

Known answered(const RuleBook& book, std::string_view fact, std::string_view choice) {
    const FactDeclaration& declaration = *book.vocabulary.find(fact);
    Known known = Known::open(declaration);
    if (choice.empty()) return known;
    known.possible.reset();
    known.possible.set(*declaration.choice_index(choice));
    return known;
}

Deadline deadline_of(const ClockBook& book, std::size_t clock, const Incident& incident, std::string_view as_of) {
    const Evaluation evaluation{book.world, incident, {instant(as_of), {}, {}}};
    const OtherDuties none{[](std::string_view, std::string_view, const Frame&) { return std::vector<const Duty*>(); }};
    const std::uint32_t obligation = *book.world.law->obligation_index("t.o" + std::to_string(clock));
    const Obligation& definition = book.world.law->obligations[obligation];
    Duty duty;
    duty.obligation = obligation;
    duty.entity = "e";
    duty.frame.entity = 0;
    duty.verdict = Verdict::Owed;
    return evaluate_clock(definition, duty, *definition.versions.front().when.front().condition, evaluation, none);
}

std::vector<std::int64_t> every_minute(std::int64_t low, std::int64_t high) {
    std::vector<std::int64_t> starts;
    for (std::int64_t t = low; t <= high; t += 60) {
        starts.push_back(t);
        if (t + 59 <= high) starts.push_back(t + 59);
    }
    if (starts.back() != high) starts.push_back(high);
    return starts;
}

}  // namespace duenotice::test
