#pragma once
// What stands on top of every output for people: what is next, which questions pay, what no law on file covers. Terminal,
// page, one-page summary and workbook draw from here, so that they cannot disagree.

#include <functional>
#include <string>
#include <vector>

#include "reports/timetable.h"

namespace duenotice {

/// `As of Mon 23 Nov 2026 09:00 Berlin, 08:00 UTC, 16:00 Singapore`: another zone says its day only where it is another.
std::string as_of_words(const ReportContext& context);

/// What to do next, most pressing first: passed and owed; owed without a number; the next limit; open limits; last, and
/// said to be no law, what was promised by contract or what house rules ask. Never empty.
/// `place` says where the reader finds a row (`row 3`); empty: nothing is said.
std::vector<std::string> next_lines(const std::vector<TimetableRow>& rows, const ReportContext& context, const std::function<std::string(const TimetableRow&)>& place = {});

/// One question with all the entities, populations and places it is asked about.
struct AskedQuestion {
    const Question* question = nullptr;  ///< the first in the order in which asking pays
    std::vector<std::string> where;
    std::vector<std::string> duties;     ///< sorted, each once
    std::uint32_t settled = 0;           ///< by every answer, when it is asked once
    std::string where_words(std::size_t most = 3) const;
    /// `touches 14 duties`, `settles 2 of the 5 duties it touches`.
    std::string effect() const;
};
std::vector<AskedQuestion> asked_questions(const ReportContext& context);

/// `GB: 12 people, KE: people not known`: places without law on file; empty when there are none.
std::string places_without_law(const Assessment& assessment);
/// `AT 3, DE 4`: known omissions of the law on file, counted by place; empty when there are none.
std::string omissions_by_place(const Assessment& assessment);
/// `AU (CPS 230, NDB scheme); 13 places (US state breach)`: laws that bind if a place is touched which the facts neither list nor
/// rule out, by place; with `count_them` only how many of each: `AU 2, BR 1`. Empty when there are none.
std::string laws_of_open_places(const Assessment& assessment, bool count_them);
std::string count_words(std::size_t count, std::string_view one, std::string_view many);

}  // namespace duenotice
