#include "rules/counting_law.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/attribute_reader.h"
#include "rules/xml_reader.h"

namespace duenotice {

namespace {

constexpr std::array<std::string_view, 8> unit_names = {"minutes", "hours",  "days",  "working_days",
                                                        "weeks",   "months", "years", "years+months+days"};

const std::vector<std::string_view> start_names = {"at-once", "hour-excluded", "day-excluded", "day-included",
                                                   "day-excluded-unless-midnight", "day-excluded-unless-opening"};
const std::vector<std::string_view> month_names = {"event-number", "day-after", "event-number-or-next-day", "thirty-days",
                                                   "day-after-number"};
const std::vector<std::string_view> roll_names = {"none",
                                                  "next-working-day",
                                                  "same-hour-next-working-day",
                                                  "hour-next-working-day",
                                                  "previous-working-day",
                                                  "same-hour-previous-working-day"};
const std::vector<std::string_view> off_names = {"weekend holidays", "sunday holidays", "holidays"};

const std::vector<std::string_view> recess_names = {"none", "stands-still", "end-moves"};

constexpr std::uint8_t bit(PeriodUnit unit) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(unit));
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

class CountingParser {
public:
    explicit CountingParser(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    CountingLaws laws(const XmlElement& root) {
        CountingLaws result;
        if (root.name != "counting") {
            diagnostics_.error("DN0614", root.span,
                               fmt::format("a file of counting laws starts with `counting`, not `{}`", root.name));
            return result;
        }
        AttributeReader(root, diagnostics_).finish();
        for (const XmlElement& element : root.children) {
            if (element.name != "law") {
                unknown(element, "law");
                continue;
            }
            result.laws.push_back(law(element));
            const auto same = [&](const CountingLaw& other) { return other.id == result.laws.back().id; };
            if (std::count_if(result.laws.begin(), result.laws.end(), same) > 1) {
                diagnostics_.error("DN0615", element.span,
                                   fmt::format("the counting law `{}` is defined twice", result.laws.back().id));
            }
        }
        std::stable_sort(result.laws.begin(), result.laws.end(),
                         [](const CountingLaw& a, const CountingLaw& b) { return a.id < b.id; });
        return result;
    }

private:
    void unknown(const XmlElement& element, std::string_view known) {
        diagnostics_.error("DN0616", element.span,
                           fmt::format("`{}` is not an element of a counting law file", element.name),
                           fmt::format("known here: {}", known));
    }

    CountingLaw law(const XmlElement& element) {
        CountingLaw result;
        AttributeReader attributes(element, diagnostics_);
        result.id = attributes.required("id");
        result.title = attributes.required("title");
        result.clock_zone = attributes.text("clock-zone");
        attributes.required("monotone");
        if (const auto monotone = attributes.choice("monotone", {"no", "yes"}))
            result.monotone_in_start = *monotone == 1;
        attributes.finish();
        for (const XmlElement& child : element.children) {
            if (child.name == "note") {
                result.note = trimmed(child.text);
            } else if (child.name == "cite") {
                result.citations.push_back(citation(child));
            } else if (child.name == "reading") {
                result.readings.push_back(reading(child, result));
            } else if (child.name == "recess") {
                result.recesses.push_back(recess(child));
            } else if (child.name == "deem") {
                result.deemed.push_back(deemed(child, result));
            } else if (child.name == "refuse") {
                result.refused.push_back(refused(child));
            } else {
                unknown(child, "note, cite, recess, reading, deem, refuse");
            }
        }
        check(element, result);
        return result;
    }

    CountingCitation citation(const XmlElement& element) {
        CountingCitation result;
        AttributeReader attributes(element, diagnostics_);
        result.id = attributes.required("id");
        result.provision = attributes.required("provision");
        result.address = attributes.required("address");
        attributes.required("checked");
        if (const auto checked = attributes.date("checked")) result.checked = *checked;
        result.grade = attributes.grade();
        attributes.finish();
        result.words = trimmed(element.text);
        const auto blanks = std::count(result.words.begin(), result.words.end(), ' ');
        if (blanks >= 12) {
            diagnostics_.error("DN0617", element.span,
                               fmt::format("a citation keeps at most twelve words, this one has {}", blanks + 1));
        }
        return result;
    }

    std::optional<PeriodUnit> unit_of(AttributeReader& attributes, std::string_view attribute) {
        const std::string name = attributes.required(attribute);
        const auto unit = find_unit(name);
        if (!unit && !name.empty()) attributes.wrong(attribute, fmt::format("there is no unit `{}`", name), fmt::format("one of: {}", fmt::join(unit_names, ", ")));
        return unit;
    }

    Recess recess(const XmlElement& element) {
        Recess result;
        AttributeReader attributes(element, diagnostics_);
        result.by_easter = attributes.has("from-easter");
        if (result.by_easter) {
            attributes.required("until-easter");
            result.from = attributes.number("from-easter", -60, 60).value_or(0);
            result.until = attributes.number("until-easter", -60, 60).value_or(0);
            if (result.until < result.from) attributes.wrong("until-easter", "a recess ends after it begins");
        } else {
            attributes.required("from");
            attributes.required("until");
            const auto from = attributes.month_day("from"), until = attributes.month_day("until");
            if (from) result.from = from->first * 100 + from->second;
            if (until) result.until = until->first * 100 + until->second;
            if (result.from == 229 || result.until == 229) attributes.wrong("from", "a recess begins and ends on days that every year has");
        }
        attributes.finish();
        return result;
    }

    DeemedPeriod deemed(const XmlElement& element, const CountingLaw& law) {
        DeemedPeriod result;
        AttributeReader attributes(element, diagnostics_);
        result.unit = unit_of(attributes, "unit").value_or(PeriodUnit::Hours);
        result.as_unit = unit_of(attributes, "as-unit").value_or(PeriodUnit::Days);
        attributes.required("amount");
        attributes.required("as-amount");
        result.amount = attributes.number("amount", 1, 100000).value_or(0);
        result.as_amount = attributes.number("as-amount", 1, 100000).value_or(0);
        result.cite = attributes.required("cite");
        if (!result.cite.empty() && !law.find_citation(result.cite)) {
            attributes.wrong("cite", fmt::format("the law `{}` has no citation `{}` above this element", law.id, result.cite));
        }
        attributes.finish();
        return result;
    }

    CountingReading reading(const XmlElement& element, const CountingLaw& law) {
        CountingReading result;
        AttributeReader attributes(element, diagnostics_);
        result.label = attributes.required("label");
        attributes.required("units");
        for (const std::string& name : attributes.words("units")) {
            const auto unit = find_unit(name);
            if (!unit) {
                attributes.wrong("units", fmt::format("there is no unit `{}`", name),
                                 fmt::format("one of: {}", fmt::join(unit_names, ", ")));
                continue;
            }
            result.units = static_cast<std::uint8_t>(result.units | bit(*unit));
        }
        result.lengths = lengths(attributes);
        attributes.required("start");
        if (const auto start = attributes.choice("start", start_names)) result.start = static_cast<StartRule>(*start);
        if (const auto months = attributes.choice("months", month_names))
            result.months = static_cast<MonthRule>(*months);
        if (const auto clear = attributes.choice("clear", {"no", "yes"})) result.clear = *clear == 1;
        if (const auto roll = attributes.choice("roll", roll_names)) result.roll = static_cast<RollRule>(*roll);
        if (const auto roll = attributes.choice("roll-backward", roll_names))
            result.roll_backward = static_cast<RollRule>(*roll);
        if (const auto off = attributes.choice("off", off_names)) result.off = static_cast<OffDays>(*off);
        if (const auto off = attributes.choice("roll-past", off_names)) result.roll_past = static_cast<OffDays>(*off);
        if (const auto off = attributes.choice("leaves-out", off_names)) result.leaves_out = static_cast<OffDays>(*off);
        if (const auto hour = attributes.time("opens")) result.opens_seconds = *hour;
        result.counted_from_seconds = attributes.time("counted-from");
        result.counted_until_seconds = attributes.time("counted-until");
        if (const auto hour = attributes.time("roll-to")) result.roll_to_seconds = *hour;
        if (const auto hour = attributes.time("ends-at")) result.ends_at_seconds = *hour;
        result.skip_off_days_up_to = attributes.number("skip-off-days-up-to", 1, 31).value_or(0);
        result.minimum_working_days = attributes.number("minimum-working-days", 1, 31).value_or(0);
        result.minimum_from_days = attributes.number("minimum-from-days", 1, 366).value_or(0);
        result.cites = attributes.words("cites");
        for (const std::string& cite : result.cites) {
            if (!law.find_citation(cite)) {
                attributes.wrong("cites",
                                 fmt::format("the law `{}` has no citation `{}` above this reading", law.id, cite));
            }
        }
        if (const auto rule = attributes.choice("recess", recess_names)) result.recess = static_cast<RecessRule>(*rule);
        result.recess_days = attributes.number("recess-days", 0, 366).value_or(0);
        check(attributes, result);
        check_recess(attributes, result, law);
        attributes.finish();
        return result;
    }

    void check_recess(AttributeReader& attributes, CountingReading& reading, const CountingLaw& law) {
        if ((reading.recess == RecessRule::EndMoves) != attributes.has("recess-days"))
            attributes.wrong("recess-days", "`recess-days` belongs to `end-moves`: how many days after the recess");
        if (reading.recess == RecessRule::None) return;
        if (law.recesses.empty()) attributes.wrong("recess", fmt::format("the law `{}` has no `recess` element above this reading", law.id));
        const bool days = reading.units == bit(PeriodUnit::Days) && !reading.leaves_out && reading.skip_off_days_up_to == 0;
        if (reading.recess == RecessRule::StandsStill && !days)
            attributes.wrong("recess", "only a period of days that leaves out no others can stand still in a recess");
        if (reading.recess == RecessRule::EndMoves && reading.start <= StartRule::HourExcluded)
            attributes.wrong("recess", "the end of a period in hours does not move off a recess");
        reading.recesses = law.recesses;
    }

    LengthRange lengths(AttributeReader& attributes) {
        LengthRange range;
        range.over = attributes.number("over", 0, 100000);
        range.up_to = attributes.number("up-to", 0, 100000);
        if (range.over && range.up_to && *range.up_to <= *range.over)
            attributes.wrong("up-to", "no period is longer than `over` and at most `up-to`");
        return range;
    }

    void check(AttributeReader& attributes, const CountingReading& reading) {
        const auto clock_units = static_cast<std::uint8_t>(bit(PeriodUnit::Minutes) | bit(PeriodUnit::Hours));
        const bool hours = (reading.units & clock_units) != 0;
        const bool by_hours = reading.start == StartRule::AtOnce || reading.start == StartRule::HourExcluded;
        if (hours != by_hours || (hours && (reading.units & ~clock_units) != 0)) {
            attributes.wrong(
                "start",
                "minutes and hours have readings of their own, with `at-once` or `hour-excluded`; other units neither");
        }
        const std::uint8_t month_units =
            bit(PeriodUnit::Months) | bit(PeriodUnit::Years) | bit(PeriodUnit::YearsMonthsDays);
        const bool months = (reading.units & month_units) != 0;
        const bool one_unit = (reading.units & (reading.units - 1)) == 0 && !reading.covers(PeriodUnit::YearsMonthsDays);
        if (!reading.lengths.is_whole() && !one_unit) {
            attributes.wrong(reading.lengths.over ? "over" : "up-to", "a length is one of a single unit: a reading for some lengths has one unit");
        }
        if (months != attributes.has("months")) {
            attributes.wrong("months", "`months` is for readings of months and years, and those need it");
        }
        const bool moves = attributes.has("roll") || attributes.has("roll-backward") || reading.skip_off_days_up_to > 0;
        if (moves != attributes.has("off"))
            attributes.wrong("off", "`off` says which days a roll or a skip passes over, and those need it");
        if (attributes.has("roll-past") && !attributes.has("roll") && !attributes.has("roll-backward"))
            attributes.wrong("roll-past", "`roll-past` says what an end that moves passes over: it needs `roll`");
        const auto day_units = static_cast<std::uint8_t>(bit(PeriodUnit::Days) | bit(PeriodUnit::WorkingDays));
        if (attributes.has("leaves-out") && ((reading.units & ~day_units) != 0 || reading.skip_off_days_up_to > 0) && !hours)
            attributes.wrong("leaves-out", "`leaves-out` is for readings of minutes, hours, days or working days, without `skip-off-days-up-to`");
        if (hours && reading.leaves_out && (attributes.has("roll") || attributes.has("roll-backward")))
            attributes.wrong("roll", "hours that leave out days off end on a day that counts: there is nothing to move");
        if (reading.counted_from_seconds.has_value() != reading.counted_until_seconds.has_value() || (reading.counted_from_seconds && (!hours || !reading.leaves_out || *reading.counted_from_seconds >= *reading.counted_until_seconds)))
            attributes.wrong("counted-from", "`counted-from` and a later `counted-until` come together, for hours with `leaves-out`");
        if ((reading.start == StartRule::DayExcludedUnlessOpening) != attributes.has("opens"))
            attributes.wrong("opens", "`opens` belongs to `day-excluded-unless-opening`");
        const bool to_hour =
            reading.roll == RollRule::HourNextWorkingDay || reading.roll_backward == RollRule::HourNextWorkingDay;
        if (to_hour != attributes.has("roll-to"))
            attributes.wrong("roll-to", "`roll-to` belongs to `hour-next-working-day`");
        const auto same_hour = [](RollRule rule) {
            return rule == RollRule::SameHourNextWorkingDay || rule == RollRule::SameHourPreviousWorkingDay;
        };
        if (!hours && (same_hour(reading.roll) || same_hour(reading.roll_backward))) {
            attributes.wrong("roll", "only hours can move to the same hour of another day");
        }
        if (reading.clear && (hours || reading.minimum_working_days > 0))
            attributes.wrong("clear", "`clear` is for periods of whole days without a minimum of working days");
        if ((reading.minimum_working_days > 0) != (reading.minimum_from_days > 0)) {
            attributes.wrong("minimum-working-days", "`minimum-working-days` and `minimum-from-days` come together");
        }
    }

    RefusedUnit refused(const XmlElement& element) {
        RefusedUnit result;
        AttributeReader attributes(element, diagnostics_);
        result.unit = unit_of(attributes, "unit").value_or(PeriodUnit::Hours);
        result.lengths = lengths(attributes);
        attributes.finish();
        result.reason = trimmed(element.text);
        if (result.reason.empty())
            diagnostics_.error("DN0618", element.span, "a refused unit needs the reason as its text");
        return result;
    }

    void check(const XmlElement& element, const CountingLaw& law) {
        if (law.readings.empty())
            diagnostics_.error("DN0619", element.span, fmt::format("the counting law `{}` has no reading", law.id));
        if (law.citations.empty() && law.note.empty()) {
            diagnostics_.error(
                "DN0620", element.span,
                fmt::format("the counting law `{}` cites nothing and has no note that says why", law.id));
        }
        for (const CountingReading& reading : law.readings) {
            if (!law.citations.empty() && reading.cites.empty()) {
                diagnostics_.error("DN0620", element.span,
                                   fmt::format("the reading `{}` of `{}` cites nothing", reading.label, law.id));
            }
            for (const RefusedUnit& refused : law.refused) {
                if (reading.covers(refused.unit) && reading.lengths.overlaps(refused.lengths)) {
                    diagnostics_.error("DN0619", element.span,
                                       fmt::format("`{}` both counts and refuses {}", law.id, unit_name(refused.unit)));
                }
            }
        }
    }

    Diagnostics& diagnostics_;
};

}  // namespace

bool LengthRange::overlaps(const LengthRange& other) const {
    const int from = std::max(over.value_or(-1), other.over.value_or(-1)) + 1;
    return holds(from) && other.holds(from);
}

bool CountingReading::needs_calendar(PeriodUnit unit, bool backward) const {
    if (unit == PeriodUnit::WorkingDays) return true;
    if (!is_elapsed(unit) && minimum_working_days > 0) return true;
    if ((is_elapsed(unit) || unit == PeriodUnit::Days) && leaves_out) return true;
    if (unit == PeriodUnit::Days && skip_off_days_up_to > 0) return true;
    return (backward ? roll_backward : roll) != RollRule::None;
}

const CountingCitation* CountingLaw::find_citation(std::string_view citation_id) const {
    const auto found = std::find_if(citations.begin(), citations.end(),
                                    [&](const CountingCitation& citation) { return citation.id == citation_id; });
    return found == citations.end() ? nullptr : &*found;
}

const DeemedPeriod* CountingLaw::find_deemed(PeriodUnit unit, std::int64_t amount) const {
    const auto found = std::find_if(deemed.begin(), deemed.end(), [&](const DeemedPeriod& one) { return one.deems(unit, amount); });
    return found == deemed.end() ? nullptr : &*found;
}

bool CountingLaw::needs_calendar(PeriodUnit unit, bool backward) const {
    return std::any_of(readings.begin(), readings.end(), [&](const CountingReading& reading) {
        return reading.covers(unit) && reading.needs_calendar(unit, backward);
    });
}

bool CountingLaw::elapses(PeriodUnit unit, std::int64_t amount) const {
    if (const DeemedPeriod* as = find_deemed(unit, amount)) unit = as->as_unit;
    return is_elapsed(unit) && std::all_of(readings.begin(), readings.end(), [&](const CountingReading& reading) {
        return !reading.covers(unit) || (reading.start == StartRule::AtOnce && !reading.ends_at_seconds && !reading.needs_calendar(unit, amount < 0));
    });
}

const CountingLaw* CountingLaws::find(std::string_view id) const {
    const auto found = std::lower_bound(laws.begin(), laws.end(), id,
                                        [](const CountingLaw& law, std::string_view key) { return law.id < key; });
    return found != laws.end() && found->id == id ? &*found : nullptr;
}

Checked<CountingLaws> parse_counting_laws(SourcePtr source) {
    auto read = read_xml(std::move(source));
    Checked<CountingLaws> result{{}, std::move(read.diagnostics)};
    if (!read) return result;
    CountingLaws laws = CountingParser(result.diagnostics).laws(*read);
    if (!result.diagnostics.has_errors()) result.value = std::move(laws);
    return result;
}

std::string_view unit_name(PeriodUnit unit) {
    return unit_names[static_cast<std::size_t>(unit)];
}

std::string_view start_name(StartRule rule) {
    return start_names[static_cast<std::size_t>(rule)];
}
std::string_view month_name(MonthRule rule) {
    return month_names[static_cast<std::size_t>(rule)];
}
std::string_view roll_name(RollRule rule) {
    return roll_names[static_cast<std::size_t>(rule)];
}
std::string_view off_name(OffDays off) {
    return off_names[static_cast<std::size_t>(off)];
}

std::string_view recess_name(RecessRule rule) {
    return recess_names[static_cast<std::size_t>(rule)];
}

std::string length_words(const LengthRange& lengths) {
    return (lengths.over ? fmt::format(" over {}", *lengths.over) : std::string()) +
           (lengths.up_to ? fmt::format(" up to {}", *lengths.up_to) : std::string());
}

std::optional<PeriodUnit> find_unit(std::string_view name) {
    const auto found = std::find(unit_names.begin(), unit_names.end(), name);
    if (found == unit_names.end()) return {};
    return static_cast<PeriodUnit>(found - unit_names.begin());
}

}  // namespace duenotice
