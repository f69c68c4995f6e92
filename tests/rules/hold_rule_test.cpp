#include <catch2/catch.hpp>

#include "rules/rulebook.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// The messages about a law with these hold rules, one a line.
std::string messages(const std::string& rules) {
    const std::vector<SourcePtr> sources{source_file("jurisdictions/_shared/vocabulary.xml"), source_file("jurisdictions/_shared/counting.xml"),
                                         std::make_shared<const SourceText>("place", R"(<jurisdiction language="1" code="DE" title="Germany" zone="Europe/Berlin" languages="de"/>)"),
                                         std::make_shared<const SourceText>("law", "<law language=\"1\" id=\"t\" title=\"Holds\" place=\"DE\">" + rules + "</law>")};
    const auto book = load_rulebook(sources);
    std::string text;
    for (const Diagnostic& diagnostic : book.diagnostics.items())
        if (diagnostic.severity == Severity::Error) text += diagnostic.code + " " + diagnostic.message + "\n";
    return text;
}

std::string rule(const std::string& attributes) { return "<hold-rule kind=\"letter\" provision=\"1\" " + attributes + ">wait</hold-rule>"; }

}  // namespace

TEST_CASE("a hold rule may count its cap from the limit, and follow another") {
    CHECK(messages(rule(R"(effect="delays" cap="30 days" counting="plain")") +
                   R"(<hold-rule kind="second" provision="2" after="letter" effect="delays" cap="30 days" cap-from="due" counting="plain" term="named" ends-on="working-day" then="4 working days" then-reading="staff">more</hold-rule>)")
              .empty());
}

TEST_CASE("a hold rule that makes no sense is refused") {
    CHECK(messages(rule(R"(effect="delays" cap-from="due")")) == "DN0304 `cap-from` says from when a `cap` counts, and there is no `cap`\n");
    CHECK(messages(rule(R"(effect="tolls" cap="30 days" cap-from="due")")) == "DN0304 only the delay of a limit can be counted from the limit\n");
    CHECK(messages(rule(R"(effect="restarts" term="named")")) == "DN0304 `term` belongs to a hold rule that delays\n");
    CHECK(messages(rule(R"(effect="delays" then="4 days")")) == "DN0304 `then` is a reading of its own: name it in `then-reading`, and say how long in `then`\n");
    CHECK(messages(rule(R"(effect="delays" cap="30 days" cap-from="start")")) == "DN0315 `cap-from` has no value `start`\n");
    CHECK(messages(rule(R"(effect="delays" after="lettre")")) == "DN0242 no other hold rule is of kind `lettre`\n");
    CHECK(messages(rule(R"(effect="delays" after="letter")")) == "DN0242 no other hold rule is of kind `letter`\n");
}

TEST_CASE("a law says what it covers in words that are known") {
    const std::vector<SourcePtr> sources{std::make_shared<const SourceText>("law", R"(<law language="1" id="t" title="Covers" covers="personal_data shares"/>)")};
    const auto book = load_rulebook(sources);
    CHECK(print(book.diagnostics).find("shares") != std::string::npos);
}
