#pragma once
// Where people live and how many, in one line: `Germany 2800 to 2900; Singapore 120 to 150; France; unknown 30`.

#include <string>
#include <vector>

#include "tools/answer.h"

namespace duenotice {

struct PeoplePlace {
    std::string code;  ///< ISO 3166, or `unknown` for people of unknown residence
    Answer people;     ///< open when no number was given
};
struct PeoplePlaces {
    std::vector<PeoplePlace> places;
    std::string words, problem;
};

/// `affected` is the fact whose answer each number is.
PeoplePlaces read_people_places(const std::string& text, const FactDeclaration& affected, const AnswerClock& clock);

}  // namespace duenotice
