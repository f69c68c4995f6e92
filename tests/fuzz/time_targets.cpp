// Time as machines and people hand it over: TZif files, their footer rules, request lines of `count`, single dates,
// instants, amounts and periods.

#include <algorithm>

#include "engine/calendar.h"
#include "engine/count_request.h"
#include "engine/json_reader.h"
#include "engine/posix_rule.h"
#include "reports/count_json.h"
#include "rules/expression_parser.h"
#include "rules/number.h"
#include "tests/fuzz/fuzz_target.h"

namespace duenotice::fuzz {

namespace {

// ---- TZif

std::vector<std::string> zone_corpus() {
    std::vector<std::string> texts;
    for (const char* name : {"Europe/Berlin", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Etc/UTC", "Asia/Kathmandu", "America/Nuuk"}) texts.push_back(zone_file(name));
    return texts;
}

Outcome run_zone(const std::string& bytes) {
    const Checked<ZoneSet> zones = load_zones({{"Fuzz/Zone", bytes}}, "");
    const std::string codes = codes_of(zones.diagnostics);
    require(zones.value.has_value() != zones.diagnostics.has_errors(), "a zone is read or has a mistake");
    if (!zones) return {false, codes};
    const Zone& zone = *zones->find("Fuzz/Zone");
    Instant at{-17987443200};  // 1400
    for (int i = 0; i < 60; ++i) {
        const LocalTime local = zone.local(at);
        require(local.seconds >= 0 && local.seconds < 86400, "a local time lies within its day");
        require(local.offset >= -26 * 3600 && local.offset <= 26 * 3600, "an offset is at most 26 hours");
        require(std::int64_t{local.date.days_since_1970()} * 86400 + local.seconds == at.seconds + local.offset, "a local time is the instant and its offset");
        require(printable(local.abbreviation), "the name of a clock can be shown on a terminal");
        for (const OverlapPolicy overlap : {OverlapPolicy::Earlier, OverlapPolicy::Later}) {
            const ResolvedLocal back = zone.resolve(local.date, local.seconds, {GapPolicy::KeepOffsetBefore, overlap});
            require(back.kind != ResolvedLocal::Kind::Unique || back.instant == at, "a local time that occurs once leads back");
        }
        zone.start_of_day(local.date);
        const auto next = zone.next_change(at);
        require(!next || *next > at, "the next change comes later");
        at = next && next->seconds < 253402300000 && i % 2 == 0 ? *next : at.plus_seconds(5000000000);
        if (at.seconds > 253402300000) break;  // 9999
    }
    return {true, codes};
}

std::vector<std::string> footer_corpus() { return {"CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "UTC0", "XXX3YYY,J60/167,59/-167:59:59"}; }

Outcome run_footer(const std::string& bytes) {
    const std::optional<PosixRule> rule = parse_posix_rule(bytes);
    if (!rule) return {false, {}};
    require(printable(rule->standard_name) && (!rule->daylight_name || printable(*rule->daylight_name)), "the names of clocks can be shown");
    if (rule->daylight_name)
        for (const int year : {1970, 2000, 2026, 2028, 2100, 9999})
            for (const YearlyChange* change : {&rule->to_daylight, &rule->to_standard}) {
                const std::int64_t seconds = change->local_seconds(year) - std::int64_t{Date::from_ymd(year, 1, 1)->days_since_1970()} * 86400;
                require(seconds >= -168 * 3600 && seconds <= 367 * 86400 + 168 * 3600, "a yearly change lies about its year");
            }
    return {true, rule->daylight_name ? "two clocks" : "one clock"};
}

// ---- count

std::vector<std::string> count_corpus() {
    return {R"({"id":"a1","start":"2026-11-21T18:05+01:00","zone":"Europe/Berlin","amount":24,"unit":"hours","rule":"eu.1182-71"})",
            R"({"id":7,"start":"2026-04-01","zone":"Europe/Berlin","amount":5,"unit":"working_days","rule":"eu.1182-71","calendar":{"weekend":["Sat","Sun"],"holidays":["2026-04-03","2026-04-06"],"working_weekend_days":["2026-04-04"]}})",
            R"({"id":"r","start":{"from":"2026-05-07T23:00+02:00","until":"2026-05-08T01:00+02:00"},"zone":"Europe/Berlin","amount":72,"unit":"hours","rule":"eu.dora.art-5","calendar":"de"})",
            R"({"id":"d","start":{"from":"2026-05-07","until":"2026-05-09"},"zone":"Europe/Berlin","amount":1,"unit":"days","rule":"plain"})",
            R"({"id":"m","start":"2027-01-31","zone":"America/New_York","amount":1,"unit":"months","rule":"plain","calendar":"us.federal"})",
            R"({"id":"b","start":"2026-12-31T23:59:59-05:00","zone":"America/New_York","amount":-10,"unit":"days","rule":"us.frcp-6","calendar":"us.federal"})",
            R"({"id":"y","start":"2024-02-29","zone":"Asia/Singapore","amount":4,"unit":"years","rule":"de.bgb-187-193","calendar":"de"})",
            R"({"id":"w","start":"2026-03-28T02:30+01:00","zone":"Europe/Berlin","amount":2,"unit":"weeks","rule":"plain"})",
            R"({"id":"n","start":"2026-03-29T01:30+01:00","zone":"Europe/Berlin","amount":90,"unit":"minutes","rule":"plain"})"};
}

CountSession& session() {
    static const auto laws = parse_counting_laws(source("counting.xml", file("jurisdictions/_shared/counting.xml")));
    static const auto calendars = compile_calendars(*parse_calendars(source("calendars.xml", file("tests/tables/calendars.xml"))));
    static CountSession one({&*laws, &five_zones(), [](std::string_view id) { return calendars->find(id); }});
    return one;
}

Outcome run_count(const std::string& bytes) {
    const CountAnswer answer = session().answer(bytes);
    std::string line, kind = "answered";
    if (const auto* error = std::get_if<CountError>(&answer.outcome)) {
        line = count_error_line(answer.id, answer.id_is_number, error->code, error->message);
        kind = error->code;
    } else {
        const auto& result = std::get<CountResult>(answer.outcome);
        line = count_answer_line(answer.id, answer.id_is_number, answer.request, result);
        kind += std::to_string(std::count(line.begin(), line.end(), '{'));
    }
    require(line.find('\n') == std::string::npos && first_invalid_utf8(line) == std::string_view::npos, "an answer is one line of UTF-8");
    const Checked<JsonValue> back = read_json(source("answer.json", line));
    require(back && back->is_object() && back->find("id") != nullptr, "an answer is good JSON with the id of its request");
    return {kind.rfind("answered", 0) == 0, kind};
}

// ---- dates and amounts

std::vector<std::string> literal_corpus() {
    return {"2026-11-20", "2024-02-29", "2026-11-20T22:14+08:00", "2026-11-20T22:14:59Z", "0", "12", "9007199254740991", "12.5 %", "0.0001%", "EUR 120000.50", "JPY 300", "KWD 1.234", "72 hours", "1 month", "5 working days before", "1 year, 2 months and 10 days"};
}

Outcome run_literal(const std::string& bytes) {
    std::string kind;
    if (const auto date = Date::parse(bytes)) {
        kind += "date ";
        require(date->iso() == bytes, "a date prints as it was read");
    }
    if (const auto instant = parse_instant(bytes)) {
        kind += "instant ";
        require(parse_instant(iso_utc(*instant)) == instant, "an instant prints as itself");
    }
    if (const auto whole = parse_whole(bytes)) {
        kind += "whole ";
        require(std::to_string(*whole) == bytes && *whole >= 0 && *whole <= most_whole, "a whole number prints as it was read");
    }
    if (const auto share = parse_share(bytes)) {
        kind += "share ";
        require(parse_share(share_words(*share)) == share, "a share prints as itself");
    }
    if (const auto money = parse_money(bytes)) {
        kind += "money ";
        const auto again = parse_money(money_words(money->currency, money->minor));
        require(again && again->currency == money->currency && again->minor == money->minor, "an amount of money prints as itself");
    }
    if (const auto period = parse_period(bytes)) {
        kind += "period ";
        require(period->is_valid() && parse_period(words(*period)) == period, "a period prints as itself");
    }
    return {!kind.empty(), kind};
}

}  // namespace

std::vector<Target> time_targets() {
    return {{"zone", zone_corpus, run_zone}, {"footer", footer_corpus, run_footer}, {"count", count_corpus, run_count}, {"literal", literal_corpus, run_literal}};
}

}  // namespace duenotice::fuzz
