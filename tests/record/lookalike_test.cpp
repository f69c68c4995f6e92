// Names that look like others are found whatever makes them alike, and the letters that differ are named.
#include <catch2/catch.hpp>

#include "engine/record/access.h"
#include "engine/record/lookalike.h"
#include "engine/record/redaction.h"
#include "engine/record/request.h"
#include "tests/record/case_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

struct Pair {
    const char *name, *other, *letters;
};

/// Each by hand from the confusables of Unicode, or by what a reader sees.
const Pair alike[] = {
    {"раураl", "paypal", "`р` U+0440 CYRILLIC SMALL LETTER ER for `p` U+0070 LATIN SMALL LETTER P; `а` U+0430 CYRILLIC SMALL LETTER A for `a` U+0061 LATIN SMALL LETTER A; `у` U+0443 CYRILLIC SMALL LETTER U for `y` U+0079 LATIN SMALL LETTER Y; "
                         "`р` U+0440 CYRILLIC SMALL LETTER ER for `p` U+0070 LATIN SMALL LETTER P; `а` U+0430 CYRILLIC SMALL LETTER A for `a` U+0061 LATIN SMALL LETTER A"},
    {"INC-2026-000l", "INC-2026-0001", "`l` U+006C LATIN SMALL LETTER L for `1` U+0031 DIGIT ONE"},
    {"INC-1O", "INC-10", "`O` U+004F LATIN CAPITAL LETTER O for `0` U+0030 DIGIT ZERO"},
    {"s0c", "soc", "`0` U+0030 DIGIT ZERO for `o` U+006F LATIN SMALL LETTER O"},
    {"SOC", "soc", "`S` U+0053 LATIN CAPITAL LETTER S for `s` U+0073 LATIN SMALL LETTER S; `O` U+004F LATIN CAPITAL LETTER O for `o` U+006F LATIN SMALL LETTER O; `C` U+0043 LATIN CAPITAL LETTER C for `c` U+0063 LATIN SMALL LETTER C"},
    {"cornpany", "company", "`r` U+0072 LATIN SMALL LETTER R, `n` U+006E LATIN SMALL LETTER N for `m` U+006D LATIN SMALL LETTER M"},
    {"Data\u200B Authority", "Data Authority", "U+200B ZERO WIDTH SPACE for nothing"},
    {"Data\u00A0Authority", "Data Authority", "U+00A0 NO-BREAK SPACE for U+0020 SPACE"},
    {"head ", "head", "U+0020 SPACE for nothing"},
    {"he\u202Ead", "head", "U+202E RIGHT-TO-LEFT OVERRIDE for nothing"},
    {"Müller", "Mu\u0308ller", "`ü` U+00FC LATIN SMALL LETTER U WITH DIAERESIS for `u` U+0075 LATIN SMALL LETTER U, `\u0308` U+0308 COMBINING DIAERESIS"},
    {"Ηead", "Head", "`Η` U+0397 GREEK CAPITAL LETTER ETA for `H` U+0048 LATIN CAPITAL LETTER H"},
    {"ｗide", "wide", "`ｗ` U+FF57 FULLWIDTH LATIN SMALL LETTER W for `w` U+0077 LATIN SMALL LETTER W"},
    {"ｈead", "head", "`ｈ` U+FF48 FULLWIDTH LATIN SMALL LETTER H for `h` U+0068 LATIN SMALL LETTER H"},
};

const std::pair<const char*, const char*> different[] = {{"head", "heads"}, {"Anna", "Ana"}, {"INC-10", "INC-11"}, {"Bank DE", "Bank AT"}, {"Müller", "Muller"}, {"", "a"}, {"soc", "sec"}, {"法務部", "法規部"}, {"head", "head"}};

Account account_of(const char* account, const char* person) { return {account, person, {Role::Approver}, {}, 0}; }

std::vector<std::string> told(const std::vector<Lookalike>& found) {
    std::vector<std::string> words;
    for (const Lookalike& each : found) words.push_back(each.name + " / " + each.other);
    return words;
}

}  // namespace

TEST_CASE("names that a reader takes for each other are alike, both ways, and their letters are told") {
    for (const Pair& each : alike) {
        INFO(each.name << " and " << each.other);
        const auto found = lookalikes(each.name, {each.other, "something else"});
        REQUIRE(found.size() == 1);
        CHECK(found[0].letters == each.letters);
        CHECK(lookalikes(each.other, {each.name}).size() == 1);
    }
}

TEST_CASE("names that differ to the eye, and a name and itself, are not alike") {
    for (const auto& [name, other] : different) {
        INFO(name << " and " << other);
        CHECK(lookalikes(name, {other}).empty());
        CHECK(lookalikes(other, {name}).empty());
    }
}

TEST_CASE("a new name is compared with those of its sort that are on record") {
    const auto entries = with_entries({}, {grant_entry(account_of("head", "Anna Rossi"), {"admin", "g"}), request_entry({0, "", "", "request", "Data Authority", "", "", "what", "", "", "", {}, {}, {}, {}}, {"soc", "r"}),
                                           hold_entry({0, "suit-1", {}, true}, "suit", {"counsel", "h"}), part_entry({"entities", "shop"}, json_object(), {"soc", "p"})}, began);
    const auto grant = [&](const char* account, const char* person) { return told(new_lookalikes(std::vector{grant_entry(account_of(account, person), {"admin", "x"})}, entries)); };
    CHECK(grant("heаd", "Anna Rossi") == std::vector<std::string>{"heаd / head"});
    CHECK(grant("deputy", "Аnna Rossi") == std::vector<std::string>{"Аnna Rossi / Anna Rossi"});
    CHECK(grant("s0c", "B") == std::vector<std::string>{"s0c / soc"});      // who only ever wrote
    CHECK(grant("head", "Anna Rossi").empty());
    CHECK(grant("deputy", "DEPUTY").empty());                              // an account and its own person
    CHECK(grant("Data Authority", "Data Аuthority").empty());              // another sort
    CHECK(told(new_lookalikes(std::vector{entry_of("e")}, entries)).empty());
    CHECK(told(new_lookalikes(std::vector{export_entry({0, 1, "counsel", "", "Data Аuthority", "", {}}, {"soc", "x"})}, entries)) == std::vector<std::string>{"Data Аuthority / Data Authority"});
    CHECK(told(new_lookalikes(std::vector{hold_entry({0, "suit-l", {}, true}, "suit", {"counsel", "x"})}, entries)) == std::vector<std::string>{"suit-l / suit-1"});
    CHECK(told(new_lookalikes(std::vector{part_entry({"entities", "sh0p"}, json_object(), {"soc", "x"}), part_entry({"places", "SHOP"}, json_object(), {"soc", "y"})}, entries)) == std::vector<std::string>{"sh0p / shop"});
    // Two that come together.
    CHECK(told(new_lookalikes(std::vector{part_entry({"contracts", "b1"}, json_object(), {"soc", "x"}), part_entry({"contracts", "bl"}, json_object(), {"soc", "y"})}, entries)) == std::vector<std::string>{"bl / b1"});
}
