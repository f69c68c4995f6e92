#include <catch2/catch.hpp>

#include "engine/json_reader.h"

using namespace duenotice;

namespace {

Checked<JsonValue> read(std::string text) { return read_json(std::make_shared<const SourceText>("x.json", std::move(text))); }
std::string code(std::string text) {
    const auto result = read(std::move(text));
    return result ? "read" : result.diagnostics.items().front().code;
}

}  // namespace

TEST_CASE("a document is read with places") {
    const auto result = read("{\"a\": [1, -2.5e3, \"x\\u00e9\"],\n \"b\": {\"c\": true, \"d\": null}}");
    REQUIRE(result);
    const JsonValue* a = result->find("a");
    REQUIRE(a != nullptr);
    REQUIRE(a->items.size() == 3);
    CHECK(a->items[0].text == "1");
    CHECK(a->items[1].text == "-2.5e3");
    CHECK(a->items[2].text == "x\u00e9");
    CHECK(a->items[2].span.begin == 18);
    CHECK(a->items[2].span.end == 27);
    const JsonValue* c = result->find("b")->find("c");
    CHECK(c->boolean);
    CHECK(c->span.source->line_column(c->span.begin).line == 2);
    CHECK(result->find("b")->find("d")->kind == JsonValue::Kind::Null);
}

TEST_CASE("malformed documents are refused") {
    for (const char* text : {"", "{", "[1,", "{\"a\":}", "{\"a\" 1}", "[01]", "[1.]", "[.5]", "[1e]", "[+1]", "[0x1]", "[tru]", "[nul]", "{\"a\":1,}", "[1,]", "{a:1}",
                             "['a']", "[\"\\q\"]", "[\"a\nb\"]", "[1] x", "{} {}", "[1][", "[NaN]", "[Infinity]", "\"open", "[\"\\ud800\"]", "[--1]", "[1 2]", "{\"a\":1 \"b\":2}"}) {
        INFO(text);
        CHECK(code(text) != "read");
    }
}

TEST_CASE("members that stand twice, invalid UTF-8, NUL and depth have codes of their own") {
    CHECK(code("{\"a\":1,\"b\":2,\"a\":3}") == "DN0505");
    CHECK(code("{\"a\":1,\"\\u0061\":3}") == "DN0505");
    CHECK(code("[\"\xff\"]") == "DN0502");
    CHECK(code(std::string("[\"a\0b\"]", 7)) == "DN0502");
    CHECK(code(std::string(64, '[') + std::string(64, ']')) == "read");
    CHECK(code(std::string(65, '[') + std::string(65, ']')) == "DN0504");
    CHECK(code("[01]") == "DN0506");
    CHECK(code("[1] 2") == "DN0507");
    CHECK(code(std::string((16U << 20U) + 1, ' ')) == "DN0501");
}
