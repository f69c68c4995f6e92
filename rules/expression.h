#pragma once
// Conditions and terms of the rule language as a tree with places. The parser builds it with names as written, the
// checker resolves names and types in place; after that nobody changes it and evaluation never sees an unresolved tree.
// rules/LANGUAGE.md gives the words; the meaning of each node stands beside its enumerator.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/date.h"
#include "rules/instant.h"
#include "rules/period.h"
#include "rules/rare.h"
#include "rules/source_text.h"
#include "rules/value.h"
#include "rules/vocabulary.h"

namespace duenotice {

struct Condition;
struct Term;
using ConditionPtr = std::shared_ptr<Condition>;
using TermPtr = std::shared_ptr<Term>;

/// A set of frames to range over, seen from the current frame.
struct Selection {
    enum class Kind : std::uint8_t {
        Populations,  ///< `population`: all populations of the incident
        Places,       ///< `place [within GROUP] [linked LINK]`: the places of the current entity
        Entities,     ///< `entity`: all entities of the incident, this one included
        Related,      ///< `affiliate`, `provider`, ...: entities to which this one has that relation (rules/vocabulary.h)
        Contracts,    ///< `contract`: contracts of the current entity
        Events,       ///< `event KIND`
        Members       ///< `incident`: the member incidents of the current series
    };
    Kind kind = Kind::Populations;
    RareText name;  ///< relation, event kind, place group or place code
    RareText link;  ///< Places: lives, served, established, does_business; empty any
    Span span;
};

/// Something with a value: number, money, instant, choice, ...
struct Term {
    enum class Kind : std::uint8_t {
        Fact,              ///< `data.encrypted`; any word with a dot until the checker has looked
        Whole, Share, Money, DateLiteral, InstantLiteral, Duration,  ///< literals; Duration `24 hours`: seconds in `number`
        Token,             ///< choice, set member or place code, by the type of the other side
        ThisPlace,         ///< `this place`: the place of the frame
        Sum,               ///< `A plus B`
        Difference,        ///< `A minus B`; never an instant: that is InstantPlus with a negative period
        Product,           ///< `A times B`; one side is whole
        PercentOf,         ///< `5 % of A`
        LowerOf, HigherOf, ///< `lower of (A, B)`
        People,            ///< `people [of PLACE|of this place] where TEST`: heads of populations that meet TEST
        Count,             ///< `count of SELECTION where TEST`
        SumOf, Highest, Lowest,  ///< `sum of A over SELECTION [where TEST]`, `highest of`, `lowest of`
        Elapsed,           ///< `time from A to B`: a duration; grows with as-of while B is not yet
        BusiestWeek,       ///< `busiest week of (time from A to B) over SELECTION [where TEST] in ZONE`: a duration
        InstantPlus,       ///< `A plus 3 months [by LAW]`, `A minus 3 months`
        EarliestOf, LatestOf,    ///< `earliest of (A, B)`, `earliest of A over SELECTION [where TEST]`
        FirstDeterminable, ///< `first determinable of (A, B)`: the next only when the one before cannot be determined
        Fallback,          ///< `A else B`: B only while A is certainly not yet
        Filed,             ///< `filed first|last OBLIGATION ...`: an instant; closed world; the obligation is `name`
        Learned,           ///< `learned FACT`: when the fact became known; not yet while it is open; FACT is `name`, `fact`
        CertainSince,      ///< `certain since (CONDITION)`: replay over learned-at; the condition is `test`
        AsAt,              ///< `FACT as at INSTANT`: FACT is `name` and `fact`, the instant `terms[0]`
        Estimate,          ///< `estimate of FACT`: the stated estimate decides, else the range; FACT is `name` and `fact`
        HoldStart, HoldEnd,  ///< `start of hold KIND`, `end of hold KIND`; the kind is `name`
        EndOfYear          ///< `end of year of A` on the local calendar of the frame's place
    };
    enum class Which : std::uint8_t { First, Last };
    Kind kind = Kind::Fact;
    ValueType type = ValueType::Whole;   ///< resolved
    Which which = Which::First;      ///< Filed
    bool include_withdrawn = false;  ///< Filed: `even withdrawn`
    std::optional<FactId> fact;      ///< resolved
    Span span;
    std::string name;                ///< fact name, token, currency, obligation id, hold kind, zone (BusiestWeek)
    std::int64_t number = 0;         ///< Whole; Share in ppm; Money in minor units; PercentOf in ppm; Duration in seconds
    Date date;
    Instant instant;
    Period period;                   ///< InstantPlus
    RareText counting;               ///< InstantPlus: counting law; empty `plain`
    std::vector<TermPtr> terms;      ///< operands in the order in which they are written
    Rare<Selection> selection;
    ConditionPtr test;               ///< People, Count, *Of over a selection (null: all), CertainSince
    RareText place;                  ///< People: a place code or group, `this`, or empty (everywhere)
    RareText act;                    ///< Filed: submitted (default), accepted, dispatched, received, published
    RareText recipient;              ///< Filed: only to this recipient
    RareText of_entity;              ///< Filed: empty this entity, `any`, or a relation
    RareText channel;                ///< Filed: only through this channel
    Rare<std::string> leaving;       ///< Filed: `leaving FACT unknown`: only filings that marked it unknown
    RareText currency;               ///< resolved: money
};

enum class Comparison : std::uint8_t {
    Is, IsNot, IsOneOf,
    AtLeast, AtMost, MoreThan, LessThan,        ///< numbers, shares, money, durations, ordered choices
    IncludesAny, IncludesAll, IncludesNone, IncludesOnly, IsEmpty,  ///< sets
    Happened,                                   ///< instant: has happened as of as-of
    Before, AtOrBefore, After, AtOrAfter,       ///< instants and dates; false while the left side is not yet
    Within,                                     ///< place within a group or a larger place (`US-TX` within `US`)
    IncludesWithin,                             ///< place set has a member within a group
    ClockBetween,                               ///< instant falls in a local clock window of a zone
    CannotBeDetermined,                         ///< a person has said that the fact cannot be determined
    IsKnown                                     ///< content checklists only
};

struct Condition {
    enum class Kind : std::uint8_t {
        True, False,
        And, Or, Not,
        AtLeastOf,  ///< `at least K of (A; B; C)`
        Any, Every, ///< `any SELECTION where TEST`
        Use,        ///< a definition, by its id
        Presumed,   ///< `presumed ID`
        Ever,       ///< `ever (A)`: at some time in the recorded history of the facts, now included
        OnHold,     ///< `on hold KIND [by ISSUER] [in FORM]`; closed world
        DateIn,     ///< made by the checker: left (a date or instant) within a version's validity
        Compare
    };
    Kind kind = Kind::True;
    Comparison comparison = Comparison::Is;
    std::uint32_t k = 0;                 ///< AtLeastOf
    Span span;
    std::vector<ConditionPtr> children;  ///< And, Or, AtLeastOf; Not, Any, Every, Ever have one
    Rare<Selection> selection;           ///< Any, Every: always there
    std::string name;                    ///< Use, Presumed: id; OnHold: kind; ClockBetween: zone; DateIn: zone or empty
    RareText issuer, form;               ///< OnHold
    std::optional<std::uint32_t> index;  ///< Use, Presumed: resolved, position in the rule book
    DateRange validity;                  ///< DateIn
    TermPtr left;
    TermPtr right;                       ///< ordered comparisons; Is and IsNot of terms
    std::vector<TermPtr> values;         ///< IsOneOf, Includes*, Within, IncludesWithin: tokens, places, `this place`, literals
    std::int32_t clock_from_minutes = 0, clock_until_minutes = 0;  ///< ClockBetween
};

/// Normal form; parsing it gives the same tree.
std::string print(const Condition& condition);
std::string print(const Term& term);
/// Equal apart from spans and resolution.
bool same(const Condition& a, const Condition& b);
bool same(const Term& a, const Term& b);

}  // namespace duenotice
