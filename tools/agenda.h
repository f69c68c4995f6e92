#pragma once
// Which questions an interview asks, in which order: who answers and on which clock, the twelve first questions (some of
// them for each company and each group of people), each only where an earlier answer has not settled it. Computed anew
// from the account after every answer, so that going back and going on later need no memory.

#include <string>
#include <vector>

#include "rules/rulebook.h"
#include "tools/incident_account.h"

namespace duenotice {

struct Inquiry {
    enum class Kind : std::uint8_t { Code, Title, Clock, Entities, Groups, Places, Fact, Relation };
    Kind kind = Kind::Fact;
    int number = 0;  ///< of the twelve; 0: none of them
    const FactDeclaration* fact = nullptr;
    FactHome home;
    bool stated = false;  ///< the account knows it already
    std::string relation{};  ///< of the entity: who has it
    std::string question{};  ///< Relation: as the assessment asks it

    /// The same for the same question, whatever else was answered.
    std::string key() const;
};

/// The account's entities stand in it already when there is a group profile.
std::vector<Inquiry> agenda(const IncidentAccount& account, const Vocabulary& vocabulary, bool with_profile);
bool is_touched(const IncidentAccount& account, const Vocabulary& vocabulary, const std::string& entity);

inline constexpr int first_questions = 12;

}  // namespace duenotice
