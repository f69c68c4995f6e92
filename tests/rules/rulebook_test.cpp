// The finished book: what it finds, which place lies in which, whose clock and calendar count, what identifies it.

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/support/law_files.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::string law_of(const std::string& obligations) {
    return "<law language=\"1\" id=\"xa.small\" title=\"Small\" place=\"XA\">" + obligations + "</law>";
}

std::string obligation_of(const std::string& id, const std::string& checked, const std::string& more = "") {
    return "<obligation id=\"" + id + "\" title=\"T\" " + more + "><version checked=\"" + checked +
           "\" grade=\"U\"><cite provision=\"1\"/><when>xa.breach is yes</when></version></obligation>";
}

const RuleBook& small_law() {
    static const LoadedBook book = load_with_testland(
        {law_text("small.xml", law_of(obligation_of("xa.z", "2026-11-20") +
                                      obligation_of("xa.a", "2026-10-01", "was=\"xa.before\"") +
                                      "<define id=\"xa.d\" frame=\"entity\" provision=\"2\">xa.breach is yes</define>"
                                      "<presumption id=\"xa.p\" frame=\"entity\" companion=\"xa.shown\" default=\"no\" "
                                      "rebutted-by=\"logs\"/>"))});
    REQUIRE(book);
    return **book;
}

}  // namespace

TEST_CASE("everything is found by its id, an obligation also by a former one") {
    const RuleBook& book = small_law();
    REQUIRE(book.obligations.size() == 2);
    CHECK(book.obligations.front().id == "xa.a");
    CHECK(book.compiled.size() == book.obligations.size());
    CHECK(book.find_obligation("xa.before") == &book.obligations.front());
    CHECK(book.obligation_index("xa.z") == 1U);
    CHECK(book.find_obligation("xa.b") == nullptr);
    CHECK(book.find_law("xa.small")->title == "Small");
    CHECK(book.find_definition("xa.d")->condition->kind == Condition::Kind::Compare);
    CHECK_FALSE(book.find_presumption("xa.p")->holds_by_default);
    CHECK(book.find_authority("xa.dpa")->place == "XA");
    CHECK(book.find_authority("xa.registry")->channels.size() == 4);
    CHECK(book.find_authority("xa.registry")->publishes);
    CHECK(book.find_group("XAB")->members.size() == 2);
    CHECK(book.find_jurisdiction("XA-L")->parent == "XA");
    CHECK(book.find_jurisdiction("XC") == nullptr);
}

TEST_CASE("a place lies in its country and in groups on their days") {
    const RuleBook& book = small_law();
    CHECK(book.within("XA", "XA"));
    CHECK(book.within("XA-N", "XA"));
    CHECK_FALSE(book.within("XA", "XA-N"));
    CHECK_FALSE(book.within("XAB", "XA"));
    CHECK(book.within("XA-N", "XU"));
    CHECK(book.within("XB", "XAB"));
    CHECK_FALSE(book.within("XB", "XAB", Date::parse("2019-12-31")));
    CHECK(book.within("XB", "XAB", Date::parse("2020-01-01")));
    CHECK(book.within("XB", "XAB", Date::parse("2029-12-31")));
    CHECK_FALSE(book.within("XB", "XAB", Date::parse("2030-01-01")));
    CHECK_FALSE(book.within("XC", "XU"));
    CHECK_FALSE(book.within("XA", "nowhere"));
}

TEST_CASE("a region without clock or calendar has those of its country") {
    const RuleBook& book = small_law();
    CHECK(book.zone_of("XA-N") == "Europe/Berlin");
    CHECK(book.zone_of("XA-W") == "Europe/Berlin");  // not in the book: by its code
    CHECK(book.zone_of("XU").empty());
    CHECK(book.calendar_of("XA-W") == "de");
    CHECK(book.calendar_of("XC").empty());
}

TEST_CASE("edition is the newest reading, and the fingerprint is that of the texts in any order") {
    const RuleBook& book = small_law();
    CHECK(book.edition == "2026-11-20");
    CHECK(book.fingerprint.size() == 64);
    const SourcePtr a = law_text("a.xml", law_of(obligation_of("xa.a", "2026-10-01")));
    std::vector<SourcePtr> sources = testland_places();
    sources.push_back(a);
    const LoadedBook one = load_rulebook(sources);
    std::reverse(sources.begin(), sources.end());
    sources.front() = law_text("renamed.xml", std::string(a->text()));
    const LoadedBook turned = load_rulebook(sources);
    sources.front() = law_text("a.xml", law_of(obligation_of("xa.a", "2026-10-02")));
    const LoadedBook changed = load_rulebook(sources);
    REQUIRE((one && turned && changed));
    CHECK((*one)->fingerprint == (*turned)->fingerprint);
    CHECK((*one)->fingerprint != (*changed)->fingerprint);
}

TEST_CASE("a mistake of a template stands in the template and names the instance") {
    const LoadedBook book = load_with_testland({law_text(
        "t.xml",
        law_of(
            "\n<template id=\"xa.t\"><obligation id=\"xa.t\" title=\"T\"><version checked=\"2026-11-25\" "
            "grade=\"U\"><cite provision=\"1\"/>\n"
            "<when>xa.breach is yes and $(fact) is yes and xa.breahc is yes</when></version></obligation></template>\n"
            "<instance of=\"xa.t\" place=\"XA-N\"><set name=\"fact\">xa.no_such_fact_at_all</set></instance>"))});
    REQUIRE_FALSE(book);
    std::string places;
    for (const Diagnostic& item : book.diagnostics.items()) {
        const auto at = item.span.source->line_column(item.span.begin),
                   until = item.span.source->line_column(item.span.end);
        places += std::to_string(at.line) + ":" + std::to_string(at.column) + "-" + std::to_string(until.column) + " " +
                  item.message + "; " + (item.related.empty() ? "" : item.related.front().second) + "\n";
    }
    CHECK(places ==
          "3:28-35 there is no fact `xa.no_such_fact_at_all`; in the instance for XA-N\n"
          "3:47-56 there is no fact `xa.breahc`; in the instance for XA-N\n");
}

TEST_CASE("a dated version needs a date that picks it") {
    const std::string vocabulary =
        "<vocabulary language=\"1\"><fact id=\"xa.breach\" frame=\"entity\" type=\"yes/no\"/></vocabulary>";
    const std::string dated =
        "<obligation id=\"xa.a\" title=\"T\"><version from=\"2026-01-01\" checked=\"2026-11-25\" grade=\"U\">"
        "<cite provision=\"1\"/><when>xa.breach is yes</when></version></obligation>";
    const std::vector<SourcePtr> with_date{law_text("v.xml", vocabulary), law_text("a.xml", law_of(dated))};
    const LoadedBook book = load_rulebook(with_date);
    REQUIRE(book.diagnostics.items().size() == 1);
    CHECK(book.diagnostics.items().front().code == "DN0369");
    const std::vector<SourcePtr> without{law_text("v.xml", vocabulary),
                                         law_text("a.xml", law_of(obligation_of("xa.a", "2026-11-25")))};
    const LoadedBook undated = load_rulebook(without);
    REQUIRE(undated);
    CHECK(print(*(*undated)->compiled.front().readings.front().condition) ==
          "xa.breach is yes");  // nobody declares entity.affected
}

TEST_CASE("facts that nothing uses are noted on request, one note a file") {
    const std::vector<SourcePtr> sources{
        law_text("v.xml",
                 "<vocabulary language=\"1\"><fact id=\"xa.breach\" frame=\"entity\" type=\"yes/no\"/>"
                 "<fact id=\"xa.idle\" frame=\"entity\" type=\"yes/no\"/><fact id=\"xa.harm\" frame=\"entity\" "
                 "type=\"judgement\"><choice id=\"likely\">likely</choice></fact></vocabulary>"),
        law_text("a.xml", law_of("<fact id=\"xa.own\" frame=\"entity\" type=\"yes/no\"/>" +
                                 obligation_of("xa.a", "2026-11-25")))};
    LoadOptions options;
    CHECK(load_rulebook(sources, options).diagnostics.items().empty());
    options.lint = true;
    const LoadedBook book = load_rulebook(sources, options);
    REQUIRE(book);
    REQUIRE(book.diagnostics.items().size() == 2);
    CHECK(book.diagnostics.items()[0].message == "nothing uses the fact `xa.own`");
    CHECK(book.diagnostics.items()[1].message == "nothing uses 2 facts: xa.idle, xa.harm");
}

TEST_CASE("a book with a file that cannot be read is not blamed for the names in it") {
    std::vector<SourcePtr> sources = testland_places();
    sources.push_back(law_text("bad.xml", "<law><obligation></law>"));
    sources.push_back(law_text(
        "good.xml", law_of("<define id=\"xa.d\" frame=\"entity\" provision=\"1\">xa.in_the_bad_file</define>")));
    const LoadedBook book = load_rulebook(sources);
    REQUIRE_FALSE(book);
    CHECK(book.diagnostics.items().size() == 1);
    CHECK(book.diagnostics.items().front().code == "DN0103");
}
