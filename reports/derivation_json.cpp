#include "reports/derivation_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include <fmt/format.h>


namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

std::string clock(std::int32_t seconds) {
    const std::string text = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    return seconds % 60 == 0 ? text : text + fmt::format(":{:02}", seconds % 60);
}

Json amount_value(const Period& period) {
    if (period.unit == PeriodUnit::YearsMonthsDays) return Json::array({period.amount, period.months, period.days});
    return period.amount;
}

Json zone_value(const ZoneUse& use) {
    Json value{{"zone", use.zone}, {"from_utc", iso_utc(use.from)}, {"until_utc", iso_utc(use.until)}, {"offset_seconds", use.offset}, {"changes", Json::array()}};
    for (const OffsetChange& change : use.changes) value["changes"].push_back({{"at_utc", iso_utc(change.at)}, {"offset_seconds", change.offset}});
    return value;
}

Json calendar_value(const Calendar& calendar) {
    const CalendarSpec& spec = calendar.spec();
    Json value{{"id", calendar.id()}, {"title", calendar.title()}};
    if (!spec.place.empty()) value["place"] = spec.place;
    if (!spec.source.empty()) value["source"] = spec.source;
    value["covers"] = Json::array({calendar.first_day().iso(), calendar.last_day().iso()});
    return value;
}

Json day_value(const DerivationDay& day) {
    Json value{{"day", day.day.iso()}, {"weekday", weekday_name(day.day.weekday())}, {"working", !day.weekend && !day.holiday}};
    if (day.weekend) value["weekend"] = true;
    if (day.holiday) value["holiday"] = day.name;
    else if (!day.name.empty()) value["note"] = day.name;
    if (day.estimated) value["estimated"] = true;
    return value;
}

Json cites_value(const CountingLaw& law, const CountingReading& reading) {
    Json value = Json::array();
    for (const std::string& id : reading.cites) {
        const CountingCitation* cite = law.find_citation(id);
        if (!cite) continue;
        value.push_back({{"provision", cite->provision}, {"words", cite->words}, {"address", cite->address}, {"checked", cite->checked.iso()}, {"grade", std::string(1, cite->grade)}});
    }
    return value;
}

/// Every recess from two months before the count to two months after it.
Json recesses_value(const CountRequest& request, const CountResult& result, const CountingReading& reading) {
    constexpr int around_days = 60;
    const Zone& zone = *request.zone;
    const Date first = zone.date(std::min({request.start.earliest, result.safe, result.safe_bounds.earliest})).plus_days(-around_days);
    const Date last = zone.date(std::max({request.start.latest, result.maximum, result.maximum_bounds.latest})).plus_days(around_days);
    Json value = Json::array();
    for (Date day = first; day <= last; day = day.plus_days(1)) {
        const auto recess = recess_of(reading.recesses, day);
        if (!recess) continue;
        value.push_back({recess->from.iso(), recess->until.iso()});
        day = recess->until;
    }
    return value;
}

/// The parameters that matter for this unit and direction, and where the reading ends.
Json reading_value(const CountRequest& request, const CountResult& whole, const ReadingResult& result) {
    const CountingReading& reading = *result.reading;
    const PeriodUnit unit = request.period.unit;
    Json value{{"label", reading.label}, {"cites", cites_value(*request.law, reading)}, {"start", start_name(reading.start)}};
    if (reading.start == StartRule::DayExcludedUnlessOpening) value["opens"] = clock(reading.opens_seconds);
    if (reading.lengths.over) value["over"] = *reading.lengths.over;
    if (reading.lengths.up_to) value["up_to"] = *reading.lengths.up_to;
    if (unit == PeriodUnit::Months || unit == PeriodUnit::Years || unit == PeriodUnit::YearsMonthsDays) value["months"] = month_name(reading.months);
    if (reading.clear) value["clear"] = true;
    if (unit == PeriodUnit::Days && reading.skip_off_days_up_to > 0) value["skip_off_days_up_to"] = reading.skip_off_days_up_to;
    if (reading.recess != RecessRule::None) {
        value["recess"] = recess_name(reading.recess);
        if (reading.recess == RecessRule::EndMoves) value["recess_days"] = reading.recess_days;
        value["recesses"] = recesses_value(request, whole, reading);
    }
    const RollRule roll = request.period.is_backward() ? reading.roll_backward : reading.roll;
    value["roll"] = roll_name(roll);
    if (roll == RollRule::HourNextWorkingDay) value["roll_to"] = clock(reading.roll_to_seconds);
    if (roll != RollRule::None || value.contains("skip_off_days_up_to")) value["off"] = off_name(reading.off);
    if (roll != RollRule::None && reading.roll_past) value["roll_past"] = off_name(*reading.roll_past);
    if (reading.counted_from_seconds) value["counted_from"] = clock(*reading.counted_from_seconds);
    if (reading.counted_until_seconds) value["counted_until"] = clock(*reading.counted_until_seconds);
    if (reading.leaves_out) value["leaves_out"] = off_name(*reading.leaves_out);
    if (!is_elapsed(unit) && reading.minimum_working_days > 0) {
        value["minimum_working_days"] = reading.minimum_working_days;
        value["minimum_from_days"] = reading.minimum_from_days;
    }
    const auto closes = request.ends_at_seconds ? request.ends_at_seconds : reading.ends_at_seconds;
    if (closes) value["ends_at"] = clock(*closes);
    value["end_utc"] = iso_utc(result.end);
    value["last_day"] = result.last_day.iso();
    return value;
}

}  // namespace

nlohmann::ordered_json derivation_value(const CountRequest& asked, const CountResult& result, const Derivation& derivation) {
    const CountRequest request = as_counted(asked);
    Json value{{"format", "derivation/1"}, {"start_utc", iso_utc(result.start_of_safe)}};
    if (!request.start.is_exact()) value["open_start_utc"] = Json::array({iso_utc(request.start.earliest), iso_utc(request.start.latest)});
    value["amount"] = amount_value(asked.period);
    value["unit"] = unit_name(asked.period.unit);
    if (const DeemedPeriod* deemed = asked.law->find_deemed(asked.period.unit, asked.period.amount)) {
        value["deemed"] = {{"amount", amount_value(request.period)}, {"unit", unit_name(request.period.unit)}, {"provision", asked.law->find_citation(deemed->cite)->provision}};
    }
    value["law"] = {{"id", request.law->id}, {"title", request.law->title}};
    value["tzdata"] = derivation.tzdata;
    value["zone"] = zone_value(derivation.zones.front());
    if (derivation.zones.size() > 1) value["clock_zone"] = zone_value(derivation.zones.back());
    value["readings"] = Json::array();
    for (const ReadingResult& reading : result.readings) value["readings"].push_back(reading_value(request, result, reading));
    value["safe_utc"] = iso_utc(result.safe);
    value["maximum_utc"] = iso_utc(result.maximum);
    value["last_day"] = result.last_day.iso();
    if (request.start.is_exact()) {
        value["bounds"] = nullptr;
    } else {
        const auto bounds = [](const Bounds& both) { return Json::array({iso_utc(both.earliest), iso_utc(both.latest)}); };
        value["bounds"] = {{"safe", bounds(result.safe_bounds)}, {"maximum", bounds(result.maximum_bounds)}};
    }
    if (request.calendar) value["calendar"] = calendar_value(*request.calendar);
    value["days"] = Json::array();
    for (const DerivationDay& day : derivation.days) value["days"].push_back(day_value(day));
    if (derivation.days_cut) value["days_cut"] = true;
    return value;
}

}  // namespace duenotice
