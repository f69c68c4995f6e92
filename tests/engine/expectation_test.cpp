// What an example says when the law does not do what it expects: of each duty that it names, and of the doors of those to be told.

#include <catch2/catch.hpp>
#include <string>

#include <fmt/format.h>

#include "engine/examples.h"
#include "tests/support/law_files.h"
#include "tests/support/system_zones.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Two duties of Testland to its registry, which changed the fax for an exchange on 2 March 2026, in Berlin; the second may go by letter too.
std::string law(const std::string& examples) {
    const auto obligation = [](std::string_view id, std::string_view when, std::string_view more) {
        return fmt::format("<obligation id=\"xa.doors.{}\" title=\"Tell\"><version checked=\"2026-11-25\" grade=\"U\"><cite provision=\"1\" address=\"https://law.example\"/><when>{}</when>"
                           "<recipients><to authority=\"xa.registry\"/></recipients>{}</version></obligation>", id, when, more);
    };
    return "<law language=\"1\" id=\"xa.doors\" title=\"Doors\" place=\"XA\">" + obligation("one", "entity.affected is yes", "") +
           obligation("two", "any population where (data.personal is yes)",
                      "<channel kind=\"letter\">any population where (data.encrypted is yes)</channel><channel kind=\"phone\" forbidden=\"yes\">any population where (data.encrypted is no)</channel>") + examples + "</law>";
}

std::string example(std::string_view as_of, std::string_view facts, std::string_view expectation) {
    return fmt::format("<example name=\"e\" as-of=\"{}\">{}<expect {}/></example>", as_of, facts, expectation);
}

/// The messages of the examples, one a line.
std::string failures(const std::string& examples) {
    LoadOptions options;
    options.today = Date::parse("2026-11-25");
    options.strict_examples = false;
    const LoadedBook book = load_with_testland({law_text("doors.xml", law(examples))}, options);
    INFO(print(book.diagnostics));
    REQUIRE(book);
    std::string text;
    const ExampleRun run = run_examples({*book, system_zones(), std::make_shared<const CalendarSet>()});
    for (const Diagnostic& found : run.diagnostics.items()) text += found.message + "\n";
    return text;
}

constexpr std::string_view owed = "entity.affected is yes; data.personal is yes; data.encrypted is no";

}  // namespace

TEST_CASE("an expectation that names several duties speaks of each of them") {
    CHECK(failures(example("2026-03-10T09:00+01:00", owed, "duty=\"xa.doors.one xa.doors.two\" owed=\"yes\"")) == "");
    CHECK(failures(example("2026-03-10T09:00+01:00", "data.personal is no", "duty=\"xa.doors.one xa.doors.two\" owed=\"no\"")) ==
          "example `e`, `xa.doors.one`: `owed` is yes, expected no\n");
    CHECK(failures(example("2026-03-10T09:00+01:00", "data.personal is yes", "duty=\"xa.doors.two xa.doors.one\" recipients=\"xa.ag\"")) ==
          "example `e`, `xa.doors.two`: `recipients` is xa.registry, expected xa.ag\nexample `e`, `xa.doors.one`: `recipients` is xa.registry, expected xa.ag\n");
}

TEST_CASE("a door of an authority is open on the days that it says, as the authority counts them") {
    const auto doors = [](std::string_view as_of, std::string_view kinds) { return failures(example(as_of, owed, fmt::format("duty=\"xa.doors.one\" channels=\"{}\"", kinds))); };
    CHECK(doors("2026-03-01T23:59+01:00", "fax phone portal") == "");
    CHECK(doors("2026-03-02T00:00+01:00", "exchange phone portal") == "");
    CHECK(doors("2026-03-02T09:00+01:00", "none") == "example `e`, `xa.doors.one`: `channels` is exchange phone portal, expected none\n");
}

TEST_CASE("doors that the law adds or forbids are expected with those of the authority") {
    const auto doors = [](std::string_view facts, std::string_view kinds) { return failures(example("2026-03-10T09:00+01:00", facts, fmt::format("duty=\"xa.doors.two\" channels=\"{}\"", kinds))); };
    CHECK(doors(owed, "portal exchange") == "");
    CHECK(doors("data.personal is yes; data.encrypted is yes", "portal phone exchange letter") == "");
}
