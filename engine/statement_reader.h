#pragma once
// One statement of a fact as it stands in an account: `"yes"`, `{"at_least": 240, "at_most": 260}`, `{"not_yet": true}`,
// a judgement, or a history of statements; read by the type of the fact into the set of values that it leaves possible,
// with who said so and when. Only one form may stand in a statement, and only one that the type has. Times need an
// offset; a day is the whole day in the zone that the caller gives, and an error when there is none.

#include <optional>
#include <string>
#include <vector>

#include "engine/incident.h"
#include "engine/json_reader.h"
#include "engine/zone_set.h"
#include "rules/rulebook.h"

namespace duenotice {

/// What the reading of a statement needs besides its text.
struct StatementContext {
    const RuleBook& law;
    Diagnostics& diagnostics;
    const Zone* zone = nullptr;       ///< for days; null: a day is refused
    std::string zone_owner;           ///< `the group`, `the entity `acme``: whose zone is missing
    std::optional<Instant> as_of;
    bool known_at_given = false;      ///< statements learned after as-of are allowed
};

struct StatementReading {
    std::vector<Statement> statements;  ///< oldest first; never empty
    std::vector<Statement> decided;     ///< judgements: of the instant `.decided_at`, one for each statement
};

/// Empty when there was a mistake, which is in the diagnostics of the context.
std::optional<StatementReading> read_statement(const JsonValue& value, const FactDeclaration& declaration, const StatementContext& context);

/// First and last second that `2026-11-20T22:14+08:00` or the day `2026-11-20` may mean.
struct Moments {
    std::int64_t low = 0, high = 0;
};
std::optional<Moments> read_moments(const JsonValue& value, const StatementContext& context);
/// An instant with its offset; a day is refused.
std::optional<Instant> read_instant(const JsonValue& value, const StatementContext& context);
std::optional<Date> read_date(const JsonValue& value, Diagnostics& diagnostics);
/// The one code of a place: a country or part of one of ISO 3166, or a place that the law book declares; else an error with the nearest.
std::optional<PlaceCode> read_place(const JsonValue& value, const RuleBook& law, Diagnostics& diagnostics);

}  // namespace duenotice
