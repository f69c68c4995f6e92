#pragma once
// For whom a copy of the evidence is made: which sheets, rows and columns somebody is given. The editions are data
// (edition_table.cpp). What one leaves out stands in its sheet Withheld, by place and ground; a cell is never emptied.

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/workbook.h"

namespace duenotice {

enum class EditionRows : std::uint8_t {
    All,
    OfDuties,     ///< whose duty is one of the subject's
    OfRecipient,  ///< whose recipient is the subject's
    OfOwner,      ///< whose owner is the subject's
    Told,         ///< facts that the recipient was told and that are the same still
    Costs,        ///< facts that are costs
    NoNotes,      ///< without what was decided alone or set aside
};

struct EditionSheet {
    std::string_view edition, sheet;  ///< sheet `*`: each that has no line of its own
    EditionRows rows;
    std::string_view columns, ground;  ///< columns that are left out, apart by `;`
};

struct Edition {
    std::string_view id, whose, ground;  ///< ground: of sheets and rows that are left out
    bool internal;                       ///< with what somebody should have known, and signs of the attacker
};

/// Content of entries that an edition of the bundle gives; one without a line gives all but what `internal` and advice say.
struct EditionEntries {
    std::string_view edition, kind, fields;  ///< fields `*`: all
};

std::span<const Edition> editions();
std::span<const EditionSheet> edition_sheets();
std::span<const EditionEntries> edition_entries();
/// nullptr where there is none of this id.
const Edition* find_edition(std::string_view id);

/// One edition for one reader.
struct EditionSubject {
    std::string edition = "counsel", recipient, owner;
    std::set<std::string> duties;
    std::set<std::string> internal_words = {};  ///< short words of internal facts, as clocks name them
    std::set<std::string> privileged = {};      ///< entries (`125`) whose content is under legal privilege
    /// `authority, for de.he.hbdi`
    std::string name() const;
};

/// What no one but counsel is given, wherever it stands: the fact by its id.
bool is_internal_fact(std::string_view fact);
bool is_cost_fact(std::string_view fact);

/// The sheets that this reader is given, with sheet Withheld where something is left out or was erased.
std::vector<Sheet> edition_of(std::vector<Sheet> sheets, const EditionSubject& subject, Instant as_of);

}  // namespace duenotice
