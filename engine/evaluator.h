#pragma once
// Strong Kleene evaluation of one condition or term in one frame over the sets of values that facts may still have.
// A definite answer is right; an undetermined one may still be decided by the case split (engine/verdict.h), which runs
// this evaluator again with narrowed facts. The evaluator never reads another duty's verdict.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/cases.h"
#include "engine/frame.h"
#include "engine/incident.h"
#include "engine/knowledge.h"
#include "engine/world.h"
#include "rules/expression.h"

namespace duenotice {

/// The value of a term: a set as in Known, plus the type of number. `low`..`high` for numbers, seconds for instants.
struct TermValue {
    Known known;
    std::int64_t denominator = 1;  ///< numbers are low/denominator to high/denominator (percentages)
    bool beyond_calendar = false;  ///< InstantPlus past the covered years: open
    bool inexact = false;          ///< over-approximated (overlap, shared facts in arithmetic)
};

class Memo;
class IncidentAnswers;
struct Trace;
using Assumptions = std::map<std::pair<const Condition*, Frame>, Truth>;

struct Evaluation {
    const World& world;
    const Incident& incident;
    Moment moment;
    const Cases* cases = nullptr;
    const Assumptions* assumed = nullptr;  ///< atoms assumed to hold or not, for one case of a case split
    Trace* trace = nullptr;                ///< collects what is read (engine/reads.h)
    Memo* memo = nullptr;                  ///< evaluates again only what the cases touch (engine/memo.h)
    bool widened = false;                  ///< the cases may open what the incident settles
    Memo* recorded_by = nullptr;           ///< is told of every fact that is looked at
    const Condition* passing = nullptr;    ///< made for this question only: a memo must not keep it
    IncidentAnswers* shared = nullptr;     ///< answers as the incident stands, in common with others (engine/shared_answers.h)

    Known known(const GroundFact& ground) const;
    /// As `known`; what has happened has happened by as-of unless it was planned. Recorded in the trace while open.
    Known read(const GroundFact& ground) const;
    /// Without the recording.
    Known domain(const GroundFact& ground) const;
    struct Range {
        std::int64_t low = 0, high = Known::highest;
    };
    /// The bounds of a number, as `domain` has them.
    Range bounds(const GroundFact& ground) const;
    GroundFact ground(FactId fact, const Frame& frame) const;
    Truth truth(const Condition& condition, const Frame& frame) const;
    /// Without the memo's answer for this node.
    Truth evaluated(const Condition& condition, const Frame& frame) const;
    /// The same with these cases instead; nothing assumed or traced.
    Evaluation with(const Cases& replaced) const { return {world, incident, moment, &replaced, nullptr, nullptr, memo, widened, recorded_by, passing}; }
    TermValue value(const Term& term, const Frame& frame) const;
    /// The frames that a selection ranges over; `certain` false when membership or the list itself is open.
    struct Member { Frame frame; Truth is_member = Truth::Yes; };
    std::vector<Member> members(const Selection& selection, const Frame& frame, bool& list_open) const;
    /// For Condition::Kind::Compare, and for logic and quantifiers; `truth` is the way in.
    Truth compare(const Condition& condition, const Frame& frame) const;
    Truth plain_truth(const Condition& condition, const Frame& frame) const;
    Truth quantified(const Condition& condition, const Frame& frame) const;
    /// Zone of the frame: its place's, else the entity's main place's, else the country's, else the group's; null when none.
    const Zone* zone(const Frame& frame) const;
};

/// Every ground fact that a condition or term reads in this frame, in vocabulary order, with how often it occurs.
struct Occurrence {
    GroundFact ground;
    int count = 0;
};
std::vector<Occurrence> ground_facts(const Condition& condition, const Frame& frame, const Evaluation& evaluation);
std::vector<Occurrence> ground_facts(const Term& term, const Frame& frame, const Evaluation& evaluation);

}  // namespace duenotice
