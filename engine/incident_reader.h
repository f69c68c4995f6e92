#pragma once
// Reads incident JSON, the group profile and contracts.csv against the law book's vocabulary; strict, with places; all
// mistakes at once. Also applies the vocabulary's constraints. Also reads the short facts of law examples.

#include <memory>
#include <optional>
#include <string_view>

#include "engine/incident.h"
#include "engine/zone_set.h"
#include "rules/rulebook.h"

namespace duenotice {

struct IncidentSources {
    SourcePtr incident;
    SourcePtr group;      ///< may be null
    SourcePtr contracts;  ///< may be null
    /// Statements learned, filings made and holds begun later are an error unless known-at is given.
    std::optional<Instant> as_of;
    bool known_at_given = false;
};

/// `group` named by the incident, to be loaded first by whoever has a disk; empty when none.
std::string group_file_of(const SourcePtr& incident);
Checked<Incident> read_incident(const IncidentSources& sources, const RuleBook& law, const ZoneSet& zones);

/// The short form of an example: `FACT is VALUE; FACT has a, b; ...` as an incident of one entity `e` (affected), one
/// population `p` and, when `place` is not empty, that place linked in every way.
Checked<Incident> read_short_facts(std::string_view text, const Span& span, std::string_view place, const RuleBook& law,
                                   const ZoneSet& zones);

}  // namespace duenotice
