#pragma once
// Decisions of people over a matter: to notify, not to notify, to notify though nothing is owed, to set the program's
// answer aside in either direction, to accept a hold, to act alone in an emergency, to close, to reopen. They have a
// direction: to add a duty takes one person; to drop one that is owed, or may be, takes two, a reason and a day on which it
// is looked at again; so does closing with open items, without the day. The second person signs (engine/record/confirmation.h);
// until then such a decision has no effect. A decision never changes what the law says is owed; it stands beside it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/assessment.h"
#include "engine/record/access.h"

namespace duenotice {

struct MatterDecision {
    std::uint64_t entry = 0;
    std::string recorded, actor;
    /// notify, do-not-notify, notify-though-not-owed, add-duty, drop-duty, accept-hold, emergency, close, reopen.
    std::string what;
    std::string duty;   ///< its id; add-duty: words of the duty that no law on file asks for
    std::string hold;   ///< accept-hold: its id
    std::string second, reasons, advice, look_again_on;
    std::string owed;   ///< what the program said of the duty then: owed, not_owed, undetermined
    std::vector<std::string> items;  ///< close: what was open
    std::string nearness;            ///< emergency: how far the limit was, `2 h 40 min before its limit of ...`
    bool drops() const { return what == "drop-duty" || (what == "do-not-notify" && owed != "not_owed"); }
    /// Drops, or closes with something that is not just to be kept.
    bool takes_two() const;
};

inline constexpr std::string_view decision_kinds[] = {"notify", "do-not-notify", "notify-though-not-owed", "add-duty", "drop-duty", "accept-hold"};

Entry decision_entry(const MatterDecision& decision, const Writer& writer);
std::optional<MatterDecision> read_decision(const RecordedEntry& entry);
std::vector<MatterDecision> decisions_of(const std::vector<RecordedEntry>& entries);

/// A decision and whether it counts.
struct StandingDecision {
    enum class State : std::uint8_t { InForce, NotSigned, TakenBack };
    MatterDecision decision;
    State state = State::InForce;
    std::uint64_t since = 0;                   ///< the entry from which it counts: its own or the confirmation
    std::optional<std::uint64_t> confirmed_by;
    std::string confirmer;                     ///< account that signed it
    std::optional<std::uint64_t> answered_by;  ///< add-duty: the entry that says it was done
};
/// In the order of their entries. A later one about the same duty that counts takes an earlier one back; a reopening or a
/// later closing takes a closing back.
std::vector<StandingDecision> standing_decisions(const std::vector<RecordedEntry>& entries);

/// The entry that closed the matter, when nothing reopened it since.
std::optional<std::uint64_t> closed_by(const std::vector<RecordedEntry>& entries);

/// What every output says first: who acted alone in an emergency, and which duties that may be owed people set aside or
/// asked to, and which they added.
std::vector<std::string> loud_notes(const std::vector<RecordedEntry>& entries);

/// Why it cannot be recorded so; empty when it can. `verdict` is that of the duty, empty where none is on the list;
/// `today` a day.
std::string decision_mistake(const MatterDecision& decision, std::optional<Verdict> verdict, const Access& access, const std::string& today);

}  // namespace duenotice
