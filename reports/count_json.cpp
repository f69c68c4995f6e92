#include "reports/count_json.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "reports/derivation_json.h"

namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

Json id_value(std::string_view id, bool is_number) {
    if (!is_number) return id.empty() ? Json(nullptr) : Json(id);
    Json number = Json::parse(id, nullptr, false);
    return number.is_number() ? number : Json(nullptr);
}

std::string_view kind_name(Step::Kind kind) {
    switch (kind) {
        case Step::Kind::Start:
            return "start";
        case Step::Kind::Deemed:
            return "deemed";
        case Step::Kind::HourExcluded:
            return "hour_excluded";
        case Step::Kind::DayExcluded:
            return "day_excluded";
        case Step::Kind::DayIncluded:
            return "day_included";
        case Step::Kind::AddMinutes:
            return "add_minutes";
        case Step::Kind::AddHours:
            return "add_hours";
        case Step::Kind::AddDays:
            return "add_days";
        case Step::Kind::AddWorkingDays:
            return "add_working_days";
        case Step::Kind::AddMonths:
            return "add_months";
        case Step::Kind::LastDayExcluded:
            return "last_day_excluded";
        case Step::Kind::Recess:
            return "recess";
        case Step::Kind::Skipped:
            return "skipped";
        case Step::Kind::Rolled:
            return "rolled";
        case Step::Kind::RolledBack:
            return "rolled_back";
        case Step::Kind::RolledToHour:
            return "rolled_to_hour";
        case Step::Kind::SameHour:
            return "same_hour";
        case Step::Kind::MinimumWorkingDays:
            return "minimum_working_days";
        case Step::Kind::ClampedToMonthEnd:
            return "clamped_to_month_end";
        case Step::Kind::AfterMonthEnd:
            return "after_month_end";
        case Step::Kind::Gap:
            return "gap";
        case Step::Kind::Overlap:
            return "overlap";
        case Step::Kind::EndOfDay:
            return "end_of_day";
        case Step::Kind::ClosingTime:
            return "closing_time";
    }
    return "";
}

Json step_value(const Step& step, std::string_view label) {
    Json value;
    value["kind"] = kind_name(step.kind);
    value["reading"] = label;
    value["what"] = step.what;
    if (step.from) value["from"] = iso_utc(*step.from);
    if (step.from_day) value["from"] = step.from_day->iso();
    if (step.to) value["to"] = iso_utc(*step.to);
    if (!step.to && step.to_day) value["to"] = step.to_day->iso();
    if (!step.name.empty()) value["name"] = step.name;
    if (!step.calendar.empty()) value["calendar"] = step.calendar;
    if (!step.provision.empty()) value["provision"] = step.provision;
    return value;
}

Json bounds_value(const Bounds& bounds) {
    return Json::array({iso_utc(bounds.earliest), iso_utc(bounds.latest)});
}

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string_view> units_of(const CountingReading& reading) {
    std::vector<std::string_view> names;
    for (int i = 0; i < 8; ++i) {
        const auto unit = static_cast<PeriodUnit>(i);
        if (reading.covers(unit)) names.push_back(unit_name(unit));
    }
    return names;
}

/// Says `over` and `up_to` where not every length is meant.
void add_lengths(Json& value, const LengthRange& lengths) {
    if (lengths.over) value["over"] = *lengths.over;
    if (lengths.up_to) value["up_to"] = *lengths.up_to;
}

Json answer_value(std::string_view id, bool id_is_number, const CountRequest& request, const CountResult& result, const Derivation* derivation) {
    Json line;
    line["id"] = id_value(id, id_is_number);
    line["end_utc"] = iso_utc(result.safe);
    if (result.maximum != result.safe) line["maximum_utc"] = iso_utc(result.maximum);
    line["last_day"] = result.last_day.iso();
    if (!request.start.is_exact()) {
        line["bounds"] = {{"safe", bounds_value(result.safe_bounds)}, {"maximum", bounds_value(result.maximum_bounds)}};
    }
    if (result.estimated) line["estimated"] = true;
    if (result.old_zone_data) line["zone_data_outdated"] = true;
    if (result.readings.size() > 1) {
        for (const ReadingResult& reading : result.readings) {
            Json one;
            one["label"] = reading.label;
            one["citation"] = reading.citation;
            one["end_utc"] = iso_utc(reading.end);
            one["last_day"] = reading.last_day.iso();
            line["readings"].push_back(std::move(one));
        }
    }
    line["steps"] = Json::array();
    for (const ReadingResult& reading : result.readings) {
        for (const Step& step : reading.steps) line["steps"].push_back(step_value(step, reading.label));
    }
    if (derivation) line["derivation"] = derivation_value(request, result, *derivation);
    return line;
}

}  // namespace

std::string count_answer_line(std::string_view id, bool id_is_number, const CountRequest& request,
                              const CountResult& result, const Derivation* derivation) {
    return dumped(answer_value(id, id_is_number, request, result, derivation));
}

std::string recount_line(const Recount& recount) {
    Json line = answer_value(recount.id, false, recount.request, recount.result, &recount.derivation);
    const Alternative& limit = *recount.limit;
    Json& value = line["limit"];
    value["limb"] = limit.limb;
    if (limit.safe) value["safe_utc"] = iso_utc(*limit.safe);
    if (limit.maximum) value["maximum_utc"] = iso_utc(*limit.maximum);
    if (!limit.condition.empty()) value["condition"] = limit.condition;
    value["citation"] = limit.citation;
    value["moved"] = recount.moved;
    if (!limit.hold.empty()) value["hold"] = limit.hold;
    return dumped(line);
}

std::string count_error_line(std::string_view id, bool id_is_number, std::string_view code, std::string_view message) {
    Json line;
    line["id"] = id_value(id, id_is_number);
    line["error"] = {{"code", code}, {"message", message}};
    return dumped(line);
}

std::string counting_laws_text(const CountingLaws& laws) {
    std::string text;
    for (const CountingLaw& law : laws.laws) {
        text += fmt::format("{}  {}\n", law.id, law.title);
        if (!law.note.empty()) text += fmt::format("  note: {}\n", law.note);
        for (const CountingReading& reading : law.readings) {
            std::vector<std::string_view> provisions;
            for (const std::string& cite : reading.cites) provisions.push_back(law.find_citation(cite)->provision);
            text += fmt::format("  {}{}: {}{}\n", fmt::join(units_of(reading), ", "), length_words(reading.lengths), reading.label,
                                provisions.empty() ? std::string() : fmt::format(" [{}]", fmt::join(provisions, "; ")));
        }
        for (const DeemedPeriod& deemed : law.deemed) {
            text += fmt::format("  {} {}: taken for {} {} [{}]\n", deemed.amount, unit_name(deemed.unit), deemed.as_amount, unit_name(deemed.as_unit), law.find_citation(deemed.cite)->provision);
        }
        for (const RefusedUnit& refused : law.refused) {
            text += fmt::format("  {}{}: refused, {}\n", unit_name(refused.unit), length_words(refused.lengths), refused.reason);
        }
        for (const CountingCitation& citation : law.citations) {
            text += fmt::format("  {} ({}), checked {}, grade {}\n", citation.provision, citation.address,
                                citation.checked.iso(), citation.grade);
        }
        text += '\n';
    }
    return text;
}

std::string counting_laws_json_lines(const CountingLaws& laws) {
    std::string text;
    for (const CountingLaw& law : laws.laws) {
        Json line;
        line["rule"] = law.id;
        line["title"] = law.title;
        if (!law.note.empty()) line["note"] = law.note;
        line["monotone"] = law.monotone_in_start;
        line["readings"] = Json::array();
        for (const CountingReading& reading : law.readings) {
            line["readings"].push_back(
                {{"label", reading.label}, {"units", units_of(reading)}, {"cites", reading.cites}});
            add_lengths(line["readings"].back(), reading.lengths);
        }
        for (const DeemedPeriod& deemed : law.deemed) {
            line["deemed"].push_back({{"amount", deemed.amount}, {"unit", unit_name(deemed.unit)}, {"as_amount", deemed.as_amount}, {"as_unit", unit_name(deemed.as_unit)}, {"cite", deemed.cite}});
        }
        line["refused"] = Json::array();
        for (const RefusedUnit& refused : law.refused) {
            line["refused"].push_back({{"unit", unit_name(refused.unit)}, {"reason", refused.reason}});
            add_lengths(line["refused"].back(), refused.lengths);
        }
        line["citations"] = Json::array();
        for (const CountingCitation& citation : law.citations) {
            line["citations"].push_back({{"id", citation.id},
                                         {"provision", citation.provision},
                                         {"address", citation.address},
                                         {"checked", citation.checked.iso()},
                                         {"grade", std::string(1, citation.grade)},
                                         {"words", citation.words}});
        }
        text += dumped(line) + '\n';
    }
    return text;
}

}  // namespace duenotice
