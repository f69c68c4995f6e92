// `duenotice law calendar`: what a calendar says of a year, where two differ, and the working days about a date.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "rules/suggest.h"
#include "tools/commands.h"

namespace duenotice {

namespace {

std::string day_words(Date day) { return fmt::format("{} {}", weekday_name(day.weekday()), day.iso()); }
std::string years_words(Date first, Date last) { return fmt::format("{} to {}", first.ymd().year, last.ymd().year); }

/// The calendar, or null with the reason and what to do on `err`.
const Calendar* named(Session& session, const std::string& id, std::ostream& err) {
    if (const Calendar* found = session.calendar(id)) return found;
    std::vector<std::string> known = session.calendar_ids();
    for (const CalendarRow& row : session.imported().rows()) known.push_back(row.id);
    const std::string near = nearest(id, known);
    err << "duenotice: there is no calendar `" << id << "`\nhelp: `duenotice law calendar list` names all" << (near.empty() ? "" : "; did you mean `" + near + "`?") << "\n";
    return nullptr;
}

/// Nothing to say beyond the covered years.
bool beyond(const Calendar& calendar, int year, std::ostream& err) {
    if (calendar.first_day().ymd().year <= year && year <= calendar.last_day().ymd().year) return false;
    err << fmt::format("duenotice: the calendar `{}` covers {}; {} is beyond it\nhelp: what lies beyond a calendar is never guessed\n", calendar.id(), years_words(calendar.first_day(), calendar.last_day()), year);
    return true;
}

std::string confirmed_words(const CalendarSpec& spec) {
    if (!spec.confirmed) return "all years";
    std::string text;
    for (const YearRange& range : *spec.confirmed) text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", range.from, range.until);
    return (text.empty() ? std::string("no year") : text) + "; days of other years count as estimates";
}

std::string weekend_words(const CalendarSpec& spec) {
    std::string text;
    for (const WeekendSpec& weekend : spec.weekends) {
        std::string days;
        for (int i = 0; i < 7; ++i)
            if ((weekend.days & weekday_bit(static_cast<Weekday>(i))) != 0) days += fmt::format("{}{}", days.empty() ? "" : " ", weekday_name(static_cast<Weekday>(i)));
        text += (text.empty() ? "" : "; ") + (days.empty() ? std::string("none") : days);
        if (weekend.range.from) text += " from " + weekend.range.from->iso();
        if (weekend.range.until) text += " before " + weekend.range.until->iso();
    }
    return text;
}

bool year_confirmed(const CalendarSpec& spec, int year) {
    return !spec.confirmed || std::any_of(spec.confirmed->begin(), spec.confirmed->end(), [&](const YearRange& range) { return range.from <= year && year <= range.until; });
}

/// What a day is, when it is worth a line: a holiday, a half day, a worked weekend.
std::string kind_of(const Calendar& calendar, Date day) {
    if (calendar.is_holiday(day)) return calendar.is_weekend(day) ? "off, weekend" : "off";
    if (calendar.is_half_day(day)) return "half day";
    const auto& worked = calendar.spec().worked;
    if (std::any_of(worked.begin(), worked.end(), [&](const DaySpec& each) { return each.day == day; })) return "worked";
    return {};
}

/// Imported files by their path below `_calendars/`; an address as it is.
std::string source_words(std::string source) {
    for (std::size_t at = source.find("_calendars/"); at != std::string::npos; at = source.find("_calendars/", at)) {
        const std::size_t comma = source.rfind(", ", at);
        const std::size_t from = comma == std::string::npos ? 0 : comma + 2;
        source.erase(from, at + 11 - from);
        at = from;
    }
    return source;
}

void show_head(const Calendar& calendar, std::ostream& out) {
    const CalendarSpec& spec = calendar.spec();
    out << fmt::format("{}: {} ({}, {})\n", spec.id, spec.title, spec.place, spec.purpose);
    out << fmt::format("  covers     {}\n  confirmed  {}\n  weekend    {}\n", years_words(calendar.first_day(), calendar.last_day()), confirmed_words(spec), weekend_words(spec));
    out << fmt::format("  source     {}\n  read       {}, grade {}\n", source_words(spec.source), spec.checked.iso(), spec.grade);
    if (!spec.note.empty()) out << "  note       " << spec.note << "\n";
    if (spec.parts.empty()) return;
    out << "  parts      days differ by part; this calendar holds only those of all:\n            ";
    for (const std::string& part : spec.parts) out << " " << part;
    out << "\n";
}

int show(Session& session, const CalendarOptions& options, std::ostream& out, std::ostream& err) {
    const Calendar* calendar = named(session, options.id, err);
    if (calendar == nullptr) return exit_code::usage;
    const int year = options.year != 0 ? options.year : Date::from_days(static_cast<std::int32_t>(session.options().as_of.seconds / 86400)).ymd().year;
    if (beyond(*calendar, year, err)) return exit_code::usage;
    show_head(*calendar, out);
    const Date first = *Date::from_ymd(year, 1, 1), end = *Date::from_ymd(year + 1, 1, 1);
    out << fmt::format("\n{}: {} working days{}\n", year, calendar->count(first, end).value_or(0), year_confirmed(calendar->spec(), year) ? "" : ", not confirmed");
    for (Date day = first; day < end; day = day.plus_days(1)) {
        const std::string kind = kind_of(*calendar, day);
        const bool estimated = calendar->is_estimated(day) && year_confirmed(calendar->spec(), year);
        if (!kind.empty()) out << fmt::format("  {}  {:<12}  {}{}\n", day_words(day), kind, calendar->name(day), estimated ? "  (estimated)" : "");
        for (const DaySpec& noted : calendar->spec().noted)
            if (noted.day == day) out << fmt::format("  {}  {:<12}  {}\n", day_words(day), "working", noted.name);
    }
    return exit_code::done;
}

int diff(Session& session, const CalendarOptions& options, std::ostream& out, std::ostream& err) {
    if (named(session, options.id, err) == nullptr || named(session, options.other, err) == nullptr) return exit_code::usage;
    const Calendar& a = *session.calendar(options.id);
    const Calendar& b = *session.calendar(options.other);
    if (options.year != 0 && (beyond(a, options.year, err) || beyond(b, options.year, err))) return exit_code::usage;
    const Date first = options.year != 0 ? *Date::from_ymd(options.year, 1, 1) : std::max(a.first_day(), b.first_day());
    const Date last = options.year != 0 ? *Date::from_ymd(options.year, 12, 31) : std::min(a.last_day(), b.last_day());
    if (last < first) {
        err << fmt::format("duenotice: `{}` covers {} and `{}` {}: no year in common\n", a.id(), years_words(a.first_day(), a.last_day()), b.id(), years_words(b.first_day(), b.last_day()));
        return exit_code::usage;
    }
    std::size_t differences = 0;
    for (Date day = first; day <= last; day = day.plus_days(1)) {
        if (a.is_weekend(day) && b.is_weekend(day)) continue;
        const bool works_a = a.is_working(day) == Working::Yes, works_b = b.is_working(day) == Working::Yes;
        if (works_a == works_b) continue;
        ++differences;
        const Calendar& off = works_a ? b : a;
        out << fmt::format("{}  off in {} only: {}{}\n", day_words(day), off.id(), off.reason_off(day, OffDays::WeekendAndHolidays), a.is_estimated(day) || b.is_estimated(day) ? "  (not confirmed)" : "");
    }
    out << fmt::format("{} {} in {}\n", differences, differences == 1 ? "difference" : "differences", years_words(first, last));
    return exit_code::done;
}

int next(Session& session, const CalendarOptions& options, std::ostream& out, std::ostream& err) {
    const auto day = Date::parse(options.day);
    if (!day) {
        err << "duenotice: `" << options.day << "` is not a day\nhelp: write it as YYYY-MM-DD\n";
        return exit_code::usage;
    }
    const Calendar* calendar = named(session, options.id, err);
    if (calendar == nullptr || beyond(*calendar, day->ymd().year, err)) return exit_code::usage;
    const bool works = calendar->is_working(*day) == Working::Yes;
    const std::string_view name = works ? calendar->name(*day) : calendar->reason_off(*day, OffDays::WeekendAndHolidays);
    out << fmt::format("{}  {}{}\n", day_words(*day), works ? calendar->is_half_day(*day) ? "half day" : "working day" : "off", name.empty() ? "" : fmt::format(": {}", name));
    const auto line = [&](const char* what, std::int64_t steps) {
        const auto found = calendar->advance(*day, steps);
        out << fmt::format("{:<23} {}\n", what, found ? day_words(*found) : "beyond the calendar");
        return found.value_or(*day);
    };
    const Date before = line("working day before", -1), after = line("working day after", 1);
    if (calendar->has_estimate(before, after)) out << "Not confirmed: a day here is estimated, so that the dates may move.\n";
    return exit_code::done;
}

int list(Session& session, const CalendarOptions& options, std::ostream& out, std::ostream& err) {
    session.load_all_calendars();
    std::string prefix = options.id;
    for (char& letter : prefix) letter = letter == '-' ? '.' : letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    const auto wanted = [&](const std::string& id) { return prefix.empty() || id == prefix || id.starts_with(prefix + "."); };
    std::vector<std::string> lines;
    for (const auto& calendar : session.world().calendars->calendars)
        if (wanted(calendar->id())) lines.push_back(fmt::format("{:<28} {:<13} {}", calendar->id(), years_words(calendar->first_day(), calendar->last_day()), calendar->title()));
    for (const CalendarRow& row : session.imported().rows()) {
        if (!wanted(row.id)) continue;
        const bool overruled = session.world().calendars->find(row.id) != nullptr;
        lines.push_back(fmt::format("{:<28} {:<13} {} {}", overruled ? row.file.substr(0, row.file.find('/')) + ":" + row.id : row.id, row.years.substr(0, 4) + " to " + row.years.substr(5), row.place, row.confirmed.empty() ? "imported, not confirmed" : "imported, confirmed " + row.confirmed));
    }
    if (lines.empty()) {
        err << "duenotice: there is no calendar of `" << options.id << "`\nhelp: a place is an ISO 3166 code: DE, GB-SCT\n";
        return exit_code::usage;
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) out << line << "\n";
    return exit_code::done;
}

}  // namespace

int run_law_calendar(Session& session, const CalendarOptions& calendar, std::ostream& out, std::ostream& err) {
    if (calendar.what == "list") return list(session, calendar, out, err);
    if (calendar.what == "diff") return diff(session, calendar, out, err);
    if (calendar.what == "next") return next(session, calendar, out, err);
    return show(session, calendar, out, err);
}

}  // namespace duenotice
