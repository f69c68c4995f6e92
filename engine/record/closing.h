#pragma once
// What is open when somebody wants to close a matter: owed and not done, not yet to be told, judgements that need another
// look, filings that nobody acknowledged, statements that contradict facts, holds alive, requests without an answer, and
// what must be kept and until when. Closing with an item takes two persons and a reason.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/assessment.h"
#include "engine/record/account_entries.h"

namespace duenotice {

/// What stands for all families of law of places of which nobody said whether anything there is touched.
inline constexpr std::string_view places_not_told = "places that nobody spoke of";

struct OpenItem {
    enum class Kind : std::uint8_t { NotDone, Open, LookAgain, NotAcknowledged, Contradicts, HoldAlive, Unanswered, Keep };
    Kind kind = Kind::NotDone;
    std::string subject;  ///< id of the duty, judgement, filing, hold or request
    std::string family;   ///< of duties: family or title of the law, of families of law `places_not_told`; else empty
    std::string words;
    std::optional<Instant> limit;
};
std::string_view name(OpenItem::Kind kind);
/// Whether an item of this kind keeps a matter from being closed by one person: all but what is to be kept.
bool hinders(OpenItem::Kind kind);

/// By kind, then family, then subject. `more` are items that the account alone does not show: statements that contradict.
std::vector<OpenItem> open_items(const std::vector<RecordedEntry>& entries, const Assessment& assessment, std::vector<OpenItem> more = {});

/// `hold alive: police-1`: an item as a decision to close keeps it.
std::vector<std::string> item_words(const std::vector<OpenItem>& items);

/// Items of one kind and family as one line.
struct OpenGroup {
    OpenItem::Kind kind = OpenItem::Kind::NotDone;
    std::string family;
    std::vector<const OpenItem*> items;
    std::optional<Instant> nearest;
};
std::vector<OpenGroup> grouped(const std::vector<OpenItem>& items);

}  // namespace duenotice
