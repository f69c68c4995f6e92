#pragma once
// A fact as the record names it (`people.affected of populations staff, places DE`) and the row of Facts that it is (fact
// `people.affected`, frame `staff, DE`).

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duenotice {

struct RecordedFact {
    std::string fact;
    std::vector<std::pair<std::string, std::string>> path;  ///< list, id
};
RecordedFact recorded_fact(std::string_view text);

/// Whether it is said of this frame; a population that is implicit has no name there. `-` and empty: of the incident.
bool in_frame(const RecordedFact& recorded, std::string_view frame);

}  // namespace duenotice
