#pragma once
// The tables of a case file by version, and the way from one version to the next. A file is one of these versions to the
// letter: its schema is compared with what this program would have made, so that a foreign or altered file is refused
// before anything of it is read.
//
// Version 1: leaf, node, opening, checkpoint, idempotency. Version 2 adds `artefact` (bytes by their SHA-256), `redaction`
// (which content may be taken away, by which entry) and `legal_hold`; content and artefacts leave only under a redaction,
// and no redaction is made under a legal hold. Version 3 packs what everybody may know. Version 4 has one row for the contents
// of an entry and keeps the nodes of the tree with the leaf that completes them, instead of a table `node`; content may be sealed. An upgrade is one transaction: a file is of the old version or the new.

#include <cstdint>

#include "engine/record/case_database.h"

namespace duenotice {

inline constexpr std::uint64_t schema_version = 4;

/// Makes the tables of this version in an empty database; WAL and synchronous=FULL.
void make_schema(const CaseDatabase& database);
/// The version of a file that is what that version is. RecordError for any other.
std::uint64_t check_schema(const CaseDatabase& database);
/// Brings a file to this version; one that is there already stays as it is.
void upgrade_schema(const CaseDatabase& database);

}  // namespace duenotice
