#pragma once
// Clocks by the names that people use: a time zone (`Asia/Singapore`), its city (`Singapore`, `new york`), `UTC`, or a
// place that has one clock only (`Germany`, `US-TX` where the law book gives its zone). A place with several clocks gives
// none: the asker names a city.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/zone_set.h"
#include "rules/rulebook.h"

namespace duenotice {

class ZoneWords {
public:
    /// `zone_tab` is the text of zoneinfo's zone.tab, may be empty.
    ZoneWords(ZoneSet zones, const RuleBook& law, std::string_view zone_tab);

    /// Null when no clock, or more than one, has this name.
    const Zone* find(std::string_view text) const;
    /// Why `find` found nothing, with what would do.
    std::string problem(const std::string& text) const;
    /// The clock of a place: of the law book, else the only one of its country; null when there are several or none.
    const Zone* of_place(std::string_view code) const;
    const ZoneSet& zones() const { return zones_; }

private:
    std::vector<std::string> cities_of(std::string_view country) const;

    ZoneSet zones_;
    std::vector<std::pair<std::string, std::string>> by_country_;  ///< country, zone
    std::vector<std::pair<std::string, std::string>> by_place_;    ///< place of the law book, zone
};

}  // namespace duenotice
