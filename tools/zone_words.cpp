#include "tools/zone_words.h"

#include <algorithm>

#include "engine/place_names.h"
#include "reports/wording.h"
#include "rules/suggest.h"
#include "rules/text_parts.h"

namespace duenotice {

namespace {

std::string plain(std::string_view name) {
    std::string result;
    for (const char c : name) result += c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

/// Old and generic names stand beside the cities; they are found by their whole name only.
bool is_city(std::string_view zone) { return zone.find('/') != std::string_view::npos && !zone.starts_with("Etc/") && !zone.starts_with("US/") && !zone.starts_with("SystemV/") && !zone.starts_with("Canada/"); }

}  // namespace

ZoneWords::ZoneWords(ZoneSet zones, const RuleBook& law, std::string_view zone_tab) : zones_(std::move(zones)) {
    for (const Jurisdiction& place : law.jurisdictions)
        if (!place.zone.empty()) by_place_.emplace_back(place.code, place.zone);
    for (const std::string_view line : text_parts(zone_tab, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        if (first != 2 || second == std::string_view::npos) continue;
        const std::string_view rest = line.substr(second + 1);
        by_country_.emplace_back(line.substr(0, 2), rest.substr(0, rest.find('\t')));
    }
}

std::vector<std::string> ZoneWords::cities_of(std::string_view country) const {
    std::vector<std::string> cities;
    for (const auto& [code, zone] : by_country_)
        if (code == country) cities.push_back(zone_city(zone));
    return cities;
}

const Zone* ZoneWords::of_place(std::string_view code) const {
    for (const auto& [place, zone] : by_place_)
        if (place == code && (place.size() > 2 || cities_of(code).size() < 3)) return zones_.find(zone);
    if (code.size() != 2) return of_place(code.substr(0, 2));
    const Zone* only = nullptr;
    for (const auto& [country, zone] : by_country_)
        if (country == code) {
            if (only != nullptr) return nullptr;
            only = zones_.find(zone);
        }
    return only;
}

const Zone* ZoneWords::find(std::string_view text) const {
    const std::string wanted = plain(text);
    if (wanted.empty()) return nullptr;
    if (wanted == "utc" || wanted == "gmt" || wanted == "z" || wanted == "zulu") return zones_.find("Etc/UTC");
    const Zone* fits = nullptr;
    bool several = false;
    for (const Zone& zone : zones_.zones()) {
        if (plain(zone.name()) == wanted) return &zone;
        if (!is_city(zone.name()) || plain(zone_city(zone.name())) != wanted) continue;
        several = several || fits != nullptr;
        fits = &zone;
    }
    if (fits != nullptr) return several ? nullptr : fits;
    const std::vector<std::string> places = places_named(text);
    return places.size() == 1 ? of_place(places.front()) : nullptr;
}

std::string ZoneWords::problem(const std::string& text) const {
    const std::vector<std::string> places = places_named(text);
    if (places.size() == 1) {
        const std::vector<std::string> cities = cities_of(places.front().substr(0, 2));
        std::string list;
        for (std::size_t i = 0; i < cities.size() && i < 8; ++i) list += (i == 0 ? "" : ", ") + cities[i];
        if (!list.empty()) return place_name(places.front()) + " has several clocks; name one of its cities: " + list + (cities.size() > 8 ? ", ..." : "");
    }
    std::vector<std::string> names;
    for (const Zone& zone : zones_.zones())
        if (is_city(zone.name())) names.push_back(zone_city(zone.name()));
    const std::string near = nearest(text, names);
    return "no clock on file is called `" + text + "`" + (near.empty() ? "" : "; did you mean `" + near + "`") + "; name the country or its capital (Germany, Singapore, New York) or a zone (Europe/Berlin)";
}

}  // namespace duenotice
