// What the author of a condition or term is told when its names, types, units or frames do not fit, and what the
// checker makes of one that fits.

#include <catch2/catch.hpp>

#include <string>

#include "tests/support/law_words.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

enum class Kind { Condition, Term, InEntity, InIncident, Content, Instant };

struct Mistake {
    Kind kind;
    const char* text;
    const char* told;  ///< behind a line end
};

// clang-format off
const Mistake mistakes[] = {
        {Kind::Condition, R"(data.personal)",
         R"(
law:1:1: error[DN0244]: `data.personal` is a fact and not a definition
  data.personal
  ^^^^^^^^^^^^^
  help: write `data.personal is yes`; after `where` in parentheses
)"},
        {Kind::Condition, R"(data.personl is yes)",
         R"(
law:1:1: error[DN0249]: there is no fact `data.personl`
  data.personl is yes
  ^^^^^^^^^^^^
  did you mean `data.personal`?
)"},
        {Kind::Condition, R"(data.encrypted is maybe)",
         R"(
law:1:19: error[DN0255]: `data.encrypted` has no choice `maybe`
  data.encrypted is maybe
                    ^^^^^
  help: one of: yes, part, no
)"},
        {Kind::Condition, R"(data.encrypted is encrypted)",
         R"(
law:1:19: error[DN0255]: `data.encrypted` has no choice `encrypted`
  data.encrypted is encrypted
                    ^^^^^^^^^
  help: one of: yes, part, no
)"},
        {Kind::Condition, R"(incident.cause is mistak)",
         R"(
law:1:19: error[DN0255]: `incident.cause` has no choice `mistak`
  incident.cause is mistak
                    ^^^^^^
  did you mean `mistake`?
  help: one of: outside_act, inside_act, mistake, system_fault, supplier, natural_event, physical
)"},
        {Kind::Condition, R"(encrypted is yes)",
         R"(
law:1:1: error[DN0249]: there is no fact `encrypted`
  encrypted is yes
  ^^^^^^^^^
  did you mean `data.encrypted`?
  help: facts are named with a dot, as in `data.personal`
)"},
        {Kind::Condition, R"(us.tx.sensitve)",
         R"(
law:1:1: error[DN0245]: there is no definition `us.tx.sensitve`
  us.tx.sensitve
  ^^^^^^^^^^^^^^
  did you mean `us.tx.sensitive`?
)"},
        {Kind::Condition, R"(data.personal and data.taken is yes)",
         R"(
law:1:1: error[DN0244]: `data.personal` is a fact and not a definition
  data.personal and data.taken is yes
  ^^^^^^^^^^^^^
  help: write `data.personal is yes`; after `where` in parentheses
)"},
        {Kind::Condition, R"(incident.detected_at)",
         R"(
law:1:1: error[DN0244]: `incident.detected_at` is a fact and not a definition
  incident.detected_at
  ^^^^^^^^^^^^^^^^^^^^
  help: write `incident.detected_at has happened`; after `where` in parentheses
)"},
        {Kind::InEntity, R"(data.personal is yes)",
         R"(
law:1:1: error[DN0247]: `data.personal` belongs to population, but only entity is bound here
  data.personal is yes
  ^^^^^^^^^^^^^
  help: say which: `any population where (...)`, `people where (...)`
)"},
        {Kind::InIncident, R"(entity.affected is yes)",
         R"(
law:1:1: error[DN0247]: `entity.affected` belongs to entity, but only the incident is bound here
  entity.affected is yes
  ^^^^^^^^^^^^^^^
  help: say which: `any entity where (...)`
)"},
        {Kind::InEntity, R"(us.tx.sensitive)",
         R"(
law:1:1: error[DN0247]: `us.tx.sensitive` belongs to population, but only entity is bound here
  us.tx.sensitive
  ^^^^^^^^^^^^^^^
  help: say which: `any population where (...)`, `people where (...)`
)"},
        {Kind::InIncident, R"(any place where (true))",
         R"(
law:1:5: error[DN0247]: `place` belongs to entity, but only the incident is bound here
  any place where (true)
      ^^^^^
  help: say which: `any entity where (...)`
)"},
        {Kind::InEntity, R"(this place is DE)",
         R"(
law:1:1: error[DN0247]: `this place` belongs to place, but only entity is bound here
  this place is DE
  ^^^^^^^^^^
  help: say which: `any place where (...)`
)"},
        {Kind::Condition, R"(service.clients_hit at least EUR 5)",
         R"(
law:1:30: error[DN0256]: a whole number cannot be compared with money
  service.clients_hit at least EUR 5
                               ^^^^^
  law:1:1: this is a whole number
  service.clients_hit at least EUR 5
  ^^^^^^^^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(service.clients_hit at least 5 %)",
         R"(
law:1:30: error[DN0256]: a whole number cannot be compared with a share
  service.clients_hit at least 5 %
                               ^^^
  law:1:1: this is a whole number
  service.clients_hit at least 5 %
  ^^^^^^^^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(service.cost at least 500)",
         R"(
law:1:23: error[DN0256]: money cannot be compared with a whole number
  service.cost at least 500
                        ^^^
  law:1:1: this is money
  service.cost at least 500
  ^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(data.categories is medical)",
         R"(
law:1:1: error[DN0257]: this is a set; `is` compares single values
  data.categories is medical
  ^^^^^^^^^^^^^^^
  help: write `includes`, `includes only` or `is empty`
)"},
        {Kind::Condition, R"(data.encrypted includes yes)",
         R"(
law:1:1: error[DN0257]: `includes` is for sets, but this is a choice
  data.encrypted includes yes
  ^^^^^^^^^^^^^^
  help: write `is`, or `is one of (..)`
)"},
        {Kind::Condition, R"(incident.cause at least mistake)",
         R"(
law:1:1: error[DN0260]: its choices have no order
  incident.cause at least mistake
  ^^^^^^^^^^^^^^
  help: declare the fact with `ordered="yes"`, or write `is one of (..)`
)"},
        {Kind::Condition, R"(incident.detected_at is 2026-03-09)",
         R"(
law:1:1: error[DN0257]: an instant is never equal to a value; it is before or after it
  incident.detected_at is 2026-03-09
  ^^^^^^^^^^^^^^^^^^^^
  help: write `has happened`, `at or before`, `at or after`
)"},
        {Kind::Condition, R"(incident.detected_at at least 2026-03-09)",
         R"(
law:1:1: error[DN0257]: this is an instant; it is before or after something
  incident.detected_at at least 2026-03-09
  ^^^^^^^^^^^^^^^^^^^^
  help: write `before`, `at or before`, `after`, `at or after`
)"},
        {Kind::Condition, R"(service.cost before 2026-03-09)",
         R"(
law:1:1: error[DN0257]: `before and after` is for instants and dates, but this is money
  service.cost before 2026-03-09
  ^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(entity.country is EEA)",
         R"(
law:1:19: error[DN0262]: `EEA` is a group and not one place
  entity.country is EEA
                    ^^^
  help: write `within EEA`
)"},
        {Kind::Condition, R"(entity.country is Germany)",
         R"(
law:1:19: error[DN0248]: there is no place or group `Germany`
  entity.country is Germany
                    ^^^^^^^
  help: codes of ISO 3166, or a group of groups.xml
)"},
        {Kind::Condition, R"(service.countries_hit includes EU)",
         R"(
law:1:32: error[DN0262]: `EU` is a group and not one place
  service.countries_hit includes EU
                                 ^^
  help: write `includes within EU`
)"},
        {Kind::Condition, R"(service.countries_hit within EU)",
         R"(
law:1:1: error[DN0257]: `within` is for places, but this is a set of places
  service.countries_hit within EU
  ^^^^^^^^^^^^^^^^^^^^^
  help: write `includes within`
)"},
        {Kind::Condition, R"(text.what_happened is known)",
         R"(
law:1:1: error[DN0250]: `text.what_happened` is a text; a text never decides a condition
  text.what_happened is known
  ^^^^^^^^^^^^^^^^^^
  help: content items may ask whether it `is known`
)"},
        {Kind::Content, R"(text.what_happened is known)",
         R"(
)"},
        {Kind::Content, R"(text.what_happened is yes)",
         R"(
law:1:1: error[DN0250]: `text.what_happened` is a text; a text never decides a condition
  text.what_happened is yes
  ^^^^^^^^^^^^^^^^^^
  help: content items may ask whether it `is known`
)"},
        {Kind::Condition, R"(people.total is known)",
         R"(
law:1:1: error[DN0259]: `is known` is for content items only
  people.total is known
  ^^^^^^^^^^^^^^^^^^^^^
  help: where the law turns on what is known, use a companion fact that a person states
)"},
        {Kind::Condition, R"(people where (true) cannot be determined)",
         R"(
law:1:1: error[DN0258]: only of a fact a person can say that it cannot be determined
  people where (true) cannot be determined
  ^^^^^^^^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(on hold secret)",
         R"(
law:1:1: error[DN0242]: no law has a hold rule of kind `secret`
  on hold secret
  ^^^^^^^^^^^^^^
  help: declare it with `<hold-rule kind=...>`
)"},
        {Kind::Condition, R"(presumed us.hipaa)",
         R"(
law:1:1: error[DN0246]: there is no presumption `us.hipaa`
  presumed us.hipaa
  ^^^^^^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(filed first eu.gdpr.34 has happened)",
         R"(
law:1:1: error[DN0253]: there is no obligation `eu.gdpr.34`
  filed first eu.gdpr.34 has happened
  ^^^^^^^^^^^^^^^^^^^^^^
  did you mean `eu.gdpr.33`?
)"},
        {Kind::Condition, R"(EUR 5 plus USD 5 at least EUR 2)",
         R"(
law:1:12: error[DN0261]: EUR and USD cannot be put together
  EUR 5 plus USD 5 at least EUR 2
             ^^^^^
  law:1:1: this is in EUR
  EUR 5 plus USD 5 at least EUR 2
  ^^^^^
)"},
        {Kind::Condition, R"(EUR 5 plus EUR 5 at least USD 2)",
         R"(
law:1:27: error[DN0261]: EUR cannot be compared with USD
  EUR 5 plus EUR 5 at least USD 2
                            ^^^^^
  law:1:1: this is in EUR
  EUR 5 plus EUR 5 at least USD 2
  ^^^^^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(data.encrypted is data.recipient)",
         R"(
law:1:19: error[DN0256]: `data.encrypted` and `data.recipient` have different choices
  data.encrypted is data.recipient
                    ^^^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(time from service.down_from to service.down_until plus 2 hours more than 24 hours)",
         R"(
)"},
        {Kind::Condition, R"(time from service.down_from to service.down_until plus 2 months more than 24 hours)",
         R"(
law:1:1: error[DN0251]: a duration cannot be moved by this amount of time
  time from service.down_from to service.down_until plus 2 months more than 24 hours
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: to a duration only minutes, hours, days and weeks are added
  law:1:1: this is a duration
  time from service.down_from to service.down_until plus 2 months more than 24 hours
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
)"},
        {Kind::Term, R"(people.total times service.cost)",
         R"(
)"},
        {Kind::Term, R"(service.cost times service.cost)",
         R"(
law:1:1: error[DN0251]: money times money has no meaning
  service.cost times service.cost
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: one side of `times` is a whole number or a share
)"},
        {Kind::Term, R"(people.total plus service.cost)",
         R"(
law:1:19: error[DN0251]: a whole number and money cannot be put together
  people.total plus service.cost
                    ^^^^^^^^^^^^
  law:1:1: this is a whole number
  people.total plus service.cost
  ^^^^^^^^^^^^
)"},
        {Kind::Term, R"(entity.aware_at plus service.clients_hit)",
         R"(
law:1:1: error[DN0251]: an instant is no number to calculate with
  entity.aware_at plus service.clients_hit
  ^^^^^^^^^^^^^^^
  help: an instant is moved by a period: `A plus 3 days by LAW`; the time between two is `time from A to B`
)"},
        {Kind::Term, R"(entity.aware_at plus 3 days by eu.nothing)",
         R"(
law:1:1: error[DN0252]: there is no counting law `eu.nothing`
  entity.aware_at plus 3 days by eu.nothing
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: the counting laws stand in counting.xml
)"},
        {Kind::Term, R"(people.total plus 3 days)",
         R"(
law:1:1: error[DN0251]: a whole number cannot be moved by this amount of time
  people.total plus 3 days
  ^^^^^^^^^^^^^^^^^^^^^^^^
  help: only instants and dates are moved by a period
  law:1:1: this is a whole number
  people.total plus 3 days
  ^^^^^^^^^^^^
)"},
        {Kind::Term, R"(highest of entity.aware_at over affiliate)",
         R"(
law:1:12: error[DN0251]: an instant is no number to calculate with
  highest of entity.aware_at over affiliate
             ^^^^^^^^^^^^^^^
  help: write `earliest of` or `latest of`
)"},
        {Kind::Term, R"(estimate of data.personal)",
         R"(
law:1:1: error[DN0251]: a yes/no answer has no estimate
  estimate of data.personal
  ^^^^^^^^^^^^^^^^^^^^^^^^^
  help: numbers, shares, money and durations have one
)"},
        {Kind::Instant, R"(people.total)",
         R"(
law:1:1: error[DN0243]: this is a whole number, but an instant is needed here
  people.total
  ^^^^^^^^^^^^
)"},
        {Kind::Instant, R"(earliest of (entity.aware_at, entity.should_have_known_on))",
         R"(
law:1:31: error[DN0243]: a date stands beside an instant, and no clock says which is earlier
  earliest of (entity.aware_at, entity.should_have_known_on)
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: give an instant (2026-03-29T02:30+01:00), a fact with a time, or a limb of its own for the date
)"},
        {Kind::Instant, R"(DE)",
         R"(
law:1:1: error[DN0243]: this is a place, but an instant is needed here
  DE
  ^^
)"},
        {Kind::Condition, R"(entity.aware_at within EU)",
         R"(
law:1:1: error[DN0257]: `within` is for places, but this is an instant
  entity.aware_at within EU
  ^^^^^^^^^^^^^^^
)"},
        {Kind::Condition, R"(learned people.totl before 2026-01-01)",
         R"(
law:1:1: error[DN0249]: there is no fact `people.totl`
  learned people.totl before 2026-01-01
  ^^^^^^^^^^^^^^^^^^^
  did you mean `people.total`?
)"},
};
// clang-format on

std::string told_of(const Mistake& mistake) {
    switch (mistake.kind) {
        case Kind::Condition:
            return condition_mistakes(mistake.text);
        case Kind::Term:
            return term_mistakes(mistake.text);
        case Kind::InEntity:
            return condition_mistakes(mistake.text, bind::entity);
        case Kind::InIncident:
            return condition_mistakes(mistake.text, 0);
        case Kind::Content:
            return condition_mistakes(mistake.text, ~0U, true);
        case Kind::Instant:
            return term_mistakes(mistake.text, ValueType::Instant);
    }
    return {};
}

ConditionPtr checked(const std::string& text, unsigned bindings = ~0U) {
    Checked<ConditionPtr> read = parse_condition(whole_text(text));
    REQUIRE(read);
    check_condition(**read, bindings, small_book(), read.diagnostics);
    REQUIRE(print(read.diagnostics) == "");
    return *read;
}

}  // namespace

TEST_CASE("a name, type, unit or frame that does not fit is told at its place") {
    for (const Mistake& mistake : mistakes) {
        INFO(mistake.text);
        CHECK("\n" + told_of(mistake) == mistake.told);
    }
}

TEST_CASE("the checker resolves facts, choices, definitions and currencies") {
    const ConditionPtr sum = checked("us.tx.sensitive and data.encrypted is no and service.cost at least EUR 5.50");
    CHECK(sum->children[0]->index == 0U);
    const Condition& choice = *sum->children[1];
    CHECK(choice.left->fact == shipped_vocabulary().find("data.encrypted")->id);
    CHECK(choice.right->kind == Term::Kind::Token);
    CHECK(choice.right->type == ValueType::Choice);
    const Condition& money = *sum->children[2];
    CHECK(money.left->type == ValueType::Money);
    CHECK(money.right->currency == "EUR");
    CHECK(money.right->number == 550);
}

TEST_CASE("a choice with a dot is not taken for a fact, and a fact not for a choice") {
    const ConditionPtr place = checked("entity.country is entity.main_establishment");
    CHECK(place->right->kind == Term::Kind::Fact);
    CHECK(place->right->fact == shipped_vocabulary().find("entity.main_establishment")->id);
    CHECK(checked("entity.country is US-TX")->right->kind == Term::Kind::Token);
}

TEST_CASE("hours are added to a duration as a length, and to an instant as a period") {
    const ConditionPtr longer =
        checked("time from service.down_from to service.down_until plus 2 hours more than 24 hours");
    REQUIRE(longer->left->kind == Term::Kind::Sum);
    CHECK(longer->left->terms[1]->number == 7200);
    const ConditionPtr shorter =
        checked("time from service.down_from to service.down_until minus 1 day more than 24 hours");
    REQUIRE(shorter->left->kind == Term::Kind::Difference);
    CHECK(shorter->left->terms[1]->number == 86400);
    const ConditionPtr later = checked("entity.aware_at before incident.detected_at plus 2 hours");
    CHECK(later->right->kind == Term::Kind::InstantPlus);
    CHECK(later->right->type == ValueType::Instant);
}

TEST_CASE("a selection binds its part inside where") {
    checked("any population where (data.personal is yes)", bind::entity);
    checked("people where (data.personal is yes) at least 5", bind::entity);
    checked("any affiliate where (any place within EU linked lives where (this place is DE))", bind::entity);
    checked("any contract where (contract.kind is insurer)", bind::entity);
    checked("any event payment where (event.at has happened)", 0);
    checked("any entity where (entity.affected is yes)", 0);
    checked("every incident where (member.critical is yes)", bind::entity | bind::series);
}

TEST_CASE("the core vocabulary that ships reads without a mistake") {
    CHECK(shipped_vocabulary().facts().size() > 200);
    const FactDeclaration* judged = shipped_vocabulary().find("judged.gdpr_risk");
    REQUIRE(judged != nullptr);
    const FactDeclaration* decided = shipped_vocabulary().find("judged.gdpr_risk.decided_at");
    REQUIRE(decided != nullptr);
    CHECK(judged->decided_at == decided->id);
    CHECK(decided->judgement == judged->id);
    CHECK(shipped_vocabulary().suggest("data.personl") == "data.personal");
}
