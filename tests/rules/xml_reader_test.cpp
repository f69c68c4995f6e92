#include <catch2/catch.hpp>

#include "rules/xml_reader.h"

using namespace duenotice;

namespace {

Checked<XmlElement> read(std::string text) { return read_xml(std::make_shared<const SourceText>("x.xml", std::move(text))); }
std::string code(std::string text) {
    const auto result = read(std::move(text));
    return result ? "read" : result.diagnostics.items().front().code;
}
std::string at(const Span& span) { return std::string(span.source->text().substr(span.begin, span.end - span.begin)); }

}  // namespace

TEST_CASE("elements, attributes and text know their places") {
    const auto root = read("<law id=\"a.b\" title = 'x &amp; y'>\n <when>data.personal is yes &lt; <!-- no --> and more</when></law>");
    REQUIRE(root);
    CHECK(root->name == "law");
    REQUIRE(root->attribute("title") != nullptr);
    CHECK(root->attribute("title")->value == "x & y");
    CHECK(at(root->attribute("title")->span) == "x &amp; y");
    CHECK(at(root->attribute("id")->span) == "a.b");
    const XmlElement* when = root->child("when");
    REQUIRE(when != nullptr);
    CHECK(when->text == "data.personal is yes <  and more");
    const auto more = when->text.find("more");
    CHECK(at(when->text_span(more, more + 4)) == "more");
    const auto personal = when->text.find("personal");
    CHECK(at(when->text_span(personal, personal + 8)) == "personal");
}

TEST_CASE("an attribute value that holds another attribute's name keeps its place") {
    const auto root = read("<a b='id=\"x\"' id='y'/>");
    REQUIRE(root);
    CHECK(at(root->attribute("id")->span) == "y");
}

TEST_CASE("hostile and broken XML is refused with its code") {
    CHECK(code("") == "DN0103");
    CHECK(code("<a>") == "DN0103");
    CHECK(code("<a/><b/>") == "DN0103");
    CHECK(code("<a x='1' x='2'/>") == "DN0103");
    CHECK(code("<a>&nothing;</a>") == "DN0103");
    CHECK(code("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>") == "DN0105");
    CHECK(code("<?php x?><a/>") == "DN0106");
    CHECK(code("<a>\xff</a>") == "DN0102");
    CHECK(code(std::string("<a>\0</a>", 8)) == "DN0102");
    std::string deep;
    for (int i = 0; i < 65; ++i) deep += "<a>";
    CHECK(code(deep) == "DN0104");
    CHECK(code("<a>" + std::string(16U << 20U, ' ') + "</a>") == "DN0101");
}
