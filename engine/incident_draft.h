#pragma once
// An incident while its sources are being read: frames by id, facts by ground with their histories, and the rule that
// the account wins over the standing facts of the group (both stay in the history). Frames are declared first, so that
// a fact may stand before the frame that it names; places are numbered as they come and sorted at the end.
// Internal to the incident reader (engine/incident_reader.h).

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/incident_reader.h"
#include "engine/json_object.h"
#include "engine/statement_reader.h"

namespace duenotice {

/// Whether a statement is a standing fact of the group or of the account of this incident.
enum class Level : std::uint8_t { Standing, Account };

/// Where facts stand in a file, and what they may belong to.
struct Home {
    Frame frame;
    std::vector<FrameKind> kinds;  ///< the frames that a fact may have here
    std::string words;             ///< `the incident`, `an entity`
    std::string event_kind;        ///< of an event
};

class IncidentDraft {
public:
    IncidentDraft(const RuleBook& the_law, const ZoneSet& the_zones, std::optional<Instant> as_of_instant, bool is_known_at_given,
                  Diagnostics& the_diagnostics)
        : law(the_law), zones(the_zones), as_of(as_of_instant), known_at_given(is_known_at_given), diagnostics(the_diagnostics) {}

    const RuleBook& law;
    const ZoneSet& zones;
    std::optional<Instant> as_of;
    bool known_at_given = false;
    Diagnostics& diagnostics;
    Incident incident;

    // Frames. Indexes are -1 after an error, which has been reported.
    std::int32_t add_place(const std::string& code);
    std::int32_t place(const JsonValue& code);
    /// Declares an id of `list`; -1 when it is malformed or taken.
    template <class List>
    std::int32_t declare(const JsonValue& item, List& list, std::string_view what);
    template <class List>
    std::int32_t find(const JsonValue& id, const List& list, std::string_view what) const;
    bool implicit_population() const { return !incident.populations.empty() && incident.populations.front().implicit; }

    // Facts.
    StatementContext context(const Frame& frame) const;
    void facts(const JsonValue* object, const Home& home, Level level);
    void fact(const JsonValue& value, const FactDeclaration& declaration, const Frame& frame, Level level);
    /// Appends a statement that follows from others.
    void derive(const GroundFact& ground, Statement statement);
    std::map<GroundFact, FactRecord>& records() { return records_; }
    Known known(const GroundFact& ground) const;

    /// An instant that must not lie after as-of unless known-at is given.
    std::optional<Instant> past_instant(JsonObject& object, std::string_view name);
    void check_zone(const JsonValue* zone);
    /// Zones of the entities, from their own `zone`, their main establishment or their country.
    void settle_zones();
    std::map<std::int32_t, std::string> main_places;  ///< by entity, from its facts

    /// Sorts places and facts; the draft is empty afterwards.
    Incident finish();

private:
    void state(const GroundFact& ground, std::vector<Statement> statements, Level level);
    void wrong_home(const JsonMember& member, const FactDeclaration& declaration, const Home& home);

    std::map<GroundFact, FactRecord> records_;
    std::set<std::pair<Level, GroundFact>> stated_;
    std::vector<const Zone*> entity_zones_;
    std::set<std::string> folded_ids_;  ///< list and id in lower case
};

// The parts of the reader, each in a file of its own.
/// Declares entities, populations, events, series, contracts by their ids.
void declare_frames(const JsonValue& root, const JsonValue* group, IncidentDraft& draft);
/// Facts, links and relations of one entity of the group or the account.
void read_entities(const JsonValue& root, Level level, IncidentDraft& draft);
void read_populations(const JsonValue& root, IncidentDraft& draft);
void read_places(const JsonValue& root, IncidentDraft& draft);
void read_contracts(const JsonValue& root, IncidentDraft& draft);
void read_events(const JsonValue& root, IncidentDraft& draft);
void read_series(const JsonValue& root, IncidentDraft& draft);
void read_filings(const JsonValue& root, IncidentDraft& draft);
void read_holds(const JsonValue& root, IncidentDraft& draft);
void read_rates(const JsonValue& root, IncidentDraft& draft);
/// Contracts of contracts.csv with their standing facts; false when none of the table can be read, and so no contract is known.
bool read_contract_table(const SourcePtr& source, IncidentDraft& draft);
/// Facts that follow: the first authority told, links of entities to places, totals of people.
void complete_facts(IncidentDraft& draft);
void complete_links(IncidentDraft& draft);
/// Narrows by the constraints of the vocabulary; a contradiction is an error with both places.
void apply_constraints(IncidentDraft& draft);
/// The whole account from parsed documents; `group` may be null.
void read_account(const JsonValue& root, const JsonValue* group, const SourcePtr& contracts, IncidentDraft& draft);

/// An explicit statement of the links of an entity to a place: `["lives"]`, `{"exactly": [...]}`, `{"has", "has_not"}`.
void read_links(const JsonValue& value, EntityPlace& place, Diagnostics& diagnostics);

}  // namespace duenotice
