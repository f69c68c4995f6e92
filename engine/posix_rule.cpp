#include "engine/posix_rule.h"

#include "rules/date.h"

namespace duenotice {

namespace {

/// Reads the text from the left; every function leaves `ok` false when the text is not what it wants.
struct RuleReader {
    std::string_view text;
    bool ok = true;

    bool at_end() const { return text.empty(); }
    bool next_is(char c) const { return !text.empty() && text.front() == c; }
    bool accept(char c) {
        if (!next_is(c)) return false;
        text.remove_prefix(1);
        return true;
    }
    int number(int low, int high) {
        int value = 0;
        std::size_t digits = 0;
        while (digits < text.size() && digits < 4 && text[digits] >= '0' && text[digits] <= '9') {
            value = value * 10 + (text[digits] - '0');
            ++digits;
        }
        text.remove_prefix(digits);
        if (digits == 0 || value < low || value > high) ok = false;
        return value;
    }
    std::string name() {
        const bool quoted = accept('<');
        std::size_t length = 0;
        const auto belongs = [&](char c) {
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            return letter || (quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
        };
        while (length < text.size() && belongs(text[length])) ++length;
        std::string result(text.substr(0, length));
        text.remove_prefix(length);
        if (quoted && !accept('>')) ok = false;
        if (result.size() < 3) ok = false;
        return result;
    }
    /// `[+-]h[hh][:mm[:ss]]` in seconds.
    std::int32_t time(int hour_limit) {
        const bool negative = accept('-');
        if (!negative) accept('+');
        std::int32_t seconds = number(0, hour_limit) * 3600;
        if (accept(':')) seconds += number(0, 59) * 60;
        if (accept(':')) seconds += number(0, 59);
        return negative ? -seconds : seconds;
    }
    YearlyChange change() {
        YearlyChange result;
        if (accept('M')) {
            result.month = number(1, 12);
            if (!accept('.')) ok = false;
            result.week = number(1, 5);
            if (!accept('.')) ok = false;
            result.weekday = number(0, 6);
        } else if (accept('J')) {
            result.form = YearlyChange::Form::DayWithoutLeap;
            result.day = number(1, 365);
        } else {
            result.form = YearlyChange::Form::DayWithLeap;
            result.day = number(0, 365);
        }
        if (accept('/')) result.time = time(167);
        return result;
    }
};

/// Days since 1970 of a day of any year, also outside the range of Date.
std::int64_t day_number(std::int64_t year, int month, int day) {
    // INVARIANT: the Gregorian calendar repeats every 400 years = 146,097 days.
    std::int64_t cycles = (year - 2000) / 400;
    if ((year - 2000) % 400 < 0) --cycles;
    const int equivalent = static_cast<int>(year - cycles * 400);
    return Date::from_ymd(equivalent, month, day)->days_since_1970() + cycles * 146097;
}

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

}  // namespace

std::int64_t YearlyChange::local_seconds(int year) const {
    std::int64_t days = 0;
    switch (form) {
        case Form::MonthWeekDay: {
            const std::int64_t first = day_number(year, month, 1);
            const int first_weekday = static_cast<int>(((first + 4) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
            days = first + (weekday - first_weekday + 7) % 7 + (week - 1) * 7;
            const int length = month == 2 ? (is_leap(year) ? 29 : 28) : days_in_month(2001, month);
            if (days - first >= length) days -= 7;
            break;
        }
        case Form::DayWithoutLeap:
            days = day_number(year, 1, 1) + day - 1 + (is_leap(year) && day >= 60 ? 1 : 0);
            break;
        case Form::DayWithLeap:
            days = day_number(year, 1, 1) + day;
            break;
    }
    return days * 86400 + time;
}

std::optional<PosixRule> parse_posix_rule(std::string_view text) {
    RuleReader reader{text};
    PosixRule rule;
    rule.standard_name = reader.name();
    rule.standard_offset = -reader.time(24);
    if (reader.ok && !reader.at_end()) {
        rule.daylight_name = reader.name();
        rule.daylight_offset = rule.standard_offset + 3600;
        if (!reader.next_is(',')) rule.daylight_offset = -reader.time(24);
        if (!reader.accept(',')) return {};
        rule.to_daylight = reader.change();
        if (!reader.accept(',')) return {};
        rule.to_standard = reader.change();
    }
    if (!reader.ok || !reader.at_end()) return {};
    return rule;
}

}  // namespace duenotice
