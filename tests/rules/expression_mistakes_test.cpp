// What the author of a condition or term is told when it cannot be read: whole messages, each at its exact place.

#include <catch2/catch.hpp>

#include <string>

#include "tests/support/law_words.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

enum class Kind { Condition, Term };

struct Mistake {
    Kind kind;
    const char* text;
    const char* told;  ///< behind a line end
};

// clang-format off
const Mistake mistakes[] = {
        {Kind::Condition, R"()",
         R"(
law:1:1: error[DN0217]: expected a condition here
  
  ^
  help: write `true` for a condition that always holds
)"},
        {Kind::Condition, R"(data.personal iz yes)",
         R"(
law:1:15: error[DN0208]: expected a comparison, `and` or `or` after `data.personal`, found `iz`
  data.personal iz yes
                ^^
  did you mean `is`?
)"},
        {Kind::Condition, R"(data.personal is yes adn data.encrypted is no)",
         R"(
law:1:22: error[DN0211]: expected `and`, `or` or the end, found `adn`
  data.personal is yes adn data.encrypted is no
                       ^^^
  did you mean `and`?
)"},
        {Kind::Condition, R"(data.personal is yes AND data.encrypted is no)",
         R"(
law:1:22: error[DN0211]: expected `and`, `or` or the end, found `AND`
  data.personal is yes AND data.encrypted is no
                       ^^^
  did you mean `and`?
)"},
        {Kind::Condition, R"(data.personal is yes and)",
         R"(
law:1:22: error[DN0206]: expected a condition after `and`
  data.personal is yes and
                       ^^^
)"},
        {Kind::Condition, R"((data.personal is yes or data.encrypted is no)",
         R"(
law:1:1: error[DN0204]: `(` is never closed
  (data.personal is yes or data.encrypted is no
  ^
  help: write the `)` where this part ends
)"},
        {Kind::Condition, R"(data.personal is yes) or data.encrypted is no)",
         R"(
law:1:21: error[DN0205]: `)` closes nothing
  data.personal is yes) or data.encrypted is no
                      ^
  help: remove it, or write the `(` that it closes
)"},
        {Kind::Condition, R"(service.clients_hit >= 500)",
         R"(
law:1:21: error[DN0201]: `>=` is not a word of the language
  service.clients_hit >= 500
                      ^^
  help: write `at least`
)"},
        {Kind::Condition, R"(service.clients_hit at leest 500)",
         R"(
law:1:24: error[DN0209]: expected `least`, `most`, `or before` or `or after`, found `leest`
  service.clients_hit at leest 500
                         ^^^^^
  did you mean `least`?
)"},
        {Kind::Condition, R"(service.clients_hit at least 5,000)",
         R"(
law:1:30: error[DN0202]: `5,000` is not a number
  service.clients_hit at least 5,000
                               ^^^^^
  help: write `5000`; in a list, put a blank after the comma
)"},
        {Kind::Condition, R"(service.clients_hit at least 500k)",
         R"(
law:1:30: error[DN0202]: `500k` is not a number
  service.clients_hit at least 500k
                               ^^^^
  help: put a blank after `500` and write the unit in full, as in `24 hours`
)"},
        {Kind::Condition, R"(service.cost more than EUR 100.555)",
         R"(
law:1:24: error[DN0202]: this is no amount of money
  service.cost more than EUR 100.555
                         ^^^^^^^^^^^
  help: as many decimals as the currency has, or none: `EUR 100000.50`, `JPY 5000`
)"},
        {Kind::Condition, R"(service.cost more than EUX 100)",
         R"(
law:1:24: error[DN0202]: `EUX` is not a currency
  service.cost more than EUX 100
                         ^^^^^^^
  help: three letters of ISO 4217, such as `EUR`
)"},
        {Kind::Condition, R"(service.clients_hit_share more than 10.12345 %)",
         R"(
law:1:37: error[DN0202]: `10.12345 %` is not a share
  service.clients_hit_share more than 10.12345 %
                                      ^^^^^^^^^^
  help: at most four decimals, as in `12.5 %`
)"},
        {Kind::Condition, R"(service.clients_hit more than 12.5)",
         R"(
law:1:31: error[DN0202]: `12.5` is not a whole number
  service.clients_hit more than 12.5
                                ^^^^
  help: whole numbers have no decimals and no leading zero and go up to 9007199254740991; shares are written `12.5 %`
)"},
        {Kind::Condition, R"(incident.detected_at before 2026-02-30)",
         R"(
law:1:29: error[DN0203]: `2026-02-30` is not a day
  incident.detected_at before 2026-02-30
                              ^^^^^^^^^^
  help: a day is written `2026-03-09`
)"},
        {Kind::Condition, R"(incident.detected_at before 2026-03-09T13:20)",
         R"(
law:1:29: error[DN0203]: `2026-03-09T13:20` is not an instant
  incident.detected_at before 2026-03-09T13:20
                              ^^^^^^^^^^^^^^^^
  help: an instant is written `2026-03-09T13:20+01:00`, always with its offset or `Z`
)"},
        {Kind::Condition, R"(time from service.down_from to service.down_until more than 24h)",
         R"(
law:1:61: error[DN0202]: `24h` is not a number
  time from service.down_from to service.down_until more than 24h
                                                              ^^^
  help: put a blank after `24` and write the unit in full, as in `24 hours`
)"},
        {Kind::Condition, R"(time from service.down_from to service.down_until more than 5 working days)",
         R"(
law:1:61: error[DN0216]: only minutes, hours, days and weeks have a fixed length
  time from service.down_from to service.down_until more than 5 working days
                                                              ^^^^^^^^^^^^^^
  help: a period in months, years or working days is added to an instant: `A plus 3 months by LAW`
)"},
        {Kind::Condition, R"(at least 4 of (data.personal is yes; data.taken is yes))",
         R"(
law:1:10: error[DN0214]: `4` of 2 conditions cannot be asked
  at least 4 of (data.personal is yes; data.taken is yes)
           ^
  help: write a number from 1 to 2
)"},
        {Kind::Condition, R"(at least 2 of (data.personal is yes))",
         R"(
law:1:10: error[DN0214]: `at least K of` needs two conditions or more
  at least 2 of (data.personal is yes)
           ^
  help: separate them with `;`
)"},
        {Kind::Condition, R"(at least 2 of (data.personal is yes, data.taken is yes))",
         R"(
law:1:36: error[DN0211]: expected `and`, `or`, `;` or `)`, found `,`
  at least 2 of (data.personal is yes, data.taken is yes)
                                     ^
  help: the conditions of `at least K of (..)` are separated by `;`
)"},
        {Kind::Condition, R"(any populations where (data.personal is yes))",
         R"(
law:1:5: error[DN0215]: expected a selection, found `populations`
  any populations where (data.personal is yes)
      ^^^^^^^^^^^
  did you mean `population`?
  help: one of `population`, `place`, `entity`, `contract`, `event KIND`, `incident` or a relation such as `affiliate`
)"},
        {Kind::Condition, R"(any population were (data.personal is yes))",
         R"(
law:1:16: error[DN0209]: expected `where`, found `were`
  any population were (data.personal is yes)
                 ^^^^
  did you mean `where`?
  help: `any SELECTION where (CONDITION)`
)"},
        {Kind::Condition, R"(any population where data.personal is yes)",
         R"(
law:1:36: error[DN0211]: expected `and`, `or` or the end, found `is`
  any population where data.personal is yes
                                     ^^
  help: put the condition after `where` in parentheses: `where (A is yes)`
)"},
        {Kind::Condition, R"(eny population where (data.personal is yes))",
         R"(
law:1:1: error[DN0206]: expected a condition, found `eny`
  eny population where (data.personal is yes)
  ^^^
  did you mean `any`?
)"},
        {Kind::Condition, R"(any place linked lifes where (true))",
         R"(
law:1:18: error[DN0209]: expected a link, found `lifes`
  any place linked lifes where (true)
                   ^^^^^
  did you mean `lives`?
  help: one of `lives`, `served`, `established`, `does_business`
)"},
        {Kind::Condition, R"(data.encrypted is "yes")",
         R"(
law:1:19: error[DN0201]: `"` cannot stand here
  data.encrypted is "yes"
                    ^
  help: names and choices are written without quotes
)"},
        {Kind::Condition, R"(data.encrypted is)",
         R"(
law:1:16: error[DN0207]: expected a fact or a value after `is`
  data.encrypted is
                 ^^
)"},
        {Kind::Condition, R"(data.encrypted not is yes)",
         R"(
law:1:16: error[DN0208]: expected a comparison, `and` or `or` after `data.encrypted`, found `not`
  data.encrypted not is yes
                 ^^^
  help: `not` stands before a condition, or behind `is`
)"},
        {Kind::Condition, R"(people of where us.tx.sensitive at least 5)",
         R"(
law:1:11: error[DN0209]: expected a place, a group or `this place`, found `where`
  people of where us.tx.sensitive at least 5
            ^^^^^
  help: as in `people of US-TX`
)"},
        {Kind::Condition, R"(entity.aware_at has hapened)",
         R"(
law:1:21: error[DN0209]: expected `happened`, found `hapened`
  entity.aware_at has hapened
                      ^^^^^^^
  did you mean `happened`?
)"},
        {Kind::Condition, R"(entity.aware_at has happened; data.personal is yes)",
         R"(
law:1:29: error[DN0211]: expected `and`, `or` or the end, found `;`
  entity.aware_at has happened; data.personal is yes
                              ^
  help: conditions are joined with `and` or `or`; `;` stands only in `at least K of (..)`
)"},
        {Kind::Condition, R"(service.down_from between 22:00 and 26:00 in Europe/Berlin)",
         R"(
law:1:37: error[DN0203]: `26:00` is not a time of day
  service.down_from between 22:00 and 26:00 in Europe/Berlin
                                      ^^^^^
  help: from `00:00` to `23:59`
)"},
        {Kind::Condition, R"(data.categories includes any (medical, genetic))",
         R"(
law:1:30: error[DN0209]: expected `of`, found `(`
  data.categories includes any (medical, genetic)
                               ^
)"},
        {Kind::Condition, R"(data.categories includes any of (medical genetic) and data.personal iz yes)",
         R"(
law:1:42: error[DN0209]: expected `,` or `)`, found `genetic`
  data.categories includes any of (medical genetic) and data.personal iz yes
                                           ^^^^^^^
law:1:69: error[DN0208]: expected a comparison, `and` or `or` after `data.personal`, found `iz`
  data.categories includes any of (medical genetic) and data.personal iz yes
                                                                      ^^
  did you mean `is`?
)"},
        {Kind::Condition, R"(on hold)",
         R"(
law:1:4: error[DN0209]: expected the kind of hold after `hold`
  on hold
     ^^^^
  help: as in `on hold police_request`
)"},
        {Kind::Condition, R"(ever data.personal is yes)",
         R"(
law:1:6: error[DN0209]: expected `(`, found `data.personal`
  ever data.personal is yes
       ^^^^^^^^^^^^^
  help: as in `ever (A is yes)`
)"},
        {Kind::Condition, R"((data.personal is yes and data.taken is) or data.altered iz yes or people.total at least)",
         R"(
law:1:40: error[DN0207]: expected a fact or a value, found `)`
  (data.personal is yes and data.taken is) or data.altered iz yes or people.total at least
                                         ^
law:1:58: error[DN0208]: expected a comparison, `and` or `or` after `data.altered`, found `iz`
  (data.personal is yes and data.taken is) or data.altered iz yes or people.total at least
                                                           ^^
  did you mean `is`?
law:1:84: error[DN0207]: expected a fact or a value after `least`
  (data.personal is yes and data.taken is) or data.altered iz yes or people.total at least
                                                                                     ^^^^^
)"},
        {Kind::Condition, R"(data.personal is yes.)",
         R"(
law:1:21: error[DN0201]: `.` cannot stand here
  data.personal is yes.
                      ^
)"},
        {Kind::Condition, R"(data.personal is yes and and data.taken is yes)",
         R"(
law:1:26: error[DN0206]: expected a condition, found `and`
  data.personal is yes and and data.taken is yes
                           ^^^
)"},
        {Kind::Condition, R"(population is open)",
         R"(
law:1:1: error[DN0206]: expected a condition, found `population`
  population is open
  ^^^^^^^^^^
)"},
        {Kind::Condition, R"(lowest off people.total over population at least 5)",
         R"(
law:1:8: error[DN0209]: expected `of`, found `off`
  lowest off people.total over population at least 5
         ^^^
  did you mean `of`?
)"},
        {Kind::Condition, R"(data.personal is “yes”)",
         R"(
law:1:18: error[DN0201]: `“` cannot stand here
  data.personal is “yes”
                   ^
  help: names and choices are written without quotes
)"},
        {Kind::Term, R"(entity.aware_at plus 0 days)",
         R"(
law:1:22: error[DN0216]: `0 days` is no amount of time
  entity.aware_at plus 0 days
                       ^^^^^^
  help: a whole number from 1, up to 400 years
)"},
        {Kind::Term, R"(entity.aware_at plus 3 dayz)",
         R"(
law:1:24: error[DN0211]: expected the end, found `dayz`
  entity.aware_at plus 3 dayz
                         ^^^^
  did you mean `days`?
)"},
        {Kind::Term, R"(filed frist eu.gdpr.33)",
         R"(
law:1:7: error[DN0209]: expected `first` or `last`, found `frist`
  filed frist eu.gdpr.33
        ^^^^^
  did you mean `first`?
)"},
        {Kind::Term, R"(filed first eu.gdpr.33 by portal act received)",
         R"(
law:1:34: error[DN0222]: `act` stands in the wrong place
  filed first eu.gdpr.33 by portal act received
                                   ^^^
  help: the options of a filing come in this order: act, to, of, by, leaving, even withdrawn
)"},
        {Kind::Term, R"(filed first eu.gdpr.33 of afiliate)",
         R"(
law:1:27: error[DN0209]: expected `any` or a relation, found `afiliate`
  filed first eu.gdpr.33 of afiliate
                            ^^^^^^^^
  did you mean `affiliate`?
  help: as in `of any` or `of affiliate`
)"},
        {Kind::Term, R"(time from filed first eu.gdpr.33 to entity.aware_at)",
         R"(
law:1:37: error[DN0209]: expected `to` after `entity.aware_at`
  time from filed first eu.gdpr.33 to entity.aware_at
                                      ^^^^^^^^^^^^^^^
  help: put the filing in parentheses: `time from (filed first X) to A`
)"},
        {Kind::Term, R"(lower of (people.total))",
         R"(
law:1:10: error[DN0214]: `lower of` takes two terms
  lower of (people.total)
           ^
)"},
        {Kind::Term, R"(earliest of (entity.told_at; entity.aware_at))",
         R"(
law:1:28: error[DN0209]: expected `,` or `)`, found `;`
  earliest of (entity.told_at; entity.aware_at)
                             ^
)"},
        {Kind::Term, R"(people.total at least 5)",
         R"(
law:1:14: error[DN0211]: expected the end, found `at`
  people.total at least 5
               ^^
  help: a term has no comparison; only conditions compare
)"},
        {Kind::Term, R"(service.clients_hit over affiliate)",
         R"(
law:1:21: error[DN0211]: expected the end, found `over`
  service.clients_hit over affiliate
                      ^^^^
)"},
        {Kind::Term, R"(5 % service.clients_hit)",
         R"(
law:1:5: error[DN0211]: expected the end, found `service.clients_hit`
  5 % service.clients_hit
      ^^^^^^^^^^^^^^^^^^^
)"},
        {Kind::Term, R"((entity.told_at else entity.aware_at)",
         R"(
law:1:1: error[DN0204]: `(` is never closed
  (entity.told_at else entity.aware_at
  ^
  help: write the `)` where this part ends
)"},
        {Kind::Term, R"(end of hold)",
         R"(
law:1:8: error[DN0209]: expected the kind of hold after `hold`
  end of hold
         ^^^^
  help: as in `end of hold police_request`
)"},
        {Kind::Term, R"(people.kinds plus as at 5)",
         R"(
law:1:22: error[DN0211]: expected the end, found `at`
  people.kinds plus as at 5
                       ^^
  help: a term has no comparison; only conditions compare
)"},
        {Kind::Condition, R"(data.encrypted is (yes)",
         R"(
law:1:19: error[DN0204]: `(` is never closed
  data.encrypted is (yes
                    ^
  help: write the `)` where this part ends
)"},
        {Kind::Condition, R"(service.clients_hit more 500)",
         R"(
law:1:26: error[DN0209]: expected `than`, found `500`
  service.clients_hit more 500
                           ^^^
)"},
        {Kind::Condition, R"(service.clients_hit at least 2 of (1; 2))",
         R"(
law:1:32: error[DN0211]: expected `and`, `or` or the end, found `of`
  service.clients_hit at least 2 of (1; 2)
                                 ^^
)"},
};
// clang-format on

}  // namespace

TEST_CASE("a text that cannot be read says what to write, at the place") {
    for (const Mistake& mistake : mistakes) {
        INFO(mistake.text);
        const std::string told =
            mistake.kind == Kind::Condition ? condition_mistakes(mistake.text) : term_mistakes(mistake.text);
        CHECK("\n" + told == mistake.told);
    }
}

TEST_CASE("a place in a condition is a place in the file around it") {
    const auto source = std::make_shared<SourceText>("law.xml", "<when>\n  data.personal iz yes\n</when>");
    const std::string_view text = source->text().substr(6, 24);
    const ExpressionText words{source, text, [&](std::size_t begin, std::size_t end) {
                                   return Span{source, begin + 6, end + 6};
                               }};
    const auto read = parse_condition(words);
    CHECK_FALSE(read);
    CHECK(print(read.diagnostics) ==
          "law.xml:2:17: error[DN0208]: expected a comparison, `and` or `or` after `data.personal`, found `iz`\n"
          "    data.personal iz yes\n"
          "                  ^^\n"
          "  did you mean `is`?\n");
}

TEST_CASE("all mistakes of one text come in one run") {
    const auto read =
        parse_condition(whole_text("(data.personal iz yes or data.taken is) and at least 2 of (people.total at leest "
                                   "5; any populaton where (true); "
                                   "data.encrypted is 5 k) or entity.aware_at has hapened"));
    std::string codes;
    for (const Diagnostic& said : read.diagnostics.items()) codes += said.code + " ";
    CHECK(codes == "DN0208 DN0207 DN0209 DN0215 DN0211 DN0209 ");
}
