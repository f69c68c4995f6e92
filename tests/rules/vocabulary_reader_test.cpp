// Declarations that cannot stand, told at their place.

#include <catch2/catch.hpp>

#include <string>

#include "rules/vocabulary_reader.h"

using namespace duenotice;

namespace {

std::string told(const std::string& facts) {
    const auto root =
        read_xml(std::make_shared<SourceText>("v.xml", "<vocabulary language=\"1\">\n" + facts + "\n</vocabulary>"));
    REQUIRE(root);
    Vocabulary vocabulary;
    Diagnostics diagnostics;
    read_vocabulary(*root, vocabulary, diagnostics);
    std::string text;
    for (const Diagnostic& said : diagnostics.items()) {
        const LineColumn at = said.span.source->line_column(said.span.begin);
        text += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + said.message + "\n";
    }
    return text;
}

const std::string yes_no = R"(<fact id="a.b" frame="incident" type="yes/no"><question>Is it?</question></fact>)";

}  // namespace

TEST_CASE("a fact must have a name, a type and choices that conditions can use") {
    CHECK(told(yes_no) == "");
    CHECK(told(yes_no + "\n" + yes_no) == "3:1 `a.b` is declared twice\n");
    CHECK(told(R"(<fact id="encrypted" frame="incident" type="yes/no"/>)") ==
          "2:11 `encrypted` cannot be written in a condition\n");
    CHECK(told(R"(<fact id="a.b" frame="incident" type="choice"/>)") == "2:1 `a.b` needs its choices\n");
    CHECK(
        told(
            R"(<fact id="a.b" frame="incident" type="choice"><choice id="not">n</choice><choice id="x">y</choice></fact>)") ==
        "2:59 `not` cannot be written in a condition\n");
    CHECK(
        told(
            R"(<fact id="a.b" frame="incident" type="choice"><choice id="x">n</choice><choice id="x">y</choice></fact>)") ==
        "2:84 `x` is a choice already\n");
    CHECK(told(R"(<fact id="a.b" frame="incident" type="whole"><choice id="x">n</choice></fact>)") ==
          "2:1 a fact of type `whole` has no choices\n");
}

TEST_CASE("a constraint names facts and choices that exist") {
    const std::string two =
        yes_no + R"(<fact id="c.d" frame="incident" type="yes/no"><question>Is it?</question></fact>)" + "\n";
    CHECK(told(two + R"(<excludes fact="a.b" choice="yes" other="c.d" other-choice="no">why</excludes>)") == "");
    CHECK(told(two + R"(<implies fact="a.b" choice="yes" then="c.d" then-choice="no">why</implies>)") == "");
    CHECK(told(two + R"(<implies fact="a.b" choice="yes" then="c.e" then-choice="no">why</implies>)")
              .find("there is no fact `c.e`") != std::string::npos);
    CHECK(told(two + R"(<implies fact="a.b" choice="maybe" then="c.d" then-choice="no">why</implies>)") ==
          "3:29 `a.b` has no choice `maybe`\n");
}
