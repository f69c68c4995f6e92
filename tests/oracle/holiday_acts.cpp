#include "tests/oracle/holiday_acts.h"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "tests/support/time_tables.h"

namespace duenotice::test {

namespace {

constexpr int first_year = 2018;
/// Easter Sunday of 2018 to 2027 as the churches publish it, so that no computus is trusted.
constexpr const char* western[] = {"04-01", "04-21", "04-12", "04-04", "04-17", "04-09", "03-31", "04-20", "04-05", "03-28"};
constexpr const char* orthodox[] = {"04-08", "04-28", "04-19", "05-02", "04-24", "04-16", "05-05", "04-20", "04-12", "05-02"};

Date in_year(int year, const std::string& month_day) {
    const auto day = Date::parse(std::to_string(year) + "-" + month_day);
    if (!day) throw std::runtime_error("holiday_acts.csv: no day " + month_day);
    return *day;
}

Weekday weekday_of(const std::string& name) {
    constexpr const char* names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    const auto at = std::find(std::begin(names), std::end(names), name);
    if (at == std::end(names)) throw std::runtime_error("holiday_acts.csv: no weekday " + name);
    return static_cast<Weekday>(at - std::begin(names));
}

Date next_weekday(Date day, Weekday wanted, int step) {
    while (day.weekday() != wanted) day = day.plus_days(step);
    return day;
}

/// 1Mon05, LMon10.
Date weekday_in_month(const std::string& word, int year) {
    const int month = std::stoi(word.substr(4));
    const Weekday wanted = weekday_of(word.substr(1, 3));
    if (word[0] == 'L') return next_weekday(*Date::from_ymd(year, month, days_in_month(year, month)), wanted, -1);
    return next_weekday(*Date::from_ymd(year, month, 1), wanted, 1).plus_days(7 * (word[0] - '1'));
}

std::optional<Date> day_of(const std::string& word, int year) {
    if (word[0] == 'E' || word[0] == 'O')
        return in_year(year, (word[0] == 'E' ? western : orthodox)[year - first_year]).plus_days(std::stoi(word.substr(1)));
    if (word.size() == 10) return word.starts_with(std::to_string(year)) ? Date::parse(word) : std::nullopt;
    if (word.size() == 6 && word[2] != '-') return weekday_in_month(word, year);
    if (word.size() == 9) {
        const int step = word[3] == '>' ? 1 : -1;
        return next_weekday(in_year(year, word.substr(4)).plus_days(step), weekday_of(word.substr(0, 3)), step);
    }
    return in_year(year, word);
}

bool weekend(Date day) { return day.weekday() == Weekday::Saturday || day.weekday() == Weekday::Sunday; }

/// Where a day on a weekend is kept: `moves` is the last sign of its word.
Date kept(Date day, char moves, const std::set<Date>& off) {
    if (moves == '^') return day.plus_days(day.weekday() == Weekday::Saturday ? -1 : 1);
    if (moves == '/' && day.weekday() == Weekday::Saturday) return day;
    while (weekend(day) || off.contains(day)) day = day.plus_days(1);
    return day;
}

/// The days of some words; moved days find their place after all others have theirs.
std::vector<Date> days_off(const std::string& words, int year) {
    std::set<Date> off;
    std::vector<std::pair<Date, char>> moved;
    std::vector<Date> taken;
    std::istringstream in(words);
    for (std::string word; in >> word;) {
        const char moves = std::string(">/^").find(word.back()) != std::string::npos ? word.back() : ' ';
        const bool takes = word[0] == '-';
        const auto day = day_of(word.substr(takes ? 1 : 0, word.size() - (moves != ' ' ? 1 : 0) - (takes ? 1 : 0)), year);
        if (!day) continue;
        if (takes) taken.push_back(*day);
        else if (moves != ' ' && weekend(*day)) moved.emplace_back(*day, moves);
        else off.insert(*day);
    }
    for (const auto& [day, moves] : moved) off.insert(kept(day, moves, off));
    for (const Date day : taken)
        if (off.erase(day) == 0) throw std::runtime_error("holiday_acts.csv: " + day.iso() + " is not off, so it cannot be taken away");
    std::erase_if(off, weekend);
    std::erase_if(off, [&](Date day) { return day.ymd().year != year; });
    return {off.begin(), off.end()};
}

}  // namespace

std::vector<ActYear> years_of_holiday_acts() {
    const auto rows = read_table("holiday_acts.csv", 8);
    const auto tells = [](const auto& row, int year) { return std::stoi(row[1]) <= year && year <= std::stoi(row[2]); };
    std::vector<ActYear> years;
    for (const auto& row : rows) {
        if (row[3] != "only") continue;
        for (int year = std::stoi(row[1]); year <= std::stoi(row[2]); ++year) {
            std::string words = row[4];
            for (const auto& also : rows)
                if (also[3] == "also" && also[0] == row[0] && tells(also, year)) words += " " + also[4];
            years.push_back({row[0], year, days_off(words, year), row[6]});
        }
    }
    return years;
}

}  // namespace duenotice::test
