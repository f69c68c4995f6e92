#pragma once
// Every fact that the law may ask about: its frame, type, the question for a human, and its choices.
// A condition may use no fact that is not declared. The order of declaration is the vocabulary order, which breaks all ties.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/source_text.h"
#include "rules/value.h"

namespace duenotice {

/// What a fact belongs to. A duty's frame binds some of entity, population, place, contract, event, series.
enum class FrameKind : std::uint8_t {
    Incident, Entity, Population, EntityPopulation, EntityPlace, PopulationPlace, Contract, Event, Series,
    Member  ///< one member incident of a series
};

std::string_view name(FrameKind frame);  ///< `incident`, `entity`, `population`, `entity-population`, `entity-place`, ...

/// Which parts a frame binds, as bits.
namespace bind {
inline constexpr unsigned entity = 1, population = 2, place = 4, contract = 8, event = 16, series = 32, member = 64;
}
unsigned bindings(FrameKind frame);

enum class AskedWhen : std::uint8_t { First, During, Standing, Never };

struct Choice {
    std::string token;  ///< snake_case; the only form in JSON, CSV and conditions
    std::string label;  ///< for people
};

using FactId = std::uint16_t;

/// One declared fact. A judgement `judged.x` also has the instant `judged.x.decided_at`, declared with it as a fact of its own.
struct FactDeclaration {
    FactId id = 0;
    std::string name;  ///< `data.encrypted`
    FrameKind frame = FrameKind::Incident;
    ValueType type = ValueType::YesNo;
    AskedWhen asked = AskedWhen::During;
    std::string question;
    std::string short_words;           ///< the fact in a few words, for a row: `awareness of the incident`
    std::string note;
    std::vector<Choice> choices;       ///< Choice, Set (at most 192), Judgement (outcomes, without provisional / not yet made)
    std::vector<std::string> factors;  ///< Judgement: what the law or guidance names, one by one
    std::string standard;              ///< Judgement: short words of the standard
    std::string currency;              ///< Money: the question's currency, may be empty
    std::optional<FactId> decided_at;  ///< Judgement: its instant
    std::optional<FactId> judgement;   ///< for `.decided_at`: its judgement
    bool ordered = false;              ///< Choice: the choices rise in the order of declaration
    std::optional<std::string> event;  ///< Event frame: only of events of this kind
    Span span;

    std::optional<std::uint32_t> choice_index(std::string_view token) const;
};

/// Relations between entities, as in group.json: to whom this one is an affiliate, provider, ...
inline constexpr std::string_view relation_names[] = {"affiliate", "parent", "subsidiary", "branch", "registrant",
    "provider", "client", "agent", "principal", "owner", "custodian", "source", "supervisor", "deployer", "joint"};

/// `excludes` / `implies` / `order`: narrows facts before evaluation; a contradiction is an input error.
struct FactConstraint {
    enum class Kind : std::uint8_t { Implies, Excludes, Order };
    Kind kind = Kind::Order;
    FactId left = 0, right = 0;
    std::uint32_t left_choice = 0, right_choice = 0;  ///< Implies, Excludes: choice index (yes is 0, no is 1)
    std::string why;
    Span span;
};

class Vocabulary {
public:
    /// Adds a declaration (and `.decided_at` for a judgement); false when the name exists.
    bool add(FactDeclaration declaration);
    void add(FactConstraint constraint) { constraints_.push_back(std::move(constraint)); }

    const FactDeclaration* find(std::string_view name) const;
    const FactDeclaration& at(FactId id) const { return facts_[id]; }
    const std::vector<FactDeclaration>& facts() const { return facts_; }
    const std::vector<FactConstraint>& constraints() const { return constraints_; }
    /// Nearest known name or empty.
    std::string suggest(std::string_view name) const;

private:
    std::vector<FactDeclaration> facts_;
    /// For look-ups by any kind of string.
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, FactId, Hash, std::equal_to<>> by_name_;
    std::vector<FactConstraint> constraints_;
};

/// YesNo choice indexes.
inline constexpr std::uint32_t yes_index = 0, no_index = 1;

}  // namespace duenotice
