#include "engine/place_names.h"

#include <catch2/catch.hpp>

#include "engine/place_codes.h"

using namespace duenotice;

namespace {
using Codes = std::vector<std::string>;
}

TEST_CASE("a place is found by code and by the names people use") {
    CHECK(places_named("DE") == Codes{"DE"});
    CHECK(places_named("us-tx") == Codes{"US-TX"});
    CHECK(places_named("Germany") == Codes{"DE"});
    CHECK(places_named("the Netherlands") == Codes{"NL"});
    CHECK(places_named("SOUTH KOREA") == Codes{"KR"});
    CHECK(places_named("Thüringen") == Codes{"DE-TH"});
    CHECK(places_named("Curacao") == Codes{"CW"});
    CHECK(places_named("Åland Islands") == Codes{"AX"});
    CHECK(places_named("St. Lucia") == Codes{"LC"});
    CHECK(places_named("TX") == Codes{"US-TX"});
    CHECK(places_named("CA") == Codes{"CA"});
    CHECK(places_named("Guam") == Codes{"US-GU"});
}

TEST_CASE("a name of two places gives both, no name gives none") {
    CHECK(places_named("Georgia") == Codes{"GE", "US-GA"});
    CHECK(places_named("Korea") == Codes{"KP", "KR"});
    for (const char* text : {"", " ", "no", "in", "is", "us tx", "Frankfurt", "ZZ", "..."}) {
        INFO(text);
        CHECK(places_named(text).empty());
    }
    CHECK(places_named_in("US", "Georgia") == Codes{"US-GA"});
    CHECK(places_named_in("US", "Bavaria").empty());
    CHECK(nearest_place_name("Germny") == "Germany");
}

TEST_CASE("every name on file leads back to its code") {
    for (const char* code : {"AD", "GB", "ZW", "US-AK", "US-WY", "US-GA", "DE-TH", "AU-WA", "CA-YT", "GB-SCT", "CI", "ST", "BL"}) {
        INFO(code);
        REQUIRE(is_place_code(code));
        const Codes found = places_named(place_name(code));
        CHECK(std::find(found.begin(), found.end(), code) != found.end());
    }
    CHECK(place_name("ES-AN") == "ES-AN");
}
