#pragma once
// Judgements: recorded human decisions that law asks for. A judgement is a statement of its fact with more beside it
// (factors, dissent, evidence, the facts that it relies on, each with its entry), and is never changed, only replaced. It
// needs another look once a fact that it relies on says something else; a statement that says the same again, or only who
// said it, changes nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/record/account_entries.h"

namespace duenotice {

/// A fact with the entry whose statement of it counted.
struct ReliedFact {
    AccountPath path;
    std::string fact;
    std::uint64_t entry = 0;
};

/// What is written down beside the statement itself.
struct JudgementNotes {
    std::vector<ReliedFact> relied;
    std::vector<std::string> factors, evidence;
    std::string dissent, guidance, look_again_on;  ///< the last is a day
};

struct RecordedJudgement {
    enum class State : std::uint8_t { Stands, LookAgain, Replaced };
    std::uint64_t entry = 0;
    std::string recorded, actor;
    FactEntry statement;
    JudgementNotes notes;
    State state = State::Stands;
    std::vector<ReliedFact> changed;  ///< what is relied on and says something else now, with its entry now
    std::optional<std::uint64_t> replaces;
};
std::string_view name(RecordedJudgement::State state);  ///< stands, needs another look, replaced

Entry judgement_entry(const FactEntry& statement, const JudgementNotes& notes, std::optional<std::uint64_t> replaces, const Writer& writer);

/// All judgements in the order of their entries: those recorded as such, and statements of judged facts that came with an
/// account; for these the facts that `relies_on` names are those that counted then. `today` is a day, for look_again_on.
std::vector<RecordedJudgement> judgements_of(const std::vector<RecordedEntry>& entries, const std::string& today);

/// The statement that counts for a fact as seen from a frame: of all that stand in a part of the frame the most special.
const CurrentStatement* seen_from(const std::vector<CurrentStatement>& statements, const AccountPath& frame, std::string_view fact);

/// Whether a fact is a judgement: `judged.gdpr_risk`, not its `.decided_at`.
bool is_judgement(std::string_view fact);

}  // namespace duenotice
