#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "engine/json_reader.h"

// What a hostile or damaged incident may look like, and an independent judge of well-formedness: nlohmann's parser.

using namespace duenotice;

namespace {

Checked<JsonValue> read(std::string text) {
    return read_json(std::make_shared<const SourceText>("x.json", std::move(text)));
}
std::string code(std::string text) {
    const auto result = read(std::move(text));
    if (result) return "read";
    CHECK(result.diagnostics.items().size() == 1);
    CHECK_FALSE(print(result.diagnostics).empty());
    return result.diagnostics.items().front().code;
}
std::string repeat(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}
std::string at(const Span& span) {
    return std::string(span.source->text().substr(span.begin, span.end - span.begin));
}

/// What we read is what the judge reads, value by value, and every span holds its value alone.
void compare(const JsonValue& ours, const nlohmann::json& theirs) {
    switch (ours.kind) {
        case JsonValue::Kind::Null:
            CHECK(theirs.is_null());
            CHECK(at(ours.span) == "null");
            break;
        case JsonValue::Kind::Bool:
            CHECK(theirs == nlohmann::json(ours.boolean));
            CHECK(at(ours.span) == (ours.boolean ? "true" : "false"));
            break;
        case JsonValue::Kind::Number:
            CHECK(theirs.is_number());
            CHECK(at(ours.span) == ours.text);
            break;
        case JsonValue::Kind::String:
            CHECK(theirs == nlohmann::json(ours.text));
            CHECK(nlohmann::json::parse(at(ours.span)) == theirs);
            break;
        case JsonValue::Kind::Array:
            REQUIRE(theirs.size() == ours.items.size());
            for (std::size_t i = 0; i < ours.items.size(); ++i) compare(ours.items[i], theirs[i]);
            break;
        case JsonValue::Kind::Object:
            REQUIRE(theirs.size() == ours.members.size());
            for (const JsonMember& member : ours.members) {
                REQUIRE(theirs.contains(member.name));
                CHECK(nlohmann::json::parse(at(member.name_span)) == nlohmann::json(member.name));
                compare(member.value, theirs[member.name]);
            }
    }
}

void judge(const std::string& text) {
    const auto ours = read(text);
    const auto theirs = nlohmann::json::parse(text, nullptr, false);
    if (ours) {
        INFO(text);
        REQUIRE_FALSE(theirs.is_discarded());
        compare(*ours, theirs);
        return;
    }
    const std::string found = ours.diagnostics.items().front().code;
    const bool ours_alone = found == "DN0505" || found == "DN0509" || theirs.is_primitive();
    INFO(text << " is refused with " << found);
    if (!ours_alone) CHECK(theirs.is_discarded());
}

const std::vector<std::string> documents{
    R"({"incident":"i-1","entities":[{"id":"e","facts":{"a.b":{"value":true},"n":{"at_least":-12.5e+3}}}],"x":null})",
    R"( [ [ ] , { } , "\u00e9\ud83d\ude00\n\"\\" , 0 , -0.0 , 1e4 , false , {"":{"":[]}} ] )",
};

}  // namespace

TEST_CASE("every truncation of a document is refused") {
    for (const std::string& document : documents) {
        REQUIRE(read(document));
        const std::size_t closed = document.find_last_of("]}");
        for (std::size_t n = 0; n <= closed; ++n) {
            INFO(n);
            CHECK(code(document.substr(0, n)) != "read");
        }
    }
}

TEST_CASE("damaged documents are read or refused as an independent parser does") {
    const std::string hostile = "\"\\{}[]:,01-+.eE \n\tntfu/'\xc3\x01\x7f";
    for (const std::string& document : documents) {
        judge(document);
        for (std::size_t n = 0; n < document.size(); ++n) {
            judge(document.substr(0, n) + document.substr(n + 1));
            for (const char c : hostile) {
                std::string replaced = document;
                replaced[n] = c;
                judge(replaced);
                judge(document.substr(0, n) + c + document.substr(n));
            }
        }
    }
}

TEST_CASE("numbers keep their text, whatever their size, and malformed ones are refused") {
    for (const char* text :
         {"0", "-0", "1e400", "-1E-400", "9007199254740993", "123456789012345678901234567890", "0.1", "0e0", "1.0"}) {
        INFO(text);
        const auto result = read(std::string("[") + text + "]");
        REQUIRE(result);
        CHECK(result->items.front().text == text);
        CHECK(at(result->items.front().span) == text);
    }
    for (const char* text : {"01", "-01", "00", "-", "+1", ".5", "1.", "1.e1", "1e", "1e+", "0x1", "1_0", "1,0x", "NaN",
                             "-Infinity", "1a", "1\"", "\u0661"}) {
        INFO(text);
        CHECK(code(std::string("[") + text + "]") != "read");
    }
    CHECK(code("[" + std::string(1'000'000, '9') + "]") == "read");
}

TEST_CASE("literals and separators are exact") {
    for (const char* text : {"[truex]",
                             "[nulx]",
                             "[nullx]",
                             "[tru e]",
                             "[TRUE]",
                             "[fals]",
                             "[falsey]",
                             "[1,,2]",
                             "[,1]",
                             "[,]",
                             "{,}",
                             "{\"a\"}",
                             "{\"a\",\"b\"}",
                             "{\"a\":1,,\"b\":2}",
                             "[1}",
                             "{\"a\":1]",
                             "]",
                             "}",
                             "[]]",
                             "[1]]",
                             "{}}",
                             "[1],",
                             "{\"a\"::1}",
                             "{1:1}",
                             "{null:1}",
                             "[1:2]",
                             "//c\n[1]",
                             "[1]//",
                             "[/**/1]",
                             "[\"a\"\"b\"]",
                             "\xef\xbb\xbf\xef\xbb\xbf[]",
                             "[\xef\xbb\xbf]",
                             "1",
                             "\"a\"",
                             "null",
                             " ",
                             "\n"}) {
        INFO(text);
        CHECK(code(text) != "read");
    }
}

TEST_CASE("strings that are no text are refused") {
    for (const char* text : {R"("\u0000")", R"("a\u0000b")", R"("\udc00")", R"("\ud800\u0041")", R"("\ud800\ud800")",
                             R"("\ude00\ud83d")"}) {
        INFO(text);
        CHECK(code(std::string("[") + text + "]") == "DN0509");
        CHECK(code(std::string("{") + text + ":1}") == "DN0509");
    }
    for (const char* text : {"[\"\xc0\xaf\"]", "[\"\xed\xa0\x80\"]", "[\"\xf5\x80\x80\x80\"]", "[\"\xe2\x82\"]"})
        CHECK(code(text) == "DN0502");
}

TEST_CASE("depth and number of values end at their limit") {
    CHECK(code(repeat("{\"a\":", 64) + "1" + repeat("}", 64)) == "DN0504");
    CHECK(code(repeat("{\"a\":", 63) + "1" + repeat("}", 63)) == "read");
    CHECK(code(std::string(1'000'000, '[')) == "DN0504");
    CHECK(code("[" + repeat("0,", 499'998) + "0]") == "read");
    CHECK(code("[" + repeat("0,", 500'000) + "0]") == "DN0508");
    CHECK(code("[\"" + std::string(json_most_bytes - 4, 'x') + "\"]") == "read");
    CHECK(code("[\"" + std::string(json_most_bytes - 3, 'x') + "\"]") == "DN0501");
}

TEST_CASE("a name that stands twice is refused however it is written, also deep inside") {
    CHECK(code(R"({"a":{"b":1,"\u0062":2}})") == "DN0505");
    CHECK(code(R"([{"":1,"":2}])") == "DN0505");
    CHECK(code(R"({"a":1,"A":2})") == "read");
    const auto result = read("{\"a\":1,\n \"a\":2}");
    REQUIRE_FALSE(result);
    CHECK(print(result.diagnostics) ==
          "x.json:2:2: error[DN0505]: `a` stands twice in this object\n   \"a\":2}\n   ^\n");
}

TEST_CASE("a line of a long file knows which line it was") {
    const auto result = read_json(std::make_shared<const SourceText>("batch.jsonl", "{\"a\": 01}", 4711));
    REQUIRE_FALSE(result);
    CHECK(print(result.diagnostics).rfind("batch.jsonl:4711:7: error[DN0506]", 0) == 0);
}
