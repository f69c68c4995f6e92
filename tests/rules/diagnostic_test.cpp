#include <catch2/catch.hpp>

#include "rules/diagnostic.h"

using namespace duenotice;

TEST_CASE("a message shows its place, its line with a caret, a suggestion and help") {
    const auto source = std::make_shared<const SourceText>("law.xml", "first\n\tné when\n");
    Diagnostics diagnostics;
    diagnostics.error("DN0123", {source, 11, 15}, "no such word", "write another").suggestion = "then";
    CHECK(print(diagnostics) ==
          "law.xml:2:5: error[DN0123]: no such word\n   né when\n      ^^^^\n  did you mean `then`?\n  help: write "
          "another\n");
}

TEST_CASE("nothing in a message or in the line it shows steers a terminal") {
    const auto source = std::make_shared<const SourceText>("a\x1b.xml", "x\x1b[2J \x80 caf\xc3\xa9 \xe2\x80\xae y");
    Diagnostics diagnostics;
    diagnostics.error("DN0001", {source, 9, 10}, "no `\x1b[2J\n\xff\xc3\xa9\xc2\x85`", "\r").suggestion = "\xe2\x81\xa6";
    CHECK(print(diagnostics) == "a\\x1b.xml:1:9: error[DN0001]: no `\\x1b[2J\\x0a\\xff\xc3\xa9\\xc2\\x85`\n  x?[2J ? caf\xc3\xa9 ? y\n           ^\n"
                                "  did you mean `\\xe2\\x81\\xa6`?\n  help: \\x0d\n");
}

TEST_CASE("of a long line the part around the place is shown") {
    const std::string long_line = std::string(150, 'a') + "é wrong word " + std::string(150, 'b');
    const auto source = std::make_shared<const SourceText>("law.xml", long_line);
    Diagnostics diagnostics;
    diagnostics.error("DN0123", {source, 153, 158}, "no such word");
    diagnostics.error("DN0124", {source, 153, long_line.size()}, "runs past what is shown");
    diagnostics.error("DN0125", {source, 0, 1}, "first");
    const std::string part = "  ..." + std::string(58, 'a') + "é wrong word " + std::string(89, 'b') + "...\n  " +
                             std::string(63, ' ');
    CHECK(print(diagnostics) == "law.xml:1:153: error[DN0123]: no such word\n" + part +
                                    "^^^^^\nlaw.xml:1:153: error[DN0124]: runs past what is shown\n" + part +
                                    std::string(100, '^') + "\nlaw.xml:1:1: error[DN0125]: first\n  " +
                                    std::string(150, 'a') + "é wrong wo...\n  ^\n");
}

TEST_CASE("a message that quotes a long cell is shortened between letters") {
    Diagnostics diagnostics;
    std::string cell;
    for (int i = 0; i < 5000; ++i) cell += "é";
    diagnostics.error("DN0001", {}, "`x" + cell + "` is not an id");
    const std::string& message = diagnostics.items().front().message;
    CHECK(message.size() < 820);
    CHECK(first_invalid_utf8(message) == std::string::npos);
    CHECK(message.find("é ... é") != std::string::npos);
    CHECK(message.ends_with("` is not an id"));
}

TEST_CASE("past the limit messages are counted, errors win over warnings, and none changes another") {
    Diagnostics diagnostics;
    diagnostics.warning("DN0001", {}, "soft");
    for (std::size_t i = 1; i < Diagnostics::limit; ++i) diagnostics.error("DN0002", {}, "hard");
    diagnostics.error("DN0003", {}, "replaces the warning").suggestion = "mine";
    diagnostics.error("DN0004", {}, "is only counted").suggestion = "lost";
    REQUIRE(diagnostics.items().size() == Diagnostics::limit);
    CHECK(diagnostics.error_count() == Diagnostics::limit + 1);
    CHECK(diagnostics.items().front().code == "DN0003");
    CHECK(diagnostics.items().front().suggestion == "mine");
    for (const Diagnostic& diagnostic : diagnostics.items()) CHECK(diagnostic.suggestion != "lost");
    CHECK(print(diagnostics).find("2 more messages are not shown\n") != std::string::npos);
}

TEST_CASE("lines count from the first line of the text") {
    const SourceText text("x", "a\nb", 10);
    CHECK(text.line_column(0).line == 10);
    CHECK(text.line_column(2).line == 11);
    CHECK(text.line_column(99).column == 2);
}
