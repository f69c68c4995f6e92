// Canonical JSON: the examples and the table of numbers of RFC 8785, and what strict reading refuses.
#include <catch2/catch.hpp>

#include <bit>
#include <cstdio>

#include "engine/record/canonical_json.h"

using namespace duenotice;

namespace {

Checked<JsonValue> read(std::string text) { return read_canonical_source(std::make_shared<const SourceText>("x.json", std::move(text))); }

std::string canonical(std::string text) {
    const auto value = read(std::move(text));
    return value ? canonical_json(*value) : value.diagnostics.items().front().code + " " + value.diagnostics.items().front().message;
}

/// The number of these IEEE 754 bits, by way of 17 digits, which say it exactly.
std::string of_bits(std::uint64_t bits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.17g", std::bit_cast<double>(bits));
    return canonical_number(text);
}

}  // namespace

TEST_CASE("a document is spelled as RFC 8785 section 3.2 shows it") {
    CHECK(canonical(R"({
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
})") == "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    // Section 3.2.3: by UTF-16 code units, where the smiley (D83D DE00) stands before the Hebrew letter (FB33).
    CHECK(canonical(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})") ==
          "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
}

TEST_CASE("numbers are spelled as in the table of RFC 8785 appendix B") {
    const std::pair<std::uint64_t, const char*> rows[] = {
        {0x0000000000000000, "0"}, {0x8000000000000000, "0"}, {0x0000000000000001, "5e-324"}, {0x8000000000000001, "-5e-324"},
        {0x7fefffffffffffff, "1.7976931348623157e+308"}, {0xffefffffffffffff, "-1.7976931348623157e+308"},
        {0x4340000000000000, "9007199254740992"}, {0xc340000000000000, "-9007199254740992"}, {0x4430000000000000, "295147905179352830000"},
        {0x44b52d02c7e14af5, "9.999999999999997e+22"}, {0x44b52d02c7e14af6, "1e+23"}, {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
        {0x444b1ae4d6e2ef4e, "999999999999999700000"}, {0x444b1ae4d6e2ef4f, "999999999999999900000"}, {0x444b1ae4d6e2ef50, "1e+21"},
        {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"}, {0x3eb0c6f7a0b5ed8d, "0.000001"}, {0x41b3de4355555553, "333333333.3333332"},
        {0x41b3de4355555554, "333333333.33333325"}, {0x41b3de4355555555, "333333333.3333333"}, {0x41b3de4355555556, "333333333.3333334"},
        {0x41b3de4355555557, "333333333.33333343"}, {0xbecbf647612f3696, "-0.0000033333333333333333"}, {0x43143ff3c1cb0959, "1424953923781206.2"}};
    for (const auto& [bits, words] : rows) {
        INFO(std::hex << bits);
        CHECK(of_bits(bits) == words);
    }
}

TEST_CASE("numbers at the edges are exact, nearest or refused") {
    CHECK(canonical_number("9007199254740993") == "9007199254740992");  // the nearest float, as RFC 8785 has it
    CHECK(canonical_number("-0") == "0");
    CHECK(canonical_number("100000000000000000000") == "100000000000000000000");
    CHECK(canonical_number("1e-400") == "0");
    CHECK(canonical_number("0." + std::string(400, '0') + "1") == "0");
    CHECK(canonical_number("0.1e400").empty());
    CHECK(canonical_number("1e400").empty());
    CHECK(canonical_number("1e309").empty());
    CHECK(canonical_number("+1").empty());
    CHECK(canonical_number("inf").empty());
    CHECK(canonical_number("1 ").empty());
    CHECK(canonical_number("").empty());
}

TEST_CASE("any value may be the document, and a string may hold a NUL") {
    CHECK(canonical(" 7 ") == "7");
    CHECK(canonical("\"a\\u0000b\"") == "\"a\\u0000b\"");
    CHECK(canonical("null") == "null");
    CHECK(canonical("[]") == "[]");
    CHECK(canonical("\"\xEF\xBF\xBE\x7F\"") == "\"\xEF\xBF\xBE\x7F\"");
}

TEST_CASE("what is not one value of strict JSON is refused") {
    const std::string ill = "DN0703 this is not well-formed JSON here", utf8 = "DN0702 the text is not valid UTF-8 here", range = "DN0705 the number is beyond the range of a 64-bit float";
    for (const char* text : {"", "{", "[1,]", "{\"a\":1,}", "01", "+1", ".5", "1.", "NaN", "Infinity", "'a'", "1 2", "{} x", "// c\n1", "\"\\x\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"a\nb\"", "[1 2]", "{a:1}", "{\"a\" 1}", "tru"})
        CHECK(canonical(text) == ill);
    CHECK(canonical("\"\xFF\"") == utf8);
    CHECK(canonical("\"\xED\xA0\x80\"") == utf8);
    CHECK(canonical("\"\xC0\xAF\"") == utf8);
    CHECK(canonical(std::string("1\0", 2)) == utf8);
    CHECK(canonical("\xEF\xBB\xBF{}") == "DN0702 the text begins with a byte order mark");
    CHECK(canonical("1e400") == range);
    CHECK(canonical("-1e400") == range);
    CHECK(canonical("{\"a\":1,\"b\":2,\"\\u0061\":3}") == "DN0704 `a` stands twice in this object");
    CHECK(canonical("{\"a\":{\"a\":1},\"b\":{\"a\":1}}") == "{\"a\":{\"a\":1},\"b\":{\"a\":1}}");
    CHECK(canonical(std::string(64, '[') + std::string(64, ']')) == std::string(64, '[') + std::string(64, ']'));
    CHECK(canonical(std::string(65, '[') + std::string(65, ']')) == "DN0706 values are nested too deep");
    CHECK(canonical(std::string(200000, '[')) == "DN0706 values are nested too deep");
}
