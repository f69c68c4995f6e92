#include "rules/recess.h"

#include "rules/calendar_spec.h"

namespace duenotice {

namespace {

std::optional<RecessDays> recess_in(const Recess& recess, int year) {
    if (recess.by_easter) {
        const Date easter = western_easter(year);
        return RecessDays{easter.plus_days(recess.from), easter.plus_days(recess.until)};
    }
    const auto from = Date::from_ymd(year, recess.from / 100, recess.from % 100);
    const auto until = Date::from_ymd(recess.until < recess.from ? year + 1 : year, recess.until / 100, recess.until % 100);
    if (!from || !until) return {};
    return RecessDays{*from, *until};
}

}  // namespace

std::optional<RecessDays> recess_of(const std::vector<Recess>& recesses, Date day) {
    const int year = day.ymd().year;
    for (const Recess& recess : recesses) {
        for (const int of : {year, year - 1}) {
            const auto days = recess_in(recess, of);
            if (days && days->from <= day && day <= days->until) return days;
        }
    }
    return {};
}

}  // namespace duenotice
