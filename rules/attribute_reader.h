#pragma once
// Strict reading of the attributes of one element of a data file: each is asked for once by name and kind; a missing
// one, one of the wrong kind and, at the end, one that nobody asked for are diagnostics at their place. Used by the
// files about time (counting laws, calendars), whose elements are flat.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/date.h"
#include "rules/diagnostic.h"
#include "rules/xml_reader.h"

namespace duenotice {

class AttributeReader {
public:
    AttributeReader(const XmlElement& element, Diagnostics& diagnostics)
        : element_(element), diagnostics_(diagnostics) {}

    bool has(std::string_view name) const;
    /// Empty text and an error when it is missing or empty.
    std::string required(std::string_view name);
    /// Empty when it is missing.
    std::string text(std::string_view name);
    std::optional<int> number(std::string_view name, int low, int high);
    std::optional<Date> date(std::string_view name);
    /// `MM-DD`; 02-29 is allowed.
    std::optional<std::pair<int, int>> month_day(std::string_view name);
    /// `HH:MM` in seconds of the day, 24:00 excluded.
    std::optional<int> time(std::string_view name);
    /// The words of a list, split at blanks.
    std::vector<std::string> words(std::string_view name);
    /// Position of the value in `choices`, or an error that lists them.
    std::optional<std::size_t> choice(std::string_view name, const std::vector<std::string_view>& choices);
    /// T, C, S or U; required.
    char grade();
    /// Says that the attribute's value is wrong.
    void wrong(std::string_view name, std::string message, std::string help = {});
    /// Reports attributes that nothing asked for. Call last.
    void finish();

private:
    const XmlAttribute* find(std::string_view name);

    const XmlElement& element_;
    Diagnostics& diagnostics_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace duenotice
