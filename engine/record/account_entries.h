#pragma once
// An account as entries, and back. The facts of an incident are recorded one statement an entry (`fact`, `correction`),
// everything else of the account one part an entry (`part`: the members of a frame, a filing, a hold). A statement is
// never changed: a later one follows it, and a correction says which one it puts right and why. Put together again they
// are an incident file, which every command reads.
//
// Known-at: what had been learned by then, also when it was recorded later. A statement that does not say when it was
// learned counts from when it was recorded, the latest moment at which it can have been learned; so does a part.
//
// A statement that was erased leaves its fact open until a later one: what stood before it does not count again.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/case_file.h"
#include "rules/instant.h"

namespace duenotice {

/// Where a fact or part stands: list and id by turns from the root: `populations`, `staff`, `places`, `US-TX`.
using AccountPath = std::vector<std::string>;
/// Whether each member that the path names is named by the frame too: what is said there holds for the frame.
bool within(const AccountPath& path, const AccountPath& frame);

struct FactEntry {
    AccountPath path;
    std::string fact;
    JsonValue statement;  ///< as in an incident file
    std::string reason;                    ///< of a correction
    std::optional<JsonValue> document;     ///< what it was taken from: name, bytes, sha256
    std::optional<std::uint64_t> corrects;  ///< the entry that it puts right
};

struct Writer {
    std::string actor, idem;
};
/// An entry of the kind with its writer, and nothing in it yet.
Entry entry_by(std::string_view kind, const Writer& writer);

/// `valid_from` is the statement's `true_since`.
Entry fact_entry(const FactEntry& fact, const Writer& writer);
Entry part_entry(const AccountPath& path, const JsonValue& members, const Writer& writer);
/// What a recorded entry of kind `fact`, `correction` or `judgement` says; empty for other kinds.
std::optional<FactEntry> read_fact(const RecordedEntry& entry);

/// The entries with more behind them, as they would be recorded; without commitments.
std::vector<RecordedEntry> with_entries(std::vector<RecordedEntry> entries, const std::vector<Entry>& more, RecordClock now);

/// The incident file that these entries make; the same entries give the same bytes.
std::string account_text(const std::vector<RecordedEntry>& entries, std::optional<Instant> known_at = {});

/// A statement that counts now.
struct CurrentStatement {
    AccountPath path;
    std::string fact;
    std::uint64_t entry = 0;
    JsonValue statement;
};
std::vector<CurrentStatement> current_statements(const std::vector<RecordedEntry>& entries);

/// Facts whose statement that counts now is under legal privilege: none of them may stand in what is sent.
std::vector<std::string> privileged_facts(const std::vector<RecordedEntry>& entries);

/// Whether a frame, filing or hold stands at the path; the root always does.
bool has_part(const std::vector<RecordedEntry>& entries, const AccountPath& path);
/// The entry whose statement counts now for this fact, if it has any.
std::optional<std::uint64_t> current_statement(const std::vector<RecordedEntry>& entries, const AccountPath& path, std::string_view fact);

struct Import {
    std::vector<Entry> entries;        ///< what the file says and the record does not
    std::size_t known = 0;             ///< statements that the record has already
    std::vector<std::string> only_here;  ///< facts of the record that the file lacks: they stay
};
/// What an incident file adds. Keys of idempotency are that of the writer with `.0`, `.1`, ...
Import import_account(const JsonValue& incident, const std::vector<RecordedEntry>& entries, const Writer& writer);

/// `people.affected of populations staff, places US-TX`.
std::string fact_words(const AccountPath& path, std::string_view fact);

}  // namespace duenotice
