#include "reports/step_words.h"

#include <fmt/format.h>

#include "reports/wording.h"
#include "rules/calendar_spec.h"

namespace duenotice {

namespace {

constexpr std::size_t most_days_in_a_row = 8;
constexpr std::size_t most_holidays_in_a_row = 6;

bool is_weekend(const Step& step) { return step.name == weekday_in_full(step.from_day->weekday()); }

std::string line_of(const Step& step, std::string_view cited) {
    return step.what + (step.provision.empty() || step.provision == cited ? "" : " [" + step.provision + "]");
}

/// `26 weekend days, Sat 4 Apr 2026 to Sun 28 Jun 2026, DE: not counted`.
std::string folded(std::size_t count, std::string_view what, Step first, const Step& last, std::string_view cited) {
    const std::size_t named = first.what.find(", " + first.name);
    const std::string fate = named == std::string::npos ? std::string() : first.what.substr(named + 2 + first.name.size());
    first.what = fmt::format("{} {}, {} to {}{}", count, what, date_words(*first.from_day), date_words(*last.from_day), fate);
    return line_of(first, cited);
}

/// The days off of steps[from, until), all of the same fate.
void add_row(std::vector<std::string>& lines, const std::vector<Step>& steps, std::size_t from, std::size_t until, std::string_view cited) {
    if (until - from <= most_days_in_a_row) {
        for (std::size_t i = from; i < until; ++i) lines.push_back(line_of(steps[i], cited));
        return;
    }
    std::vector<const Step*> weekends, holidays;
    for (std::size_t i = from; i < until; ++i) (is_weekend(steps[i]) ? weekends : holidays).push_back(&steps[i]);
    const std::size_t shown = holidays.size() <= most_holidays_in_a_row ? holidays.size() : most_holidays_in_a_row - 1;
    for (std::size_t i = 0; i < shown; ++i) lines.push_back(line_of(*holidays[i], cited));
    if (shown < holidays.size()) lines.push_back(folded(holidays.size() - shown, "further holidays", *holidays[shown], *holidays.back(), cited));
    if (!weekends.empty()) lines.push_back(folded(weekends.size(), weekends.size() == 1 ? "weekend day" : "weekend days", *weekends.front(), *weekends.back(), cited));
}

}  // namespace

std::vector<std::string> step_lines(const std::vector<Step>& steps, std::string_view cited) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < steps.size();) {
        std::size_t until = i;
        while (until < steps.size() && steps[until].kind == Step::Kind::Skipped) ++until;
        if (until == i) {
            lines.push_back(line_of(steps[i++], cited));
            continue;
        }
        add_row(lines, steps, i, until, cited);
        i = until;
    }
    return lines;
}

}  // namespace duenotice
