#pragma once
// Answers that several accounts share. Portfolios hold many incidents that answer the questions of one condition alike:
// what the condition comes to, which open facts decide it, and whether a clock's guard may hold are worked out once for
// all of them. The key is everything that the condition may look at (engine/condition_reads.h), compared whole; what
// cannot stand in a key (filings, holds, rates, histories) shares nothing.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/condition_reads.h"
#include "engine/decision.h"
#include "engine/incident.h"
#include "engine/word_table.h"
#include "engine/world.h"

namespace duenotice {

/// Of one law book at one moment; used by one thread at a time.
class SharedAnswers {
public:
    /// Bytes after which everything is forgotten and begun anew.
    explicit SharedAnswers(std::size_t most_bytes = std::size_t{48} << 20U) : most_bytes_(most_bytes) {}

    /// Before each incident: forgets what was worked out for another law book, moment or set of calendars.
    void bind(const World& world, const Moment& moment);
    /// Questions that have an answer or will have one.
    std::size_t size() const { return answers_.size(); }

private:
    friend class IncidentAnswers;
    struct Shape {  ///< of a condition
        ConditionReads reads;
        std::uint32_t number = 0;
        std::map<const Zone*, std::vector<std::vector<std::int64_t>>> limits;  ///< by zone: of each fact, sorted
    };

    void forget();
    std::size_t bytes() const;
    Shape* shape(const Condition& condition);
    std::uint32_t number_of(const Known& value);
    std::uint32_t number_of(const std::string& text);
    std::uint32_t number_of(std::span<const std::uint32_t> list);

    std::size_t most_bytes_;
    std::shared_ptr<const RuleBook> law_;
    std::shared_ptr<const CalendarSet> calendars_;
    ZoneSet zones_;
    Moment moment_;
    std::unordered_set<const Condition*> lasting_;  ///< those of the law book: others may give their place in memory to another
    std::unordered_map<const Condition*, Shape> shapes_;
    std::vector<Known> values_;
    std::unordered_multimap<std::size_t, std::uint32_t> value_numbers_;
    std::unordered_map<std::string, std::uint32_t> texts_;
    WordTable lists_, answers_;
    std::vector<Decision> decisions_;
    std::vector<std::vector<GroundFact>> facts_;
    std::size_t kept_bytes_ = 0;  ///< of values, decisions and facts
};

/// The answers that one incident shares.
class IncidentAnswers {
public:
    /// Null when the incident shares none. `answers`, bound to this world and moment, and the incident must outlive it.
    static std::unique_ptr<IncidentAnswers> make(SharedAnswers& answers, const World& world, const Incident& incident, const Moment& moment);

    enum class Question : std::uint8_t { Decision, Facts, Guard };
    /// Where the answer to a question about these conditions in a frame stands or will stand; nothing when none is shared.
    std::optional<std::size_t> place(Question question, std::span<const Condition* const> conditions, const Frame& frame);
    /// Null until one is kept.
    const Decision* decision(std::size_t place) const;
    const std::vector<GroundFact>* facts(std::size_t place) const;
    std::optional<Truth> guard(std::size_t place) const;
    void keep(std::size_t place, const Decision& decision);
    void keep(std::size_t place, const std::vector<GroundFact>& facts);
    void keep(std::size_t place, Truth guard);

private:
    IncidentAnswers(SharedAnswers& answers, const World& world, const Incident& incident, const Moment& moment);

    void add(SharedAnswers::Shape& shape, const Frame& frame);
    void add_cells(const FactRead& read, const std::vector<std::int64_t>& limits, const Frame& frame);
    std::vector<std::int64_t> limits_of(const FactRead& read, const Zone* zone) const;
    std::uint32_t own(FactId fact, const Frame& frame) const;
    std::uint32_t everywhere(FactId fact);
    const Zone* zone(const Frame& frame);
    GroundFact ground(FactId fact, const Frame& frame) const;
    std::uint32_t populations(), places(), links(), others();
    std::uint32_t counted(const std::string& place);

    SharedAnswers& shared_;
    const World& world_;
    const Incident& incident_;
    const Moment& moment_;
    std::vector<std::uint32_t> records_;  ///< number of what each record states, and whether it is planned
    std::unordered_map<FactId, std::uint32_t> everywhere_;
    std::map<Frame, const Zone*> zones_;
    std::optional<std::uint32_t> populations_, places_, links_, others_;
    std::map<std::string, std::uint32_t> counted_;
    std::vector<std::uint32_t> key_;
};

}  // namespace duenotice
