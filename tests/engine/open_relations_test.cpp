#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "engine/examples.h"
#include "engine/incident_reader.h"
#include "engine/shared_answers.h"
#include "tests/support/system_zones.h"
#include "tests/support/time_tables.h"

// Lists of relations are open unless the account calls them complete: nobody listed is not nobody.

using namespace duenotice;
using namespace duenotice::test;

namespace {

SourcePtr source(const char* name, const std::string& text) { return std::make_shared<const SourceText>(name, text); }

std::string obligation(const std::string& id, const std::string& when, const std::string& clock = "", const std::string& recipients = R"(<to who="public"/>)") {
    return "<obligation id=\"" + id + R"(" title="Tell" each="entity" affected="any"><version checked="2026-11-26" grade="U"><cite provision="1">tell</cite><when>)" + when + "</when>" +
           (clock.empty() ? "" : "<clock>" + clock + "</clock>") + "<recipients>" + recipients + "</recipients></version></obligation>";
}

std::shared_ptr<const RuleBook> book(const std::string& obligations) {
    auto made = load_rulebook(std::vector<SourcePtr>{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"),
                                                     source("place", R"(<jurisdiction language="1" code="XF" title="Farmland" zone="Etc/UTC" languages="en"/>)"),
                                                     source("law", R"(<law language="1" id="t" title="Farmland" place="XF">)" + obligations + "</law>")});
    INFO(print(made.diagnostics));
    REQUIRE(made);
    return *made;
}

/// Entity `e`, told on Mon 2 March 2026 at 09:00, with these relations; `p` and `q` are affected and told an hour later.
Assessment assessed(const std::shared_ptr<const RuleBook>& law, const std::string& relations, bool complete, const std::string& filings = "", const AssessOptions& options = {}) {
    static const auto no_calendars = std::make_shared<const CalendarSet>();
    const std::string json = R"({"duenotice": "incident/1", "id": "I", "complete": ["entities")" + std::string(complete ? R"(, "relations")" : "") + R"(], "entities": [
      {"id": "e", "name": "The bank", "facts": {"entity.affected": "no", "entity.told_at": "2026-03-02T09:00Z"}, "relations": [)" + relations + R"(]},
      {"id": "p", "facts": {"entity.affected": "yes", "entity.told_at": "2026-03-02T10:00Z"}},
      {"id": "q", "facts": {"entity.affected": "yes", "entity.told_at": "2026-03-02T10:00Z"}}], "filings": [)" + filings + "]}";
    const World world{law, system_zones(), no_calendars};
    auto read = read_incident({source("i.json", json), nullptr, nullptr, parse_instant("2026-03-03T09:00Z")}, *law, world.zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return assess(world, std::make_shared<const Incident>(std::move(*read)), {*parse_instant("2026-03-03T09:00Z"), {}, {}}, options);
}

const Duty& of(const Assessment& made, const char* id = "t.a@e") {
    const Duty* duty = made.find(id);
    REQUIRE(duty != nullptr);
    return *duty;
}

Verdict verdict(const std::string& when, const std::string& relations, bool complete) { return of(assessed(book(obligation("t.a", when)), relations, complete)).verdict; }

const std::string provider = R"({"relation": "provider", "entity": "p"})";
const std::vector<OpenRelation> providers_of_e{{"provider", 0}};

}  // namespace

TEST_CASE("a condition over a relation that nobody listed is open until the lists are complete") {
    for (const char* when : {"any provider where (entity.affected is yes)", "count of provider where (entity.affected is yes) at least 1", "not (every provider where (entity.affected is no))",
                             "earliest of entity.told_at over provider has happened"}) {
        INFO(when);
        CHECK(verdict(when, "", false) == Verdict::Undetermined);
        CHECK(verdict(when, "", true) == Verdict::NotOwed);
        CHECK(verdict(when, provider, false) == Verdict::Owed);
        CHECK(verdict(when, provider, true) == Verdict::Owed);
        CHECK(verdict(when, R"({"relation": "affiliate", "entity": "p"})", true) == Verdict::NotOwed);
    }
    CHECK(verdict("every provider where (entity.affected is yes)", provider, false) == Verdict::Undetermined);
    CHECK(verdict("every provider where (entity.affected is yes)", provider, true) == Verdict::Owed);
    CHECK(verdict("count of provider where (entity.affected is yes) at most 1", provider, false) == Verdict::Undetermined);
}

TEST_CASE("one list of one entity may be complete alone") {
    const auto closed = [](const std::string& relation) { return R"(], "relations_complete": [")" + relation + "\""; };
    const std::string when = "any provider where (entity.affected is yes)";
    CHECK(verdict(when, closed("provider"), false) == Verdict::NotOwed);
    CHECK(verdict(when, provider + closed("provider"), false) == Verdict::Owed);
    CHECK(verdict("every provider where (entity.affected is yes)", provider + closed("provider"), false) == Verdict::Owed);
    CHECK(verdict(when, closed("affiliate"), false) == Verdict::Undetermined);
    CHECK(of(assessed(book(obligation("t.a", when)), closed("provider"), false), "t.a@p").verdict == Verdict::Undetermined);  // nobody spoke of p
    const auto filing = R"({"id": "f", "recipient": "public", "obligation": "t.b", "entity": "q", "submitted_at": "2026-03-02T12:00Z"})";
    const auto law = book(obligation("t.a", "filed first t.b of provider has happened") + obligation("t.b", "true"));
    CHECK(of(assessed(law, closed("provider"), false, filing)).verdict == Verdict::NotOwed);
    const Assessment told = assessed(book(obligation("t.a", "true", "", R"(<to relation="owner"/>)")), closed("owner"), false);
    CHECK(of(told).recipients.empty());
}

TEST_CASE("the question names the relation and the entity, with the duties that rest on it") {
    const Assessment made = assessed(book(obligation("t.a", "any provider where (entity.affected is yes)")), "", false);
    CHECK(of(made).open_relations == providers_of_e);
    CHECK(of(made).open_facts.empty());
    REQUIRE(made.relation_questions.size() == 3);  // each entity may have a provider
    CHECK(made.relation_questions.front().list == OpenRelation{"provider", 0});
    CHECK(made.relation_questions.front().question == "Is anyone provider of The bank?");
    CHECK(made.relation_questions.front().duties == std::vector<std::string>{"t.a@e"});
    const Assessment some = assessed(book(obligation("t.a", "every provider where (entity.affected is yes)")), provider, false);
    CHECK(some.relation_questions.front().question == "Is anyone else provider of The bank?");
    CHECK(assessed(book(obligation("t.a", "any provider where (entity.affected is yes)")), "", true).relation_questions.empty());
    // What another fact decides asks nobody.
    CHECK(of(assessed(book(obligation("t.a", "any provider where (entity.affected is yes) and entity.affected is yes")), "", false)).open_relations.empty());
}

TEST_CASE("one list that is open twice in a condition is one question, two lists are two") {
    const Assessment made = assessed(book(obligation("t.a", "any provider where (entity.affected is yes) or any provider where (entity.told_at has happened) or any affiliate where (entity.affected is yes)")), "", false);
    CHECK(of(made).open_relations == std::vector<OpenRelation>{{"affiliate", 0}, {"provider", 0}});
}

TEST_CASE("a start over a relation has an open bound while others may be listed") {
    const auto law = book(obligation("t.a", "true", R"(<limb id="day" amount="24 hours" counting="plain"><start>earliest of (entity.told_at, earliest of entity.told_at over provider)</start></limb>)") +
                          obligation("t.b", "true", R"(<limb id="day" amount="24 hours" counting="plain"><start>latest of (entity.told_at, latest of entity.told_at over provider)</start></limb>)"));
    const Instant own = *parse_instant("2026-03-03T09:00Z"), theirs = *parse_instant("2026-03-03T10:00Z");
    const Deadline earliest = of(assessed(law, provider, false)).deadline;
    CHECK(earliest.kind() == DeadlineKind::Open);
    CHECK_FALSE(earliest.safe);
    CHECK(earliest.maximum == own);  // whoever else was told, it was then at the latest
    CHECK(earliest.counted == own);
    CHECK(of(assessed(law, provider, false)).open_relations == providers_of_e);
    CHECK(of(assessed(law, provider, true)).deadline.safe == own);
    CHECK(of(assessed(law, provider, true)).deadline.maximum == own);
    const Deadline latest = of(assessed(law, provider, false), "t.b@e").deadline;
    CHECK(latest.safe == theirs);
    CHECK(latest.maximum == parse_instant("2026-03-04T09:00Z"));  // another one may be told as late as now
    CHECK(of(assessed(law, provider, true), "t.b@e").deadline.maximum == theirs);
}

TEST_CASE("a filing of a relation may be one of an entity that is not listed yet") {
    const auto law = book(obligation("t.a", "filed first t.b of provider has happened") + obligation("t.b", "true"));
    const auto filed = [](const char* entity) { return R"({"id": "f", "recipient": "public", "obligation": "t.b", "entity": ")" + std::string(entity) + R"(", "submitted_at": "2026-03-02T12:00Z"})"; };
    const auto verdict_of_a = [&](const std::string& relations, bool complete, const std::string& filings) { return of(assessed(law, relations, complete, filings)).verdict; };
    CHECK(verdict_of_a(provider, false, filed("p")) == Verdict::Owed);
    CHECK(verdict_of_a(provider, false, filed("q")) == Verdict::Undetermined);
    CHECK(verdict_of_a(provider, true, filed("q")) == Verdict::NotOwed);
    CHECK(verdict_of_a("", false, filed("e")) == Verdict::NotOwed);  // nobody is a provider of his own
    CHECK(verdict_of_a("", false, "") == Verdict::NotOwed);           // what is not recorded did not happen
    CHECK(of(assessed(law, "", false, filed("q"))).open_relations == providers_of_e);
}

TEST_CASE("recipients by relation may not all be listed") {
    const auto law = book(obligation("t.a", "true", "", R"(<to relation="owner"/>)"));
    const auto told = [&](const std::string& relations, bool complete) {
        std::vector<std::string> ids;
        const Assessment made = assessed(law, relations, complete);
        for (const Recipient& recipient : of(made).recipients) ids.push_back(recipient.id + (recipient.owed == Truth::Unknown ? "?" : ""));
        return ids;
    };
    const std::string owner = R"({"relation": "owner", "entity": "p"})";
    CHECK(told("", false) == std::vector<std::string>{"owner@open?"});
    CHECK(told("", true).empty());
    CHECK(told(owner, false) == std::vector<std::string>{"p", "owner@open?"});
    CHECK(told(owner, true) == std::vector<std::string>{"p"});
}

TEST_CASE("accounts of a portfolio share no answer when the relations of one alone are complete") {
    const auto law = book(obligation("t.a", "any provider where (entity.affected is yes)"));
    SharedAnswers answers;
    AssessOptions options;
    options.shared = &answers;
    for (const bool complete : {true, false, true, false}) CHECK(of(assessed(law, "", complete, "", options)).verdict == (complete ? Verdict::NotOwed : Verdict::Undetermined));
    CHECK(answers.size() > 0);
}

TEST_CASE("the short form of an example knows one entity alone") {
    const ExampleRun run = run_examples({book(obligation("t.a", "any provider where (entity.affected is yes)") + R"(<example name="alone">entity.affected is yes<expect duty="t.a" owed="no"/></example>)"), system_zones(), std::make_shared<const CalendarSet>()});
    INFO(print(run.diagnostics));
    CHECK(run.failed == 0);
    CHECK(run.expectations == 1);
}
