#include "tools/spoken_moment.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "reports/wording.h"
#include "rules/number.h"
#include "tools/words.h"

namespace duenotice {

namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 12> months = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
constexpr std::array<std::string_view, 12> fillers = {"at", "on", "the", "in", "oclock", "o'clock", "time", "local", "of", "this", "hours", "h"};
constexpr std::array<std::string_view, 12> rough_words = {"about", "around", "approximately", "approx", "approx.", "roughly", "circa", "ca", "ca.", "some", "shortly", "perhaps"};
constexpr std::string_view example = "for example 22:14, yesterday 18:05, Fri 20 Nov 22:14, last night around 11";

enum class Tense : std::uint8_t { Past, Future };

bool listed(std::span<const std::string_view> names, const std::string& word) { return std::find(names.begin(), names.end(), word) != names.end(); }

/// Which name of a list begins with the word; at least three letters.
std::optional<int> index_of(std::span<const std::string_view> names, const std::string& word) {
    if (word.size() < 3) return {};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i].starts_with(word)) return static_cast<int>(i);
    return {};
}

/// Digits, leading zeros allowed.
std::optional<int> digits(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value;
}

/// `22:14`, `22:14:05`, `22h14`, `23.40`: seconds of the day; `24:00` is 86,400. `20.11` may be a day and is not read.
std::optional<int> clock_seconds(const std::string& text) {
    const std::size_t mark = text.find_first_of(":h.");
    if (mark == std::string::npos) return {};
    const std::string_view rest = std::string_view(text).substr(mark + 1);
    const auto hour = digits(std::string_view(text).substr(0, mark), 2), minute = digits(rest.substr(0, 2), 2);
    if (!hour || !minute || rest.size() < 2 || *minute > 59 || *hour > 24 || (*hour == 24 && *minute != 0)) return {};
    if (text[mark] == '.' && *minute <= 12) return {};
    if (rest.size() == 2) return *hour * 3600 + *minute * 60;
    const auto second = rest.size() == 5 && rest[2] == ':' ? digits(rest.substr(3), 2) : std::nullopt;
    return second && *second < 60 && *hour < 24 ? std::optional(*hour * 3600 + *minute * 60 + *second) : std::nullopt;
}

std::optional<int> offset_seconds(const std::string& word) {
    if (word.size() != 6 || (word[0] != '+' && word[0] != '-') || word[3] != ':') return {};
    const auto hours = digits(std::string_view(word).substr(1, 2), 2), minutes = digits(std::string_view(word).substr(4, 2), 2);
    if (!hours || !minutes || *hours > 15 || *minutes > 59) return {};
    return (word[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

/// What one moment was read as, on which clock.
struct Reading {
    std::optional<Instant> at;
    std::optional<Date> day;  ///< a whole day, without a time
    const Zone* zone = nullptr;
    bool rough = false, day_given = false;
    std::string problem;
};

class MomentReader {
public:
    MomentReader(const AnswerClock& clock, Tense tense, std::optional<Date> on = {}) : clock_(clock), zone_(&clock.zone), tense_(tense), on_(on) {}

    Reading read(const std::string& text) {
        reading_.zone = zone_;
        if ((reading_.at = parse_instant(text))) {
            reading_.day_given = true;
            return checked();
        }
        std::string plain = lower(text);
        std::replace(plain.begin(), plain.end(), ',', ' ');
        Words words = split(plain, ' ');
        for (std::string& word : words)
            if (word.size() > 1 && word.front() == '~') {
                reading_.rough = true;
                word.erase(0, 1);
            }
        reading_.rough = std::erase_if(words, [](const std::string& word) { return listed(rough_words, word); }) > 0 || reading_.rough;
        if (ago(words)) return checked();
        std::erase_if(words, [](const std::string& word) { return listed(fillers, word); });
        if (!understood(words) && reading_.problem.empty()) other_clock(words);
        return checked();
    }

private:
    /// The last words name the clock: `06:50 singapore`, `22:14 +08:00`, `02:30 cest`.
    void other_clock(const Words& words) {
        const Reading before = reading_;
        for (std::size_t count = 1; count <= 3 && count < words.size(); ++count) {
            const Words rest(words.begin(), words.end() - static_cast<std::ptrdiff_t>(count));
            const std::string named = joined(Words(words.end() - static_cast<std::ptrdiff_t>(count), words.end()));
            offset_ = count == 1 ? offset_seconds(named) : std::nullopt;
            abbreviation_ = count == 1 ? named : std::string();
            if (!offset_) {
                const bool is_ours = count == 1 && is_abbreviation(named);  // CET is also the name of a zone
                const Zone* zone = is_ours || clock_.words == nullptr ? nullptr : clock_.words->find(named);
                if (zone != nullptr) zone_ = zone, abbreviation_.clear();
                else if (!is_ours) continue;
            }
            reading_.zone = zone_;
            if (understood(rest) || !reading_.problem.empty()) return;
            zone_ = &clock_.zone;
            reading_ = before;
        }
        reading_.problem = "this is no time or day that can be read; " + std::string(example);
    }

    bool is_abbreviation(const std::string& word) const {
        for (std::int64_t months_back = 0; months_back < 12; ++months_back)
            if (lower(std::string(zone_->local(clock_.now.plus_seconds(-months_back * 30 * 86400)).abbreviation)) == word) return true;
        return false;
    }

    bool fail(std::string problem) {
        reading_.problem = std::move(problem);
        return false;
    }

    bool understood(Words words) {
        if (words.empty()) return false;
        if (std::find(words.begin(), words.end(), "midnight") != words.end()) return fail("midnight belongs to two days; write 00:00 or 24:00 with its day");
        take_part_of_day(words);
        std::optional<int> seconds = take_clock(words);
        if (!reading_.problem.empty()) return false;
        const auto order = std::find_if(words.begin(), words.end(), [](const std::string& word) { return word == "first" || word == "second"; });
        if (order != words.end()) {
            order_ = *order;
            words.erase(order);
        }
        if (words.empty() && !last_night_) return seconds && without_day(*seconds);
        if (words.empty()) return seconds ? last_night(*seconds) : fail("at what time last night? " + std::string(example));
        const std::optional<Date> day = day_in(words);
        if (!day) return false;
        reading_.day_given = true;
        if (!seconds) {
            if (!part_.empty()) return fail("at what time? A range will do: 18:00 to 24:00");
            reading_.day = day;
            return true;
        }
        return on_day(*day, *seconds) && weekday_before_now(words, *seconds, *day);
    }

    /// `2 hours ago`, `half an hour ago`, `now`.
    bool ago(const Words& words) {
        if (words == Words{"now"} || words == Words{"just", "now"}) {
            reading_.at = clock_.now;
            return true;
        }
        if (words.size() < 3 || words.back() != "ago") return false;
        const bool half = words.front() == "half";
        const std::string unit = words[words.size() - 2];
        const auto count = words.front() == "a" || words.front() == "an" || half ? std::optional(1) : digits(words.front(), 3);
        const int length = unit.starts_with("min") ? 60 : unit.starts_with("hour") ? 3600 : unit.starts_with("day") ? 86400 : 0;
        if (!count || length == 0) return false;
        reading_.at = clock_.now.plus_seconds(-std::int64_t{*count} * length / (half ? 2 : 1));
        reading_.rough = true;
        return true;
    }

    /// `last night`, `tonight`, `yesterday evening`: what a bare hour means, and which day.
    void take_part_of_day(Words& words) {
        for (auto word = words.begin(); word != words.end(); ++word) {
            if (*word == "tonight") part_ = "night";
            else if (*word == "morning" || *word == "afternoon" || *word == "evening" || *word == "night") part_ = *word;
            else continue;
            last_night_ = *word == "night" && word != words.begin() && *(word - 1) == "last";
            today_ = !last_night_ && *word != "tonight" && words.size() <= 2;
            word = words.erase(word);
            if (last_night_) words.erase(word - 1);
            return;
        }
    }

    std::optional<int> take_clock(Words& words) {
        for (auto word = words.begin(); word != words.end(); ++word) {
            std::string half;
            std::string time = *word;
            const auto next = word + 1;
            if (next != words.end() && (next->starts_with("am") || next->starts_with("pm") || *next == "a.m." || *next == "p.m.")) half = (*next)[0] == 'a' ? "am" : "pm";
            const bool two_words = !half.empty();
            if (half.empty() && time.size() > 2 && (time.ends_with("am") || time.ends_with("pm"))) {
                half = time.substr(time.size() - 2);
                time.resize(time.size() - 2);
            }
            if (time == "noon") time = "12:00";
            auto seconds = clock_seconds(time);
            const auto hour = digits(time, 2);
            const bool bare = !seconds && hour && *hour <= 24 && (!half.empty() || (!part_.empty() && is_bare_hour(words, word)));
            if (bare) seconds = *hour * 3600;
            if (!seconds) continue;
            words.erase(word, two_words ? next + 1 : next);
            return in_half(*seconds, half, bare);
        }
        for (auto word = words.begin(); word != words.end(); ++word)
            if (is_bare_hour(words, word) && digits(*word, 2).value_or(99) <= 24)
                reading_.problem = fmt::format("`{0}` may be {0}:00 or another hour; write it with minutes, such as {0}:00 or {1}:00", *word, digits(*word, 2).value_or(0) % 12 + 12);
        return {};
    }

    /// A number that no name of a month stands beside.
    static bool is_bare_hour(const Words& words, Words::const_iterator at) {
        if (!digits(*at, 2)) return false;
        const auto is_month = [&](Words::const_iterator word) { return index_of(months, *word).has_value(); };
        return !(at != words.begin() && is_month(at - 1)) && !(at + 1 != words.end() && is_month(at + 1));
    }

    std::optional<int> in_half(int seconds, const std::string& half, bool bare) {
        const int hour = seconds / 3600;
        if (!half.empty()) {
            if (hour == 0 || hour > 12) {
                reading_.problem = "the hours before `am` and `pm` go from 1 to 12";
                return {};
            }
            return seconds % 3600 + (hour % 12 + (half == "pm" ? 12 : 0)) * 3600;
        }
        if (part_ == "night" && hour >= 6 && hour < 12) return seconds + 12 * 3600;
        if (part_ == "night" && bare && hour == 12) return 0;
        if ((part_ == "evening" || part_ == "afternoon") && hour < 12) return seconds + 12 * 3600;
        return seconds;
    }

    bool on_day(Date day, int seconds) {
        if (seconds == 86400) return on_day(day.plus_days(1), 0);
        if (part_ == "night" && seconds < 6 * 3600) day = day.plus_days(1);
        if (offset_) {
            reading_.at = Instant{std::int64_t{day.days_since_1970()} * 86400 + seconds - *offset_};
            return true;
        }
        const ResolvedLocal first = zone_->resolve(day, seconds, {GapPolicy::InstantOfChange, OverlapPolicy::Earlier});
        if (first.kind == ResolvedLocal::Kind::Gap) return fail(fmt::format("the clock in {} never showed {:02}:{:02} on {}: it was put forward then", zone_city(zone_->name()), seconds / 3600, seconds / 60 % 60, date_words(day)));
        reading_.at = first.instant;
        return first.kind == ResolvedLocal::Kind::Unique ? is_then(first.instant) : shown_twice(day, seconds, first.instant);
    }

    /// `14:00 CET` in summer: an hour hangs on what is meant.
    bool is_then(Instant at) {
        const std::string then(zone_->local(at).abbreviation);
        if (abbreviation_.empty() || lower(then) == abbreviation_) return true;
        reading_.at.reset();
        return fail(fmt::format("the clock in {} showed {} then; write {}, or an offset such as +01:00", zone_city(zone_->name()), then, then));
    }

    /// The clock was put back: `first`, `second`, the abbreviation or an offset says which.
    bool shown_twice(Date day, int seconds, Instant first) {
        const Instant second = zone_->resolve(day, seconds, {GapPolicy::InstantOfChange, OverlapPolicy::Later}).instant;
        if (order_ == "first" || lower(std::string(zone_->local(first).abbreviation)) == abbreviation_) return true;
        if (order_ == "second" || lower(std::string(zone_->local(second).abbreviation)) == abbreviation_) {
            reading_.at = second;
            return true;
        }
        const std::string time = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
        reading_.at.reset();
        return fail(fmt::format("the clock in {0} showed {1} twice on {2}, as it was put back; add `first` ({3}) or `second` ({4})", zone_city(zone_->name()), time, date_words(day),
                                zone_->local(first).abbreviation, zone_->local(second).abbreviation));
    }

    bool without_day(int seconds) {
        const Date today = on_ ? *on_ : zone_->date(clock_.now);
        if (on_) return on_day(today, seconds);
        if (today_ && tense_ == Tense::Past) return reading_.day_given = true, on_day(today, seconds);
        if (!on_day(today, seconds)) return false;
        const bool wrong_side = tense_ == Tense::Past ? *reading_.at > clock_.now : *reading_.at <= clock_.now;
        return !wrong_side || on_day(today.plus_days(tense_ == Tense::Past ? -1 : 1), seconds);
    }

    bool last_night(int seconds) {
        reading_.day_given = true;
        const Date yesterday = zone_->date(clock_.now).plus_days(-1);
        if (!on_day(yesterday, seconds)) return false;
        return *reading_.at <= clock_.now || on_day(yesterday.plus_days(-1), seconds);
    }

    /// `Friday 23:40` on a Friday before that time is the Friday before.
    bool weekday_before_now(const Words& words, int seconds, Date day) {
        if (words.size() != 1 || !index_of(weekdays, words.front()) || tense_ == Tense::Future || *reading_.at <= clock_.now) return true;
        return on_day(day.plus_days(-7), seconds);
    }

public:
    /// `20 Nov 2026`, `November 20`, `20.11.2026`, `2026-11-20`, `today`; a weekday before it must be the right one.
    std::optional<Date> day_in(Words words) {
        const Date today = zone_->date(clock_.now);
        if (words.size() > 1 && words.front() == "last") words.erase(words.begin());
        std::optional<int> weekday;
        if (index_of(weekdays, words.front())) {
            weekday = index_of(weekdays, words.front());
            words.erase(words.begin());
        }
        if (words.empty()) return on_weekday(today, *weekday);
        std::optional<Date> day;
        if (words.size() == 1) day = one_word_day(words.front(), today);
        else if (words.size() <= 3) day = named_month(words, today);
        if (!day || !weekday || static_cast<int>(day->weekday()) == *weekday) return day;
        reading_.problem = fmt::format("{} was a {}", day->iso(), weekday_short(*day));
        return {};
    }

private:
    Date on_weekday(Date today, int weekday) const {
        const int back = (static_cast<int>(today.weekday()) - weekday + 7) % 7;
        return tense_ == Tense::Past ? today.plus_days(-back) : today.plus_days((7 - back) % 7);
    }

    std::optional<Date> one_word_day(const std::string& word, Date today) {
        if (word == "today") return today;
        if (word == "yesterday") return today.plus_days(-1);
        if (word == "tomorrow" && tense_ == Tense::Future) return today.plus_days(1);
        if (const auto day = Date::parse(word)) return day;
        if (word.find('/') != std::string::npos) {
            reading_.problem = "`" + word + "` may be read in two ways; write the month as a word: 20 Nov 2026";
            return {};
        }
        const Words parts = split(word, '.');
        if (parts.size() < 2 || parts.size() > 3) return {};
        if (parts.size() == 2 && word.back() != '.') {
            reading_.problem = "`" + word + "` may be a time or a day; write 20:11 for a time, 20 Nov for a day";
            return {};
        }
        const auto number = digits(parts[0], 2), month = digits(parts[1], 2);
        if (!number || !month || *month < 1) return {};
        return dated(*number, *month, parts.size() == 3 ? digits(parts[2], 4) : std::nullopt, today);
    }

    std::optional<Date> named_month(const Words& words, Date today) {
        auto number = digits(ordinal(words[0]), 2);
        auto month = index_of(months, words[1]);
        if (!number) {
            number = digits(ordinal(words[1]), 2);
            month = index_of(months, words[0]);
        }
        const auto year = words.size() == 3 ? digits(words[2], 4) : std::nullopt;
        if (!number || !month || (words.size() == 3 && !year)) return {};
        return dated(*number, *month + 1, year, today);
    }

    /// `20th` without its ending.
    static std::string ordinal(const std::string& word) {
        for (const std::string_view ending : {"st", "nd", "rd", "th", "."})
            if (word.size() > ending.size() && word.ends_with(ending) && word[0] >= '0' && word[0] <= '9') return word.substr(0, word.size() - ending.size());
        return word;
    }

    /// Without a year the last such day, or the next.
    std::optional<Date> dated(int number, int month, std::optional<int> year, Date today) {
        const auto made = [&](int in) { return Date::from_ymd(in, month, number); };
        if (year) return made(*year);
        const int now = today.ymd().year;
        const auto day = made(now);
        if (tense_ == Tense::Past) return day && *day > today ? made(now - 1) : day;
        return day && *day < today ? made(now + 1) : day;
    }

    Reading checked() {
        if (!reading_.problem.empty() || (!reading_.at && !reading_.day)) {
            if (reading_.problem.empty()) reading_.problem = "this is no time or day that can be read; " + std::string(example);
            reading_.at.reset();
            reading_.day.reset();
            return reading_;
        }
        const bool later = reading_.at ? *reading_.at > clock_.now : *reading_.day > zone_->date(clock_.now);
        if (tense_ == Tense::Past && later) reading_.problem = fmt::format("{} is still to come: it is now {} in {}", reading_.at ? local_words(*reading_.at, *zone_) : date_words(*reading_.day), local_words(clock_.now, *zone_), zone_city(zone_->name()));
        if (tense_ == Tense::Future && !later) reading_.problem = "that has passed";
        return reading_;
    }

    const AnswerClock& clock_;
    const Zone* zone_;
    Tense tense_;
    std::optional<Date> on_;
    std::optional<int> offset_;
    std::string part_, order_, abbreviation_;
    bool last_night_ = false, today_ = false;
    Reading reading_;
};

std::string value_of(const Reading& reading) { return "\"" + (reading.at ? iso_local(*reading.at, *reading.zone) : reading.day->iso()) + "\""; }

std::string words_of(const Reading& reading, const AnswerClock& clock) {
    if (!reading.at) return "some time on " + date_words(*reading.day);
    std::string text = local_words(*reading.at, *reading.zone) + " " + zone_city(reading.zone->name());
    if (reading.zone != &clock.zone) text += fmt::format(" = {} {}", local_words(*reading.at, clock.zone), zone_city(clock.zone.name()));
    return text;
}

SpokenMoment no_moment(std::string problem) { return {{}, {}, std::move(problem)}; }

SpokenMoment between(const std::string& first, const std::string& second, const AnswerClock& clock) {
    Reading from = MomentReader(clock, Tense::Past).read(first);
    Reading until = MomentReader(clock, Tense::Past).read(second);
    if (!from.day_given && until.day_given && until.at) from = MomentReader(clock, Tense::Past, until.zone->date(*until.at)).read(first);
    else if (from.at && !until.day_given) {
        const Date day = from.zone->date(*from.at);
        until = MomentReader(clock, Tense::Past, day).read(second);
        if (until.at && *until.at <= *from.at) until = MomentReader(clock, Tense::Past, day.plus_days(1)).read(second);
    }
    for (const Reading* reading : {&from, &until})
        if (!reading->problem.empty()) return no_moment(reading->problem);
    return {"{\"from\": " + value_of(from) + ", \"until\": " + value_of(until) + "}", words_of(from, clock) + " to " + words_of(until, clock), {}};
}

SpokenMoment one_sided(const std::string& text, const char* member, const char* word, const AnswerClock& clock) {
    const Reading reading = MomentReader(clock, Tense::Past).read(text);
    if (!reading.problem.empty()) return no_moment(reading.problem);
    return {std::string("{\"") + member + "\": " + value_of(reading) + "}", word + words_of(reading, clock), {}};
}

}  // namespace

SpokenMoment read_spoken_moment(const std::string& text, const AnswerClock& clock) {
    const std::string small = lower(text);
    if (small == "not yet" || small == "it has not" || small == "has not happened" || small == "not happened") return {"{\"not_yet\": true}", "has not happened yet", {}};
    if (small == "yes" || small == "happened") return {"{\"happened\": true}", "has happened, not known when", {}};
    if (const auto rest = after_word(text, "between"))
        if (const auto sides = two_sides(*rest, {" and ", " to "})) return between(sides->first, sides->second, clock);
    const auto from = after_word(text, "from");
    if (const auto sides = two_sides(from.value_or(text), {" to ", " until ", " till ", " - ", " – "})) return between(sides->first, sides->second, clock);
    for (const char* word : {"not later than", "before", "by"})
        if (const auto rest = after_word(text, word)) return one_sided(*rest, "until", "before ", clock);
    for (const char* word : {"not before", "after", "since", "from"})
        if (const auto rest = after_word(text, word)) return one_sided(*rest, "from", "not before ", clock);
    const Reading reading = MomentReader(clock, Tense::Past).read(text);
    if (!reading.problem.empty()) return no_moment(reading.problem);
    const bool rough = reading.rough && reading.at;
    return {rough ? "{\"value\": " + value_of(reading) + ", \"estimated\": true}" : value_of(reading), (rough ? "about " : "") + words_of(reading, clock), {}};
}

std::optional<Date> read_spoken_day(const std::string& text, const AnswerClock& clock) {
    const Reading reading = MomentReader(clock, Tense::Past).read(text);
    return reading.problem.empty() ? reading.day : std::nullopt;
}

std::optional<Instant> read_expected(const std::string& text, const AnswerClock& clock) {
    const Reading reading = MomentReader(clock, Tense::Future).read(text);
    if (!reading.problem.empty()) return {};
    return reading.at ? reading.at : std::optional(reading.zone->start_of_day(*reading.day).instant);
}

}  // namespace duenotice
