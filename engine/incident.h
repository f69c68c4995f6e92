#pragma once
// The account of one incident: every fact with its value, when it became so, when it was learned and who says so; the
// frames; filings, holds, relations. Facts that nobody stated are open. Immutable after reading; as_known_at gives the
// account as it stood at an earlier instant.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frame.h"
#include "engine/knowledge.h"
#include "rules/diagnostic.h"
#include "rules/vocabulary.h"

namespace duenotice {

class RuleBook;

/// One statement of a fact.
struct Statement {
    Known value;
    std::optional<Instant> true_since, learned_at, expected_at;
    std::string by, source;
    bool estimated = false, planned = false;
    Span span;
    // judgements
    std::string function, body, second, reasons, advice;
    std::vector<std::string> relies_on;
    std::optional<Instant> recorded_at;
    std::optional<Date> rate_date;  ///< currency rates
};

/// The history of one ground fact, oldest first; the last one is what is known now.
struct FactRecord {
    GroundFact ground;
    std::vector<Statement> history;
    const Statement& current() const { return history.back(); }
};

struct PlaceFrame {
    std::string code;  ///< ISO 3166; `unknown` is people of unknown residence
    Truth listed = Truth::Yes;  ///< No: known absent
};

/// A place as seen from an entity.
struct EntityPlace {
    std::int32_t place = -1;
    Truth lives = Truth::Unknown, served = Truth::Unknown, established = Truth::Unknown, does_business = Truth::Unknown;
};

/// Fields in which somebody else may answer for the notices of an entity: those of laws, its contracts, its own rules.
inline constexpr std::string_view owner_fields[] = {"personal_data", "finance", "securities", "health", "network_security",
    "critical_infrastructure", "telecommunications", "products", "contracts", "house_rules"};

/// Who answers for the notices of an entity, or of one field of it.
struct FieldOwner {
    std::string field, owner, deputy;
};

struct EntityFrame {
    std::string id, name, short_name, zone;  ///< short_name, zone of its main place: may be empty
    std::vector<EntityPlace> places;
    std::vector<std::pair<std::string, std::int32_t>> relations;  ///< relation, entity: this one has that `affiliate`
    std::vector<std::string> relations_complete;  ///< sorted: all that have this relation to it are listed
    std::string owner, deputy, approver;  ///< of its notifications, from the group profile
    std::vector<FieldOwner> owners;       ///< other people for some fields of law
    std::vector<std::string> languages;   ///< in which its notices can be written; empty: not stated
    bool in_group_only = false;  ///< from the profile, not named by the incident
    Span span;
};

struct PopulationFrame {
    std::string id, name;
    bool implicit = false;  ///< made of the incident's own data facts
    Span span;
};

struct ContractFrame {
    std::string id, party, kind, clause, channel, contact;
    std::int32_t entity = -1;
    Span span;
};

inline constexpr std::string_view event_kinds[] = {"payment", "request", "order", "outage"};
struct EventFrame {
    std::string id, kind;
    std::int32_t entity = -1;  ///< -1: of the incident
    Span span;
};

struct SeriesFrame {
    std::string id;
    std::vector<std::string> incidents;  ///< member ids
    Span span;
};

struct Filing {
    std::string id, obligation, entity, recipient, stage, channel, reference;
    std::string population, place, contract, event, series;  ///< of the duty; empty: not given
    std::optional<Instant> submitted_at, accepted_at, dispatched_at, received_at, published_at, withdrawn_at, planned_at;
    std::string supersedes;
    std::vector<std::string> unknown;  ///< facts that the filing marked as not known
    std::optional<std::int64_t> heads;
    Span span;
    std::optional<Instant> at(std::string_view act) const;  ///< `submitted`, `accepted`, ...
};

struct Hold {
    std::string id, kind, by, form, effect;
    std::optional<Instant> from, until;                ///< the earliest possible where only bounds are known
    std::optional<Instant> from_latest, until_latest;  ///< the latest possible; empty: `from`, `until` are exact
    bool confirmed = true;                             ///< false: heard of, and it may not exist
    std::vector<std::string> acts, recipients;         ///< empty: all
    std::optional<Instant> learned_at;
    Span span;
};

struct Rate {
    std::string from, to;
    std::int64_t numerator = 0, denominator = 1;  ///< one major unit of `from` in major units of `to`
    Date date;
    std::string source;
};

/// What an entity has prepared to reach a recipient: who can log in, and by which ways.
struct Contact {
    std::string entity, recipient, account_holder, deputy;
    std::optional<Date> last_login_test;
    std::string log_in;        ///< held, missing, not_needed; empty: not stated
    std::string reach;         ///< person, address or number
    std::string fallback;      ///< another way, when the first fails
    std::string out_of_hours;  ///< the way by night and on days off
    std::string form;          ///< can_be_saved, cannot_be_saved; empty: not stated
    std::optional<Date> checked;  ///< when somebody last looked whether all this still holds
    Span span;
    /// Said to be held, or by whom, or tried once.
    bool holds_log_in() const { return log_in.empty() ? !account_holder.empty() || last_login_test.has_value() : log_in == "held"; }
};

class Incident {
public:
    std::string id, title, group, hash;  ///< hash: SHA-256 of all sources
    bool drill = false;
    std::string zone;  ///< of the group, for days stated at incident level
    std::vector<PlaceFrame> places;  ///< sorted by code
    std::vector<EntityFrame> entities;
    std::vector<PopulationFrame> populations;
    std::vector<ContractFrame> contracts;
    std::vector<EventFrame> events;
    std::vector<SeriesFrame> series;
    std::vector<Filing> filings;
    std::vector<Hold> holds;
    std::vector<Rate> rates;
    std::vector<Contact> contacts;
    std::vector<std::pair<std::string, std::string>> texts;  ///< form fields and texts by id
    bool entities_complete = false, populations_complete = false, places_complete = false, contracts_complete = false, relations_complete = false;

    /// Sorted by ground; find gives null when nobody stated it.
    std::vector<FactRecord> facts;
    const FactRecord* find(const GroundFact& ground) const;
    /// The set of values; open when nobody stated it.
    Known known(const GroundFact& ground, const Vocabulary& vocabulary) const;

    std::int32_t place_index(std::string_view code) const;   ///< -1 when not listed
    std::int32_t entity_index(std::string_view id) const;
    /// What the entity has prepared for this recipient; null: nothing.
    const Contact* contact(std::string_view entity, std::string_view recipient) const;
    /// Who answers for a notice in one of these fields: by field in the order of the profile, else for the entity.
    FieldOwner owner_of(std::int32_t entity, const std::vector<std::string>& fields) const;
    /// Whether all are listed that have this relation to the entity.
    bool has_all_of(std::string_view relation, std::int32_t entity) const;
    const EntityPlace* entity_place(std::int32_t entity, std::int32_t place) const;
    /// The account as it stood: statements learned later are gone (those without learned_at stay), as are later filings and holds.
    Incident as_known_at(Instant instant) const;
    /// `staff, US-TX` and the like, for people.
    std::string words(const Frame& frame) const;
};

}  // namespace duenotice
