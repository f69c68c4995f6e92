#pragma once
// The answer for one incident at one moment, as plain data: all that reports may see. Owed, modifiers, standing, done and
// timing are separate axes. Lists are in a total order that ends in an id.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/deadline.h"
#include "engine/decision.h"
#include "engine/incident.h"
#include "engine/world.h"

namespace duenotice {

enum class Standing : std::uint8_t { None, Discharged, Revived, Withdrawn, ElectedAway, OwedUnless };
enum class Done : std::uint8_t { Nothing, Drafted, Approved, Submitted, Accepted, Dispatched, Acknowledged, Returned, Withdrawn };
enum class Timing : std::uint8_t { NoClock, Running, PastSafe, PastAll, Met, MetAfter };
std::string_view name(Verdict verdict);    ///< owed, not_owed, undetermined
std::string_view name(Standing standing);  ///< none, discharged, ...
std::string_view name(Done done);
std::string_view name(Timing timing);

struct ReadingVerdict {
    std::string label;
    Verdict verdict = Verdict::Undetermined;
    std::string citation;
};

struct Modifier {
    std::string kind;     ///< displaced, suspended, prohibited, delegated, conflict
    Truth holds = Truth::Yes;
    std::string by, residue, citation;
    std::vector<std::string> recipients;  ///< empty: all
    std::optional<Instant> until;
};

/// A door of a recipient. Open: a rule of the duty names it, and its condition is not known.
struct Door : Channel {
    bool open = false;
};

struct Recipient {
    std::string id;     ///< authority id, `individuals`, entity id, contract party
    std::string title, place, who;
    Truth owed = Truth::Yes;  ///< Unknown: several candidates or an open guard
    bool copy = false, passed_on = false, sticky = false, freed = false;
    std::string freed_by, citation;
    std::vector<Door> channels;
    std::vector<Door> forbidden_channels;
    Done done = Done::Nothing;
    Timing timing = Timing::NoClock;
    std::vector<std::string> filings;
    std::optional<std::int64_t> heads_low, heads_high;
};

struct ContentState {
    std::string id, label, mode, fact, audience, value, citation, note;
    bool known = false;      ///< value stands
    Truth applies = Truth::Yes;
};

struct ExceptionState {
    std::string id, effect, citation, by;
    Truth holds = Truth::Unknown;
};

struct Duty {
    std::string id;           ///< obligation@entity[/population][/place][/contract][/event][/series]
    std::uint32_t obligation = 0;  ///< index in the rule book
    Frame frame;
    std::string entity, population, place, contract, event, series;
    Verdict verdict = Verdict::Undetermined;
    bool exact = true;
    std::string why_inexact;
    DecidedBy by = DecidedBy::Tree;
    bool presumed = false;
    std::vector<ReadingVerdict> readings;  ///< when they differ
    int version = -1;         ///< index of the version that is in force for it; -1 several or none
    Truth when = Truth::Unknown;           ///< without exceptions
    std::vector<ExceptionState> exceptions;
    std::vector<Modifier> modifiers;
    Standing standing = Standing::None;
    std::string standing_by;  ///< duty, entity or obligation that discharges it
    Done done = Done::Nothing;
    Timing timing = Timing::NoClock;
    std::string timing_note;  ///< by how much, under which reading
    Deadline deadline;
    std::vector<Recipient> recipients;
    std::vector<ContentState> content;
    std::vector<GroundFact> open_facts;    ///< undetermined: what would decide
    std::vector<OpenRelation> open_relations;  ///< lists that are not complete on which the verdict or the limit rests
    std::vector<Because> because;          ///< owed, not owed: what it rests on
    std::vector<std::string> citations;
    char grade = 'U';
    bool counsel_reviewed = false;
    std::optional<std::int64_t> heads_low, heads_high;
    std::optional<Instant> flips_at;       ///< as-of-dependent verdict: when it becomes owed if nothing changes
    std::vector<std::string> filings;      ///< ids
    std::vector<std::string> look_again;   ///< judgements whose relied-on facts changed
    std::string choice_set;
    bool past_at_first_sight = false;
};

/// Whether a population meets a people test of the law (engine/people_tests.h).
struct PeopleTest {
    std::int32_t place = -1, population = -1;  ///< of the incident
    std::string test;                          ///< id of the definition, else the condition itself
    Truth met = Truth::Unknown;                ///< Unknown: open
    bool differs = false;                      ///< two duties, of other entities say, see it differently
    friend auto operator<=>(const PeopleTest&, const PeopleTest&) = default;
};

struct FamilyLine {
    std::string family, question;
    std::vector<std::string> places;
};
struct NotCovered {
    std::string place, sector, why;
    std::optional<std::int64_t> people_low, people_high;
};
struct Question {
    GroundFact ground;
    std::string question, frame;           ///< for people
    std::optional<Instant> earliest_safe;  ///< of what can be counted, among undetermined duties to which it is relevant
    std::uint32_t settles_all = 0, settles_some = 0, relevant = 0;
    std::vector<std::string> duties;
    std::string asked_of;
    std::optional<Instant> expected_at;
};

/// Whether a list of relations is complete: who else has that relation to the entity.
struct RelationQuestion {
    OpenRelation list;
    std::string question;                  ///< for people
    std::optional<Instant> earliest_safe;  ///< of what can be counted, among the duties that rest on it
    std::vector<std::string> duties;
};

/// A calendar by which a limit was counted, and the days that it knows.
struct CalendarUsed {
    std::string id, title;
    std::optional<Date> first, last;
};

struct Assessment {
    std::shared_ptr<const Incident> incident;
    std::shared_ptr<const RuleBook> law;
    Moment moment;
    std::string tzdata;
    std::vector<CalendarUsed> calendars_used;
    std::vector<Duty> duties;            ///< listed duties, by duty id
    std::vector<FamilyLine> families;
    std::vector<NotCovered> not_covered;
    std::vector<Question> questions;     ///< in the order in which asking pays
    std::vector<RelationQuestion> relation_questions;  ///< the most urgent first
    std::map<std::string, std::uint32_t> places_ruled_out;  ///< obligations of places certainly not linked
    std::uint32_t by_gate = 0, by_tree = 0, by_split = 0;
    std::string key;                     ///< hash of all inputs
    std::vector<std::string> notes;      ///< warnings for every output (old tzdata, old law)

    const Duty* find(std::string_view duty_id) const;
};

}  // namespace duenotice
