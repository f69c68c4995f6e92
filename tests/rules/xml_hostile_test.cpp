#include <catch2/catch.hpp>

#include "rules/xml_reader.h"

// What a hostile or damaged law file may look like: each is refused with its code, and every place lies in the text.

using namespace duenotice;

namespace {

Checked<XmlElement> read(std::string text) {
    return read_xml(std::make_shared<const SourceText>("x.xml", std::move(text)));
}
std::string code(std::string text) {
    const std::size_t size = text.size();
    const auto result = read(std::move(text));
    if (result) return "read";
    CHECK(result.diagnostics.items().size() == 1);
    CHECK(result.diagnostics.items().front().span.begin <= size);
    CHECK_FALSE(print(result.diagnostics).empty());
    return result.diagnostics.items().front().code;
}
std::string at(const Span& span) {
    return std::string(span.source->text().substr(span.begin, span.end - span.begin));
}
std::string repeat(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

const std::string law =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<law id=\"eu.x\"><!-- c --><when>a is <![CDATA[<b>]]> &amp; "
    "é</when>\r\n<limit n='1'/></law>";

}  // namespace

TEST_CASE("every truncation of a file is refused") {
    REQUIRE(read(law));
    for (std::size_t n = 0; n < law.size(); ++n) {
        INFO(n);
        const std::string found = code(law.substr(0, n));
        CHECK((found == "DN0103" || found == "DN0102"));
    }
}

TEST_CASE("every byte replaced by a hostile one is read or refused with a place, never worse") {
    for (std::size_t n = 0; n < law.size(); ++n) {
        for (const char c : {'\0', '<', '>', '&', '"', '\xff', '\xc3', ']', '!', '\n', '/'}) {
            std::string damaged = law;
            damaged[n] = c;
            const auto result = read(std::move(damaged));
            if (result)
                CHECK(result.diagnostics.items().empty());
            else
                CHECK(result.diagnostics.error_count() == 1);
        }
    }
}

TEST_CASE("entity bombs, external entities and parameter entities stop at the document type") {
    CHECK(code("<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '" + repeat("&a;", 1000) + "'>]><l>&b;</l>") == "DN0105");
    CHECK(code("<!DOCTYPE l SYSTEM 'file:///etc/passwd'><l/>") == "DN0105");
    CHECK(code("<!DOCTYPE l [<!ENTITY % p SYSTEM 'http://h.example/x'>%p;]><l/>") == "DN0105");
    CHECK(code("<!DOCTYPE l [<!ATTLIST l a CDATA 'silent default'>]><l/>") == "DN0105");
    CHECK(code("<l>&#0;</l>") == "DN0103");
    CHECK(code("<l>&#xD800;</l>") == "DN0103");
    CHECK(code("<l>&#x110000;</l>") == "DN0103");
    CHECK(code("<?xml-stylesheet href='x'?><l/>") == "DN0106");
}

TEST_CASE("encodings other than UTF-8 are refused, a byte order mark is not") {
    CHECK(code("<?xml version='1.0' encoding='ISO-8859-1'?><l/>") == "DN0108");
    CHECK(code("<?xml version='1.0' encoding='UTF-16'?><l/>") == "DN0108");
    CHECK(code("<?xml version='1.0' encoding='utf-8'?><l/>") == "read");
    CHECK(code("<?xml version='1.1'?><l/>") == "DN0108");
    CHECK(code("<?xml version='one'?><l/>") == "DN0108");
    CHECK(code(std::string("\xff\xfe<\0l\0/\0>\0", 10)) == "DN0102");
    CHECK(code("<l>\xc0\xaf</l>") == "DN0102");
    CHECK(code("<l>\xed\xa0\x80</l>") == "DN0102");
    CHECK(code("<l>\xf4\x90\x80\x80</l>") == "DN0102");
    const auto marked = read("\xef\xbb\xbf<l a='b'/>");
    REQUIRE(marked);
    CHECK(at(marked->attribute("a")->span) == "b");
}

TEST_CASE("depth and number of nodes end at their limit") {
    CHECK(code(repeat("<a>", 64) + repeat("</a>", 64)) == "read");
    CHECK(code(repeat("<a>", 65) + repeat("</a>", 65)) == "DN0104");
    CHECK(code("<a>" + repeat("<b/>", 499'998) + "</a>") == "read");
    CHECK(code("<a>" + repeat("<b/>", 500'000) + "</a>") == "DN0107");
    CHECK(code("<a>" + repeat("&lt;", 500'001) + "</a>") == "DN0107");
    CHECK(code("<a>" + std::string(1'000'000, '\n') + "</a>") == "read");
    CHECK(code("<a>" + std::string(xml_most_bytes - 7, 'x') + "</a>") == "read");
    CHECK(code("<a>" + std::string(xml_most_bytes - 6, 'x') + "</a>") == "DN0101");
}

TEST_CASE("twice the same attribute, two roots, text outside and wrong ends are refused") {
    for (const char* text : {"<a b='1' b='1'/>", "<a/><a/>", "<a/>x", "x<a/>", "<a></b>", "<a b=1/>", "<a b/>",
                             "<a b='<'/>", "<a>]]></a>", "<a>\x01</a>", "<a><!-- -- --></a>", "<1/>", "<a b='1'c='2'/>",
                             "<>", "<a", "</a>", " <?xml version='1.0'?><a/>"}) {
        INFO(text);
        CHECK(code(text) == "DN0103");
    }
}

TEST_CASE("a stretch of text has its place through references, CDATA, comments and line ends") {
    const auto root = read("<w>a &lt; b<!-- x --> c\r\n<![CDATA[<d>]]>&#233;e &amp;</w>");
    REQUIRE(root);
    CHECK(root->text == "a < b c\n<d>\u00e9e &");
    const auto place = [&](std::string_view words) {
        const std::size_t begin = root->text.find(words);
        return at(root->text_span(begin, begin + words.size()));
    };
    CHECK(place("a") == "a");
    CHECK(place("<") == "&lt;");
    CHECK(place("a <") == "a &lt;");
    CHECK(place("b") == "b");
    CHECK(place("b c") == "b<!-- x --> c");
    CHECK(place("\n") == "\r\n");
    CHECK(place("<d>") == "<d>");
    CHECK(place("\u00e9") == "&#233;");
    CHECK(place("e &") == "e &amp;");
    CHECK(at(root->text_span()) == "a &lt; b<!-- x --> c\r\n<![CDATA[<d>]]>&#233;e &amp;");
    CHECK(root->text_span(root->text.size(), root->text.size()).begin == root->text_span().end);
}

TEST_CASE("attribute places survive line breaks, quotes and names inside values") {
    const auto root = read("<a\n  id = \"it's id='no'\"\r\n  xid='id'\tid2=''/>");
    REQUIRE(root);
    CHECK(at(root->attribute("id")->span) == "it's id='no'");
    CHECK(at(root->attribute("xid")->span) == "id");
    CHECK(at(root->attribute("id2")->span).empty());
    CHECK(root->attribute("id2")->span.begin == root->span.end - 3);
}
