#include "reports/count_text.h"

#include <fmt/format.h>

#include "engine/period.h"
#include "reports/escape.h"
#include "reports/step_words.h"
#include "reports/text_layout.h"
#include "reports/wording.h"

namespace duenotice {

namespace {

constexpr std::size_t name_width = 9;

std::string row(std::string_view name, const std::string& text) { return columns({{"", 1}, {std::string(name), name_width}, {text, line_width - name_width - 3}}); }

/// `Wed 8 Apr 2026 24:00 Berlin = 2026-04-08 22:00 UTC`.
std::string both_clocks(Instant at, const Zone& zone) {
    const std::string iso = iso_utc(at);
    const std::string seconds = at.seconds % 60 == 0 ? std::string() : iso.substr(16, 3);
    return local_words(at, zone, true) + seconds + " " + zone_city(zone.name()) + " = " + iso.substr(0, 10) + " " + iso.substr(11, 5) + seconds + " UTC";
}

std::string start_words(Instant at, const Zone& zone) { return local_words(at, zone) + (at.seconds % 60 == 0 ? std::string() : iso_utc(at).substr(16, 3)) + " " + zone_city(zone.name()); }

std::string between(const Bounds& bounds, const Zone& zone) {
    return bounds.is_exact() ? both_clocks(bounds.earliest, zone) : both_clocks(bounds.earliest, zone) + "; at most " + both_clocks(bounds.latest, zone);
}

void add_ends(std::string& text, const CountRequest& request, const CountResult& result) {
    const Zone& zone = *request.zone;
    text += row("safe", between(result.safe_bounds, zone));
    if (result.maximum != result.safe || !(result.maximum_bounds == result.safe_bounds)) text += row("latest", between(result.maximum_bounds, zone));
    text += row("last day", date_words(result.last_day));
    if (result.estimated) text += row("beware", "a date of the calendar near the end is an estimate");
    if (result.old_zone_data) text += row("beware", "the clock there may have changed since the zone data in use: the instants may be wrong");
    if (!request.start.is_exact()) text += row("start", fmt::format("between {} and {}; the steps are those of {}", start_words(request.start.earliest, zone), start_words(request.start.latest, zone), start_words(result.start_of_safe, zone)));
}

void add_reading(std::string& text, const CountRequest& request, const ReadingResult& reading) {
    text += "\n" + indented(std::string(reading.label) + ": " + both_clocks(reading.end, *request.zone), 2, line_width);
    std::size_t number = 0;
    const std::string zone = " (" + request.zone->name() + ")";  // stands above
    for (std::string line : step_lines(reading.steps, {})) {
        for (std::size_t at = line.find(zone); at != std::string::npos; at = line.find(zone)) line.erase(at, zone.size());
        text += columns({{"", 1}, {std::to_string(++number), 3, true}, {line, line_width - 6}});
    }
    for (const std::string& id : reading.reading->cites) {
        const CountingCitation* cite = request.law->find_citation(id);
        if (cite) text += indented(fmt::format("[{}] {}{}{} (checked {}, grade {})", cite->provision, cite->words, cite->words.empty() ? "" : ": ", cite->address, cite->checked.iso(), cite->grade), 6, line_width);
    }
}

}  // namespace

std::string count_answer_text(std::string_view id, const CountRequest& request, const CountResult& result, std::string_view tzdata) {
    std::string text = indented(fmt::format("{}: {}", id, words(request.period)), 0, line_width);
    add_ends(text, request, result);
    text += row("law", request.law->id + ", " + request.law->title);
    if (request.calendar) text += row("calendar", fmt::format("{}, {}, {} to {}", request.calendar->id(), request.calendar->title(), request.calendar->first_day().iso(), request.calendar->last_day().iso()));
    text += row("zone", fmt::format("{}, tzdata {}", request.zone->name(), tzdata));
    for (const ReadingResult& reading : result.readings) add_reading(text, request, reading);
    return escape_terminal(text);
}

std::string count_error_text(std::string_view id, std::string_view code, std::string_view message) {
    return escape_terminal(indented(fmt::format("{}: no date ({})", id.empty() ? "a line without an id" : id, code), 0, line_width) + row("why", std::string(message)));
}

}  // namespace duenotice
