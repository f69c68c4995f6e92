#pragma once
// The clock of an obligation: a tree of guarded limbs combined by first-of or last-of, with bounds, repetition and the
// hold rules that a law recognises. A limb is one way the clock can run; its counting law is always named, nothing
// counts by default. engine/deadline.h evaluates it; no date arithmetic here.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/citation.h"
#include "rules/expression.h"

namespace duenotice {

/// An amount that may depend on a condition or be a fact of the frame (a contract's own words).
struct AmountCase {
    Period period;
    TermPtr fact;       ///< a duration fact (`contract.limit`) instead of `period`
    ConditionPtr when;  ///< null: otherwise
};

struct Limb {
    enum class Kind : std::uint8_t {
        Period,   ///< start + amount under a counting law
        Prompt,   ///< open-ended standard (`words`), no number; `start` gives since when
        Instant,  ///< at the value of `start` itself (an act planned, a policy's end, a request's own limit)
        With,     ///< not later than the filing of obligation `of`: actual, else projected from its limit
        Before,   ///< before the filing of `of`, or before the instant `start`
        LimitOf,  ///< the limit of obligation `of` (shortest of all applicable laws; borrowed clock)
        Annual    ///< a day of a year: `month`, `day`, `years_after` the year of `start`
    };
    std::string id;
    Kind kind = Kind::Period;
    std::string words;                ///< the standard in its short words: "without undue delay"
    TermPtr start;
    std::vector<AmountCase> amounts;  ///< the first whose guard holds
    std::string counting;             ///< id of a counting law
    std::string calendar;             ///< calendar id; `place`: of the zone's place; a text fact that holds an id; empty when none is needed
    TermPtr calendar_place;           ///< place term: its calendar and zone (reporting entity's member state)
    RareText zone;                    ///< zone name; empty: of `calendar_place`, else the law's place, else the entity
    RareText of;                      ///< With, Before, LimitOf: obligation id; `any` with LimitOf and `recipients`
    RareText of_entity;               ///< empty this entity, `any` or a relation
    RareText recipients;              ///< LimitOf any: only duties owed to this recipient word
    int month = 0, day = 0, years_after = 0;  ///< Annual
    int days_after_year_end = 0;      ///< Annual: instead of month and day
    std::optional<int> cut_off_seconds;  ///< on the last day at this local time
    std::optional<std::pair<int, int>> window_seconds;  ///< the act must fall within these local times
    std::int64_t lead_seconds = 0;    ///< Before: at least so long before
    std::string act;                  ///< the act that counts: submitted (default), received, dispatched, ...
    RareText reading;                 ///< label; limbs of the same `id` with different readings are parallel
    bool soft = false;                ///< a cap that `extended_when` lifts
    ConditionPtr when;                ///< guard; null: always
    ConditionPtr extended_when;       ///< soft: then open-ended, the original date stays visible
    Citation citation;
};

struct ClockNode {
    enum class Kind : std::uint8_t { Limb, FirstOf, LastOf };
    Kind kind = Kind::Limb;
    Rare<Limb> limb;
    std::vector<ClockNode> children;
};

/// Repeats after each filing of the duty (or from `start`) until an end event.
struct Recurrence {
    Period every;
    TermPtr every_fact;      ///< a duration fact (an organisation's own interval) instead of `every`
    std::string counting, calendar;
    TermPtr start;           ///< null: the last filing of this obligation, else the clock's own first limit
    TermPtr until;           ///< instant that ends it
    ConditionPtr ended_when; ///< `until` ends it only while this surely holds; null: always
    ConditionPtr on_change;  ///< also whenever this holds (a new fact)
    Citation citation;
};

struct Clock {
    ClockNode root;
    std::vector<ClockNode> not_before;  ///< each a Limb: lower bounds
    Rare<Recurrence> repeat;
    TermPtr keep_until;                 ///< Keep, Publish, Offer: the state lasts until this instant
    Period lasts;                       ///< Keep, Publish, Offer: or so long from the limb's start
    std::string lasts_counting, lasts_calendar;
};

/// What a law says about directions, requests and extensions that it recognises.
struct HoldRule {
    enum class Effect : std::uint8_t {
        Delays,    ///< the act waits; due promptly (or by the limb) after the end
        Tolls,     ///< time does not run while it lasts
        Extends,   ///< the limit moves by `amount`
        Restarts,  ///< the period begins at the end of the hold
        Forbids,   ///< must not be done while it lasts
        Releases   ///< the duty is released
    };
    std::string kind;                     ///< as in the incident's holds
    std::vector<std::string> issuers;     ///< who may; empty: anyone
    std::string form;                     ///< only in this form; empty: any
    Period cap;                           ///< at most so long; amount 0: no cap
    std::string counting;
    bool cap_from_due = false;            ///< the cap counts from the limit as it stood without a hold of this rule, not from the hold's beginning
    bool named_term = false;              ///< it lasts only as long as the issuer named: without an end on record only the maximum moves
    bool ends_on_working_day = false;     ///< Delays: the limit is the last working moment that does not lie after the end
    std::string after;                    ///< counts only where a hold of this kind is on record too
    Period then;                          ///< Delays: a later reading, so long after the end, counted as the limb is; amount 0: none
    std::string then_reading;
    Effect effect = Effect::Delays;
    std::vector<std::string> obligations; ///< which duties; empty: all of the law
    std::vector<std::string> recipients;  ///< which recipients; empty: all
    Period amount;                        ///< Extends
    std::string only_if_filed;            ///< Extends: this obligation was filed before the limit
    Citation citation;
};

}  // namespace duenotice
