// Literals and amounts of time, in terms and by themselves.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/expression_reader.h"
#include "rules/number.h"

namespace duenotice {

namespace {

struct Unit {
    std::string_view one, many;
    PeriodUnit unit;
    std::int64_t seconds;  ///< 0: no fixed length
};
constexpr Unit units[] = {{"minute", "minutes", PeriodUnit::Minutes, 60}, {"hour", "hours", PeriodUnit::Hours, 3600},
                          {"day", "days", PeriodUnit::Days, 86400},       {"week", "weeks", PeriodUnit::Weeks, 604800},
                          {"month", "months", PeriodUnit::Months, 0},     {"year", "years", PeriodUnit::Years, 0}};

const Unit* find_unit_word(std::string_view word) {
    const auto found = std::find_if(std::begin(units), std::end(units),
                                    [&](const Unit& u) { return word == u.one || word == u.many; });
    return found == std::end(units) ? nullptr : found;
}

}  // namespace

bool ExpressionReader::period_ahead() const {
    if (!is_kind(Token::Kind::Number) || !is_kind(Token::Kind::Word, 1)) return false;
    return find_unit_word(token(1).text) != nullptr || (is_word("working", 1) && is_any_word({"day", "days"}, 2));
}

TermPtr ExpressionReader::moved(TermPtr left, bool back) {
    const Token& number = take();
    const bool working = accept("working");
    const Unit* unit = find_unit_word(take().text);
    auto made = make(Term::Kind::InstantPlus);
    const auto amount = parse_whole(number.text);
    made->period.unit = working ? PeriodUnit::WorkingDays : unit->unit;
    made->period.amount = amount ? (back ? -*amount : *amount) : 0;
    if (!amount || *amount == 0 || !made->period.is_valid()) {
        error("DN0216", text_.span(number.begin, last_end_),
              fmt::format("`{}` is no amount of time", text_.text.substr(number.begin, last_end_ - number.begin)),
              "a whole number from 1, up to 400 years");
        return nullptr;
    }
    if (accept("by") && !expect_name(made->counting, "a counting law", "A plus 3 days by eu.1182-71")) return nullptr;
    made->terms = {std::move(left)};
    return made;
}

TermPtr ExpressionReader::literal() {
    const Token& first = token();
    if (is_kind(Token::Kind::Date)) {
        auto made = make(Term::Kind::DateLiteral);
        made->date = Date::parse(take().text).value_or(Date());
        return made;
    }
    if (is_kind(Token::Kind::Instant)) {
        auto made = make(Term::Kind::InstantLiteral);
        made->instant = parse_instant(take().text).value_or(Instant());
        return made;
    }
    if (is_kind(Token::Kind::Number)) return amount_literal();
    take();
    const auto money = parse_money(fmt::format("{} {}", first.text, take().text));
    if (!money) {
        const bool known = currency_decimals(first.text).has_value();
        error("DN0202", text_.span(first.begin, last_end_),
              known ? "this is no amount of money" : fmt::format("`{}` is not a currency", first.text),
              known ? "as many decimals as the currency has, or none: `EUR 100000.50`, `JPY 5000`"
                    : "three letters of ISO 4217, such as `EUR`");
        return nullptr;
    }
    auto made = make(Term::Kind::Money);
    made->name = made->currency = money->currency;
    made->number = money->minor;
    return made;
}

/// A number with what stands behind it: nothing, `%`, `% of`, or a unit of time.
TermPtr ExpressionReader::amount_literal() {
    const Token& number = take();
    if (accept(Token::Kind::Percent)) {
        const auto share = parse_share(fmt::format("{} %", number.text));
        if (!share) {
            error("DN0202", text_.span(number.begin, last_end_), fmt::format("`{} %` is not a share", number.text),
                  "at most four decimals, as in `12.5 %`");
            return nullptr;
        }
        const bool of = accept("of");
        auto made = make(of ? Term::Kind::PercentOf : Term::Kind::Share);
        made->number = *share;
        if (of) made->terms = {unit()};
        return of && !made->terms[0] ? nullptr : made;
    }
    const auto whole = parse_whole(number.text);
    if (!whole) {
        error("DN0202", span_of(number), fmt::format("`{}` is not a whole number", number.text),
              "whole numbers have no decimals and no leading zero and go up to 9007199254740991; shares are written "
              "`12.5 %`");
        return nullptr;
    }
    const bool working = is_word("working") && is_any_word({"day", "days"}, 1);
    const Unit* unit = is_kind(Token::Kind::Word) ? find_unit_word(token().text) : nullptr;
    if (working || (unit != nullptr && unit->seconds == 0)) {
        if (working) take();
        take();
        error("DN0216", text_.span(number.begin, last_end_), "only minutes, hours, days and weeks have a fixed length",
              "a period in months, years or working days is added to an instant: `A plus 3 months by LAW`");
        return nullptr;
    }
    auto made = make(unit != nullptr ? Term::Kind::Duration : Term::Kind::Whole);
    made->number = *whole;
    if (unit == nullptr) return made;
    take();
    if (*whole > most_whole / unit->seconds) {
        error("DN0216", text_.span(number.begin, last_end_), "this duration is too long");
        return nullptr;
    }
    made->number *= unit->seconds;
    return made;
}

std::optional<Period> parse_period(std::string_view text) {
    std::array<std::string_view, 8> words;  // three amounts with their units; `before`, `working`
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" ,\t\n\r", at), text.size());
        if (end > at && text.substr(at, end - at) != "and") {
            if (count == words.size()) return {};
            words[count++] = text.substr(at, end - at);
        }
        at = end + 1;
    }
    const bool back = count > 0 && words[count - 1] == "before";
    if (back) --count;
    const bool working = count == 3 && words[1] == "working";
    if (working) words[1] = words[--count];
    if (count == 0 || count % 2 != 0 || count > 6) return {};
    const std::int64_t sign = back ? -1 : 1;
    Period period;
    std::int64_t parts[3] = {0, 0, 0};  // years, months, days
    std::size_t least = 0;
    for (std::size_t i = 0; i < count; i += 2) {
        const auto amount = parse_whole(words[i]);
        const Unit* unit = find_unit_word(words[i + 1]);
        if (!amount || unit == nullptr || *amount > 3'600'000'000) return {};
        period.unit = working ? PeriodUnit::WorkingDays : unit->unit;
        period.amount = sign * *amount;
        if (count == 2) {
            if ((working && unit->unit != PeriodUnit::Days) || *amount == 0 || !period.is_valid()) return {};
            return period;
        }
        const std::size_t which = unit->unit == PeriodUnit::Years    ? 0
                                  : unit->unit == PeriodUnit::Months ? 1
                                  : unit->unit == PeriodUnit::Days   ? 2
                                                                     : 3;
        if (which == 3 || which < least || *amount > 400 * 365) return {};
        parts[which] = *amount;
        least = which + 1;
    }
    period = {PeriodUnit::YearsMonthsDays, sign * parts[0], static_cast<int>(sign * parts[1]),
              static_cast<int>(sign * parts[2])};
    if ((parts[0] == 0 && parts[1] == 0 && parts[2] == 0) || !period.is_valid()) return {};
    return period;
}

}  // namespace duenotice
