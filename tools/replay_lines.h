#pragma once
// Assessments of a record made again, a line each and a count of them: for whoever keeps the record and for whoever is
// handed a bundle of it.

#include <functional>
#include <iosfwd>
#include <vector>

#include "tools/kept_world.h"

namespace duenotice {

struct Replayed {
    std::size_t count = 0, same = 0, erased = 0, withheld = 0;
    /// Nothing differs and nothing is missing.
    bool holds() const { return same + erased + withheld == count; }
};

/// Prints what became of each; `each` is handed what was made again.
Replayed replay_lines(const KeptRecord& record, const std::vector<RecordedAssessment>& assessments, const Options& options, std::ostream& out, const std::function<void(const Replay&)>& each = {});

/// `most` of them, the first, the last and evenly between; all where there are no more.
std::vector<RecordedAssessment> spread_sample(std::vector<RecordedAssessment> assessments, std::size_t most);

}  // namespace duenotice
