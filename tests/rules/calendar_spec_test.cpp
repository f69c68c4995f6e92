#include "rules/calendar_spec.h"

#include <catch2/catch.hpp>

using namespace duenotice;

namespace {

Checked<std::vector<CalendarSpec>> parse(std::string_view body) {
    const std::string text =
        "<calendar id=\"a\" title=\"A\" place=\"ZZ\" purpose=\"public\" from=\"2020\" until=\"2027\" "
        "source=\"https://x\" "
        "checked=\"2026-11-25\" grade=\"C\">" +
        std::string(body) + "</calendar>";
    return parse_calendars(std::make_shared<const SourceText>("calendar.xml", text));
}

std::string mistakes(std::string_view body) {
    const auto parsed = parse("<weekend days=\"Sat Sun\"/>" + std::string(body));
    std::string all;
    for (const Diagnostic& item : parsed.diagnostics.items()) all += item.code + " " + item.message + "\n";
    CHECK(static_cast<bool>(parsed) == all.empty());
    return all;
}

std::optional<std::string> falls(std::string_view holiday, int year) {
    const auto parsed = parse("<weekend days=\"\"/>" + std::string(holiday));
    INFO(print(parsed.diagnostics));
    REQUIRE(parsed);
    REQUIRE(parsed->front().holidays.size() == 1);
    const auto date = holiday_date(parsed->front().holidays.front(), year);
    return date ? std::optional(date->iso()) : std::nullopt;
}

}  // namespace

TEST_CASE("each holiday rule falls on its day") {
    CHECK(falls(R"(<holiday on="07-14" name="n"/>)", 2026) == "2026-07-14");
    CHECK(falls(R"(<holiday on="02-29" name="n"/>)", 2028) == "2028-02-29");
    CHECK_FALSE(falls(R"(<holiday on="02-29" name="n"/>)", 2026));
    CHECK(falls(R"(<holiday easter="+39" name="n"/>)", 2026) == "2026-05-14");
    CHECK(falls(R"(<holiday easter="-2" name="n"/>)", 2027) == "2027-03-26");
    CHECK(falls(R"(<holiday orthodox="+1" name="n"/>)", 2026) == "2026-04-13");
    CHECK(falls(R"(<holiday weekday="Thu" ordinal="4" month="11" name="n"/>)", 2026) == "2026-11-26");
    CHECK(falls(R"(<holiday weekday="Thu" ordinal="1" month="10" name="n"/>)", 2026) == "2026-10-01");
    CHECK(falls(R"(<holiday weekday="Mon" ordinal="-1" month="5" name="n"/>)", 2026) == "2026-05-25");
    CHECK(falls(R"(<holiday weekday="Sun" ordinal="-1" month="5" name="n"/>)", 2026) == "2026-05-31");
    CHECK(falls(R"(<holiday weekday="Fri" ordinal="5" month="1" name="n"/>)", 2026) == "2026-01-30");
    CHECK_FALSE(falls(R"(<holiday weekday="Fri" ordinal="5" month="2" name="n"/>)", 2026));
    CHECK(falls(R"(<holiday weekday="Sat" after="06-20" name="n"/>)", 2026) == "2026-06-20");
    CHECK(falls(R"(<holiday weekday="Sat" after="06-20" name="n"/>)", 2027) == "2027-06-26");
    CHECK(falls(R"(<holiday weekday="Wed" after="11-16" name="n"/>)", 2026) == "2026-11-18");
}

TEST_CASE("observed days move as their rule says") {
    const Date saturday = *Date::parse("2026-07-04"), sunday = *Date::parse("2027-07-04"),
               monday = *Date::parse("2022-07-04");
    CHECK(observed_date(saturday, ObservedRule::UnitedStates)->iso() == "2026-07-03");
    CHECK(observed_date(sunday, ObservedRule::UnitedStates)->iso() == "2027-07-05");
    CHECK(observed_date(sunday, ObservedRule::SundayToMonday)->iso() == "2027-07-05");
    CHECK_FALSE(observed_date(saturday, ObservedRule::SundayToMonday));
    CHECK(observed_date(saturday, ObservedRule::WeekendToMonday)->iso() == "2026-07-06");
    CHECK(observed_date(sunday, ObservedRule::WeekendToMonday)->iso() == "2027-07-05");
    for (const auto rule : {ObservedRule::None, ObservedRule::UnitedStates, ObservedRule::SundayToMonday,
                            ObservedRule::WeekendToMonday, ObservedRule::NextWorkingDay}) {
        CHECK_FALSE(observed_date(monday, rule));
    }
}

TEST_CASE("a calendar file is read whole") {
    const auto parsed = parse(R"(<weekend days="Fri Sat" until="2022-01-01"/><weekend days="Sat Sun" from="2022-01-01"/>
        <holiday on="01-01" name="New Year" from="2021" until="2024" observed="sun-mon"/>
        <list name="Eid" dates="2026-03-20 2026-03-21" estimated="2027-03-10"/>
        <closed on="2025-01-09" name="Mourning"/><open on="2026-02-14"/><half on="2026-12-24" name="Eve"/>
        <include calendar="us.federal"/>)");
    INFO(print(parsed.diagnostics));
    REQUIRE(parsed);
    const CalendarSpec& spec = parsed->front();
    CHECK(spec.id == "a");
    CHECK(spec.from_year == 2020);
    CHECK(spec.until_year == 2027);
    CHECK(spec.grade == 'C');
    REQUIRE(spec.weekends.size() == 2);
    CHECK(spec.weekends[0].range.contains(*Date::parse("2021-12-31")));
    CHECK_FALSE(spec.weekends[0].range.contains(*Date::parse("2022-01-01")));
    REQUIRE(spec.holidays.size() == 1);
    CHECK(spec.holidays[0].from_year == 2021);
    CHECK(spec.holidays[0].observed == ObservedRule::SundayToMonday);
    REQUIRE(spec.listed.size() == 4);
    CHECK_FALSE(spec.listed[1].estimated);
    CHECK(spec.listed[2].estimated);
    CHECK(spec.listed[3].name == "Mourning");
    CHECK(spec.worked.size() == 1);
    CHECK(spec.half.front().name == "Eve");
    CHECK(spec.includes == std::vector<std::string>{"us.federal"});
}

TEST_CASE("mistakes in a calendar are all told") {
    CHECK(mistakes(R"(<holiday name="n"/>)") ==
          "DN0628 a holiday has one rule: `on`, `easter`, `orthodox` or `weekday`\n");
    CHECK(mistakes(R"(<holiday on="01-01" easter="+1" name="n"/>)") ==
          "DN0628 a holiday has one rule: `on`, `easter`, `orthodox` or `weekday`\n");
    CHECK(mistakes(R"(<holiday on="02-30" name="n"/>)") == "DN0612 `02-30` is not a day of the year\n");
    CHECK(mistakes(R"(<holiday on="1-1"/>)") ==
          "DN0611 `holiday` needs the attribute `name`\nDN0612 `1-1` is not a day of the year\n");
    CHECK(mistakes(R"(<holiday weekday="Thursday" ordinal="0" month="13" name="n"/>)") ==
          "DN0612 `Thursday` is not a day of the week\nDN0612 `13` is not a whole number from 1 to 12\nDN0612 "
          "`ordinal` is 1 to 5, or -1 for the last\n");
    CHECK(mistakes(R"(<holiday on="01-01" name="n" observed="monday"/>)") ==
          "DN0612 `observed` has no value `monday`\n");
    CHECK(mistakes(R"(<holiday on="01-01" name="n" from="2024" until="2021"/>)") ==
          "DN0612 `until` is the last year of the holiday and not before `from`\n");
    CHECK(mistakes(R"(<list name="n" dates="2026-02-29"/>)") == "DN0612 `2026-02-29` is not a day\n");
    CHECK(mistakes(R"(<list name="n" dates="2026-02-28 2026-02-28"/>)") ==
          "DN0629 `n` is listed twice on 2026-02-28\n");
    CHECK(mistakes(R"(<list name="n"/>)") == "DN0611 `list` needs the attribute `dates`\n");
    CHECK(mistakes(R"(<closed on="2026-01-09"/>)") == "DN0611 `closed` needs the attribute `name`\n");
    CHECK(mistakes(R"(<weekend days="Sat" from="2022-01-01" until="2021-01-01"/>)") ==
          "DN0612 this weekend ends before it begins\n");
    CHECK(mistakes(R"(<hollyday on="01-01" name="n"/>)") == "DN0627 `hollyday` is not an element of a calendar\n");
    CHECK(mistakes(R"(<open on="2026-02-14" why="x"/>)") == "DN0613 `open` has no attribute `why`\n");
    const auto no_weekend = parse("");
    CHECK_FALSE(no_weekend);
    CHECK(no_weekend.diagnostics.items().front().message == "the calendar `a` does not say its weekend");
}
