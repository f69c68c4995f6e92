#include "rules/calendar_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "rules/attribute_value.h"

namespace duenotice {

namespace {

constexpr int first_listed_year = 1900;
constexpr int last_listed_year = 2399;

std::string_view trim(std::string_view text) {
    const auto from = text.find_first_not_of(' ');
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::vector<std::string_view> cells_of(std::string_view text, char by) {
    std::vector<std::string_view> result;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(by, at), text.size());
        if (const auto part = trim(text.substr(at, end - at)); !part.empty() || by != ' ') result.push_back(part);
        at = end + 1;
    }
    return result;
}

std::optional<int> year_of(std::string_view text) {
    int year = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), year);
    if (text.size() != 4 || read.ptr != text.data() + text.size() || year < first_listed_year || year > last_listed_year) return {};
    return year;
}

std::optional<YearRange> years_of(std::string_view text) {
    if (text.size() != 9 || text[4] != '-') return {};
    const auto from = year_of(text.substr(0, 4)), until = year_of(text.substr(5));
    if (!from || !until || *until < *from) return {};
    return YearRange{*from, *until};
}

class ListParser {
public:
    explicit ListParser(SourcePtr source) : source_(std::move(source)) {}

    Checked<std::vector<CalendarSpec>> read() {
        const std::string_view text = source_->text();
        if (const auto bad = first_invalid_utf8(text); bad != std::string_view::npos) {
            diagnostics_.error("DN0630", {source_, bad, bad + 1}, "this is not UTF-8");
            return {{}, std::move(diagnostics_)};
        }
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            span_ = {source_, at, end};
            line(text.substr(at, end - at));
            at = end + 1;
        }
        finish();
        if (calendars_.empty() && !diagnostics_.has_errors()) wrong("there is no calendar in this file", "a calendar begins with `calendar ID`");
        if (diagnostics_.has_errors()) return {{}, std::move(diagnostics_)};
        return {std::move(calendars_), std::move(diagnostics_)};
    }

private:
    void wrong(std::string message, std::string help = {}) { diagnostics_.error("DN0630", span_, std::move(message), std::move(help)); }

    void line(std::string_view text) {
        if (text.empty() || text.front() == '#') return;
        if (text.find('|') != std::string_view::npos && !text.starts_with("note ") && !text.starts_with("title ")) return days(text);
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, space), rest = trim(text.substr(space));
        if (word == "calendar") return begin(rest);
        if (calendars_.empty()) return wrong("the file does not begin with a calendar", "a calendar begins with `calendar ID`");
        header(word, rest);
    }

    void begin(std::string_view id) {
        finish();
        calendars_.emplace_back();
        CalendarSpec& calendar = calendars_.back();
        calendar.id = id;
        calendar.span = span_;
        calendar.purpose = "public";
        calendar.confirmed.emplace();
        if (!is_law_id(calendar.id)) wrong(fmt::format("`{}` is not an id", id), "letters, digits, `.`, `_`, `-`");
        for (std::size_t i = 0; i + 1 < calendars_.size(); ++i) {
            if (calendars_[i].id == calendar.id) wrong(fmt::format("the calendar `{}` stands twice in this file", id));
        }
    }

    void header(std::string_view word, std::string_view rest) {
        CalendarSpec& calendar = calendars_.back();
        if (word == "title") calendar.title = rest;
        else if (word == "place") calendar.place = rest;
        else if (word == "note") calendar.note = rest;
        else if (word == "weekend") weekend(rest);
        else if (word == "include") include(rest);
        else if (word == "parts") for (const auto part : cells_of(rest, ' ')) calendar.parts.emplace_back(part);
        else if (word == "checked") {
            const auto day = Date::parse(rest);
            day ? void(calendar.checked = *day) : wrong(fmt::format("`{}` is not a day", rest), "write it as YYYY-MM-DD");
        } else if (word == "years" || word == "without" || word == "confirmed") {
            const auto years = years_of(rest);
            if (!years) return wrong(fmt::format("`{}` is no span of years", rest), "write it as 2015-2040");
            if (word == "confirmed") calendar.confirmed->push_back(*years);
            if (word == "without") calendar.told_elsewhere = *years;
            if (word == "years") calendar.from_year = years->from, calendar.until_year = years->until;
        } else {
            wrong(fmt::format("`{}` is not a line of a calendar", word), "known here: title, place, years, without, confirmed, checked, include, parts, note, weekend, and `KIND | DATES | NAME`");
        }
    }

    void weekend(std::string_view text) {
        WeekendSpec result;
        for (const auto word : cells_of(text, ' ')) {
            if (const auto dots = word.find(".."); dots != std::string_view::npos) {
                result.range.from = Date::parse(word.substr(0, dots));
                result.range.until = Date::parse(word.substr(dots + 2));
                if ((dots > 0 && !result.range.from) || (dots + 2 < word.size() && !result.range.until)) wrong(fmt::format("`{}` is no span of days", word), "write it as 2022-01-01..2023-01-01, or leave one out");
            } else if (const auto day = parse_weekday(word)) {
                result.days = static_cast<WeekdaySet>(result.days | weekday_bit(*day));
            } else {
                wrong(fmt::format("`{}` is not a day of the week", word), "Mon, Tue, Wed, Thu, Fri, Sat or Sun");
            }
        }
        calendars_.back().weekends.push_back(result);
    }

    void include(std::string_view id) {
        const auto found = std::find_if(calendars_.begin(), calendars_.end() - 1, [&](const CalendarSpec& each) { return each.id == id; });
        if (found == calendars_.end() - 1) return wrong(fmt::format("there is no calendar `{}` above to include", id));
        CalendarSpec& calendar = calendars_.back();
        calendar.listed = found->listed;
        calendar.half = found->half;
        calendar.worked = found->worked;
        calendar.noted = found->noted;
    }

    void days(std::string_view text) {
        if (calendars_.empty()) return wrong("the file does not begin with a calendar", "a calendar begins with `calendar ID`");
        const auto cells = cells_of(text, '|');
        const std::string_view kind = cells.front().substr(0, cells.front().find(' '));
        const bool moved = cells.front() != kind;
        if (cells.size() < 3 || cells.size() > 4 || cells[2].empty() || (moved && cells.front().substr(kind.size()) != " moved")) {
            return wrong("this is not a line of days", "write it as KIND | DATES | NAME, or KIND moved | DATES | NAME | LOCAL NAME");
        }
        std::string name(cells[2]);
        if (cells.size() == 4) name += fmt::format(" ({})", cells[3]);
        CalendarSpec& calendar = calendars_.back();
        std::vector<DaySpec>* into = kind == "public" ? &calendar.listed : kind == "half" ? &calendar.half : kind == "work" ? &calendar.worked : kind == "bank" || kind == "optional" ? &calendar.noted : nullptr;
        if (into == nullptr) return wrong(fmt::format("`{}` is no kind of day", kind), "one of: public, bank, half, work, optional");
        if (into == &calendar.noted) name = fmt::format("{}: {}", kind, name);
        for (const auto word : cells_of(cells[1], ' ')) dates(word, name, *into);
    }

    /// `2026-04-03`, `~2026-04-03`, `12-25@2015-2040`.
    void dates(std::string_view word, const std::string& name, std::vector<DaySpec>& into) {
        DaySpec day;
        day.name = name;
        day.span = span_;
        day.estimated = word.starts_with('~');
        if (day.estimated) word.remove_prefix(1);
        if (word.size() == 15 && word[5] == '@') {
            const auto years = years_of(word.substr(6));
            for (int year = years ? years->from : 1; years && year <= years->until; ++year) {
                const auto date = Date::parse(fmt::format("{}-{}", year, word.substr(0, 5)));
                if (!date) return wrong(fmt::format("`{}` is not a day of {}", word.substr(0, 5), year));
                day.day = *date;
                into.push_back(day);
            }
            if (years) return;
        } else if (const auto date = Date::parse(word)) {
            day.day = *date;
            into.push_back(day);
            return;
        }
        wrong(fmt::format("`{}` is not a day", word), "write it as YYYY-MM-DD, or MM-DD@2015-2040 for each of these years");
    }

    /// What every calendar must say.
    void finish() {
        if (calendars_.empty()) return;
        CalendarSpec& calendar = calendars_.back();
        const auto missing = [&](std::string_view what) { diagnostics_.error("DN0630", calendar.span, fmt::format("the calendar `{}` does not say its {}", calendar.id, what)); };
        if (calendar.title.empty()) missing("title");
        if (calendar.place.empty()) missing("place");
        if (calendar.until_year < calendar.from_year) missing("years");
        if (calendar.weekends.empty()) missing("weekend");
        calendar.grade = calendar.confirmed->empty() ? 'U' : 'S';
        calendar.source = source_->name();
        for (const YearRange& years : *calendar.confirmed) {
            if (years.from < calendar.from_year || years.until > calendar.until_year) diagnostics_.error("DN0630", calendar.span, fmt::format("the calendar `{}` confirms years that it does not cover", calendar.id));
        }
    }

    SourcePtr source_;
    Span span_;
    std::vector<CalendarSpec> calendars_;
    Diagnostics diagnostics_;
};

bool tells(const CalendarSpec& calendar, int year) {
    if (year < calendar.from_year || year > calendar.until_year) return false;
    return !calendar.told_elsewhere || year < calendar.told_elsewhere->from || year > calendar.told_elsewhere->until;
}

void take_days(std::vector<DaySpec>& into, std::vector<DaySpec>& from) {
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Checked<std::vector<CalendarSpec>> parse_calendar_list(SourcePtr source) {
    return ListParser(std::move(source)).read();
}

Checked<CalendarSpec> join_calendars(std::vector<CalendarSpec> parts) {
    Checked<CalendarSpec> result;
    std::sort(parts.begin(), parts.end(), [](const CalendarSpec& a, const CalendarSpec& b) { return a.from_year > b.from_year; });
    int from = last_listed_year, until = first_listed_year;
    for (const CalendarSpec& part : parts) from = std::min(from, part.from_year), until = std::max(until, part.until_year);
    for (int year = from; year <= until; ++year) {
        const auto told = std::count_if(parts.begin(), parts.end(), [&](const CalendarSpec& part) { return tells(part, year); });
        if (told == 1) continue;
        result.diagnostics.error("DN0631", parts.front().span, fmt::format("the calendar `{}` is told {} for {}", parts.front().id, told == 0 ? "by no file" : "by more than one file", year));
        return result;
    }
    CalendarSpec joined = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
        take_days(joined.listed, parts[i].listed);
        take_days(joined.half, parts[i].half);
        take_days(joined.worked, parts[i].worked);
        take_days(joined.noted, parts[i].noted);
        joined.confirmed->insert(joined.confirmed->end(), parts[i].confirmed->begin(), parts[i].confirmed->end());
        joined.parts.insert(joined.parts.end(), parts[i].parts.begin(), parts[i].parts.end());
        joined.source += ", " + parts[i].source;
        if (joined.note != parts[i].note) joined.note += (joined.note.empty() || parts[i].note.empty() ? "" : " ") + parts[i].note;
    }
    joined.from_year = from;
    joined.until_year = until;
    joined.told_elsewhere.reset();
    joined.grade = joined.confirmed->empty() ? 'U' : 'S';
    result.value = std::move(joined);
    return result;
}

Checked<std::vector<CalendarRow>> parse_calendar_index(SourcePtr source) {
    Checked<std::vector<CalendarRow>> result;
    std::vector<CalendarRow> rows;
    const std::string_view text = source->text();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const auto cells = cells_of(text.substr(at, end - at), ',');
        if (cells.size() != 5) result.diagnostics.error("DN0630", {source, at, end}, "this is not a row of the index of calendars", "id,file,place,years,confirmed");
        else if (at > 0) rows.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(cells[3]), std::string(cells[4])});
        at = end + 1;
    }
    std::stable_sort(rows.begin(), rows.end(), [](const CalendarRow& a, const CalendarRow& b) { return a.id < b.id; });
    if (!result.diagnostics.has_errors()) result.value = std::move(rows);
    return result;
}

}  // namespace duenotice
