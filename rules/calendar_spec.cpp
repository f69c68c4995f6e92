#include "rules/calendar_spec.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "rules/attribute_reader.h"
#include "rules/attribute_value.h"
#include "rules/xml_reader.h"

namespace duenotice {

namespace {

constexpr std::array<std::string_view, 7> weekday_names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
const std::vector<std::string_view> observed_names = {"none", "us", "sun-mon", "sat-sun-mon", "next-working"};
constexpr int first_year = 1583;  // the Gregorian Easter has no meaning before
constexpr int last_year = 2399;
constexpr int most_years = 400;

class CalendarParser {
public:
    explicit CalendarParser(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    CalendarSpec calendar(const XmlElement& element) {
        CalendarSpec result;
        result.span = element.span;
        AttributeReader attributes(element, diagnostics_);
        result.id = attributes.required("id");
        if (!result.id.empty() && !is_law_id(result.id)) attributes.wrong("id", fmt::format("`{}` is not an id", result.id), "letters, digits, `.`, `_`, `-`");
        result.title = attributes.required("title");
        result.place = attributes.required("place");
        result.purpose = attributes.required("purpose");
        attributes.required("from");
        attributes.required("until");
        result.from_year = attributes.number("from", first_year, last_year).value_or(2000);
        result.until_year = attributes.number("until", first_year, last_year).value_or(result.from_year);
        if (result.until_year < result.from_year || result.until_year - result.from_year >= most_years) {
            attributes.wrong("until", "`until` is the last covered year and not before `from`");
        }
        confirmed(attributes, result);
        result.source = attributes.required("source");
        attributes.required("checked");
        if (const auto checked = attributes.date("checked")) result.checked = *checked;
        result.grade = attributes.grade();
        result.note = attributes.text("note");
        attributes.finish();
        for (const XmlElement& child : element.children) part(child, result);
        if (result.weekends.empty()) {
            diagnostics_.error("DN0626", element.span,
                               fmt::format("the calendar `{}` does not say its weekend", result.id),
                               "`<weekend days=\"\"/>` when there is none");
        }
        check_doubles(result);
        return result;
    }

private:
    /// `confirmed-from` and `confirmed-until`, years, both included; days of other covered years are estimates.
    void confirmed(AttributeReader& attributes, CalendarSpec& calendar) {
        if (!attributes.has("confirmed-from") && !attributes.has("confirmed-until")) return;
        const int from = attributes.number("confirmed-from", first_year, last_year).value_or(calendar.from_year);
        const int until = attributes.number("confirmed-until", first_year, last_year).value_or(calendar.until_year);
        if (from < calendar.from_year || until > calendar.until_year || until < from) {
            attributes.wrong(attributes.has("confirmed-until") ? "confirmed-until" : "confirmed-from", "the confirmed years lie within `from` and `until`");
        }
        calendar.confirmed.emplace().push_back({from, until});
    }

    void part(const XmlElement& element, CalendarSpec& calendar) {
        AttributeReader attributes(element, diagnostics_);
        if (element.name == "weekend") {
            weekend(attributes, calendar);
        } else if (element.name == "holiday") {
            holiday(element, attributes, calendar);
        } else if (element.name == "list") {
            list(element, attributes, calendar);
        } else if (element.name == "closed") {
            single(element, attributes, calendar.listed, true);
        } else if (element.name == "open") {
            single(element, attributes, calendar.worked, false);
        } else if (element.name == "half") {
            single(element, attributes, calendar.half, true);
        } else if (element.name == "include") {
            calendar.includes.push_back(attributes.required("calendar"));
        } else if (element.name == "note") {
            calendar.note = element.text;
        } else {
            diagnostics_.error("DN0627", element.span,
                               fmt::format("`{}` is not an element of a calendar", element.name),
                               "known here: weekend, holiday, list, closed, open, half, include, note");
            return;
        }
        attributes.finish();
    }

    /// `from` and `until` of a weekend: days, half-open, or years, both included.
    std::optional<Date> bound(AttributeReader& attributes, std::string_view name, int year_offset) {
        const std::string text = attributes.text(name);
        if (text.empty()) return {};
        if (text.size() != 4) return attributes.date(name);
        const auto year = attributes.number(name, first_year, last_year);
        return year ? Date::from_ymd(*year + year_offset, 1, 1) : std::nullopt;
    }

    void weekend(AttributeReader& attributes, CalendarSpec& calendar) {
        WeekendSpec result;
        if (!attributes.has("days")) attributes.required("days");
        for (const std::string& name : attributes.words("days")) {
            const auto day = parse_weekday(name);
            if (!day)
                attributes.wrong("days", fmt::format("`{}` is not a day of the week", name),
                                 "Mon, Tue, Wed, Thu, Fri, Sat or Sun");
            if (day) result.days = static_cast<WeekdaySet>(result.days | weekday_bit(*day));
        }
        result.range.from = bound(attributes, "from", 0);
        result.range.until = bound(attributes, "until", 1);
        if (result.range.from && result.range.until && *result.range.until <= *result.range.from) {
            attributes.wrong("until", "this weekend ends before it begins");
        }
        calendar.weekends.push_back(result);
    }

    ObservedRule observed(AttributeReader& attributes) {
        const auto rule = attributes.choice("observed", observed_names);
        return rule ? static_cast<ObservedRule>(*rule) : ObservedRule::None;
    }

    void holiday(const XmlElement& element, AttributeReader& attributes, CalendarSpec& calendar) {
        HolidaySpec result;
        result.span = element.span;
        result.name = attributes.required("name");
        result.observed = observed(attributes);
        result.from_year = attributes.number("from", first_year, last_year);
        result.until_year = attributes.number("until", first_year, last_year);
        if (result.from_year && result.until_year && *result.until_year < *result.from_year) {
            attributes.wrong("until", "`until` is the last year of the holiday and not before `from`");
        }
        const int rules =
            attributes.has("on") + attributes.has("easter") + attributes.has("orthodox") + attributes.has("weekday");
        if (rules != 1) {
            diagnostics_.error("DN0628", element.span,
                               "a holiday has one rule: `on`, `easter`, `orthodox` or `weekday`");
            for (const char* name : {"on", "easter", "orthodox", "weekday", "ordinal", "month", "after"})
                attributes.text(name);
            return;
        }
        if (attributes.has("on")) {
            const auto day = attributes.month_day("on");
            if (!day) return;
            result.rule = FixedDay{day->first, day->second};
        } else if (attributes.has("weekday")) {
            if (!weekday_rule(attributes, result)) return;
        } else {
            const bool is_orthodox = attributes.has("orthodox");
            const auto offset = attributes.number(is_orthodox ? "orthodox" : "easter", -100, 100);
            if (!offset) return;
            result.rule = EasterDay{*offset, is_orthodox};
        }
        calendar.holidays.push_back(std::move(result));
    }

    bool weekday_rule(AttributeReader& attributes, HolidaySpec& result) {
        const auto weekday = parse_weekday(attributes.text("weekday"));
        if (!weekday)
            attributes.wrong("weekday", fmt::format("`{}` is not a day of the week", attributes.text("weekday")),
                             "Mon, Tue, Wed, Thu, Fri, Sat or Sun");
        if (attributes.has("after")) {
            const auto day = attributes.month_day("after");
            if (!weekday || !day) return false;
            result.rule = WeekdayOnOrAfter{*weekday, day->first, day->second};
            return true;
        }
        attributes.required("ordinal");
        attributes.required("month");
        const auto ordinal = attributes.number("ordinal", -1, 5);
        const auto month = attributes.number("month", 1, 12);
        if (ordinal && *ordinal == 0) attributes.wrong("ordinal", "`ordinal` is 1 to 5, or -1 for the last");
        if (!weekday || !ordinal || !month || *ordinal == 0) return false;
        result.rule = OrdinalWeekday{*weekday, *ordinal, *month};
        return true;
    }

    void list(const XmlElement& element, AttributeReader& attributes, CalendarSpec& calendar) {
        DaySpec result;
        result.span = element.span;
        result.name = attributes.required("name");
        result.observed = observed(attributes);
        for (const char* attribute : {"dates", "estimated"}) {
            result.estimated = std::string_view(attribute) == "estimated";
            for (const std::string& text : attributes.words(attribute)) {
                const auto day = Date::parse(text);
                if (!day) {
                    attributes.wrong(attribute, fmt::format("`{}` is not a day", text), "write it as YYYY-MM-DD");
                    continue;
                }
                result.day = *day;
                calendar.listed.push_back(result);
            }
        }
        if (!attributes.has("dates") && !attributes.has("estimated")) attributes.required("dates");
    }

    void single(const XmlElement& element, AttributeReader& attributes, std::vector<DaySpec>& days, bool named) {
        DaySpec result;
        result.span = element.span;
        attributes.required("on");
        const auto day = attributes.date("on");
        result.name = named ? attributes.required("name") : attributes.text("name");
        if (!day) return;
        result.day = *day;
        days.push_back(std::move(result));
    }

    void check_doubles(const CalendarSpec& calendar) {
        std::set<std::pair<std::int32_t, std::string>> seen;
        for (const DaySpec& day : calendar.listed) {
            if (!seen.emplace(day.day.days_since_1970(), day.name).second) {
                diagnostics_.error("DN0629", day.span,
                                   fmt::format("`{}` is listed twice on {}", day.name, day.day.iso()));
            }
        }
    }

    Diagnostics& diagnostics_;
};

/// Days from March 21 (of the calendar in question) to the Sunday after the church's full moon.
Date julian_easter_as_gregorian(int year) {
    // Meeus, Astronomical Algorithms, chapter 8: Easter in the Julian calendar.
    const int a = year % 4, b = year % 7, c = year % 19;
    const int d = (19 * c + 15) % 30;
    const int e = (2 * a + 4 * b - d + 34) % 7;
    const int month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
    const int century = year / 100;
    const int shift = century - century / 4 - 2;  // days between the calendars after February of the year
    return Date::from_ymd(year, month, day)->plus_days(shift);
}

}  // namespace

Date western_easter(int year) {
    // Meeus, Astronomical Algorithms, chapter 8 (Butcher's algorithm), valid for every Gregorian year.
    const int a = year % 19, b = year / 100, c = year % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int sum = h + l - 7 * m + 114;
    return *Date::from_ymd(year, sum / 31, sum % 31 + 1);
}

Date orthodox_easter(int year) {
    return julian_easter_as_gregorian(year);
}

std::optional<Date> holiday_date(const HolidaySpec& spec, int year) {
    struct Rule {
        int year;
        std::optional<Date> operator()(const FixedDay& rule) const {
            return Date::from_ymd(year, rule.month, rule.day);
        }
        std::optional<Date> operator()(const EasterDay& rule) const {
            return (rule.orthodox ? orthodox_easter(year) : western_easter(year)).plus_days(rule.offset_days);
        }
        std::optional<Date> operator()(const OrdinalWeekday& rule) const {
            const int length = days_in_month(year, rule.month);
            const Date edge = *Date::from_ymd(year, rule.month, rule.ordinal > 0 ? 1 : length);
            const int wanted = static_cast<int>(rule.weekday), at = static_cast<int>(edge.weekday());
            if (rule.ordinal < 0) return edge.plus_days(-((at - wanted + 7) % 7));
            const Date day = edge.plus_days((wanted - at + 7) % 7 + (rule.ordinal - 1) * 7);
            if (days_between(edge, day) >= length) return {};
            return day;
        }
        std::optional<Date> operator()(const WeekdayOnOrAfter& rule) const {
            const auto edge = Date::from_ymd(year, rule.month, rule.day);
            if (!edge) return {};
            return edge->plus_days((static_cast<int>(rule.weekday) - static_cast<int>(edge->weekday()) + 7) % 7);
        }
    };
    return std::visit(Rule{year}, spec.rule);
}

std::optional<Date> observed_date(Date day, ObservedRule rule) {
    const bool saturday = day.weekday() == Weekday::Saturday, sunday = day.weekday() == Weekday::Sunday;
    switch (rule) {
        case ObservedRule::UnitedStates:
            if (saturday) return day.plus_days(-1);
            if (sunday) return day.plus_days(1);
            return {};
        case ObservedRule::SundayToMonday:
            if (sunday) return day.plus_days(1);
            return {};
        case ObservedRule::WeekendToMonday:
            if (saturday) return day.plus_days(2);
            if (sunday) return day.plus_days(1);
            return {};
        case ObservedRule::None:
        case ObservedRule::NextWorkingDay:
            return {};
    }
    return {};
}

Checked<std::vector<CalendarSpec>> parse_calendars(SourcePtr source) {
    auto read = read_xml(std::move(source));
    Checked<std::vector<CalendarSpec>> result{{}, std::move(read.diagnostics)};
    if (!read) return result;
    CalendarParser parser(result.diagnostics);
    std::vector<CalendarSpec> calendars;
    if (read->name == "calendar") {
        calendars.push_back(parser.calendar(*read));
    } else if (read->name == "calendars") {
        for (const XmlElement& element : read->children) {
            if (element.name == "calendar") {
                calendars.push_back(parser.calendar(element));
            } else {
                result.diagnostics.error("DN0627", element.span,
                                         fmt::format("`{}` is not an element of a calendar file", element.name),
                                         "known here: calendar");
            }
        }
    } else {
        result.diagnostics.error(
            "DN0625", read->span,
            fmt::format("a calendar file starts with `calendars` or `calendar`, not `{}`", read->name));
    }
    if (!result.diagnostics.has_errors()) result.value = std::move(calendars);
    return result;
}

std::optional<Weekday> parse_weekday(std::string_view text) {
    const auto found = std::find(weekday_names.begin(), weekday_names.end(), text);
    if (found == weekday_names.end()) return {};
    return static_cast<Weekday>(found - weekday_names.begin());
}

std::string_view weekday_name(Weekday day) {
    return weekday_names[static_cast<std::size_t>(day)];
}

std::string_view weekday_in_full(Weekday day) {
    constexpr std::array<std::string_view, 7> names = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                       "Friday", "Saturday", "Sunday"};
    return names[static_cast<std::size_t>(day)];
}

}  // namespace duenotice
