#include <catch2/catch.hpp>

#include "rules/fingerprint.h"
#include "rules/number.h"
#include "rules/suggest.h"

using namespace duenotice;

TEST_CASE("whole numbers are exact or refused") {
    CHECK(parse_whole("0") == 0);
    CHECK(parse_whole("9007199254740991") == 9007199254740991);
    for (const char* text : {"", "-1", "+1", "01", "9007199254740992", "1.0", "1e3", "1,000", " 1", "1 ", "٣"}) {
        INFO(text);
        CHECK_FALSE(parse_whole(text));
    }
}

TEST_CASE("shares are parts per million") {
    CHECK(parse_share("12.5 %") == 125000);
    CHECK(parse_share("100%") == 1000000);
    CHECK(parse_share("0.0001 %") == 1);
    for (const char* text : {"12.5", "12.50001 %", "%", "-1 %", "1 .5 %", "100001 %"}) {
        INFO(text);
        CHECK_FALSE(parse_share(text));
    }
    CHECK(share_words(125000) == "12.5 %");
    CHECK(share_words(1) == "0.0001 %");
    CHECK(share_words(50000) == "5 %");
}

TEST_CASE("money has the decimals of its currency") {
    CHECK(parse_money("EUR 120000.50")->minor == 12000050);
    CHECK(parse_money("EUR 120000")->minor == 12000000);
    CHECK(parse_money("JPY 500")->minor == 500);
    CHECK(parse_money("KWD 1.234")->minor == 1234);
    for (const char* text : {"EUR 1.5", "JPY 1.00", "EUR1", "eur 1", "XXX 1", "EUR -1", "EUR 1.234", "EUR 01", "EUR  1", "EUR 1.", "EUR .50", "EUR 1e3", "EUR 90071992547409.92", "", "EUR ", "EU"}) {
        INFO(text);
        CHECK_FALSE(parse_money(text));
    }
    CHECK(parse_money("EUR 90071992547409.91")->minor == most_whole);
    CHECK(money_words("EUR", 5) == "EUR 0.05");
    CHECK(money_words("KWD", 5) == "KWD 0.005");
    CHECK(money_words("EUR", 12000050) == "EUR 120000.50");
    CHECK(money_words("JPY", 500) == "JPY 500");
    CHECK(money_words("KWD", 1234) == "KWD 1.234");
}

TEST_CASE("fingerprints equal the published vectors of FIPS 180-4") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    Fingerprint a, b;
    CHECK(a.hex() == sha256_hex(""));
    a.add("");
    CHECK(a.hex() == sha256_hex("0:"));
    CHECK(a.hex() == a.hex());
    a.add("ab");
    a.add("c");
    b.add("a");
    b.add("bc");
    CHECK(a.hex() != b.hex());
}

TEST_CASE("the nearest name is suggested, a far one is not") {
    const std::vector<std::string> names{"data.personal", "data.published", "entity.affected"};
    CHECK(nearest("data.persnal", names) == "data.personal");
    CHECK(nearest("data.publisehd", names) == "data.published");
    CHECK(nearest("incident.kinds", names).empty());
    CHECK(edit_distance("abc", "acb", 3) == 1);
    CHECK(edit_distance("abc", "xyz", 3) == 3);
}
