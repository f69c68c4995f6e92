#pragma once
// The immutable law book: everything read from jurisdictions/, resolved, checked and indexed. Made once by
// load_rulebook from texts (no disk), or refused with all mistakes of all files at once.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/counting_law.h"
#include "rules/diagnostic.h"
#include "rules/jurisdiction.h"
#include "rules/obligation.h"
#include "rules/spread.h"
#include "rules/vocabulary.h"

namespace duenotice {

inline constexpr int rule_language = 1;

/// A condition with the reading it belongs to, whole: versions or-ed, each with its dates, who, when and exceptions.
struct WholeCondition {
    std::string label;  ///< empty when there is one reading
    ConditionPtr condition;
};

/// How far one version goes: used to attribute a verdict to its parts. Same order as Obligation::versions.
struct VersionConditions {
    ConditionPtr in_range;                 ///< relevant date within [from, until), and from-when
    std::vector<WholeCondition> readings;  ///< in_range and who and when and not barred
};

struct CompiledObligation {
    std::vector<WholeCondition> readings;  ///< or over versions
    std::vector<VersionConditions> versions;
};

class RuleBook {
public:
    Vocabulary vocabulary;
    std::vector<Law> laws;                      ///< sorted by id, as all lists here
    std::vector<Obligation> obligations;
    std::vector<CompiledObligation> compiled;   ///< parallel to obligations
    std::vector<Definition> definitions;
    std::vector<Presumption> presumptions;
    std::vector<Jurisdiction> jurisdictions;
    std::vector<PlaceGroup> groups;
    std::vector<Authority> authorities;
    CountingLaws counting;
    std::string edition;      ///< newest checked date of the book, `2026-11-20`
    std::string fingerprint;  ///< SHA-256 over all sources, whatever their names and order; hex

    /// Every place that conditions of the book can tell from another: those it names, for each country any other part of it
    /// (`DE-?`), and any other country (`??`). Sorted.
    std::vector<std::string> places;
    /// Fills `places` and PlaceGroup::ever once jurisdictions and groups stand.
    void index_places();

    const Law* find_law(std::string_view id) const;
    const Obligation* find_obligation(std::string_view id) const;
    std::optional<std::uint32_t> obligation_index(std::string_view id) const;
    const Definition* find_definition(std::string_view id) const;
    const Presumption* find_presumption(std::string_view id) const;
    const Jurisdiction* find_jurisdiction(std::string_view code) const;
    const PlaceGroup* find_group(std::string_view id) const;
    const Authority* find_authority(std::string_view id) const;
    /// Whether a place is the other, lies in it (`US-TX` in `US`), or is a member of the group on that day (no day: ever).
    bool within(std::string_view place, std::string_view group_or_place, std::optional<Date> day = {}) const;
    /// Zone of a place or of its parent; empty when unknown.
    std::string_view zone_of(std::string_view place) const;
    std::string_view calendar_of(std::string_view place) const;
};

struct LoadOptions {
    bool include_proposed = false;
    std::optional<Date> today;      ///< for the age of readings; empty: no such warnings
    bool looks_back = false;        ///< `today` is an earlier day that is asked about: readings may be younger
    int most_age_days = 180;
    bool strict_examples = false;   ///< each obligation has examples, owed and not, and an official address (jurisdictions/)
    bool lint = false;              ///< also what is no mistake but deserves a look (rules/LANGUAGE.md, Lint)
    Spread spread;                  ///< reads the files; empty: one after the other
};

/// Reads vocabulary, counting laws, jurisdictions, authorities and laws (told apart by their root element; calendars are
/// skipped: engine/calendar.h) and returns one book, or every mistake with its place.
Checked<std::shared_ptr<const RuleBook>> load_rulebook(std::span<const SourcePtr> sources, const LoadOptions& options = {});

}  // namespace duenotice
