#pragma once
// Periods and the only month arithmetic of the product. What "one month later" means is a matter of law, so the month
// rule is an argument and never a default: EU, German, French, English and most American law keep the number of the
// event day (28 February + 1 month = 28 March), Japanese and Korean law count whole months from the day after (31
// March). Boost's `date + months`, which snaps to the end of the month, is used nowhere.

#include <cstdint>
#include <optional>

#include "rules/date.h"
#include "rules/period.h"

namespace duenotice {

/// The last day of a period of months from an event day (backward when negative). Empty outside the years 1400-9999.
std::optional<Date> add_months(Date event_day, std::int64_t months, MonthRule rule);
/// Years and months first, by the month rule, then days (French code of civil procedure 641).
std::optional<Date> add_years_months_days(Date event_day, const Period& period, MonthRule rule);

/// A month of thirty days and a year of 365: UAE Federal Decree-Law 42 of 2022, article 12(5); Philippines Administrative
/// Code, section 31 (months); Poland Civil Code 114; Viet Nam Civil Code 146. For months, years or all three parts.
std::optional<Date> add_thirty_day_months(Date event_day, const Period& period);

}  // namespace duenotice
