#include "rules/instant.h"

#include <fmt/format.h>

#include "rules/date.h"

namespace duenotice {

namespace {

std::optional<int> two_digits(std::string_view text, std::size_t at) {
    if (at + 2 > text.size()) return {};
    const char a = text[at], b = text[at + 1];
    if (a < '0' || a > '9' || b < '0' || b > '9') return {};
    return (a - '0') * 10 + (b - '0');
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 17 || text[10] != 'T' || text[13] != ':') return {};
    const auto day = Date::parse(text.substr(0, 10));
    const auto hour = two_digits(text, 11);
    const auto minute = two_digits(text, 14);
    if (!day || !hour || !minute || *hour > 23 || *minute > 59) return {};
    std::size_t at = 16;
    int second = 0;
    if (text[at] == ':') {
        const auto parsed = two_digits(text, at + 1);
        if (!parsed || *parsed > 59) return {};
        second = *parsed;
        at += 3;
    }
    std::int64_t offset = 0;
    if (at >= text.size()) return {};
    if (text[at] == 'Z') {
        if (at + 1 != text.size()) return {};
    } else if (text[at] == '+' || text[at] == '-') {
        const auto offset_hour = two_digits(text, at + 1);
        const auto offset_minute = two_digits(text, at + 4);
        if (at + 6 != text.size() || text[at + 3] != ':' || !offset_hour || !offset_minute || *offset_hour > 18 ||
            *offset_minute > 59) {
            return {};
        }
        offset = (*offset_hour * 60 + *offset_minute) * 60;
        if (text[at] == '-') offset = -offset;
    } else {
        return {};
    }
    const Instant instant{std::int64_t{day->days_since_1970()} * 86400 + *hour * 3600 + *minute * 60 + second - offset};
    // In UTC too the year is one of 1400 to 9999, so that it can be written as it is read.
    constexpr std::int64_t first = -17987443200, beyond = 253402300800;
    return instant.seconds >= first && instant.seconds < beyond ? std::optional<Instant>(instant) : std::nullopt;
}

std::string iso_utc(Instant instant) {
    std::int64_t days = instant.seconds / 86400;
    std::int64_t rest = instant.seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    return fmt::format("{}T{:02}:{:02}:{:02}Z", Date::from_days(static_cast<std::int32_t>(days)).iso(), rest / 3600,
                       rest / 60 % 60, rest % 60);
}

}  // namespace duenotice
