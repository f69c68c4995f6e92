#pragma once
// What was told to whom: at filing each filled field of `send/` becomes a statement, with the fact that it was filled from
// and the entry that stated it then. Compared later with the facts: the same, newer known (the facts have become narrower
// or have gone on), or contradicting (what was told is no longer possible); and with what others were told.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/knowledge.h"
#include "engine/record/packet_draft.h"

namespace duenotice {

struct ToldField {
    std::string field, label, value;  ///< as sent
    AccountPath path;                 ///< of the fact's statement; `fact` empty: written by hand
    std::string fact;
    std::uint64_t entry = 0;          ///< the statement it was filled from
};

struct ToldNotice {
    std::uint64_t entry = 0;
    std::string filing, at;
    PacketSubject subject;
    std::vector<ToldField> fields;
};

Entry told_entry(const ToldNotice& notice, const Writer& writer);
std::vector<ToldNotice> told_of(const std::vector<RecordedEntry>& entries);

enum class ToldNow : std::uint8_t { Same, NewerKnown, Contradicts };
std::string_view name(ToldNow now);  ///< same, newer known, contradicts
/// What is known now beside what was known when it was told. A text in other words is newer, never contradicting: that is
/// for a person to read. What had not happened and has since is newer.
ToldNow compare_told(const Known& then, const Known& now);

}  // namespace duenotice
