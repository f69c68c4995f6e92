#pragma once
// Known: the set of values that a fact may still have. Exact, a range, a subset of choices, members known in or out, or
// open; never "unknown" as a value of its own. One struct for all types; which part counts is said by `type`.
//   choices (yes/no, choice, judgement): `possible`, one bit a choice of the declaration.
//   set: `in` known members, `out` known non-members; a member in neither is open.
//   place: `places` are the possible ones while `closed`; else everything but `places_out`.
//   place set: `places` known in, `places_out` known out, `closed`: all others are out.
//   number, share (ppm), money (minor units of `currency`), duration (seconds), date (days), instant (seconds):
//   [low, high], both included; instants and dates also have `not_yet_possible` and `happened_possible`.
//   text: `text`.
// Narrowing to nothing is a contradiction, which the incident reader reports with both places.

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/instant.h"
#include "rules/period.h"
#include "rules/value.h"
#include "rules/vocabulary.h"

namespace duenotice {

inline constexpr std::size_t most_choices = 192;
using ChoiceSet = std::bitset<most_choices>;

struct Known {
    static constexpr std::int64_t lowest = INT64_MIN / 4, highest = INT64_MAX / 4;

    ValueType type = ValueType::YesNo;
    ChoiceSet possible;
    ChoiceSet in, out;
    std::vector<PlaceCode> places, places_out;  ///< sorted
    bool closed = false;
    std::int64_t low = lowest, high = highest;
    bool not_yet_possible = true, happened_possible = true;
    std::string currency;                  ///< money: empty while open
    std::optional<std::int64_t> estimate;  ///< a stated estimate beside the range
    bool cannot_be_determined = false;     ///< a person has said so
    bool provisional = false;              ///< judgement: made, but provisional: all outcomes stay possible
    std::optional<std::uint32_t> provisional_outcome;
    std::optional<std::string> text;
    std::optional<Period> period;          ///< duration: as worded; seconds stand in low and high only when exact

    /// Everything is still possible.
    static Known open(const FactDeclaration& declaration);
    bool is_open(const FactDeclaration& declaration) const;   ///< nothing is known
    bool is_exact(const FactDeclaration& declaration) const;  ///< one value is left (sets: every member decided)
    bool is_empty() const;  ///< no value is left: a contradiction
    /// The values that are in both.
    Known narrowed(const Known& other) const;
    /// Every value that is in either; of two ranges also what lies between.
    Known united(const Known& other) const;
    bool subset_of(const Known& other) const;
    friend bool operator==(const Known&, const Known&) = default;
};

/// As people read it: `yes`, `240 to 260`, `at least 240`, `name; open: ssn`, `not yet`, `not known yet`.
std::string words(const Known& known, const FactDeclaration& declaration);
/// As incident JSON writes it, one line.
std::string json_words(const Known& known, const FactDeclaration& declaration);

enum class Truth : std::uint8_t { No, Unknown, Yes };
constexpr Truth operator!(Truth t) { return t == Truth::Yes ? Truth::No : t == Truth::No ? Truth::Yes : Truth::Unknown; }
constexpr Truth both(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth either(Truth a, Truth b) { return a < b ? b : a; }
/// At least one of the two can be.
constexpr Truth truth_of(bool can_yes, bool can_no) { return can_yes && can_no ? Truth::Unknown : can_yes ? Truth::Yes : Truth::No; }

}  // namespace duenotice
