#include "engine/count_request.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <map>

#include <fmt/format.h>

#include "engine/json_reader.h"
#include "engine/zone_release.h"

namespace duenotice {

namespace {

constexpr std::size_t longest_line = 1U << 20U;
constexpr std::int64_t longest_start_days = 36525;  // a range of starts is tried day by day
constexpr int most_inline_years = 10000;  // kept at a time, over all inline calendars

const JsonValue* member(const JsonValue& object, std::string_view name) {
    for (const auto& [key, key_span, value] : object.members) {
        if (key == name) return &value;
    }
    return nullptr;
}

/// Takes one request apart. The first mistake is kept and decides the answer; what is read after it does not matter.
class RequestReader {
public:
    bool failed() const { return error_.has_value(); }
    const CountError& error() const { return *error_; }
    void refuse(std::string code, std::string message) {
        if (!error_) error_ = CountError{std::move(code), std::move(message)};
    }
    void bad(std::string message) { refuse("bad_request", std::move(message)); }

    void only(const JsonValue& object, std::string_view what, const std::vector<std::string_view>& names) {
        for (const auto& [key, key_span, value] : object.members) {
            if (std::find(names.begin(), names.end(), key) != names.end()) continue;
            bad(fmt::format("{} has no member `{}`; it has {}", what, key, fmt::join(names, ", ")));
        }
    }

    std::string text(const JsonValue& request, std::string_view name) {
        const JsonValue* value = member(request, name);
        if (value && value->kind == JsonValue::Kind::String) return value->text;
        bad(value ? fmt::format("`{}` is not a string", name) : fmt::format("`{}` is missing", name));
        return {};
    }

    StartSpan start(const JsonValue& request, const Zone& zone) {
        const JsonValue* start = member(request, "start");
        if (!start) {
            bad("`start` is missing");
            return {};
        }
        if (start->kind != JsonValue::Kind::Object) return span(*start, zone).value_or(StartSpan{});
        only(*start, "`start`", {"from", "until"});
        const JsonValue* from = member(*start, "from");
        const JsonValue* until = member(*start, "until");
        if (!from || !until) {
            bad("`start` needs both `from` and `until`");
            return {};
        }
        const auto first = span(*from, zone), after = span(*until, zone);
        if (!first || !after) return {};
        if (after->earliest <= first->earliest) bad("`start` ends before it begins; `until` is excluded");
        if (after->earliest.seconds - first->earliest.seconds > longest_start_days * 86400) bad("`start` spans more than 100 years");
        return {first->earliest, after->earliest.plus_seconds(-1)};
    }

    Period period(const JsonValue& request) {
        const std::string name = text(request, "unit");
        const auto unit = find_unit(name);
        if (!unit) bad(fmt::format("there is no unit `{}`", name));
        const JsonValue* amount = member(request, "amount");
        if (!amount) bad("`amount` is missing");
        Period period;
        if (failed()) return period;
        period.unit = *unit;
        if (*unit != PeriodUnit::YearsMonthsDays) {
            period.amount = whole(*amount);
            return period;
        }
        if (amount->kind != JsonValue::Kind::Array || amount->items.size() != 3) {
            bad("`amount` in years+months+days is a list of three whole numbers");
            return period;
        }
        period.amount = whole(amount->items[0]);
        period.months = static_cast<int>(whole(amount->items[1]));
        period.days = static_cast<int>(whole(amount->items[2]));
        return period;
    }

    CalendarSpec calendar(const JsonValue& value) {
        only(value, "`calendar`", {"weekend", "holidays", "working_weekend_days"});
        if (!member(value, "weekend")) bad("`calendar` needs `weekend`; it may be an empty list");
        CalendarSpec spec;
        spec.id = "inline";
        spec.title = "Calendar written out in the request";
        WeekendSpec weekend;
        for (const JsonValue& day : list(value, "weekend"))
            weekend.days = static_cast<WeekdaySet>(weekend.days | weekday(day));
        spec.weekends.push_back(weekend);
        for (const JsonValue& day : list(value, "holidays")) {
            spec.listed.push_back({date(day, "holidays"), "holiday", false, ObservedRule::None, {}});
        }
        for (const JsonValue& day : list(value, "working_weekend_days")) {
            spec.worked.push_back({date(day, "working_weekend_days"), "working day", false, ObservedRule::None, {}});
        }
        return spec;
    }

private:
    /// All instants that a date or an instant with its offset names.
    std::optional<StartSpan> span(const JsonValue& value, const Zone& zone) {
        if (value.kind != JsonValue::Kind::String) {
            bad("`start` is an instant with its offset, a day, or {\"from\", \"until\"}");
            return {};
        }
        if (const auto instant = parse_instant(value.text)) return StartSpan::at(*instant);
        if (const auto day = Date::parse(value.text)) return day_span(*day, zone);
        bad(fmt::format("`{}` is neither an instant with its offset nor a day", value.text));
        return {};
    }

    std::int64_t whole(const JsonValue& value) {
        constexpr std::int64_t most = 1000000000;
        std::int64_t number = 0;
        const char* end = value.text.data() + value.text.size();
        const auto read = std::from_chars(value.text.data(), end, number);
        if (value.kind == JsonValue::Kind::Number && read.ec == std::errc() && read.ptr == end && number >= -most &&
            number <= most) {
            return number;
        }
        bad("`amount` is not a whole number of at most nine digits");
        return 0;
    }

    Date date(const JsonValue& value, std::string_view name) {
        const auto day = value.kind == JsonValue::Kind::String ? Date::parse(value.text) : std::nullopt;
        if (!day) bad(fmt::format("`{}` holds something that is not a day written as YYYY-MM-DD", name));
        return day.value_or(Date{});
    }

    WeekdaySet weekday(const JsonValue& value) {
        for (int i = 0; i < 7 && value.kind == JsonValue::Kind::String; ++i) {
            const auto day = static_cast<Weekday>(i);
            if (value.text == weekday_name(day) || value.text == weekday_in_full(day)) return weekday_bit(day);
        }
        bad("`weekend` holds something that is not a day of the week: Mon, Tue, Wed, Thu, Fri, Sat, Sun");
        return 0;
    }

    std::vector<JsonValue> list(const JsonValue& calendar, std::string_view name) {
        const JsonValue* value = member(calendar, name);
        if (!value) return {};
        if (value->kind != JsonValue::Kind::Array) bad(fmt::format("`{}` is not a list", name));
        return value->items;
    }

    std::optional<CountError> error_;
};

/// Years that a count may reach: an inline calendar has no bounds of its own and is worked out only as far as needed.
std::int64_t reach_in_years(const Period& period, const CalendarSpec& calendar) {
    const std::int64_t amount = std::abs(period.amount);
    // Two years for what rolls over the turn of a year, more when a long row of holidays could be passed over.
    const std::int64_t spare = 2 + static_cast<std::int64_t>(calendar.listed.size()) / 100;
    const int worked = 7 - std::popcount(static_cast<unsigned>(calendar.weekends.front().days));
    switch (period.unit) {
        case PeriodUnit::Minutes:
        case PeriodUnit::Hours:
            return spare + std::abs(period.elapsed_seconds()) / (8000 * std::int64_t{3600});
        case PeriodUnit::Days:
            return spare + amount / 300 + (amount < 366 ? amount / 40 : 0);  // a short period may skip all days off
        case PeriodUnit::WorkingDays:
            return spare + amount / (50 * std::max(worked, 1));
        case PeriodUnit::Weeks:
            return spare + amount / 50;
        case PeriodUnit::Months:
            return spare + amount / 12;
        case PeriodUnit::Years:
            return spare + amount;
        case PeriodUnit::YearsMonthsDays:
            break;
    }
    return spare + amount + std::abs(std::int64_t{period.months}) / 12 + std::abs(std::int64_t{period.days}) / 300;
}

/// The value without the blanks between its parts, as a key.
void append_key(const JsonValue& value, std::string& key) {
    key += fmt::format("{}:{}:{};", static_cast<int>(value.kind), value.text.size(), value.text);
    for (const JsonValue& item : value.items) append_key(item, key);
    for (const auto& [name, name_span, item] : value.members) {
        key += fmt::format("{}:{}=", name.size(), name);
        append_key(item, key);
    }
    key += '.';
}

CountError as_error(const CountResult& result) {
    switch (result.status) {
        case CountStatus::BeyondCalendar:
            return {"beyond_calendar", result.message};
        case CountStatus::NeedsCalendar:
            return {"needs_calendar", result.message};
        default:
            return {"unsupported", result.message};
    }
}

}  // namespace

struct CountSession::State {
    CountWorld world;
    std::map<std::string, std::unique_ptr<const Calendar>, std::less<>> inline_calendars;
    int inline_years = 0;

    const Calendar* inline_calendar(const JsonValue& value, const CountRequest& request, RequestReader& reader) {
        if (!request.period.is_valid()) return nullptr;  // refused by the count, whatever the calendar
        CalendarSpec spec = reader.calendar(value);
        if (reader.failed()) return nullptr;
        const std::int64_t reach = reach_in_years(request.period, spec);
        const auto year = [](Instant instant) { return 1970 + instant.seconds / 31556952; };
        spec.from_year = static_cast<int>(std::clamp<std::int64_t>(year(request.start.earliest) - reach, 1400, 9990));
        spec.until_year =
            static_cast<int>(std::clamp<std::int64_t>(year(request.start.latest) + reach, spec.from_year, 9998));
        std::string key = fmt::format("{} {} ", spec.from_year, spec.until_year);
        append_key(value, key);
        const auto known = inline_calendars.find(key);
        if (known != inline_calendars.end()) return known->second.get();
        if (inline_years > most_inline_years) {
            inline_calendars.clear();
            inline_years = 0;
        }
        inline_years += spec.until_year - spec.from_year + 1;
        auto compiled = compile_calendar(spec, nullptr);  // INVARIANT: without includes nothing can be wrong
        auto calendar = std::make_unique<const Calendar>(*std::move(compiled.value));
        return inline_calendars.emplace(std::move(key), std::move(calendar)).first->second.get();
    }

    const Calendar* calendar_of(const JsonValue& json, const CountRequest& request, RequestReader& reader) {
        const JsonValue* value = member(json, "calendar");
        if (!value || value->kind == JsonValue::Kind::Null) return nullptr;
        if (value->kind == JsonValue::Kind::Object) return inline_calendar(*value, request, reader);
        if (value->kind != JsonValue::Kind::String) {
            reader.bad("`calendar` is the id of a calendar or a calendar written out");
            return nullptr;
        }
        const Calendar* calendar = world.calendar ? world.calendar(value->text) : nullptr;
        if (!calendar) reader.refuse("unknown_calendar", fmt::format("there is no calendar `{}`", value->text));
        return calendar;
    }

    const Zone* zone_of(const std::string& name, RequestReader& reader) const {
        const Zone* zone = reader.failed() ? nullptr : world.zones->find(name);
        if (!zone)
            reader.refuse("unknown_zone",
                          fmt::format("there is no time zone `{}` in tzdata {}", name, world.zones->release()));
        return zone;
    }

    CountRequest request_of(const JsonValue& json, RequestReader& reader) {
        CountRequest request;
        reader.only(json, "a request", {"id", "start", "zone", "amount", "unit", "rule", "calendar"});
        const std::string rule = reader.text(json, "rule");
        request.law = reader.failed() ? nullptr : world.laws->find(rule);
        if (!request.law) reader.refuse("unknown_rule", fmt::format("there is no counting law `{}`", rule));
        request.zone = zone_of(reader.text(json, "zone"), reader);
        request.period = reader.period(json);
        if (reader.failed()) return request;
        request.start = reader.start(json, *request.zone);
        if (reader.failed()) return request;
        request.calendar = calendar_of(json, request, reader);
        if (!request.law->clock_zone.empty()) request.clock_zone = zone_of(request.law->clock_zone, reader);
        return request;
    }

    void read_id(const JsonValue& json, CountAnswer& answer, RequestReader& reader) const {
        const JsonValue* id = member(json, "id");
        if (json.kind != JsonValue::Kind::Object) {
            reader.bad("a request is an object");
        } else if (!id) {
            reader.bad("`id` is missing");
        } else if (id->kind != JsonValue::Kind::Number && id->kind != JsonValue::Kind::String) {
            reader.bad("`id` is a string or a number");
        } else {
            answer.id_is_number = id->kind == JsonValue::Kind::Number;
            answer.id = id->text;
        }
    }
};

CountSession::CountSession(CountWorld world) : state_(std::make_unique<State>()) {
    state_->world = std::move(world);
}
CountSession::~CountSession() = default;
CountSession::CountSession(CountSession&&) noexcept = default;
CountSession& CountSession::operator=(CountSession&&) noexcept = default;

CountAnswer CountSession::answer(std::string_view line) {
    CountAnswer answer;
    RequestReader reader;
    if (line.size() > longest_line) {
        answer.outcome = CountError{"bad_request", "the line is longer than a million bytes"};
        return answer;
    }
    const auto json = read_json(std::make_shared<const SourceText>("request", std::string(line)));
    if (!json) {
        answer.outcome = CountError{"bad_json", json.diagnostics.items().front().message};
        return answer;
    }
    state_->read_id(*json, answer, reader);
    if (!reader.failed()) answer.request = state_->request_of(*json, reader);
    if (reader.failed()) {
        answer.outcome = reader.error();
        return answer;
    }
    CountResult result = count_period(answer.request);
    if (result.status == CountStatus::Ok) {
        for (const Zone* zone : {answer.request.zone, answer.request.clock_zone})
            if (const auto from = zone == nullptr ? std::nullopt : wrong_from(zone->name(), state_->world.zones->release()))
                result.old_zone_data = result.old_zone_data || result.maximum_bounds.latest >= *from;
        answer.outcome = std::move(result);
    } else {
        answer.outcome = as_error(result);
    }
    return answer;
}

}  // namespace duenotice
