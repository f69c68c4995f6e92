#include <fmt/format.h>

#include "engine/json_object.h"
#include "engine/place_codes.h"
#include "engine/statement_reader.h"

namespace duenotice {

namespace {

constexpr std::string_view instant_help = "write it as 2026-11-20T22:14+08:00, with the offset of the clock that was read, or Z for UTC";

/// `2026-11-20T22:14` with everything but the offset.
bool lacks_offset(std::string_view text) { return text.size() >= 16 && text.size() <= 19 && text[10] == 'T' && parse_instant(std::string(text) + "Z"); }

bool is_string(const JsonValue& value, Diagnostics& diagnostics, std::string_view what, std::string_view help) {
    if (value.is_string()) return true;
    diagnostics.error("DN0521", value.span, fmt::format("{} is a string, not {}", what, kind_words(value.kind)), std::string(help));
    return false;
}

}  // namespace

std::optional<Instant> read_instant(const JsonValue& value, const StatementContext& context) {
    if (!is_string(value, context.diagnostics, "an instant", instant_help)) return {};
    if (const auto instant = parse_instant(value.text)) return instant;
    if (lacks_offset(value.text)) {
        context.diagnostics.error("DN0521", value.span, fmt::format("`{}` does not say in which zone", value.text), "add the offset of the clock that was read, for example +02:00, or Z for UTC");
    } else if (Date::parse(value.text)) {
        context.diagnostics.error("DN0521", value.span, fmt::format("`{}` is a day; an instant is needed here", value.text), std::string(instant_help));
    } else {
        context.diagnostics.error("DN0521", value.span, fmt::format("`{}` is not an instant", value.text), std::string(instant_help));
    }
    return {};
}

std::optional<Moments> read_moments(const JsonValue& value, const StatementContext& context) {
    const auto day = value.is_string() ? Date::parse(value.text) : std::optional<Date>();
    if (!day) {
        const auto instant = read_instant(value, context);
        if (!instant) return {};
        return Moments{instant->seconds, instant->seconds};
    }
    if (context.zone == nullptr) {
        context.diagnostics.error("DN0526", value.span, fmt::format("`{}` is a day, and no zone says where it begins", value.text),
                                  fmt::format("give {} a `zone`, or write an instant with its offset", context.zone_owner));
        return {};
    }
    return Moments{context.zone->start_of_day(*day).instant.seconds, context.zone->start_of_day(day->plus_days(1)).instant.seconds - 1};
}

std::optional<Date> read_date(const JsonValue& value, Diagnostics& diagnostics) {
    constexpr std::string_view help = "write it as 2026-11-20";
    if (!is_string(value, diagnostics, "a day", help)) return {};
    const auto date = Date::parse(value.text);
    if (!date) diagnostics.error("DN0521", value.span, fmt::format("`{}` is not a day", value.text), std::string(help));
    return date;
}

std::optional<PlaceCode> read_place(const JsonValue& value, const RuleBook& law, Diagnostics& diagnostics) {
    if (law.find_jurisdiction(value.text) != nullptr) return value.text;
    if (is_place_code(value.text)) return one_place_code(value.text);
    diagnostics
        .error("DN0528", value.span, fmt::format("`{}` is not the code of a place", value.text),
               "a country or part of a country of ISO 3166: DE, US-TX; groups are named by their countries")
        .suggestion = nearest_place_code(value.text);
    return {};
}

}  // namespace duenotice
