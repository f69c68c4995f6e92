#include <catch2/catch.hpp>

#include "rules/authority_doors.h"
#include "tests/support/law_files.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Authorities `xa.d.*` of the invented country, and a duty to tell `xa.d.told` and those of `xa-d-bank` in so long.
LoadedBook book_of(const std::string& authorities, const std::string& amount, const std::string& version = "") {
    LoadOptions options;
    options.lint = true;
    return load_with_testland({law_text("doors.xml", R"(<authorities language="1" place="XA">)" + authorities + "</authorities>"),
                               law_text("law.xml", R"(<law language="1" id="xa.d" title="Doors Act" place="XA"><obligation id="xa.d.tell" title="Tell" each="entity"><version )" + version + R"( checked="2026-11-25" grade="U"><cite provision="1">tell</cite><when>entity.affected is yes</when><clock><limb amount=")" + amount +
                                                       R"(" counting="plain"><start>entity.aware_at</start></limb></clock><recipients><to authority="xa.d.told"/><to competence="xa-d-bank"><at>entity.country</at></to></recipients></version></obligation></law>)")},
                              options);
}

std::string authority(const std::string& id, const std::string& inside, const std::string& more = "") {
    return "<authority id=\"xa.d." + id + R"(" title="An authority" competences=")" + (id == "bank" ? "xa-d-bank" : "xa-d-other") + R"(" source="tests" checked="2026-11-25" grade="U")" + more + ">" + inside + "</authority>";
}

const std::string door = R"(<channel kind="mail"/>)";
const std::string told = authority("told", door + door), bank = authority("bank", door + door);

/// Codes of the advice on doors, in the order of the text.
std::string advice(const LoadedBook& book) {
    std::string text;
    for (const Diagnostic& item : book.diagnostics.items())
        if (item.code == "DN0385" || item.code == "DN0386") text += item.code + " " + item.message + "\n";
    return text;
}

}  // namespace

TEST_CASE("an authority without a door, or with one alone that is to be told within hours, is advised on") {
    CHECK(advice(book_of(told + bank, "4 hours")) == "");
    CHECK(advice(book_of(told + bank + authority("none", ""), "4 hours")) == "DN0385 no channel of `xa.d.none` is on file\n");
    CHECK(advice(book_of(authority("told", door) + bank, "4 hours")) == "DN0386 `xa.d.told` has one channel alone, and must be told within hours\n");
    CHECK(advice(book_of(told + authority("bank", door), "30 minutes")) == "DN0386 `xa.d.bank` has one channel alone, and must be told within hours\n");
    CHECK(advice(book_of(authority("told", door) + authority("bank", door), "4 days")) == "");
    CHECK(advice(book_of(authority("told", door) + bank, "4 hours", R"(from="2020-01-01" until="2021-01-01")")) == "");  // nobody is to be told any more
    CHECK(advice(book_of(told + bank + authority("other", door), "4 hours")) == "");
}

TEST_CASE("a reason on file ends the advice, and the count stays") {
    const LoadedBook book = book_of(authority("told", door, R"( no-fallback="its page names none")") + bank + authority("none", "", R"( no-channel="not read")"), "4 hours");
    CHECK(advice(book) == "");
    REQUIRE(book);
    const DoorTally tally = tally_doors(**book);
    REQUIRE(tally.one_only.size() == 1);
    CHECK(tally.one_only.front()->id == "xa.d.told");
    CHECK(tally.one_only.front()->no_fallback == "its page names none");
    std::size_t here = 0;
    for (const Authority* one : tally.without) here += one->id == "xa.d.none" ? 1 : 0;
    CHECK(here == 1);
}
