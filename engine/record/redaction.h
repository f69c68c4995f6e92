#pragma once
// Content that leaves a record, content that must stay, and copies that were handed out, as entries:
//
//     redaction    refs entry, field, approver; field ground: the content of that field is gone, its commitment stays
//     legal-hold   refs hold (its name), state (placed, released), entry where it covers one only; field reason
//     export       refs entries (how many), edition, manifest_sha256; fields recipient, withheld [[entry, field], ...]
//
// A redaction has an approver who is not its writer, and there is none under a legal hold. Salt and value go together:
// the commitment in the leaf can then neither be opened nor guessed, while every proof and signature over it holds. With
// the content go the artefacts that it alone names. What cannot be erased is what places an entry (path, fact, withheld) and
// what rights and refusals hang on: without the roles of an account, the second person of a decision or the gaps of a draft
// the record would allow afterwards what it refused before.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/record/entry.h"

namespace duenotice {

using FieldOfEntry = std::pair<std::uint64_t, std::string>;

struct Redaction {
    std::uint64_t seq = 0, entry = 0;
    std::string field;
};

struct LegalHold {
    std::uint64_t seq = 0;
    std::string hold;
    std::optional<std::uint64_t> entry;  ///< empty: the whole record
    bool placed = true;                  ///< false: released
};

struct Export {
    std::uint64_t seq = 0, entries = 0;
    std::string edition, manifest_sha256, recipient, recorded;
    std::set<FieldOfEntry> withheld;
};

struct Writer;
Entry redaction_entry(const FieldOfEntry& target, const std::string& ground, const std::string& approver, const Writer& writer);
Entry hold_entry(const LegalHold& hold, const std::string& reason, const Writer& writer);
Entry export_entry(const Export& made, const Writer& writer);

/// What a leaf of the kind says; empty for other kinds and for leaves that do not say it.
std::optional<Redaction> read_redaction(const Leaf& leaf);
std::optional<LegalHold> read_hold(const Leaf& leaf);
struct RecordedEntry;
std::optional<Export> read_export(const RecordedEntry& entry);

/// Why a hold cannot be placed beside those that are in force: a second one under its name would take away what the first covers.
std::string hold_mistake(const std::vector<LegalHold>& holds, const LegalHold& placed);

/// Whether the last word on each name of a hold that covers this entry is a release; names of those that are in force.
std::vector<std::string> holds_in_force(const std::vector<LegalHold>& holds, std::uint64_t entry);

/// Whether a field of this name can never be erased.
bool stays(std::string_view field);

/// What keeps this content from being erased, besides holds; empty when nothing does.
std::string redaction_mistake(const Leaf& redaction, const Leaf& target);

/// The exports that held the content of a field: those made after its entry and before its redaction, and not withholding it.
std::vector<Export> exports_holding(const std::vector<RecordedEntry>& entries, const FieldOfEntry& field);

}  // namespace duenotice
