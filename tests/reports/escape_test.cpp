#include <catch2/catch.hpp>

#include <map>

#include "reports/escape.h"
#include "rules/xml_reader.h"

using namespace duenotice;

namespace {

std::string repeat(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

/// RFC 5545 3.1: a line end followed by a blank is nothing.
std::string unfold(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
    return text.substr(0, text.size() - 2);
}

}  // namespace

TEST_CASE("text never becomes markup") {
    CHECK(escape_html("<script>alert(\"1\")</script> & 'x'") ==
          "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;");
    CHECK(escape_html("a\x01"
                      "b\x7f"
                      "c\nd") == "a\uFFFDb\uFFFDc\nd");
    CHECK(escape_xml("]]> \xEF\xBF\xBE") == "]]&gt; \uFFFD");
}

TEST_CASE("what is written as XML is read back as it was") {
    const std::string text = "a <b> & \"c\" 'd'\r\n\te\r f ]]> \u00e9 \U0001F600";
    const std::string xml = "<r a=\"" + escape_xml_attribute(text) + "\">" + escape_xml(text) + "</r>";
    const auto root = read_xml(std::make_shared<const SourceText>("x", xml));
    REQUIRE(root);
    CHECK(root->text == text);
    CHECK(root->attribute("a")->value == text);
}

TEST_CASE("calendar text is escaped and folded as RFC 5545 says") {
    CHECK(escape_ical("a\\b, c; d\r\ne\nf\rg\x07h\ti:\"j\"") == "a\\\\b\\, c\\; d\\ne\\nf\\ngh\ti:\"j\"");
    CHECK(fold_ical(std::string(75, 'x')) == std::string(75, 'x') + "\r\n");
    CHECK(fold_ical(std::string(76, 'x')) == std::string(75, 'x') + "\r\n x\r\n");
    CHECK(fold_ical(std::string(150, 'x')) == std::string(75, 'x') + "\r\n " + std::string(74, 'x') + "\r\n x\r\n");
    CHECK(fold_ical("SUMMARY:a\r\nATTACH:evil\n") == "SUMMARY:aATTACH:evil\r\n");
    for (int shift = 0; shift < 4; ++shift) {
        const std::string line =
            std::string(static_cast<std::size_t>(shift), 'x') + repeat("\U0001F600\u00e9\u20ac", 40);
        const std::string folded = fold_ical(line);
        CHECK(unfold(folded) == line);
        std::size_t begin = 0;
        for (auto end = folded.find("\r\n"); end != std::string::npos;
             begin = end + 2, end = folded.find("\r\n", begin)) {
            CHECK(end - begin <= 75);
            CHECK(first_invalid_utf8(std::string_view(folded).substr(begin, end - begin)) == std::string_view::npos);
        }
    }
    CHECK(unfold(fold_ical(std::string(400, '\x80'))).size() == 400);
}

TEST_CASE("a field that a spreadsheet would take for a formula gets an apostrophe, and gives the text back") {
    CHECK(escape_csv("=1+1") == "'=1+1");
    CHECK(escape_csv("+1") == "'+1");
    CHECK(escape_csv("-1") == "'-1");
    CHECK(escape_csv("@sum") == "'@sum");
    CHECK(escape_csv("\tx") == "\"'\tx\"");
    CHECK(escape_csv("\rx") == "\"'\rx\"");
    CHECK(escape_csv(std::string("\0x", 2)) == std::string("'\0x", 3));
    CHECK(escape_csv("  =1") == "'  =1");
    CHECK(escape_csv("\uFF1D1") == "'\uFF1D1");
    CHECK(escape_csv("'=1") == "''=1");
    CHECK(escape_csv("'tis") == "'tis");
    CHECK(escape_csv("a=b").front() == 'a');
    CHECK(escape_csv("") == "");
    CHECK(escape_csv("   ") == "   ");
    CHECK(escape_csv("a,b") == "\"a,b\"");
    CHECK(escape_csv("a;=1") == "\"a;=1\"");
    CHECK(escape_csv("say \"x\"\n") == "\"say \"\"x\"\"\n\"");
}

TEST_CASE("cell text that looks like an escape stays what it is") {
    CHECK(escape_cell("_x0041_") == "_x005F_x0041_");
    CHECK(escape_cell("_x0041_x0042_") == "_x005F_x0041_x005F_x0042_");
    CHECK(escape_cell("_x005F_") == "_x005F_x005F_");
    CHECK(escape_cell("a\uFFFEb\uFFFF\uFFFD") == "a_xFFFE_b_xFFFF_\uFFFD");
    for (const char* text : {"_x004_", "_xGGGG_", "_X0041_", "x0041_", "_x0041", "", "_"})
        CHECK(escape_cell(text) == text);
}

TEST_CASE("nothing steers the terminal or turns the direction of the text") {
    CHECK(escape_terminal("a\x1b[2J\x07\x7f\r\nb\tc") == "a\\x1b[2J\\x07\\x7f\\x0d\nb\tc");
    CHECK(escape_terminal("\u009b31m") == "\\u{9b}31m");
    CHECK(escape_terminal("\u202egnp.exe\u2066\u200f\u061c") == "\\u{202e}gnp.exe\\u{2066}\\u{200f}\\u{61c}");
    CHECK(escape_terminal("\u2028\ufeff\U000E0041") == "\\u{2028}\\u{feff}\\u{e0041}");
    CHECK(escape_terminal("M\u00fcnchen \u20ac \u65e5\u672c \U0001F468\u200D\U0001F469") ==
          "M\u00fcnchen \u20ac \u65e5\u672c \U0001F468\u200D\U0001F469");
    CHECK(escape_terminal("\xff\xc3") == "\\xff\\xc3");
    // Half of a pair, a slash and a letter in too many bytes, beyond Unicode.
    CHECK(escape_terminal("\xed\xa0\x80") == "\\xed\\xa0\\x80");
    CHECK(escape_terminal("\xe0\x80\xaf\xf0\x82\x82\xac") == "\\xe0\\x80\\xaf\\xf0\\x82\\x82\\xac");
    CHECK(escape_terminal("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
    CHECK(escape_terminal("\xed\x9f\xbf\xf4\x8f\xbf\xbd") == "\xed\x9f\xbf\xf4\x8f\xbf\xbd");
}

TEST_CASE("file names come from ids, differ when the ids do, and are no path") {
    CHECK(file_name("eu.gdpr.33-1") == "eu.gdpr.33-1");
    CHECK(file_name("eu.gdpr.33-1@acme_1/US-CA") == "eu.gdpr.33-1--acme_1+US-CA");
    const std::string longest(300, 'a');
    std::map<std::string, std::string> seen;
    for (const std::string& id : {std::string("a/b"),
                                  std::string("a_b"),
                                  std::string("a+b"),
                                  std::string("a@b"),
                                  std::string("a--b"),
                                  std::string("a---b"),
                                  std::string("a-@b"),
                                  std::string("a@-b"),
                                  std::string("a=2fb"),
                                  std::string(""),
                                  std::string("."),
                                  std::string(".."),
                                  std::string("../../etc/passwd"),
                                  std::string("/etc"),
                                  std::string("a\0b", 3),
                                  std::string("CON"),
                                  std::string("con.txt"),
                                  std::string("com1"),
                                  std::string("aux"),
                                  std::string("=con"),
                                  std::string(".hidden"),
                                  std::string("-rf"),
                                  std::string("a."),
                                  std::string("a..b"),
                                  std::string("a b"),
                                  std::string("a\\b"),
                                  std::string("C:x"),
                                  std::string("\u00e9"),
                                  std::string("="),
                                  longest,
                                  longest + "b",
                                  longest + "c"}) {
        const std::string name = file_name(id);
        INFO(id << " -> " << name);
        CHECK(seen.emplace(name, id).second);
        CHECK_FALSE(name.empty());
        CHECK(name.size() <= 200);
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+=") ==
              std::string::npos);
        CHECK(name.front() != '.');
        CHECK(name.front() != '-');
        CHECK(name.back() != '.');
        CHECK(name.find("..") == std::string::npos);
        CHECK(name.substr(0, 3) != "CON");
        CHECK(name.substr(0, 4) != "com1");
    }
}
